-- 标题、表名的年度与报告年度一致 / Headings and table titles name the report's own year
-- @formula 标题、表名中的年度 = 报告年度
-- @basis 一份报告只报一个年度；多为沿用上年文本未改
-- @severity warning
-- @needs text
-- @origin any
-- @message_zh 本报告为{year}年度，标题或表名却写作其他年度：“{quote}”。
-- @message_en The report is of {year}, but a heading or title names another year: “{quote_en}”.
-- @good [{"report": {"fiscal_year": 2026, "families": ["budgets"]}}, {"table": "2026年部门收入预算总表"}, {"sentence": "已实施。", "section": "三、2025年预算执行情况"},
--   {"sentence": "继续推进。", "section": "四、2027年工作计划"}]
-- @good [{"report": {"fiscal_year": 2022}}, {"sentence": "共21.8万元。", "section": "一、2022年“三公”经费预算安排情况"},
--   {"sentence": "共20.12万元。", "section": "二、2021年“三公”经费决算情况"}]
-- @bad [{"report": {"fiscal_year": 2026, "families": ["budgets"]}}, {"table": "2025年部门收入预算总表"}]
-- @bad [{"report": {"fiscal_year": 2026, "families": ["budgets"]}}, {"sentence": "其中：", "section": "其他情况 > 一、2025年“三公”经费预算情况说明"}]
with named as (
    select
        p.document_id,
        p.kind,
        p.n,
        p.sentence_id,
        p.table_id,
        p.text,
        r.fiscal_year,
        r.families,
        unnest(regexp_extract_all(regexp_replace(p.text, '《[^《》]*》', ''), '(?:^|[^0-9—-])(20[0-9]{2})年', 1))::integer as year
    from passages as p
    inner join reports as r using (document_id)
    where p.kind in ('heading', 'title')
        and r.fiscal_year is not null
        and not r.is_template
        and not r.is_review
        and length(p.text) <= 60
        and regexp_matches(p.text, '预算|决算|收入|支出|收支|自评|监控|绩效|三公|财政拨款')
        -- 说上年执行、明年打算、两年比较的标题，年度本来不同；几年并列的也不看
        and not regexp_matches(p.text, '执行情况|计划|打算|规划|展望|上年|上一年|比较|对比|变动|增减|[0-9]年?[-—－至到~][0-9]|日$')
)

select
    document_id,
    'headings' as equation_key,
    'flag' as kind,
    '' as subject,
    bool_and(year = fiscal_year) as holds,
    coalesce(
        list(
            case when table_id is null then in_sentence(sentence_id, text) else in_table(table_id, text) end
            order by kind desc, n
        ) filter (where year <> fiscal_year),
        []
    ) as places,
    map {'year': any_value(fiscal_year)::varchar} as words
from named
-- 说下年预算的，也说上年决算：不是决算公开的报告，上年的决算不算写错年度
where not (
    year = fiscal_year - 1
    and regexp_matches(text, '决算')
    and not regexp_matches(text, '预算')
    and not list_contains(families, 'final_accounts')
)
group by document_id
