-- 已证明列全的分项之和等于总数 / The items of a list that is known to be complete add up to its total
-- @formula Σ 各项 = 总数，且同样各项的另一指标之和恰等于其总数
-- @basis 会计恒等式；同样的各项在另一指标上恰好加总，证明所列即全部
-- @severity error
-- @needs list
-- @origin any
-- @message_zh {subject}：所列各项之和与总数不符，{equation}，相差{difference}；这些项目的另一栏数字相加恰等于其总数，可见所列即为全部。
-- @message_en {subject}: the listed items do not add up to the total: {equation_en}; off by {difference_en}. Another measure of the same items adds up exactly, so the list is complete.
-- @good [{"measure": "final_account", "printed": "394.09", "list_id": "sec5:final_account", "list_role": "total", "statement": "s1.1"},
--   {"measure": "final_account", "printed": "314.55", "list_id": "sec5:final_account", "list_role": "part", "statement": "s2.1"},
--   {"measure": "final_account", "printed": "79.54", "list_id": "sec5:final_account", "list_role": "part", "statement": "s3.1"},
--   {"measure": "initial_budget", "printed": "343.57", "list_id": "sec5:initial_budget", "list_role": "total", "statement": "s1.1"},
--   {"measure": "initial_budget", "printed": "264.32", "list_id": "sec5:initial_budget", "list_role": "part", "statement": "s2.1"},
--   {"measure": "initial_budget", "printed": "79.25", "list_id": "sec5:initial_budget", "list_role": "part", "statement": "s3.1"}]
-- @bad [{"measure": "final_account", "printed": "394.09", "list_id": "sec5:final_account", "list_role": "total", "statement": "s1.1"},
--   {"measure": "final_account", "printed": "314.55", "list_id": "sec5:final_account", "list_role": "part", "statement": "s2.1"},
--   {"measure": "final_account", "printed": "79.54", "list_id": "sec5:final_account", "list_role": "part", "statement": "s3.1"},
--   {"measure": "initial_budget", "printed": "461.57", "list_id": "sec5:initial_budget", "list_role": "total", "statement": "s1.1"},
--   {"measure": "initial_budget", "printed": "264.32", "list_id": "sec5:initial_budget", "list_role": "part", "statement": "s2.1"},
--   {"measure": "initial_budget", "printed": "79.25", "list_id": "sec5:initial_budget", "list_role": "part", "statement": "s3.1"}]
select
    document_id,
    list_id as equation_key,
    'sum' as kind,
    subject,
    summing(parts, sole_total) as terms
from lists
where partition is null
    and closed_by is not null
    and totals > 0
