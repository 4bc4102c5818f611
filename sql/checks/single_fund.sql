-- 财政拨款只有一般公共预算的报告：政府性基金写明为零，国有资本经营预算也没有数 / Reports whose fiscal appropriations are all from the general public budget: the funds are said to be zero.
-- There the figures of 财政拨款 and those of 一般公共预算 are the same, by stage (budget, final …).
with stated as (
    select document_id, stage, pot, number
    from said_in_prose
    where year_offset = 0
    union all
    select document_id, stage, pot, number
    from said_in_tables
    where year_offset = 0
)

select
    document_id,
    stage
from stated
where pot in ('government_fund', 'state_capital')
group by all
having bool_and(number = 0)
    and bool_or(pot = 'government_fund')
