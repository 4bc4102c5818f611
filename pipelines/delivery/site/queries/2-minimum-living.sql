-- 低保：各区县各年的预算与执行，算不出执行率的写明原因 / 低保 (minimum living guarantee) over districts and years, and why a rate is missing
select
    programme_zh,
    district,
    fiscal_year,
    period_end_month,
    initial_budget_yuan,
    adjusted_budget_yuan,
    executed_yuan,
    execution_rate,
    execution_rate_reason
from programme_series('minimum_living_guarantee')
