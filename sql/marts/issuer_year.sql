-- 填报单位年度：每个填报单位每种口径、年度、截止月份一行，总额只取一次，取自依据最足的陈述 / one row an issuer, scope, year and period, provinces and cities included; each total is taken once, from its best-evidenced statement. A department and its own 本级 are two rows; marts.district_year has the wider one only.
-- @col issuer 编制单位 / who issued the reports
-- @col bureau 部门简称 / issuer without place names, by which places are compared
-- @col scope 口径 / 部门 (with its units), 本级 or 单位; NULL where no report of the row says
-- @col level 层级 / district, city or province
-- @col district 区县 / district or county, NULL for a city's or province's own
-- @col city 市 / city, NULL for a province's own
-- @col province 省 / province
-- @col fiscal_year 年度 / fiscal year
-- @col period_end_month 截止月份 / last month that the figures cover, 12 for a full year
-- @col files 文件 / reports of this row
-- @col initial_budget_yuan 年初预算数 / initial budget, all funds
-- @col adjusted_budget_yuan 调整预算数 / adjusted budget, all funds
-- @col budget_yuan 预算数 / budget of no stated kind (published budgets), all funds
-- @col executed_yuan 执行数 / executed, else final account, all funds
-- @col execution_rate 执行率（%） / executed over the adjusted, else the initial, else the stated budget, where one statement says both; percent points
-- @col rate_basis 执行率口径 / the denominator: adjusted, initial or budget
-- @col execution_rate_reason 执行率为空的原因 / why there is no execution rate
-- @col basic_expenditure_yuan 基本支出 / basic expenditure
-- @col project_expenditure_yuan 项目支出 / project expenditure
-- @col general_yuan 一般公共预算支出 / expenditure from the general public budget
-- @col government_fund_yuan 政府性基金支出 / expenditure from the government fund budget
-- @col parts_basis 分项口径 / executed or budget: which of the two the basic, project, general and government fund figures are
-- @col amounts_reason 金额为空的原因 / which amounts are NULL, and why
-- @col district_year_reason 不在区县年度的原因 / why marts.district_year leaves this row out, NULL where it has it
-- @col counted_in 已计入 / the issuer whose department total already holds this row
-- @col source_files 总额出自 / reports that the amounts are taken from
-- @col source_facts 总额依据 / facts that the amounts are taken from
-- @col amount_facts 各数依据 / the same by column
-- @col reporter 填报者 / place and bureau, the same in all years
-- @col row_key 对比行 / key of this row in core.comparison_reports
with reports as (
    select *
    from core.comparison_reports
    where row_key is not null
),

-- A figure of another period than its report's own (a forecast for the full year) belongs to no row. What a budget
-- calls expenditure is budgeted, what any other report does is executed.
said as (
    select
        r.row_key,
        s.* exclude (outcome_yuan),
        coalesce(s.table_family = 'budgets', r.is_budget) as is_plan,
        coalesce(s.outcome_yuan, case when not is_plan then s.expenditure_yuan end) as outcome_yuan,
        coalesce(s.budget_yuan, case when is_plan then s.expenditure_yuan end) as stated_yuan,
        coalesce(s.initial_budget_yuan, s.adjusted_budget_yuan, stated_yuan) as any_budget_yuan,
        coalesce(s.amount_facts['executed'], s.amount_facts['final_account'], s.amount_facts['expenditure'])
            as outcome_fact,
        coalesce(s.amount_facts['budget'], s.amount_facts['expenditure']) as stated_fact,
        coalesce(s.covers, 'department') <> 'department'
        or regexp_matches(
            coalesce(s.scope, '') || coalesce(s.table_title, ''), '财政拨款|一般公共预算|政府性基金|国有资本|三公'
        ) as is_narrow
    from core.statements as s
    inner join reports as r
        on r.document_id = s.document_id
        and r.fiscal_year = s.fiscal_year
        and r.period_end_month is not distinct from s.period_end_month
),

-- 总计 in a final account holds the balance carried out; 支出合计 does not.
ranked as (
    select
        *,
        row_number() over (
            partition by row_key
            order by
                any_budget_yuan is not null and outcome_yuan is not null desc,
                subject = '总计',
                measures desc,
                contested,
                origin = 'table' desc,
                file,
                first_fact_no,
                statement_id
        ) as evidence_rank
    from said
),

of_department as (
    select *
    from ranked
    where subject_kind = 'department_total' and fund_source = 'all' and not is_narrow
),

