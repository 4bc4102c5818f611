-- 同一项目的增减额前后一致；财政拨款收入、支出相等的，增减额也相等 / A change said twice is the same; where fiscal revenue and expenditure are equal, so are their changes
-- @formula 同一资金来源、同一科目的增减额，后文 = 前文；财政拨款收入的增减额 = 财政拨款支出的增减额（= 一般公共预算拨款支出的增减额，没有政府性基金时），本年数相等、同说“比上年预算”
-- @basis 预算法第十二条：收支平衡；区级部门预算模板：“财政拨款收入…万元，比上年预算增加…万元”“财政拨款支出预算…万元，比上年预算增加…万元”
-- @severity warning
-- @needs change_amount
-- @origin narrative
-- @message_zh {subject}：与同一基数相比的增减额前后不一致，{equation}。
-- @message_en {subject}: the changes against the same base differ ({equation_en}).
-- @good [{"measure": "budget", "printed": "8695.94", "subject": "财政拨款收入", "subject_kind": "fund_source", "scope": "财政拨款", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "change_amount", "printed": "794.88", "subject": "财政拨款收入", "subject_kind": "fund_source", "scope": "财政拨款", "rate_basis": "prior", "column_label": "比2025年预算增加", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "budget", "printed": "8695.94", "subject": "财政拨款支出", "subject_kind": "fund_source", "scope": "财政拨款", "origin": "narrative", "statement": "s2.1"},
--   {"measure": "change_amount", "printed": "794.88", "subject": "财政拨款支出", "subject_kind": "fund_source", "scope": "财政拨款", "rate_basis": "prior", "column_label": "比2025年预算增加", "origin": "narrative", "statement": "s2.1"}]
-- @bad [{"measure": "budget", "printed": "8695.94", "subject": "财政拨款收入", "subject_kind": "fund_source", "scope": "财政拨款", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "change_amount", "printed": "794.88", "subject": "财政拨款收入", "subject_kind": "fund_source", "scope": "财政拨款", "rate_basis": "prior", "column_label": "比2025年预算增加", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "budget", "printed": "8695.94", "subject": "财政拨款支出", "subject_kind": "fund_source", "scope": "财政拨款", "origin": "narrative", "statement": "s2.1"},
--   {"measure": "change_amount", "printed": "749.88", "subject": "财政拨款支出", "subject_kind": "fund_source", "scope": "财政拨款", "rate_basis": "prior", "column_label": "比2025年预算增加", "origin": "narrative", "statement": "s2.1"}]
with twice as (
    select
        change.document_id,
        change.fact_id,
        change.fact_no,
        change.subject,
        first_value(change.fact_id) over (
            partition by
                change.document_id, change.topic, change.pot, change.level,
                coalesce(
                    nullif(regexp_extract(change.cue, '执行|决算|预算'), ''),
                    if(list_contains(r.families, 'final_accounts'), '决算', '预算')
                )
            order by change.fact_no
        ) as first_id
    from said_in_prose as change
    inner join reports as r using (document_id)
    where change.stage = 'change_amount'
        and change.rate_basis = 'prior'
        and change.year_offset = 0
        and (change.fund_source <> 'all' or change.pot = 'own')
        and change.topic not in ('basic', 'project', 'personnel', 'public')
),

changed as (
    select
        change.document_id,
        change.fact_id,
        change.fact_no,
        change.subject,
        now.number as now,
        now.stage,
        case when single_fund.stage is not null and change.pot = 'fiscal' then 'general' else change.pot end as pot,
        regexp_extract(change.cue, '预算执行|执行|决算|预算') as base
    from said_in_prose as change
    inner join said_in_prose as now
        on now.document_id = change.document_id
        and now.statement = change.statement
        and now.topic = change.topic
        and now.stage in ('budget', 'final')
        and now.year_offset = 0
    left join single_fund
        on single_fund.document_id = now.document_id
        and single_fund.stage = now.stage
    where change.stage = 'change_amount'
        and change.rate_basis = 'prior'
        and change.topic in ('in', 'out')
        and change.pot in ('fiscal', 'general')
),

mentions_said as (
    select
        *,
        first_value(fact_id) over (partition by document_id, pot, stage, base, now order by fact_no) as first_id
    from changed
    where base <> ''
)

select distinct
    document_id,
    fact_id || ':' || first_id as equation_key,
    'same' as kind,
    subject,
    [part(first_id), result(fact_id)] as terms
from (
    select document_id, fact_id, subject, first_id from mentions_said
    union all
    select document_id, fact_id, subject, first_id from twice
)
where fact_id <> first_id
