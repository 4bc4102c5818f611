-- 不同项目、不同指标不写同一段文字 / Different projects and indicators are not described by the same passage
-- @formula 绩效自评表中三十字以上的一段文字，不在不同项目或同一项目的不同指标下逐字重复
-- @basis 绩效目标和完成情况应与项目、指标对应；多为复制后未改
-- @severity hint
-- @needs text
-- @origin table
-- @message_zh 同一段文字逐字重复（{rows}），疑为复制后未改：“{quote}”。
-- @message_en The same passage stands in several places ({rows}); probably copied and not changed: “{quote_en}”.
-- @good [{"table": "项目绩效自评表", "kind": "wide_self_evaluation", "family": "self_evaluation_wide"}, {"cell": "项目成本控制在预算范围内", "row_no": 1, "col_no": 9}, {"cell": "项目成本控制在预算范围内", "row_no": 2, "col_no": 9}]
-- @bad [{"table": "项目绩效自评表", "kind": "wide_self_evaluation", "family": "self_evaluation_wide"},
--   {"measure": "executed", "printed": "35.2", "subject": "基层政权和社区建设", "row_no": 1, "statement": "t1r1"}, {"measure": "executed", "printed": "24.96", "subject": "界线争议调处维权", "row_no": 2, "statement": "t1r2"},
--   {"cell": "6月份完成当选证书订正工作；10月份完成换届选举准备工作，确保选举工作顺利进行。", "row_no": 1, "col_no": 9},
--   {"cell": "6月份完成当选证书订正工作；10月份完成换届选举准备工作，确保选举工作顺利进行。", "row_no": 2, "col_no": 9}]
with projects as (
    select
        table_id,
        row_no,
        min(subject) as project
    from core.facts
    where subject_kind = 'programme'
        and table_id is not null
    group by all
),

long_cells as (
    select
        p.document_id,
        p.table_id,
        p.row_no,
        p.col_no,
        p.text,
        coalesce(j.project, '第' || (p.row_no + 1) || '行') as project
    from passages as p
    inner join staging.tables as t using (table_id)
    left join projects as j
        on j.table_id = p.table_id
        and j.row_no = p.row_no
    where p.kind = 'cell'
        and t.family = 'self_evaluation_wide'
        and length(p.text) >= 30
),

repeated as (
    select
        document_id,
        table_id,
        text,
        count(*) as times,
        count(distinct row_no) as rows_held,
        max(col_no) - min(col_no) as widest,
        list(in_cell(table_id, row_no, col_no, left(text, 40)) order by row_no, col_no) as places,
        string_agg(distinct project, '、' order by project) as rows,
        min(row_no * 1000 + col_no) as first_no
    from long_cells
    group by all
)

select
    document_id,
    table_id || ':' || first_no as equation_key,
    'flag' as kind,
    '' as subject,
    -- 同一项目相邻两栏相同的，多为目标与完成情况，不算
    times = 1 or (rows_held = 1 and widest <= 1) as holds,
    places,
    map {'rows': rows} as words
from repeated
union all
select
    t.document_id,
    t.table_id,
    'flag',
    '',
    true,
    [],
    map {}
from staging.tables as t
where t.family = 'self_evaluation_wide'
