-- 年初预算与当年公布的预算一致 / The initial budget is the budget published for the year
-- @formula 决算、绩效监控、绩效自评所列年初预算数 = 同一单位、同一年度、同一口径预算报告（或绩效监控）的相应数
-- @basis 《预算法》第七十五条：决算草案应当与预算相对应，按预算数、调整预算数、决算数分别列出
-- @severity warning
-- @needs initial_budget
-- @origin any
-- @across budget monitoring
-- @message_zh {subject}：本报告所列年初预算数为{reported}，{other}为{expected}。
-- @message_en {subject}: this report gives an initial budget of {reported_en}, {other_en} gives {expected_en}.
-- @good [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["final_accounts"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["budgets"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "initial_budget", "printed": "218.49", "document": "d1", "subject": "社会保障和就业支出（类）民政管理事务（款）行政运行（项）", "subject_kind": "functional_item", "scope": "一般公共预算", "origin": "narrative"},
--   {"measure": "expenditure", "printed": "218.49", "document": "d2", "subject": "行政运行", "subject_kind": "functional_item", "subject_code": "2080201", "table_kind": "budget_general_expenditure"}]
-- @good [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["self_evaluation_wide"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d2"},
--   {"measure": "initial_budget", "printed": "62.00", "document": "d1", "subject": "临时救助"},
--   {"measure": "initial_budget", "printed": "62.00", "document": "d2", "subject": "临时救助"}]
-- @bad [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["final_accounts"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["budgets"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "initial_budget", "printed": "218.49", "document": "d1", "subject": "社会保障和就业支出（类）民政管理事务（款）行政运行（项）", "subject_kind": "functional_item", "scope": "一般公共预算", "origin": "narrative"},
--   {"measure": "expenditure", "printed": "281.49", "document": "d2", "subject": "行政运行", "subject_kind": "functional_item", "subject_code": "2080201", "table_kind": "budget_general_expenditure"}]
with pairs as (
    select
        n.document_id,
        n.relation,
        here.item,
        here.subject,
        here.side,
        here.view,
        here.basis,
        here.fact_id as here,
        there.fact_id as there
    from neighbours as n
    inner join comparable as here on here.document_id = n.document_id
    inner join comparable as there
        on there.document_id = n.other
        and there.item = here.item
        and there.side = here.side
        and there.view = here.view
        and there.basis = here.basis
    where n.relation in ('budget', 'monitoring')
        and here.basis = 'budget'
        and here.year = 0
        and there.year = 0
        -- 单个项目的年初预算只与绩效监控比：预算报告里同名的可能只是其中一部分
        and (n.relation = 'monitoring' or here.subject_kind <> 'programme')
)

select
    document_id,
    concat_ws('|', relation, side, view, here) as equation_key,
    'same' as kind,
    subject,
    [part(there), result(here)] as terms
from pairs
