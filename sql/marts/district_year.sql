-- 区县年度：每个部门每年度、每个截止月份一行（省、市本级的部门也在内，级别见层级），总额只取一次，取自依据最足的陈述 / one row a place, bureau, year and period (a province's or city's own bureaus too, see level); each total is taken once, from its best-evidenced statement, and a department and its own units are never both counted. What is left out is in marts.not_compared.
-- @col district 区县 / district or county, NULL for a city's or province's own bureau
-- @col city 市 / city, NULL for a province's own bureau
-- @col province 省 / province
-- @col fiscal_year 年度 / fiscal year
-- @col files 文件 / reports of this row
-- @col initial_budget_yuan 年初预算数 / initial budget, all funds
-- @col adjusted_budget_yuan 调整预算数 / adjusted budget, all funds
-- @col executed_yuan 执行数 / executed, else final account, all funds
-- @col execution_rate 执行率（%） / executed over the adjusted, else the initial, else the stated budget, where one statement says both; percent points
-- @col basic_expenditure_yuan 基本支出 / basic expenditure, executed or budgeted as parts_basis says
-- @col project_expenditure_yuan 项目支出 / project expenditure, likewise
-- @col general_yuan 一般公共预算支出 / expenditure from the general public budget, likewise
-- @col government_fund_yuan 政府性基金支出 / expenditure from the government fund budget, likewise
-- @col rank 执行率排名 / rank by execution rate among places of the same level, bureau, scope, year, period and denominator
-- @col change 执行数比上年（%） / change of executed against the prior year's same period and scope, percent
-- @col errors 错误数 / findings of severity error in these reports that nobody has acknowledged
-- @col warnings 警告数 / findings of severity warning
-- @col coverage 核对覆盖率（%） / share of the obligations (see marts.obligations) that reached a verdict, percent points
-- @col period_end_month 截止月份 / last month that the figures cover, 12 for a full year
-- @col bureau 部门简称 / bureau, by which districts are compared
-- @col budget_change 预算数比上年（%） / change of the initial, else the stated budget against the prior year, percent
-- @col budget_yuan 预算数 / budget of no stated kind (published budgets), all funds
-- @col source_files 总额出自 / reports that the totals are taken from
-- @col source_facts 总额依据 / facts that the amounts of this row are taken from
-- @col level 层级 / district, city or province
-- @col issuer 编制单位 / who issued the reports
-- @col scope 口径 / 部门 (with its units), 本级 or 单位; NULL where no report of the row says
-- @col parts_basis 分项口径 / executed or budget: which of the two the basic, project, general and government fund figures are
-- @col rate_basis 执行率口径 / the denominator: adjusted, initial or budget
-- @col ranked 参加排名 / how many places the rank is among
-- @col execution_rate_reason 执行率为空的原因 / why there is no execution rate
-- @col rank_reason 排名为空的原因 / why there is no rank
-- @col change_reason 执行数比上年为空的原因 / why there is no change of executed
-- @col budget_change_reason 预算数比上年为空的原因 / why there is no change of the budget
-- @col amounts_reason 金额为空的原因 / which amounts are NULL, and why
-- @col amount_facts 各数依据 / the facts of each amount, by column
-- @col row_key 对比行 / key of this row in core.comparison_reports
with compared as (
    select
        *,
        coalesce(initial_budget_yuan, budget_yuan) as first_budget_yuan,
        case when scope = '部门' then 'department' when scope is not null then 'unit' else 'unsaid' end as scope_class
    from marts.issuer_year
    where district_year_reason is null
),

checked as (
    select
        r.row_key,
        count(distinct l.document_id || l.check_id) as obligations,
        count(distinct l.document_id || l.check_id) filter (where l.passed + l.rounding + l.failed > 0) as evaluated
    from audit.check_ledger as l
    inner join core.comparison_reports as r on r.document_id = l.document_id
    where l.not_evaluated_reason is distinct from 'no such table in this family'
    group by r.row_key
),

