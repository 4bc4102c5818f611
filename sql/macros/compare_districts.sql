-- 区县对比：一个年度里各地各部门的预算、执行与核对结果，不能比的写明原因 / the places of one year beside each other, and why where they cannot be compared.
-- @param year 年度 / fiscal year
-- @col bureau 部门简称 / bureau
-- @col period_end_month 截止月份 / last month that the figures cover
-- @col level 层级 / district, city or province
-- @col scope 口径 / 部门 (with its units), 本级 or 单位; NULL where no report says
-- @col rank 执行率排名 / rank by execution rate
-- @col province 省 / province
-- @col city 市 / city
-- @col district 区县 / district or county, NULL for a city's or province's own bureau
-- @col initial_budget_yuan 年初预算数 / initial budget
-- @col adjusted_budget_yuan 调整预算数 / adjusted budget
-- @col budget_yuan 预算数 / budget of no stated kind (published budgets)
-- @col executed_yuan 执行数 / executed
-- @col execution_rate 执行率（%） / execution rate, percent points
-- @col rate_basis 执行率口径 / its denominator: adjusted, initial or budget
-- @col change 执行数比上年（%） / change of executed, percent
-- @col errors 错误数 / findings of severity error
-- @col warnings 警告数 / findings of severity warning
-- @col rank_reason 排名为空的原因 / why there is no rank
-- @col source_files 总额出自 / reports that the totals are taken from
select
    d.bureau,
    d.period_end_month,
    d.level,
    d.scope,
    d.rank,
    d.province,
    d.city,
    d.district,
    d.initial_budget_yuan,
    d.adjusted_budget_yuan,
    d.budget_yuan,
    d.executed_yuan,
    d.execution_rate,
    d.rate_basis,
    d.change,
    d.errors,
    d.warnings,
    coalesce(d.execution_rate_reason, d.rank_reason) as rank_reason,
    d.source_files
from marts.district_year as d
where d.fiscal_year = year
order by d.bureau, d.period_end_month, d.level, d.scope, d.rank, d.province, d.city, d.district
