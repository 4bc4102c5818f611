-- 项目时序：一个规范项目在各区县、各年的预算与执行 / one canonical programme over districts and years.
-- @param programme 规范项目的编号、中文名或别名；含其下级项目 / its id, Chinese name or an alias; narrower programmes included
-- @col programme_zh 项目 / the programme, in Chinese
-- @col district 区县 / district or county, NULL for a city's or province's own bureau
-- @col fiscal_year 年度 / fiscal year
-- @col period_end_month 截止月份 / last month that the figures cover
-- @col bureau 部门简称 / bureau
-- @col initial_budget_yuan 年初预算数 / initial budget
-- @col adjusted_budget_yuan 调整预算数 / adjusted budget
-- @col executed_yuan 执行数 / executed
-- @col execution_rate 执行率（%） / execution rate, percent points
-- @col change_from_prior_year 执行数比上年（%） / change of executed, percent
-- @col budget_yuan 预算数 / budget of no stated kind (published budgets)
-- @col scope 口径 / 部门 (with its units), 本级 or 单位; NULL where no report says
-- @col fund_source 资金来源 / fund source of the figures
-- @col province 省 / province
-- @col city 市 / city
-- @col included_in 已含于 / the wider programme whose row already holds this one; add up only rows where it is NULL
-- @col execution_rate_reason 执行率为空的原因 / why there is no execution rate
-- @col change_reason 比上年为空的原因 / why there is no change
-- @col subjects 事项 / subjects as printed that were added
-- @col source_file 出自 / report that they stand in
-- @col source_facts 依据 / the facts that were added
select
    series_year.programme_zh,
    series_year.district,
    series_year.fiscal_year,
    series_year.period_end_month,
    series_year.bureau,
    series_year.initial_budget_yuan,
    series_year.adjusted_budget_yuan,
    series_year.executed_yuan,
    series_year.execution_rate,
    series_year.change_from_prior_year,
    series_year.budget_yuan,
    series_year.scope,
    series_year.fund_source,
    series_year.province,
    series_year.city,
    series_year.included_in,
    series_year.execution_rate_reason,
    series_year.change_reason,
    series_year.subjects,
    series_year.source_file,
    series_year.source_facts
from marts.programme_year as series_year
join core.programme_names as named on named.programme = series_year.programme
where named.name = programme
order by
    series_year.province,
    series_year.city,
    series_year.district,
    series_year.bureau,
    series_year.fiscal_year,
    series_year.period_end_month,
    series_year.programme
