-- 扣了分的，填有偏差原因 / Points taken off come with their reason
-- @formula 得分 < 分值的行，“偏差原因分析及改进措施”一栏不为空
-- @basis 绩效自评表“偏差原因分析及改进措施”栏；财预〔2020〕10号：偏离绩效目标的应说明原因
-- @severity warning
-- @needs score, score_weight
-- @origin table
-- @message_zh 得分低于分值，表中要求的偏差原因却没有填写：{rows}。
-- @message_en Points were taken off, and the reasons that the form asks for are not given: {rows}.
-- @good [{"measure": "target", "printed": "95", "unit": "%", "subject_kind": "indicator", "subject": "准确率", "statement": "t1r3", "row_no": 3}, {"measure": "actual", "printed": "95", "unit": "%", "subject_kind": "indicator", "subject": "准确率", "statement": "t1r3", "row_no": 3},
--   {"measure": "score_weight", "printed": "5", "subject_kind": "indicator", "subject": "准确率", "statement": "t1r3", "row_no": 3}, {"measure": "score", "printed": "4", "subject_kind": "indicator", "subject": "准确率", "statement": "t1r3", "row_no": 3},
--   {"cell": "分值", "row_no": 2, "col_no": 5}, {"cell": "偏差原因分析及改进措施", "row_no": 2, "col_no": 7}, {"cell": "个别对象信息更新不及时", "row_no": 3, "col_no": 7}]
-- @bad [{"measure": "target", "printed": "95", "unit": "%", "subject_kind": "indicator", "subject": "准确率", "statement": "t1r3", "row_no": 3}, {"measure": "actual", "printed": "95", "unit": "%", "subject_kind": "indicator", "subject": "准确率", "statement": "t1r3", "row_no": 3},
--   {"measure": "score_weight", "printed": "5", "subject_kind": "indicator", "subject": "准确率", "statement": "t1r3", "row_no": 3}, {"measure": "score", "printed": "4", "subject_kind": "indicator", "subject": "准确率", "statement": "t1r3", "row_no": 3},
--   {"cell": "分值", "row_no": 2, "col_no": 5}, {"cell": "偏差原因分析及改进措施", "row_no": 2, "col_no": 7}, {"cell": "无", "row_no": 3, "col_no": 7}]
with reasoned as (
    select
        g.document_id,
        g.table_id,
        g.first_no,
        g.subject,
        g.score,
        g.weight,
        g.score.number < g.weight.number and not coalesce(g.is_missed, false) as is_reduced,
        bool_or(r.is_filled) as is_given
    from goals as g
    inner join reasons as r
        on r.table_id = g.table_id
        and (r.row_no = g.row_no or r.row_no is null)
    where g.score.number is not null
        and g.weight.number is not null
    group by all
)

select
    document_id,
    table_id as equation_key,
    'flag' as kind,
    '绩效指标' as subject,
    coalesce(bool_and(is_given or not is_reduced), true) as holds,
    flatten(list([part(score.fact_id), part(weight.fact_id)] order by first_no) filter (where is_reduced and not is_given))
        as terms,
    map {
        'rows': coalesce(
            string_agg(subject || '（' || weight.text || '分得' || score.text || '分）', '；' order by first_no)
                filter (where is_reduced and not is_given),
            ''
        )
    } as words
from reasoned
group by document_id, table_id
