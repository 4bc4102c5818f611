-- 政府采购支出等于货物、工程、服务之和 / Procurement is goods, works and services
-- @formula 政府采购货物支出 + 工程支出 + 服务支出 = 政府采购支出总额
-- @basis 《政府采购法》第二条：采购对象为货物、工程和服务
-- @severity error
-- @needs list
-- @origin any
-- @message_zh {subject}：政府采购总额与货物、工程、服务之和不符，{equation}，相差{difference}。
-- @message_en {subject}: goods, works and services do not add up: {equation_en}; off by {difference_en}.
-- @good [{"measure": "expenditure", "printed": "413.17", "subject": "政府采购支出总额", "origin": "narrative", "list_id": "s1.1", "list_role": "total"},
--   {"measure": "expenditure", "printed": "1", "subject": "政府采购货物支出", "origin": "narrative", "list_id": "s1.1", "list_role": "part"},
--   {"measure": "expenditure", "printed": "412.17", "subject": "政府采购服务支出", "origin": "narrative", "list_id": "s1.1", "list_role": "part"}]
-- @bad [{"measure": "expenditure", "printed": "431.17", "subject": "政府采购支出总额", "origin": "narrative", "list_id": "s1.1", "list_role": "total"},
--   {"measure": "expenditure", "printed": "1", "subject": "政府采购货物支出", "origin": "narrative", "list_id": "s1.1", "list_role": "part"},
--   {"measure": "expenditure", "printed": "412.17", "subject": "政府采购服务支出", "origin": "narrative", "list_id": "s1.1", "list_role": "part"}]
select
    document_id,
    list_id as equation_key,
    'sum' as kind,
    subject,
    summing(parts, sole_total) as terms
from lists
where partition = 'procurement'
    and totals > 0
