-- 收支总表的总计等于本年合计加结转结余 / The grand total is the year's total and what is carried over
-- @formula 总计 = 本年收入合计 + 使用结余 + 年初结转和结余；总计 = 本年支出合计 + 结余分配 + 年末结转和结余
-- @basis 会计恒等式；部门决算公开01表、04表
-- @severity error
-- @needs final_total|final_fiscal_total|budget_total|budget_fiscal_total
-- @origin table
-- @message_zh {subject}：总计与本年合计加结转结余不符，{equation}，相差{difference}。
-- @message_en {subject}: the grand total is not the year's total and what is carried over: {equation_en}; off by {difference_en}.
-- @good [{"measure": "final_account", "printed": "2946.25", "subject": "本年收入合计", "subject_kind": "department_total", "table_kind": "final_total", "column_label": "收入 > 决算数", "statement": "t1r1.1", "row_no": 1},
--   {"measure": "final_account", "printed": "49.14", "subject": "年初结转和结余", "subject_kind": "other", "table_kind": "final_total", "column_label": "收入 > 决算数", "statement": "t1r2.1", "row_no": 2},
--   {"measure": "final_account", "printed": "40.00", "subject": "项目支出结转和结余", "row_label": "其中：项目支出结转和结余", "subject_kind": "other", "table_kind": "final_total", "column_label": "收入 > 决算数", "statement": "t1r3.1", "row_no": 3},
--   {"measure": "final_account", "printed": "2995.39", "subject": "总计", "subject_kind": "department_total", "table_kind": "final_total", "column_label": "收入 > 决算数", "statement": "t1r4.1", "row_no": 4}]
-- @bad [{"measure": "final_account", "printed": "2940.05", "subject": "本年支出合计", "subject_kind": "department_total", "table_kind": "final_total", "column_label": "支出 > 决算数", "statement": "t1r1.2", "row_no": 1},
--   {"measure": "final_account", "printed": "55.43", "subject": "年末结转和结余", "subject_kind": "other", "table_kind": "final_total", "column_label": "支出 > 决算数", "statement": "t1r2.2", "row_no": 2},
--   {"measure": "final_account", "printed": "2995.39", "subject": "总计", "subject_kind": "department_total", "table_kind": "final_total", "column_label": "支出 > 决算数", "statement": "t1r3.2", "row_no": 3}]
with columns as (
    select
        document_id,
        table_id,
        side,
        lane,
        column_key,
        any_value(column_label) as column_label,
        any_value(col_no) as col_no,
        any_value(fact_id) filter (where role = 'year_total') as year_total,
        any_value(fact_id) filter (where role = 'grand_total') as grand_total,
        list(fact_id order by row_no) filter (where role in ('carried', 'used', 'distributed')) as carried,
        list(fact_id order by row_no) filter (where role = 'carried_part') as carried_parts,
        bool_or(role = 'unknown' and is_after_total) as is_doubtful
    from sheets
    group by all
    having count(*) filter (where role = 'year_total') = 1
        and count(*) filter (where role = 'grand_total') = 1
),

-- 这一方空着的结转结余
untold as (
    select
        c.table_id,
        c.lane,
        c.column_key,
        string_agg(distinct g.label, '、' order by g.label) as blanks
    from columns as c
    inner join gaps as g
        on g.table_id = c.table_id
        and g.col_no = c.col_no
    where regexp_matches(g.label, '结转|结余|差额')
        and g.label_col > coalesce(
            (select max(s.col_no) from sheets as s where s.table_id = c.table_id and s.lane < c.lane), -1
        )
    group by all
)

select
    document_id,
    grand_total as equation_key,
    case when is_doubtful then 'partial_sum' else 'sum' end as kind,
    case side when 'in' then '收入' else '支出' end || '总计'
    || coalesce('“' || nullif(regexp_extract(column_label, '([^>]+)$', 1).trim(), '') || '”', '') as subject,
    list_concat(
        [part(year_total)],
        list_transform(coalesce(carried, carried_parts, []), lambda p: part(p)),
        [result(grand_total)]
    ) as terms,
    blank_words(blanks) as words
from columns
left join untold using (table_id, lane, column_key)
