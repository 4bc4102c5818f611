-- 上级与下级：科目树里每个数和它的下一级各数 / A figure of an account and the figures of the accounts that it is divided into.
-- `digits` is the length of the upper code, 0 for the table's total. `kind` is `sum` where the lower accounts are all there
-- are, `partial_sum` where a row among them could not be read, `doubtful_sum` where a cell among them could not. `parts` is
-- empty where none has a figure in the column; `blanks` names the lower accounts whose cell is blank, NULL without any.
with divided as (
    select
        upper.document_id,
        upper.table_id,
        upper.fact_id,
        lower.fact_id as part,
        lower.place
    from accounts as upper
    inner join accounts as lower
        on lower.table_id = upper.table_id
        and lower.parent = upper.place
        and lower.column_key = upper.column_key
    where not upper.is_total
    union all
    select
        upper.document_id,
        upper.table_id,
        upper.fact_id,
        lower.fact_id,
        lower.place
    from accounts as upper
    inner join accounts as lower
        on lower.table_id = upper.table_id
        and lower.parent is null
        and not lower.is_total
        and lower.column_key = upper.column_key
    where upper.is_total
),

parts as (
    select
        fact_id,
        list(part order by place) as parts
    from divided
    group by fact_id
),

lines as (
    select distinct
        table_id,
        place,
        parent,
        row_no,
        code,
        is_total
    from accounts
),

-- 有编码而整行没有数的科目行，归在上面最近的上级之下
unfilled as (
    select
        c.table_id,
        c.row_no,
        arg_max(u.place, u.row_no) as parent
    from (
        select
            table_id,
            row_no,
            regexp_extract(
                string_agg(regexp_replace(text, '\s', '', 'g'), '' order by col_no), '^(?:2\d{2}(?:\d{2}){0,2}|[35]\d{2}(?:\d{2})?)'
            ) as code
        from staging.cells
        where col_no < 3
            and table_id in (select table_id from lines)
        group by all
    ) as c
    left join lines as u on u.table_id = c.table_id and u.row_no < c.row_no and starts_with(c.code, u.code)
    where c.code <> ''
        and not exists (from lines as l where l.table_id = c.table_id and l.row_no = c.row_no)
    group by all
),

below as (
    select
        table_id,
        row_no,
        parent
    from lines
    where not is_total
    union all
    select
        table_id,
        row_no,
        parent
    from unfilled
),

-- 下级科目在这一栏没有数：空着的，或者印了而认不出的
untold as (
    select
        a.fact_id,
        bool_or(g.is_unread) as is_unread,
        string_agg(distinct g.label, '、' order by g.label) filter (where not g.is_unread) as blanks
    from accounts as a
    inner join below as l
        on l.table_id = a.table_id
        and l.parent is not distinct from case when not a.is_total then a.place end
    inner join gaps as g
        on g.table_id = a.table_id
        and g.row_no = l.row_no
        and g.col_no = a.col_no
    where not g.is_closed
    group by a.fact_id
),

-- 有下级科目的行；一张表有两个不同的合计数的，分不清哪个是总数
uppers as (
    select distinct
        table_id,
        parent as place
    from accounts
    where parent is not null
    union all
    select
        table_id,
        any_value(place)
    from accounts
    where is_total
    group by table_id, column_key
    having count(distinct number) = 1
)

select
    a.document_id,
    a.table_id,
    a.table_kind,
    a.fact_id,
    a.fact_no,
    case when a.is_total then 0 else a.digits end as digits,
    coalesce(a.code, '') as code,
    case when a.code is null then a.subject else a.subject || '（' || a.code || '）' end
    || coalesce('“' || nullif(regexp_extract(a.column_label, '([^>]+)$', 1).trim(), '') || '”', '') as subject,
    case
        when untold.is_unread then 'doubtful_sum'
        when (a.is_total and a.is_unclear) or a.is_doubtful then 'partial_sum'
        else 'sum'
    end as kind,
    coalesce(parts.parts, []) as parts,
    untold.blanks
from accounts as a
inner join uppers on uppers.table_id = a.table_id and uppers.place = a.place
left join parts on parts.fact_id = a.fact_id
left join untold on untold.fact_id = a.fact_id
where parts.fact_id is not null
    or a.number <> 0
qualify row_number() over (partition by a.fact_id order by a.place) = 1
