-- 数据：报告里每提到一次的数一行，附印在哪里 / one row a mention of a figure, with where it is printed.
-- @col fact_id 数据编号 / number of the fact
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col district 区县 / district or county
-- @col fiscal_year 年度 / fiscal year of the figure
-- @col period_end_month 截止月份 / last month of the figure's own period, else of the document's
-- @col subject_kind 事项种类 / department_total, fund_source, programme, functional_item, economic_item, indicator, headcount or other
-- @col subject 事项 / whom or what the figure is about, as printed, spaces inside words removed
-- @col subject_code 科目编码 / classification code as printed
-- @col programme 规范项目 / canonical programme, NULL where none is linked
-- @col fund_source 资金来源 / all, general, government_fund, state_capital or other
-- @col measure 指标 / what the figure measures; unmapped:<heading> where no measure fits
-- @col amount_yuan 金额 / amount in yuan, NULL where it is not money
-- @col value 数值 / value where it is not money, percent points for %
-- @col unit 单位 / unit as printed
-- @col as_printed 原文数字 / the report's own text of the figure
-- @col half_unit 末位半单位 / half of the last printed place, in the unit of amount_yuan or value
-- @col origin 出处 / table or narrative
-- @col page 页码 / page
-- @col table_title 表名 / title of the table
-- @col row_label 行标题 / label of the row
-- @col column_label 列标题 / path of headings of the column
-- @col row_no 行号 / row of the cell, from 0
-- @col col_no 列号 / column of the cell, from 0
-- @col x0 左 / left edge, PDF points
-- @col y0 下 / lower edge, PDF points
-- @col x1 右 / right edge, PDF points
-- @col y1 上 / upper edge, PDF points
-- @col char_start 起始字符 / offset of the figure's first character in the document's text
-- @col char_end 结束字符 / offset just past its last character
-- @col quote 原文 / text of the cell, or of the clause, that states it
-- @col contested 有争议 / whether two readings of the figure differ
-- @col comparator 比较符 / =, >=, <=, >, <, ~ or text
-- @col text_value 文字值 / the words of a target or result
-- @col half_unit_column 列末位半单位 / the same with the decimals that the column shows
-- @col scope 口径 / 本级, 部门, 财政拨款 … as the report says
-- @col year_offset 年度偏移 / -1 for a prior-year figure
-- @col document_year 报告年度 / fiscal year of the report
-- @col rate_basis 比率口径 / denominator that the report's words name: initial, adjusted, stated or prior
-- @col programme_basis 归并依据 / what linked it
-- @col statement 陈述 / facts said together share it: one table row or one clause
-- @col list_id 分项清单 / the stated list that the figure belongs to
-- @col list_role 清单中的角色 / total or part of that list
-- @col note 说明 / the report's own explanation
-- @col goal 绩效目标 / performance goal of an indicator
-- @col level1 一级指标 / first level of an indicator
-- @col level2 二级指标 / second level of an indicator
-- @col issuer 编制单位 / who issued the report
-- @col city 市 / city
-- @col province 省 / province
-- @col table_id 表编号 / table, NULL in prose
-- @col table_no 第几张表 / number of the table in its document
-- @col table_kind 表的种类 / kind of table
-- @col table_family 表所属报告种类 / report family of the table
-- @col sentence_id 句编号 / sentence, NULL in a table
-- @col fact_no 第几条 / number of the fact in its document, from 1
-- @col is_total 是合计 / whether it is a published total or subtotal of its table; NULL in prose and where it is no amount
-- @col is_leaf 是末级 / whether it adds up with the other leaves of its table, column, measure and year_offset; NULL in prose, whose figures repeat each other
-- @col amount_yuan_as_printed 原文金额 / amount as read from the report, whatever people decided
-- @col value_as_printed 原文数值 / value as read from the report, whatever people decided
-- @col corrected 更正后的数 / the number that a person put in place of the printed one, in the printed unit; NULL without a correction
-- @col decision 人工决定 / corrected or confirmed, NULL where nobody decided
-- @col corrected_by 决定人 / who corrected or confirmed it
-- @col corrected_on 决定日期 / when
-- @col correction_reason 决定理由 / why
select
    fact_id,
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
    measure,
    amount_yuan,
    value,
    unit,
    as_printed,
    half_unit,
    origin,
    page,
    table_title,
    row_label,
    column_label,
    row_no,
    col_no,
    x0,
    y0,
    x1,
    y1,
    char_start,
    char_end,
    quote,
    contested,
    comparator,
    text_value,
    half_unit_column,
    scope,
    year_offset,
    document_year,
    rate_basis,
    programme_basis,
    statement,
    list_id,
    list_role,
    note,
    goal,
    level1,
    level2,
    issuer,
    city,
    province,
    table_id,
    table_no,
    table_kind,
    table_family,
    sentence_id,
    fact_no,
    is_total,
    is_leaf,
    amount_yuan_as_printed,
    value_as_printed,
    corrected,
    decision,
    corrected_by,
    corrected_on,
    correction_reason
from core.facts
left join core.addends using (fact_id)
order by file, fact_no
