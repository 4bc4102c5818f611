-- 经济科目的类等于其各款之和 / An economic class is the sum of its sections
-- @formula 类 = Σ 款（工资福利支出 = 基本工资 + 津贴补贴 + …；同一张表、同一栏）
-- @basis 会计恒等式；《政府收支分类科目》支出经济分类：款是类的完全划分
-- @severity error
-- @needs economic_code
-- @origin table
-- @message_zh {subject}：类与其各款之和不符，{equation}，相差{difference}。
-- @message_en {subject}: the class is not the sum of its sections: {equation_en}; off by {difference_en}.
-- @good [{"measure": "final_account", "printed": "69.41", "subject": "对个人和家庭的补助", "subject_code": "303", "statement": "t1r17.1", "row_no": 17},
--   {"measure": "final_account", "printed": "69.10", "subject": "退休费", "subject_code": "30302", "statement": "t1r19.1", "row_no": 19},
--   {"measure": "final_account", "printed": "0.31", "subject": "奖励金", "subject_code": "30309", "statement": "t1r26.1", "row_no": 26},
--   {"measure": "final_account", "printed": "13.58", "subject": "资本性支出", "subject_code": "310", "statement": "t1r32.2", "row_no": 32}]
-- @bad [{"measure": "final_account", "printed": "69.41", "subject": "对个人和家庭的补助", "subject_code": "303", "statement": "t1r17.1", "row_no": 17},
--   {"measure": "final_account", "printed": "69.01", "subject": "退休费", "subject_code": "30302", "statement": "t1r19.1", "row_no": 19},
--   {"measure": "final_account", "printed": "0.31", "subject": "奖励金", "subject_code": "30309", "statement": "t1r26.1", "row_no": 26}]
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
where digits = 3 and not starts_with(code, '2')
