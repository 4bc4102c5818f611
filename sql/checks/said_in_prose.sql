-- 文中所说：正文里每个金额说的是哪件事、哪个阶段、哪种资金 / What prose states: each amount whose topic, stage and funds its words and headings establish.
-- The columns are those of `said_in_tables`; an account that no table of the report has is `n:` with its name. What is said of a
-- change has the stage change_amount or change_rate.
with amounts as (
    select
        f.*,
        n.name,
        n.topic as named_topic,
        n.name || regexp_replace(coalesce(f.column_label, ''), '\s', '', 'g') as words,
        coalesce(p.section, '') as section,
        r.families,
        replace(f.measure, 'prior_year_', '') as base_measure,
        case
            when f.fund_source <> 'all' then f.fund_source
            when f.scope = '财政拨款' then 'fiscal'
            when f.scope = '' then 'all'
        end as said_pot
    from figures as f
    inner join topics_named as n using (subject)
    inner join reports as r using (document_id)
    left join passages as p
        on p.document_id = f.document_id
        and p.kind = 'sentence'
        and p.sentence_id = f.sentence_id
    where f.origin = 'narrative'
        and (f.is_amount or f.measure = 'change_rate')
        and f.fact_id = f.same_as
        and not r.is_template
        and not r.is_review
        -- 部门的报告里单说本级、下属单位的，不是全部门的数
        and not (
            f.subject_kind in ('department_total', 'fund_source', 'economic_item', 'other')
            and coalesce(r.scope, '') not in ('本级', '单位')
            and regexp_matches(f.quote, '本级|局机关|机关本部|下属|所属.{0,2}单位|二级单位')
        )
        -- 一个地方的财政收支（“全县……完成”）不是部门的收支，几个地方的也常写在一起
        and not (
            f.subject_kind = 'fund_source'
            and (len(r.families) = 0 or regexp_matches(coalesce(f.column_label, ''), '完成|实现|组织') or regexp_matches(n.name, '^(全[国省市区县]|地方)'))
        )
        -- 面向中小企业的采购只是采购的一部分
        and not regexp_matches(n.name || f.quote, '采购.*(中小|小微)')
),

staged as (
    select
        *,
        case
            when base_measure = 'initial_budget' then 'initial'
            when base_measure = 'adjusted_budget' then 'adjusted'
            when base_measure = 'final_account' then 'final'
            when base_measure in ('budget', 'executed', 'change_amount', 'change_rate') then base_measure
            when base_measure not in ('expenditure', 'revenue') and base_measure not like '%\_expenditure' escape '\' then null
            when list_contains(families, 'final_accounts') and regexp_matches(section, '决算') then 'final'
            when list_contains(families, 'budgets') and not list_contains(families, 'final_accounts') then 'budget'
            when list_contains(families, 'self_evaluation_department') and subject_kind = 'programme' then 'final'
        end as stage
    from amounts
),

-- 清单的各项随总数的资金口径（“财政拨款支出主要内容如下”）；同名事项在别处再说时也是
listed as (
    select
        part.document_id,
        part.subject,
        min(case when total.fund_source <> 'all' then total.fund_source when total.scope = '财政拨款' then 'fiscal' end) as pot
    from figures as part
    inner join figures as total
        on total.document_id = part.document_id
        and total.list_id = part.list_id
        and total.list_role = 'total'
    where part.list_role = 'part'
        and part.origin = 'narrative'
        and part.subject_kind = 'functional_item'
        and part.year_offset = 0
    group by all
    having count(distinct case when total.fund_source <> 'all' then total.fund_source else total.scope end) = 1
),

-- “公共安全支出（204类）司法（06款）行政运行（01项）”：类、款、项三级名称；换行截去了“（项）”的，最后的文字是项的名称；截在款的名称里的，不认
leveled as (
    select
        s.*,
        coalesce(case when s.said_pot = 'all' then listed.pot end, s.said_pot) as pot,
        regexp_replace(regexp_replace(s.name, '\(\d*[类款项]\)', '', 'g'), '(?:支出)+$', '') as plain_name,
        regexp_extract(
            s.name,
            '^(?:([^()]*)\(\d*类\)(?:支出)?)?(?:([^()]*)\(\d*款\)(?:支出)?)?(?:([^()]*)\(\d*项\)(?:支出)?)?(.*)$',
            ['class', 'section', 'item', 'rest']
        ) as parts
    from staged as s
    left join listed using (document_id, subject)
    where s.stage is not null
        and s.said_pot is not null
),

