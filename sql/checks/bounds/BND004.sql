-- 基数为零的，不计增减比例 / No rate of change over a base of zero
-- @formula 上年数（或年初预算数）= 0 时，增减% 没有意义，应只说增减额
-- @basis 算术：以零为分母的比率没有意义
-- @severity warning
-- @needs change_rate
-- @origin narrative
-- @message_zh {subject}：比较的基数为零，却说增减{rate}%；以零为基数的比例没有意义，应只说增减额。
-- @message_en {subject}: a change of {rate}% over a base of zero means nothing; only the amount can be stated.
-- @good [{"measure": "prior_year_executed", "printed": "60.13", "year_offset": -1, "subject": "普查", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "budget", "printed": "25.77", "subject": "普查", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "change_rate", "printed": "-57.14%", "subject": "普查", "rate_basis": "prior", "origin": "narrative", "statement": "s1.1"}]
-- @bad [{"measure": "prior_year_executed", "printed": "0.00", "year_offset": -1, "subject": "其他教育支出", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "budget", "printed": "25.00", "subject": "其他教育支出", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "change_rate", "printed": "100.00%", "subject": "其他教育支出", "rate_basis": "prior", "origin": "narrative", "statement": "s1.1"}]
with rates as (
    select
        document_id,
        same_as,
        statement,
        subject,
        fund_source,
        rate_basis,
        number
    from figures
    where measure = 'change_rate'
        and year_offset = 0
        and rate_basis in ('prior', 'initial')
        and number <> 0
),

-- 同一陈述里的基数；没有的，全文同一事项所有的上年数都是零才算
bases as (
    select
        r.document_id,
        r.same_as,
        r.subject,
        r.number,
        f.same_as as base,
        f.number as base_number,
        f.measure,
        f.statement = r.statement and f.fund_source = r.fund_source as is_together
    from rates as r
    inner join figures as f
        on f.document_id = r.document_id
        and f.is_amount
        and f.subject = r.subject
        and (
            (r.rate_basis = 'prior' and (f.year_offset = -1 or starts_with(f.measure, 'prior_year')))
            or (r.rate_basis = 'initial' and f.measure = 'initial_budget' and f.year_offset = 0)
        )
),

chosen as (
    select
        document_id,
        same_as,
        any_value(subject) as subject,
        any_value(number) as number,
        coalesce(min(base) filter (where is_together), min(base)) as base,
        coalesce(max(abs(base_number)) filter (where is_together), max(abs(base_number))) as base_number
    from bases
    group by document_id, same_as
)

select
    document_id,
    same_as as equation_key,
    'flag' as kind,
    subject,
    base_number <> 0 as holds,
    [part(same_as), part(base)] as terms,
    map {'rate': rtrim(rtrim(number::varchar, '0'), '.')} as words
from chosen
