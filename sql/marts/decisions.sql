-- 人工决定：每项更正、认可一行，连同它用上了没有、为何没有 / what people decided, one row a correction or acknowledgement, and whether it still applies.
-- @col kind 种类 / correction or acknowledgement
-- @col decision_no 决定序号 / number of the decision among those of its kind
-- @col state 状态 / corrected, confirmed or acknowledged; stale, superseded or invalid where it applies to nothing
-- @col why 未采用的原因 / why it applies to nothing, NULL where it does
-- @col document_id 文档编号 / document, NULL where none has these bytes or this name
-- @col file 文件 / path below data/raw
-- @col finding_id 问题编号 / the finding acknowledged
-- @col table_no 第几张表 / table of the cell corrected, as written
-- @col row_no 行号 / row of the cell, as written
-- @col col_no 列号 / column of the cell, as written
-- @col char_start 起始字符 / span of the text corrected, as written
-- @col char_end 结束字符 / its end
-- @col printed 当时所印 / what the decision saw
-- @col corrected 更正为 / what it puts in its place
-- @col reason 理由 / reason
-- @col decided_by 决定人 / who decided
-- @col decided_on 决定日期 / when, as written
-- @col source 来源文件 / file of decisions
-- @col line_no 来源行号 / line there
with read_files as (
    select sha256, any_value(document_id) as document_id, any_value(file) as file
    from staging.files
    where is_read
    group by sha256
),

meant as (
    select a.decision_no, f.document_id, f.file
    from staging.acknowledgements as a
    inner join audit.findings as f on f.finding_id = a.finding_id
    where a.fault is null
    union all
    select a.decision_no, f.document_id, f.file
    from staging.acknowledgements as a
    inner join audit.findings as f on f.signature = a.signature and f.file = a.file
    where a.fault is null
),

applied as (
    select
        decision_no,
        min(document_id) as document_id,
        min(file) as file
    from meant
    group by decision_no
),

all_decisions as (
    select
        'correction' as kind,
        c.decision_no,
        c.state,
        c.why,
        r.document_id,
        r.file,
        null::varchar as finding_id,
        c.table_no,
        c.row_no,
        c.col_no,
        c.char_start,
        c.char_end,
        c.printed,
        c.corrected,
        c.reason,
        c.decided_by,
        c.decided_on,
        c.source,
        c.line_no
    from staging.corrections as c
    left join read_files as r on r.sha256 = lower(c.sha256)
    union all
    select
        'acknowledgement',
        a.decision_no,
        case
            when a.fault is not null then 'invalid'
            when p.decision_no is null then 'stale'
            else 'acknowledged'
        end,
        coalesce(a.fault, case when p.decision_no is null then '没有这个问题：它的数已变，或已不再发现' end),
        p.document_id,
        coalesce(p.file, a.file),
        a.finding_id,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        a.reason,
        a.decided_by,
        a.decided_on,
        a.source,
        a.line_no
    from staging.acknowledgements as a
    left join applied as p on p.decision_no = a.decision_no
)

select
    kind,
    decision_no,
    state,
    why,
    document_id,
    file,
    finding_id,
    table_no,
    row_no,
    col_no,
    char_start,
    char_end,
    printed,
    corrected,
    reason,
    decided_by,
    decided_on,
    source,
    line_no
from all_decisions
order by kind desc, decision_no
