-- 增加额不超过本年数 / An increase is not more than what it increased to
-- @formula 增加额 ≤ 本年数（否则上年数或年初预算为负）
-- @basis 算术：收支数不为负
-- @severity error
-- @needs change_amount
-- @origin narrative
-- @message_zh {subject}：所说的增加额超过了本年数，基数将为负，{equation}。
-- @message_en {subject}: the increase is more than the figure it led to, so that what it is compared with would be negative ({equation_en}).
-- @good [{"measure": "final_account", "printed": "0.13", "subject": "三公经费", "origin": "narrative"},
--   {"measure": "change_amount", "printed": "0.13", "subject": "三公经费", "rate_basis": "prior", "origin": "narrative"}]
-- @good [{"measure": "budget", "printed": "1421.25", "subject": "政府性基金拨款支出", "origin": "narrative"},
--   {"measure": "change_amount", "printed": "1421.25", "subject": "政府性基金拨款支出", "rate_basis": "prior", "origin": "narrative"}]
-- @bad [{"measure": "budget", "printed": "0", "subject": "政府性基金拨款支出", "origin": "narrative"},
--   {"measure": "change_amount", "printed": "1421.25", "subject": "政府性基金拨款支出", "rate_basis": "prior", "origin": "narrative"}]
-- @bad [{"measure": "final_account", "printed": "0", "subject": "三公经费", "origin": "narrative"},
--   {"measure": "change_amount", "printed": "0.13", "subject": "三公经费", "rate_basis": "prior", "origin": "narrative"}]
with increases as (
    select
        f.document_id,
        f.same_as,
        f.subject,
        coalesce(
            s.own['final_account'], s.own['expenditure'], s.own['revenue'], s.own['executed'],
            -- 预算只与上年比；“比年初预算增加”比的是它自己
            case when f.rate_basis = 'prior' then s.own['budget'] end
        ) as now
    from figures as f
    inner join statements as s using (document_id, statement, year_offset, fund_source)
    where f.measure = 'change_amount'
        and f.rate_basis in ('prior', 'initial')
        and f.year_offset = 0
        and f.number > 0
        and f.fact_id = f.same_as
)

select
    document_id,
    same_as as equation_key,
    'bound' as kind,
    subject,
    [part(same_as), result(now)] as terms
from increases
where now is not null
