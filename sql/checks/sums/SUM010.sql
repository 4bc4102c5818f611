-- 功能科目的类等于其各款之和 / A functional class is the sum of its sections
-- @formula 类 = Σ 款（同一张表、同一栏）
-- @basis 会计恒等式；《政府收支分类科目》：款是类的完全划分
-- @severity error
-- @needs functional_code
-- @origin table
-- @message_zh {subject}：类与其各款之和不符，{equation}，相差{difference}。
-- @message_en {subject}: the class is not the sum of its sections: {equation_en}; off by {difference_en}.
-- @good [{"measure": "expenditure", "printed": "326.72", "subject": "社会保障和就业支出", "subject_code": "208", "statement": "t1r1", "row_no": 1},
--   {"measure": "expenditure", "printed": "300.00", "subject": "行政事业单位养老支出", "subject_code": "20805", "statement": "t1r2", "row_no": 2},
--   {"measure": "expenditure", "printed": "26.72", "subject": "社会福利", "subject_code": "20810", "statement": "t1r3", "row_no": 3},
--   {"measure": "expenditure", "printed": "60.99", "subject": "卫生健康支出", "subject_code": "210", "statement": "t1r4", "row_no": 4}]
-- @good [{"measure": "expenditure", "printed": "326.72", "subject": "社会保障和就业支出", "subject_code": "208", "statement": "t1r1", "row_no": 1},
--   {"measure": "expenditure", "printed": "300.00", "subject": "行政事业单位养老支出", "subject_code": "20805", "statement": "t1r2", "row_no": 2},
--   {"measure": "expenditure", "printed": "26.72", "subject": "社会福利", "statement": "t1r3", "row_no": 3}]
-- @bad [{"measure": "expenditure", "printed": "362.72", "subject": "社会保障和就业支出", "subject_code": "208", "statement": "t1r1", "row_no": 1},
--   {"measure": "expenditure", "printed": "300.00", "subject": "行政事业单位养老支出", "subject_code": "20805", "statement": "t1r2", "row_no": 2},
--   {"measure": "expenditure", "printed": "26.72", "subject": "社会福利", "subject_code": "20810", "statement": "t1r3", "row_no": 3}]
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
where digits = 3 and starts_with(code, '2')
