-- Statements as rows: the figures that one table row or clause states of one subject, each with its half unit.
-- A measure that a statement gives twice proves nothing here (the audit judges it); only table rows are asked, since
-- a clause of prose often quotes figures of several scopes.
with said as (
    select
        document_id,
        file,
        table_id,
        statement,
        subject,
        fund_source,
        scope,
        year_offset,
        measure,
        as_printed,
        rate_basis,
        coalesce(amount_yuan, value) as figure,
        coalesce(half_unit_column, half_unit) as half_unit,
        count(*) over (
            partition by document_id, statement, subject, fund_source, scope, year_offset, measure
        ) as times
    from staging.facts
    where
        origin = 'table'
        and not contested
        and measure in ('initial_budget', 'budget_adjustment', 'adjusted_budget', 'executed', 'execution_rate')
),

statements as (
    select
        document_id,
        file,
        table_id,
        statement,
        subject,
        fund_source,
        scope,
        year_offset,
        max(figure) filter (where measure = 'initial_budget') as initial_budget,
        max(half_unit) filter (where measure = 'initial_budget') as initial_budget_half_unit,
        max(figure) filter (where measure = 'budget_adjustment') as budget_adjustment,
        max(half_unit) filter (where measure = 'budget_adjustment') as budget_adjustment_half_unit,
        max(figure) filter (where measure = 'adjusted_budget') as adjusted_budget,
        max(half_unit) filter (where measure = 'adjusted_budget') as adjusted_budget_half_unit,
        max(figure) filter (where measure = 'executed') as executed,
        max(half_unit) filter (where measure = 'executed') as executed_half_unit,
        max(figure) filter (where measure = 'execution_rate') as execution_rate,
        max(half_unit) filter (where measure = 'execution_rate') as execution_rate_half_unit,
        max(rate_basis) filter (where measure = 'execution_rate') as rate_basis
    from said
    where times = 1
    group by document_id, file, table_id, statement, subject, fund_source, scope, year_offset
)

select
    *,
    case when rate_basis = 'initial' then initial_budget else coalesce(adjusted_budget, initial_budget) end as budget,
    case
        when rate_basis = 'initial' or adjusted_budget is null then initial_budget_half_unit
        else adjusted_budget_half_unit
    end as budget_half_unit
from statements
where executed is not null or adjusted_budget is not null
order by file, statement, subject, fund_source, scope, year_offset
