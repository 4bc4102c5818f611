-- 支出表的基本支出与基本支出表的合计一致 / Basic expenditure is the total of the table of basic expenditure by economic class
-- @formula 一般公共预算支出表（财政拨款收支总表）基本支出合计 = 基本支出经济分类表合计 = 人员经费合计 + 公用经费合计
-- @basis 部门（单位）决算、预算公开各表出自同一套账，同一口径的同一个数只有一个；基本支出由人员经费和公用经费组成
-- @severity error
-- @needs final_general_expenditure|budget_general_expenditure|budget_fiscal_total|final_fiscal_total, final_general_basic|budget_general_basic|budget_fiscal_basic
-- @origin table
-- @message_zh 基本支出在《{one_table}》与《{other_table}》中不一致，{equation}，相差{difference}。
-- @message_en Basic expenditure differs between {one_table} and {other_table}: {equation_en}; by {difference_en}.
-- @good [{"measure": "basic_expenditure", "printed": "2,336.91", "subject": "合计", "table_kind": "final_general_expenditure", "table_id": "d1:t5", "table_no": 5, "row_no": 9, "column_label": "基本支出", "statement": "t5r9", "subject_kind": "department_total", "table_title": "一般公共预算财政拨款支出决算表"},
--   {"measure": "final_account", "printed": "2,152.26", "subject": "人员经费合计", "table_kind": "final_general_basic", "table_id": "d1:t6", "table_no": 6, "row_no": 42, "column_label": "决算数", "statement": "t6r42", "table_title": "一般公共预算财政拨款基本支出决算表", "subject_kind": "other"},
--   {"measure": "final_account", "printed": "184.65", "subject": "公用经费合计", "table_kind": "final_general_basic", "table_id": "d1:t6", "table_no": 6, "row_no": 43, "column_label": "决算数", "statement": "t6r43", "table_title": "一般公共预算财政拨款基本支出决算表", "subject_kind": "other"}]
-- @bad [{"measure": "basic_expenditure", "printed": "2,336.91", "subject": "合计", "table_kind": "final_general_expenditure", "table_id": "d1:t5", "table_no": 5, "row_no": 9, "column_label": "基本支出", "statement": "t5r9", "subject_kind": "department_total", "table_title": "一般公共预算财政拨款支出决算表"},
--   {"measure": "final_account", "printed": "2,152.26", "subject": "人员经费合计", "table_kind": "final_general_basic", "table_id": "d1:t6", "table_no": 6, "row_no": 42, "column_label": "决算数", "statement": "t6r42", "table_title": "一般公共预算财政拨款基本支出决算表", "subject_kind": "other"},
--   {"measure": "final_account", "printed": "148.65", "subject": "公用经费合计", "table_kind": "final_general_basic", "table_id": "d1:t6", "table_no": 6, "row_no": 43, "column_label": "决算数", "statement": "t6r43", "table_title": "一般公共预算财政拨款基本支出决算表", "subject_kind": "other"}]
-- @bad [{"measure": "basic_expenditure", "printed": "2,336.91", "subject": "合计", "table_kind": "budget_general_expenditure", "table_id": "d1:t5", "table_no": 5, "row_no": 9, "column_label": "基本支出", "statement": "t5r9", "subject_kind": "department_total", "table_title": "一般公共预算财政拨款支出决算表"},
--   {"measure": "basic_expenditure", "printed": "2,363.91", "subject": "合计", "table_kind": "budget_general_basic", "table_id": "d1:t6", "table_no": 6, "row_no": 42, "column_label": "金额", "statement": "t6r42", "subject_kind": "department_total", "table_title": "一般公共预算财政拨款基本支出决算表"}]
with split as (
    select
        document_id,
        table_kind,
        any_value(fact_id) filter (where purpose = 'personnel') as personnel,
        any_value(fact_id) filter (where purpose = 'public') as public,
        bool_or(purpose = 'basic') as has_total,
        any_value(table_title) as title
    from mentions
    where table_kind in ('final_general_basic', 'budget_general_basic')
        and item = 'total'
    group by all
)

select
    document_id,
    equation_key,
    'same' as kind,
    subject,
    terms,
    map {'one_table': one_title, 'other_table': other_title} as words
from twice
where other_sort in ('general_basic', 'fiscal_basic')
    and one_sort in ('general_expenditure', 'fiscal_total')
    and item = 'total'
    and one_fund = other_fund
union all
-- 基本支出表没有合计行的，由人员经费和公用经费相加
select
    s.document_id,
    'split|' || s.table_kind,
    'sum',
    '基本支出（一般公共预算）',
    [part(s.personnel), part(s.public), result(m.fact_id)],
    map {'one_table': coalesce(m.table_title, '一般公共预算支出表'), 'other_table': coalesce(s.title, '基本支出表')}
from split as s
inner join mentions as m
    on m.document_id = s.document_id
    and m.table_kind = replace(s.table_kind, 'basic', 'expenditure')
    and m.purpose = 'basic'
    and m.item = 'total'
where not s.has_total
    and not m.carries
