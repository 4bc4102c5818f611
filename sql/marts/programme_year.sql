-- 项目年度：区县每个规范项目每年一行，只取一处依据，同处多行相加 / one row a canonical programme of a district, bureau, year and period, from one source: the rows of one table or one part of the prose.
-- @col programme 规范项目 / canonical programme
-- @col programme_zh 规范项目名称 / its Chinese name
-- @col district 区县 / district or county
-- @col fiscal_year 年度 / fiscal year
-- @col initial_budget_yuan 年初预算数 / initial budget; NULL where one of the rows does not say
-- @col adjusted_budget_yuan 调整预算数 / adjusted budget, likewise
-- @col executed_yuan 执行数 / executed, else final account, likewise
-- @col execution_rate 执行率（%） / executed over the adjusted, else the initial, else the stated budget, percent points
-- @col share_of_district 占部门执行数（%） / share of the bureau's total executed, all funds, percent points
-- @col change_from_prior_year 执行数比上年（%） / change of executed against the prior year's same period, percent
-- @col source_facts 依据 / the facts that were added
-- @col city 市 / city
-- @col province 省 / province
-- @col bureau 部门简称 / bureau
-- @col period_end_month 截止月份 / last month that the figures cover, 12 for a full year
-- @col fund_source 资金来源 / fund source of the figures
-- @col subjects 事项 / subjects as printed that were added
-- @col source_file 出自 / report that they stand in
-- @col source_table 出自表 / table that they stand in, NULL in prose
-- @col budget_yuan 预算数 / budget of no stated kind, likewise
-- @col parent 上级项目 / the wider programme that it belongs to, to group by

-- What a budget's tables call expenditure is budgeted, what a final account's do is executed.
with statements as (
    select
        *,
        case when table_id is not null and subject_kind = 'functional_item' then expenditure_yuan end
            as table_expenditure_yuan
    from core.statements
),

amounts as (
    select
        s.* replace (
            coalesce(s.budget_yuan, case when d.is_budget then s.table_expenditure_yuan end) as budget_yuan,
            coalesce(s.outcome_yuan, case when not d.is_budget then s.table_expenditure_yuan end) as outcome_yuan
        ),
        d.district,
        d.city,
        d.province,
        d.bureau,
        concat_ws('|', d.province, d.city, d.district, d.bureau, s.fiscal_year, coalesce(s.period_end_month, 0), s.programme)
            as key,
        -- The numbered items of one part of the prose (1.… 2.…) stand in one place, as the rows of a table do.
        coalesce(
            s.table_id,
            concat_ws('|', s.document_id, regexp_replace(s.section, ' > \d+\s*[.、．][^>]*$', ''), s.subject_kind)
        ) || '|' || s.fund_source as source
    from statements as s
    inner join core.documents as d on d.document_id = s.document_id
    where s.programme is not null
        and d.district is not null
        and d.fiscal_year = s.fiscal_year
        and d.period_end_month is not distinct from s.period_end_month
),

said as (
    select
        *,
        coalesce(initial_budget_yuan, adjusted_budget_yuan, budget_yuan) is not null as has_budget
    from amounts
    where coalesce(initial_budget_yuan, adjusted_budget_yuan, budget_yuan, outcome_yuan) is not null
),

-- Said twice in one row or item, a subject counts once.
said_once as (
    select *
    from said
    qualify row_number() over (
        partition by key, source, coalesce(row_no::varchar, section), subject, subject_code
        order by measures desc, contested, first_fact_no, statement_id
    ) = 1
),

-- A section (5 digits) already holds its items (7 digits), and a list's total its parts.
outermost as (
    select s.*
    from said_once as s
    where not exists (
        select 1
        from said_once as wider
        where wider.key = s.key
            and wider.source = s.source
            and wider.subject_code <> s.subject_code
            and starts_with(s.subject_code, wider.subject_code)
    )
    and not exists (
        select 1
        from said_once as total
        where total.key = s.key
            and total.source = s.source
            and total.statement_id <> s.statement_id
            and list_has_any(
                list_transform(list_filter(total.list_ids, lambda l: l like '% total'), lambda l: split_part(l, ' ', 1)),
                list_transform(list_filter(s.list_ids, lambda l: l like '% part'), lambda l: split_part(l, ' ', 1))
            )
    )
),

summed as (
    select
        key,
        source,
        any_value(programme) as programme,
        any_value(district) as district,
        any_value(city) as city,
        any_value(province) as province,
        any_value(bureau) as bureau,
        any_value(fiscal_year) as fiscal_year,
        any_value(period_end_month) as period_end_month,
        any_value(fund_source) as fund_source,
        any_value(file) as source_file,
        any_value(table_id) as source_table,
        case when count(initial_budget_yuan) = count(*) then try_cast(sum(initial_budget_yuan) as decimal(24, 6)) end
            as initial_budget_yuan,
        case when count(adjusted_budget_yuan) = count(*) then try_cast(sum(adjusted_budget_yuan) as decimal(24, 6)) end
            as adjusted_budget_yuan,
        case when count(budget_yuan) = count(*) then try_cast(sum(budget_yuan) as decimal(24, 6)) end
            as budget_yuan,
        case when count(outcome_yuan) = count(*) then try_cast(sum(outcome_yuan) as decimal(24, 6)) end
            as executed_yuan,
        bool_or(has_budget) and bool_or(outcome_yuan is not null) as has_both,
        max(measures) as measures,
        bool_or(contested) as contested,
        min(origin) = 'table' as is_table,
        min(first_fact_no) as first_fact_no,
        list(subject order by first_fact_no, statement_id) as subjects,
        flatten(list(fact_ids order by first_fact_no, statement_id)) as source_facts
    from outermost
    group by key, source
),

best as (
    select
        *,
        percent_of(executed_yuan, coalesce(adjusted_budget_yuan, initial_budget_yuan, budget_yuan)) as execution_rate
    from summed
    qualify row_number() over (
        partition by key
        order by
            has_both desc,
            fund_source = 'all' desc,
            measures desc,
            contested,
            is_table desc,
            source_file,
            first_fact_no,
            source
    ) = 1
)

select
    a.programme,
    p.programme_zh,
    a.district,
    a.fiscal_year,
    a.initial_budget_yuan,
    a.adjusted_budget_yuan,
    a.executed_yuan,
    a.execution_rate,
    case when a.fund_source = 'all' then percent_of(a.executed_yuan, t.executed_yuan) end as share_of_district,
    percent_of(a.executed_yuan - b.executed_yuan, b.executed_yuan) as change_from_prior_year,
    a.source_facts,
    a.city,
    a.province,
    a.bureau,
    a.period_end_month,
    a.fund_source,
    a.subjects,
    a.source_file,
    a.source_table,
    a.budget_yuan,
    p.parent
from best as a
left join staging.programmes as p on p.programme = a.programme
left join marts.district_year as t
    on t.district = a.district
    and t.city is not distinct from a.city
    and t.province is not distinct from a.province
    and t.bureau is not distinct from a.bureau
    and t.fiscal_year = a.fiscal_year
    and t.period_end_month is not distinct from a.period_end_month
left join best as b
    on b.programme = a.programme
    and b.fund_source = a.fund_source
    and b.fiscal_year = a.fiscal_year - 1
    and b.district = a.district
    and b.city is not distinct from a.city
    and b.province is not distinct from a.province
    and b.bureau is not distinct from a.bureau
    and b.period_end_month is not distinct from a.period_end_month
order by a.programme, a.province, a.city, a.district, a.bureau, a.fiscal_year, a.period_end_month