coded as (
    select distinct
        document_id,
        code,
        regexp_replace(regexp_replace(subject, '[\s“”"]', '', 'g'), '支出$', '') as name
    from accounts
    where code like '2%'
),

asked as (
    select distinct
        document_id,
        subject,
        regexp_replace(parts.class, '支出$', '') as class,
        regexp_replace(parts.section, '支出$', '') as section,
        regexp_replace(if(parts.section <> '' and parts.item = '', parts.rest, parts.item), '支出$', '') as item,
        regexp_replace(parts.rest, '支出$', '') as rest
    from leveled
    where subject_kind = 'functional_item'
        and coalesce(subject_code, '') = ''
),

-- 以最低一级的名称认科目；款的名称也说了的，款也要对上。认不出唯一一个科目的不认
found as (
    select
        asked.document_id,
        asked.subject,
        min(coded.code) as code
    from asked
    inner join coded
        on coded.document_id = asked.document_id
        and case
            when asked.item <> '' then len(coded.code) = 7 and coded.name = asked.item
            when asked.section <> '' then len(coded.code) = 5 and coded.name = asked.section
            when asked.class <> '' then len(coded.code) = 3 and coded.name = asked.class
            else coded.name = asked.rest
        end
    left join coded as upper
        on upper.document_id = asked.document_id
        and upper.code = left(coded.code, 5)
        and asked.item <> ''
    where case
            when asked.item <> '' then asked.section in ('', coalesce(upper.name, asked.section))
            when asked.section = '' and asked.class <> '' then asked.rest = ''
            else true
        end
    group by all
    having count(distinct coded.code) = 1
),

shared_names as (
    select regexp_replace(name, '支出$', '') as name
    from account_names
    where classification = 'functional'
    group by all
    having count(distinct code) > 1
),

sided as (
    select
        l.*,
        coalesce(nullif(l.subject_code, ''), found.code) as code,
        case
            when regexp_matches(words, '收') then 'in'
            when regexp_matches(words, '支') then 'out'
            when subject_kind = 'department_total' and base_measure in ('final_account', 'executed') then 'out'
        end as side,
        case
            when base_measure = 'basic_expenditure' or regexp_full_match(name, '(?:一般公共预算|政府性基金(?:预算)?|国有资本经营预算)?(?:财政)?(?:拨款)?(?:安排的)?' || '基本支出') then 'basic'
            when base_measure = 'project_expenditure' or regexp_full_match(name, '(?:一般公共预算|政府性基金(?:预算)?|国有资本经营预算)?(?:财政)?(?:拨款)?(?:安排的)?' || '项目支出') then 'project'
            when base_measure = 'personnel_expenditure' or regexp_full_match(name, '人员(?:经费|支出)') then 'personnel'
            when base_measure = 'public_expenditure' or regexp_full_match(name, '(?:日常)?公用(?:经费|支出)') then 'public'
        end as sort
    from leveled as l
    left join found using (document_id, subject)
),

amounts_of as (
    select
        *,
        -- 列在公用经费、机关运行经费之下的接待费、会议费，只是基本支出里的那一部分
        case
            when subject_kind not in ('economic_item', 'other') then null
            when named_topic in ('vehicle_purchase', 'vehicle_running') and not regexp_matches(name, '公务用车') then null
            when named_topic in ('meetings', 'training') and not regexp_matches(section, '三公') then null
            when named_topic in ('abroad', 'vehicles', 'vehicle_purchase', 'vehicle_running', 'reception', 'meetings', 'training')
                and regexp_matches(quote || regexp_extract(section, '[^>]*$'), '机关运行|公用经费|人员经费') then null
            else named_topic
        end as own_topic,
        base_measure in (
            'initial_budget', 'adjusted_budget', 'budget', 'executed', 'final_account', 'expenditure', 'revenue',
            'change_amount', 'change_rate'
        ) as is_of_all,
        -- 没有说是谁的、没有说收支的，要句中说到部门、单位，才是全部门的预算
        regexp_matches(quote, '部门|单位|整体|局|委员会|街道')
        and not regexp_matches(quote, '[该本]项目|项目(?:全年|年度|总|预算|资金)|专项')
        and not regexp_matches(section, '项目|专项|经费') as is_of_department
    from sided
),

