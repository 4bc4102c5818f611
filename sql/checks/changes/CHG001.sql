-- 增减额等于本年数减上年数 / A change is this year's figure less the one it is compared with
-- @formula 增减额 = 本年数 − 上年数（或年初预算数），同一事项、同一口径
-- @basis 会计恒等式；部门决算公开情况说明的固定表述
-- @severity error
-- @needs change_amount
-- @origin any
-- @message_zh {subject}：增减额印作{reported}，两年之差为{expected}，{equation}。
-- @message_en {subject}: the change is printed {reported_en}, but the figures differ by {expected_en} ({equation_en}).
-- @good [{"measure": "prior_year_final_account", "printed": "492.85", "year_offset": -1, "subject": "基本支出", "origin": "narrative", "statement": "s31.1"},
--   {"measure": "final_account", "printed": "498.42", "subject": "基本支出", "origin": "narrative", "statement": "s31.1"},
--   {"measure": "change_amount", "printed": "5.57", "subject": "基本支出", "rate_basis": "prior", "origin": "narrative", "statement": "s31.1"}]
-- @bad [{"measure": "prior_year_final_account", "printed": "492.85", "year_offset": -1, "subject": "基本支出", "origin": "narrative", "statement": "s31.1"},
--   {"measure": "final_account", "printed": "498.42", "subject": "基本支出", "origin": "narrative", "statement": "s31.1"},
--   {"measure": "change_amount", "printed": "5.57", "subject": "基本支出", "rate_basis": "prior", "origin": "narrative", "statement": "s31.1"},
--   {"measure": "change_amount", "printed": "5.75", "subject": "基本支出", "rate_basis": "prior", "origin": "narrative", "statement": "s39.2"}]
with changes as (
    select
        document_id,
        same_as,
        statement,
        subject,
        fund_source,
        scope,
        rate_basis
    from figures
    where measure = 'change_amount'
        and year_offset = 0
        and rate_basis in ('prior', 'initial')
        and fact_id = same_as
),

compared as (
    select
        document_id,
        statement,
        subject,
        fund_source,
        scope,
        number,
        same_as,
        fact_no,
        case
            when measure in ('prior_year_final_account', 'prior_year_executed', 'prior_year_budget') or year_offset = -1
                then 'prior'
            when measure = 'initial_budget' then 'initial'
            else 'this'
        end as side,
        case
            when measure in ('prior_year_final_account', 'final_account') then 'final_account'
            when measure in ('prior_year_executed', 'executed') then 'executed'
            when measure in ('prior_year_budget', 'budget') then 'budget'
            else measure
        end as of_what
    from figures
    where is_amount
        and year_offset in (0, -1)
        and measure in (
            'prior_year_final_account', 'final_account', 'prior_year_executed', 'executed', 'prior_year_budget',
            'budget', 'initial_budget', 'expenditure', 'revenue', 'basic_expenditure', 'project_expenditure'
        )
),

-- 与上年比：同一事项、同一口径，两年各只有一个数
two_years as (
    select
        document_id,
        subject,
        fund_source,
        scope,
        of_what,
        arg_min(same_as, fact_no) filter (where side = 'this') as now,
        arg_min(same_as, fact_no) filter (where side = 'prior') as before
    from compared
    where side <> 'initial'
    group by all
    having count(distinct number) filter (where side = 'this') = 1
        and count(distinct number) filter (where side = 'prior') = 1
),

-- 与年初预算比：同一陈述
against_budget as (
    select
        document_id,
        statement,
        arg_min(same_as, fact_no) filter (where side = 'this' and of_what in ('final_account', 'executed', 'expenditure'))
            as now,
        arg_min(same_as, fact_no) filter (where side = 'initial') as before
    from compared
    group by all
    having count(distinct number) filter (
            where side = 'this' and of_what in ('final_account', 'executed', 'expenditure')
        ) = 1
        and count(distinct number) filter (where side = 'initial') = 1
),

stated as (
    select
        changes.*,
        two_years.of_what,
        two_years.now,
        two_years.before
    from changes
    inner join two_years using (document_id, subject, fund_source, scope)
    where changes.rate_basis = 'prior'
    union all by name
    select
        changes.*,
        '' as of_what,
        against_budget.now,
        against_budget.before
    from changes
    inner join against_budget using (document_id, statement)
    where changes.rate_basis = 'initial'
)

select
    document_id,
    same_as || ':' || of_what as equation_key,
    'sum' as kind,
    subject,
    [part(now), minus(before), result(same_as)] as terms
from stated
