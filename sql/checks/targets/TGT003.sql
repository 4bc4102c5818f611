-- 执行率不足100%的，执行率一项不得满分 / A budget not fully executed does not score full points for its execution
-- @formula 执行率 < 100% 时，执行率得分 < 分值（得分 = 分值 × 执行率）
-- @basis 绩效自评表：得分（20分×执行率）；财预〔2020〕10号：预算执行率权重为10%
-- @severity warning
-- @needs execution_rate, score
-- @origin table
-- @message_zh {subject}：执行率{rate}%，执行率一项却得满分{score}分。
-- @message_en {subject}: executed {rate}%, yet scored full points ({score}).
-- @good [{"measure": "execution_rate", "printed": "98.70%", "statement": "t1r2"}, {"measure": "score", "printed": "19.74", "statement": "t1r2"},
--   {"measure": "score_weight", "printed": "20", "statement": "t1r2"}]
-- @good [{"measure": "execution_rate", "printed": "100%", "statement": "t1r2"}, {"measure": "score", "printed": "10", "statement": "t1r2"},
--   {"measure": "score_weight", "printed": "10", "statement": "t1r2"}]
-- @bad [{"measure": "execution_rate", "printed": "98.70%", "statement": "t1r2"}, {"measure": "score", "printed": "20", "statement": "t1r2"},
--   {"measure": "score_weight", "printed": "20", "statement": "t1r2"}]
with totals as (
    select
        document_id,
        table_id,
        max(number) as total_number
    from figures
    where measure = 'score'
        and list_role = 'total'
    group by all
),

known as (
    select
        s.*,
        case
            when s.weight_number is not null then s.score_number >= s.weight_number
            when t.total_number = 100 then true
        end as is_full
    from scored as s
    left join totals as t using (document_id, table_id)
)

select
    document_id,
    statement as equation_key,
    'flag' as kind,
    subject,
    not (is_full and rate_number + rate_half < 100) as holds,
    [part(rate), part(score)] as terms,
    map {
        'rate': rtrim(rtrim(rate_number::varchar, '0'), '.'),
        'score': rtrim(rtrim(score_number::varchar, '0'), '.')
    } as words
from known
where is_full is not null
    and score_number > 0
