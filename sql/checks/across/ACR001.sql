-- 同一报告的两个文件数字一致 / Two files of one report give the same figures
-- @formula 同一单位、同一年度、同一口径的同类报告有两个文件时，同一事项的数相等
-- @basis 同一份报告只有一套数；公开表与公开说明分开发布的，数字应当一致
-- @severity warning
-- @needs budget|expenditure|revenue|final_account|executed
-- @origin any
-- @across same
-- @message_zh {subject}：本文件印作{reported}，同一报告的另一文件{other}印作{expected}。
-- @message_en {subject}: this file prints {reported_en}, another file of the same report, {other_en}, prints {expected_en}.
-- @good [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["budgets"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["budgets"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "expenditure", "printed": "218.49", "document": "d1", "subject": "行政运行", "subject_kind": "functional_item", "subject_code": "2080201", "table_kind": "budget_expenditure"},
--   {"measure": "expenditure", "printed": "218.49", "document": "d2", "subject": "行政运行", "subject_kind": "functional_item", "subject_code": "2080201", "table_kind": "budget_expenditure"},
--   {"measure": "expenditure", "printed": "20.00", "document": "d2", "subject": "一般行政管理事务", "subject_kind": "functional_item", "subject_code": "2080202", "table_kind": "budget_expenditure", "statement": "t1r2"}]
-- @good [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["budgets"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2023, "families": ["budgets"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "expenditure", "printed": "218.49", "document": "d1", "subject": "行政运行", "subject_kind": "functional_item", "subject_code": "2080201", "table_kind": "budget_expenditure"},
--   {"measure": "expenditure", "printed": "318.49", "document": "d2", "subject": "行政运行", "subject_kind": "functional_item", "subject_code": "2080201", "table_kind": "budget_expenditure"}]
-- @bad [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["budgets"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["budgets"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "expenditure", "printed": "218.49", "document": "d1", "subject": "行政运行", "subject_kind": "functional_item", "subject_code": "2080201", "table_kind": "budget_expenditure"},
--   {"measure": "expenditure", "printed": "20.00", "document": "d1", "subject": "一般行政管理事务", "subject_kind": "functional_item", "subject_code": "2080202", "table_kind": "budget_expenditure", "statement": "t1r2"},
--   {"measure": "expenditure", "printed": "281.49", "document": "d2", "subject": "行政运行", "subject_kind": "functional_item", "subject_code": "2080201", "table_kind": "budget_expenditure"}]
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
    where n.relation = 'same'
        and there.year = here.year
        and here.basis <> 'change'
        and there.month is not distinct from here.month
)

select
    document_id,
    concat_ws('|', basis, side, view, here) as equation_key,
    'same' as kind,
    subject,
    [part(there), result(here)] as terms
from pairs
