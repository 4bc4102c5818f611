-- 表中所载：表里的每个金额说的是哪件事、哪个阶段、哪种资金 / What tables state: each amount whose topic, stage and funds are established by its table.
-- `topic` is a topic of vocab/topics.csv, `f` with a functional code, `in` or `out` for all revenue or expenditure (with the name of
-- a source of revenue that is neither fiscal nor a public fund: `in:事业`), `basic`, `project`, `personnel`, `public`, `whole` for a
-- budget said of neither side, or `p:` with a programme. `stage` is initial, adjusted, budget, executed or final; `pot` is all,
-- fiscal, general, government_fund, state_capital, other, or own for a topic that has but one. `level` of a total is `year`
-- (本年合计), `grand` (总计) or `both` where nothing was carried over, else empty.
with grand as (
    select distinct fact_id
    from sheets
    where role = 'grand_total'
),

published as (
    select
        m.document_id,
        f.table_id,
        m.table_kind,
        m.fact_id,
        m.fact_no,
        case
            when m.flow = 'expenditure' and m.purpose <> 'all' and m.item in ('total', 'grand_total') then m.purpose
            when m.flow = 'expenditure' and m.purpose = 'all' and m.item like '2%' then 'f' || m.item
            when m.flow = 'expenditure' and m.purpose = 'all' and m.item in ('total', 'grand_total') then 'out'
            when m.flow = 'revenue' and m.item in ('total', 'grand_total') then 'in'
            when m.flow = 'revenue' and m.fund = 'other' then 'in:' || m.item
        end as topic,
        if(m.table_kind like 'budget%', 'budget', 'final') as stage,
        if(m.fund = 'whole', 'all', m.fund) as pot,
        case
            when m.item = 'grand_total' then 'grand'
            when m.item = 'total' and grand.fact_id is not null then 'both'
            when m.item = 'total' then 'year'
            else ''
        end as level,
        0 as year_offset,
        12 as month,
        m.number,
        m.half_unit
    from mentions as m
    inner join figures as f using (fact_id)
    left join grand using (fact_id)
),

-- “三公”经费、机关运行经费、政府采购各表，绩效评价的基础数据表和自评表
others as (
    select
        f.document_id,
        f.table_id,
        f.table_kind,
        f.fact_id,
        f.fact_no,
        n.name,
        n.topic as named_topic,
        f.subject_kind,
        replace(f.measure, 'prior_year_', '') as base_measure,
        case when f.fund_source <> 'all' then f.fund_source when f.scope = '' then 'all' end as pot,
        f.year_offset,
        coalesce(f.period_end_month, 12) as month,
        f.number,
        f.half_unit
    from figures as f
    inner join topics_named as n using (subject)
    where f.table_kind in (
            'three_public', 'budget_three_public', 'budget_operating', 'budget_procurement', 'base_data',
            'department_self_evaluation', 'project_self_evaluation', 'revenue'
        )
        and f.is_amount
        and f.fact_id = f.same_as
),

staged as (
    select
        *,
        case base_measure
            when 'initial_budget' then 'initial'
            when 'adjusted_budget' then 'adjusted'
            when 'final_account' then 'final'
            when 'budget' then 'budget'
            when 'executed' then 'executed'
        end as stage
    from others
),

topical as (
    select
        *,
        case
            when named_topic is not null and table_kind not in ('department_self_evaluation', 'project_self_evaluation', 'revenue')
                then named_topic
            when table_kind = 'budget_procurement' and subject_kind = 'department_total' then 'procurement'
            when table_kind in ('department_self_evaluation', 'revenue') and subject_kind = 'department_total'
                and stage in ('initial', 'adjusted', 'budget') then 'whole'
            when table_kind = 'department_self_evaluation' and subject_kind = 'department_total' and stage = 'executed' then 'out'
            when table_kind = 'revenue' and subject_kind = 'department_total' and stage = 'final' then 'in'
            when table_kind in ('revenue', 'department_self_evaluation') and subject_kind = 'fund_source' and pot <> 'other'
                then 'in'
            when table_kind in ('base_data', 'project_self_evaluation') and subject_kind = 'programme' then 'p:' || name
        end as topic
    from staged
    where stage is not null
        and pot is not null
),

stated as (
    select *
    from published
    where topic is not null
    union all by name
    select
        document_id,
        table_id,
        table_kind,
        fact_id,
        fact_no,
        topic,
        if(topic = 'out' and month = 12, 'final', stage) as stage,
        if(topic = named_topic, 'own', pot) as pot,
        if(topic in ('in', 'out'), 'year', '') as level,
        year_offset,
        month,
        number,
        half_unit
    from topical
    where topic is not null
)

select *
from stated
-- 同一张表里同一件事有两个不同的数的，分不清谁是谁
qualify count(distinct number) over (
        partition by document_id, table_id, topic, level, stage, pot, year_offset, month
    ) = 1