-- The same statement gives both where one says both; else each comes from its own, and no rate is drawn from them.
totals as (
    select
        row_key,
        arg_min(
            {
                'statement_id': statement_id,
                'file': file,
                'initial': initial_budget_yuan,
                'initial_fact': amount_facts['initial_budget'],
                'adjusted': adjusted_budget_yuan,
                'adjusted_fact': amount_facts['adjusted_budget'],
                'stated': stated_yuan,
                'stated_fact': stated_fact
            },
            evidence_rank
        ) filter (where any_budget_yuan is not null) as budget,
        arg_min(
            {'statement_id': statement_id, 'file': file, 'amount': outcome_yuan, 'fact': outcome_fact}, evidence_rank
        ) filter (where outcome_yuan is not null) as outcome
    from of_department
    where nature = 'whole'
    group by row_key
),

-- Basic and project expenditure, and what each fund paid: of the execution where the row has one, else of the budget.
parts as (
    select
        row_key,
        case when is_plan then 'budget' else 'executed' end as basis,
        'basic' as part,
        basic_expenditure_yuan as amount,
        amount_facts['basic_expenditure'] as fact,
        file,
        evidence_rank
    from of_department
    where basic_expenditure_yuan is not null
    union all
    select
        row_key,
        case when is_plan then 'budget' else 'executed' end,
        'project',
        project_expenditure_yuan,
        amount_facts['project_expenditure'],
        file,
        evidence_rank
    from of_department
    where project_expenditure_yuan is not null
    union all
    select row_key, 'executed', nature, outcome_yuan, outcome_fact, file, evidence_rank
    from of_department
    where nature in ('basic', 'project') and outcome_yuan is not null
    union all
    select row_key, 'budget', nature, stated_yuan, stated_fact, file, evidence_rank
    from of_department
    where nature in ('basic', 'project') and stated_yuan is not null and is_plan
    union all
    select row_key, 'executed', fund_source, outcome_yuan, outcome_fact, file, evidence_rank
    from ranked
    where subject_kind in ('department_total', 'fund_source')
        and fund_source in ('general', 'government_fund')
        and coalesce(nature, 'whole') = 'whole'
        and subject not like '%收入%'
        and coalesce(covers, 'department') in ('department', 'fiscal', fund_source)
        and outcome_yuan is not null
    union all
    select row_key, 'budget', fund_source, stated_yuan, stated_fact, file, evidence_rank
    from ranked
    where subject_kind in ('department_total', 'fund_source')
        and fund_source in ('general', 'government_fund')
        and coalesce(nature, 'whole') = 'whole'
        and subject not like '%收入%'
        and coalesce(covers, 'department') in ('department', 'fiscal', fund_source)
        and stated_yuan is not null
        and is_plan
    union all
    select
        row_key,
        case when is_plan then 'budget' else 'executed' end,
        covers,
        coalesce(outcome_yuan, stated_yuan),
        coalesce(case when is_plan then stated_fact end, outcome_fact),
        file,
        evidence_rank
    from ranked
    where subject_kind = 'department_total'
        and nature = 'whole'
        and fund_source = 'all'
        and covers in ('general', 'government_fund')
        and coalesce(outcome_yuan, stated_yuan) is not null
),

gathered as (
    select
        row_key,
        min(reporter) as reporter,
        coalesce(min(issuer) filter (where scope_class = 'department'), min(issuer)) as issuer,
        min(bureau) as bureau,
        min(level) as level,
        min(district) as district,
        min(city) as city,
        min(province) as province,
        coalesce(min(scope) filter (where has_total), min(scope)) as scope,
        min(fiscal_year) as fiscal_year,
        min(period_end_month) as period_end_month,
        min(left_out) as left_out,
        min(counted_in) as counted_in,
        bool_or(is_budget) and not bool_or(tells_execution) as only_budgets,
        list(file order by file) as files
    from reports
    group by row_key
),

of_basis as (
    select
        g.row_key,
        case
            when t.outcome is not null then 'executed'
            when bool_or(p.basis = 'executed') then 'executed'
            else min(p.basis)
        end as basis
    from gathered as g
    left join totals as t on t.row_key = g.row_key
    left join parts as p on p.row_key = g.row_key
    group by g.row_key, t.outcome
),

chosen_parts as (
    select
        p.row_key,
        p.part,
        arg_min({'amount': p.amount, 'fact': p.fact, 'file': p.file}, p.evidence_rank) as chosen
    from parts as p
    inner join of_basis as b on b.row_key = p.row_key and b.basis = p.basis
    group by p.row_key, p.part
),

side_by_side as (
    select
        row_key,
        min(chosen) filter (where part = 'basic') as basic,
        min(chosen) filter (where part = 'project') as project,
        min(chosen) filter (where part = 'general') as general,
        min(chosen) filter (where part = 'government_fund') as government_fund
    from chosen_parts
    group by row_key
),

