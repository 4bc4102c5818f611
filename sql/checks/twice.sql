-- 同一个数印在两张表上：资金范围相同的应相等，一方包含另一方的不小于它 / A figure that two of the published tables state, or one of which the other is a part.
-- One row a pair of tables and thing said of in both. `relation` is `same` where both are of the same money, or where the wider
-- one is known to hold no other (`is_proven`); `part` where the second is part of the first; `unknown` where money carried
-- over may or may not be counted. `terms` are those of the equation; what only one of the tables prints has no figure in it.
with ranked as (
    select
        m.*,
        regexp_replace(table_kind, '^(?:final|budget)_', '') as sort,
        case
            when item in ('total', 'grand_total') then item
            when regexp_matches(item, '^[235][0-9]+$') then left(item, 1) || len(item)
            else 'source'
        end as depth,
        case regexp_replace(table_kind, '^(?:final|budget)_', '')
            when 'total' then 1
            when 'revenue' then 2
            when 'expenditure' then 3
            when 'fiscal_total' then 4
            when 'fiscal_expenditure' then 5
            when 'general_expenditure' then 6
            when 'government_fund' then 7
            when 'state_capital' then 8
            when 'state_capital_expenditure' then 8
            when 'fiscal_basic' then 9
            when 'general_basic' then 10
        end as rank
    from mentions as m
),

wider as (
    select *
    from (
        values
            ('whole', 'fiscal'), ('whole', 'general'), ('whole', 'government_fund'), ('whole', 'state_capital'),
            ('fiscal', 'general'), ('fiscal', 'government_fund'), ('fiscal', 'state_capital')
    ) as w (fund, within)
),

columns as (
    select distinct
        document_id,
        table_kind,
        sort,
        rank,
        flow,
        purpose,
        fund,
        depth
    from ranked
),

-- 两张表都列有的栏目和科目级次
compared as (
    select
        a.document_id,
        a.table_kind as one_kind,
        b.table_kind as other_kind,
        a.sort as one_sort,
        b.sort as other_sort,
        a.flow,
        a.purpose,
        a.depth,
        a.fund as one_fund,
        b.fund as other_fund
    from columns as a
    inner join columns as b
        on b.document_id = a.document_id
        and b.flow = a.flow
        and b.purpose = a.purpose
        and b.depth = a.depth
        and b.rank > a.rank
    where a.fund = b.fund
        or (a.fund, b.fund) in (select (fund, within) from wider)
),

items as (
    select
        c.*,
        r.item
    from compared as c
    inner join ranked as r
        on r.document_id = c.document_id
        and r.flow = c.flow
        and r.purpose = c.purpose
        and r.depth = c.depth
        and ((r.table_kind = c.one_kind and r.fund = c.one_fund) or (r.table_kind = c.other_kind and r.fund = c.other_fund))
    where r.number <> 0
    group by all
),

paired as (
    select
        i.*,
        a.fact_id as one,
        b.fact_id as other,
        a.number as one_number,
        b.number as other_number,
        coalesce(a.subject, b.subject) as name,
        a.table_title as one_title,
        b.table_title as other_title,
        coalesce(a.carries, b.carries) as carries,
        a.number is not null
        and b.number is not null
        and abs(a.number - b.number) <= a.half_unit + b.half_unit as agrees
    from items as i
    left join ranked as a
        on a.document_id = i.document_id and a.table_kind = i.one_kind and a.fund = i.one_fund
        and a.flow = i.flow and a.purpose = i.purpose and a.item = i.item
    left join ranked as b
        on b.document_id = i.document_id and b.table_kind = i.other_kind and b.fund = i.other_fund
        and b.flow = i.flow and b.purpose = i.purpose and b.item = i.item
),

-- 合计、类、款在两表相等的，其下各科目、各栏也都相等：部分不大于全体，全体又相等
agreeing as (
    select
        document_id,
        one_kind,
        other_kind,
        one_fund,
        other_fund,
        flow,
        item,
        purpose
    from paired
    where agrees
        and (purpose = 'all' or other_sort in ('general_basic', 'fiscal_basic') and purpose = 'basic')
),

related as (
    select
        p.*,
        bool_or(g.document_id is not null) as is_proven
    from paired as p
    left join agreeing as g
        on g.document_id = p.document_id
        and g.one_kind = p.one_kind
        and g.other_kind = p.other_kind
        and g.one_fund = p.one_fund
        and g.other_fund = p.other_fund
        and g.flow = p.flow
        and (
            (g.item = 'total' and regexp_matches(p.item, '^[0-9]'))
            or (g.item <> p.item and starts_with(p.item, g.item))
            or (g.item = p.item and g.purpose <> p.purpose)
        )
    group by all
)

select
    * exclude (one_title, other_title, name),
    coalesce(one_title, one_kind) as one_title,
    coalesce(other_title, other_kind) as other_title,
    concat_ws('|', item, flow, purpose, one_kind, one_fund, other_kind, other_fund) as equation_key,
    case
        when depth = 'source' then name
        when depth in ('total', 'grand_total') then
            case flow
                when 'revenue' then '收入'
                when 'carried_in' then '年初结转和结余'
                when 'carried_out' then '年末结转和结余'
                else if(purpose = 'all', '支出', '')
            end
            || if(depth = 'grand_total', '总计', if(purpose = 'all' and not starts_with(flow, 'carried'), '合计', ''))
        else name || '（' || item || '）'
    end
    || case purpose
        when 'basic' then '基本支出'
        when 'project' then '项目支出'
        when 'personnel' then '人员经费'
        when 'public' then '公用经费'
        else ''
    end
    || case other_fund
        when 'general' then '（一般公共预算）'
        when 'government_fund' then '（政府性基金预算）'
        when 'state_capital' then '（国有资本经营预算）'
        when 'fiscal' then '（财政拨款）'
        else ''
    end as subject,
    -- 有结转的预算：各表是否计入结转不一，两数相等时才知是同一口径
    case
        when carries and flow = 'expenditure' and not agrees and not is_proven then 'unknown'
        when one_fund = other_fund or is_proven then 'same'
        else 'part'
    end as relation,
    case
        when one is null or other is null or relation = 'unknown' then [part(null), result(coalesce(one, other))]
        when relation = 'part' then [part(other), result(one)]
        else [part(one), result(other)]
    end as terms
from related
