-- 编制说明、情况说明里的科目金额与表中该科目一致 / What prose says of an account is what the tables give for it
-- @formula 正文中的类、款、项金额 = 支出表中同一编码（名称）的合计，同一阶段、同一资金
-- @basis 预算法第十四条：公开的预算、决算及其说明；区级部门预算模板、部门决算模板：说明按表中科目逐项列示
-- @severity error
-- @needs budget|final_account|expenditure
-- @origin narrative
-- @message_zh {subject}：正文与表中的金额不一致，{equation}。
-- @message_en {subject}: the text and the table give different amounts ({equation_en}).
-- @good [{"measure": "expenditure", "printed": "2070000.00", "unit": "元", "subject": "购房补贴", "subject_code": "2210203", "subject_kind": "functional_item", "table_kind": "budget_general_expenditure", "statement": "t1r1"},
--   {"measure": "expenditure", "printed": "1791459.00", "unit": "元", "subject": "住房公积金", "subject_code": "2210201", "subject_kind": "functional_item", "table_kind": "budget_general_expenditure", "statement": "t1r2", "row_no": 2},
--   {"measure": "budget", "printed": "207", "subject": "住房保障支出（类）住房改革支出（款）购房补贴（项）", "subject_kind": "functional_item", "scope": "财政拨款", "origin": "narrative", "statement": "s1.1"}]
-- @bad [{"measure": "expenditure", "printed": "561200.00", "unit": "元", "subject": "行政单位离退休", "subject_code": "2080501", "subject_kind": "functional_item", "table_kind": "budget_general_expenditure", "statement": "t1r1"},
--   {"measure": "expenditure", "printed": "1572307.00", "unit": "元", "subject": "机关事业单位基本养老保险缴费支出", "subject_code": "2080505", "subject_kind": "functional_item", "table_kind": "budget_general_expenditure", "statement": "t1r2", "row_no": 2},
--   {"measure": "budget", "printed": "57.8", "subject": "社会保障和就业支出（208类）行政事业单位养老支出（05款）行政单位离退休（01项）", "subject_code": "2080501", "subject_kind": "functional_item", "scope": "财政拨款", "origin": "narrative", "statement": "s1.1"}]
select
    document_id,
    said as equation_key,
    'same' as kind,
    subject,
    [part(printed), result(said)] as terms
from tied
where regexp_matches(topic, '^f\d')
