-- 小微企业的份额不超过中小企业的份额 / Small firms get no more than small and medium ones
-- @formula 授予（预留给）小微企业的金额 ≤ 授予（预留给）中小企业的金额
-- @basis 《政府采购促进中小企业发展管理办法》（财库〔2020〕46号）：小微企业是中小企业的一部分
-- @severity error
-- @needs expenditure|budget
-- @origin narrative
-- @message_zh {subject}：{equation}，部分超过了全体。
-- @message_en {subject}: {equation_en}; a part exceeds its whole.
-- @good [{"measure": "expenditure", "printed": "413.17", "subject_kind": "other", "subject": "政府采购支出总额", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "expenditure", "printed": "413.17", "subject_kind": "other", "subject": "授予中小企业合同金额", "origin": "narrative", "statement": "s2.1"},
--   {"measure": "expenditure", "printed": "333.37", "subject_kind": "other", "subject": "授予小微企业合同金额", "origin": "narrative", "statement": "s2.2"}]
-- @bad [{"measure": "expenditure", "printed": "413.17", "subject_kind": "other", "subject": "授予中小企业合同金额", "origin": "narrative", "statement": "s2.1"},
--   {"measure": "expenditure", "printed": "533.37", "subject_kind": "other", "subject": "授予小微企业合同金额", "origin": "narrative", "statement": "s2.2"}]
with said as (
    select
        document_id,
        measure,
        case when contains(subject, '预留') then '预留' when contains(subject, '授予') then '授予' else '' end as how,
        case
            when regexp_matches(subject, '小微|小型、?微型|小型和微型') then 'small'
            when contains(subject, '中小企业') then 'medium'
        end as who,
        same_as,
        number
    from figures
    where origin = 'narrative'
        and is_amount
        and year_offset = 0
        and regexp_matches(subject, '中小企业|小微|小型')
        and not regexp_matches(subject, '货物|工程|服务')
),

sole as (
    select
        document_id,
        measure,
        how,
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
    'bound' as kind,
    '小微企业' as subject,
    [part(a.figure), result(b.figure)] as terms
from sole as a
inner join sole as b
    on b.document_id = a.document_id
    and b.measure = a.measure
    and b.how = a.how
where a.how <> ''
    and a.who = 'small'
    and b.who = 'medium'
