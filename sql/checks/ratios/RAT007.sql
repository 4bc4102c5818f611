-- 执行率的得分等于分值乘以执行率 / The score for execution is its weight times the rate
-- @formula 执行率得分 = 分值 × 执行率（得了满分的见 TGT003）；按区间记分的办法可以不同
-- @basis 绩效自评表：得分（分值×执行率）；财预〔2020〕10号：预算执行率权重为10%，按执行率记分
-- @severity hint
-- @needs execution_rate, score, score_weight
-- @origin table
-- @message_zh {subject}：执行率{rate}%，分值{weight}分，按比例应得{proportional}分，表中得{score}分；按区间记分的，以所用的办法为准。
-- @message_en {subject}: executed {rate}% of {weight} points, in proportion {proportional}, but scored {score}; a scale of steps may say otherwise.
-- @good [{"measure": "execution_rate", "printed": "95.28%", "statement": "t1r2"}, {"measure": "score", "printed": "9.5", "statement": "t1r2"},
--   {"measure": "score_weight", "printed": "10", "statement": "t1r2"}]
-- @good [{"measure": "execution_rate", "printed": "98.70%", "statement": "t1r2"}, {"measure": "score", "printed": "20", "statement": "t1r2"},
--   {"measure": "score_weight", "printed": "20", "statement": "t1r2"}, {"measure": "execution_rate", "printed": "50%", "statement": "t1r3"},
--   {"measure": "score", "printed": "5", "statement": "t1r3"}, {"measure": "score_weight", "printed": "10", "statement": "t1r3"}]
-- @good [{"measure": "execution_rate", "printed": "50%", "statement": "t1r3"}, {"measure": "score", "printed": "9", "statement": "t1r3"},
--   {"measure": "score_weight", "printed": "10", "statement": "t1r3"}, {"measure": "score_weight", "printed": "20", "statement": "t1r3"}]
-- @bad [{"measure": "execution_rate", "printed": "75.28%", "statement": "t1r2"}, {"measure": "score", "printed": "9.5", "statement": "t1r2"},
--   {"measure": "score_weight", "printed": "10", "statement": "t1r2"}]
select
    document_id,
    statement as equation_key,
    'flag' as kind,
    subject,
    abs(weight_number * rate_number / 100 - score_number) <= weight_number * rate_half / 100 + score_half as holds,
    [part(rate), part(weight), part(score)] as terms,
    map {
        'rate': rtrim(rtrim(rate_number::varchar, '0'), '.'),
        'weight': rtrim(rtrim(weight_number::varchar, '0'), '.'),
        'score': rtrim(rtrim(score_number::varchar, '0'), '.'),
        'proportional': rtrim(rtrim((weight_number * rate_number / 100)::decimal(18, 2)::varchar, '0'), '.')
    } as words
from scored
where weights = 1
    and score_number < weight_number
    and not is_contested
    and rate_number between 0 and 100
    and weight_number > 0
