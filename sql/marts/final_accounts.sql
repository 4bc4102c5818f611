-- 决算与预算公开：公开表里每个科目或收支项目的每个数一行，合计与末级分开标明 / final account and budget disclosure tables, one row a code or item and figure, totals told from leaves.
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col district 区县 / district or county
-- @col fiscal_year 年度 / fiscal year
-- @col table_no 第几张表 / number of the table in its document
-- @col table_title 表名 / title of the table
-- @col subject_code 科目编码 / classification code
-- @col subject 科目或项目 / subject as printed
-- @col level 科目级次 / class (3 digits), section (5) or item (7)
-- @col side 收支方向 / revenue or expenditure, NULL where the table does not say
-- @col measure 指标 / what the figure measures
-- @col amount_yuan 金额 / amount
-- @col fund_source 资金来源 / all, general, government_fund, state_capital or other
-- @col subject_kind 事项种类 / kind of subject
-- @col table_kind 表的种类 / kind of table
-- @col family 报告种类 / report family of the table
-- @col year_offset 年度偏移 / -1 for a prior-year figure
-- @col programme 规范项目 / canonical programme
-- @col page 页码 / page
-- @col row_no 行号 / row, from 0
-- @col col_no 列号 / column, from 0
-- @col column_label 列标题 / path of headings of the column
-- @col city 市 / city
-- @col province 省 / province
-- @col issuer 编制单位 / who issued it
-- @col table_id 表编号 / table
-- @col fact_no 第几条 / number of the fact in its document
-- @col fact_id 数据编号 / fact
-- @col is_total 是合计 / whether it is a published total or subtotal: 合计, a class over its sections, 财政拨款 over its funds …
-- @col is_leaf 是末级 / whether it adds up with the other leaves of its table, column, measure and year_offset without counting anything twice
select
    f.document_id,
    f.file,
    f.district,
    f.fiscal_year,
    f.table_no,
    f.table_title,
    f.subject_code,
    f.subject,
    case length(f.subject_code) when 3 then 'class' when 5 then 'section' when 7 then 'item' end as level,
    case
        when f.measure in ('revenue', 'carried_in') then 'revenue'
        when f.measure like '%expenditure' or f.measure = 'carried_out' then 'expenditure'
        when f.column_label like '%收入%' and f.column_label not like '%支出%' then 'revenue'
        when f.column_label like '%支出%' then 'expenditure'
        when f.table_title like '%支出%' and f.table_title not like '%收入%' then 'expenditure'
        when f.table_title like '%收入%' and f.table_title not like '%支出%' then 'revenue'
    end as side,
    f.measure,
    f.amount_yuan,
    f.fund_source,
    f.subject_kind,
    f.table_kind,
    f.table_family as family,
    f.year_offset,
    f.programme,
    f.page,
    f.row_no,
    f.col_no,
    f.column_label,
    f.city,
    f.province,
    f.issuer,
    f.table_id,
    f.fact_no,
    f.fact_id,
    a.is_total,
    a.is_leaf
from core.facts as f
left join core.addends as a on a.fact_id = f.fact_id
where f.table_family in ('final_accounts', 'budgets') and f.amount_yuan is not null
order by f.file, f.fact_no
