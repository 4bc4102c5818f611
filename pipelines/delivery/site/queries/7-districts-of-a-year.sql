-- 一个年度里各区县的执行率 / The execution rates of the districts of one year
select
    district,
    bureau,
    period_end_month,
    adjusted_budget_yuan,
    executed_yuan,
    execution_rate,
    rank
from compare_districts(2024)
order by bureau, period_end_month, rank nulls last, district
