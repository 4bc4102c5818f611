-- 数据：报告里每提到一次的数一行，照读取的结果 / one row a mention of a figure, as reading gave it.
-- @col fact_id 数据编号 / number of the fact
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col fact_no 第几条 / number of the fact in its document, from 1
-- @col table_id 表编号 / table, NULL in prose
-- @col sentence_id 句编号 / sentence, NULL in a table
-- @col subject_kind 事项种类 / department_total, fund_source, programme, functional_item, economic_item, indicator, headcount or other
-- @col subject 事项 / whom or what the figure is about, as printed, spaces inside words removed
-- @col subject_code 科目编码 / classification code as printed
-- @col fund_source 资金来源 / all, general, government_fund, state_capital or other
-- @col scope 口径 / 本级, 部门, 财政拨款 … as the report says
-- @col measure 指标 / what the figure measures; unmapped:<heading> where no measure fits
-- @col year_offset 年度偏移 / -1 for a prior-year figure
-- @col period_end_month 截止月份 / last month of the figure's own period
-- @col amount_yuan 金额 / amount in yuan, NULL where it is not money
-- @col value 数值 / value where it is not money, percent points for %
-- @col unit 单位 / unit as printed
-- @col comparator 比较符 / =, >=, <=, >, <, ~ or text
-- @col text_value 文字值 / the words of a target or result
-- @col as_printed 原文数字 / the report's own text of the figure
-- @col half_unit 末位半单位 / half of the last printed place, in the unit of amount_yuan or value
-- @col half_unit_column 列末位半单位 / the same with the decimals that the column shows
-- @col origin 出处 / table or narrative
-- @col page 页码 / page
-- @col table_no 第几张表 / number of the table in its document
-- @col row_no 行号 / row of the cell, from 0
-- @col col_no 列号 / column of the cell, from 0
-- @col row_label 行标题 / label of the row
-- @col column_label 列标题 / path of headings of the column
-- @col sentence_no 第几句 / number of the sentence in its document
-- @col char_start 起始字符 / offset of the figure's first character in the document's text
-- @col char_end 结束字符 / offset just past its last character
-- @col quote 原文 / text of the cell, or of the clause, that states it
-- @col statement 陈述 / facts said together share it: one table row or one clause
-- @col list_id 分项清单 / the stated list that the figure belongs to
-- @col list_role 清单中的角色 / total or part of that list
-- @col rate_basis 比率口径 / denominator that the report's words name: initial, adjusted, stated or prior
-- @col note 说明 / the report's own explanation
-- @col goal 绩效目标 / performance goal of an indicator
-- @col level1 一级指标 / first level of an indicator
-- @col level2 二级指标 / second level of an indicator
-- @col contested 有争议 / whether two readings of the figure differ
select
    f.document_id || ':f' || x.fact_no as fact_id,
    f.document_id,
    f.file,
    x.fact_no,
    f.document_id || ':t' || x.table_no as table_id,
    f.document_id || ':s' || x.sentence_no as sentence_id,
    x.subject_kind,
    x.subject,
    x.subject_code,
    x.fund_source,
    x.scope,
    x.measure,
    x.year_offset,
    x.period_end_month,
    x.amount_yuan,
    x.value,
    x.unit,
    x.comparator,
    x.text_value,
    x.as_printed,
    x.half_unit,
    x.half_unit_column,
    x.origin,
    x.page,
    x.table_no,
    x.row_no,
    x.col_no,
    x.row_label,
    x.column_label,
    x.sentence_no,
    x.char_start,
    x.char_end,
    x.quote,
    x.statement,
    x.list_id,
    x.list_role,
    x.rate_basis,
    x.note,
    x.goal,
    x.level1,
    x.level2,
    x.contested
from input.facts as x
inner join staging.files as f on f.sha256 = x.sha256 and f.is_read
order by f.file, x.fact_no
