-- 追溯：一个数印在哪个文件、哪一页、哪个格或哪一句，以及那里的原文 / where a figure is printed: file, page, cell or sentence, and the text there.
-- @param fact_id 数据编号 / number of the fact
-- @col fact_id 数据编号 / number of the fact
-- @col file 文件 / path below data/raw
-- @col page 页码 / page, from 1
-- @col place 位置 / table with row and column (from 1), or sentence with characters
-- @col as_printed 原文数字 / the figure as printed
-- @col text 该处原文 / the whole cell or sentence
-- @col subject 事项 / whom or what the figure is about
-- @col measure 指标 / what it measures
-- @col amount_yuan 金额（元） / amount in yuan
-- @col value 数值 / value where it is not money
-- @col unit 单位 / unit as printed
-- @col x0 左 / left edge, PDF points
-- @col y0 下 / lower edge, PDF points
-- @col x1 右 / right edge, PDF points
-- @col y1 上 / upper edge, PDF points
select
    f.fact_id,
    f.file,
    f.page,
    case
        when f.table_id is not null
            then concat_ws(
                ' ', '表' || f.table_no, f.table_title, '第' || (f.row_no + 1) || '行第' || (f.col_no + 1) || '列'
            )
        else concat_ws(' ', s.section, '第' || f.sentence_no || '句', '字符' || f.char_start || '–' || f.char_end)
    end as place,
    f.as_printed,
    coalesce(c.text, s.text, f.quote) as text,
    f.subject,
    f.measure,
    f.amount_yuan,
    f.value,
    f.unit,
    f.x0,
    f.y0,
    f.x1,
    f.y1
from core.facts as f
left join staging.cells as c on c.table_id = f.table_id and c.row_no = f.row_no and c.col_no = f.col_no
left join staging.sentences as s on s.sentence_id = f.sentence_id
where f.fact_id = fact_id
