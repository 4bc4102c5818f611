-- 各项分值之和等于总分值 / The weights add up to the total weight
-- @formula Σ 分值（含预算执行率一项）= 总分值（100分）
-- @basis 绩效自评表的总分栏；财预〔2020〕10号
-- @severity error
-- @needs score_weight
-- @origin table
-- @message_zh 绩效自评表：各项分值之和与总分值不符，{equation}，相差{difference}分。
-- @message_en Self-evaluation form: the weights do not add up to the total: {equation_en}; off by {difference_en}.
-- @good [{"measure": "score_weight", "printed": "10", "list_id": "t2:score_weight", "list_role": "part", "statement": "t2r1"},
--   {"measure": "score_weight", "printed": "90", "list_id": "t2:score_weight", "list_role": "part", "statement": "t2r2"},
--   {"measure": "score_weight", "printed": "100", "list_id": "t2:score_weight", "list_role": "total", "statement": "t2r9"}]
-- @bad [{"measure": "score_weight", "printed": "10", "list_id": "t2:score_weight", "list_role": "part", "statement": "t2r1"},
--   {"measure": "score_weight", "printed": "95", "list_id": "t2:score_weight", "list_role": "part", "statement": "t2r2"},
--   {"measure": "score_weight", "printed": "100", "list_id": "t2:score_weight", "list_role": "total", "statement": "t2r9"}]

-- 同样各行的得分恰为总分时，各行已读全；否则各项之和小于总分值不作判断
select
    document_id,
    list_id as equation_key,
    case when closed_by = 'score' then 'sum' else 'partial_sum' end as kind,
    subject,
    summing(parts, sole_total) as terms
from lists
where partition = 'scores'
    and measure = 'score_weight'
    and totals > 0
