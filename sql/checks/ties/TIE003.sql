-- 收支总表与支出表的支出合计一致 / Total expenditure is the same in the table of both sides and in the table of expenditure
-- @formula 收入支出总表“本年支出合计”（没有结转的预算为“支出总计”）= 支出表“合计”行的合计栏；基本支出、项目支出亦同
-- @basis 部门（单位）决算、预算公开各表出自同一套账，同一口径的同一个数只有一个
-- @severity error
-- @needs final_total|budget_total, final_expenditure|budget_expenditure
-- @origin table
-- @message_zh {subject}在《{one_table}》与《{other_table}》中不一致，{equation}，相差{difference}。
-- @message_en {subject} differs between two tables, {one_table} and {other_table}: {equation_en}; by {difference_en}.
-- @good [{"measure": "final_account", "printed": "2,940.05", "subject": "本年支出合计", "table_kind": "final_total", "table_id": "d1:t1", "table_no": 1, "row_no": 9, "column_label": "支出 > 决算数", "statement": "t1r9.2", "subject_kind": "department_total", "table_title": "收入支出决算总表"},
--   {"measure": "expenditure", "printed": "2,940.05", "subject": "合计", "table_kind": "final_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 3, "column_label": "本年支出合计", "statement": "t3r3", "subject_kind": "department_total", "table_title": "支出决算表"}]
-- @bad [{"measure": "final_account", "printed": "2,940.05", "subject": "本年支出合计", "table_kind": "final_total", "table_id": "d1:t1", "table_no": 1, "row_no": 9, "column_label": "支出 > 决算数", "statement": "t1r9.2", "subject_kind": "department_total", "table_title": "收入支出决算总表"},
--   {"measure": "expenditure", "printed": "2,904.05", "subject": "合计", "table_kind": "final_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 3, "column_label": "本年支出合计", "statement": "t3r3", "subject_kind": "department_total", "table_title": "支出决算表"}]
-- @bad [{"measure": "final_account", "printed": "2,940.05", "subject": "本年支出合计", "table_kind": "final_total", "table_id": "d1:t1", "table_no": 1, "row_no": 9, "column_label": "支出 > 决算数", "statement": "t1r9.2", "subject_kind": "department_total", "table_title": "收入支出决算总表"},
--   {"measure": "expenditure", "printed": "29,400.50", "subject": "合计", "table_kind": "final_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 3, "column_label": "本年支出合计", "statement": "t3r3", "subject_kind": "department_total", "table_title": "支出决算表"}]
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
    and item = 'total'
