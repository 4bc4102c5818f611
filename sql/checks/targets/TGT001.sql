-- 未达到指标值的，填有偏差原因 / A missed target comes with its reason
-- @formula 完成值未达到指标值的，“偏差原因”一栏不为空
-- @basis 绩效自评表“偏差大或目标未完成原因分析”“偏差原因分析及改进措施”栏；财预〔2020〕10号
-- @severity warning
-- @needs target, actual
-- @origin table
-- @message_zh 未达到指标值，表中要求的偏差原因却没有填写：{rows}。
-- @message_en Targets were missed, and the reasons that the form asks for are not given: {rows}.
-- @good [{"report": {"period_end_month": 12}}, {"measure": "target", "printed": "32", "subject_kind": "indicator", "subject": "网点数量", "row_no": 3, "statement": "t1r3"},
--   {"measure": "actual", "printed": "26", "subject_kind": "indicator", "subject": "网点数量", "row_no": 3, "statement": "t1r3"},
--   {"cell": "分值", "row_no": 2, "col_no": 5}, {"cell": "偏差原因分析及改进措施", "row_no": 2, "col_no": 7}, {"cell": "六家网点经核定未达到标准", "row_no": 3, "col_no": 7}]
-- @bad [{"report": {"period_end_month": 12}}, {"measure": "target", "printed": "32", "subject_kind": "indicator", "subject": "网点数量", "row_no": 3, "statement": "t1r3"},
--   {"measure": "actual", "printed": "26", "subject_kind": "indicator", "subject": "网点数量", "row_no": 3, "statement": "t1r3"},
--   {"cell": "分值", "row_no": 2, "col_no": 5}, {"cell": "偏差原因分析及改进措施", "row_no": 2, "col_no": 7}, {"cell": " ", "row_no": 3, "col_no": 7}]
with asked as (
    select
        g.document_id,
        g.table_id,
        g.first_no,
        g.subject,
        g.target,
        g.actual,
        g.is_missed,
        bool_or(r.is_filled) as is_given
    from goals as g
    inner join reports as d on d.document_id = g.document_id
    inner join reasons as r
        on r.table_id = g.table_id
        and (r.row_no = g.row_no or r.row_no is null)
    where g.is_missed is not null
        and d.period_end_month = 12
    group by all
)

select
    document_id,
    table_id as equation_key,
    'flag' as kind,
    '绩效指标' as subject,
    coalesce(bool_and(is_given or not is_missed), true) as holds,
    flatten(list([part(target.fact_id), part(actual.fact_id)] order by first_no) filter (where is_missed and not is_given))
        as terms,
    map {
        'rows': coalesce(
            string_agg(subject || '（指标值' || target.text || '，完成值' || actual.text || '）', '；' order by first_no)
                filter (where is_missed and not is_given),
            ''
        )
    } as words
from asked
group by document_id, table_id
