-- 上级与下级：科目树里每个数和它的下一级各数 / A figure of an account and the figures of the accounts that it is divided into.
-- `digits` is the length of the upper code, 0 for the table's total. `kind` is `sum` where the lower accounts are all there
-- are, `partial_sum` where a row among them could not be read. `parts` is empty where none has a figure in the column.
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
    case when (a.is_total and a.is_unclear) or a.is_doubtful then 'partial_sum' else 'sum' end as kind,
    coalesce(parts.parts, []) as parts
from accounts as a
inner join uppers on uppers.table_id = a.table_id and uppers.place = a.place
left join parts on parts.fact_id = a.fact_id
where parts.fact_id is not null
    or a.number <> 0
qualify row_number() over (partition by a.fact_id order by a.place) = 1
