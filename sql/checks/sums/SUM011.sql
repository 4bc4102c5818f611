-- 功能科目的款等于其各项之和 / A functional section is the sum of its items
-- @formula 款 = Σ 项（同一张表、同一栏）
-- @basis 会计恒等式；《政府收支分类科目》：项是款的完全划分
-- @severity error
-- @needs functional_code
-- @origin table
-- @message_zh {subject}：款与其各项之和不符，{equation}，相差{difference}。
-- @message_en {subject}: the section is not the sum of its items: {equation_en}; off by {difference_en}.
-- @good [{"measure": "project_expenditure", "printed": "64,840,547.00", "unit": "元", "subject": "司法", "subject_code": "20406", "statement": "t1r1", "row_no": 1},
--   {"measure": "project_expenditure", "printed": "0", "column_decimals": 2, "unit": "元", "subject": "行政运行", "subject_code": "2040601", "statement": "t1r2", "row_no": 2},
--   {"measure": "project_expenditure", "printed": "26,385,647.00", "unit": "元", "subject": "基层司法业务", "subject_code": "2040604", "statement": "t1r3", "row_no": 3},
--   {"measure": "project_expenditure", "printed": "38,454,900.00", "unit": "元", "subject": "其他司法支出", "subject_code": "2040699", "statement": "t1r4", "row_no": 4}]
-- @bad [{"measure": "project_expenditure", "printed": "64,840,547.00", "unit": "元", "subject": "司法", "subject_code": "20406", "statement": "t1r1", "row_no": 1},
--   {"measure": "project_expenditure", "printed": "64,840,547.00", "unit": "元", "subject": "行政运行", "subject_code": "2040601", "statement": "t1r2", "row_no": 2},
--   {"measure": "project_expenditure", "printed": "26,385,647.00", "unit": "元", "subject": "基层司法业务", "subject_code": "2040604", "statement": "t1r3", "row_no": 3},
--   {"measure": "project_expenditure", "printed": "38,454,900.00", "unit": "元", "subject": "其他司法支出", "subject_code": "2040699", "statement": "t1r4", "row_no": 4}]
select
    document_id,
    fact_id as equation_key,
    kind,
    subject,
    case
        when len(parts) = 0 then [part(null), result(fact_id)]
        else summing(parts, fact_id)
    end as terms,
    blank_words(blanks) as words
from branches
where digits = 5 and starts_with(code, '2')
