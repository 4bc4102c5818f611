-- 全部来自同一资金的支出，在支出表和该资金的表上一致 / Expenditure that one fund alone pays is the same in the table of all and in the table of the fund
-- @formula 合计（或类、款、科目的合计栏）在两张表上相等时，其下各科目、各栏也相等：支出表（收支总表）= 财政拨款各表
-- @basis 会计恒等式：部分不大于全体；全体相等而各部分都不大于对应部分的，各部分也相等
-- @severity error
-- @needs final_expenditure|budget_expenditure|final_total|budget_total, final_fiscal_total|budget_fiscal_total|final_general_expenditure|budget_general_expenditure|final_government_fund|budget_government_fund|state_capital_expenditure|budget_state_capital
-- @origin table
-- @message_zh {subject}在《{one_table}》与《{other_table}》中不一致，{equation}，相差{difference}。
-- @message_en {subject} differs between two tables, {one_table} and {other_table}: {equation_en}; by {difference_en}.
-- @good [{"measure": "expenditure", "printed": "326.72", "subject": "社会保障和就业支出", "table_kind": "final_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 4, "column_label": "本年支出合计", "statement": "t3r4", "subject_code": "208", "subject_kind": "functional_item", "table_title": "支出决算表"},
--   {"measure": "basic_expenditure", "printed": "326.72", "subject": "社会保障和就业支出", "table_kind": "final_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 4, "column_label": "基本支出", "statement": "t3r4", "subject_code": "208", "subject_kind": "functional_item", "table_title": "支出决算表"},
--   {"measure": "expenditure", "printed": "84.65", "subject": "行政单位离退休", "table_kind": "final_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "column_label": "本年支出合计", "statement": "t3r5", "subject_code": "2080501", "subject_kind": "functional_item", "table_title": "支出决算表"},
--   {"measure": "expenditure", "printed": "326.72", "subject": "社会保障和就业支出", "table_kind": "final_general_expenditure", "table_id": "d1:t5", "table_no": 5, "row_no": 4, "column_label": "本年支出合计", "statement": "t5r4", "subject_code": "208", "subject_kind": "functional_item", "table_title": "一般公共预算财政拨款支出决算表"},
--   {"measure": "basic_expenditure", "printed": "326.72", "subject": "社会保障和就业支出", "table_kind": "final_general_expenditure", "table_id": "d1:t5", "table_no": 5, "row_no": 4, "column_label": "基本支出", "statement": "t5r4", "subject_code": "208", "subject_kind": "functional_item", "table_title": "一般公共预算财政拨款支出决算表"},
--   {"measure": "expenditure", "printed": "84.65", "subject": "行政单位离退休", "table_kind": "final_general_expenditure", "table_id": "d1:t5", "table_no": 5, "row_no": 5, "column_label": "本年支出合计", "statement": "t5r5", "subject_code": "2080501", "subject_kind": "functional_item", "table_title": "一般公共预算财政拨款支出决算表"}]
-- @bad [{"measure": "expenditure", "printed": "326.72", "subject": "社会保障和就业支出", "table_kind": "final_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 4, "column_label": "本年支出合计", "statement": "t3r4", "subject_code": "208", "subject_kind": "functional_item", "table_title": "支出决算表"},
--   {"measure": "expenditure", "printed": "84.65", "subject": "行政单位离退休", "table_kind": "final_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "column_label": "本年支出合计", "statement": "t3r5", "subject_code": "2080501", "subject_kind": "functional_item", "table_title": "支出决算表"},
--   {"measure": "expenditure", "printed": "326.72", "subject": "社会保障和就业支出", "table_kind": "final_general_expenditure", "table_id": "d1:t5", "table_no": 5, "row_no": 4, "column_label": "本年支出合计", "statement": "t5r4", "subject_code": "208", "subject_kind": "functional_item", "table_title": "一般公共预算财政拨款支出决算表"},
--   {"measure": "expenditure", "printed": "86.45", "subject": "行政单位离退休", "table_kind": "final_general_expenditure", "table_id": "d1:t5", "table_no": 5, "row_no": 5, "column_label": "本年支出合计", "statement": "t5r5", "subject_code": "2080501", "subject_kind": "functional_item", "table_title": "一般公共预算财政拨款支出决算表"}]
select
    document_id,
    equation_key,
    'same' as kind,
    subject,
    terms,
    map {'one_table': one_title, 'other_table': other_title} as words
from twice
where relation = 'same'
    and one_fund = 'whole'
    and other_fund <> 'whole'
    and flow = 'expenditure'
    and (
        one_sort = 'expenditure'
        -- 支出表按科目列示的，不再用收支总表比
        or (
            other_sort = 'fiscal_total'
            and other_fund = 'fiscal'
            and not exists (
                from twice as t
                where t.document_id = twice.document_id
                    and t.one_sort = 'expenditure'
                    and t.depth = '23'
            )
        )
    )
    and not (one_sort = 'expenditure' and other_sort = 'fiscal_total' and other_fund <> 'fiscal')
