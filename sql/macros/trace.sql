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
    traced_fact.fact_id,
    traced_fact.file,
    traced_fact.page,
    case
        when traced_fact.table_id is not null
            then concat_ws(
                ' ', '表' || traced_fact.table_no, traced_fact.table_title, '第' || (traced_fact.row_no + 1) || '行第' || (traced_fact.col_no + 1) || '列'
            )
        else concat_ws(' ', traced_sentence.section, '第' || traced_fact.sentence_no || '句', '字符' || traced_fact.char_start || '–' || traced_fact.char_end)
    end as place,
    traced_fact.as_printed,
    coalesce(traced_cell.text, traced_sentence.text, traced_fact.quote) as text,
    traced_fact.subject,
    traced_fact.measure,
    traced_fact.amount_yuan,
    traced_fact.value,
    traced_fact.unit,
    traced_fact.x0,
    traced_fact.y0,
    traced_fact.x1,
    traced_fact.y1
-- Long aliases on purpose: an argument such as f.fact_id must not be caught by an alias in here.
from core.facts as traced_fact
left join staging.cells as traced_cell
    on traced_cell.table_id = traced_fact.table_id
    and traced_cell.row_no = traced_fact.row_no
    and traced_cell.col_no = traced_fact.col_no
left join staging.sentences as traced_sentence on traced_sentence.sentence_id = traced_fact.sentence_id
where traced_fact.fact_id = fact_id
