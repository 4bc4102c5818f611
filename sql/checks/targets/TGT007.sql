-- 指标未达到指标值的提示 / Targets that were not reached
-- @formula 完成值达到指标值
-- @basis 绩效自评表、监控表：逐项对照指标值；年中监控只看满意度、准确率一类不随进度变化的指标
-- @severity hint
-- @needs target, actual
-- @origin table
-- @message_zh 未达到指标值：{rows}。
-- @message_en Targets that were not reached: {rows}.
-- @good [{"report": {"period_end_month": 12}}, {"measure": "target", "printed": "90", "unit": "%", "comparator": ">=", "subject_kind": "indicator", "subject": "满意度", "statement": "t1r3"},
--   {"measure": "actual", "printed": "93", "unit": "%", "subject_kind": "indicator", "subject": "满意度", "statement": "t1r3"}]
-- @good [{"report": {"period_end_month": 7}}, {"measure": "target", "printed": "100", "unit": "场", "subject_kind": "indicator", "subject": "活动场次", "statement": "t1r3"},
--   {"measure": "actual", "printed": "60", "unit": "场", "subject_kind": "indicator", "subject": "活动场次", "statement": "t1r3"}]
-- @bad [{"report": {"period_end_month": 7}}, {"measure": "target", "printed": "90", "unit": "%", "comparator": ">=", "subject_kind": "indicator", "subject": "满意度", "statement": "t1r3"},
--   {"measure": "actual", "printed": "89", "unit": "%", "subject_kind": "indicator", "subject": "满意度", "statement": "t1r3"}]
with compared as (
    select
        g.*,
        -- 得了分的未达标指标，由满分、原因两项检查去说
        g.is_missed and g.score.number is null as is_told
    from goals as g
    inner join reports as r using (document_id)
    where g.is_missed is not null
        and (r.period_end_month = 12 or regexp_matches(g.subject || g.level1, '满意|准确率|合格率|达标率'))
)

select
    document_id,
    table_id as equation_key,
    'flag' as kind,
    '绩效指标' as subject,
    not bool_or(is_told) as holds,
    flatten(list([part(target.fact_id), part(actual.fact_id)] order by first_no) filter (where is_told)) as terms,
    map {
        'rows': coalesce(
            string_agg(subject || '（指标值' || target.text || '，完成值' || actual.text || '）', '；' order by first_no)
                filter (where is_told),
            ''
        )
    } as words
from compared
group by document_id, table_id
