-- 项目年度：每个部门的每个规范项目每年一行，只取一处依据，同处多行相加 / one row a canonical programme of a place, bureau, year and period, from one source: the rows of one table or one part of the prose.
-- @col programme 规范项目 / canonical programme
-- @col programme_zh 规范项目名称 / its Chinese name
-- @col district 区县 / district or county, NULL for a city's or province's own bureau
-- @col fiscal_year 年度 / fiscal year
-- @col initial_budget_yuan 年初预算数 / initial budget; NULL where one of the rows does not say
-- @col adjusted_budget_yuan 调整预算数 / adjusted budget, likewise
-- @col executed_yuan 执行数 / executed, else final account, likewise
-- @col execution_rate 执行率（%） / executed over the adjusted, else the initial, else the stated budget, percent points
-- @col share_of_district 占部门执行数（%） / share of the bureau's total executed, all funds, percent points
-- @col change_from_prior_year 执行数比上年（%） / change of executed against the prior year's same period, scope and fund, percent
-- @col source_facts 依据 / the facts that were added
-- @col city 市 / city
-- @col province 省 / province
-- @col bureau 部门简称 / bureau
-- @col period_end_month 截止月份 / last month that the figures cover, 12 for a full year
-- @col fund_source 资金来源 / fund source of the figures
-- @col subjects 事项 / subjects as printed that were added
-- @col source_file 出自 / report that they stand in
-- @col source_table 出自表 / table that they stand in, NULL in prose
-- @col budget_yuan 预算数 / budget of no stated kind (published budgets), likewise
-- @col parent 上级项目 / the wider programme that it belongs to, to group by
-- @col level 层级 / district, city or province
-- @col issuer 编制单位 / who issued the report
-- @col scope 口径 / 部门 (with its units), 本级 or 单位; NULL where no report of the row says
-- @col included_in 已含于 / the wider programme of the same source whose row already holds this one; add up only rows where it is NULL
-- @col budget_change 预算数比上年（%） / change of the initial, else the stated budget against the prior year, percent
-- @col execution_rate_reason 执行率为空的原因 / why there is no execution rate
-- @col change_reason 执行数比上年为空的原因 / why there is no change of executed
-- @col budget_change_reason 预算数比上年为空的原因 / why there is no change of the budget
-- @col share_reason 占比为空的原因 / why there is no share
-- @col amounts_reason 金额为空的原因 / which amounts are NULL, and why
-- @col amount_facts 各数依据 / the facts of each amount, by column
-- @col row_key 对比行 / key of the bureau's row in marts.district_year
with reports as (
    select c.*, i.scope as row_scope, i.issuer as row_issuer
    from core.comparison_reports as c
    inner join marts.issuer_year as i on i.row_key = c.row_key and i.district_year_reason is null
),

-- What a budget's tables call expenditure is budgeted, what a final account's do is executed.
statements as (
    select
        s.* exclude (outcome_yuan, scope),
        coalesce(s.table_family = 'budgets', r.is_budget) as is_plan,
        case when s.table_id is not null and s.subject_kind = 'functional_item' then s.expenditure_yuan end
            as table_expenditure_yuan,
        coalesce(s.budget_yuan, case when is_plan then table_expenditure_yuan end) as stated_yuan,
        coalesce(s.outcome_yuan, case when not is_plan then table_expenditure_yuan end) as outcome_yuan,
        coalesce(s.amount_facts['budget'], s.amount_facts['expenditure']) as stated_fact,
        coalesce(s.amount_facts['executed'], s.amount_facts['final_account'], s.amount_facts['expenditure'])
            as outcome_fact,
        r.reporter,
        r.level,
        r.district,
        r.city,
        r.province,
        r.bureau,
        r.row_scope as scope,
        r.row_issuer as issuer,
        r.row_key,
        r.row_key || '|' || s.programme as key,
        -- The numbered items of one part of the prose (1.… 2.…) stand in one place, as the rows of a table do.
        coalesce(
            s.table_id,
            concat_ws('|', s.document_id, regexp_replace(s.section, ' > \d+\s*[.、．][^>]*$', ''), s.subject_kind)
        ) || '|' || s.fund_source as source
    from core.statements as s
    inner join reports as r on r.document_id = s.document_id
    where s.programme is not null
        and r.fiscal_year = s.fiscal_year
        and r.period_end_month is not distinct from s.period_end_month
),

