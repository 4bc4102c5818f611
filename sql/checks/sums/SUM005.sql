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

-- 未列成清单而在同一口径下各只有一个数的，也应相符
with listed as (
    select
        document_id,
        list_id as equation_key,
        subject,
        parts,
        case when totals = 1 then total end as total
    from lists
    where partition = 'personnel_public'
        and totals > 0
),

apart as (
    select
        document_id,
        arg_min(same_as, fact_no) filter (where measure = 'basic_expenditure') as total,
        arg_min(same_as, fact_no) filter (where measure = 'personnel_expenditure') as personnel,
        arg_min(same_as, fact_no) filter (where measure = 'public_expenditure') as public,
        any_value(subject) filter (where measure = 'basic_expenditure') as subject
    from figures
    where measure in ('basic_expenditure', 'personnel_expenditure', 'public_expenditure')
        and subject_kind = 'department_total'
        and origin = 'narrative'
    group by document_id, fund_source, scope, year_offset
    having count(distinct number) filter (where measure = 'basic_expenditure') = 1
        and count(distinct number) filter (where measure = 'personnel_expenditure') = 1
        and count(distinct number) filter (where measure = 'public_expenditure') = 1
),

stated as (
    select * from listed
    union all by name
    select
        apart.document_id,
        apart.personnel as equation_key,
        apart.subject,
        [apart.personnel, apart.public] as parts,
        apart.total
    from apart
    where not exists (
        select 1
        from listed
        where listed.document_id = apart.document_id
            and list_contains(listed.parts, apart.personnel)
    )
)

select
    document_id,
    equation_key,
    'sum' as kind,
    subject,
    summing(parts, total) as terms
from stated
