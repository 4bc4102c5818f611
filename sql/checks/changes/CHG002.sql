-- 增减比例等于增减额除以基数 / A change rate is the change over what it is compared with
-- @formula 增减% = 100 × 增减额 ÷ （本年数 − 增减额），基数为正时
-- @basis 会计恒等式；部门决算公开情况说明的固定表述
-- @severity error
-- @needs change_rate, change_amount
-- @origin any
-- @message_zh {subject}：增减比例印作{reported}，按增减额和基数计算应为{expected}，{equation}。
-- @message_en {subject}: the change rate is printed {reported_en}, but its figures give {expected_en} ({equation_en}).
-- @good [{"measure": "expenditure", "printed": "32.46", "subject": "机关运行经费", "origin": "narrative"},
--   {"measure": "change_amount", "printed": "0.99", "subject": "机关运行经费", "rate_basis": "initial", "origin": "narrative"},
--   {"measure": "change_rate", "printed": "3.2%", "subject": "机关运行经费", "rate_basis": "initial", "origin": "narrative"}]
-- @good [{"measure": "expenditure", "printed": "11223.72", "subject": "支出", "origin": "narrative", "sentence_no": 51, "statement": "s51.1"},
--   {"measure": "change_amount", "printed": "-247.22", "subject": "支出", "rate_basis": "prior", "origin": "narrative", "sentence_no": 52, "statement": "s52.1"},
--   {"measure": "change_rate", "printed": "-2.2%", "subject": "支出", "rate_basis": "prior", "origin": "narrative", "sentence_no": 52, "statement": "s52.1"}]
-- @bad [{"measure": "expenditure", "printed": "2.14", "subject": "公务接待费", "origin": "narrative"},
--   {"measure": "change_amount", "printed": "1.14", "subject": "公务接待费", "rate_basis": "stated", "origin": "narrative"},
--   {"measure": "change_rate", "printed": "1.14%", "subject": "公务接待费", "rate_basis": "stated", "origin": "narrative"}]
-- @bad [{"measure": "expenditure", "printed": "21062.23", "subject": "支出", "origin": "narrative"},
--   {"measure": "change_amount", "printed": "8288.14", "subject": "支出", "rate_basis": "prior", "origin": "narrative"},
--   {"measure": "change_rate", "printed": "46.9%", "subject": "支出", "rate_basis": "prior", "origin": "narrative"}]
with by_topic as (
    -- “收、支预算总计各增加……”所说的是前面的“收入、支出预算总计”
    select
        rate.fact_id,
        min(now.fact_id) as now
    from said_in_prose as rate
    inner join said_in_prose as now
        on now.document_id = rate.document_id
        and now.section = rate.section
        and now.topic = rate.topic
        and now.pot = rate.pot
        and now.stage in ('budget', 'final')
        and now.year_offset = 0
        and now.sentence_no between rate.sentence_no - 3 and rate.sentence_no
        and now.fact_no < rate.fact_no
    where rate.stage = 'change_rate'
    group by rate.fact_id
    having count(distinct now.number) = 1
),

-- “较上年减少a，下降b；较年初预算减少c，下降d”：同一陈述里两个基数的，各与各的增减额相对
by_basis as (
    select
        document_id,
        statement,
        year_offset,
        fund_source,
        rate_basis,
        min(same_as) as change
    from figures
    where measure = 'change_amount'
    group by all
    having count(distinct number) = 1
),

rates as (
    select
        f.document_id,
        f.same_as,
        f.subject,
        coalesce(s.own['change_amount'], by_basis.change) as change,
        coalesce(
            s.own['final_account'], s.own['expenditure'], s.own['revenue'], s.own['executed'], s.own['budget'],
            nearby.near['final_account'], nearby.near['expenditure'], nearby.near['revenue'],
            nearby.near['executed'], nearby.near['budget'], by_topic.now
        ) as now
    from figures as f
    inner join statements as s using (document_id, statement, year_offset, fund_source)
    left join nearby on nearby.fact_id = f.fact_id
    left join by_topic on by_topic.fact_id = f.fact_id
    left join by_basis
        on by_basis.document_id = f.document_id
        and by_basis.statement = f.statement
        and by_basis.year_offset = f.year_offset
        and by_basis.fund_source = f.fund_source
        and by_basis.rate_basis = f.rate_basis
    where f.measure = 'change_rate'
        and f.rate_basis in ('prior', 'initial', 'stated')
        and f.year_offset = 0
        and coalesce(s.own['change_amount'], by_basis.change) is not null
)

select
    document_id,
    same_as as equation_key,
    'ratio' as kind,
    subject,
    [numerator(change), denominator(now), less(change), result(same_as)] as terms
from rates
