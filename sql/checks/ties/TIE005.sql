-- 收支总表的人员经费加公用经费等于支出表的基本支出 / Personnel and public expenditure of the table of both sides are the basic expenditure of the table of expenditure
-- @formula 收支总表（人员经费 + 公用经费）= 支出表基本支出，合计与各类分别相等
-- @basis 部门（单位）决算、预算公开各表出自同一套账，同一口径的同一个数只有一个；基本支出由人员经费和公用经费组成
-- @severity error
-- @needs budget_total|final_total, budget_expenditure|final_expenditure
-- @origin table
-- @message_zh {subject}：《{one_table}》的人员经费与公用经费之和，与《{other_table}》的基本支出不一致，{equation}，相差{difference}。
-- @message_en {subject}: personnel and public expenditure of {one_table} are not the basic expenditure of {other_table}: {equation_en}; off by {difference_en}.
-- @good [{"measure": "personnel_expenditure", "printed": "12,604,173", "subject": "公共安全支出", "table_kind": "budget_total", "table_id": "d1:t1", "table_no": 1, "row_no": 4, "column_label": "本年支出 > 预算数 > 基本支出 > 人员经费", "statement": "t1r4.2", "subject_kind": "functional_item", "unit": "元", "column_decimals": 2},
--   {"measure": "public_expenditure", "printed": "1,744,680", "subject": "公共安全支出", "table_kind": "budget_total", "table_id": "d1:t1", "table_no": 1, "row_no": 4, "column_label": "本年支出 > 预算数 > 基本支出 > 公用经费", "statement": "t1r4.2", "subject_kind": "functional_item", "unit": "元", "column_decimals": 2},
--   {"measure": "basic_expenditure", "printed": "14,348,853.34", "subject": "公共安全支出", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 4, "column_label": "基本支出", "statement": "t3r4", "subject_code": "204", "subject_kind": "functional_item", "table_title": "支出预算总表", "unit": "元"}]
-- @bad [{"measure": "personnel_expenditure", "printed": "12,604,173", "subject": "公共安全支出", "table_kind": "budget_total", "table_id": "d1:t1", "table_no": 1, "row_no": 4, "column_label": "本年支出 > 预算数 > 基本支出 > 人员经费", "statement": "t1r4.2", "subject_kind": "functional_item", "unit": "元", "column_decimals": 2},
--   {"measure": "public_expenditure", "printed": "1,744,680", "subject": "公共安全支出", "table_kind": "budget_total", "table_id": "d1:t1", "table_no": 1, "row_no": 4, "column_label": "本年支出 > 预算数 > 基本支出 > 公用经费", "statement": "t1r4.2", "subject_kind": "functional_item", "unit": "元", "column_decimals": 2},
--   {"measure": "basic_expenditure", "printed": "14,384,853.34", "subject": "公共安全支出", "table_kind": "budget_expenditure", "table_id": "d1:t3", "table_no": 3, "row_no": 4, "column_label": "基本支出", "statement": "t3r4", "subject_code": "204", "subject_kind": "functional_item", "table_title": "支出预算总表", "unit": "元"}]
with split as (
    select
        document_id,
        table_kind,
        item,
        carries,
        any_value(fact_id) filter (where purpose = 'personnel') as personnel,
        any_value(fact_id) filter (where purpose = 'public') as public,
        any_value(table_title) as title
    from mentions
    where table_kind in ('budget_total', 'final_total')
        and flow = 'expenditure'
        and fund = 'whole'
        and purpose in ('personnel', 'public')
    group by all
)

select
    s.document_id,
    s.item as equation_key,
    'sum' as kind,
    case s.item when 'total' then '支出合计' else m.subject || '（' || s.item || '）' end as subject,
    [part(s.personnel), part(s.public), result(m.fact_id)] as terms,
    map {'one_table': coalesce(s.title, '收支总表'), 'other_table': coalesce(m.table_title, '支出表')} as words
from split as s
inner join mentions as m
    on m.document_id = s.document_id
    and m.table_kind = if(s.table_kind = 'final_total', 'final_expenditure', 'budget_expenditure')
    and m.flow = 'expenditure'
    and m.purpose = 'basic'
    and m.item = s.item
where s.personnel is not null
    and s.public is not null
    and not s.carries
    and (m.item = 'total' or len(m.item) = 3)
