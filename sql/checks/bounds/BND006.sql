-- 授予中小企业的金额不超过政府采购总额 / Small and medium firms get no more than all procurement
-- @formula 授予中小企业合同金额 ≤ 政府采购支出总额；面向中小企业预留金额 ≤ 政府采购预算
-- @basis 部分不大于全体；《政府采购促进中小企业发展管理办法》（财库〔2020〕46号）；跨年合同可能例外
-- @severity warning
-- @needs expenditure|budget
-- @origin narrative
-- @message_zh 中小企业的份额超过了政府采购总额：{equation}。
-- @message_en Small and medium firms got more than all procurement: {equation_en}.
-- @good [{"measure": "expenditure", "printed": "413.17", "subject_kind": "other", "subject": "政府采购支出总额", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "expenditure", "printed": "413.17", "subject_kind": "other", "subject": "授予中小企业合同金额", "origin": "narrative", "statement": "s2.1"}]
-- @bad [{"measure": "expenditure", "printed": "413.17", "subject_kind": "other", "subject": "政府采购支出总额", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "expenditure", "printed": "513.17", "subject_kind": "other", "subject": "授予中小企业合同金额", "origin": "narrative", "statement": "s2.1"}]
with said as (
    select
        document_id,
        measure,
        case
            when regexp_matches(subject, '^政府采购(支出|预算|金额)?(总额)?$') then 'all'
            when regexp_matches(subject, '(授予|预留).*中小企业|中小企业.*(授予|预留)') then 'medium'
        end as who,
        same_as,
        number
    from figures
    where origin = 'narrative'
        and is_amount
        and year_offset = 0
        and regexp_matches(subject, '采购|中小企业')
        and not regexp_matches(subject, '货物|工程|服务|小微')
),

sole as (
    select
        document_id,
        measure,
        who,
        min(same_as) as figure
    from said
    where who is not null
    group by all
    having count(distinct number) = 1
)

select
    a.document_id,
    a.figure || ':' || b.figure as equation_key,
    'order' as kind,
    '中小企业' as subject,
    [part(a.figure), result(b.figure)] as terms
from sole as a
inner join sole as b
    on b.document_id = a.document_id
    and b.measure = a.measure
    and b.who = 'all'
where a.who = 'medium'
