-- 数据：报告里每提到一次的数一行，配上报告身份、规范项目与所在位置 / one row a mention of a figure with whose report it is in, its canonical programme and its place on the page.
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
-- @col period_end_month 截止月份 / last month of the figure's own period, else of the document's
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
-- @col table_title 表名 / title of the table
-- @col table_kind 表的种类 / kind of table
-- @col table_family 表所属报告种类 / report family of the table
-- @col issuer 编制单位 / who issued the report
-- @col district 区县 / district or county
-- @col city 市 / city
-- @col province 省 / province
-- @col document_year 报告年度 / fiscal year of the report
-- @col fiscal_year 年度 / fiscal year of the figure
-- @col programme 规范项目 / canonical programme, NULL where none is linked
-- @col programme_basis 归并依据 / what linked it
-- @col x0 左 / left edge, PDF points
-- @col y0 下 / lower edge, PDF points
-- @col x1 右 / right edge, PDF points
-- @col y1 上 / upper edge, PDF points
-- @col amount_yuan_as_printed 原文金额 / amount as read from the report, whatever people decided
-- @col value_as_printed 原文数值 / value as read from the report, whatever people decided
-- @col corrected 更正后的数 / the number that a person put in place of the printed one, in the printed unit; NULL without a correction
-- @col decision 人工决定 / corrected or confirmed, NULL where nobody decided
-- @col corrected_by 决定人 / who corrected or confirmed it
-- @col corrected_on 决定日期 / when
-- @col correction_reason 决定理由 / why
with places as (
    select
        table_id,
        row_no,
        col_no,
        min(x0) as x0,
        min(y0) as y0,
        max(x1) as x1,
        max(y1) as y1
    from staging.cells
    group by all
)

select
    f.fact_id,
    f.document_id,
    f.file,
    f.fact_no,
    f.table_id,
    f.sentence_id,
    f.subject_kind,
    f.subject,
    f.subject_code,
    f.fund_source,
    f.scope,
    f.measure,
    f.year_offset,
    coalesce(f.period_end_month, d.period_end_month) as period_end_month,
    coalesce(c.amount_yuan, f.amount_yuan) as amount_yuan,
    coalesce(c.value, f.value) as value,
    f.unit,
    f.comparator,
    f.text_value,
    f.as_printed,
    coalesce(c.half_unit, f.half_unit) as half_unit,
    case when f.half_unit_column is not null then least(f.half_unit_column, c.half_unit) end as half_unit_column,
    f.origin,
    f.page,
    f.table_no,
    f.row_no,
    f.col_no,
    f.row_label,
    f.column_label,
    f.sentence_no,
    f.char_start,
    f.char_end,
    f.quote,
    f.statement,
    f.list_id,
    f.list_role,
    f.rate_basis,
    f.note,
    f.goal,
    f.level1,
    f.level2,
    f.contested and c.fact_id is null as contested,
    t.table_title,
    t.kind as table_kind,
    t.family as table_family,
    d.issuer,
    d.district,
    d.city,
    d.province,
    d.fiscal_year as document_year,
    d.fiscal_year + f.year_offset as fiscal_year,
    l.programme,
    l.programme_basis,
    p.x0,
    p.y0,
    p.x1,
    p.y1,
    f.amount_yuan as amount_yuan_as_printed,
    f.value as value_as_printed,
    case when not c.is_confirmed then x.corrected end as corrected,
    case when c.is_confirmed then 'confirmed' when c.fact_id is not null then 'corrected' end as decision,
    x.decided_by as corrected_by,
    try_cast(x.decided_on as date) as corrected_on,
    x.reason as correction_reason
from staging.facts as f
inner join core.documents as d on d.document_id = f.document_id
left join staging.tables as t on t.table_id = f.table_id
left join places as p on p.table_id = f.table_id and p.row_no = f.row_no and p.col_no = f.col_no
left join staging.programme_links as l
    on l.subject_kind = f.subject_kind
    and l.subject = f.subject
    and l.subject_code is not distinct from f.subject_code
left join staging.corrected_facts as c on c.fact_id = f.fact_id
left join staging.corrections as x on x.decision_no = c.decision_no
order by f.file, f.fact_no
