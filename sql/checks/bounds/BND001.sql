-- 执行数不超过全年预算数 / Execution does not exceed the budget of the year
-- @formula 执行数 ≤ 全年预算数（调整后预算数；表中只有一个预算数的，即该数）
-- @basis 《预算法》第十三条：经批准的预算，未经法定程序不得调整；支出以批准的预算为依据
-- @severity warning
-- @needs executed, adjusted_budget|budget
-- @origin table
-- @message_zh {subject}：执行数超过预算数，{equation}，超预算执行应予说明。
-- @message_en {subject}: more was executed than budgeted ({equation_en}).
-- @good [{"measure": "adjusted_budget", "printed": "62"}, {"measure": "executed", "printed": "15.6"}]
-- @good [{"measure": "initial_budget", "printed": "50"}, {"measure": "adjusted_budget", "printed": "62"}, {"measure": "executed", "printed": "61.9"}]
-- @bad [{"measure": "budget", "printed": "61.8"}, {"measure": "executed", "printed": "63.68"}]
select
    s.document_id,
    s.statement || ':' || s.fund_source || ':' || s.year_offset as equation_key,
    'order' as kind,
    f.subject,
    [part(s.own['executed']), result(coalesce(s.own['adjusted_budget'], s.own['budget']))] as terms
from statements as s
inner join figures as f on f.fact_id = s.own['executed']
where s.own['executed'] is not null
    and coalesce(s.own['adjusted_budget'], s.own['budget']) is not null
    and f.origin = 'table'
