-- 机关运行经费与公用经费相合 / Operating expenses of the offices go with public expenditure
-- @formula 机关运行经费 ≤ 一般公共预算基本支出的公用经费；按经济科目列示、商品和服务支出（302）与基本支出表相等的，各科目也相等
-- @basis 财政部部门预决算公开口径：机关运行经费是行政单位（含参公单位）用一般公共预算基本支出安排的日常公用经费
-- @severity hint
-- @needs budget_three_public|budget_operating, final_general_basic|budget_general_basic
-- @origin table
-- @message_zh {subject}：机关运行经费与基本支出表不合，{equation}，相差{difference}；请核对口径。
-- @message_en {subject}: operating expenses do not go with the table of basic expenditure: {equation_en}; by {difference_en}. Check what is counted.
-- @good [{"measure": "budget", "printed": "184.59", "subject": "机关运行经费", "table_kind": "budget_three_public", "table_id": "d1:t9", "table_no": 9, "row_no": 3, "column_label": "机关运行经费预算数", "statement": "t9r3", "subject_kind": "other"},
--   {"measure": "public_expenditure", "printed": "1,845,880.34", "subject": "合计", "table_kind": "budget_general_basic", "table_id": "d1:t8", "table_no": 8, "row_no": 32, "column_label": "一般公共预算基本支出 > 公用经费", "statement": "t8r32", "subject_kind": "department_total", "unit": "元"}]
-- @good [{"measure": "expenditure", "printed": "167.03", "subject": "办公费", "table_kind": "budget_operating", "table_id": "d1:t11", "table_no": 11, "row_no": 3, "column_label": "机关运行经费支出", "statement": "t11r3", "subject_kind": "economic_item", "subject_code": "30201"},
--   {"measure": "expenditure", "printed": "3,253.98", "subject": "商品和服务支出", "table_kind": "budget_operating", "table_id": "d1:t11", "table_no": 11, "row_no": 2, "column_label": "机关运行经费支出", "statement": "t11r2", "subject_kind": "economic_item", "subject_code": "302"},
--   {"measure": "basic_expenditure", "printed": "110.00", "subject": "办公费", "table_kind": "budget_general_basic", "table_id": "d1:t8", "table_no": 8, "row_no": 12, "column_label": "金额", "statement": "t8r12", "subject_kind": "economic_item", "subject_code": "30201"},
--   {"measure": "basic_expenditure", "printed": "1,131.92", "subject": "商品和服务支出", "table_kind": "budget_general_basic", "table_id": "d1:t8", "table_no": 8, "row_no": 11, "column_label": "金额", "statement": "t8r11", "subject_kind": "economic_item", "subject_code": "302"}]
-- @bad [{"measure": "expenditure", "printed": "101.00", "subject": "办公费", "table_kind": "budget_operating", "table_id": "d1:t11", "table_no": 11, "row_no": 3, "column_label": "机关运行经费支出", "statement": "t11r3", "subject_kind": "economic_item", "subject_code": "30201"},
--   {"measure": "expenditure", "printed": "1,115.85", "subject": "商品和服务支出", "table_kind": "budget_operating", "table_id": "d1:t11", "table_no": 11, "row_no": 2, "column_label": "机关运行经费支出", "statement": "t11r2", "subject_kind": "economic_item", "subject_code": "302"},
--   {"measure": "basic_expenditure", "printed": "110.00", "subject": "办公费", "table_kind": "budget_general_basic", "table_id": "d1:t8", "table_no": 8, "row_no": 12, "column_label": "金额", "statement": "t8r12", "subject_kind": "economic_item", "subject_code": "30201"},
--   {"measure": "basic_expenditure", "printed": "1,115.85", "subject": "商品和服务支出", "table_kind": "budget_general_basic", "table_id": "d1:t8", "table_no": 8, "row_no": 11, "column_label": "金额", "statement": "t8r11", "subject_kind": "economic_item", "subject_code": "302"}]
-- @bad [{"measure": "budget", "printed": "1,845.90", "subject": "机关运行经费", "table_kind": "budget_three_public", "table_id": "d1:t9", "table_no": 9, "row_no": 3, "column_label": "机关运行经费预算数", "statement": "t9r3", "subject_kind": "other"},
--   {"measure": "public_expenditure", "printed": "1,845,880.34", "subject": "合计", "table_kind": "budget_general_basic", "table_id": "d1:t8", "table_no": 8, "row_no": 32, "column_label": "一般公共预算基本支出 > 公用经费", "statement": "t8r32", "subject_kind": "department_total", "unit": "元"}]
with stated as (
    select
        document_id,
        same_as as fact_id,
        number,
        half_unit,
        subject,
        case
            when table_kind = 'budget_three_public' and regexp_matches(subject, '机关运行经费') then 'total'
            when table_kind = 'budget_operating' and regexp_matches(subject_code, '^3\d{2}(?:\d{2})?$') then subject_code
        end as item
    from figures
    where table_kind in ('budget_three_public', 'budget_operating')
        and origin = 'table'
        and is_amount
        and year_offset = 0
        and measure in ('budget', 'expenditure')
),

operating as (
    select
        s.document_id,
        s.item,
        any_value(s.subject) as subject,
        any_value(s.fact_id) as fact_id,
        any_value(b.fact_id) as basic,
        bool_and(abs(s.number - b.number) <= s.half_unit + b.half_unit) as agrees
    from stated as s
    inner join mentions as b
        on b.document_id = s.document_id
        and b.table_kind in ('final_general_basic', 'budget_general_basic')
        and b.item = s.item
        and b.purpose = if(s.item = 'total', 'public', 'basic')
    group by s.document_id, s.item
    having count(distinct s.number) = 1
        and count(distinct b.fact_id) = 1
)

select
    document_id,
    item as equation_key,
    if(item = 'total', 'bound', 'same') as kind,
    subject,
    [part(fact_id), result(basic)] as terms
from operating as o
where item = 'total'
    -- 有的地方把项目支出也计入机关运行经费：类相等的才知口径相同
    or (
        len(item) = 5
        and exists (
            from operating as c where c.document_id = o.document_id and c.item = left(o.item, 3) and c.agrees
        )
    )
