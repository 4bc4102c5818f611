-- 预算执行：预算与执行对照，报告里每个事项一行，部门总额每份报告只取依据最足的一行 / budget against execution, one row a subject of a report's table row or clause; the department's total once a report, from its best-evidenced statement.
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col district 区县 / district or county
-- @col fiscal_year 年度 / fiscal year
-- @col period_end_month 截止月份 / last month that the execution covers, 12 for a full year
-- @col subject_kind 事项种类 / department_total, programme, functional_item or economic_item
-- @col subject 事项 / subject as printed
-- @col subject_code 科目编码 / classification code
-- @col programme 规范项目 / canonical programme
-- @col fund_source 资金来源 / all, general, government_fund, state_capital or other
-- @col initial_budget_yuan 年初预算数 / initial budget
-- @col budget_adjustment_yuan 追加或调减数 / added or cut during the year
-- @col adjusted_budget_yuan 调整预算数 / adjusted budget (小计, 全年预算)
-- @col executed_yuan 执行数 / executed
-- @col forecast_executed_yuan 全年预计执行数 / forecast of full-year execution
-- @col final_account_yuan 决算数 / final account
-- @col execution_rate_reported 报告的执行率（%） / execution or completion rate as printed, percent points
-- @col execution_rate_computed 计算的执行率（%） / executed (else final account) over the denominator that the report names, else the adjusted, the initial, the stated budget; percent points, two decimals, NULL over zero
-- @col rate_basis 执行率口径 / denominator that the printed rate fits within rounding: adjusted (also initial + adjustment), initial, budget; none where it fits none; NULL where it cannot be told
-- @col note 说明 / the report's own explanation
-- @col verdict 核对结论 / worst verdict of the checks that lie wholly in this row: fail, error, parse_doubt, rounding, pass, insufficient_data, not_applicable
-- @col city 市 / city
-- @col province 省 / province
-- @col bureau 部门简称 / issuer without place names
-- @col budget_yuan 预算数 / budget of no stated kind
-- @col transferred_yuan 调剂出去的金额 / moved to others, as a note or sentence says
-- @col scope 口径 / 本级, 部门, 财政拨款 … as the report says
-- @col origin 出处 / table or narrative
-- @col page 页码 / page
-- @col quote 原文 / the sentence, or the cells of the row
-- @col statement 陈述 / name of the table row or clause in its document
-- @col table_id 表编号 / table, NULL in prose
-- @col row_no 行号 / row of the table, from 0
-- @col sentence_id 句编号 / sentence, NULL in a table
-- @col section 所在章节 / path of headings
-- @col first_fact_no 首条序号 / number of its first fact in the document
-- @col fact_ids 数据编号 / the facts of this row
select
    document_id,
    file,
    district,
    fiscal_year,
    period_end_month,
    subject_kind,
    subject,
    subject_code,
    programme,
    fund_source,
    initial_budget_yuan,
    budget_adjustment_yuan,
    adjusted_budget_yuan,
    executed_yuan,
    forecast_executed_yuan,
    final_account_yuan,
    execution_rate_reported,
    execution_rate_computed,
    rate_basis,
    note,
    verdict,
    city,
    province,
    bureau,
    budget_yuan,
    transferred_yuan,
    scope,
    origin,
    page,
    quote,
    statement,
    table_id,
    row_no,
    sentence_id,
    section,
    first_fact_no,
    fact_ids
from marts.execution_statements
where shown_in = 'execution'
order by file, first_fact_no, statement, fund_source, subject
