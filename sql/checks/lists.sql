-- 分项清单：总数与其各部分，以及各部分是否已知为全部 / The stated lists: a total and its parts, and whether the parts are known to be all of it.
-- `partition` names a known partition (fund_sources, expenditure_kinds, personnel_public, three_public, procurement, vehicles, scores,
-- and those that say themselves that they are complete: taxes, collectors, levels, remainder, both_sides, added);
-- `closes` says that it adds up; `closed_by` is the measure of the same items whose own list adds up: the items are then
-- all there are.
-- `sole_total` is the total where there is only one.
with sides as (
    select
        document_id,
        list_id,
        count(*) filter (where list_role = 'total') as totals,
        any_value(fact_id) filter (where list_role = 'total') as total,
        any_value(number) filter (where list_role = 'total') as total_number,
        any_value(half_unit) filter (where list_role = 'total') as total_half,
        any_value(subject) filter (where list_role = 'total') as subject,
        any_value(measure) filter (where list_role = 'total') as measure,
        any_value(fund_source) filter (where list_role = 'total') as total_fund,
        any_value(table_id) filter (where list_role = 'total') as table_id,
        list(fact_id order by fact_no) filter (where list_role = 'part') as parts,
        count(*) filter (where list_role = 'part') as size,
        sum(number) filter (where list_role = 'part') as parts_number,
        sum(half_unit) filter (where list_role = 'part') as parts_half,
        list(distinct statement order by statement) filter (where list_role = 'part') as items,
        list(distinct measure order by measure) filter (where list_role = 'part') as measures,
        count(distinct fund_source) filter (where list_role = 'part' and fund_source <> 'all') as funds,
        bool_and(fund_source <> 'all') filter (where list_role = 'part') as by_fund,
        -- 财政资金（当年的、上年结转的）和“其他资金”：其他就是其余的全部
        bool_and(subject_kind = 'fund_source') filter (where list_role = 'part')
        and count(*) filter (where list_role = 'part' and scope = '财政拨款') = 1
        and count(*) filter (where list_role = 'part' and regexp_full_match(subject, '其他资金')) = 1 as by_rest,
        bool_and(regexp_matches(subject, '因公出国|公务用车|公务接待|公车')) filter (where list_role = 'part')
            as by_three_public,
        bool_and(regexp_matches(subject, '货物|工程|服务') and regexp_matches(subject || quote, '采购'))
            filter (where list_role = 'part') as by_procurement,
        -- 出口退税一类是冲减，不能与其他各项相加
        coalesce(bool_or(regexp_matches(subject, '退[^休役耕牧税]{0,12}税|退税|冲减|扣除')) filter (where list_role = 'part'), false)
            as deducts,
        bool_and(measure = 'count' and regexp_matches(subject, '用车$')) filter (where list_role = 'part')
        and bool_or(regexp_matches(subject, '^其他用车$')) filter (where list_role = 'part') as by_vehicles,
        count(*) filter (
            where list_role = 'part'
                and (measure = 'basic_expenditure' or regexp_matches(subject, '基本支出(总额|合计|预算|决算)?$'))
        ) as of_basic,
        count(*) filter (
            where list_role = 'part'
                and (measure = 'project_expenditure' or regexp_matches(subject, '^项目支出(总额|合计|预算|决算)?$'))
                and not regexp_matches(subject, '基本支出')
        ) as of_project,
        count(*) filter (where list_role = 'part' and (measure = 'personnel_expenditure' or regexp_matches(subject, '^人员(经费|支出)')))
            as of_personnel,
        count(*) filter (
            where list_role = 'part' and (measure = 'public_expenditure' or regexp_matches(subject, '^(日常)?公用(经费|支出)'))
        ) as of_public,
        count(*) filter (where list_role = 'part' and regexp_matches(subject, '(^|[^非])税收?收入$')) as of_taxes,
        count(*) filter (where list_role = 'part' and regexp_matches(subject, '非税收入$')) as of_other_revenue,
        count(*) filter (where list_role = 'part' and regexp_matches(subject, '(省|市|区|县|州)本级')) as of_own_level,
        count(*) filter (where list_role = 'part' and regexp_matches(subject, '^([0-9]+个)?[县区市][（(]?[县区市、]*[)）]?级?[^本]*$')) as of_lower_levels,
        bool_and(regexp_matches(subject, '^(国税|地税|税务|财政)(部门|局)?$')) filter (where list_role = 'part')
        and bool_or(subject like '财政%') filter (where list_role = 'part') as by_collectors,
        arg_max(subject, fact_no) filter (where list_role = 'part') as last_part,
        bool_and(is_amount) or count(distinct coalesce(unit, '')) = 1 as one_unit,
        count(distinct year_offset) filter (where list_role in ('total', 'part')) = 1 as same_year
    from figures
    where list_id is not null
    group by document_id, list_id
),

known as (
    select
        *,
        regexp_replace(list_id, ':[^:]*$', '') as base,
        case
            when regexp_matches(list_id, ':gap$') then null  -- 中间有没读懂的金额，不知是不是全部
            when (by_fund or by_rest) and total_fund = 'all' then 'fund_sources'
            when measure in ('score', 'score_weight') then 'scores'
            when of_basic = 1 and of_project = 1 then 'expenditure_kinds'
            when size = 3 and of_personnel = 1 and of_public = 1 and of_project = 1 then 'expenditure_kinds'
            when list_contains(measures, 'personnel_expenditure') and list_contains(measures, 'public_expenditure')
                and (measure = 'basic_expenditure' or regexp_matches(subject, '基本支出$')) then 'personnel_public'
            when by_vehicles then 'vehicles'
            when by_three_public and size >= 2 then 'three_public'
            when by_procurement and size >= 2 then 'procurement'
            when regexp_matches(list_id, 'added:') then 'added'
            when regexp_matches(list_id, 'both:') and regexp_matches(subject, '收支|总预算|总计') then 'both_sides'
            when size = 2 and of_taxes = 1 and of_other_revenue = 1 and regexp_matches(subject, '收入') then 'taxes'
            when size > 1 and by_collectors then 'collectors'
            when size = 2 and of_own_level = 1 and of_lower_levels = 1 then 'levels'
            when size > 2 and regexp_matches(last_part, '等其他|^其余|^其他(各项|各类|税种|项目|方面|部门)') then 'remainder'
        end as partition
    from sides
    where size > 0 and same_year and one_unit and not deducts
),

judged as (
    select
        *,
        totals = 1
            and total_number <> 0
            and abs(parts_number - total_number) <= least(total_half + parts_half, abs(total_number) / 1000)
            as closes
    from known
)

select
    judged.*,
    case when totals = 1 then total end as sole_total,
    (
        select min(other.measure)
        from judged as other
        where other.closes
            and not regexp_matches(judged.list_id, ':gap$')
            and other.size > 1
            and other.document_id = judged.document_id
            and other.base = judged.base
            and other.items = judged.items
            and other.list_id <> judged.list_id
    ) as closed_by
from judged
