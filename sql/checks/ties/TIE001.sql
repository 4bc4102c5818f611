-- 收支总表与收入表的收入合计一致 / Total revenue is the same in the table of both sides and in the table of revenue
-- @formula 收入支出总表“本年收入合计”（没有结转的预算为“收入总计”）= 收入表“合计”行的合计栏
-- @basis 部门（单位）决算、预算公开各表出自同一套账，同一口径的同一个数只有一个
-- @severity error
-- @needs final_total|budget_total, final_revenue|budget_revenue
-- @origin table
-- @message_zh {subject}在《{one_table}》与《{other_table}》中不一致，{equation}，相差{difference}。
-- @message_en {subject} differs between two tables, {one_table} and {other_table}: {equation_en}; by {difference_en}.
-- @good [{"measure": "final_account", "printed": "2,946.25", "subject": "本年收入合计", "table_kind": "final_total", "table_id": "d1:t1", "table_no": 1, "row_no": 9, "column_label": "收入 > 决算数", "statement": "t1r9.1", "subject_kind": "department_total", "table_title": "收入支出决算总表"},
--   {"measure": "revenue", "printed": "2,946.25", "subject": "合计", "table_kind": "final_revenue", "table_id": "d1:t2", "table_no": 2, "row_no": 3, "column_label": "本年收入合计", "statement": "t2r3", "subject_kind": "department_total", "table_title": "收入决算表"}]
-- @good [{"measure": "budget", "printed": "86,959,408.34", "subject": "收入总计", "table_kind": "budget_total", "table_id": "d1:t1", "table_no": 1, "row_no": 15, "column_label": "本年收入 > 预算数", "statement": "t1r15.1", "subject_kind": "department_total", "unit": "元"},
--   {"measure": "revenue", "printed": "8,695.94", "subject": "合计", "table_kind": "budget_revenue", "table_id": "d1:t2", "table_no": 2, "row_no": 24, "column_label": "收入预算 > 合计", "statement": "t2r24", "subject_kind": "department_total"}]
-- @bad [{"measure": "final_account", "printed": "2,946.25", "subject": "本年收入合计", "table_kind": "final_total", "table_id": "d1:t1", "table_no": 1, "row_no": 9, "column_label": "收入 > 决算数", "statement": "t1r9.1", "subject_kind": "department_total", "table_title": "收入支出决算总表"},
--   {"measure": "revenue", "printed": "2,964.25", "subject": "合计", "table_kind": "final_revenue", "table_id": "d1:t2", "table_no": 2, "row_no": 3, "column_label": "本年收入合计", "statement": "t2r3", "subject_kind": "department_total", "table_title": "收入决算表"}]
select
    document_id,
    equation_key,
    'same' as kind,
    subject,
    terms,
    map {'one_table': one_title, 'other_table': other_title} as words
from twice
where flow = 'revenue'
    and one_sort = 'total'
    and other_sort = 'revenue'
    and item = 'total'
    and one_fund = 'whole'
    and other_fund = 'whole'
