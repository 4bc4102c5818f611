-- 得分不超过分值 / A score is not more than its weight
-- @formula 0 ≤ 得分 ≤ 分值，逐行（总分行：总分 ≤ 总分值）
-- @basis 绩效自评表：分值为该项的满分；财预〔2020〕10号
-- @severity error
-- @needs score, score_weight
-- @origin table
-- @message_zh {subject}：得分超过了分值，{equation}（分）。
-- @message_en {subject}: the score is more than the full points ({equation_en}).
-- @good [{"measure": "score_weight", "printed": "15", "subject": "合格率", "statement": "t1r2"}, {"measure": "score", "printed": "15", "subject": "合格率", "statement": "t1r2"}]
-- @bad [{"measure": "score_weight", "printed": "15", "subject": "合格率", "statement": "t1r2"}, {"measure": "score", "printed": "16", "subject": "合格率", "statement": "t1r2"}]
select
    s.document_id,
    s.statement || ':' || s.fund_source || ':' || s.year_offset as equation_key,
    'bound' as kind,
    f.subject,
    [part(s.own['score']), result(s.own['score_weight'])] as terms
from statements as s
inner join figures as f on f.fact_id = s.own['score']
where s.own['score_weight'] is not null
    and f.origin = 'table'
