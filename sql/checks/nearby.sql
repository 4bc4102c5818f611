-- 前文的数：同一事项在本句或前三句中最近一次说到的各项数 / What was last said of the same subject in this sentence or the three before.
-- One row a rate, change or adjusted budget in prose; `near` maps each measure to the nearest figure before it.
with asked as (
    select
        document_id,
        fact_id,
        fact_no,
        sentence_no,
        subject,
        fund_source,
        scope,
        year_offset
    from figures
    where origin = 'narrative'
        and measure in ('execution_rate', 'completion_rate', 'change_amount', 'change_rate', 'adjusted_budget')
),

-- “收入合计”“支出合计”所说的是全部门的本年收入、本年支出
answering as (
    select
        *,
        subject as called
    from figures
    where origin = 'narrative'
    union all
    select
        *,
        case measure when 'revenue' then '收入' else '支出' end || unnest(['合计', '总计']) as called
    from figures
    where origin = 'narrative'
        and subject_kind = 'department_total'
        and measure in ('revenue', 'expenditure')
),

nearest as (
    select
        asked.document_id,
        asked.fact_id,
        said.measure,
        arg_max(said.same_as, said.fact_no) as near
    from asked
    inner join answering as said
        on said.document_id = asked.document_id
        and said.called = asked.subject
        and said.fund_source = asked.fund_source
        and said.scope = asked.scope
        and said.year_offset = asked.year_offset
        and said.fact_no < asked.fact_no
        and said.sentence_no >= asked.sentence_no - 3
    group by all
)

select
    document_id,
    fact_id,
    map_from_entries(list({'k': measure, 'v': near})) as near
from nearest
group by all
