-- 可比的数：一份报告对一个事项、一个口径只说了一个数的 / The figures that another report can be held against: those of which a report gives one value.
-- `basis` is budget, final, executed, or change (against the year before); `side` is in, out, both, basic, project, personnel or
-- public; `view` is whose money it is (all, fiscal, general, government_fund, state_capital, other), unsaid where prose does not
-- tell; `item` is a code, a programme, a total, a fund, or the report's own words; `year` is 0, or -1 for the year before.
with reported as (
    select
        document_id,
        fiscal_year,
        is_budget,
        list_contains(families, 'final_accounts') and not is_budget as is_final
    from core.documents
),

spoken as (
    select
        f.document_id,
        f.same_as as fact_id,
        f.fact_no,
        f.number,
        f.half_unit,
        f.origin,
        f.measure,
        f.year_offset,
        f.fund_source,
        f.scope,
        f.subject_kind,
        f.programme,
        f.period_end_month,
        f.rate_basis,
        d.is_budget,
        d.is_final,
        d.fiscal_year,
        coalesce(f.table_kind, '') as table_kind,
        regexp_replace(f.subject, '\s', '', 'g') as subject,
        nullif(regexp_extract(f.subject_code, '^(?:2\d{2}(?:\d{2}){0,2}|[35]\d{2}(?:\d{2})?)$'), '') as code,
        regexp_replace(coalesce(f.column_label, ''), '\s', '', 'g') as label
    from figures as f
    inner join reported as d using (document_id)
    where f.is_amount
        and f.subject_kind in ('department_total', 'fund_source', 'programme', 'functional_item', 'economic_item')
        and f.year_offset in (0, -1)
        -- 绩效目标申报表里的总额和资金来源是一个项目的，政府采购表的合计是采购的
        and coalesce(f.table_kind, '') <> 'target_declaration'
        and not (coalesce(f.table_kind, '') = 'budget_procurement' and f.subject_kind = 'department_total')
),

-- “某某（款）某某（项）”按科目名称找编码
worded as (
    select distinct
        subject,
        regexp_extract(subject, '([^）)（(]+)[（(][^）)（(]*款[）)]', 1) as section,
        regexp_extract(subject, '([^）)（(]+)[（(][^）)（(]*项[）)]', 1) as item
    from spoken
    where code is null
        and subject_kind = 'functional_item'
),

coded as (
    select
        w.subject,
        min(i.code) as code
    from worded as w
    inner join account_names as i
        on i.classification = 'functional'
        and i.level = 'item'
        and i.name = w.item
    inner join account_names as s
        on s.classification = 'functional'
        and s.level = 'section'
        and s.name = w.section
        and s.code = left(i.code, 5)
    group by w.subject
    having count(distinct i.code) = 1
),

sorted as (
    select
        s.* exclude (code),
        coalesce(s.code, c.code) as code,
        case when starts_with(s.measure, 'prior_year_') then -1 else s.year_offset end as year,
        case
            when s.measure in ('initial_budget', 'prior_year_budget') or (s.measure = 'budget' and s.is_budget) then 'budget'
            when s.measure in ('final_account', 'prior_year_final_account') then 'final'
            when s.measure in ('executed', 'prior_year_executed') then 'executed'
            when s.measure = 'change_amount'
                then case
                    when s.rate_basis = 'prior'
                        and coalesce(try_cast(nullif(regexp_extract(s.label, '20\d\d'), '') as integer), s.fiscal_year - 1)
                        = s.fiscal_year - 1
                        and not (s.is_budget and regexp_matches(s.label, '执行|决算'))
                        and not (s.is_final and regexp_matches(s.label, '预算|执行'))
                        then 'change'
                end
            when s.measure in (
                    'expenditure', 'revenue', 'basic_expenditure', 'project_expenditure', 'personnel_expenditure',
                    'public_expenditure'
                )
                then case when s.is_budget then 'budget' when s.is_final then 'final' end
        end as basis,
        -- 事项名称里去掉“预算”“决算”等字样后的部分
        regexp_replace(s.subject, '^(?:本部门|本单位)|(?:年初)?(?:预算|决算)(?:数|总计|合计)?$', '', 'g') as plain,
        s.subject_kind in ('department_total', 'fund_source') as is_whole
    from spoken as s
    left join coded as c using (subject)
),

keyed as (
    select
        *,
        case
            when measure = 'basic_expenditure' or (is_whole and regexp_matches(plain, '基本支出$')) then 'basic'
            when measure = 'project_expenditure' or (is_whole and regexp_matches(plain, '项目支出$')) then 'project'
            when measure = 'personnel_expenditure' or (is_whole and regexp_matches(plain, '人员经费$')) then 'personnel'
            when measure = 'public_expenditure' or (is_whole and regexp_matches(plain, '公用经费$')) then 'public'
            when is_whole and regexp_matches(plain, '收.*支') then 'both'
            when is_whole and regexp_matches(plain, '支出') then 'out'
            when measure = 'revenue' or (is_whole and regexp_matches(plain, '收入')) then 'in'
            when is_whole and regexp_matches(label, '收入') and not regexp_matches(label, '支出') then 'in'
            else 'out'
        end as side,
        case
            when fund_source <> 'all' then fund_source
            when regexp_matches(table_kind, '_general_') or scope = '一般公共预算' then 'general'
            when regexp_matches(table_kind, 'government_fund') then 'government_fund'
            when regexp_matches(table_kind, 'state_capital') then 'state_capital'
            when regexp_matches(table_kind, '_fiscal_') or scope = '财政拨款' then 'fiscal'
            when origin = 'narrative' and subject_kind = 'functional_item' then 'unsaid'
            else 'all'
        end as view
    from sorted
    where basis is not null
),

named as (
    select
        *,
        case
            -- 经济分类各表的列法不同，只与同一种表比
            when subject_kind = 'economic_item' then coalesce('code ' || code, 'words ' || plain) || ' ' || table_kind
            when code is not null then 'code ' || code
            when subject_kind = 'programme' then 'programme ' || coalesce(programme, plain)
            when subject_kind = 'department_total'
                and regexp_matches(
                    plain,
                    '^(?:本年|当年)?(?:财政拨款)?(?:收入|支出|收入、支出|收、支|基本支出|项目支出|人员经费|公用经费)?(?:总计|合计)?$'
                )
                then 'total' || case
                    when regexp_matches(plain || label, '总计') then ' grand'
                    when regexp_matches(plain, '本年|当年') then ' year'
                    else ''
                end
            when subject_kind = 'fund_source'
                and view in ('fiscal', 'general', 'government_fund', 'state_capital')
                and not regexp_matches(plain, '结转|结余|上年|总计|合计')
                then 'fund'
            when plain <> '' then subject_kind || ' ' || plain
        end as item
    from keyed
)

select
    document_id,
    basis,
    side,
    view,
    item,
    year,
    min(subject_kind) as subject_kind,
    min(code) as code,
    max(period_end_month) as month,
    arg_min(fact_id, (half_unit, fact_no)) as fact_id,
    -- 四舍五入最多的一处：由它算出的增减额也只精确到那里
    arg_max(fact_id, (half_unit, -fact_no)) as rounded_fact_id,
    arg_min(number, (half_unit, fact_no)) as number,
    arg_min(subject, (half_unit, fact_no)) as subject,
    bool_or(origin = 'table') as in_table
from named
where item is not null
group by document_id, basis, side, view, item, year
-- 各处所说的数彼此相容，才算只有一个数；截尾也算相容
having max(number - 2 * half_unit) <= min(number + 2 * half_unit)
