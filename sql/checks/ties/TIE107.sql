-- 自评报告正文的收入、人员、执行率与自评表、基础数据表一致 / Revenue by fund, heads and the execution rate said in a self-evaluation are those of its forms
-- @formula 正文中各资金来源的收入 = 自评表“按收入性质分”的同一来源；编制数、在职人数 = 基础数据表；部门整体执行率 = 自评表
-- @basis 部门整体支出绩效自评报告的格式：报告所述数据取自所附自评表、基础数据表（2024芦淞、2022蔡甸）
-- @severity warning
-- @needs revenue|count|execution_rate
-- @origin any
-- @message_zh {subject}：正文与表中的数不一致，{equation}。
-- @message_en {subject}: the text and the form give different figures ({equation_en}).
-- @good [{"measure": "count", "printed": "12", "subject": "财政供养人员情况", "subject_kind": "headcount", "unit": "人", "column_label": "2024年实际在职人数", "table_kind": "base_data"},
--   {"measure": "count", "printed": "12", "subject": "实有在职人数", "subject_kind": "headcount", "unit": "人", "origin": "narrative", "statement": "s1.1"}]
-- @good [{"measure": "execution_rate", "printed": "100%", "subject": "部门整体支出总额", "subject_kind": "department_total", "table_kind": "department_self_evaluation"},
--   {"measure": "execution_rate", "printed": "100.00%", "subject": "本部门", "subject_kind": "department_total", "origin": "narrative", "statement": "s1.1"}]
-- @bad [{"measure": "count", "printed": "12", "subject": "财政供养人员情况", "subject_kind": "headcount", "unit": "人", "column_label": "编制数", "table_kind": "base_data"},
--   {"measure": "count", "printed": "14", "subject": "编制人数", "subject_kind": "headcount", "unit": "人", "origin": "narrative", "statement": "s1.1"}]
-- @bad [{"measure": "revenue", "printed": "3219.95", "subject": "一般公共预算", "subject_kind": "fund_source", "fund_source": "general", "table_kind": "department_self_evaluation"},
--   {"measure": "revenue", "printed": "3291.95", "subject": "一般公共预算财政拨款收入", "subject_kind": "fund_source", "fund_source": "general", "scope": "一般公共预算", "origin": "narrative", "statement": "s1.1"}]
with labelled as (
    select
        *,
        regexp_replace(
            case when subject_kind = 'headcount' and table_id is not null then coalesce(column_label, '') else subject end, '\s', '', 'g'
        ) as label
    from figures
    where fact_id = same_as
        and year_offset = 0
        and (table_kind in ('base_data', 'department_self_evaluation') or origin = 'narrative')
),

asked as (
    select
        *,
        case
            when measure = 'revenue' and subject_kind = 'fund_source' and fund_source in ('general', 'government_fund', 'state_capital')
                then 'revenue of ' || fund_source
            when measure = 'count' and subject_kind = 'headcount' and regexp_matches(label, '在职|在编|实有')
                and not regexp_matches(label, '离|退') then 'in post'
            when measure = 'count' and subject_kind = 'headcount'
                and regexp_full_match(label, '(?:[^>]*>)*(?:人员)?编制(?:人)?(?:总)?数') then 'posts'
            when measure = 'execution_rate' and subject_kind = 'department_total' and fund_source = 'all' and scope = ''
                and coalesce(period_end_month, 12) = 12 and not regexp_matches(label, '基本支出|项目支出') then 'rate'
        end as what
    from labelled
),

-- 表中、正文各只有一个数的
pairs as (
    select
        document_id,
        what,
        arg_min(fact_id, fact_no) filter (where table_id is not null) as printed,
        arg_min(fact_id, fact_no) filter (where table_id is null) as said,
        arg_min(subject, fact_no) filter (where table_id is null) as subject
    from asked
    where what is not null
    group by all
    having count(distinct number) filter (where table_id is not null) = 1
        and count(distinct number) filter (where table_id is null) = 1
)

select
    document_id,
    said as equation_key,
    'same' as kind,
    subject,
    [part(printed), result(said)] as terms
from pairs
