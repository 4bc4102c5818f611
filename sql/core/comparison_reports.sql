-- 可比的报告：每份报告归哪个单位、哪一年度的哪一行，或为什么不参加对比 / one row a report: the row of whose totals it belongs to (reporter, scope, year and period), and why it takes no part in the comparison of districts.
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col level 层级 / district, city or province; NULL where the report names no place
-- @col province 省 / province
-- @col city 市 / city
-- @col district 区县 / district or county
-- @col issuer 编制单位 / who issued it
-- @col bureau 部门简称 / issuer without place names, by which places are compared
-- @col scope 口径 / 本级, 部门 or 单位, as the report says
-- @col scope_class 口径类别 / department (部门, with its units) or unit (本级, 单位); a report that does not say goes with the others of its issuer
-- @col fiscal_year 年度 / fiscal year
-- @col period_end_month 截止月份 / last month that its figures cover
-- @col is_budget 是预算公开 / whether it publishes a budget
-- @col tells_execution 写执行情况 / whether it is of a family that tells what was executed
-- @col reporter 填报者 / place and bureau, the same in all years
-- @col row_key 对比行 / reporter, scope class, year and period: reports that share it speak of the same totals; NULL where it belongs to no row
-- @col has_total 有总额 / whether it states a whole department's total
-- @col left_out 不参加对比的原因 / unreadable, no_place, no_year, narrower_scope or part_of_department; NULL where it takes part
-- @col counted_in 已计入 / the issuer whose department report already counts it
with totals as (
    select
        document_id,
        bool_or(
            coalesce(initial_budget_yuan, adjusted_budget_yuan, budget_yuan, expenditure_yuan, outcome_yuan) is not null
        ) as has_total
    from core.statements
    where subject_kind = 'department_total'
        and nature = 'whole'
        and fund_source = 'all'
        and coalesce(covers, 'department') = 'department'
    group by document_id
),

placed as (
    select
        d.*,
        case
            when d.district is not null then 'district'
            when d.city <> d.province or (d.city is not null and d.province is null) then 'city'
            when d.province is not null then 'province'
        end as level,
        case d.scope when '部门' then 'department' when '本级' then 'unit' when '单位' then 'unit' end as said_class,
        coalesce(t.has_total, false) as has_total,
        -- Two reports whose issuer nobody names are not taken for one issuer's.
        concat_ws('|', d.province, d.city, d.district, coalesce(d.bureau, d.issuer, d.document_id)) as reporter
    from core.documents as d
    left join totals as t on t.document_id = d.document_id
),

-- What a department's report lists as its units (单位构成), numbers and full stops taken off.
listed as (
    select
        document_id,
        regexp_replace(
            regexp_replace(text, '\s', '', 'g'), '^[（(]?[0-9一二三四五六七八九十]{1,3}[）)]?[.、．]|[。；;，,]$', '', 'g'
        ) as name
    from staging.sentences
    where length(text) < 60
    union
    select
        c.document_id,
        regexp_replace(c.text, '\s', '', 'g')
    from staging.cells as c
    inner join staging.tables as t on t.table_id = c.table_id and t.kind = 'unit_list'
),

part_of as (
    select
        u.document_id,
        min(w.issuer) as counted_in
    from placed as u
    inner join placed as w
        on w.fiscal_year = u.fiscal_year
        and w.period_end_month is not distinct from u.period_end_month
        and w.province is not distinct from u.province
        and w.city is not distinct from u.city
        and w.district is not distinct from u.district
        and w.said_class = 'department'
        and w.has_total
        and w.bureau <> u.bureau
    inner join listed as l
        on l.document_id = w.document_id
        and list_reduce(
            [u.province, u.city, u.district], lambda name, place: replace(name, coalesce(place, ''), ''), l.name
        ) = u.bureau
    where u.said_class is distinct from 'department'
    group by u.document_id
),

classed as (
    select
        p.*,
        o.counted_in as unit_of,
        bool_or(p.said_class = 'department' and p.has_total) over same_totals as has_department,
        min(p.said_class) over same_totals as any_class,
        min(p.issuer) filter (where p.said_class = 'department') over same_totals as department
    from placed as p
    left join part_of as o on o.document_id = p.document_id
    window same_totals as (partition by p.reporter, p.fiscal_year, p.period_end_month)
),

judged as (
    select
        *,
        case
            when said_class is not null then said_class
            when has_department then 'department'
            else any_class
        end as scope_class,
        case
            when status = 'quarantined' then 'unreadable'
            when level is null then 'no_place'
            when fiscal_year is null then 'no_year'
            when has_department and said_class = 'unit' then 'narrower_scope'
            when unit_of is not null then 'part_of_department'
        end as left_out
    from classed
)

select
    document_id,
    file,
    level,
    province,
    city,
    district,
    issuer,
    bureau,
    scope,
    scope_class,
    fiscal_year,
    period_end_month,
    is_budget,
    len(list_filter(families, lambda f: regexp_matches(f, '^(final_accounts|monitoring|self_evaluation)'))) > 0
        as tells_execution,
    reporter,
    case
        when coalesce(left_out, 'narrower_scope') in ('narrower_scope', 'part_of_department')
            then concat_ws(
                '|', reporter, fiscal_year, coalesce(period_end_month, 0), case when left_out is not null then 'unit' end
            )
    end as row_key,
    has_total,
    left_out,
    case left_out when 'narrower_scope' then department when 'part_of_department' then unit_of end as counted_in
from judged
order by file
