-- 收支总表的行：每个数在收入方还是支出方，起什么作用 / Figures of the tables that set revenue against expenditure: their side and their part in it.
-- `role` is `part` (a source of revenue, a class of expenditure), `unknown` (a row of no known sort), `detail` (a part of the row
-- above), `year_total` (本年收入合计), `carried` (结转结余), `carried_part`, `used` (使用结余), `distributed` (结余分配) or
-- `grand_total` (总计); `column_key` tells the columns apart.
with rows as (
    select
        *,
        concat_ws('|', measure, year_offset, column_label) as column_key,
        coalesce(try_cast(regexp_extract(statement, '\.(\d+)$', 1) as integer), 0) as lane,
        regexp_replace(subject, '\s', '', 'g') as label,
        coalesce(row_label, '') as printed_label
    from figures
    where table_kind in ('final_total', 'final_fiscal_total', 'budget_total', 'budget_fiscal_total')
        and is_amount
        and fact_id = same_as
    qualify count(*) over (partition by table_id, statement, column_key) = 1
),

-- “一、”之下的“1、”“（一）”是它的组成部分；整张表都用“1、”编号时不是
numbered as (
    select
        *,
        regexp_matches(printed_label, '^\s*其中')
        or (
            regexp_matches(printed_label, '^\s*(?:[（(]|\d+[、.．]|[①-⑳])')
            and bool_or(regexp_matches(printed_label, '^\s*[一二三四五六七八九十]+[、.．]')) over (partition by table_id, lane)
        ) as is_numbered_below
    from rows
),

sided as (
    select
        *,
        case
            when regexp_matches(column_label, '收入') and not regexp_matches(column_label, '支出') then 'in'
            when regexp_matches(column_label, '支出') and not regexp_matches(column_label, '收入') then 'out'
            when lane = 1 then 'in'
            when lane > 1 then 'out'
        end as side,
        case
            when regexp_matches(label, '^(?:本年|当年|本期)(?:财政拨款)?(?:收入|支出)(?:合计|小计|总计)$') then 'year_total'
            when regexp_matches(label, '^(?:(?:本年|当年)?(?:财政拨款)?(?:收入|支出))?总计$') then 'grand_total'
            when regexp_matches(label, '^(?:财政拨款)?(?:收入|支出)合计$') then 'plain_total'
            when is_numbered_below then 'detail'
            when regexp_matches(label, '结余分配|^交纳|^提取|^转入') then 'distributed'
            when regexp_matches(label, '^(?:使用|用|动用).*(?:结余|基金|差额)') then 'used'
            when regexp_matches(label, '结转|结余|^结转下年') then 'carried'
            when subject_kind in ('fund_source', 'functional_item') then subject_kind
            else 'other'
        end as kind,
        coalesce(subject_kind = 'fund_source' and fund_source = 'all', false) as is_fiscal
    from numbered
),

-- “收入合计”在另有“当年收入小计”或结转行时是总计，否则是本年合计
totalled as (
    select
        * replace (
            case
                when kind = 'plain_total' and bool_or(kind in ('year_total', 'carried')) over (partition by table_id, side)
                    then 'grand_total'
                when kind = 'plain_total' then 'year_total'
                else kind
            end as kind
        )
    from sided
    where side is not null
),

placed as (
    select
        *,
        bool_or(kind = 'carried') over before as is_after_carried,
        bool_or(kind in ('year_total', 'grand_total')) over before as is_after_total,
        -- 没有编号时，“财政拨款收入”之下的各项财政拨款是它的组成部分
        bool_or(is_fiscal and not is_numbered_below) over before
        and fund_source in ('general', 'government_fund', 'state_capital') as is_below_fiscal
    from totalled
    window before as (
        partition by table_id, lane, column_label order by row_no rows between unbounded preceding and 1 preceding
    )
)

select
    document_id,
    table_id,
    table_kind,
    side,
    lane,
    row_no,
    col_no,
    fact_id,
    fact_no,
    statement,
    subject,
    label,
    subject_kind,
    measure,
    fund_source,
    column_key,
    column_label,
    number,
    half_unit,
    coalesce(is_after_total, false) as is_after_total,
    case
        when kind in ('fund_source', 'detail') and is_after_carried then 'carried_part'
        when kind = 'detail' then 'detail'
        when kind = 'fund_source' and is_below_fiscal then 'detail'
        when kind in ('fund_source', 'functional_item') then 'part'
        when kind = 'other' then 'unknown'
        else kind
    end as role
from placed