said as (
    select
        *,
        coalesce(initial_budget_yuan, adjusted_budget_yuan, stated_yuan) is not null as has_budget
    from statements
    where coalesce(initial_budget_yuan, adjusted_budget_yuan, stated_yuan, outcome_yuan) is not null
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
        min(row_key) as row_key,
        min(reporter) as reporter,
        min(programme) as programme,
        min(level) as level,
        min(district) as district,
        min(city) as city,
        min(province) as province,
        min(bureau) as bureau,
        min(issuer) as issuer,
        min(scope) as scope,
        min(fiscal_year) as fiscal_year,
        min(period_end_month) as period_end_month,
        min(fund_source) as fund_source,
        min(file) as source_file,
        min(table_id) as source_table,
        case when count(initial_budget_yuan) = count(*) then try_cast(sum(initial_budget_yuan) as decimal(24, 6)) end
            as initial_budget_yuan,
        case when count(adjusted_budget_yuan) = count(*) then try_cast(sum(adjusted_budget_yuan) as decimal(24, 6)) end
            as adjusted_budget_yuan,
        case when count(stated_yuan) = count(*) then try_cast(sum(stated_yuan) as decimal(24, 6)) end
            as budget_yuan,
        case when count(outcome_yuan) = count(*) then try_cast(sum(outcome_yuan) as decimal(24, 6)) end
            as executed_yuan,
        count(initial_budget_yuan) % count(*) > 0
        or count(adjusted_budget_yuan) % count(*) > 0
        or count(stated_yuan) % count(*) > 0
        or count(outcome_yuan) % count(*) > 0 as has_blank,
        bool_or(has_budget) and bool_or(outcome_yuan is not null) as has_both,
        bool_or(has_budget) as has_budget,
        bool_or(outcome_yuan is not null) as has_outcome,
        max(measures) as measures,
        bool_or(contested) as contested,
        min(origin) = 'table' as is_table,
        min(first_fact_no) as first_fact_no,
        list(subject order by first_fact_no, statement_id) as subjects,
        list(distinct subject_code order by subject_code) filter (where subject_code is not null) as codes,
        list(amount_facts['initial_budget'] order by first_fact_no, statement_id)
            filter (where initial_budget_yuan is not null) as initial_facts,
        list(amount_facts['adjusted_budget'] order by first_fact_no, statement_id)
            filter (where adjusted_budget_yuan is not null) as adjusted_facts,
        list(stated_fact order by first_fact_no, statement_id) filter (where stated_yuan is not null) as stated_facts,
        list(outcome_fact order by first_fact_no, statement_id) filter (where outcome_yuan is not null)
            as outcome_facts
    from outermost
    group by key, source
),

best as (
    select
        *,
        coalesce(adjusted_budget_yuan, initial_budget_yuan, budget_yuan) as denominator,
        coalesce(initial_budget_yuan, budget_yuan) as first_budget_yuan,
        list_filter(
            [
                {'column': 'initial_budget_yuan', 'amount': initial_budget_yuan, 'facts': initial_facts},
                {'column': 'adjusted_budget_yuan', 'amount': adjusted_budget_yuan, 'facts': adjusted_facts},
                {'column': 'budget_yuan', 'amount': budget_yuan, 'facts': stated_facts},
                {'column': 'executed_yuan', 'amount': executed_yuan, 'facts': outcome_facts}
            ],
            lambda part: part.amount is not null
        ) as parts
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
),

-- A row whose code begins with the code of a wider programme's row in the same source is already in that one.
nested as (
    select
        narrow.key,
        min(wide.programme) as included_in
    from best as narrow
    inner join best as wide
        on wide.row_key = narrow.row_key
        and wide.source = narrow.source
        and wide.programme <> narrow.programme
        and len(narrow.codes) > 0
        and len(
            list_filter(
                narrow.codes,
                lambda code: len(
                    list_filter(wide.codes, lambda wider: wider <> code and starts_with(code, wider))
                ) = 0
            )
        ) = 0
    group by narrow.key
),

beside_last_year as (
    select
        a.*,
        n.included_in,
        t.executed_yuan as executed_by_bureau,
        b.key is not null as has_last_year,
        b.fund_source = a.fund_source and b.scope is not distinct from a.scope as same_scope,
        case when same_scope then b.executed_yuan end as executed_before,
        case when same_scope then b.first_budget_yuan end as budget_before,
        (b.initial_budget_yuan is null) = (a.initial_budget_yuan is null) as same_kind_of_budget
    from best as a
    left join nested as n on n.key = a.key
    left join marts.issuer_year as t on t.row_key = a.row_key
    left join best as b
        on b.programme = a.programme
        and b.reporter = a.reporter
        and b.fiscal_year = a.fiscal_year - 1
        and b.period_end_month is not distinct from a.period_end_month
),

