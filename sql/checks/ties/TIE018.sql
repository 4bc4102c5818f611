-- 收支总表与基本支出表的公用经费一致 / Public expenditure is the same in the table of both sides and in that of basic expenditure
-- @formula 基本支出全部来自一般公共预算时：收支总表公用经费合计 = 基本支出经济分类表合计行的公用经费（人员经费即其余）
-- @basis 部门（单位）预算公开各表出自同一套账；基本支出由人员经费和公用经费组成，划分口径相同
-- @severity warning
-- @needs budget_total|final_total, budget_general_basic|final_general_basic
-- @origin table
-- @message_zh {subject}在《{one_table}》与《{other_table}》中不一致，{equation}，相差{difference}。
-- @message_en {subject} differs between two tables, {one_table} and {other_table}: {equation_en}; by {difference_en}.
-- @good [{"measure": "personnel_expenditure", "printed": "20,272,981", "subject": "支出总计", "table_kind": "budget_total", "table_id": "d1:t1", "table_no": 1, "row_no": 15, "column_label": "本年支出 > 预算数 > 基本支出 > 人员经费", "statement": "t1r15.2", "subject_kind": "department_total", "unit": "元", "table_title": "收支预算总表", "column_decimals": 2},
--   {"measure": "public_expenditure", "printed": "1,845,880", "subject": "支出总计", "table_kind": "budget_total", "table_id": "d1:t1", "table_no": 1, "row_no": 15, "column_label": "本年支出 > 预算数 > 基本支出 > 公用经费", "statement": "t1r15.2", "subject_kind": "department_total", "unit": "元", "table_title": "收支预算总表", "column_decimals": 2},
--   {"measure": "basic_expenditure", "printed": "22,118,861.34", "subject": "合计", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 24, "column_label": "支出预算 > 基本支出", "statement": "t3r24", "subject_kind": "department_total", "unit": "元"},
--   {"measure": "basic_expenditure", "printed": "22,118,861.34", "subject": "合计", "table_kind": "budget_general_basic", "table_id": "d1:t8", "table_no": 8, "row_no": 33, "column_label": "一般公共预算基本支出 > 合计", "statement": "t8r33", "subject_kind": "department_total", "unit": "元", "table_title": "基本支出预算表"},
--   {"measure": "personnel_expenditure", "printed": "20,272,981.00", "subject": "合计", "table_kind": "budget_general_basic", "table_id": "d1:t8", "table_no": 8, "row_no": 33, "column_label": "一般公共预算基本支出 > 人员经费", "statement": "t8r33", "subject_kind": "department_total", "unit": "元", "table_title": "基本支出预算表"},
--   {"measure": "public_expenditure", "printed": "1,845,880.34", "subject": "合计", "table_kind": "budget_general_basic", "table_id": "d1:t8", "table_no": 8, "row_no": 33, "column_label": "一般公共预算基本支出 > 公用经费", "statement": "t8r33", "subject_kind": "department_total", "unit": "元", "table_title": "基本支出预算表"}]
-- @bad [{"measure": "personnel_expenditure", "printed": "20,272,981", "subject": "支出总计", "table_kind": "budget_total", "table_id": "d1:t1", "table_no": 1, "row_no": 15, "column_label": "本年支出 > 预算数 > 基本支出 > 人员经费", "statement": "t1r15.2", "subject_kind": "department_total", "unit": "元", "table_title": "收支预算总表", "column_decimals": 2},
--   {"measure": "public_expenditure", "printed": "1,744,680", "subject": "支出总计", "table_kind": "budget_total", "table_id": "d1:t1", "table_no": 1, "row_no": 15, "column_label": "本年支出 > 预算数 > 基本支出 > 公用经费", "statement": "t1r15.2", "subject_kind": "department_total", "unit": "元", "table_title": "收支预算总表", "column_decimals": 2},
--   {"measure": "basic_expenditure", "printed": "22,118,861.34", "subject": "合计", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 24, "column_label": "支出预算 > 基本支出", "statement": "t3r24", "subject_kind": "department_total", "unit": "元"},
--   {"measure": "basic_expenditure", "printed": "22,118,861.34", "subject": "合计", "table_kind": "budget_general_basic", "table_id": "d1:t8", "table_no": 8, "row_no": 33, "column_label": "一般公共预算基本支出 > 合计", "statement": "t8r33", "subject_kind": "department_total", "unit": "元", "table_title": "基本支出预算表"},
--   {"measure": "personnel_expenditure", "printed": "20,272,981.00", "subject": "合计", "table_kind": "budget_general_basic", "table_id": "d1:t8", "table_no": 8, "row_no": 33, "column_label": "一般公共预算基本支出 > 人员经费", "statement": "t8r33", "subject_kind": "department_total", "unit": "元", "table_title": "基本支出预算表"},
--   {"measure": "public_expenditure", "printed": "1,845,880.34", "subject": "合计", "table_kind": "budget_general_basic", "table_id": "d1:t8", "table_no": 8, "row_no": 33, "column_label": "一般公共预算基本支出 > 公用经费", "statement": "t8r33", "subject_kind": "department_total", "unit": "元", "table_title": "基本支出预算表"}]
with totals as (
    select *
    from mentions
    where flow = 'expenditure'
        and item = 'total'
        and not carries
),

-- 支出表的基本支出与基本支出表的合计相等，就没有其他资金安排的基本支出
of_one_fund as (
    select distinct e.document_id
    from totals as e
    inner join totals as b
        on b.document_id = e.document_id
        and b.table_kind in ('budget_general_basic', 'final_general_basic')
        and b.purpose = 'basic'
        and abs(b.number - e.number) <= b.half_unit + e.half_unit
    where e.table_kind in ('budget_expenditure', 'final_expenditure')
        and e.purpose = 'basic'
        and e.fund = 'whole'
)

select
    t.document_id,
    t.table_kind as equation_key,
    'same' as kind,
    '公用经费' as subject,
    [part(t.fact_id), result(b.fact_id)] as terms,
    map {'one_table': coalesce(t.table_title, '收支总表'), 'other_table': coalesce(b.table_title, '基本支出表')} as words
from totals as t
inner join of_one_fund using (document_id)
inner join totals as b
    on b.document_id = t.document_id
    and b.table_kind in ('budget_general_basic', 'final_general_basic')
    and b.purpose = t.purpose
where t.table_kind in ('budget_total', 'final_total')
    and t.fund = 'whole'
    and t.purpose = 'public'
