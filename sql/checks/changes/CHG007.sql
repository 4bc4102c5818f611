-- 总数的增减额等于各项增减额之和 / The change of a total is the sum of the changes of its parts
-- @formula 总数的增减额 = Σ 各项的增减额（“持平”为零），各项就是全部：三种财政资金、“三公”经费三项、公务用车购置与运行、人员经费与公用经费
-- @basis 会计恒等式：本年数与上年数各自等于其各项之和，所比的是同一年的同一种数
-- @severity error
-- @needs change_amount, list
-- @origin narrative
-- @message_zh {subject}：总数的增减额与各项增减额之和不符，{equation}，相差{difference}。
-- @message_en {subject}: the changes of the parts do not add up to the change of the total: {equation_en}; off by {difference_en}.
-- @good [{"measure": "budget", "printed": "37.91", "subject": "“三公”经费", "origin": "narrative", "statement": "s1.1", "sentence_no": 1, "list_id": "l1:budget", "list_role": "total"},
--   {"measure": "change_amount", "printed": "-10.00", "subject": "“三公”经费", "rate_basis": "prior", "column_label": "比2024年预算减少", "origin": "narrative", "statement": "s1.1", "sentence_no": 1},
--   {"measure": "budget", "printed": "0.00", "subject": "因公出国（境）费", "origin": "narrative", "statement": "s2.1", "sentence_no": 2, "quote": "因公出国（境）费0.00万元，与2024年预算持平。", "list_id": "l1:budget", "list_role": "part"},
--   {"measure": "budget", "printed": "36.56", "subject": "公务用车购置及运行费", "origin": "narrative", "statement": "s3.1", "sentence_no": 3, "list_id": "l1:budget", "list_role": "part"},
--   {"measure": "change_amount", "printed": "-9.80", "subject": "公务用车购置及运行费", "rate_basis": "prior", "column_label": "比2024年预算减少", "origin": "narrative", "statement": "s3.1", "sentence_no": 3},
--   {"measure": "budget", "printed": "1.35", "subject": "公务接待费", "origin": "narrative", "statement": "s4.1", "sentence_no": 4, "list_id": "l1:budget", "list_role": "part"},
--   {"measure": "change_amount", "printed": "-0.20", "subject": "公务接待费", "rate_basis": "prior", "column_label": "比2024年预算减少", "origin": "narrative", "statement": "s4.1", "sentence_no": 4}]
-- @bad [{"measure": "budget", "printed": "18976.76", "subject": "财政拨款支出", "origin": "narrative", "statement": "s1.1", "sentence_no": 1, "list_id": "l1:budget", "list_role": "total"},
--   {"measure": "change_amount", "printed": "3355.65", "subject": "财政拨款支出", "rate_basis": "prior", "column_label": "比2024年预算增加", "origin": "narrative", "statement": "s1.1", "sentence_no": 1},
--   {"measure": "budget", "printed": "18976.76", "subject": "一般公共预算拨款支出", "fund_source": "general", "origin": "narrative", "statement": "s2.1", "sentence_no": 2, "list_id": "l1:budget", "list_role": "part"},
--   {"measure": "change_amount", "printed": "3355.65", "subject": "一般公共预算拨款支出", "fund_source": "general", "rate_basis": "prior", "column_label": "比2024年预算增加", "origin": "narrative", "statement": "s2.1", "sentence_no": 2},
--   {"measure": "budget", "printed": "0.00", "subject": "政府性基金拨款支出", "fund_source": "government_fund", "origin": "narrative", "statement": "s3.1", "sentence_no": 3, "list_id": "l1:budget", "list_role": "part"},
--   {"measure": "change_amount", "printed": "-120.00", "subject": "政府性基金拨款支出", "fund_source": "government_fund", "rate_basis": "prior", "column_label": "比2024年预算减少", "origin": "narrative", "statement": "s3.1", "sentence_no": 3},
--   {"measure": "budget", "printed": "0.00", "subject": "国有资本经营预算拨款支出", "fund_source": "state_capital", "origin": "narrative", "statement": "s4.1", "sentence_no": 4, "quote": "国有资本经营预算拨款支出预算0.00万元，比2024年预算持平。", "list_id": "l1:budget", "list_role": "part"}]
with members as (
    select document_id, list_id, 'total' as role, total as fact_id
    from lists
    where closes and partition in ('fund_sources', 'three_public', 'personnel_public')
    union all
    select document_id, list_id, 'part', unnest(parts)
    from lists
    where closes and partition in ('fund_sources', 'three_public', 'personnel_public')
),

-- 各项是不是全部：上年有、本年没有因而没写的一项，会使两边对不上
described as (
    select
        members.*,
        f.fact_no,
        f.same_as,
        f.subject,
        f.measure,
        f.fund_source,
        -- “公务接待费1.35万元。与2024年预算持平。”：下一句接着说的
        f.quote || coalesce(case when regexp_matches(next.text, '^[比与较同]') then next.text end, '') as said,
        n.topic
    from members
    inner join figures as f using (document_id, fact_id)
    left join topics_named as n using (subject)
    left join passages as next
        on next.document_id = f.document_id
        and next.kind = 'sentence'
        and next.n = f.sentence_no + 1
),

complete as (
    select
        document_id,
        list_id
    from described
    group by all
    having case any_value(topic) filter (where role = 'total')
        when 'three_public' then
            count(distinct topic) filter (where role = 'part' and topic in ('abroad', 'vehicles', 'reception')) = 3
        when 'vehicles' then
            count(distinct topic) filter (where role = 'part' and topic in ('vehicle_purchase', 'vehicle_running')) = 2
        else
            count(distinct fund_source) filter (
                where role = 'part' and fund_source in ('general', 'government_fund', 'state_capital')
            ) = 3
            or bool_or(role = 'part' and measure = 'personnel_expenditure')
    end
),

changes as (
    select
        c.document_id,
        c.fact_id,
        c.column_label,
        n.near
    from figures as c
    inner join nearby as n using (document_id, fact_id)
    where c.origin = 'narrative'
        and c.measure = 'change_amount'
        and c.rate_basis = 'prior'
        and c.year_offset = 0
        and c.fact_id = c.same_as
),

-- 所比的是哪一年的哪一种数：“比2024年预算增加”“与2024年预算持平”都是 2024预算
stated as (
    select
        d.document_id,
        d.list_id,
        d.role,
        d.fact_no,
        d.subject,
        c.fact_id as change,
        regexp_replace(
            coalesce(
                c.column_label,
                regexp_extract(d.said, '[比与较同][^，。；]{2,20}(?:持平|一致|相同|无变化|没有变化)')
            ),
            '\s|相比|[比与较同，年度数]|增加|减少|增长|下降|降低|上升|基本|持平|一致|相|无变化|没有变化',
            '',
            'g'
        ) as basis
    from described as d
    inner join complete using (document_id, list_id)
    left join changes as c
        on c.document_id = d.document_id
        and c.near[d.measure] = d.same_as
)

select
    document_id,
    list_id as equation_key,
    'sum' as kind,
    any_value(subject) filter (where role = 'total') as subject,
    list_append(
        list(part(change) order by fact_no) filter (where role = 'part' and change is not null),
        result(any_value(change) filter (where role = 'total'))
    ) as terms
from stated
group by all
having count(change) filter (where role = 'total') = 1
    and count(change) filter (where role = 'part') > 0
    and count(distinct basis) = 1
    and bool_and(coalesce(basis, '') <> '')
