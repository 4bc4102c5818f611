-- 支出的增减额等于基本支出与项目支出增减额之和 / The change of expenditure is that of basic and of project expenditure
-- @formula 支出（财政拨款、一般公共预算支出）的增减额 = 基本支出的增减额 + 项目支出的增减额，同一句或紧接的一句说明原因
-- @basis 会计恒等式：支出 = 基本支出 + 项目支出；部门决算说明“主要原因是……基本支出较上年增加……项目支出较上年增加……”
-- @severity warning
-- @needs change_amount
-- @origin narrative
-- @message_zh {subject}：增减额与所说的基本支出、项目支出增减额之和不符，{equation}，相差{difference}。
-- @message_en {subject}: the change is not that of basic and project expenditure together ({equation_en}); off by {difference_en}.
-- @good [{"measure": "change_amount", "printed": "8288.14", "subject": "支出合计", "subject_kind": "department_total", "rate_basis": "prior", "origin": "narrative", "statement": "s1.1", "sentence_no": 1},
--   {"measure": "change_amount", "printed": "5.57", "subject": "基本支出", "subject_kind": "department_total", "rate_basis": "prior", "origin": "narrative", "statement": "s2.1", "sentence_no": 2},
--   {"measure": "change_amount", "printed": "8282.57", "subject": "项目支出", "subject_kind": "department_total", "rate_basis": "prior", "origin": "narrative", "statement": "s2.2", "sentence_no": 2}]
-- @bad [{"measure": "change_amount", "printed": "-247.22", "subject": "一般公共预算财政拨款支出", "subject_kind": "fund_source", "fund_source": "general", "rate_basis": "prior", "origin": "narrative", "statement": "s1.1", "sentence_no": 1},
--   {"measure": "change_amount", "printed": "5.57", "subject": "基本支出", "subject_kind": "department_total", "rate_basis": "prior", "origin": "narrative", "statement": "s1.2", "sentence_no": 1},
--   {"measure": "change_amount", "printed": "-225.79", "subject": "项目支出", "subject_kind": "department_total", "rate_basis": "prior", "origin": "narrative", "statement": "s1.3", "sentence_no": 1}]
with changes as (
    select distinct
        document_id,
        section,
        sentence_no,
        fact_id,
        fact_no,
        subject,
        if(topic in ('basic', 'project'), topic, 'total') as what
    from said_in_prose
    where stage = 'change_amount'
        and rate_basis = 'prior'
        and topic in ('basic', 'project', 'in', 'out')
),

-- 一句里基本支出、项目支出的增减各说了一次
reasons_given as (
    select
        document_id,
        section,
        sentence_no,
        min(fact_no) filter (where what <> 'total') as fact_no,
        min(fact_id) filter (where what = 'basic') as basic,
        min(fact_id) filter (where what = 'project') as project
    from changes
    group by all
    having count(*) filter (where what = 'basic') = 1
        and count(*) filter (where what = 'project') = 1
),

-- 它们所说明的，是前面最近的收支增减；同一句里在前，或在紧接的前一句
explained as (
    select
        given.*,
        total.fact_id as total,
        total.subject
    from reasons_given as given
    inner join changes as total
        on total.document_id = given.document_id
        and total.section = given.section
        and total.what = 'total'
        and total.fact_no < given.fact_no
        and total.sentence_no between given.sentence_no - 1 and given.sentence_no
    qualify row_number() over (partition by given.document_id, given.sentence_no order by total.fact_no desc) = 1
)

select
    document_id,
    total || ':' || basic as equation_key,
    'sum' as kind,
    subject,
    [part(basic), part(project), result(total)] as terms
from explained
