-- 科目树：按编码排列的表里，每个数属于哪一科目、上级是哪一行 / Figures in tables of classified accounts, each with the row it is part of.
-- `parent` is the nearest row above whose code begins this one's, NULL for a row that is part of no other; `column_key` tells the
-- columns apart. `is_doubtful` says that a row among the parts carries no readable code, so that they may not be all of it;
-- `is_unclear` says so of the table as a whole. Rows without a code are kept where they are the table's totals (`is_total`).
with rows as (
    select
        document_id,
        table_id,
        statement,
        any_value(row_no) as row_no,
        coalesce(try_cast(regexp_extract(statement, '\.(\d+)$', 1) as integer), 0) as lane,
        any_value(nullif(regexp_extract(subject_code, '^(?:2\d{2}(?:\d{2}){0,2}|[35]\d{2}(?:\d{2})?)$'), '')) as code,
        regexp_matches(any_value(subject), '^(?:本年|当年)?(?:收入|支出)?(?:合计|总计)$') as is_total,
        regexp_matches(any_value(subject), '小计$') as is_subtotal
    from figures
    where table_id is not null
    group by document_id, table_id, statement
),

-- 一张表只按一种科目分类；两种混排的不建树
sorted as (
    select
        *,
        len(code) as digits,
        row_number() over (partition by table_id order by lane, row_no, statement) as place
    from rows
    qualify count(code) over (partition by table_id) >= 2
        and count(distinct left(code, 1)) over (partition by table_id) = 1
),

above as (
    select
        *,
        last_value(case when digits = 3 then place end ignore nulls) over earlier as class_place,
        last_value(case when digits = 3 then code end ignore nulls) over earlier as class_code,
        last_value(case when digits = 5 then place end ignore nulls) over earlier as section_place,
        last_value(case when digits = 5 then code end ignore nulls) over earlier as section_code
    from sorted
    window earlier as (partition by table_id order by place rows between unbounded preceding and 1 preceding)
),

tree as (
    select
        *,
        case
            when code is not null
                then greatest(
                    case when digits > 3 and left(code, 3) = class_code then class_place end,
                    case when digits > 5 and left(code, 5) = section_code then section_place end
                )
        end as parent,
        code is null and not is_total and not is_subtotal as is_odd
    from above
),

-- 认不出编码的行、找不到上级的下级行，使它所在的类、款不能断定已列全
doubtful as (
    select distinct
        table_id,
        unnest([class_place, case when section_place > class_place then section_place end]) as place
    from tree
    where is_odd
        or (digits > 3 and parent is null)
),

placed as (
    select
        tree.*,
        doubtful.place is not null as is_doubtful,
        bool_or(is_odd) over (partition by tree.table_id) as is_unclear
    from tree
    left join doubtful on doubtful.table_id = tree.table_id and doubtful.place = tree.place
)

select
    f.document_id,
    f.table_id,
    f.table_kind,
    f.same_as as fact_id,
    f.fact_no,
    f.statement,
    f.row_no,
    f.col_no,
    placed.place,
    placed.parent,
    placed.code,
    placed.digits,
    placed.is_total and placed.code is null as is_total,
    placed.is_doubtful,
    placed.is_unclear,
    f.subject,
    f.measure,
    f.fund_source,
    f.scope,
    f.year_offset,
    f.number,
    f.half_unit,
    coalesce(f.column_label, '') as column_label,
    concat_ws('|', f.measure, f.fund_source, f.scope, f.year_offset, f.column_label) as column_key
from figures as f
inner join placed using (table_id, statement)
where f.is_amount
    and f.fact_id = f.same_as
    and (placed.code is not null or placed.is_total)
-- 同一行同一栏目名下有两个数的，分不清谁是谁
qualify count(*) over (partition by f.table_id, placed.place, column_key) = 1
