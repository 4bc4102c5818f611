-- 单元格：每张表的每个格一行，文字照印 / one row a cell of every table that was read, its text as printed.
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col table_id 表编号 / table
-- @col page 页码 / page
-- @col table_title 表名 / title of the table as printed
-- @col row_no 行号 / row, from 0
-- @col col_no 列号 / column, from 0
-- @col row_span 跨行数 / rows that it covers
-- @col col_span 跨列数 / columns that it covers
-- @col text 文字 / text as printed
-- @col x0 左 / left edge, PDF points
-- @col y0 下 / lower edge, PDF points, origin bottom left
-- @col x1 右 / right edge, PDF points
-- @col y1 上 / upper edge, PDF points
-- @col line_no 文本行号 / line of a text source
-- @col engine 读表方法 / engine that read it
-- @col confidence 可信度 / confidence from 0 to 1
-- @col contested 有争议 / whether two readings differ, or its place was inferred
-- @col other_reading 另一读法 / what the reading that was not taken says, where there is one
select
    f.document_id,
    f.file,
    f.document_id || ':t' || c.table_no as table_id,
    c.page,
    t.table_title,
    c.row_no,
    c.col_no,
    c.row_span,
    c.col_span,
    c.text,
    c.x0,
    c.y0,
    c.x1,
    c.y1,
    c.line_no,
    c.engine,
    c.confidence,
    c.contested,
    c.other_reading
from input.cells as c
inner join staging.files as f on f.sha256 = c.sha256 and f.is_read
left join staging.tables as t on t.document_id = f.document_id and t.table_no = c.table_no
order by f.file, c.table_no, c.row_no, c.col_no, c.page, c.text
