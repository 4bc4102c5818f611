-- 各资金来源之和等于总额 / Fund sources add up to the total
-- @formula 一般公共预算 + 政府性基金预算 + 国有资本经营预算 + 其他资金 = 资金总额（每一指标）
-- @basis 会计恒等式；资金来源是总额的完全划分
-- @severity error
-- @needs list
-- @origin any
-- @message_zh {subject}：各资金来源之和与总额不符，{equation}，相差{difference}。
-- @message_en {subject}: the fund sources do not add up to the total: {equation_en}; off by {difference_en}.
-- @good [{"measure": "executed", "printed": "3496.71", "list_id": "t1:executed", "list_role": "total", "statement": "t1r1"},
--   {"measure": "executed", "printed": "3431.38", "list_id": "t1:executed", "list_role": "part", "fund_source": "general", "statement": "t1r2"},
--   {"measure": "executed", "printed": "61.63", "list_id": "t1:executed", "list_role": "part", "fund_source": "government_fund", "statement": "t1r3"},
--   {"measure": "executed", "printed": "3.7", "column_decimals": 2, "list_id": "t1:executed", "list_role": "part", "fund_source": "other", "statement": "t1r4"}]
-- @bad [{"measure": "budget", "printed": "5906.95", "list_id": "t1r8:budget", "list_role": "total"},
--   {"measure": "budget", "printed": "5295.56", "list_id": "t1r8:budget", "list_role": "part", "fund_source": "general"},
--   {"measure": "budget", "printed": "311.39", "list_id": "t1r8:budget", "list_role": "part", "fund_source": "government_fund"}]
-- @good [{"measure": "budget", "printed": "277.99", "list_id": "s1.1", "list_role": "total"},
--   {"measure": "budget", "printed": "118.99", "list_id": "s1.1", "list_role": "part", "fund_source": "general"}]

-- 只列一个资金来源时未必列全；同表三行以上都是这一来源等于总额，才知道该表如此填列
with custom as (
    select
        document_id,
        table_id,
        measure
    from lists
    where partition = 'fund_sources'
        and size = 1
        and closes
    group by all
    having count(*) >= 3
)

select
    lists.document_id,
    lists.list_id as equation_key,
    case when lists.size > 1 or custom.table_id is not null then 'sum' else 'partial_sum' end as kind,
    lists.subject,
    summing(lists.parts, lists.sole_total) as terms
from lists
left join custom using (document_id, table_id, measure)
where lists.partition = 'fund_sources'
    and lists.totals > 0
