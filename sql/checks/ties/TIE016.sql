-- 整体表与项目表的部门总数一致 / The department's totals are the same in its own form and in the table of projects
-- @formula 部门整体绩效表的资金总额（年初、追加、全年预算、执行数）= 项目汇总表“部门整体”行的同一指标
-- @basis 同一部门、同一指标、同一期间的数只有一个；绩效运行监控表、自评表的填表说明
-- @severity error
-- @needs department_monitoring|department_self_evaluation, project_monitoring|wide_self_evaluation
-- @origin table
-- @message_zh 部门总数在《{one_table}》与《{other_table}》中不一致，{equation}，相差{difference}。
-- @message_en The department's total differs between {one_table} and {other_table}: {equation_en}; by {difference_en}.
-- @good [{"measure": "initial_budget", "printed": "6856.91", "subject": "资金总额", "table_kind": "department_monitoring", "table_id": "d1:t1", "table_no": 1, "row_no": 2, "column_label": "", "statement": "t1r2", "subject_kind": "department_total"},
--   {"measure": "initial_budget", "printed": "6856. 91", "subject": "部门整体", "table_kind": "project_monitoring", "table_id": "d1:t2", "table_no": 2, "row_no": 2, "column_label": "", "statement": "t2r2", "subject_kind": "department_total"}]
-- @bad [{"measure": "initial_budget", "printed": "6856.91", "subject": "资金总额", "table_kind": "department_monitoring", "table_id": "d1:t1", "table_no": 1, "row_no": 2, "column_label": "", "statement": "t1r2", "subject_kind": "department_total"},
--   {"measure": "initial_budget", "printed": "6865.91", "subject": "部门整体", "table_kind": "project_monitoring", "table_id": "d1:t2", "table_no": 2, "row_no": 2, "column_label": "", "statement": "t2r2", "subject_kind": "department_total"}]
with totals as (
    select
        document_id,
        table_id,
        table_kind,
        table_title,
        measure,
        fund_source,
        period_end_month,
        unit,
        same_as as fact_id,
        number
    from figures
    where table_kind in (
            'department_monitoring', 'department_self_evaluation', 'project_monitoring', 'wide_self_evaluation'
        )
        and subject_kind = 'department_total'
        and regexp_matches(subject, '总额$|^部门(?:（单位）)?整体|^整体支出$')
        and scope = ''
        and year_offset = 0
        and is_amount
        and measure in ('initial_budget', 'budget_adjustment', 'adjusted_budget', 'executed', 'forecast_executed')
),

-- 几个单位的表在一起的，不知谁与谁相对
single as (
    select
        document_id,
        starts_with(table_kind, 'department') as is_whole,
        measure,
        fund_source,
        period_end_month,
        any_value(fact_id) as fact_id,
        coalesce(any_value(table_title), any_value(table_kind)) as title
    from totals
    group by all
    having count(distinct table_id) = 1
        and count(distinct number) = 1
)

select
    a.document_id,
    concat_ws('|', a.measure, a.fund_source, a.period_end_month) as equation_key,
    'same' as kind,
    '部门整体' as subject,
    [part(a.fact_id), result(b.fact_id)] as terms,
    map {'one_table': a.title, 'other_table': b.title} as words
from single as a
inner join single as b
    on b.document_id = a.document_id
    and b.measure = a.measure
    and b.fund_source = a.fund_source
    and b.period_end_month is not distinct from a.period_end_month
    and not b.is_whole
where a.is_whole
