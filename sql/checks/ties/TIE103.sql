-- 说明里的“三公”经费、机关运行经费、政府采购与表中一致 / The three public expenses, operating expenses and procurement said in prose are those of the tables
-- @formula 正文中的“三公”经费及其各项、机关运行经费、会议费、培训费、政府采购及货物、工程、服务 = 表中同一项
-- @basis 预算法第十四条第三款：机关运行经费、政府采购等重要事项应作说明；区级部门预算模板、部门决算模板
-- @severity error
-- @needs budget|final_account|expenditure|executed|adjusted_budget
-- @origin narrative
-- @message_zh {subject}：正文与表中的金额不一致，{equation}。
-- @message_en {subject}: the text and the table give different amounts ({equation_en}).
-- @good [{"measure": "budget", "printed": "9.98", "subject": "公务用车购置及运行费", "subject_kind": "other", "table_kind": "budget_three_public"},
--   {"measure": "budget", "printed": "9.98", "subject": "公务用车购置及运行费", "subject_kind": "economic_item", "origin": "narrative", "statement": "s1.1"}]
-- @bad [{"measure": "budget", "printed": "184.59", "subject": "机关运行经费", "subject_kind": "other", "table_kind": "budget_three_public"},
--   {"measure": "budget", "printed": "185.49", "subject": "财政拨款的机关运行经费", "subject_kind": "economic_item", "scope": "财政拨款", "origin": "narrative", "statement": "s1.1"}]
select
    tied.document_id,
    tied.said as equation_key,
    'same' as kind,
    tied.subject,
    [part(tied.printed), result(tied.said)] as terms
from tied
where exists (select 1 from topics where topics.topic = tied.topic)
