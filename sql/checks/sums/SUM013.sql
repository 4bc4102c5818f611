-- 合计等于各类科目之和 / The total is the sum of the classes
-- @formula 合计 = Σ 类（同一张表、同一栏；合计在首行或末行）
-- @basis 会计恒等式；部门预算、决算公开表的合计行
-- @severity error
-- @needs functional_code|economic_code
-- @origin table
-- @message_zh {subject}：合计与各类之和不符，{equation}，相差{difference}。
-- @message_en {subject}: the total is not the sum of its classes: {equation_en}; off by {difference_en}.
-- @good [{"measure": "expenditure", "printed": "387.71", "subject": "合计", "statement": "t1r1", "row_no": 1},
--   {"measure": "expenditure", "printed": "326.72", "subject": "社会保障和就业支出", "subject_code": "208", "statement": "t1r2", "row_no": 2},
--   {"measure": "expenditure", "printed": "326.72", "subject": "行政事业单位养老支出", "subject_code": "20805", "statement": "t1r3", "row_no": 3},
--   {"measure": "expenditure", "printed": "60.99", "subject": "卫生健康支出", "subject_code": "210", "statement": "t1r4", "row_no": 4}]
-- @good [{"measure": "expenditure", "printed": "326.72", "subject": "社会保障和就业支出", "subject_code": "208", "statement": "t1r2", "row_no": 2},
--   {"measure": "expenditure", "printed": "60.99", "subject": "卫生健康支出", "subject_code": "210", "statement": "t1r4", "row_no": 4},
--   {"measure": "expenditure", "printed": "12.29", "subject": "住房保陣支出", "statement": "t1r5", "row_no": 5},
--   {"measure": "expenditure", "printed": "400.00", "subject": "合计", "statement": "t1r6", "row_no": 6}]
-- @bad [{"measure": "expenditure", "printed": "326.72", "subject": "社会保障和就业支出", "subject_code": "208", "statement": "t1r2", "row_no": 2},
--   {"measure": "expenditure", "printed": "60.99", "subject": "卫生健康支出", "subject_code": "210", "statement": "t1r4", "row_no": 4},
--   {"measure": "expenditure", "printed": "378.71", "subject": "合计", "statement": "t1r6", "row_no": 6}]
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
where digits = 0
