-- 财政拨款表与一般公共预算表一致 / The tables of appropriations and of the general public budget agree where there is no other fund
-- @formula 合计（或类、款）相等时，财政拨款支出表 = 一般公共预算支出表的同一科目，财政拨款基本支出表 = 一般公共预算基本支出表的同一经济科目
-- @basis 会计恒等式：没有政府性基金、国有资本经营预算的，财政拨款就是一般公共预算拨款
-- @severity error
-- @needs budget_fiscal_expenditure|budget_fiscal_basic, budget_general_expenditure|budget_general_basic
-- @origin table
-- @message_zh {subject}在《{one_table}》与《{other_table}》中不一致，{equation}，相差{difference}。
-- @message_en {subject} differs between two tables, {one_table} and {other_table}: {equation_en}; by {difference_en}.
-- @good [{"measure": "expenditure", "printed": "10,070.48", "subject": "合计", "table_kind": "budget_fiscal_expenditure", "table_id": "d1:t5", "table_no": 5, "row_no": 1, "column_label": "本年支出合计", "statement": "t5r1", "subject_kind": "department_total", "table_title": "财政拨款支出预算表"},
--   {"measure": "expenditure", "printed": "814.16", "subject": "政协会议", "table_kind": "budget_fiscal_expenditure", "table_id": "d1:t5", "table_no": 5, "row_no": 2, "column_label": "本年支出合计", "statement": "t5r2", "subject_code": "2010204", "subject_kind": "functional_item", "table_title": "财政拨款支出预算表"},
--   {"measure": "expenditure", "printed": "10,070.48", "subject": "合计", "table_kind": "budget_general_expenditure", "table_id": "d1:t7", "table_no": 7, "row_no": 1, "column_label": "本年支出合计", "statement": "t7r1", "subject_kind": "department_total", "table_title": "一般公共预算支出预算表"},
--   {"measure": "expenditure", "printed": "814.16", "subject": "政协会议", "table_kind": "budget_general_expenditure", "table_id": "d1:t7", "table_no": 7, "row_no": 2, "column_label": "本年支出合计", "statement": "t7r2", "subject_code": "2010204", "subject_kind": "functional_item", "table_title": "一般公共预算支出预算表"}]
-- @bad [{"measure": "expenditure", "printed": "10,070.48", "subject": "合计", "table_kind": "budget_fiscal_expenditure", "table_id": "d1:t5", "table_no": 5, "row_no": 1, "column_label": "本年支出合计", "statement": "t5r1", "subject_kind": "department_total", "table_title": "财政拨款支出预算表"},
--   {"measure": "expenditure", "printed": "814.16", "subject": "政协会议", "table_kind": "budget_fiscal_expenditure", "table_id": "d1:t5", "table_no": 5, "row_no": 2, "column_label": "本年支出合计", "statement": "t5r2", "subject_code": "2010204", "subject_kind": "functional_item", "table_title": "财政拨款支出预算表"},
--   {"measure": "expenditure", "printed": "10,070.48", "subject": "合计", "table_kind": "budget_general_expenditure", "table_id": "d1:t7", "table_no": 7, "row_no": 1, "column_label": "本年支出合计", "statement": "t7r1", "subject_kind": "department_total", "table_title": "一般公共预算支出预算表"},
--   {"measure": "expenditure", "printed": "841.16", "subject": "政协会议", "table_kind": "budget_general_expenditure", "table_id": "d1:t7", "table_no": 7, "row_no": 2, "column_label": "本年支出合计", "statement": "t7r2", "subject_code": "2010204", "subject_kind": "functional_item", "table_title": "一般公共预算支出预算表"}]
select
    document_id,
    equation_key,
    'same' as kind,
    subject,
    terms,
    map {'one_table': one_title, 'other_table': other_title} as words
from twice
where relation = 'same'
    and one_fund = 'fiscal'
    and other_fund = 'general'
    and one_sort in ('fiscal_expenditure', 'fiscal_basic')
    and other_sort in ('general_expenditure', 'general_basic')
