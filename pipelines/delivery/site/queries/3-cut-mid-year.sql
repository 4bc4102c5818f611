-- 哪些项目年中被调减？ / Which programmes were cut mid-year?
select
    district,
    fiscal_year,
    subject,
    initial_budget_yuan,
    budget_adjustment_yuan,
    adjusted_budget_yuan
from marts.execution
where budget_adjustment_yuan < 0
order by budget_adjustment_yuan
