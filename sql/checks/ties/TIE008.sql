-- 财政拨款收支总表与各支出表的各类支出一致 / Every class of the table of appropriations is the same in the table of its fund
-- @formula 财政拨款收支总表各类支出的一般公共预算、政府性基金、国有资本经营预算栏 = 各支出表的同一类
-- @basis 部门（单位）决算、预算公开各表出自同一套账，同一口径的同一个数只有一个
-- @severity error
-- @needs final_fiscal_total|budget_fiscal_total, final_general_expenditure|final_government_fund|state_capital_expenditure|budget_fiscal_expenditure|budget_general_expenditure|budget_government_fund|budget_state_capital
-- @origin table
-- @message_zh {subject}在《{one_table}》与《{other_table}》中不一致，{equation}，相差{difference}。
-- @message_en {subject} differs between two tables, {one_table} and {other_table}: {equation_en}; by {difference_en}.
-- @good [{"measure": "expenditure", "printed": "1,110.00", "subject": "社会保障和就业支出", "table_kind": "final_fiscal_total", "table_id": "d1:t4", "table_no": 4, "row_no": 3, "column_label": "支出 > 一般公共预算财政拨款", "statement": "t4r3.2", "subject_kind": "functional_item", "fund_source": "general", "table_title": "财政拨款收入支出决算总表"},
--   {"measure": "expenditure", "printed": "30.00", "subject": "城乡社区支出", "table_kind": "final_fiscal_total", "table_id": "d1:t4", "table_no": 4, "row_no": 5, "column_label": "支出 > 政府性基金预算财政拨款", "statement": "t4r5.2", "subject_kind": "functional_item", "fund_source": "government_fund", "table_title": "财政拨款收入支出决算总表"},
--   {"measure": "expenditure", "printed": "1,110.00", "subject": "社会保障和就业支出", "table_kind": "final_general_expenditure", "table_id": "d1:t5", "table_no": 5, "row_no": 4, "column_label": "本年支出合计", "statement": "t5r4", "subject_code": "208", "subject_kind": "functional_item", "table_title": "一般公共预算财政拨款支出决算表"},
--   {"measure": "expenditure", "printed": "30.00", "subject": "城乡社区支出", "table_kind": "final_government_fund", "table_id": "d1:t7", "table_no": 7, "row_no": 4, "column_label": "本年支出合计", "statement": "t7r4", "subject_code": "212", "subject_kind": "functional_item", "table_title": "政府性基金预算财政拨款收入支出决算表"}]
-- @bad [{"measure": "expenditure", "printed": "1,110.00", "subject": "社会保障和就业支出", "table_kind": "final_fiscal_total", "table_id": "d1:t4", "table_no": 4, "row_no": 3, "column_label": "支出 > 一般公共预算财政拨款", "statement": "t4r3.2", "subject_kind": "functional_item", "fund_source": "general", "table_title": "财政拨款收入支出决算总表"},
--   {"measure": "expenditure", "printed": "1,101.00", "subject": "社会保障和就业支出", "table_kind": "final_general_expenditure", "table_id": "d1:t5", "table_no": 5, "row_no": 4, "column_label": "本年支出合计", "statement": "t5r4", "subject_code": "208", "subject_kind": "functional_item", "table_title": "一般公共预算财政拨款支出决算表"}]
select
    document_id,
    equation_key,
    'same' as kind,
    subject,
    terms,
    map {'one_table': one_title, 'other_table': other_title} as words
from twice
where flow = 'expenditure'
    and one_sort = 'fiscal_total'
    and depth = '23'
    and one_fund = other_fund
