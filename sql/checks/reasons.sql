-- 偏差原因：表中“偏差原因”一栏填了没有 / Reasons: whether the column or row of a form that asks for the reasons of deviations is filled in.
-- `is_filled` is NULL where no cell beside the label was read, so that it cannot be told; `row_no` is NULL for a row that speaks for the whole form.
with labels as (
    select
        document_id,
        table_id,
        row_no,
        col_no,
        regexp_replace(text, '\s', '', 'g') as label
    from staging.cells
    where regexp_matches(regexp_replace(text, '\s', '', 'g'), '(偏差|未完成|未达|完不成|不能完成).*原因|原因分析')
        and length(regexp_replace(text, '\s', '', 'g')) <= 40
),

-- 标签所在行里若还有别的表头（分值、得分、完成值……），它是一列的表头；否则是一行的标签
kinds as (
    select
        l.*,
        exists (
            from staging.cells as c
            where c.table_id = l.table_id
                and c.row_no between l.row_no - 2 and l.row_no
                and c.col_no <> l.col_no
                and regexp_matches(regexp_replace(c.text, '\s', '', 'g'), '^.{0,8}(分值|得分|三级指标|执行率|执行数|小计|指标值|目标值|完成值).{0,6}$')
        ) as is_column
    from labels as l
),

beside as (
    select
        k.document_id,
        k.table_id,
        null::integer as row_no,
        trim(string_agg(c.text, '')) as said
    from kinds as k
    inner join staging.cells as c
        on c.table_id = k.table_id
        and c.row_no = k.row_no
        and c.col_no > k.col_no
    where not k.is_column
    group by k.document_id, k.table_id, k.row_no
    union all
    select
        k.document_id,
        k.table_id,
        c.row_no,
        trim(string_agg(c.text, ''))
    from (
        select
            document_id,
            table_id,
            min(row_no) as row_no,
            max(col_no) as col_no
        from kinds
        where is_column
        group by all
    ) as k
    inner join staging.cells as c
        on c.table_id = k.table_id
        and c.row_no > k.row_no
        and c.col_no >= k.col_no
    group by k.document_id, k.table_id, c.row_no
)

select
    document_id,
    table_id,
    row_no,
    length(regexp_replace(said, '[\s0-9.%。、]', '', 'g')) >= 3 as is_filled
from beside
