-- 相邻的报告：可以与一份报告对照的另一份报告，各种关系至多取一份 / Other reports that a report can be compared with, at most one a relation.
-- `relation` is `same` (the same report in another file), `last_year`, `budget` (the year's budget), `monitoring` (the year's
-- monitoring), `peers` (one of the same bureau's reports for the same months from elsewhere) or `units` (of a whole department: a
-- unit of it, and here there may be several). Issuer, place, year and scope must be established in both reports; of several the
-- fullest is taken. `is_only` says of a unit that the department names no other.
with established as (
    select
        d.document_id,
        d.file,
        d.scope,
        d.fiscal_year,
        d.period_end_month,
        d.issuer,
        d.bureau,
        [d.bureau, d.province, d.city, d.district] as who,
        [d.province, d.city, d.district] as place,
        unnest(
            list_distinct(
                list_transform(
                    d.families,
                    lambda f: case
                        when f = 'budgets' then 'budget'
                        when f = 'final_accounts' then 'final'
                        when starts_with(f, 'monitoring') then 'monitoring'
                        when starts_with(f, 'self_evaluation') then 'evaluation'
                    end
                )
            )
        ) as sort
    from core.documents as d
    inner join reports as r using (document_id)
    where d.bureau is not null
        and coalesce(d.province, d.city, d.district) is not null
        and d.fiscal_year is not null
        and d.status <> 'quarantined'
        and not r.is_template
        and not r.is_review
),

-- 只有公开表的文件，各表表头都写“部门：某单位”的，视为部门口径；仅用于同一报告的两个文件
labelled as (
    select
        t.document_id,
        bool_and(regexp_matches(t.head, '部门(名称)?[：:]')) as says_department
    from (
        select
            document_id,
            array_to_string(caption, ' ') as head
        from staging.tables
        where len(caption) > 0
    ) as t
    group by t.document_id
),

sized as (
    select
        document_id,
        count(*) as figures
    from core.facts
    group by document_id
),

known as (
    select
        e.*,
        coalesce(e.scope, case when l.says_department then '部门' end) as said_scope,
        coalesce(s.figures, 0) as figures
    from established as e
    left join labelled as l using (document_id)
    left join sized as s using (document_id)
    where e.sort is not null
),

-- 同一单位、同一年度、同一口径、同一类报告里，内容最多的一份
fullest as (
    select
        who,
        fiscal_year,
        scope,
        sort,
        arg_min(document_id, (-figures, file)) as document_id
    from known
    where scope is not null
    group by all
),

fullest_said as (
    select
        who,
        fiscal_year,
        said_scope,
        sort,
        arg_min(document_id, (-figures, file)) as document_id
    from known
    where said_scope is not null
    group by all
),

relations as (
    select
        k.document_id,
        'same' as relation,
        f.document_id as other
    from known as k
    inner join fullest_said as f using (who, fiscal_year, said_scope, sort)
    union all
    select
        k.document_id,
        'last_year',
        f.document_id
    from known as k
    inner join fullest as f
        on f.who = k.who
        and f.fiscal_year = k.fiscal_year - 1
        and f.scope = k.scope
        and f.sort = k.sort
    union all
    select
        k.document_id,
        f.sort,
        f.document_id
    from known as k
    inner join fullest as f
        on f.who = k.who
        and f.fiscal_year = k.fiscal_year
        and f.scope = k.scope
        and (
            (f.sort = 'budget' and k.sort in ('final', 'monitoring', 'evaluation'))
            or (f.sort = 'monitoring' and k.sort in ('final', 'evaluation'))
        )
),

-- 部门报告里列出的单位名称
listed as (
    select distinct
        c.document_id,
        regexp_replace(c.text, '\s', '', 'g') as issuer
    from staging.cells as c
    inner join staging.tables as t using (table_id)
    where t.family = 'organisation'
),

units as (
    select
        f.document_id,
        u.document_id as other,
        true as is_itself
    from fullest as f
    inner join fullest as u
        on u.who = f.who
        and u.fiscal_year = f.fiscal_year
        and u.sort = f.sort
    where f.scope = '部门'
        and u.scope in ('单位', '本级')
        and u.document_id <> f.document_id
    union
    select
        f.document_id,
        u.document_id,
        false
    from fullest as f
    inner join known as d on d.document_id = f.document_id and d.sort = f.sort
    inner join listed as l on l.document_id = f.document_id
    inner join known as u
        on u.issuer = l.issuer
        and u.place = d.place
        and u.fiscal_year = d.fiscal_year
        and u.sort = d.sort
    inner join fullest as n on n.document_id = u.document_id and n.sort = u.sort
    where f.scope = '部门'
        and u.scope = '单位'
        and u.who <> d.who
),

-- 每一组同名单位里，两个不同地方的报告
elsewhere as (
    select
        bureau,
        fiscal_year,
        period_end_month,
        arg_min(document_id, file) as one,
        arg_min(place, file) as place_of_one,
        arg_max(document_id, (place <> first_place, file)) as another
    from (
        select
            *,
            first_value(place) over (partition by bureau, fiscal_year, period_end_month order by file) as first_place
        from known
        where period_end_month is not null
    )
    group by bureau, fiscal_year, period_end_month
    having count(distinct place) > 1
),

alone as (
    select distinct document_id
    from passages
    where kind = 'sentence'
        and regexp_matches(text, only_itself_words())
)

select
    document_id,
    relation,
    min(other) as other,
    false as is_only
from relations
where other <> document_id
group by document_id, relation
union all
select distinct
    k.document_id,
    'peers',
    case when k.place = e.place_of_one then e.another else e.one end,
    false
from known as k
inner join elsewhere as e using (bureau, fiscal_year, period_end_month)
-- 同一单位兼有本级、单位两份的，只取一份
union all
select
    u.document_id,
    'units',
    u.other,
    a.document_id is not null and u.is_itself
from units as u
left join alone as a using (document_id)
qualify not u.is_itself or row_number() over (partition by u.document_id, u.is_itself order by u.other) = 1
