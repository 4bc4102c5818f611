-- 公开表各数：决算公开九张表、预算公开各表里的每个数说的是什么 / What each figure of the published tables is of, so that the same figure in two tables is known as such.
-- One row a figure and thing said. `flow` is `revenue`, `expenditure`, `carried_in` or `carried_out`; `item` is a functional or
-- economic code, `total` (本年合计), `grand_total` (总计) or the name of another source of revenue; `purpose` is `all`, `basic`,
-- `personnel`, `public` or `project`; `fund` is `whole` (all money), `fiscal` (财政拨款), `general`, `government_fund`,
-- `state_capital` or `other`. `carries` says of a budget that money carried over stands in its tables of both sides: other tables
-- may or may not count it. What a table says twice with two values is ambiguous and left out.
with published as (
    select
        document_id,
        table_id,
        table_kind,
        same_as as fact_id,
        fact_no,
        subject_kind,
        regexp_replace(coalesce(subject, ''), '\s', '', 'g') as label,
        if(regexp_matches(coalesce(subject_code, ''), '[0-9]'), subject_code, '') as code,
        measure,
        -- 收入表的“事业收入 > 小计”等栏也是其他来源
        if(measure = 'revenue' and fund_source = 'all' and regexp_matches(column_label, '(?:事业|经营|上缴|补助|其他)收入'), 'other', fund_source)
            as fund_source,
        scope,
        coalesce(column_label, '') as column_label
    from figures
    where is_amount
        and year_offset = 0
        and table_kind is not null
),

-- 表的种类定收支与资金范围
kinds as (
    select *
    from (
        values
            ('final_revenue', 'revenue', 'whole'),
            ('final_expenditure', 'expenditure', 'whole'),
            ('final_general_expenditure', 'expenditure', 'general'),
            ('final_government_fund', 'expenditure', 'government_fund'),
            ('state_capital_expenditure', 'expenditure', 'state_capital'),
            ('final_general_basic', 'basic', 'general'),
            ('budget_revenue', 'revenue', 'whole'),
            ('budget_expenditure', 'expenditure', 'whole'),
            ('budget_fiscal_expenditure', 'expenditure', 'fiscal'),
            ('budget_general_expenditure', 'expenditure', 'general'),
            ('budget_government_fund', 'expenditure', 'government_fund'),
            ('budget_state_capital', 'expenditure', 'state_capital'),
            ('budget_general_basic', 'basic', 'general'),
            ('budget_fiscal_basic', 'basic', 'fiscal')
    ) as k (table_kind, states, fund)
),

-- 收支总表只按“类”分列，印的是名称；名称在各年分类科目里只属一类的，知其编码
classes as (
    select
        name,
        min(code) as code
    from account_names
    where classification = 'functional'
        and length(code) = 3
    group by name
    having count(distinct code) = 1
),

-- 结转结余一行空着的，或者印了而认不出是多少的
untold as (
    select
        table_id,
        bool_or(is_unread) as is_unread
    from gaps
    where regexp_matches(label, '结转|结余')
    group by table_id
),

-- 一方没有结转结余的，总计就是本年合计；结转结余空着的，要各项之和就是总计
carrying as (
    select
        table_id,
        side,
        bool_or(role = 'year_total')
        or bool_or(role in ('carried', 'used', 'distributed') and number <> 0)
        or bool_or(u.is_unread)
        or (
            bool_or(not u.is_unread)
            and abs(
                sum(number) filter (where role = 'grand_total') - coalesce(sum(number) filter (where role = 'part'), 0)
            ) > sum(half_unit)
        ) as has_more_than_the_year
    from sheets
    left join untold as u using (table_id)
    group by all
),

open_budgets as (
    select
        document_id,
        bool_or(role in ('carried', 'used', 'distributed') and number <> 0)
        or bool_or(table_id in (select table_id from untold where is_unread)) as carries
    from sheets
    where table_kind in ('budget_total', 'budget_fiscal_total')
    group by document_id
),

