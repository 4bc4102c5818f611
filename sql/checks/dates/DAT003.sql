-- 正文所说的年度与报告年度相合 / The years that prose speaks of fit the report's own
-- @formula “比某年预算”“与某年度相比”中的年度 = 报告年度 − 1；“某年收入预算……”中的年度 = 报告年度
-- @basis 预决算公开说明以上一年度为比较对象；多为沿用上年文本未改
-- @severity warning
-- @needs text
-- @origin narrative
-- @message_zh 年度与本报告（{year}年度）不合：“{quote}”。
-- @message_en A year that does not fit this report of {year}: “{quote_en}”.
-- @good [{"report": {"fiscal_year": 2026, "families": ["budgets"]}}, {"sentence": "2026年，某局收入预算8695.94万元，比2025年预算增加794.88万元。"},
--   {"sentence": "2025年当年预算执行数为118.46万元，2026年预算安排124.29万元，比2025年预算执行数增加4.92%。"}]
-- @good [{"report": {"fiscal_year": 2024, "families": ["final_accounts"]}}, {"sentence": "与2023年度相比，收入支出总计减少56.95万元，比2024年年初预算减少3.2%。"}]
-- @bad [{"report": {"fiscal_year": 2026, "families": ["budgets"]}}, {"sentence": "“三公”经费预算数为10.71万元，比2024年预算增加1万元。"}]
-- @bad [{"report": {"fiscal_year": 2017, "families": ["budgets"]}}, {"sentence": "某局2017年机关运行经费支出预算3,348.98万元，比2014年增加2,173.13万元，增长184.81%。"}]
-- @bad [{"report": {"fiscal_year": 2026, "families": ["budgets"]}}, {"sentence": "2025年“三公”经费预算数为10.71万元。"}]
with spoken as (
    select
        p.document_id,
        p.n,
        p.sentence_id,
        p.text,
        regexp_replace(p.text, '《[^《》]*》', '') as said,
        r.fiscal_year,
        list_contains(r.families, 'final_accounts') as is_final
    from passages as p
    inner join reports as r using (document_id)
    where p.kind = 'sentence'
        and r.fiscal_year is not null
        and not r.is_template
        and not r.is_review
        and (list_contains(r.families, 'budgets') or list_contains(r.families, 'final_accounts'))
        and contains(p.text, '年')
),

years as (
    select
        *,
        list_concat(
            regexp_extract_all(
                said, '(?:比|较|与|同)(20[0-9]{2})年(?:度)?(?:年初|当年)?(?:部门|单位|财政拨款)?(?:预算|决算|执行|相比|比较|持平)', 1
            ),
            -- 金额之后直接说“比某年增加多少万元”的
            regexp_extract_all(said, '万元，(?:比|较|与|同)(20[0-9]{2})年(?:度)?(?:增加|减少|增长|下降)[0-9.,，]+(?:万元|%)', 1)
        ) as compared_with,
        regexp_extract_all(said, '(?:比|较|与|同)(20[0-9]{2})年(?:度)?(?:年初|当年)?(?:部门|单位)?预算', 1) as compared_with_budget,
        regexp_extract(said, own_year_words(), 1) as own,
        list_distinct(regexp_extract_all(said, '20[0-9]{2}(?:年)')) as all_years
    from spoken
),

judged as (
    select
        document_id,
        n,
        sentence_id,
        text,
        fiscal_year,
        own,
        len(list_filter(
            compared_with,
            lambda y: y::integer <> fiscal_year - 1
                and not (is_final and y::integer = fiscal_year and list_contains(compared_with_budget, y))
        )) > 0 as is_other_base,
        coalesce(own <> '' and len(all_years) = 1 and try_cast(own as integer) <> fiscal_year, false) as is_other_year
    from years
    where len(compared_with) > 0
        or own <> ''
)

select
    document_id,
    sentence_id as equation_key,
    'flag' as kind,
    '' as subject,
    not (is_other_base or is_other_year) as holds,
    [in_sentence(sentence_id, left(text, 60))] as places,
    map {'year': fiscal_year::varchar} as words
from judged
