-- 收入预算表与支出预算表的各科目一致 / Every account has the same amount in the budget of revenue and of expenditure
-- @formula 收入预算表与支出预算表的合计相等、没有结转时，各科目的收入合计 = 支出合计
-- @basis 区级部门（单位）预算：收入按支出功能分类编列，收支平衡，各科目的收入就是该科目的支出
-- @severity warning
-- @needs budget_revenue, budget_expenditure
-- @origin table
-- @message_zh {subject}：收入预算表与支出预算表不一致，{equation}，相差{difference}。
-- @message_en {subject}: the budget of revenue and that of expenditure differ: {equation_en}; by {difference_en}.
-- @good [{"measure": "revenue", "printed": "8,695.94", "subject": "合计", "table_kind": "budget_revenue", "table_id": "d1:t2", "table_no": 2, "row_no": 9, "column_label": "收入预算 > 合计", "statement": "t2r9", "subject_kind": "department_total"},
--   {"measure": "revenue", "printed": "1,434.89", "subject": "行政运行", "table_kind": "budget_revenue", "table_id": "d1:t2", "table_no": 2, "row_no": 5, "column_label": "收入预算 > 合计", "statement": "t2r5", "subject_kind": "functional_item", "subject_code": "2040601"},
--   {"measure": "expenditure", "printed": "8,695.94", "subject": "合计", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 9, "column_label": "支出预算 > 合计", "statement": "t3r9", "subject_kind": "department_total"},
--   {"measure": "expenditure", "printed": "1,434.89", "subject": "行政运行", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "column_label": "支出预算 > 合计", "statement": "t3r5", "subject_kind": "functional_item", "subject_code": "2040601"}]
-- @bad [{"measure": "revenue", "printed": "8,695.94", "subject": "合计", "table_kind": "budget_revenue", "table_id": "d1:t2", "table_no": 2, "row_no": 9, "column_label": "收入预算 > 合计", "statement": "t2r9", "subject_kind": "department_total"},
--   {"measure": "revenue", "printed": "1,434.89", "subject": "行政运行", "table_kind": "budget_revenue", "table_id": "d1:t2", "table_no": 2, "row_no": 5, "column_label": "收入预算 > 合计", "statement": "t2r5", "subject_kind": "functional_item", "subject_code": "2040601"},
--   {"measure": "expenditure", "printed": "8,695.94", "subject": "合计", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 9, "column_label": "支出预算 > 合计", "statement": "t3r9", "subject_kind": "department_total"},
--   {"measure": "expenditure", "printed": "1,443.89", "subject": "行政运行", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "column_label": "支出预算 > 合计", "statement": "t3r5", "subject_kind": "functional_item", "subject_code": "2040601"}]
with both_sides as (
    select
        r.document_id,
        r.item,
        r.subject,
        r.fact_id as revenue,
        e.fact_id as expenditure,
        abs(r.number - e.number) <= r.half_unit + e.half_unit as agrees
    from mentions as r
    inner join mentions as e
        on e.document_id = r.document_id
        and e.table_kind = 'budget_expenditure'
        and e.flow = 'expenditure'
        and e.purpose = 'all'
        and e.fund = 'whole'
        and e.item = r.item
    where r.table_kind = 'budget_revenue'
        and r.flow = 'revenue'
        and r.fund = 'whole'
        and not r.carries
)

select
    document_id,
    item as equation_key,
    'same' as kind,
    subject || '（' || item || '）' as subject,
    [part(revenue), result(expenditure)] as terms
from both_sides
where item <> 'total'
    and exists (from both_sides as t where t.document_id = both_sides.document_id and t.item = 'total' and t.agrees)
