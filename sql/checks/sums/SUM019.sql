-- 支出表各行的合计等于各栏之和 / Every row of a table of expenditure adds up
-- @formula 合计 = 基本支出 + 项目支出（+ 上缴上级支出、经营支出、对附属单位补助支出等），逐行
-- @basis 会计恒等式；部门预算、决算公开表的栏目
-- @severity error
-- @needs final_expenditure|final_general_expenditure|final_government_fund|state_capital_expenditure|budget_expenditure|budget_general_expenditure|budget_government_fund|budget_state_capital
-- @origin table
-- @message_zh {subject}：合计与各栏之和不符，{equation}，相差{difference}。
-- @message_en {subject}: the columns of the row do not add up to its total: {equation_en}; off by {difference_en}.
-- @good [{"measure": "expenditure", "printed": "14,348,853.34", "subject": "行政运行", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "column_label": "支出预算 > 合计", "statement": "t3r5", "subject_kind": "functional_item", "subject_code": "2040601", "unit": "元"},
--   {"measure": "basic_expenditure", "printed": "14,348,853.34", "subject": "行政运行", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "column_label": "支出预算 > 基本支出", "statement": "t3r5", "subject_kind": "functional_item", "subject_code": "2040601", "unit": "元"},
--   {"measure": "project_expenditure", "printed": "0.00", "subject": "行政运行", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "column_label": "支出预算 > 项目支出", "statement": "t3r5", "subject_kind": "functional_item", "subject_code": "2040601", "unit": "元"},
--   {"measure": "expenditure", "printed": "20.00", "subject": "合计", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 6, "column_label": "支出预算 > 合计", "statement": "t3r6", "subject_kind": "department_total", "unit": "元"},
--   {"measure": "basic_expenditure", "printed": "10.00", "subject": "合计", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 6, "column_label": "支出预算 > 基本支出", "statement": "t3r6", "subject_kind": "department_total", "unit": "元"},
--   {"measure": "project_expenditure", "printed": "9.00", "subject": "合计", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 6, "column_label": "支出预算 > 项目支出", "statement": "t3r6", "subject_kind": "department_total", "unit": "元"},
--   {"measure": "expenditure", "printed": "1.00", "subject": "合计", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 6, "column_label": "支出预算 > 经营支出", "statement": "t3r6", "subject_kind": "department_total", "unit": "元"}]
-- @good [{"measure": "expenditure", "printed": "14,348,853.34", "subject": "行政运行", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "column_label": "支出预算 > 合计", "statement": "t3r5", "subject_kind": "functional_item", "subject_code": "2040601", "unit": "元"},
--   {"measure": "basic_expenditure", "printed": "14,300,000.00", "subject": "行政运行", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "column_label": "支出预算 > 基本支出", "statement": "t3r5", "subject_kind": "functional_item", "subject_code": "2040601", "unit": "元"},
--   {"measure": "expenditure", "printed": "20.00", "subject": "合计", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 6, "column_label": "支出预算 > 合计", "statement": "t3r6", "subject_kind": "department_total", "unit": "元"},
--   {"measure": "basic_expenditure", "printed": "10.00", "subject": "合计", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 6, "column_label": "支出预算 > 基本支出", "statement": "t3r6", "subject_kind": "department_total", "unit": "元"},
--   {"measure": "project_expenditure", "printed": "10.00", "subject": "合计", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 6, "column_label": "支出预算 > 项目支出", "statement": "t3r6", "subject_kind": "department_total", "unit": "元"}]
-- @bad [{"measure": "expenditure", "printed": "14,348,853.34", "subject": "行政运行", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "column_label": "支出预算 > 合计", "statement": "t3r5", "subject_kind": "functional_item", "subject_code": "2040601", "unit": "元"},
--   {"measure": "basic_expenditure", "printed": "14,348,853.34", "subject": "行政运行", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "column_label": "支出预算 > 基本支出", "statement": "t3r5", "subject_kind": "functional_item", "subject_code": "2040601", "unit": "元"},
--   {"measure": "project_expenditure", "printed": "64,840,547.00", "subject": "行政运行", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "column_label": "支出预算 > 项目支出", "statement": "t3r5", "subject_kind": "functional_item", "subject_code": "2040601", "unit": "元"}]
with cells as (
    select
        f.document_id,
        f.table_id,
        f.row_no,
        f.same_as as fact_id,
        f.fact_no,
        regexp_replace(coalesce(f.subject, ''), '\s', '', 'g')
        || coalesce('（' || regexp_extract(f.subject_code, '^\d+$') || '）', '') as subject,
        coalesce(f.column_label, '') as column_label,
        case
            when f.measure = 'basic_expenditure' then 'basic'
            when f.measure = 'project_expenditure' then 'project'
            when f.measure = 'expenditure' and regexp_matches(f.column_label, '(?:上缴上级|经营|附属单位补助?)支出\s*$') then 'kind'
            when f.measure = 'expenditure' then 'total'
        end as of_what
    from figures as f
    where f.table_kind in (
            'final_expenditure', 'final_general_expenditure', 'final_government_fund', 'state_capital_expenditure',
            'budget_expenditure', 'budget_general_expenditure', 'budget_government_fund', 'budget_state_capital'
        )
        and f.is_amount
        and f.year_offset = 0
        and f.fund_source = 'all'
        and not regexp_matches(coalesce(f.column_label, ''), '其中')
),

-- 一行里空着的栏：表上别的行有数，本行没有印
width as (
    select
        table_id,
        count(distinct column_label) filter (where of_what in ('basic', 'project', 'kind')) as columns
    from cells
    group by table_id
),

-- 有栏目没有认出的，所列未必是全部
unmapped as (
    select table_id
    from staging.tables
    where len(unmapped_headings) > 0
    union
    select table_id
    from core.facts
    where starts_with(measure, 'unmapped:')
),

rows as (
    select
        document_id,
        table_id,
        row_no,
        any_value(subject) as subject,
        any_value(fact_id) filter (where of_what = 'total') as total,
        list(distinct fact_id order by fact_id) filter (where of_what in ('basic', 'project', 'kind')) as parts,
        count(distinct column_label) filter (where of_what in ('basic', 'project', 'kind')) as columns
    from cells
    where of_what is not null
    group by document_id, table_id, row_no
    having count(distinct fact_id) filter (where of_what = 'total') = 1
        and count(distinct fact_id) filter (where of_what = 'basic') <= 1
        and count(distinct fact_id) filter (where of_what = 'project') <= 1
)

select
    r.document_id,
    r.total as equation_key,
    if(r.columns < w.columns or exists (from unmapped as u where u.table_id = r.table_id), 'partial_sum', 'sum') as kind,
    r.subject,
    summing(r.parts, r.total) as terms
from rows as r
inner join width as w using (table_id)
where len(r.parts) > 0
    and w.columns >= 2
    and not list_contains(r.parts, r.total)
