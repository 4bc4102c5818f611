-- 各项得分之和等于总分 / The scores add up to the total score
-- @formula Σ 得分（含预算执行率一项）= 总分
-- @basis 绩效自评表的总分栏；财预〔2020〕10号
-- @severity error
-- @needs score
-- @origin table
-- @message_zh 绩效自评表：各项得分之和与总分不符，{equation}，相差{difference}分。
-- @message_en Self-evaluation form: the scores do not add up to the total: {equation_en}; off by {difference_en}.
-- @good [{"measure": "score", "printed": "9", "list_id": "t2:score", "list_role": "part", "statement": "t2r1"},
--   {"measure": "score", "printed": "85", "list_id": "t2:score", "list_role": "part", "statement": "t2r2"},
--   {"measure": "score", "printed": "94", "list_id": "t2:score", "list_role": "total", "statement": "t2r9"},
--   {"measure": "score_weight", "printed": "10", "list_id": "t2:score_weight", "list_role": "part", "statement": "t2r1"},
--   {"measure": "score_weight", "printed": "90", "list_id": "t2:score_weight", "list_role": "part", "statement": "t2r2"},
--   {"measure": "score_weight", "printed": "100", "list_id": "t2:score_weight", "list_role": "total", "statement": "t2r9"}]
-- @bad [{"measure": "score", "printed": "9", "list_id": "t2:score", "list_role": "part", "statement": "t2r1"},
--   {"measure": "score", "printed": "85", "list_id": "t2:score", "list_role": "part", "statement": "t2r2"},
--   {"measure": "score", "printed": "96", "list_id": "t2:score", "list_role": "total", "statement": "t2r9"},
--   {"measure": "score_weight", "printed": "10", "list_id": "t2:score_weight", "list_role": "part", "statement": "t2r1"},
--   {"measure": "score_weight", "printed": "90", "list_id": "t2:score_weight", "list_role": "part", "statement": "t2r2"},
--   {"measure": "score_weight", "printed": "100", "list_id": "t2:score_weight", "list_role": "total", "statement": "t2r9"}]

-- 同样各行的分值恰为总分值时，各行已读全；否则各项之和小于总分不作判断
select
    document_id,
    list_id as equation_key,
    case when closed_by = 'score_weight' then 'sum' else 'partial_sum' end as kind,
    subject,
    summing(parts, sole_total) as terms
from lists
where partition = 'scores'
    and measure = 'score'
    and totals > 0
