-- 收支总表与支出表的各类支出一致 / Every class of expenditure is the same in the table of both sides and in the table of expenditure
-- @formula 收入支出总表支出方各类 = 支出表各类的合计、项目支出栏
-- @basis 部门（单位）决算、预算公开各表出自同一套账，同一口径的同一个数只有一个；收支总表按功能分类的“类”列示支出
-- @severity error
-- @needs final_total|budget_total, final_expenditure|budget_expenditure
-- @origin table
-- @message_zh {subject}在《{one_table}》与《{other_table}》中不一致，{equation}，相差{difference}。
-- @message_en {subject} differs between two tables, {one_table} and {other_table}: {equation_en}; by {difference_en}.
-- @good [{"measure": "final_account", "printed": "326.71", "subject": "社会保障和就业支出", "table_kind": "final_total", "table_id": "d1:t1", "table_no": 1, "row_no": 2, "column_label": "支出 > 决算数", "statement": "t1r2.2", "subject_kind": "functional_item", "table_title": "收入支出决算总表"},
--   {"measure": "final_account", "printed": "60.99", "subject": "卫生健康支出", "table_kind": "final_total", "table_id": "d1:t1", "table_no": 1, "row_no": 3, "column_label": "支出 > 决算数", "statement": "t1r3.2", "subject_kind": "functional_item", "table_title": "收入支出决算总表"},
--   {"measure": "expenditure", "printed": "326.72", "subject": "社会保障和就业支出", "table_kind": "final_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 4, "column_label": "本年支出合计", "statement": "t3r4", "subject_code": "208", "subject_kind": "functional_item", "table_title": "支出决算表"},
--   {"measure": "expenditure", "printed": "60.99", "subject": "卫生健康支出", "table_kind": "final_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "column_label": "本年支出合计", "statement": "t3r5", "subject_code": "210", "subject_kind": "functional_item", "table_title": "支出决算表"}]
-- @bad [{"measure": "final_account", "printed": "326.27", "subject": "社会保障和就业支出", "table_kind": "final_total", "table_id": "d1:t1", "table_no": 1, "row_no": 2, "column_label": "支出 > 决算数", "statement": "t1r2.2", "subject_kind": "functional_item", "table_title": "收入支出决算总表"},
--   {"measure": "expenditure", "printed": "326.72", "subject": "社会保障和就业支出", "table_kind": "final_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 4, "column_label": "本年支出合计", "statement": "t3r4", "subject_code": "208", "subject_kind": "functional_item", "table_title": "支出决算表"}]
select
    document_id,
    equation_key,
    'same' as kind,
    subject,
    terms,
    map {'one_table': one_title, 'other_table': other_title} as words
from twice
where flow = 'expenditure'
    and one_sort = 'total'
    and other_sort = 'expenditure'
    and depth = '23'
