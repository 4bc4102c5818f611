-- 收入总计等于支出总计 / Both sides have the same grand total
-- @formula 收入总计 = 支出总计（收支总表、财政拨款收支总表）
-- @basis 会计恒等式；收支总表左右两方的总计相等
-- @severity error
-- @needs final_total|final_fiscal_total|budget_total|budget_fiscal_total
-- @origin table
-- @message_zh {subject}：收入方与支出方的总计不相等，{equation}，相差{difference}。
-- @message_en {subject}: the grand totals of both sides differ: {equation_en}; by {difference_en}.
-- @good [{"measure": "final_account", "printed": "2995.39", "subject": "总计", "subject_kind": "department_total", "table_kind": "final_total", "column_label": "收入 > 决算数", "statement": "t1r4.1", "row_no": 4},
--   {"measure": "final_account", "printed": "2995.39", "subject": "总计", "subject_kind": "department_total", "table_kind": "final_total", "column_label": "支出 > 决算数", "statement": "t1r4.2", "row_no": 4}]
-- @bad [{"measure": "budget", "printed": "15621.11", "subject": "收入总计", "subject_kind": "department_total", "table_kind": "budget_total", "column_label": "本年收入 > 预算数", "statement": "t1r4.1", "row_no": 4},
--   {"measure": "budget", "printed": "15612.11", "subject": "支出总计", "subject_kind": "department_total", "table_kind": "budget_total", "column_label": "本年支出 > 预算数", "statement": "t1r4.2", "row_no": 4}]
with sides as (
    select
        document_id,
        table_id,
        side,
        any_value(fact_id) filter (where role = 'grand_total') as grand_total,
        any_value(fact_id) filter (where role = 'year_total') as year_total,
        count(*) filter (where role = 'grand_total') as grand_totals,
        count(*) filter (where role = 'year_total') as year_totals,
        bool_or(role in ('carried', 'carried_part', 'used', 'distributed')) as is_carried
    from sheets
    where fund_source = 'all' or role in ('carried_part')
    group by document_id, table_id, side, measure not in ('personnel_expenditure', 'public_expenditure', 'project_expenditure', 'basic_expenditure')
    having bool_or(measure not in ('personnel_expenditure', 'public_expenditure', 'project_expenditure', 'basic_expenditure'))
),

-- 两方都没有总计、也都没有结转的，本年合计就是总计
totals as (
    select
        document_id,
        table_id,
        side,
        coalesce(grand_total, year_total) as total,
        grand_total is not null as is_grand,
        is_carried
    from sides
    where grand_totals = 1
        or (grand_totals = 0 and year_totals = 1)
)

select
    a.document_id,
    a.table_id as equation_key,
    'same' as kind,
    '收支总计' as subject,
    [part(a.total), result(b.total)] as terms
from totals as a
inner join totals as b
    on b.table_id = a.table_id
    and b.side = 'out'
    and b.is_grand = a.is_grand
where a.side = 'in'
    and (a.is_grand or not (a.is_carried or b.is_carried))
