-- 区县年度：同一部门、年度、截止月份的区县各一行，总额只取一次，取自依据最足的陈述 / one row a district, bureau, year and period; each total is taken once, from its best-evidenced statement.
-- @col district 区县 / district or county
-- @col city 市 / city
-- @col province 省 / province
-- @col fiscal_year 年度 / fiscal year
-- @col files 文件 / reports of this row
-- @col initial_budget_yuan 年初预算数 / initial budget, all funds
-- @col adjusted_budget_yuan 调整预算数 / adjusted budget, all funds
-- @col executed_yuan 执行数 / executed, else final account, all funds
-- @col execution_rate 执行率（%） / executed over the adjusted, else the initial, else the stated budget, where one statement says both; percent points
-- @col basic_expenditure_yuan 基本支出 / basic expenditure
-- @col project_expenditure_yuan 项目支出 / project expenditure
-- @col general_yuan 一般公共预算执行数 / executed from the general public budget
-- @col government_fund_yuan 政府性基金执行数 / executed from the government fund budget
-- @col rank 执行率排名 / rank by execution rate among the districts of the same bureau, year and period
-- @col change 执行数比上年（%） / change of executed against the prior year's same period, percent
-- @col errors 错误数 / findings of severity error in these reports
-- @col warnings 警告数 / findings of severity warning
-- @col coverage 核对覆盖率（%） / share of the checks of the ledger that reached a verdict, percent points
-- @col period_end_month 截止月份 / last month that the figures cover, 12 for a full year
-- @col bureau 部门简称 / bureau, by which districts are compared
-- @col budget_change 预算数比上年（%） / change of the initial, else the stated budget against the prior year, percent
-- @col budget_yuan 预算数 / budget of no stated kind, all funds
-- @col source_files 总额出自 / reports that the totals are taken from
-- @col source_facts 总额依据 / facts that the amounts of this row are taken from
with reports as (
    select
        document_id,
        file,
        district,
        city,
        province,
        bureau,
        fiscal_year,
        period_end_month,
        is_budget,
        concat_ws('|', province, city, district, bureau, fiscal_year, coalesce(period_end_month, 0)) as key
    from core.documents
    where district is not null and fiscal_year is not null and status <> 'quarantined'
),

-- A figure of another period than its report's own (a forecast for the full year) belongs to no row. The expenditure
-- that a budget states is budgeted, that of any other report executed.
said as (
    select
        r.key,
        s.* replace (
            coalesce(s.outcome_yuan, case when not r.is_budget then s.expenditure_yuan end) as outcome_yuan,
            coalesce(s.budget_yuan, case when r.is_budget then s.expenditure_yuan end) as budget_yuan
        ),
        coalesce(
            s.initial_budget_yuan,
            s.adjusted_budget_yuan,
            s.budget_yuan,
            case when r.is_budget then s.expenditure_yuan end
        ) as any_budget_yuan,
        regexp_matches(
            coalesce(s.scope, '') || coalesce(s.table_title, ''), '财政拨款|一般公共预算|政府性基金|国有资本|三公'
        ) as is_narrow
    from core.statements as s
    inner join reports as r
        on r.document_id = s.document_id
        and r.fiscal_year = s.fiscal_year
        and r.period_end_month is not distinct from s.period_end_month
),

of_department as (
    select
        *,
        row_number() over (
            partition by key
            order by
                any_budget_yuan is not null and outcome_yuan is not null desc,
                measures desc,
                contested,
                origin = 'table' desc,
                file,
                first_fact_no,
                statement_id
        ) as evidence_rank
    from said
    where subject_kind = 'department_total'
        and fund_source = 'all'
        and not is_narrow
),

-- The same statement gives both where one says both; else each comes from its own, and no rate is drawn from them.
totals as (
    select
        key,
        arg_min(
            {
                'statement_id': statement_id,
                'file': file,
                'initial': initial_budget_yuan,
                'adjusted': adjusted_budget_yuan,
                'stated': budget_yuan,
                'fact_ids': fact_ids
            },
            evidence_rank
        ) filter (where any_budget_yuan is not null) as budget,
        arg_min(
            {'statement_id': statement_id, 'file': file, 'amount': outcome_yuan, 'fact_ids': fact_ids}, evidence_rank
        ) filter (where outcome_yuan is not null) as outcome
    from of_department
    where nature = 'whole'
    group by key
),

by_nature as (
    select
        key,
        arg_min(
            {'amount': coalesce(basic_expenditure_yuan, outcome_yuan), 'fact_ids': fact_ids}, evidence_rank
        ) filter (where basic_expenditure_yuan is not null or (nature = 'basic' and outcome_yuan is not null)) as basic,
        arg_min(
            {'amount': coalesce(project_expenditure_yuan, outcome_yuan), 'fact_ids': fact_ids}, evidence_rank
        ) filter (where project_expenditure_yuan is not null or (nature = 'project' and outcome_yuan is not null))
            as project
    from of_department
    group by key
),

