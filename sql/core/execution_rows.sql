-- 预算执行行：哪些陈述是预算对执行，各列在哪里 / which statements set a budget against its execution, and where each is shown.
-- @col statement_id 陈述编号 / statement
-- @col shown_in 列在何处 / execution, execution_by_fund, repeated_total (another statement of the department's total) or part_of_total (its basic or project expenditure …)
with parts as (
    select
        *,
        initial_budget_yuan is not null
        or budget_adjustment_yuan is not null
        or adjusted_budget_yuan is not null
        or budget_yuan is not null as has_budget,
        outcome_yuan is not null or forecast_executed_yuan is not null as has_outcome
    from core.statements
),

-- A table sets a budget against execution if it has columns of both; then a row with a blank counts too.
tables_of_execution as (
    select table_id
    from parts
    where table_id is not null
    group by table_id
    having bool_or(has_budget) and bool_or(has_outcome)
),

rows_of_execution as (
    select
        p.*,
        bool_or(p.fund_source = 'all') over (
            partition by p.document_id, p.statement, p.subject_kind, p.subject, p.subject_code
        ) as has_total
    from parts as p
    left join tables_of_execution as t on t.table_id = p.table_id
    where p.subject_kind in ('department_total', 'fund_source', 'programme', 'functional_item', 'economic_item')
        and (
            (t.table_id is not null and (p.has_budget or p.has_outcome))
            or (
                p.table_id is null
                and p.has_budget
                and (p.has_outcome or p.execution_rate_reported is not null)
            )
        )
),

with_splits as (
    select
        *,
        subject_kind = 'fund_source' or (has_total and fund_source <> 'all') as is_split
    from rows_of_execution
),

ranked as (
    select
        statement_id,
        nature,
        is_split,
        row_number() over (
            partition by document_id, subject_kind, nature, is_split
            order by
                fund_source = 'all' desc,
                coalesce(scope, '') in ('财政拨款', '一般公共预算'),
                has_budget and has_outcome desc,
                measures desc,
                contested,
                origin = 'table' desc,
                first_fact_no
        ) as evidence_rank
    from with_splits
)

select
    statement_id,
    case
        when is_split then 'execution_by_fund'
        when nature <> 'whole' then 'part_of_total'
        when nature = 'whole' and evidence_rank > 1 then 'repeated_total'
        else 'execution'
    end as shown_in
from ranked
order by statement_id