found as (
    select
        r.row_key,
        count(*) filter (where f.severity = 'error') as errors,
        count(*) filter (where f.severity = 'warning') as warnings
    from marts.findings as f
    inner join core.comparison_reports as r on r.document_id = f.document_id
    where not f.acknowledged
    group by r.row_key
),

rated as (
    select
        row_key,
        rank() over peers as rank,
        count(*) over (partition by level, bureau, scope_class, fiscal_year, period_end_month, rate_basis) as ranked
    from compared
    where execution_rate is not null and bureau is not null
    window peers as (
        partition by level, bureau, scope_class, fiscal_year, period_end_month, rate_basis order by execution_rate desc
    )
),

beside_last_year as (
    select
        a.*,
        b.row_key is not null as has_last_year,
        b.scope_class = a.scope_class as same_scope,
        case when b.scope_class = a.scope_class then b.executed_yuan end as executed_before,
        case when b.scope_class = a.scope_class then b.first_budget_yuan end as budget_before,
        (b.initial_budget_yuan is null) = (a.initial_budget_yuan is null) as same_kind_of_budget
    from compared as a
    left join compared as b
        on b.reporter = a.reporter
        and b.fiscal_year = a.fiscal_year - 1
        and b.period_end_month is not distinct from a.period_end_month
),

reasoned as (
    select
        *,
        case
            when not has_last_year then '没有上年同期的报告 / no report of the prior year''s same period'
            when not same_scope then '上年口径不同 / the prior year''s scope is another'
        end as no_prior
    from beside_last_year
),

explained as (
    select
        *,
        case
            when executed_yuan is null then '没有执行总额 / no total of execution'
            when no_prior is not null then no_prior
            when executed_before is null then '上年没有执行总额 / the prior year states no total of execution'
            when executed_before = 0 then '上年为零 / the prior year is zero'
        end as change_reason,
        case
            when first_budget_yuan is null then '没有年初预算或公开的预算 / no initial or published budget'
            when no_prior is not null then no_prior
            when budget_before is null then '上年没有年初预算或公开的预算 / the prior year has no initial or published budget'
            when not same_kind_of_budget
                then '一年是年初预算数，一年是公开的预算数 / one year''s is an initial, the other''s a published budget'
            when budget_before = 0 then '上年为零 / the prior year is zero'
        end as budget_change_reason
    from reasoned
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
    case when r.ranked > 1 then r.rank end::integer as rank,
    case when a.change_reason is null then percent_of(a.executed_yuan - a.executed_before, a.executed_before) end
        as change,
    coalesce(f.errors, 0)::integer as errors,
    coalesce(f.warnings, 0)::integer as warnings,
    percent_of(c.evaluated, c.obligations) as coverage,
    a.period_end_month,
    a.bureau,
    case
        when a.budget_change_reason is null then percent_of(a.first_budget_yuan - a.budget_before, a.budget_before)
    end as budget_change,
    a.budget_yuan,
    a.source_files,
    a.source_facts,
    a.level,
    a.issuer,
    a.scope,
    a.parts_basis,
    a.rate_basis,
    case when r.ranked > 1 then r.ranked end::integer as ranked,
    a.execution_rate_reason,
    case
        when a.execution_rate is null then '没有执行率 / there is no execution rate'
        when a.bureau is null then '报告没有写明编制单位 / the report names no issuer'
        when r.ranked = 1
            then '没有同级、同部门、同口径、同期的其他地方可比 / no other place of the same level, bureau, scope and period'
    end as rank_reason,
    a.change_reason,
    a.budget_change_reason,
    a.amounts_reason,
    a.amount_facts,
    a.row_key
from explained as a
left join rated as r on r.row_key = a.row_key
left join checked as c on c.row_key = a.row_key
left join found as f on f.row_key = a.row_key
order by a.province, a.city, a.district, a.bureau, a.fiscal_year, a.period_end_month, a.row_key
