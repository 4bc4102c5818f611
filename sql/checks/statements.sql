-- 一并陈述的数：同一行或同一分句，按资金来源各一份 / The figures said together: one row or clause, once a fund source.
-- `own` holds each measure stated with one value for this fund source, `sole` each stated with one for any;
-- what is stated with two is ambiguous and left out. `moved` are the amounts that its note says were given to others.
with mentions as (
    select
        document_id,
        statement,
        year_offset,
        fund_source,
        measure,
        count(distinct number) as times,
        arg_min(same_as, fact_no) as fact_id
    from figures
    group by all
),

for_any_fund as (
    select
        document_id,
        statement,
        year_offset,
        measure,
        any_value(fact_id) as fact_id
    from mentions
    group by all
    having sum(times) = 1
),

sole as (
    select
        document_id,
        statement,
        year_offset,
        map_from_entries(list({'k': measure, 'v': fact_id})) as sole
    from for_any_fund
    group by all
),

own as (
    select
        document_id,
        statement,
        year_offset,
        fund_source,
        map_from_entries(list({'k': measure, 'v': fact_id}) filter (where times = 1)) as own
    from mentions
    group by all
),

moved as (
    select
        document_id,
        statement,
        list(fact_id order by fact_no) as moved
    from figures
    where measure = 'transferred'
    group by all
)

select
    own.document_id,
    own.statement,
    own.year_offset,
    own.fund_source,
    coalesce(own.own, map {}) as own,
    coalesce(sole.sole, map {}) as sole,
    coalesce(moved.moved, []) as moved
from own
left join sole using (document_id, statement, year_offset)
left join moved using (document_id, statement)