amounts as (
    select
        g.*,
        t.budget,
        t.outcome,
        c.basic,
        c.project,
        c.general,
        c.government_fund,
        b.basis,
        t.budget.statement_id = t.outcome.statement_id as said_together,
        coalesce(t.budget.adjusted, t.budget.initial, t.budget.stated) as denominator,
        list_filter(
            [
                {'column': 'initial_budget_yuan', 'fact': t.budget.initial_fact, 'file': t.budget.file},
                {'column': 'adjusted_budget_yuan', 'fact': t.budget.adjusted_fact, 'file': t.budget.file},
                {
                    'column': 'budget_yuan',
                    'fact': case when t.budget.stated is not null then t.budget.stated_fact end,
                    'file': t.budget.file
                },
                {'column': 'executed_yuan', 'fact': t.outcome.fact, 'file': t.outcome.file},
                {'column': 'basic_expenditure_yuan', 'fact': c.basic.fact, 'file': c.basic.file},
                {'column': 'project_expenditure_yuan', 'fact': c.project.fact, 'file': c.project.file},
                {'column': 'general_yuan', 'fact': c.general.fact, 'file': c.general.file},
                {'column': 'government_fund_yuan', 'fact': c.government_fund.fact, 'file': c.government_fund.file}
            ],
            lambda source: source.fact is not null
        ) as sources
    from gathered as g
    left join totals as t on t.row_key = g.row_key
    left join of_basis as b on b.row_key = g.row_key
    left join side_by_side as c on c.row_key = g.row_key
),

reasoned as (
    select
        *,
        case
            when budget is null and outcome is null then '报告里没有读到部门总额 / no total of the department was read'
            when outcome is null and only_budgets then '只有预算公开，没有执行 / only a budget, no execution'
            when outcome is null then '报告没有写执行总额 / the reports state no total of execution'
            when budget is null then '报告没有写全部资金的预算总额 / the reports state no budget of all funds'
            when not said_together
                then '预算与执行出自不同的陈述，口径未必相同 / budget and execution are stated apart, perhaps in different scopes'
            when denominator = 0 then '预算为零 / the budget is zero'
        end as no_rate
    from amounts
)

select
    issuer,
    bureau,
    scope,
    level,
    district,
    city,
    province,
    fiscal_year,
    period_end_month,
    files,
    budget.initial as initial_budget_yuan,
    budget.adjusted as adjusted_budget_yuan,
    budget.stated as budget_yuan,
    outcome.amount as executed_yuan,
    case when no_rate is null then percent_of(outcome.amount, denominator) end as execution_rate,
    case
        when no_rate is not null then null
        when budget.adjusted is not null then 'adjusted'
        when budget.initial is not null then 'initial'
        else 'budget'
    end as rate_basis,
    no_rate as execution_rate_reason,
    basic.amount as basic_expenditure_yuan,
    project.amount as project_expenditure_yuan,
    general.amount as general_yuan,
    government_fund.amount as government_fund_yuan,
    case when coalesce(basic, project, general, government_fund) is not null then basis end as parts_basis,
    nullif(
        concat_ws(
            '；',
            case
                when budget is null and outcome is null
                    then '没有读到部门总额 / no total of the department was read'
            end,
            case
                when budget is null and outcome is not null
                    then '没有全部资金的预算总额 / no budget of all funds'
            end,
            case when outcome is null and only_budgets then '只有预算公开，没有执行数 / only a budget, no execution' end,
            case
                when outcome is null and not only_budgets and budget is not null
                    then '没有执行总额 / no total of execution'
            end,
            case
                when budget.initial is null and budget.stated is not null
                    then '预算没有写明是年初还是调整后，列在预算数 / the budget is of no stated kind, see budget_yuan'
            end,
            case
                when budget.initial is not null and budget.adjusted is null
                    then '没有调整预算数 / no adjusted budget'
            end,
            case
                when budget.adjusted is not null and budget.initial is null
                    then '没有年初预算数 / no initial budget'
            end,
            case
                when basic is null or project is null
                    then '没有分基本支出与项目支出 / not split into basic and project expenditure'
            end,
            case
                when general is null or government_fund is null
                    then '没有全部写出一般公共预算与政府性基金的支出 / the expenditure of general budget and government fund is not stated for both'
            end
        ),
        ''
    ) as amounts_reason,
    case left_out
        when 'narrower_scope'
            then '同一单位另有部门口径的总额，部门已含本级 / its department total of the same year already holds it'
        when 'part_of_department'
            then '已含在主管部门的总额里 / the total of its department already holds it'
    end as district_year_reason,
    counted_in,
    list_sort(list_distinct(list_transform(sources, lambda source: source.file))) as source_files,
    list_sort(list_distinct(list_transform(sources, lambda source: source.fact))) as source_facts,
    map_from_entries(
        list_transform(sources, lambda source: {'column': source.column, 'facts': [source.fact]})
    ) as amount_facts,
    reporter,
    row_key
from reasoned
order by province, city, district, bureau, scope, fiscal_year, period_end_month, row_key
