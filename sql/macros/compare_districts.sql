-- 区县对比：一个年度里各区县的预算、执行与核对结果 / the districts of one year beside each other.
-- @param year 年度 / fiscal year
-- @col bureau 部门简称 / bureau
-- @col period_end_month 截止月份 / last month that the figures cover
-- @col rank 执行率排名 / rank by execution rate
-- @col province 省 / province
-- @col city 市 / city
-- @col district 区县 / district or county
-- @col initial_budget_yuan 年初预算数 / initial budget
-- @col adjusted_budget_yuan 调整预算数 / adjusted budget
-- @col executed_yuan 执行数 / executed
-- @col execution_rate 执行率（%） / execution rate, percent points
-- @col change 执行数比上年（%） / change of executed, percent
-- @col errors 错误数 / findings of severity error
-- @col warnings 警告数 / findings of severity warning
-- @col source_files 总额出自 / reports that the totals are taken from
select
    d.bureau,
    d.period_end_month,
    d.rank,
    d.province,
    d.city,
    d.district,
    d.initial_budget_yuan,
    d.adjusted_budget_yuan,
    d.executed_yuan,
    d.execution_rate,
    d.change,
    d.errors,
    d.warnings,
    d.source_files
from marts.district_year as d
where d.fiscal_year = year
order by d.bureau, d.period_end_month, d.rank, d.province, d.city, d.district
