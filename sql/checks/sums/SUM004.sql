-- 基本支出加项目支出等于支出合计 / Basic and project expenditure add up to the total
-- @formula 基本支出 + 项目支出（+ 其他支出种类）= 支出合计
-- @basis 会计恒等式；《政府会计制度》按支出性质的划分
-- @severity error
-- @needs basic_expenditure, project_expenditure
-- @origin any
-- @message_zh {subject}：基本支出与项目支出之和与合计不符，{equation}，相差{difference}。
-- @message_en {subject}: basic and project expenditure do not add up: {equation_en}; off by {difference_en}.
-- @good [{"measure": "expenditure", "printed": "23367.00", "list_id": "s1.1", "list_role": "total"},
--   {"measure": "basic_expenditure", "printed": "789.94", "list_id": "s1.1", "list_role": "part"},
--   {"measure": "project_expenditure", "printed": "22577.06", "list_id": "s1.1", "list_role": "part"}]
-- @bad [{"measure": "executed", "printed": "4532.05", "list_id": "t1:kinds", "list_role": "total"},
--   {"measure": "basic_expenditure", "printed": "306.91", "list_id": "t1:kinds", "list_role": "part"},
--   {"measure": "project_expenditure", "printed": "4175.33", "list_id": "t1:kinds", "list_role": "part"}]
select
    document_id,
    list_id as equation_key,
    'sum' as kind,
    subject,
    summing(parts, sole_total) as terms
from lists
where partition = 'expenditure_kinds'
    and totals > 0
