-- 报告里的上年数与上年报告一致 / A figure for the year before is what last year's report gives
-- @formula 本年报告所列上年预算数、上年决算数、上年执行数 = 上年同类报告的相应数
-- @basis 同一年度的同一数只有一个；因机构调整、口径变化而重述的，应当说明
-- @severity warning
-- @needs prior_year_budget|prior_year_final_account|prior_year_executed
-- @origin any
-- @across last_year
-- @message_zh {subject}：本报告所列上年数为{reported}，上年报告{other}为{expected}；如因口径调整而重述，应予说明。
-- @message_en {subject}: this report gives {reported_en} for the year before, last year's report, {other_en}, gives {expected_en}; a restatement should be explained.
-- @good [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["final_accounts"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2023, "families": ["final_accounts"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "prior_year_final_account", "printed": "492.85", "document": "d1", "year_offset": -1, "subject": "社会保障和就业支出（类）民政管理事务（款）行政运行（项）", "subject_kind": "functional_item", "scope": "一般公共预算", "origin": "narrative"},
--   {"measure": "final_account", "printed": "492.85", "document": "d2", "subject": "社会保障和就业支出（类）民政管理事务（款）行政运行（项）", "subject_kind": "functional_item", "scope": "一般公共预算", "origin": "narrative"}]
-- @good [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["final_accounts"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "本级", "fiscal_year": 2023, "families": ["final_accounts"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "prior_year_final_account", "printed": "492.85", "document": "d1", "year_offset": -1, "subject": "社会保障和就业支出（类）民政管理事务（款）行政运行（项）", "subject_kind": "functional_item", "scope": "一般公共预算", "origin": "narrative"},
--   {"measure": "final_account", "printed": "429.85", "document": "d2", "subject": "社会保障和就业支出（类）民政管理事务（款）行政运行（项）", "subject_kind": "functional_item", "scope": "一般公共预算", "origin": "narrative"}]
-- @bad [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["final_accounts"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2023, "families": ["final_accounts"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "prior_year_final_account", "printed": "492.85", "document": "d1", "year_offset": -1, "subject": "社会保障和就业支出（类）民政管理事务（款）行政运行（项）", "subject_kind": "functional_item", "scope": "一般公共预算", "origin": "narrative"},
--   {"measure": "final_account", "printed": "429.85", "document": "d2", "subject": "社会保障和就业支出（类）民政管理事务（款）行政运行（项）", "subject_kind": "functional_item", "scope": "一般公共预算", "origin": "narrative"}]
with pairs as (
    select
        n.document_id,
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
    where n.relation = 'last_year'
        and here.year = -1
        and there.year = 0
        and here.basis in ('budget', 'final', 'executed')
        and (here.basis <> 'executed' or coalesce(there.month, 12) = 12)
)

select
    document_id,
    concat_ws('|', basis, side, view, here) as equation_key,
    'same' as kind,
    subject,
    [part(there), result(here)] as terms
from pairs
