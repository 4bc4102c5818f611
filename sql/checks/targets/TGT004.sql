-- 完成值与指标值同一口径 / What was reached is stated in the unit of the target
-- @formula 指标值为数量、金额的，完成值不填百分比；指标值为百分比的，完成值不填数量
-- @basis 绩效自评表：完成值与指标值逐项对应；单位不同不能比较是否完成
-- @severity warning
-- @needs target, actual
-- @origin table
-- @message_zh 指标值与完成值单位不同，无法比较：{rows}。
-- @message_en Targets and results are in different units: {rows}.
-- @good [{"measure": "target", "printed": "12", "unit": "次", "subject_kind": "indicator", "subject": "上报次数", "statement": "t1r3"},
--   {"measure": "actual", "printed": "12", "unit": "次", "subject_kind": "indicator", "subject": "上报次数", "statement": "t1r3"}]
-- @good [{"measure": "target", "printed": "100", "unit": "个", "subject_kind": "indicator", "subject": "新增床位", "statement": "t1r3"},
--   {"measure": "actual", "printed": "122", "unit": "张", "subject_kind": "indicator", "subject": "新增床位", "statement": "t1r3"}]
-- @bad [{"measure": "target", "printed": "12", "unit": "次", "subject_kind": "indicator", "subject": "上报次数", "statement": "t1r3"},
--   {"measure": "actual", "printed": "100", "unit": "%", "subject_kind": "indicator", "subject": "上报次数", "statement": "t1r3"}]
select
    document_id,
    table_id as equation_key,
    'flag' as kind,
    '绩效指标' as subject,
    not bool_or(is_other_unit) as holds,
    flatten(list([part(target.fact_id), part(actual.fact_id)] order by first_no) filter (where is_other_unit)) as terms,
    map {
        'rows': coalesce(
            string_agg(subject || '（指标值' || target.text || '，完成值' || actual.text || '）', '；' order by first_no)
                filter (where is_other_unit),
            ''
        )
    } as words
from goals
where is_other_unit is not null
    and target.number is not null
    and actual.number is not null
group by document_id, table_id