in_sheets as (
    select
        s.document_id,
        s.table_id,
        s.table_kind,
        s.fact_id,
        s.fact_no,
        case
            when s.role in ('carried', 'carried_part') then if(s.side = 'in', 'carried_in', 'carried_out')
            when s.side = 'in' then 'revenue'
            else 'expenditure'
        end as flow,
        case
            when s.role in ('year_total', 'carried', 'carried_part') then 'total'
            when s.role = 'grand_total' then if(c.has_more_than_the_year, 'grand_total', 'total')
            when s.side = 'out' and s.label in ('基本支出', '项目支出') then 'total'
            when s.side = 'out' then k.code
            when s.subject_kind = 'fund_source' and s.fund_source <> 'other' then 'total'
            else s.label
        end as item,
        case
            when s.measure = 'basic_expenditure' or (s.side = 'out' and s.label = '基本支出') then 'basic'
            when s.measure = 'project_expenditure' or (s.side = 'out' and s.label = '项目支出') then 'project'
            when s.measure = 'personnel_expenditure' then 'personnel'
            when s.measure = 'public_expenditure' then 'public'
            else 'all'
        end as purpose,
        case
            when s.fund_source in ('general', 'government_fund', 'state_capital') then s.fund_source
            when s.role = 'carried_part' then null
            when s.table_kind in ('final_fiscal_total', 'budget_fiscal_total') then 'fiscal'
            when s.side = 'in' and s.subject_kind = 'fund_source' then if(s.fund_source = 'all', 'fiscal', 'other')
            else 'whole'
        end as fund
    from sheets as s
    inner join carrying as c using (table_id, side)
    left join classes as k on k.name = s.label
),

-- 按科目列示的表和经济分类表；“其中”栏、其他来源的分科目数不取
in_accounts as (
    select
        p.document_id,
        p.table_id,
        p.table_kind,
        p.fact_id,
        p.fact_no,
        case
            when p.measure in ('carried_in', 'carried_out', 'revenue') then p.measure
            when k.states = 'revenue' then 'revenue'
            when k.states = 'basic' or p.measure in ('expenditure', 'basic_expenditure', 'project_expenditure')
                then 'expenditure'
        end as flow,
        case
            when regexp_matches(p.code, '^[235]\d{2}(?:\d{2}){0,2}$') then if(p.fund_source = 'other', null, p.code)
            when p.code <> '' then null
            when p.subject_kind = 'fund_source' then if(p.fund_source = 'other', p.label, 'total')
            when not regexp_matches(p.label, '^(?:本年|当年)?(?:收入|支出|人员经费|公用经费|日常公用经费)?(?:合计|总计)$') then null
            when p.fund_source = 'other'
                then regexp_extract(regexp_replace(p.column_label, '(?:\s*>\s*(?:小计|合计))+$', ''), '([^>]+)$', 1).trim()
            else 'total'
        end as item,
        case
            when p.measure = 'personnel_expenditure' or starts_with(p.label, '人员经费') then 'personnel'
            when p.measure = 'public_expenditure' or regexp_matches(p.label, '^(?:日常)?公用经费') then 'public'
            when k.states = 'basic' or p.measure = 'basic_expenditure' then 'basic'
            when p.measure = 'project_expenditure' then 'project'
            -- 上缴上级、经营、对附属单位补助等栏是合计的一部分
            when regexp_matches(p.column_label, '(?:上缴上级|经营|附属单位补助?)支出\s*$') then 'kind'
            else 'all'
        end as purpose,
        case
            when p.fund_source <> 'all' then p.fund_source
            when p.scope = '财政拨款' and k.fund = 'whole' then 'fiscal'
            else k.fund
        end as fund
    from published as p
    inner join kinds as k using (table_kind)
    where not regexp_matches(p.column_label, '其中')
),

said as (
    select *
    from in_sheets
    union all
    select *
    from in_accounts
),

named as (
    select
        * replace (
            case
                when fund = 'other'
                    then replace(regexp_replace(item, '^[一二三四五六七八九十]+[、.．]|(?:收入|资金)$', '', 'g'), '事业单位经营', '经营')
                else item
            end as item
        )
    from said
    where flow is not null
        and item is not null
        and fund is not null
        and purpose <> 'kind'
),

-- 同一种表有几张的：接续的各页没有相同的行；有的，是几个单位的表，不知谁与谁相对
sets as (
    select
        document_id,
        table_kind,
        bool_or(times > 1) as is_several
    from (
        select
            document_id,
            table_kind,
            flow,
            item,
            purpose,
            fund,
            count(distinct table_id) as times
        from named
        group by all
    )
    group by all
)

select
    n.document_id,
    n.table_kind,
    n.flow,
    n.item,
    n.purpose,
    n.fund,
    arg_min(n.fact_id, n.fact_no) as fact_id,
    min(n.fact_no) as fact_no,
    any_value(f.number) as number,
    any_value(f.half_unit) as half_unit,
    any_value(f.subject) as subject,
    any_value(f.table_title) as table_title,
    coalesce(any_value(o.carries), false) as carries
from named as n
inner join sets as s using (document_id, table_kind)
left join open_budgets as o on o.document_id = n.document_id and starts_with(n.table_kind, 'budget')
inner join figures as f on f.fact_id = n.fact_id
where not s.is_several
group by n.document_id, n.table_kind, n.flow, n.item, n.purpose, n.fund
having count(distinct f.number) = 1
