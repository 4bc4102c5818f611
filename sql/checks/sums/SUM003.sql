-- 同一行内各资金来源之和等于总额 / Fund sources within one row add up to its total
-- @formula 一般公共预算 + 政府性基金预算 + 国有资本经营预算 + 其他资金 = 该行总额（每一指标）
-- @basis 会计恒等式；资金来源是总额的完全划分
-- @severity error
-- @needs fund_source
-- @origin any
-- @message_zh {subject}：各资金来源之和与该行总额不符，{equation}，相差{difference}。
-- @message_en {subject}: the row's fund sources do not add up to its total: {equation_en}; off by {difference_en}.
-- @good [{"measure": "executed", "printed": "6.5"},
--   {"measure": "executed", "printed": "6", "fund_source": "general", "column_decimals": 2},
--   {"measure": "executed", "printed": "0.5", "fund_source": "government_fund", "column_decimals": 2}]
-- @bad [{"measure": "executed", "printed": "5985.53"},
--   {"measure": "executed", "printed": "5274.37", "fund_source": "general"},
--   {"measure": "executed", "printed": "311.16", "fund_source": "government_fund"}]
with sides as (
    select
        document_id,
        statement,
        year_offset,
        measure,
        any_value(subject) as subject,
        any_value(fact_id) filter (where fund_source = 'all') as total,
        list(fact_id order by fact_no) filter (where fund_source <> 'all') as parts,
        count(distinct fund_source) filter (where fund_source <> 'all') as funds
    from figures
    where is_amount
        and list_id is null
        and measure <> 'transferred'
    group by all
    having count(*) filter (where fund_source = 'all') = 1
        and count(*) filter (where fund_source <> 'all') = funds
        and funds > 0
)

select
    document_id,
    statement || ':' || measure || ':' || year_offset as equation_key,
    case when funds > 1 then 'sum' else 'partial_sum' end as kind,
    subject,
    summing(parts, total) as terms
from sides
