-- 正文一句中所说的收入、支出与年初、年末结余相合 / Revenue, expenditure and balances said in one sentence go together
-- @formula 年初结转和结余 + 本年收入 + 使用结余 = 本年支出 + 结余分配 + 年末结转和结余，同一资金
-- @basis 会计恒等式；部门决算公开01表、公开08表：总计两方相等
-- @severity error
-- @needs carried_in, carried_out
-- @origin narrative
-- @message_zh {subject}：年初结余加收入减支出与年末结余不符，{equation}，相差{difference}。
-- @message_en {subject}: opening balance, revenue and expenditure do not give the closing balance: {equation_en}; off by {difference_en}.
-- @good [{"measure": "carried_in", "printed": "10.15", "subject": "政府性基金预算财政拨款", "fund_source": "government_fund", "origin": "narrative"},
--   {"measure": "revenue", "printed": "50.76", "subject": "政府性基金预算财政拨款", "fund_source": "government_fund", "origin": "narrative"},
--   {"measure": "expenditure", "printed": "50.80", "subject": "政府性基金预算财政拨款", "fund_source": "government_fund", "origin": "narrative"},
--   {"measure": "carried_out", "printed": "10.11", "subject": "政府性基金预算财政拨款", "fund_source": "government_fund", "origin": "narrative"}]
-- @bad [{"measure": "carried_in", "printed": "10.15", "subject": "政府性基金预算财政拨款", "fund_source": "government_fund", "origin": "narrative"},
--   {"measure": "revenue", "printed": "50.76", "subject": "政府性基金预算财政拨款", "fund_source": "government_fund", "origin": "narrative"},
--   {"measure": "expenditure", "printed": "58.00", "subject": "政府性基金预算财政拨款", "fund_source": "government_fund", "origin": "narrative"},
--   {"measure": "carried_out", "printed": "10.11", "subject": "政府性基金预算财政拨款", "fund_source": "government_fund", "origin": "narrative"}]
with said as (
    select
        document_id,
        sentence_no,
        year_offset,
        -- 使用的结余、结余分配是全部资金的，即使名称里写着非财政拨款
        case when measure like 'unmapped:%' then 'all' else fund_source end as fund,
        measure,
        any_value(subject) as subject,
        any_value(fact_id) as fact_id,
        count(distinct number) as times
    from figures
    where origin = 'narrative'
        and is_amount
        and fact_id = same_as
        and measure in ('carried_in', 'revenue', 'expenditure', 'carried_out', 'unmapped:使用结余', 'unmapped:结余分配')
    group by all
),

balances as (
    select
        document_id,
        sentence_no,
        fund,
        any_value(fact_id) filter (where measure = 'carried_in') as carried_in,
        any_value(fact_id) filter (where measure = 'revenue') as revenue,
        any_value(fact_id) filter (where measure = 'expenditure') as expenditure,
        any_value(fact_id) filter (where measure = 'carried_out') as carried_out,
        any_value(fact_id) filter (where measure = 'unmapped:使用结余') as used,
        any_value(fact_id) filter (where measure = 'unmapped:结余分配') as distributed,
        any_value(subject) filter (where measure = 'carried_out') as subject
    from said
    where year_offset = 0
    group by all
    having bool_and(times = 1)
)

select
    document_id,
    carried_out as equation_key,
    'sum' as kind,
    subject,
    list_concat(
        [part(carried_in), part(revenue)],
        if(used is not null, [part(used)], []),
        [minus(expenditure)],
        if(distributed is not null, [minus(distributed)], []),
        [result(carried_out)]
    ) as terms
from balances
where carried_in is not null
    and revenue is not null
    and expenditure is not null
    and carried_out is not null
    -- 全部资金的，要说了使用的结余和结余分配；财政拨款没有这两项
    and (fund in ('general', 'government_fund', 'state_capital') or (used is not null and distributed is not null))
