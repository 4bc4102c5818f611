-- 一句之中前后两年相接 / The two years of one statement follow each other
-- @formula “甲年预算执行数为…，乙年预算安排…，比丙年…”：乙 = 甲 + 1，丙 = 甲；决算同
-- @basis 区级部门预算模板：“上年当年预算执行数为…，本年预算安排…，比上年预算执行数增加…%”；部门决算公开模板
-- @severity warning
-- @needs text
-- @origin narrative
-- @message_zh 同一句中的年度前后不合（{said}）：“{quote}”。
-- @message_en The years of one sentence do not fit each other ({said}): “{quote_en}”.
-- @good [{"sentence": "2025年当年预算执行数为118.46万元，2026年预算安排124.29万元，比2025年预算执行数增加4.92%。"}]
-- @good [{"sentence": "基本支出：2022年决算数492.85万元，2023年决算数498.42万元，较2022年增加5.57万元。"}]
-- @good [{"sentence": "2025年当年预算执行数为0万元，2026年预算安排3万元，主要原因是2024年结转。"}]
-- @bad [{"sentence": "2023年当年预算执行数为118.46万元，2026年预算安排124.29万元，比2025年预算执行数增加4.92%。"}]
-- @bad [{"sentence": "2025年当年预算执行数为118.46万元，2028年预算安排124.29万元，比2025年预算执行数增加4.92%。"}]
-- @bad [{"sentence": "2022年决算数492.85万元，2023年决算数498.42万元，较2021年增加5.57万元。"}]
with read as (
    select
        p.document_id,
        p.sentence_id,
        p.text,
        r.fiscal_year,
        list_has_any(r.families, ['budgets', 'final_accounts']) as is_published,
        regexp_extract(
            p.text,
            '(20[0-9]{2})年(?:度)?(?:当年)?(?:预算)?(?:执行数|决算数|预算数)为?[0-9.,，]+万?元，(20[0-9]{2})年(?:度)?(?:预算安排|决算数|预算数|执行数)为?[0-9.,，]+万?元(?:，(?:比|较|与|同)(20[0-9]{2})年)?',
            ['before', 'this', 'compared']
        ) as years
    from passages as p
    inner join reports as r using (document_id)
    where p.kind = 'sentence'
        and not r.is_template
        and not r.is_review
        and contains(p.text, '年')
)

select
    document_id,
    sentence_id as equation_key,
    'flag' as kind,
    '' as subject,
    years.this::integer = years.before::integer + 1
    -- 所比的年度不合而前后两年都合于报告年度的，由 DAT003 说
    and (
        years.compared = ''
        or years.compared = years.before
        or coalesce(is_published and years.this::integer = fiscal_year, false)
    ) as holds,
    [in_sentence(sentence_id, left(text, 80))] as places,
    map {'said': concat_ws('、', years.before || '年', years.this || '年', nullif(years.compared, '') || '年')} as words
from read
where years.before <> ''
