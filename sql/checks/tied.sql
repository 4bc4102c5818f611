-- 文与表：正文里的每个数，表中同一件事、同一阶段、同一资金的数 / Prose against tables: each amount in prose with the figure that the tables give for the same topic, stage, funds and year.
-- Where prose says one figure more than once, its first mention is tied. Of figures that the tables give differently the commonest is taken. A total that prose calls neither of the year nor grand
-- is tied only where the tables know but one.
with first_mentions as (
    select *
    from said_in_prose
    qualify row_number() over (
        partition by document_id, topic, stage, pot, level, year_offset, month, number order by fact_no
    ) = 1
),

offered as (
    select
        p.document_id,
        p.fact_id as said,
        p.topic,
        p.level,
        p.subject,
        p.pot = t.pot as is_same_pot,
        t.fact_id as printed,
        t.fact_no,
        t.number,
        t.half_unit
    from first_mentions as p
    inner join said_in_tables as t
        on t.document_id = p.document_id
        and t.topic = p.topic
        and t.stage = p.stage
        and t.year_offset = p.year_offset
        and t.month = p.month
        and (p.level in ('', t.level) or t.level = 'both')
    where t.pot = p.pot
        or (p.pot = 'fiscal' and t.pot = 'general' and (p.document_id, p.stage) in (select (document_id, stage) from single_fund))
        -- 财政拨款的科目只在一般公共预算表中出现的，两处是同一个数
        or (
            p.pot = 'fiscal'
            and t.pot = 'general'
            and starts_with(p.topic, 'f')
            and not exists (
                select 1
                from said_in_tables as other
                where other.document_id = p.document_id
                    and other.topic = p.topic
                    and other.pot in ('government_fund', 'state_capital')
            )
        )
),

nearest as (
    select *
    from offered
    qualify rank() over (partition by said order by is_same_pot desc) = 1
),

counted as (
    select
        document_id,
        said,
        topic,
        subject,
        number,
        count(*) as times,
        arg_min(printed, fact_no) as printed,
        min(fact_no) as fact_no,
        max(max(number)) over whole - min(min(number)) over whole <= 2 * max(max(half_unit)) over whole as is_one
    from nearest
    group by document_id, said, topic, subject, level, number
    window whole as (partition by said)
)

select
    document_id,
    said,
    printed,
    topic,
    subject,
    is_one
from counted
where is_one
    or topic not in ('in', 'out')
qualify row_number() over (partition by said order by times desc, fact_no) = 1
