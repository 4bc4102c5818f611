-- “三公”经费等于其各组成部分之和 / The three public expenses add up
-- @formula 因公出国（境）费 + 公务用车购置及运行维护费 + 公务接待费 = “三公”经费；购置 + 运行维护 = 公务用车小计
-- @basis 财政部“三公”经费口径；决算公开09表
-- @severity error
-- @needs list
-- @origin any
-- @message_zh {subject}：“三公”经费与其组成部分之和不符，{equation}，相差{difference}。
-- @message_en {subject}: the three public expenses do not add up: {equation_en}; off by {difference_en}.
-- @good [{"measure": "final_account", "printed": "0.13", "subject": "三公经费", "list_id": "t1:three", "list_role": "total"},
--   {"measure": "final_account", "printed": "0", "column_decimals": 2, "subject": "公务用车购置及运行维护费", "list_id": "t1:three", "list_role": "part"},
--   {"measure": "final_account", "printed": "0.13", "subject": "公务接待费", "list_id": "t1:three", "list_role": "part"}]
-- @bad [{"measure": "final_account", "printed": "2.97", "subject": "三公经费", "list_id": "t1:three", "list_role": "total"},
--   {"measure": "final_account", "printed": "1.80", "subject": "公务用车购置及运行维护费", "list_id": "t1:three", "list_role": "part"},
--   {"measure": "final_account", "printed": "0.97", "subject": "公务接待费", "list_id": "t1:three", "list_role": "part"}]
select
    document_id,
    list_id as equation_key,
    'sum' as kind,
    subject,
    list_append(
        list_transform(parts, lambda p: part(p)),
        result(case when totals = 1 then total end)
    ) as terms
from lists
where partition = 'three_public'
    and totals > 0
