-- 未达到指标值的，不得满分 / A missed target does not score full points
-- @formula 完成值 < 指标值的，得分 < 分值
-- @basis 财预〔2020〕10号：定量指标未完成指标值的，按照完成值与指标值的比例记分
-- @severity warning
-- @needs target, actual, score
-- @origin table
-- @message_zh 未达到指标值，却得满分：{rows}。按比例记分的，应予扣分。
-- @message_en Targets were missed, yet scored full points: {rows}.
-- @good [{"measure": "target", "printed": "32", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3"},
--   {"measure": "actual", "printed": "26", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3"},
--   {"measure": "score_weight", "printed": "5", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3"},
--   {"measure": "score", "printed": "4", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3"}]
-- @good [{"measure": "target", "printed": "32", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3"},
--   {"measure": "actual", "printed": "26", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3"},
--   {"measure": "score", "printed": "2", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3", "list_id": "t1:score", "list_role": "part"},
--   {"measure": "score", "printed": "96", "subject_kind": "other", "subject": "总分", "statement": "t1r9", "list_id": "t1:score", "list_role": "total"}]
-- @bad [{"measure": "target", "printed": "32", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3"},
--   {"measure": "actual", "printed": "26", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3"},
--   {"measure": "score_weight", "printed": "5", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3"},
--   {"measure": "score", "printed": "5", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3"}]
-- @bad [{"measure": "target", "printed": "32", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3"},
--   {"measure": "actual", "printed": "26", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3"},
--   {"measure": "score", "printed": "2", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3", "list_id": "t1:score", "list_role": "part"},
--   {"measure": "score", "printed": "100", "subject_kind": "other", "subject": "总分", "statement": "t1r9", "list_id": "t1:score", "list_role": "total"}]
with full_marks as (
    -- 总分为满分100分的，各项都是满分
    select distinct
        document_id,
        table_id
    from figures
    where measure = 'score'
        and list_role = 'total'
        and number = 100
        and table_id is not null
),

scored as (
    select
        g.*,
        case
            when g.weight.number is not null then g.score.number >= g.weight.number
            when f.table_id is not null then true
        end as is_full
    from goals as g
    left join full_marks as f using (document_id, table_id)
    where g.is_missed is not null
        and g.score.number > 0
)

select
    document_id,
    table_id as equation_key,
    'flag' as kind,
    '绩效指标' as subject,
    not bool_or(is_missed and is_full) as holds,
    flatten(
        list([part(target.fact_id), part(actual.fact_id), part(score.fact_id)] order by first_no)
            filter (where is_missed and is_full)
    ) as terms,
    map {
        'rows': coalesce(
            string_agg(
                subject || '（指标值' || target.text || '，完成值' || actual.text || '，得' || score.text || '分）', '；' order by first_no
            ) filter (where is_missed and is_full),
            ''
        )
    } as words
from scored
where is_full is not null
group by document_id, table_id
