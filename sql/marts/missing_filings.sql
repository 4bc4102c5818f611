-- 未见的报告：已有报告的单位在其首末年度之间应当公开、而 data/raw 中没有的报告；没有收录不等于没有公开 / what an issuer known from the reports owes for a year between its first and last, is due by the evidence of its later reports, and is not in data/raw. Not being here does not say that it was not published.
-- @col issuer 编制单位 / who owes it
-- @col bureau 部门简称 / issuer without place names
-- @col level 层级 / district, city or province
-- @col district 区县 / district or county, NULL for a city's or province's own bureau
-- @col city 市 / city
-- @col province 省 / province
-- @col fiscal_year 年度 / fiscal year that it is owed for
-- @col filing 应有报告 / budget, final_account or self_evaluation
-- @col filing_zh 应有报告名称 / its Chinese name
-- @col due 期限 / when it is due
-- @col rule 依据 / the rule that asks for it
-- @col first_year 首个年度 / first year of the issuer in data/raw
-- @col last_year 末个年度 / last year of the issuer in data/raw
-- @col known_files 已有报告 / the issuer's reports of that year that are here
-- @col remark 说明 / how to take this row
with reports as (
    select
        c.*,
        d.families
    from core.comparison_reports as c
    inner join core.documents as d on d.document_id = c.document_id
    where c.level is not null
        and c.fiscal_year is not null
        and c.bureau is not null
        and coalesce(c.left_out, '') not in ('unreadable', 'part_of_department')
),

filed as (
    select distinct
        r.reporter,
        r.fiscal_year,
        e.filing,
        12 * r.fiscal_year + e.proves_months as month_reached
    from reports as r
    inner join staging.expected_filings as e on list_has_any(e.families, r.families)
),

reporters as (
    select
        reporter,
        min(issuer) as issuer,
        min(bureau) as bureau,
        min(level) as level,
        min(district) as district,
        min(city) as city,
        min(province) as province,
        min(fiscal_year) as first_year,
        max(fiscal_year) as last_year
    from reports
    where reporter in (select reporter from filed)
    group by reporter
),

months as (
    select
        reporter,
        max(month_reached) as month_reached
    from filed
    group by reporter
),

owed as (
    select
        r.*,
        unnest(generate_series(r.first_year, r.last_year))::integer as fiscal_year
    from reporters as r
),

known as (
    select
        reporter,
        fiscal_year,
        list(file order by file) as files
    from reports
    group by reporter, fiscal_year
)

select
    o.issuer,
    o.bureau,
    o.level,
    o.district,
    o.city,
    o.province,
    o.fiscal_year,
    e.filing,
    e.zh as filing_zh,
    e.due_zh || ' / ' || e.due_en as due,
    e.source as rule,
    o.first_year,
    o.last_year,
    coalesce(k.files, []) as known_files,
    'data/raw 中没有，不等于没有公开 / not in data/raw, which does not say that it was not published' as remark
from owed as o
inner join staging.expected_filings as e on e.is_public and o.fiscal_year >= e.valid_from
inner join months as m on m.reporter = o.reporter and m.month_reached >= 12 * o.fiscal_year + e.due_months
left join filed as f on f.reporter = o.reporter and f.fiscal_year = o.fiscal_year and f.filing = e.filing
left join known as k on k.reporter = o.reporter and k.fiscal_year = o.fiscal_year
where f.filing is null
order by o.province, o.city, o.district, o.bureau, o.fiscal_year, e.filing
