-- 报告不是未填写的模板 / A report is not a template that nobody filled in
-- @formula 正文中待填的占位文字不成片出现（少于五句，或不到全文十分之一）
-- @basis 公开的应是填写完整的文本；占位文字见区级预算模板、部门决算模板
-- @severity warning
-- @needs text
-- @origin narrative
-- @message_zh 本文件有{count}句仍是待填的占位文字（如“{quote}”），疑为未填写的模板；其余文字核对从略。
-- @message_en {count} sentences still hold placeholders (such as “{quote_en}”): this looks like a template that was not filled in, and its wording is not checked further.
-- @good [{"sentence": "2026年，某局收入预算8695.94万元，比2025年预算增加794.88万元。"}]
-- @bad [{"sentence": "2026年，XX收入预算x,xxx万元。"}, {"sentence": "事业收入x,xxx万元；"}, {"sentence": "其他收入x,xxx万元。"},
--   {"sentence": "支出预算x,xxx万元。"}, {"sentence": "比2025年预算增加（减少）XXX万元（持平）。"}]
with first_of_them as (
    select
        document_id,
        arg_min(in_sentence(sentence_id, regexp_extract(text, '.{0,20}(?:' || placeholder_words() || ').{0,12}')), n)
            as place
    from passages
    where kind = 'sentence'
        and regexp_matches(text, placeholder_words())
    group by document_id
)

select
    r.document_id,
    'document' as equation_key,
    'flag' as kind,
    coalesce(r.title, '') as subject,
    not r.is_template as holds,
    case when r.is_template then [f.place] else [] end as places,
    map {'count': r.unfilled::varchar} as words
from reports as r
left join first_of_them as f using (document_id)
where r.unfilled > 0
    or (
        r.states_figures
        and exists (from passages as p where p.document_id = r.document_id and p.kind = 'sentence')
    )