reasoned as (
    select
        *,
        case
            when not has_last_year then '上年同期的报告没有这个项目 / no report of the prior year''s same period names the programme'
            when not same_scope then '上年的资金来源或口径不同 / the prior year''s fund source or scope is another'
        end as no_prior,
        case
            when not has_outcome then '没有执行数 / nothing executed is stated'
            when not has_budget then '没有预算数 / no budget is stated'
            when has_blank and (executed_yuan is null or denominator is null)
                then '相加的各行中有一行没有写 / one of the rows added does not say'
            when denominator = 0 then '预算为零 / the budget is zero'
        end as no_rate
    from beside_last_year
),

explained as (
    select
        *,
        case
            when executed_yuan is null then '没有执行数 / nothing executed is stated'
            when no_prior is not null then no_prior
            when executed_before is null then '上年没有执行数 / the prior year states nothing executed'
            when executed_before = 0 then '上年为零 / the prior year is zero'
        end as change_reason,
        case
            when first_budget_yuan is null then '没有年初预算或公开的预算 / no initial or published budget'
            when no_prior is not null then no_prior
            when budget_before is null then '上年没有年初预算或公开的预算 / the prior year has no initial or published budget'
            when not same_kind_of_budget
                then '一年是年初预算数，一年是公开的预算数 / one year''s is an initial, the other''s a published budget'
            when budget_before = 0 then '上年为零 / the prior year is zero'
        end as budget_change_reason,
        case
            when executed_yuan is null then '没有执行数 / nothing executed is stated'
            when fund_source <> 'all' then '只是一种资金的数 / the figures are of one fund only'
            when executed_by_bureau is null then '部门没有执行总额 / the bureau states no total of execution'
            when executed_by_bureau = 0 then '部门执行总额为零 / the bureau''s total is zero'
        end as share_reason
    from reasoned
)

select
    a.programme,
    p.programme_zh,
    a.district,
    a.fiscal_year,
    a.initial_budget_yuan,
    a.adjusted_budget_yuan,
    a.executed_yuan,
    case when a.no_rate is null then percent_of(a.executed_yuan, a.denominator) end as execution_rate,
    case when a.share_reason is null then percent_of(a.executed_yuan, a.executed_by_bureau) end as share_of_district,
    case when a.change_reason is null then percent_of(a.executed_yuan - a.executed_before, a.executed_before) end
        as change_from_prior_year,
    list_sort(list_distinct(flatten(list_transform(a.parts, lambda part: part.facts)))) as source_facts,
    a.city,
    a.province,
    a.bureau,
    a.period_end_month,
    a.fund_source,
    a.subjects,
    a.source_file,
    a.source_table,
    a.budget_yuan,
    p.parent,
    a.level,
    a.issuer,
    a.scope,
    a.included_in,
    case
        when a.budget_change_reason is null then percent_of(a.first_budget_yuan - a.budget_before, a.budget_before)
    end as budget_change,
    a.no_rate as execution_rate_reason,
    a.change_reason,
    a.budget_change_reason,
    a.share_reason,
    nullif(
        concat_ws(
            '；',
            case when not a.has_budget then '没有预算数 / no budget is stated' end,
            case when not a.has_outcome then '没有执行数 / nothing executed is stated' end,
            case when a.has_blank then '相加的各行中有一行没有写的，合计为空 / a sum with a blank among its rows is not given' end,
            case
                when a.budget_yuan is not null and a.initial_budget_yuan is null
                    then '预算没有写明是年初还是调整后，列在预算数 / the budget is of no stated kind, see budget_yuan'
            end,
            case
                when a.initial_budget_yuan is not null and a.adjusted_budget_yuan is null and not a.has_blank
                    then '没有调整预算数 / no adjusted budget'
            end,
            case
                when a.adjusted_budget_yuan is not null and a.initial_budget_yuan is null and not a.has_blank
                    then '没有年初预算数 / no initial budget'
            end
        ),
        ''
    ) as amounts_reason,
    map_from_entries(
        list_transform(a.parts, lambda part: {'column': part.column, 'facts': part.facts})
    ) as amount_facts,
    a.row_key
from explained as a
left join staging.programmes as p on p.programme = a.programme
order by a.programme, a.province, a.city, a.district, a.bureau, a.fiscal_year, a.period_end_month, a.key
