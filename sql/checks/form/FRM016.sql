-- 同一报告的科目表都有合计行 / Every table of accounts in a report has its total
-- @formula 报告里其余按科目列示的表都有合计行的，每一张都有
-- @basis 部门预算、决算公开表式：按科目列示的收入表、支出表有合计行
-- @severity warning
-- @needs functional_code
-- @origin table
-- @message_zh 《{table}》没有合计行，同一报告其余{others}张科目表都有。
-- @message_en The table {table} has no row with its total, though the {others} others of its kind in the report have.
-- @good [{"measure": "expenditure", "printed": "30", "subject": "公共安全支出", "subject_code": "204", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "收入预算总表", "table_id": "d1:t2", "table_no": 2, "row_no": 3, "statement": "t2r3"},
--   {"measure": "expenditure", "printed": "5", "subject": "社会保障和就业支出", "subject_code": "208", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "收入预算总表", "table_id": "d1:t2", "table_no": 2, "row_no": 4, "statement": "t2r4"},
--   {"measure": "expenditure", "printed": "3", "subject": "卫生健康支出", "subject_code": "210", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "收入预算总表", "table_id": "d1:t2", "table_no": 2, "row_no": 5, "statement": "t2r5"},
--   {"measure": "expenditure", "printed": "38", "subject": "合计", "subject_kind": "department_total", "table_kind": "budget_expenditure", "table_title": "收入预算总表", "table_id": "d1:t2", "table_no": 2, "row_no": 9, "statement": "t2r9"},
--   {"measure": "expenditure", "printed": "30", "subject": "公共安全支出", "subject_code": "204", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "table_id": "d1:t3", "table_no": 3, "row_no": 3, "statement": "t3r3"},
--   {"measure": "expenditure", "printed": "5", "subject": "社会保障和就业支出", "subject_code": "208", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "table_id": "d1:t3", "table_no": 3, "row_no": 4, "statement": "t3r4"},
--   {"measure": "expenditure", "printed": "3", "subject": "卫生健康支出", "subject_code": "210", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "statement": "t3r5"},
--   {"measure": "expenditure", "printed": "38", "subject": "合计", "subject_kind": "department_total", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "table_id": "d1:t3", "table_no": 3, "row_no": 9, "statement": "t3r9"},
--   {"measure": "expenditure", "printed": "30", "subject": "公共安全支出", "subject_code": "204", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "一般公共预算支出预算表", "table_id": "d1:t5", "table_no": 5, "row_no": 3, "statement": "t5r3"},
--   {"measure": "expenditure", "printed": "5", "subject": "社会保障和就业支出", "subject_code": "208", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "一般公共预算支出预算表", "table_id": "d1:t5", "table_no": 5, "row_no": 4, "statement": "t5r4"},
--   {"measure": "expenditure", "printed": "3", "subject": "卫生健康支出", "subject_code": "210", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "一般公共预算支出预算表", "table_id": "d1:t5", "table_no": 5, "row_no": 5, "statement": "t5r5"},
--   {"measure": "expenditure", "printed": "38", "subject": "合计", "subject_kind": "department_total", "table_kind": "budget_expenditure", "table_title": "一般公共预算支出预算表", "table_id": "d1:t5", "table_no": 5, "row_no": 9, "statement": "t5r9"}]
-- @good [{"measure": "expenditure", "printed": "30", "subject": "公共安全支出", "subject_code": "204", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "收入预算总表", "table_id": "d1:t2", "table_no": 2, "row_no": 3, "statement": "t2r3"},
--   {"measure": "expenditure", "printed": "5", "subject": "社会保障和就业支出", "subject_code": "208", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "收入预算总表", "table_id": "d1:t2", "table_no": 2, "row_no": 4, "statement": "t2r4"},
--   {"measure": "expenditure", "printed": "3", "subject": "卫生健康支出", "subject_code": "210", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "收入预算总表", "table_id": "d1:t2", "table_no": 2, "row_no": 5, "statement": "t2r5"},
--   {"measure": "expenditure", "printed": "30", "subject": "公共安全支出", "subject_code": "204", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "table_id": "d1:t3", "table_no": 3, "row_no": 3, "statement": "t3r3"},
--   {"measure": "expenditure", "printed": "5", "subject": "社会保障和就业支出", "subject_code": "208", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "table_id": "d1:t3", "table_no": 3, "row_no": 4, "statement": "t3r4"},
--   {"measure": "expenditure", "printed": "3", "subject": "卫生健康支出", "subject_code": "210", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "statement": "t3r5"},
--   {"measure": "expenditure", "printed": "30", "subject": "公共安全支出", "subject_code": "204", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "一般公共预算支出预算表", "table_id": "d1:t5", "table_no": 5, "row_no": 3, "statement": "t5r3"},
--   {"measure": "expenditure", "printed": "5", "subject": "社会保障和就业支出", "subject_code": "208", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "一般公共预算支出预算表", "table_id": "d1:t5", "table_no": 5, "row_no": 4, "statement": "t5r4"},
--   {"measure": "expenditure", "printed": "3", "subject": "卫生健康支出", "subject_code": "210", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "一般公共预算支出预算表", "table_id": "d1:t5", "table_no": 5, "row_no": 5, "statement": "t5r5"},
--   {"measure": "expenditure", "printed": "38", "subject": "合计", "subject_kind": "department_total", "table_kind": "budget_expenditure", "table_title": "一般公共预算支出预算表", "table_id": "d1:t5", "table_no": 5, "row_no": 9, "statement": "t5r9"}]
-- @bad [{"measure": "expenditure", "printed": "30", "subject": "公共安全支出", "subject_code": "204", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "收入预算总表", "table_id": "d1:t2", "table_no": 2, "row_no": 3, "statement": "t2r3"},
--   {"measure": "expenditure", "printed": "5", "subject": "社会保障和就业支出", "subject_code": "208", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "收入预算总表", "table_id": "d1:t2", "table_no": 2, "row_no": 4, "statement": "t2r4"},
--   {"measure": "expenditure", "printed": "3", "subject": "卫生健康支出", "subject_code": "210", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "收入预算总表", "table_id": "d1:t2", "table_no": 2, "row_no": 5, "statement": "t2r5"},
--   {"measure": "expenditure", "printed": "38", "subject": "合计", "subject_kind": "department_total", "table_kind": "budget_expenditure", "table_title": "收入预算总表", "table_id": "d1:t2", "table_no": 2, "row_no": 9, "statement": "t2r9"},
--   {"measure": "expenditure", "printed": "30", "subject": "公共安全支出", "subject_code": "204", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "table_id": "d1:t3", "table_no": 3, "row_no": 3, "statement": "t3r3"},
--   {"measure": "expenditure", "printed": "5", "subject": "社会保障和就业支出", "subject_code": "208", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "table_id": "d1:t3", "table_no": 3, "row_no": 4, "statement": "t3r4"},
--   {"measure": "expenditure", "printed": "3", "subject": "卫生健康支出", "subject_code": "210", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "table_id": "d1:t3", "table_no": 3, "row_no": 5, "statement": "t3r5"},
--   {"measure": "expenditure", "printed": "30", "subject": "公共安全支出", "subject_code": "204", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "一般公共预算支出预算表", "table_id": "d1:t5", "table_no": 5, "row_no": 3, "statement": "t5r3"},
--   {"measure": "expenditure", "printed": "5", "subject": "社会保障和就业支出", "subject_code": "208", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "一般公共预算支出预算表", "table_id": "d1:t5", "table_no": 5, "row_no": 4, "statement": "t5r4"},
--   {"measure": "expenditure", "printed": "3", "subject": "卫生健康支出", "subject_code": "210", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "一般公共预算支出预算表", "table_id": "d1:t5", "table_no": 5, "row_no": 5, "statement": "t5r5"},
--   {"measure": "expenditure", "printed": "38", "subject": "合计", "subject_kind": "department_total", "table_kind": "budget_expenditure", "table_title": "一般公共预算支出预算表", "table_id": "d1:t5", "table_no": 5, "row_no": 9, "statement": "t5r9"}]
with tables as (
    select
        a.document_id,
        a.table_id,
        any_value(f.table_title) as title,
        bool_or(a.is_total) as has_total,
        arg_max(a.fact_id, a.fact_no) as last
    from accounts as a
    inner join figures as f using (fact_id)
    where not a.is_unclear
        and (a.is_total or starts_with(a.code, '2'))
    group by all
    having count(distinct a.code) filter (where a.digits = 3) >= 2
),

counted as (
    select
        *,
        count(*) filter (where has_total) over report as with_total,
        count(*) filter (where not has_total) over report as without
    from tables
    window report as (partition by document_id)
)

select
    document_id,
    table_id as equation_key,
    'flag' as kind,
    coalesce(title, '科目表') as subject,
    has_total as holds,
    case when has_total then [] else [part(last)] end as terms,
    map {'table': coalesce(title, '科目表'), 'others': with_total::varchar} as words
from counted
where without <= 1
    and with_total >= 2
