-- “三公”经费等于其各组成部分之和 / The three public expenses add up
-- @formula 因公出国（境）费 + 公务用车购置及运行维护费 + 公务接待费 = “三公”经费；购置 + 运行维护 = 公务用车小计
-- @basis 财政部“三公”经费口径；决算公开09表
-- @severity error
-- @needs list
-- @origin any
-- @message_zh {subject}：“三公”经费与其组成部分之和不符，{equation}，相差{difference}。
-- @message_en {subject}: the three public expenses do not add up: {equation_en}; off by {difference_en}.
-- @good [{"measure": "final_account", "printed": "0.13", "subject": "三公经费", "list_id": "t1:three", "list_role": "total"},
--   {"measure": "final_account", "printed": "0", "column_decimals": 2, "subject": "公务用车购置及运行维护费", "list_id": "t1:three", "list_role": "part"},
--   {"measure": "final_account", "printed": "0.13", "subject": "公务接待费", "list_id": "t1:three", "list_role": "part"}]
-- @bad [{"measure": "final_account", "printed": "2.97", "subject": "三公经费", "list_id": "t1:three", "list_role": "total"},
--   {"measure": "final_account", "printed": "1.80", "subject": "公务用车购置及运行维护费", "list_id": "t1:three", "list_role": "part"},
--   {"measure": "final_account", "printed": "0.97", "subject": "公务接待费", "list_id": "t1:three", "list_role": "part"}]
-- @good [{"measure": "budget", "printed": "520", "subject": "“三公”经费", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "budget", "printed": "170", "subject": "因公出国（境）费", "origin": "narrative", "statement": "s1.2"},
--   {"measure": "budget", "printed": "150", "subject": "公务用车购置及运行费", "origin": "narrative", "statement": "s1.3"},
--   {"measure": "budget", "printed": "200", "subject": "公务接待费", "origin": "narrative", "statement": "s1.4"}]
-- @bad [{"measure": "budget", "printed": "520", "subject": "“三公”经费", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "budget", "printed": "170", "subject": "因公出国（境）费", "origin": "narrative", "statement": "s1.2"},
--   {"measure": "budget", "printed": "150", "subject": "公务用车购置及运行费", "origin": "narrative", "statement": "s1.3"},
--   {"measure": "budget", "printed": "220", "subject": "公务接待费", "origin": "narrative", "statement": "s1.4"}]
with said as (
    select
        f.document_id,
        n.topic,
        f.fact_id,
        f.fact_no,
        f.subject,
        f.number,
        f.year_offset,
        coalesce(f.period_end_month, 12) as month,
        case
            when f.measure in ('budget', 'initial_budget', 'adjusted_budget') then f.measure
            when f.measure in ('final_account', 'expenditure', 'executed') then 'spent'
        end as stage
    from figures as f
    inner join topics_named as n using (subject)
    inner join reports as r using (document_id)
    where f.origin = 'narrative'
        and f.is_amount
        and f.fact_id = f.same_as
        and n.topic in ('three_public', 'abroad', 'vehicles', 'vehicle_purchase', 'vehicle_running', 'reception')
        and not r.is_template
        and not r.is_review
),

-- 正文没有列成清单、分开几句说的：每一项全文只有一个数
topics as (
    select
        document_id,
        stage,
        year_offset,
        month,
        topic,
        arg_min(fact_id, fact_no) as fact_id,
        arg_min(subject, fact_no) as subject
    from said
    where stage is not null
    group by all
    having count(distinct number) = 1
),

apart as (
    select
        document_id,
        any_value(fact_id) filter (where topic = 'three_public') as total,
        any_value(subject) filter (where topic = 'three_public') as subject,
        any_value(fact_id) filter (where topic = 'abroad') as abroad,
        any_value(fact_id) filter (where topic = 'reception') as reception,
        any_value(fact_id) filter (where topic = 'vehicles') as vehicles,
        any_value(fact_id) filter (where topic = 'vehicle_purchase') as purchase,
        any_value(fact_id) filter (where topic = 'vehicle_running') as running
    from topics
    group by document_id, stage, year_offset, month
)

select
    document_id,
    list_id as equation_key,
    'sum' as kind,
    subject,
    summing(parts, sole_total) as terms
from lists
where partition = 'three_public'
    and totals > 0
union all
select
    document_id,
    total as equation_key,
    'sum' as kind,
    subject,
    list_append(
        list_transform(
            case when vehicles is not null then [abroad, vehicles, reception] else [abroad, purchase, running, reception] end,
            lambda p: part(p)
        ),
        result(total)
    ) as terms
from apart
where total is not null
    and abroad is not null
    and reception is not null
    and (vehicles is not null or (purchase is not null and running is not null))
    and total not in (select l.total from lists as l where l.partition = 'three_public' and l.total is not null)
