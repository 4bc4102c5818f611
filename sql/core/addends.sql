-- 可加性：表里的每个金额是公布的合计，还是可以相加的末级数 / whether each amount of a table is a published total or subtotal, or a leaf that can be added up. Within one table, column, measure and year the leaves add up without counting anything twice; the three public expenses stand in one row instead of one column.
-- @col fact_id 数据编号 / fact
-- @col is_total 是合计 / whether it is a total or subtotal of other rows of its table: 合计, a class over its sections, 财政拨款 over its funds, 公务用车 over its purchase and running
-- @col is_leaf 是末级 / whether it may be added with the other leaves of its column; a balance carried in or out is neither total nor leaf
with amounts as (
    select
        *,
        regexp_replace(subject, '\s', '', 'g') as name,
        list_id || '/' || subject as list_below,
        -- Below a balance the funds are named again: 年初结转和结余 › 一般公共预算财政拨款.
        subject_kind = 'fund_source'
        and row_number() over (partition by table_id, col_no, measure, year_offset, subject order by row_no, fact_no) > 1
            as is_named_again
    from core.facts
    where table_id is not null and amount_yuan is not null
),

-- The codes above every code: a class over its sections, a section over its items.
codes_above as (
    select distinct
        table_id,
        col_no,
        measure,
        year_offset,
        unnest(
            case when length(subject_code) = 7 then [left(subject_code, 3), left(subject_code, 5)] else [left(subject_code, 3)] end
        ) as code
    from amounts
    where regexp_full_match(subject_code, '\d{5}|\d{7}')
),

lists_below as (
    select distinct
        table_id,
        list_id
    from amounts
    where list_id is not null
),

-- 财政拨款 stands over its funds, 其他资金 over the revenues of no fund.
columns_with_parts as (
    select distinct
        table_id,
        col_no,
        measure,
        year_offset,
        case when fund_source = 'other' then 'other' else 'all' end as whole
    from amounts
    where subject_kind = 'fund_source'
        and (fund_source in ('general', 'government_fund', 'state_capital') or (fund_source = 'other' and name like '%收入'))
),

-- 政府采购表：品目大类、专项、物品各占一列，标签越靠右越细；下一行更细的，是其下各行的合计。
labels as (
    select
        c.table_id,
        c.row_no,
        min(c.col_no) as depth
    from staging.cells as c
    inner join staging.tables as t using (table_id)
    where t.kind = 'budget_procurement'
        and regexp_matches(c.text, '\p{Han}')
    group by all
),

procured as (
    select
        table_id,
        row_no,
        coalesce(lead(depth) over (partition by table_id order by row_no) > depth, false) as has_rows_below
    from labels
),

judged as (
    select
        a.fact_id,
        a.fact_no,
        a.file,
        regexp_matches(a.name, '(总计|合计|小计|总额)$')
        or (a.subject_kind = 'department_total' and coalesce(a.list_role, '') = 'total')
        or (a.subject_kind = 'department_total' and a.name like '%整体%')
        or (a.subject_kind = 'other' and coalesce(a.list_role, '') = 'total')
        or c.code is not null
        or l.list_id is not null
        or coalesce(p.has_rows_below, false)
        or (a.subject_kind = 'fund_source' and f.table_id is not null) as is_total,
        regexp_matches(a.name, '结转|结余')
        or a.is_named_again
        -- A detail of a fund's row: 一般公共预算资金 › 公共财政拨款（补助）资金.
        or (a.subject_kind = 'other' and regexp_matches(a.name, '财政拨款.*资金')) as is_balance,
        coalesce(regexp_full_match(a.subject_code, '\d{3}|\d{5}|\d{7}'), true) as has_whole_code
    from amounts as a
    left join codes_above as c
        on c.table_id = a.table_id
        and c.col_no = a.col_no
        and c.measure = a.measure
        and c.year_offset = a.year_offset
        and c.code = a.subject_code
    left join lists_below as l on l.table_id = a.table_id and l.list_id = a.list_below
    left join procured as p on p.table_id = a.table_id and p.row_no = a.row_no
    left join columns_with_parts as f
        on f.whole = a.fund_source
        and (a.fund_source = 'all' or regexp_matches(a.name, '^(其他|单位|非财政)(拨款)?资金'))
        and f.table_id = a.table_id
        and f.col_no = a.col_no
        and f.measure = a.measure
        and f.year_offset = a.year_offset
)

select
    fact_id,
    is_total,
    not is_total and not is_balance and has_whole_code as is_leaf
from judged
order by file, fact_no
