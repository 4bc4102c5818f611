-- 预算执行全部陈述：所有预算对执行的陈述，含资金来源拆分与重复出现的部门总额 / every statement that sets a budget against its execution, splits by fund source and repeated totals included.
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
-- @col shown_in 列在何处 / execution, execution_by_fund, repeated_total (another statement of the department's total) or part_of_total (its basic or project expenditure …)
with equations as (
    select
        check_id,
        document_id,
        equation_key,
        verdict,
        unnest(list_filter(list_transform(terms, lambda t: t.fact_id), lambda f: f is not null)) as fact_id
    from audit.verdicts
),

members as (
    select
        statement_id,
        unnest(fact_ids) as fact_id
    from core.statements
),

-- Only an equation whose figures all stand in one row says something of that row.
rows_judged as (
    select
        min(m.statement_id) as statement_id,
        min(e.verdict) as verdict
    from equations as e
    left join members as m on m.fact_id = e.fact_id
    group by e.check_id, e.document_id, e.equation_key
    having count(distinct m.statement_id) = 1 and count(m.statement_id) = count(*)
),

worst as (
    select
        statement_id,
        arg_min(
            verdict,
            list_position(
                ['fail', 'error', 'parse_doubt', 'rounding', 'pass', 'insufficient_data', 'not_applicable'], verdict
            )
        ) as verdict
    from rows_judged
    group by statement_id
)

select
    s.document_id,
    s.file,
    d.district,
    s.fiscal_year,
    s.period_end_month,
    s.subject_kind,
    s.subject,
    s.subject_code,
    s.programme,
    s.fund_source,
    s.initial_budget_yuan,
    s.budget_adjustment_yuan,
    s.adjusted_budget_yuan,
    s.executed_yuan,
    s.forecast_executed_yuan,
    s.final_account_yuan,
    s.execution_rate_reported,
    s.execution_rate_computed,
    s.rate_basis,
    s.note,
    v.verdict,
    d.city,
    d.province,
    d.bureau,
    s.budget_yuan,
    s.transferred_yuan,
    s.scope,
    s.origin,
    s.page,
    s.quote,
    s.statement,
    s.table_id,
    s.row_no,
    s.sentence_id,
    s.section,
    s.first_fact_no,
    s.fact_ids,
    x.shown_in
from core.execution_rows as x
inner join core.statements as s on s.statement_id = x.statement_id
inner join core.documents as d on d.document_id = s.document_id
left join worst as v on v.statement_id = s.statement_id
order by s.file, s.first_fact_no, s.statement_id
