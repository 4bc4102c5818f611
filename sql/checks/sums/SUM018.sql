-- 车辆总数等于各类用车之和 / All vehicles are the sum of their kinds
-- @formula 共有车辆 = Σ 各类用车（列有“其他用车”，即为全部）
-- @basis 算术；部门决算、区级部门预算模板：国有资产占有使用情况按用途列全
-- @severity error
-- @needs count, list
-- @origin narrative
-- @message_zh {subject}：总数与各类用车之和不符，{equation}，相差{difference}。
-- @message_en {subject}: the total is not the sum of the kinds: {equation_en}; off by {difference_en}.
-- @good [{"measure": "count", "printed": "3", "subject": "车辆", "subject_kind": "other", "unit": "辆", "origin": "narrative", "list_id": "s1.l1:count", "list_role": "total"},
--   {"measure": "count", "printed": "3", "subject": "执法执勤用车", "subject_kind": "other", "unit": "辆", "origin": "narrative", "list_id": "s1.l1:count", "list_role": "part"},
--   {"measure": "count", "printed": "0", "subject": "其他用车", "subject_kind": "other", "unit": "辆", "origin": "narrative", "list_id": "s1.l1:count", "list_role": "part"}]
-- @bad [{"measure": "count", "printed": "3", "subject": "车辆", "subject_kind": "other", "unit": "辆", "origin": "narrative", "list_id": "s1.l1:count", "list_role": "total"},
--   {"measure": "count", "printed": "2", "subject": "执法执勤用车", "subject_kind": "other", "unit": "辆", "origin": "narrative", "list_id": "s1.l1:count", "list_role": "part"},
--   {"measure": "count", "printed": "0", "subject": "其他用车", "subject_kind": "other", "unit": "辆", "origin": "narrative", "list_id": "s1.l1:count", "list_role": "part"}]
select
    document_id,
    list_id as equation_key,
    'sum' as kind,
    subject,
    summing(parts, total) as terms
from lists
where partition = 'vehicles'
    and totals = 1
