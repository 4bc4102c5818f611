-- 完成值远超指标值的，指标值设定偏低 / A result far beyond its target: the target was set too low
-- @formula 数量指标的完成值不超过指标值的1.5倍
-- @basis 财预〔2020〕10号：完成值高于指标值较多的，要分析原因，属年初指标值设定明显偏低的按偏离度调减分值
-- @severity hint
-- @needs target, actual
-- @origin table
-- @message_zh 完成值远超指标值，指标值设定可能偏低：{rows}。
-- @message_en Results far beyond their targets, which may have been set too low: {rows}.
-- @good [{"measure": "target", "printed": "100", "unit": "张", "subject_kind": "indicator", "subject": "新增床位", "statement": "t1r3"},
--   {"measure": "actual", "printed": "122", "unit": "张", "subject_kind": "indicator", "subject": "新增床位", "statement": "t1r3"}]
-- @bad [{"measure": "target", "printed": "76", "unit": "个", "subject_kind": "indicator", "subject": "设施数量", "statement": "t1r3"},
--   {"measure": "actual", "printed": "123", "subject_kind": "indicator", "subject": "设施数量", "statement": "t1r3"}]
select
    document_id,
    table_id as equation_key,
    'flag' as kind,
    '绩效指标' as subject,
    not bool_or(is_far_beyond) as holds,
    flatten(list([part(target.fact_id), part(actual.fact_id)] order by first_no) filter (where is_far_beyond)) as terms,
    map {
        'rows': coalesce(
            string_agg(subject || '（指标值' || target.text || '，完成值' || actual.text || '）', '；' order by first_no)
                filter (where is_far_beyond),
            ''
        )
    } as words
from goals
where is_far_beyond is not null
group by document_id, table_id
