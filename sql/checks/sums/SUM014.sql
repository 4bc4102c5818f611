-- 收支总表的本年合计等于各项之和 / The year's total of revenue or expenditure is the sum of its rows
-- @formula 本年收入合计 = Σ 各项收入；本年支出合计 = Σ 各类支出（没有本年合计行的，总计 = Σ 各项 + 结转结余）
-- @basis 会计恒等式；部门预算、决算公开的收支总表和财政拨款收支总表
-- @severity error
-- @needs final_total|final_fiscal_total|budget_total|budget_fiscal_total
-- @origin table
-- @message_zh {subject}：合计与所列各项之和不符，{equation}，相差{difference}。
-- @message_en {subject}: the total is not the sum of its rows: {equation_en}; off by {difference_en}.
-- @good [{"measure": "final_account", "printed": "326.72", "subject": "社会保障和就业支出", "subject_kind": "functional_item", "table_kind": "final_total", "column_label": "支出 > 决算数", "statement": "t1r1.2", "row_no": 1},
--   {"measure": "final_account", "printed": "60.99", "subject": "卫生健康支出", "subject_kind": "functional_item", "table_kind": "final_total", "column_label": "支出 > 决算数", "statement": "t1r2.2", "row_no": 2},
--   {"measure": "final_account", "printed": "387.71", "subject": "本年支出合计", "subject_kind": "department_total", "table_kind": "final_total", "column_label": "支出 > 决算数", "statement": "t1r3.2", "row_no": 3},
--   {"measure": "final_account", "printed": "12.29", "subject": "年末结转和结余", "subject_kind": "other", "table_kind": "final_total", "column_label": "支出 > 决算数", "statement": "t1r4.2", "row_no": 4},
--   {"measure": "final_account", "printed": "400.00", "subject": "总计", "subject_kind": "department_total", "table_kind": "final_total", "column_label": "支出 > 决算数", "statement": "t1r5.2", "row_no": 5}]
-- @bad [{"measure": "final_account", "printed": "2940.05", "subject": "财政拨款收入", "subject_kind": "fund_source", "table_kind": "final_total", "column_label": "收入 > 决算数", "statement": "t1r1.1", "row_no": 1},
--   {"measure": "final_account", "printed": "2940.05", "subject": "一般公共预算", "row_label": "其中：一般公共预算", "subject_kind": "fund_source", "fund_source": "general", "table_kind": "final_total", "column_label": "收入 > 决算数", "statement": "t1r2.1", "row_no": 2},
--   {"measure": "final_account", "printed": "6.20", "subject": "其他收入", "subject_kind": "fund_source", "fund_source": "other", "table_kind": "final_total", "column_label": "收入 > 决算数", "statement": "t1r3.1", "row_no": 3},
--   {"measure": "final_account", "printed": "2964.25", "subject": "本年收入合计", "subject_kind": "department_total", "table_kind": "final_total", "column_label": "收入 > 决算数", "statement": "t1r4.1", "row_no": 4}]

with columns as (
    select
        document_id,
        table_id,
        side,
        lane,
        column_key,
        any_value(measure) as measure,
        any_value(fact_id) filter (where role = 'year_total') as year_total,
        any_value(fact_id) filter (where role = 'grand_total') as grand_total,
        any_value(subject) filter (where role = 'year_total') as year_subject,
        any_value(subject) filter (where role = 'grand_total') as grand_subject,
        any_value(column_label) as column_label,
        list(fact_id order by row_no) filter (where role = 'part') as known,
        list(fact_id order by row_no) filter (where role = 'unknown' and not is_after_total) as unknown,
        list(fact_id order by row_no) filter (where role in ('carried', 'used', 'distributed')) as carried,
        count(*) filter (where role = 'unknown' and label in ('基本支出', '项目支出')) = 2 as is_by_nature,
        any_value(col_no) as col_no,
        min(row_no) filter (where role = 'part') as first_row,
        max(row_no) filter (where role in ('year_total', 'grand_total')) as last_row
    from sheets
    group by all
    having count(*) filter (where role = 'year_total') <= 1
        and count(*) filter (where role = 'grand_total') <= 1
),

-- 各方各栏所在的位置：一方的空格，行名也在这一方
lanes as (
    select
        table_id,
        lane,
        max(col_no) as last_col
    from sheets
    group by all
),

-- 首项与合计之间没有数的行
untold as (
    select
        c.table_id,
        c.lane,
        c.column_key,
        bool_or(g.is_unread) as is_unread,
        string_agg(distinct g.label, '、' order by g.label) filter (where not g.is_unread) as blanks
    from columns as c
    inner join gaps as g
        on g.table_id = c.table_id
        and g.col_no = c.col_no
        and g.row_no between c.first_row and c.last_row
    where g.label_col > coalesce(
            (select max(l.last_col) from lanes as l where l.table_id = c.table_id and l.lane < c.lane), -1
        )
        and not regexp_matches(g.label, '(?:合计|总计|小计)$')
    group by all
),

-- 同一方另一栏的本年合计：按功能、按用途两栏并列而只有一栏写合计的
of_side as (
    select
        table_id,
        side,
        measure,
        any_value(year_total) as year_total,
        any_value(year_subject) as year_subject
    from columns
    where year_total is not null
    group by all
    having count(*) = 1
),

stated as (
    select
        c.*,
        coalesce(c.year_total, case when c.grand_total is null then s.year_total end) as of_year,
        coalesce(c.year_subject, case when c.grand_total is null then s.year_subject end, c.grand_subject) as subject,
        case
            when c.known is not null then c.known
            when c.is_by_nature then c.unknown
        end as rows_of_year
    from columns as c
    left join of_side as s on s.table_id = c.table_id and s.side = c.side and s.measure = c.measure
)

select
    document_id,
    table_id || '|' || lane || '|' || column_key as equation_key,
    case
        when u.is_unread then 'doubtful_sum'
        when known is not null and unknown is not null then 'partial_sum'
        else 'sum'
    end as kind,
    subject || coalesce('“' || nullif(regexp_extract(column_label, '([^>]+)$', 1).trim(), '') || '”', '') as subject,
    list_append(
        list_transform(
            case when of_year is null then list_concat(rows_of_year, coalesce(carried, [])) else rows_of_year end,
            lambda p: part(p)
        ),
        result(coalesce(of_year, grand_total))
    ) as terms,
    blank_words(u.blanks) as words
from stated
left join untold as u using (table_id, lane, column_key)
where rows_of_year is not null
    and coalesce(of_year, grand_total) is not null
