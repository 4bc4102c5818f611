-- 说明里的收支总额、各资金来源、基本支出和项目支出与表中一致 / Totals, sources of funds and kinds of expenditure said in prose are those of the tables
-- @formula 正文中的收入（支出）预算、决算总额，财政拨款收支，基本支出、项目支出、人员经费、公用经费 = 收支总表、财政拨款总表、收入表、支出表中的同一数
-- @basis 预算法第十四条；区级部门预算模板、部门决算模板：说明所述收支数取自所附各表
-- @severity error
-- @needs fund_source|budget|revenue|expenditure|basic_expenditure|project_expenditure|final_account|adjusted_budget|initial_budget
-- @origin narrative
-- @message_zh {subject}：正文与表中的金额不一致，{equation}。
-- @message_en {subject}: the text and the table give different amounts ({equation_en}).
-- @good [{"measure": "budget", "printed": "86959408.34", "unit": "元", "subject": "收入总计", "subject_kind": "department_total", "table_kind": "budget_total", "column_label": "本年收入 > 预算数", "statement": "t1r1.1"},
--   {"measure": "budget", "printed": "8695.94", "subject": "收入", "subject_kind": "department_total", "origin": "narrative", "statement": "s1.1"}]
-- @good [{"measure": "final_account", "printed": "2946.25", "subject": "本年收入合计", "subject_kind": "department_total", "table_kind": "final_total", "column_label": "收入 > 决算数", "statement": "t1r1.1"},
--   {"measure": "final_account", "printed": "2995.39", "subject": "总计", "subject_kind": "department_total", "table_kind": "final_total", "column_label": "收入 > 决算数", "statement": "t1r2.1", "row_no": 2},
--   {"measure": "final_account", "printed": "2995.39", "subject": "收入支出总计", "subject_kind": "department_total", "origin": "narrative", "statement": "s1.1"}]
-- @bad [{"measure": "budget", "printed": "86959408.34", "unit": "元", "subject": "收入总计", "subject_kind": "department_total", "table_kind": "budget_total", "column_label": "本年收入 > 预算数", "statement": "t1r1.1"},
--   {"measure": "budget", "printed": "8965.94", "subject": "收入", "subject_kind": "department_total", "origin": "narrative", "statement": "s1.1"}]
-- @bad [{"measure": "adjusted_budget", "printed": "23367.00", "subject": "部门整体支出总额", "subject_kind": "department_total", "table_kind": "department_self_evaluation"},
--   {"measure": "adjusted_budget", "printed": "23376.00", "subject": "本部门", "subject_kind": "department_total", "origin": "narrative", "statement": "s1.1", "quote": "部门调整后预算数为23376.00万元"}]
select
    document_id,
    said as equation_key,
    'same' as kind,
    subject,
    [part(printed), result(said)] as terms
from tied
where regexp_full_match(topic, 'in|out|in:.*|basic|project|personnel|public|whole')
