-- 一种资金的数不大于全部资金的数 / What one fund gives or pays is no more than the whole
-- @formula 财政拨款各表的收入、支出 ≤ 收支总表、收入表、支出表的同一科目、同一栏
-- @basis 会计恒等式：部分不大于全体
-- @severity warning
-- @needs final_total|budget_total|final_revenue|budget_revenue|final_expenditure|budget_expenditure, final_fiscal_total|budget_fiscal_total|final_general_expenditure|budget_general_expenditure|final_government_fund|budget_government_fund
-- @origin table
-- @message_zh {subject}在《{other_table}》中大于《{one_table}》中全部资金的同一项，{equation}，多出{difference}。
-- @message_en {subject} is more than the whole of it: {other_table} against {one_table}: {equation_en}; by {difference_en}.
-- @good [{"measure": "expenditure", "printed": "1,511.89", "subject": "行政运行", "table_kind": "final_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "column_label": "本年支出合计", "statement": "t3r5", "subject_code": "2010601", "subject_kind": "functional_item", "table_title": "支出决算表"},
--   {"measure": "basic_expenditure", "printed": "1,503.52", "subject": "行政运行", "table_kind": "final_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "column_label": "基本支出", "statement": "t3r5", "subject_code": "2010601", "subject_kind": "functional_item", "table_title": "支出决算表"},
--   {"measure": "expenditure", "printed": "1,500.00", "subject": "行政运行", "table_kind": "final_general_expenditure", "table_id": "d1:t5", "table_no": 5, "row_no": 5, "column_label": "本年支出合计", "statement": "t5r5", "subject_code": "2010601", "subject_kind": "functional_item", "table_title": "一般公共预算财政拨款支出决算表"},
--   {"measure": "basic_expenditure", "printed": "1,500.00", "subject": "行政运行", "table_kind": "final_general_expenditure", "table_id": "d1:t5", "table_no": 5, "row_no": 5, "column_label": "基本支出", "statement": "t5r5", "subject_code": "2010601", "subject_kind": "functional_item", "table_title": "一般公共预算财政拨款支出决算表"}]
-- @bad [{"measure": "expenditure", "printed": "1,511.89", "subject": "行政运行", "table_kind": "final_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "column_label": "本年支出合计", "statement": "t3r5", "subject_code": "2010601", "subject_kind": "functional_item", "table_title": "支出决算表"},
--   {"measure": "expenditure", "printed": "1,551.89", "subject": "行政运行", "table_kind": "final_general_expenditure", "table_id": "d1:t5", "table_no": 5, "row_no": 5, "column_label": "本年支出合计", "statement": "t5r5", "subject_code": "2010601", "subject_kind": "functional_item", "table_title": "一般公共预算财政拨款支出决算表"}]
select
    document_id,
    equation_key,
    'bound' as kind,
    subject,
    terms,
    map {'one_table': one_title, 'other_table': other_title} as words
from twice
where relation = 'part'
    and one is not null
    and other is not null
    and one_fund = 'whole'
    and flow in ('revenue', 'expenditure')
    and not carries
    and one_number >= 0
    and other_number >= 0
    and (
        (one_sort in ('total', 'revenue') and other_sort = 'fiscal_total' and other_fund = 'fiscal')
        or (one_sort = 'expenditure' and other_sort in ('fiscal_expenditure', 'general_expenditure', 'government_fund', 'state_capital'))
    )
union all
-- 基金收入按科目列示的，不大于收入表同一科目的财政拨款收入
select
    document_id,
    equation_key,
    'bound',
    subject,
    terms,
    map {'one_table': one_title, 'other_table': other_title}
from twice
where relation = 'part'
    and one is not null
    and other is not null
    and flow = 'revenue'
    and one_sort = 'revenue'
    and one_fund = 'fiscal'
    and other_sort = 'government_fund'
    and not carries