by_fund as (
    select *
    from said
    where subject_kind in ('department_total', 'fund_source')
        and fund_source in ('general', 'government_fund')
        and outcome_yuan is not null
    qualify row_number() over (
        partition by key, fund_source
        order by
            any_budget_yuan is not null desc,
            measures desc,
            contested,
            origin = 'table' desc,
            file,
            first_fact_no,
            statement_id
    ) = 1
),

funds as (
    select
        key,
        any_value(outcome_yuan) filter (where fund_source = 'general') as general_yuan,
        any_value(outcome_yuan) filter (where fund_source = 'government_fund') as government_fund_yuan,
        flatten(list(fact_ids order by fund_source)) as fact_ids
    from by_fund
    group by key
),

checked as (
    select
        r.key,
        count(distinct l.document_id || l.check_id) as obligations,
        count(distinct l.document_id || l.check_id) filter (where l.passed + l.rounding + l.failed > 0) as evaluated
    from audit.check_ledger as l
    inner join reports as r on r.document_id = l.document_id
    group by r.key
),

found as (
    select
        r.key,
        count(*) filter (where f.severity = 'error') as errors,
        count(*) filter (where f.severity = 'warning') as warnings
    from audit.findings as f
    inner join reports as r on r.document_id = f.document_id
    group by r.key
),

gathered as (
    select
        r.key,
        any_value(r.district) as district,
        any_value(r.city) as city,
        any_value(r.province) as province,
        any_value(r.bureau) as bureau,
        any_value(r.fiscal_year) as fiscal_year,
        any_value(r.period_end_month) as period_end_month,
        list(r.file order by r.file) as files
    from reports as r
    group by r.key
),

amounts as (
    select
        g.*,
        t.budget.initial as initial_budget_yuan,
        t.budget.adjusted as adjusted_budget_yuan,
        t.budget.stated as budget_yuan,
        t.outcome.amount as executed_yuan,
        case
            when t.budget.statement_id = t.outcome.statement_id
                then percent_of(t.outcome.amount, coalesce(t.budget.adjusted, t.budget.initial, t.budget.stated))
        end as execution_rate,
        n.basic.amount as basic_expenditure_yuan,
        n.project.amount as project_expenditure_yuan,
        f.general_yuan,
        f.government_fund_yuan,
        list_distinct([t.budget.file, t.outcome.file]) as source_files,
        list_distinct(
            flatten([t.budget.fact_ids, t.outcome.fact_ids, n.basic.fact_ids, n.project.fact_ids, f.fact_ids])
        ) as source_facts
    from gathered as g
    left join totals as t on t.key = g.key
    left join by_nature as n on n.key = g.key
    left join funds as f on f.key = g.key
)

select
    a.district,
    a.city,
    a.province,
    a.fiscal_year,
    a.files,
    a.initial_budget_yuan,
    a.adjusted_budget_yuan,
    a.executed_yuan,
    a.execution_rate,
    a.basic_expenditure_yuan,
    a.project_expenditure_yuan,
    a.general_yuan,
    a.government_fund_yuan,
    case
        when a.execution_rate is not null
            then rank() over (
                partition by a.bureau, a.fiscal_year, a.period_end_month order by a.execution_rate desc nulls last
            )
    end::integer as rank,
    percent_of(a.executed_yuan - b.executed_yuan, b.executed_yuan) as change,
    coalesce(f.errors, 0)::integer as errors,
    coalesce(f.warnings, 0)::integer as warnings,
    percent_of(c.evaluated, c.obligations) as coverage,
    a.period_end_month,
    a.bureau,
    coalesce(
        percent_of(a.initial_budget_yuan - b.initial_budget_yuan, b.initial_budget_yuan),
        percent_of(a.budget_yuan - b.budget_yuan, b.budget_yuan)
    ) as budget_change,
    a.budget_yuan,
    list_sort(a.source_files) as source_files,
    list_sort(a.source_facts) as source_facts
from amounts as a
left join amounts as b
    on b.fiscal_year = a.fiscal_year - 1
    and b.district = a.district
    and b.city is not distinct from a.city
    and b.province is not distinct from a.province
    and b.bureau is not distinct from a.bureau
    and b.period_end_month is not distinct from a.period_end_month
left join checked as c on c.key = a.key
left join found as f on f.key = a.key
order by a.province, a.city, a.district, a.bureau, a.fiscal_year, a.period_end_month
