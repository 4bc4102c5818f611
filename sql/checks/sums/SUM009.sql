-- “其中”所列各项之和不超过总数 / What is listed as part of a total does not exceed it
-- @formula Σ 所列各项 ≤ 总数（“其中”可以只列一部分：小于总数时不作判断）
-- @basis 会计恒等式；部分不大于全体
-- @severity warning
-- @needs list
-- @origin any
-- @message_zh {subject}：所列各项之和超过了总数，{equation}，超出{difference}。
-- @message_en {subject}: the listed items exceed the total they are part of: {equation_en}; by {difference_en}.
-- @good [{"measure": "executed", "printed": "1269.62", "list_id": "s1.1", "list_role": "total", "origin": "narrative"},
--   {"measure": "executed", "printed": "620.7", "list_id": "s1.1", "list_role": "part", "origin": "narrative"}]
-- @bad [{"measure": "budget", "printed": "1286.7", "list_id": "s1.1", "list_role": "total", "origin": "narrative"},
--   {"measure": "budget", "printed": "417", "list_id": "s1.1", "list_role": "part", "origin": "narrative"},
--   {"measure": "budget", "printed": "896.7", "list_id": "s1.1", "list_role": "part", "origin": "narrative"}]
select
    document_id,
    list_id as equation_key,
    'partial_sum' as kind,
    subject,
    summing(parts, sole_total) as terms
from lists
where partition is null
    and closed_by is null
    and totals > 0
    and measure <> 'change_amount'
