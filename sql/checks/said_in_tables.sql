-- 表中所载：表里的每个金额说的是哪件事、哪个阶段、哪种资金 / What tables state: each amount whose topic, stage and funds are established by its table.
-- `topic` is a topic of vocab/topics.csv, `f` with a functional code, `in` or `out` for all revenue or expenditure (with the name of
-- a source of revenue that is neither fiscal nor a public fund: `in:事业收入`), `basic`, `project`, `personnel`, `public`, `whole` for
-- a budget said of neither side, or `p:` with a programme. `stage` is initial, adjusted, budget, executed or final; `pot` is all,
-- fiscal, general, government_fund, state_capital, other, or own for a topic that has but one. `level` of a total is `year`
-- (本年合计) or `grand` (总计), else empty.
with amounts as (
    select
        f.*,
        n.name,
        n.topic as named_topic,
        replace(f.measure, 'prior_year_', '') as base_measure,
        case
            when f.fund_source <> 'all' then f.fund_source
            when f.table_kind like '%general%' then 'general'
            when f.table_kind like '%government_fund%' then 'government_fund'
            when f.table_kind like '%state_capital%' then 'state_capital'
            when f.table_kind like '%fiscal%' or f.scope = '财政拨款' then 'fiscal'
            when f.scope = '' then 'all'
        end as table_pot
    from figures as f
    inner join topics_named as n using (subject)
    where f.table_id is not null
        and f.table_kind is not null
        and f.is_amount
        and f.fact_id = f.same_as
),

staged as (
    select
        *,
        case
            when base_measure = 'initial_budget' then 'initial'
            when base_measure = 'adjusted_budget' then 'adjusted'
            when base_measure = 'final_account' then 'final'
            when base_measure in ('budget', 'executed') then base_measure
            when base_measure not in ('expenditure', 'revenue') and base_measure not like '%\_expenditure' escape '\' then null
            when table_kind like 'budget\_%' escape '\' then 'budget'
            when table_kind like 'final\_%' escape '\' or table_kind = 'state_capital_expenditure' then 'final'
        end as stage
    from amounts
),

-- 收支总表、财政拨款总表的合计与各项收入
of_sheets as (
    select
        fact_id,
        any_value(side) as side,
        any_value(role) as role,
        any_value(label) as label,
        any_value(subject_kind) as subject_kind
    from sheets
    group by fact_id
    having count(*) = 1
),

of_accounts as (
    select
        fact_id,
        bool_or(is_total) as is_total,
        any_value(code) as code
    from accounts
    group by fact_id
),

placed as (
    select
        s.*,
        sheet.side,
        sheet.role,
        sheet.label,
        acc.code,
        coalesce(acc.is_total, false) as is_total,
        case s.base_measure
            when 'basic_expenditure' then 'basic'
            when 'project_expenditure' then 'project'
            when 'personnel_expenditure' then 'personnel'
            when 'public_expenditure' then 'public'
        end as sort
    from staged as s
    left join of_sheets as sheet using (fact_id)
    left join of_accounts as acc using (fact_id)
    where s.stage is not null
),

topical as (
    select
        *,
        case
            when table_kind in ('three_public', 'budget_three_public', 'budget_operating', 'budget_procurement', 'base_data')
                and named_topic is not null then named_topic
            when code like '2%' and base_measure = 'expenditure' then 'f' || code
            when role in ('year_total', 'grand_total') and sort is not null then sort
            when role in ('year_total', 'grand_total') then side
            when role in ('part', 'detail') and side = 'in' and subject_kind = 'fund_source' and table_pot = 'other'
                then 'in:' || regexp_replace(label, '^.*[、.)]', '')
            when role in ('part', 'detail') and side = 'in' and subject_kind = 'fund_source' then 'in'
            when is_total and sort is not null then sort
            when is_total and base_measure = 'revenue' and table_kind like '%revenue' then 'in'
            when is_total and base_measure = 'expenditure' then 'out'
            when table_kind = 'final_general_basic' and regexp_full_match(name, '(人员|公用)(经费|支出)合计')
                then case when starts_with(name, '人员') then 'personnel' else 'public' end
            when table_kind in ('department_self_evaluation', 'revenue') and subject_kind = 'department_total'
                and stage in ('initial', 'adjusted', 'budget') then 'whole'
            when table_kind = 'department_self_evaluation' and subject_kind = 'department_total' and stage = 'executed' then 'out'
            when table_kind = 'revenue' and subject_kind = 'department_total' and stage = 'final' then 'in'
            when table_kind in ('revenue', 'department_self_evaluation') and subject_kind = 'fund_source' and fund_source <> 'other'
                and stage in ('initial', 'adjusted', 'final') then 'in'
            when table_kind in ('base_data', 'project_self_evaluation') and subject_kind = 'programme' then 'p:' || name
        end as topic,
        case role when 'year_total' then 'year' when 'grand_total' then 'grand' else case when is_total then 'year' else '' end end
            as level
    from placed
)

select
    document_id,
    table_id,
    table_kind,
    fact_id,
    fact_no,
    topic,
    case
        when topic = 'out' and stage = 'executed' and coalesce(period_end_month, 12) = 12 then 'final'
        else stage
    end as stage,
    case
        when topic = named_topic then 'own'
        when topic = 'in' and role in ('part', 'detail') and table_pot = 'all' then 'fiscal'
        else table_pot
    end as pot,
    level,
    year_offset,
    coalesce(period_end_month, 12) as month,
    number,
    half_unit
from topical
where topic is not null
    and table_pot is not null
-- 同一张表里同一件事有两个不同的数的，分不清谁是谁
qualify count(distinct number) over (
        partition by document_id, table_id, topic, level, stage, pot, year_offset, coalesce(period_end_month, 12)
    ) = 1
