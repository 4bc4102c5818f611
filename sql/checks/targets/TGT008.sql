-- 执行率明显偏低的项目，填有原因 / A project hardly executed comes with its reason
-- @formula 执行率低于序时进度一半的行，“偏差大或未完成原因”一栏不为空
-- @basis 绩效运行监控情况统计表“指标偏差大或未完成原因分析”栏
-- @severity warning
-- @needs execution_rate
-- @origin table
-- @message_zh {subject}：执行率{rate}%，低于序时进度的一半，表中要求的原因却没有填写。
-- @message_en {subject}: executed {rate}%, less than half of what the time passed would suggest, and the reason that the form asks for is not given.
-- @good [{"report": {"period_end_month": 7}}, {"measure": "execution_rate", "printed": "0", "subject": "护理员岗位补贴", "row_no": 3, "statement": "t1r3"},
--   {"cell": "小计", "row_no": 2, "col_no": 5}, {"cell": "未完成原因分析", "row_no": 2, "col_no": 7}, {"cell": "计划9月拨付", "row_no": 3, "col_no": 7}]
-- @bad [{"report": {"period_end_month": 7}}, {"measure": "execution_rate", "printed": "0", "subject": "道路清理", "row_no": 3, "statement": "t1r3"},
--   {"measure": "execution_rate", "printed": "0", "subject": "护理员岗位补贴", "row_no": 4, "statement": "t1r4"},
--   {"cell": "小计", "row_no": 2, "col_no": 5}, {"cell": "未完成原因分析", "row_no": 2, "col_no": 7}, {"cell": " ", "row_no": 3, "col_no": 7}, {"cell": "计划9月拨付", "row_no": 4, "col_no": 7}]
with rates as (
    select
        f.document_id,
        f.table_id,
        f.row_no,
        f.subject,
        f.same_as,
        f.number,
        f.note,
        r.period_end_month
    from figures as f
    inner join reports as r using (document_id)
    where f.origin = 'table'
        and f.measure = 'execution_rate'
        and f.year_offset = 0
        and f.subject_kind in ('programme', 'department_total')
        and r.period_end_month is not null
),

-- 表里别的行填了原因，可见这一栏读得到
read_columns as (
    select distinct table_id
    from reasons
    where row_no is not null
        and is_filled
)

select
    r.document_id,
    r.same_as as equation_key,
    'flag' as kind,
    r.subject,
    r.number * 24 >= 100 * r.period_end_month or not (not coalesce(s.is_filled, false) and coalesce(r.note, '') = '') as holds,
    [part(r.same_as)] as terms,
    map {'rate': case when r.number = 0 then '0' else rtrim(rtrim(r.number::varchar, '0'), '.') end} as words
from rates as r
inner join read_columns using (table_id)
inner join reasons as s
    on s.table_id = r.table_id
    and s.row_no = r.row_no
