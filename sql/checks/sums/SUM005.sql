-- 人员经费加公用经费等于基本支出 / Personnel and public expenditure add up to basic expenditure
-- @formula 人员经费 + 公用经费 = 基本支出
-- @basis 会计恒等式；基本支出由人员经费和公用经费组成
-- @severity error
-- @needs personnel_expenditure, public_expenditure, basic_expenditure
-- @origin any
-- @message_zh {subject}：人员经费与公用经费之和与基本支出不符，{equation}，相差{difference}。
-- @message_en {subject}: personnel and public expenditure do not add up: {equation_en}; off by {difference_en}.
-- @good [{"measure": "basic_expenditure", "printed": "498.42", "list_id": "s1.1", "list_role": "total"},
--   {"measure": "personnel_expenditure", "printed": "465.96", "list_id": "s1.1", "list_role": "part"},
--   {"measure": "public_expenditure", "printed": "32.46", "list_id": "s1.1", "list_role": "part"}]
-- @bad [{"measure": "basic_expenditure", "printed": "498.42", "list_id": "s1.1", "list_role": "total"},
--   {"measure": "personnel_expenditure", "printed": "456.96", "list_id": "s1.1", "list_role": "part"},
--   {"measure": "public_expenditure", "printed": "32.46", "list_id": "s1.1", "list_role": "part"}]
-- @good [{"measure": "expenditure", "printed": "3219.95", "list_id": "s1.1", "list_role": "total"},
--   {"measure": "personnel_expenditure", "printed": "255.44", "list_id": "s1.1", "list_role": "part"},
--   {"measure": "public_expenditure", "printed": "51.47", "list_id": "s1.1", "list_role": "part"}]
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
where partition = 'personnel_public'
    and totals > 0
