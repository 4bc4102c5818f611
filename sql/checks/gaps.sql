-- 空格与认不出的格：有数的栏里，某行在该栏没有数 / Cells of columns of figures that state none: left blank, or printed and not read.
-- A blank is no zero: unless the row adds up without it (`is_closed`), an amount may be missing there. `is_unread` tells a cell
-- in which something is printed that is no figure and no mark of nothing, `is_number_unread` one that holds no words either;
-- `label` is the nearest words to its left.
with columns as (
    select
        document_id,
        table_id,
        col_no,
        min(min(row_no)) over (partition by table_id) as first_row
    from core.facts
    where table_id is not null
        and amount_yuan is not null
    group by document_id, table_id, col_no
),

lines as (
    select distinct
        table_id,
        row_no
    from staging.cells
),

-- 跨行跨列的格，盖住的位置不算空格
covered as (
    select distinct
        table_id,
        unnest(range(row_no, row_no + greatest(coalesce(row_span, 1), 1))) as row_no,
        col_no,
        greatest(coalesce(col_span, 1), 1) as width
    from staging.cells
    where coalesce(row_span, 1) > 1
        or coalesce(col_span, 1) > 1
),

stated as (
    select distinct
        table_id,
        row_no,
        col_no
    from core.facts
    where table_id is not null
),

-- 一行之中，总数与其各分解之和：各数相加恰是最大数的整数倍
rows as (
    select
        table_id,
        row_no,
        max(amount_yuan) = 0
        or (
            count(*) > 1
            and max(amount_yuan) > 0
            and sum(amount_yuan) >= 2 * max(amount_yuan)
            and sum(amount_yuan) % nullif(max(amount_yuan), 0) = 0
        ) as is_closed
    from (
        select distinct
            table_id,
            row_no,
            col_no,
            amount_yuan
        from core.facts
        where table_id is not null
            and amount_yuan is not null
    )
    group by all
),

empty as (
    select
        c.document_id,
        c.table_id,
        l.row_no,
        c.col_no,
        regexp_replace(coalesce(s.text, ''), '\s', '', 'g') as text
    from columns as c
    inner join lines as l on l.table_id = c.table_id and l.row_no >= c.first_row
    left join staging.cells as s on s.table_id = c.table_id and s.row_no = l.row_no and s.col_no = c.col_no
    where not exists (
            from stated as f
            where f.table_id = c.table_id and f.row_no = l.row_no and f.col_no = c.col_no
        )
        and not exists (
            from covered as m
            where m.table_id = c.table_id and m.row_no = l.row_no and m.col_no <= c.col_no and c.col_no < m.col_no + m.width
        )
),

-- 左边最近的文字：这一行是什么
labels as (
    select
        e.table_id,
        e.row_no,
        e.col_no,
        arg_max(regexp_replace(w.text, '\s', '', 'g'), w.col_no) as label,
        max(w.col_no) as label_col
    from empty as e
    inner join staging.cells as w
        on w.table_id = e.table_id
        and w.row_no = e.row_no
        and w.col_no < e.col_no
    where regexp_matches(w.text, '\p{Han}')
    group by all
)

select
    e.document_id,
    e.table_id,
    e.row_no,
    e.col_no,
    e.text <> '' as is_unread,
    e.text <> '' and not regexp_matches(e.text, '\p{Han}') as is_number_unread,
    coalesce(r.is_closed, false) as is_closed,
    l.label,
    l.label_col
from empty as e
left join rows as r on r.table_id = e.table_id and r.row_no = e.row_no
left join labels as l on l.table_id = e.table_id and l.row_no = e.row_no and l.col_no = e.col_no
-- 短横、斜杠、“无”、星号所说的就是没有
where not regexp_matches(e.text, '^[-—－–─/／\\*＊无]+$')
