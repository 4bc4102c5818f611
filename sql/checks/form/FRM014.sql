-- 区县的报告不沿用市级的名词解释 / A district's report does not explain its terms as a city's
-- @formula 区、县部门的名词解释中，财政级次写作区级、县级或本级，不写作市级
-- @basis 名词解释应与本级财政相符；多为套用市级文本
-- @severity hint
-- @needs text
-- @origin narrative
-- @message_zh 本报告属{district}，名词解释却沿用市级文本：“{quote}”。
-- @message_en This report is of {district}, but its terms are explained as a city's: “{quote_en}”.
-- @good [{"report": {"district": "普陀区"}}, {"sentence": "（五）基本支出预算：是区级预算主管部门及所属预算单位为保障其机构正常运转而编制的计划。", "section": "名词解释"}]
-- @good [{"report": {"district": "常熟市"}}, {"sentence": "“三公”经费：纳入市级财政预决算管理的经费。", "section": "名词解释"}]
-- @bad [{"report": {"district": "普陀区"}}, {"sentence": "（五）基本支出预算：是市级预算主管部门及所属预算单位为保障其机构正常运转而编制的计划。", "section": "名词解释"},
--   {"sentence": "（七）“三公”经费：是与市级财政有经费领拨关系的部门安排的经费。", "section": "名词解释"}]
with explained as (
    select
        p.document_id,
        d.district,
        p.n,
        p.sentence_id,
        regexp_extract(p.text, '(?:' || city_level_words() || ')') as quote
    from passages as p
    inner join core.documents as d using (document_id)
    inner join reports as r using (document_id)
    where p.kind = 'sentence'
        and regexp_matches(d.district, '[区县旗]$')
        and (regexp_matches(p.section, '名词解释|专业术语') or regexp_matches(p.text, '^（[一二三四五六七八九十]+）'))
        and not r.is_template
        and not r.is_review
)

select
    document_id,
    'terms' as equation_key,
    'flag' as kind,
    '' as subject,
    count(*) filter (where quote <> '') = 0 as holds,
    coalesce(list(in_sentence(sentence_id, quote) order by n) filter (where quote <> ''), []) as places,
    map {'district': any_value(district)} as words
from explained
group by document_id
