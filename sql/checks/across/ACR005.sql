-- 所属单位的数不超过部门的数 / The units of a department are no more than the department
-- @formula 各所属单位（含本级）同一科目的数之和 ≤ 部门的数；部门只有本级一家的，二者相等
-- @basis 部门预算、决算由本级和所属单位的预算、决算汇总而成
-- @severity warning
-- @needs expenditure|revenue|final_account|budget
-- @origin any
-- @across units
-- @message_zh {subject}：部门报告印作{reported}，所属单位{other}合计{expected}。
-- @message_en {subject}: the department's report prints {reported_en}, its units, {other_en}, come to {expected_en}.
-- @good [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["budgets"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "单位", "fiscal_year": 2024, "families": ["budgets"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "expenditure", "printed": "300.00", "document": "d1", "subject": "行政运行", "subject_kind": "functional_item", "subject_code": "2080201", "table_kind": "budget_expenditure"},
--   {"measure": "expenditure", "printed": "218.49", "document": "d2", "subject": "行政运行", "subject_kind": "functional_item", "subject_code": "2080201", "table_kind": "budget_expenditure"}]
-- @good [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["budgets"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "单位", "fiscal_year": 2024, "families": ["budgets"], "period_end_month": 12}, "document": "d2"},
--   {"sentence": "本部门无下属单位。", "document": "d1"},
--   {"measure": "expenditure", "printed": "218.49", "document": "d1", "subject": "行政运行", "subject_kind": "functional_item", "subject_code": "2080201", "table_kind": "budget_expenditure"},
--   {"measure": "expenditure", "printed": "218.49", "document": "d2", "subject": "行政运行", "subject_kind": "functional_item", "subject_code": "2080201", "table_kind": "budget_expenditure"}]
-- @bad [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["budgets"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "单位", "fiscal_year": 2024, "families": ["budgets"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "expenditure", "printed": "200.00", "document": "d1", "subject": "行政运行", "subject_kind": "functional_item", "subject_code": "2080201", "table_kind": "budget_expenditure"},
--   {"measure": "expenditure", "printed": "218.49", "document": "d2", "subject": "行政运行", "subject_kind": "functional_item", "subject_code": "2080201", "table_kind": "budget_expenditure"}]
-- @bad [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["budgets"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "单位", "fiscal_year": 2024, "families": ["budgets"], "period_end_month": 12}, "document": "d2"},
--   {"sentence": "本部门无下属单位。", "document": "d1"},
--   {"measure": "expenditure", "printed": "300.00", "document": "d1", "subject": "行政运行", "subject_kind": "functional_item", "subject_code": "2080201", "table_kind": "budget_expenditure"},
--   {"measure": "expenditure", "printed": "218.49", "document": "d2", "subject": "行政运行", "subject_kind": "functional_item", "subject_code": "2080201", "table_kind": "budget_expenditure"}]
with shares as (
    select
        n.document_id,
        whole.basis,
        whole.side,
        whole.view,
        whole.item,
        whole.subject,
        whole.fact_id as whole,
        bool_and(n.is_only) as is_only,
        list(unit.fact_id order by unit.fact_id) as units
    from neighbours as n
    inner join comparable as whole on whole.document_id = n.document_id
    inner join comparable as unit
        on unit.document_id = n.other
        and unit.item = whole.item
        and unit.side = whole.side
        and unit.view = whole.view
        and unit.basis = whole.basis
    where n.relation = 'units'
        and whole.basis in ('budget', 'final')
        and whole.year = 0
        and unit.year = 0
        and (whole.code is not null or whole.item like 'total%' or whole.item = 'fund')
        -- 往来资金在汇总时抵销，单位的其他资金之和可以多于部门
        and whole.view <> 'other'
    group by all
)

select
    document_id,
    concat_ws('|', basis, side, view, whole) as equation_key,
    case when is_only and len(units) = 1 then 'same' else 'bound' end as kind,
    subject,
    list_transform(units, lambda u: part(u)) || [result(whole)] as terms
from shares
