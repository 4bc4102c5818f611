-- 表格：读到的每张表一行，以及认作哪一种表 / one row a table that was read, with what it was recognised as.
-- @col table_id 表编号 / document and number of the table
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col table_no 第几张表 / number of the table in its document, from 1
-- @col page 页码 / page it begins on
-- @col table_title 表名 / title as printed
-- @col unit 金额单位 / unit of its amounts as printed
-- @col section 所在章节 / path of headings
-- @col engine 读表方法 / engine that read it
-- @col family 报告种类 / report family it belongs to
-- @col kind 表的种类 / kind of table in that family, NULL where none fits
-- @col rows 行数 / rows
-- @col cols 列数 / columns
-- @col notes 表注 / footnotes
-- @col caption 表头各行 / lines above the table: its title, who filled it in and when, its unit
-- @col unmapped_headings 未识别的表头 / headings that no measure fits
select
    f.document_id || ':t' || t.table_no as table_id,
    f.document_id,
    f.file,
    t.table_no,
    t.page,
    t.table_title,
    t.unit,
    t.section,
    t.engine,
    t.family,
    t.kind,
    t.rows,
    t.cols,
    t.notes,
    t.caption,
    t.unmapped_headings
from input.tables as t
inner join staging.files as f on f.sha256 = t.sha256 and f.is_read
order by f.file, t.table_no
