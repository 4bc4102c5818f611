-- 同一项目在两张表上的数一致 / A project has the same figures in two tables of a report
-- @formula 同名项目、同一指标、同一资金、同一期间：汇总表 = 项目自评表（申报表）
-- @basis 同一项目、同一指标、同一期间的数只有一个；绩效运行监控表、自评表的填表说明
-- @severity error
-- @needs project_monitoring|project_self_evaluation|wide_self_evaluation|base_data
-- @origin table
-- @message_zh {subject}在《{one_table}》与《{other_table}》中不一致，{equation}，相差{difference}。
-- @message_en {subject} differs between two tables, {one_table} and {other_table}: {equation_en}; by {difference_en}.
-- @good [{"measure": "budget", "printed": "120.00", "subject": "养老服务体系建设运营补助", "table_kind": "wide_self_evaluation", "table_id": "d1:t1", "table_no": 1, "row_no": 5, "column_label": "", "statement": "t1r5", "subject_kind": "programme"},
--   {"measure": "budget", "printed": "1,200,000.00", "subject": "养老服务体系建设运营补助", "table_kind": "project_self_evaluation", "table_id": "d1:t2", "table_no": 2, "row_no": 5, "column_label": "", "statement": "t2r5", "subject_kind": "programme", "unit": "元"}]
-- @bad [{"measure": "executed", "printed": "118.44", "subject": "养老服务体系建设运营补助", "table_kind": "wide_self_evaluation", "table_id": "d1:t1", "table_no": 1, "row_no": 5, "column_label": "", "statement": "t1r5", "subject_kind": "programme"},
--   {"measure": "executed", "printed": "118.44", "subject": "养老服务体系建设运营补助", "table_kind": "project_self_evaluation", "table_id": "d1:t2", "table_no": 2, "row_no": 5, "column_label": "", "statement": "t2r5", "subject_kind": "programme", "fund_source": "general"},
--   {"measure": "executed", "printed": "181.44", "subject": "养老服务体系建设运营补助", "table_kind": "project_self_evaluation", "table_id": "d1:t2", "table_no": 2, "row_no": 5, "column_label": "", "statement": "t2r5", "subject_kind": "programme"}]
with projects as (
    select
        document_id,
        table_id,
        table_kind,
        any_value(table_title) as title,
        regexp_replace(subject, '\s', '', 'g') as project,
        measure,
        fund_source,
        period_end_month,
        min(fact_no) as fact_no,
        any_value(same_as) as fact_id,
        count(distinct number) as numbers
    from figures
    where table_kind in ('project_monitoring', 'project_self_evaluation', 'wide_self_evaluation', 'base_data')
        and origin = 'table'
        and subject_kind = 'programme'
        and length(subject) >= 4
        and year_offset = 0
        and is_amount
        and scope = ''
        and measure in ('initial_budget', 'budget_adjustment', 'adjusted_budget', 'budget', 'executed', 'final_account', 'forecast_executed')
    group by all
),

-- 每种表里只出现一次的同名项目才知是同一个
known as (
    select *
    from projects
    where numbers = 1
    qualify count(*) over (partition by document_id, table_kind, project, measure, fund_source, period_end_month) = 1
)

select
    a.document_id,
    concat_ws('|', a.project, a.measure, a.fund_source, a.table_kind, b.table_kind) as equation_key,
    'same' as kind,
    a.project as subject,
    [part(a.fact_id), result(b.fact_id)] as terms,
    map {'one_table': coalesce(a.title, '前表'), 'other_table': coalesce(b.title, '后表')} as words
from known as a
inner join known as b
    on b.document_id = a.document_id
    and b.project = a.project
    and b.measure = a.measure
    and b.fund_source = a.fund_source
    and b.period_end_month is not distinct from a.period_end_month
    and b.table_kind <> a.table_kind
    and b.fact_no > a.fact_no
