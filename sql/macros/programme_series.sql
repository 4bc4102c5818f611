-- 项目时序：一个规范项目在各区县、各年的预算与执行 / one canonical programme over districts and years.
-- @param programme 规范项目 / canonical programme
-- @col district 区县 / district or county
-- @col fiscal_year 年度 / fiscal year
-- @col period_end_month 截止月份 / last month that the figures cover
-- @col bureau 部门简称 / bureau
-- @col initial_budget_yuan 年初预算数 / initial budget
-- @col adjusted_budget_yuan 调整预算数 / adjusted budget
-- @col executed_yuan 执行数 / executed
-- @col execution_rate 执行率（%） / execution rate, percent points
-- @col change_from_prior_year 执行数比上年（%） / change of executed, percent
-- @col subjects 事项 / subjects as printed that were added
-- @col source_file 出自 / report that they stand in
-- @col source_facts 依据 / the facts that were added
select
    p.district,
    p.fiscal_year,
    p.period_end_month,
    p.bureau,
    p.initial_budget_yuan,
    p.adjusted_budget_yuan,
    p.executed_yuan,
    p.execution_rate,
    p.change_from_prior_year,
    p.subjects,
    p.source_file,
    p.source_facts
from marts.programme_year as p
where p.programme = programme
order by p.province, p.city, p.district, p.bureau, p.fiscal_year, p.period_end_month