topical as (
    select
        * replace (own_topic as named_topic),
        case
            when own_topic is not null and is_of_all then own_topic
            when subject_kind = 'programme' and (is_of_all or base_measure = 'project_expenditure') then 'p:' || name
            when subject_kind = 'functional_item' and not is_of_all then null
            when subject_kind = 'functional_item' and code is not null then 'f' || code
            -- “行政运行”“一般行政管理事务”是许多科目的名称，单说名称时不知是哪一个
            when subject_kind = 'functional_item' and plain_name in (select name from shared_names) then null
            when subject_kind = 'functional_item' then 'n:' || nullif(plain_name, '')
            -- “编报绩效目标的项目19个，涉及财政拨款6484.05万元”是一部分的钱
            when subject_kind in ('department_total', 'fund_source') and regexp_matches(quote, '项目.{0,30}涉及|涉及.{0,12}资金')
                then null
            when subject_kind = 'department_total' and regexp_matches(words, '项目(?:总|年度|资金|预算)|专项|机动|结转|结余') then null
            when subject_kind = 'department_total' and sort is not null then sort
            when subject_kind = 'department_total' and regexp_full_match(name, '(?:部门|单位)?整体(?:支出)?')
                and stage in ('initial', 'adjusted', 'budget') then 'whole'
            when subject_kind = 'department_total' and side is null then if(is_of_department, 'whole', null)
            when subject_kind = 'department_total' and not regexp_matches(words, '[收支]') and not is_of_department then null
            when subject_kind = 'department_total' then side
            when subject_kind = 'fund_source' and pot = 'other' and regexp_matches(name, '收入$')
                then 'in:' || replace(regexp_replace(name, '收入$', ''), '事业单位经营', '经营')
            when subject_kind = 'fund_source' and pot in ('fiscal', 'general', 'government_fund', 'state_capital')
                and regexp_matches(name, '一般公共预算|政府性基金|国有资本经营|财政拨款') then side
        end as topic
    from amounts_of
),

-- “收入、支出总计”说的是两边
sides as (
    select * replace (unnest(if(topic = 'in' and regexp_matches(name, '收入?[、和与]?支'), ['in', 'out'], [topic])) as topic)
    from topical
    where topic is not null
),

-- 同一清单里并列的两项不是一件事
apart as (
    select distinct
        t.document_id,
        t.topic
    from sides as t
    inner join figures as f
        on f.document_id = t.document_id
        and f.same_as = t.fact_id
        and f.list_role = 'part'
    group by t.document_id, t.topic, t.stage, t.pot, f.list_id
    having count(*) > 1
)

select
    document_id,
    fact_id,
    fact_no,
    statement,
    sentence_id,
    sentence_no,
    section,
    subject,
    measure,
    rate_basis,
    fund_source,
    regexp_replace(coalesce(column_label, ''), '\s', '', 'g') as cue,
    topic,
    case
        when stage = 'executed' and topic in ('in', 'out', 'basic', 'project') and coalesce(period_end_month, 12) = 12 then 'final'
        else stage
    end as stage,
    case when topic = named_topic then 'own' else pot end as pot,
    case
        when topic not in ('in', 'out') then ''
        when regexp_matches(words, '总计|总额|总预算|总决算') then 'grand'
        -- 决算说明里不带“总计”的收入、支出都是本年的；预算说明里分不清
        when stage = 'final' or regexp_matches(words, '本年|当年') then 'year'
        else ''
    end as level,
    year_offset,
    coalesce(period_end_month, 12) as month,
    number,
    half_unit
from sides
where (document_id, topic) not in (select (document_id, topic) from apart)
