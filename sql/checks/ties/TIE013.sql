-- 基本支出中的“三公”科目不大于“三公”经费 / Three public expenses paid from basic expenditure are no more than the three public expenses
-- @formula 基本支出表的因公出国（境）费用（30212）、公务接待费（30217）、公务用车运行维护费（30231）、公务用车购置（31013）≤ “三公”经费表的同一项
-- @basis “三公”经费表反映财政拨款（含基本支出和项目支出）安排的支出，基本支出是其中一部分
-- @severity warning
-- @needs three_public|budget_three_public, final_general_basic|budget_general_basic
-- @origin table
-- @message_zh {subject}：基本支出表中的数大于“三公”经费表中的数，{equation}，多出{difference}。
-- @message_en {subject}: basic expenditure alone is more than the three public expenses state: {equation_en}; by {difference_en}.
-- @good [{"measure": "final_account", "printed": "2.50", "subject": "公务接待费", "table_kind": "final_general_basic", "table_id": "d1:t6", "table_no": 6, "row_no": 7, "column_label": "决算数", "statement": "t6r30217", "subject_kind": "economic_item", "subject_code": "30217", "table_title": "一般公共预算财政拨款基本支出决算表"},
--   {"measure": "final_account", "printed": "2.50", "subject": "公务接待费", "table_kind": "three_public", "table_id": "d1:t9", "table_no": 9, "row_no": 5, "column_label": "决算数 > 公务接待费", "statement": "t9r5.公务接待费", "subject_kind": "other", "table_title": "财政拨款“三公”经费支出决算表"}]
-- @good [{"measure": "public_expenditure", "printed": "99,800.00", "subject": "公务用车运行维护费", "table_kind": "budget_general_basic", "table_id": "d1:t6", "table_no": 6, "row_no": 7, "column_label": "一般公共预算基本支出 > 公用经费", "statement": "t6r30231", "subject_kind": "economic_item", "subject_code": "30231", "unit": "元", "table_title": "一般公共预算财政拨款基本支出决算表"},
--   {"measure": "budget", "printed": "9.98", "subject": "运行费", "table_kind": "budget_three_public", "table_id": "d1:t9", "table_no": 9, "row_no": 5, "column_label": "“三公”经费预算数 > 公务用车购置及运行费 > 运行费", "statement": "t9r5.运行费", "subject_kind": "other", "table_title": "财政拨款“三公”经费支出决算表"}]
-- @bad [{"measure": "final_account", "printed": "25.00", "subject": "公务接待费", "table_kind": "final_general_basic", "table_id": "d1:t6", "table_no": 6, "row_no": 7, "column_label": "决算数", "statement": "t6r30217", "subject_kind": "economic_item", "subject_code": "30217", "table_title": "一般公共预算财政拨款基本支出决算表"},
--   {"measure": "final_account", "printed": "2.50", "subject": "公务接待费", "table_kind": "three_public", "table_id": "d1:t9", "table_no": 9, "row_no": 5, "column_label": "决算数 > 公务接待费", "statement": "t9r5.公务接待费", "subject_kind": "other", "table_title": "财政拨款“三公”经费支出决算表"}]
with named as (
    select
        document_id,
        same_as as fact_id,
        number,
        case
            when regexp_matches(subject, '因公出国') then '30212'
            when regexp_matches(subject, '^公务接待') then '30217'
            when regexp_matches(subject, '^(?:公务用车|公车)?运行(?:维护)?费') then '30231'
            when regexp_matches(subject, '^(?:公务用车|公车)?购置费') then '31013'
        end as code
    from figures
    where table_kind in ('three_public', 'budget_three_public')
        and origin = 'table'
        and is_amount
        and year_offset = 0
        and measure = if(table_kind = 'three_public', 'final_account', 'budget')
),

three_public as (
    select
        document_id,
        code,
        any_value(fact_id) as fact_id
    from named
    where code is not null
    group by document_id, code
    having count(distinct number) = 1
)

select
    b.document_id,
    b.item as equation_key,
    'bound' as kind,
    b.subject || '（' || b.item || '）' as subject,
    [part(b.fact_id), result(t.fact_id)] as terms
from mentions as b
inner join three_public as t on t.document_id = b.document_id and t.code = b.item
where b.table_kind in ('final_general_basic', 'budget_general_basic')
    and b.purpose in ('basic', 'public')
    -- 编码与名称都是这一科目的才比
    and regexp_matches(b.subject, '因公出国|公务接待|公务用车|公车')
qualify row_number() over (partition by b.document_id, b.table_kind, b.item order by b.purpose) = 1
