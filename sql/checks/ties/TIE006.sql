-- 财政拨款收入在各总表、收入表一致 / Revenue from the budget is the same in all tables that state it
-- @formula 收入支出总表各项财政拨款收入、收入表财政拨款收入合计 = 财政拨款收支总表的本年收入（不含年初结转）
-- @basis 部门（单位）决算、预算公开各表出自同一套账，同一口径的同一个数只有一个；年初结转的口径不同，不比
-- @severity error
-- @needs final_total|budget_total|final_revenue|budget_revenue, final_fiscal_total|budget_fiscal_total
-- @origin table
-- @message_zh {subject}在《{one_table}》与《{other_table}》中不一致，{equation}，相差{difference}。
-- @message_en {subject} differs between two tables, {one_table} and {other_table}: {equation_en}; by {difference_en}.
-- @good [{"measure": "revenue", "printed": "2,940.05", "subject": "合计", "table_kind": "final_revenue", "table_id": "d1:t2", "table_no": 2, "row_no": 3, "column_label": "财政拨款收入", "statement": "t2r3", "subject_kind": "department_total", "scope": "财政拨款", "table_title": "收入决算表"},
--   {"measure": "final_account", "printed": "2,940.05", "subject": "一般公共预算财政拨款", "table_kind": "final_fiscal_total", "table_id": "d1:t4", "table_no": 4, "row_no": 2, "column_label": "收入 > 决算数", "statement": "t4r2.1", "subject_kind": "fund_source", "fund_source": "general", "table_title": "财政拨款收入支出决算总表"},
--   {"measure": "final_account", "printed": "2,940.05", "subject": "本年收入合计", "table_kind": "final_fiscal_total", "table_id": "d1:t4", "table_no": 4, "row_no": 9, "column_label": "收入 > 决算数", "statement": "t4r9.1", "subject_kind": "department_total", "table_title": "财政拨款收入支出决算总表"},
--   {"measure": "final_account", "printed": "21.63", "subject": "年初财政拨款结转和结余", "table_kind": "final_fiscal_total", "table_id": "d1:t4", "table_no": 4, "row_no": 10, "column_label": "收入 > 决算数", "statement": "t4r10.1", "table_title": "财政拨款收入支出决算总表", "subject_kind": "other"}]
-- @bad [{"measure": "revenue", "printed": "2,940.05", "subject": "合计", "table_kind": "final_revenue", "table_id": "d1:t2", "table_no": 2, "row_no": 3, "column_label": "财政拨款收入", "statement": "t2r3", "subject_kind": "department_total", "scope": "财政拨款", "table_title": "收入决算表"},
--   {"measure": "final_account", "printed": "2,961.68", "subject": "本年收入合计", "table_kind": "final_fiscal_total", "table_id": "d1:t4", "table_no": 4, "row_no": 9, "column_label": "收入 > 决算数", "statement": "t4r9.1", "subject_kind": "department_total", "table_title": "财政拨款收入支出决算总表"}]
select
    document_id,
    equation_key,
    'same' as kind,
    subject,
    terms,
    map {'one_table': one_title, 'other_table': other_title} as words
from twice
where flow = 'revenue'
    and one_sort in ('total', 'revenue')
    and other_sort = 'fiscal_total'
    and item = 'total'
    and one_fund <> 'whole'
    and one_fund = other_fund
