-- 与上年相比的增减额与上年报告相符 / A change against the year before fits last year's report
-- @formula 本年数 − 上年报告的同一数 = 本报告所说的增减额
-- @basis 会计恒等式；上年数以上年公开的预算、决算为准，口径调整的应当说明
-- @severity hint
-- @needs change_amount
-- @origin any
-- @across last_year
-- @message_zh {subject}：与上年相比的增减额印作{reported}，按上年报告{other}计算应为{expected}（{equation}）；如因口径调整，应予说明。
-- @message_en {subject}: the change against the year before is printed {reported_en}; by last year's report, {other_en}, it is {expected_en} ({equation_en}); a restatement should be explained.
-- @good [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["budgets"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2023, "families": ["budgets"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "budget", "printed": "120.00", "document": "d1", "subject": "支出", "subject_kind": "department_total", "origin": "narrative"},
--   {"measure": "change_amount", "printed": "20.00", "document": "d1", "subject": "支出", "subject_kind": "department_total", "origin": "narrative", "rate_basis": "prior"},
--   {"measure": "budget", "printed": "100.00", "document": "d2", "subject": "支出", "subject_kind": "department_total", "origin": "narrative"}]
-- @bad [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["budgets"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2023, "families": ["budgets"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "budget", "printed": "120.00", "document": "d1", "subject": "支出", "subject_kind": "department_total", "origin": "narrative"},
--   {"measure": "change_amount", "printed": "20.00", "document": "d1", "subject": "支出", "subject_kind": "department_total", "origin": "narrative", "rate_basis": "prior"},
--   {"measure": "budget", "printed": "110.00", "document": "d2", "subject": "支出", "subject_kind": "department_total", "origin": "narrative"}]
select
    n.document_id,
    concat_ws('|', change.side, change.view, change.fact_id) as equation_key,
    'sum' as kind,
    change.subject,
    [part(here.rounded_fact_id), minus(there.rounded_fact_id), result(change.fact_id)] as terms
from neighbours as n
inner join comparable as change
    on change.document_id = n.document_id
    and change.basis = 'change'
inner join comparable as here
    on here.document_id = n.document_id
    and here.item = change.item
    and here.side = change.side
    and here.view = change.view
    and here.basis in ('budget', 'final')
    and here.year = 0
inner join comparable as there
    on there.document_id = n.other
    and there.item = here.item
    and there.side = here.side
    and there.view = here.view
    and there.basis = here.basis
    and there.year = 0
inner join core.documents as d on d.document_id = n.document_id
where n.relation = 'last_year'
    and (here.basis = 'budget') = d.is_budget
