-- 陈述：一个表行或一个分句对同一事项说的各数并成一行 / what one table row or clause states of one subject and fund source, its measures side by side.
-- @col statement_id 陈述编号 / document, statement and fund source
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col statement 陈述 / name of the table row or clause in its document
-- @col origin 出处 / table or narrative
-- @col page 页码 / page
-- @col table_id 表编号 / table
-- @col table_title 表名 / title of the table
-- @col table_kind 表的种类 / kind of table
-- @col row_no 行号 / row of the table, from 0
-- @col sentence_id 句编号 / sentence
-- @col section 所在章节 / path of headings
-- @col subject_kind 事项种类 / kind of subject
-- @col subject 事项 / whom or what it is about, as printed
-- @col subject_code 科目编码 / classification code
-- @col nature 收支性质 / of a department's figures: whole, or basic, project, personnel, public, revenue or part (reserves, carry-over) where its subject names that part; NULL of other subjects
-- @col programme 规范项目 / canonical programme
-- @col fund_source 资金来源 / all, general, government_fund, state_capital or other
-- @col scope 口径 / 本级, 部门, 财政拨款 … as the report says
-- @col fiscal_year 年度 / fiscal year
-- @col period_end_month 截止月份 / last month that its execution covers
-- @col initial_budget_yuan 年初预算数 / initial budget, yuan
-- @col budget_adjustment_yuan 追加/调减数 / budget added or cut during the year, yuan
-- @col adjusted_budget_yuan 调整预算数 / adjusted budget, yuan
-- @col budget_yuan 预算数 / budget of no stated kind, yuan
-- @col executed_yuan 执行数 / executed, yuan
-- @col forecast_executed_yuan 全年预计执行数 / forecast of full-year execution, yuan
-- @col final_account_yuan 决算数 / final account, yuan
-- @col expenditure_yuan 支出 / expenditure, yuan
-- @col basic_expenditure_yuan 基本支出 / basic expenditure, yuan
-- @col project_expenditure_yuan 项目支出 / project expenditure, yuan
-- @col transferred_yuan 调剂出去的金额 / moved to others, as a note or sentence says, yuan
-- @col outcome_yuan 实际数 / executed, else final account, yuan
-- @col execution_rate_reported 报告的执行率（%） / rate as printed, percent points
-- @col execution_rate_computed 计算的执行率（%） / outcome over the denominator that the report names, else the adjusted, the initial, the stated budget; percent points, two decimals
-- @col rate_basis 执行率口径 / denominator that the printed rate fits: adjusted, initial, budget or none
-- @col note 说明 / the report's own explanation
-- @col quote 原文 / the sentence, or the cells of the row
-- @col contested 有争议 / whether a reading of one of its figures is doubtful
-- @col list_ids 分项清单 / stated lists that its figures belong to, with their role
-- @col first_fact_no 首条序号 / number of its first fact
-- @col measures 指标数 / how many measures it states
-- @col fact_ids 数据编号 / its facts in reading order
-- @col table_family 表所属报告种类 / report family of the table, NULL in prose
-- @col covers 表的口径 / what the table covers: department, fiscal, one fund, basic, operating, three_public, procurement or project; NULL in prose and where nobody says
-- @col amount_facts 各数依据 / the fact that each amount is taken from, by measure
with spoken as (
    select
        f.*,
        coalesce(nullif(f.statement, ''), 'f' || f.fact_no) as statement_name,
        least(f.half_unit, f.half_unit_column) as half,
        regexp_extract(regexp_replace(f.as_printed, '\s', '', 'g'), '\.[0-9]*?(0+)[^0-9.]*$', 1) as trailing_zeros,
        row_number() over (
            partition by
                f.document_id,
                coalesce(nullif(f.statement, ''), 'f' || f.fact_no),
                f.subject_kind,
                f.subject,
                f.subject_code,
                f.fund_source,
                f.measure
            order by f.amount_yuan is null, f.fact_no
        ) as mention
    from core.facts as f
    where f.year_offset = 0 and f.subject_kind <> 'indicator'
),

pivoted as (
    select
        document_id,
        statement_name,
        subject_kind,
        subject,
        subject_code,
        fund_source,
        any_value(file) as file,
        arg_min(origin, fact_no) as origin,
        min(page) as page,
        min(table_id) as table_id,
        min(row_no) as row_no,
        arg_min(sentence_id, fact_no) as sentence_id,
        arg_min(programme, fact_no) as programme,
        arg_min(scope, fact_no) as scope,
        any_value(fiscal_year) as fiscal_year,
        coalesce(
            arg_min(period_end_month, fact_no) filter (where measure in ('executed', 'final_account')),
            arg_min(period_end_month, fact_no) filter (where measure in ('execution_rate', 'completion_rate')),
            min(period_end_month)
        ) as period_end_month,
        arg_min(amount_yuan, fact_no) filter (where measure = 'initial_budget') as initial_budget_yuan,
        arg_min(amount_yuan, fact_no) filter (where measure = 'budget_adjustment') as budget_adjustment_yuan,
        arg_min(amount_yuan, fact_no) filter (where measure = 'adjusted_budget') as adjusted_budget_yuan,
        arg_min(amount_yuan, fact_no) filter (where measure = 'budget') as budget_yuan,
        arg_min(amount_yuan, fact_no) filter (where measure = 'executed') as executed_yuan,
        arg_min(amount_yuan, fact_no) filter (where measure = 'forecast_executed') as forecast_executed_yuan,
        arg_min(amount_yuan, fact_no) filter (where measure = 'final_account') as final_account_yuan,
        arg_min(amount_yuan, fact_no) filter (where measure = 'expenditure') as expenditure_yuan,
        arg_min(amount_yuan, fact_no) filter (where measure = 'basic_expenditure') as basic_expenditure_yuan,
        arg_min(amount_yuan, fact_no) filter (where measure = 'project_expenditure') as project_expenditure_yuan,
        arg_min(amount_yuan, fact_no) filter (where measure = 'transferred') as transferred_yuan,
        arg_min(half, fact_no) filter (where measure = 'initial_budget' and amount_yuan is not null) as initial_budget_half,
        arg_min(half, fact_no) filter (where measure = 'budget_adjustment' and amount_yuan is not null) as budget_adjustment_half,
        arg_min(half, fact_no) filter (where measure = 'adjusted_budget' and amount_yuan is not null) as adjusted_budget_half,
        arg_min(half, fact_no) filter (where measure = 'budget' and amount_yuan is not null) as budget_half,
        arg_min(half, fact_no) filter (where measure = 'executed' and amount_yuan is not null) as executed_half,
        arg_min(half, fact_no) filter (where measure = 'final_account' and amount_yuan is not null) as final_account_half,
        arg_min(
            {
                'value': value,
                'half': coalesce(half_unit, 0),
                -- 98.70% may be 98.7% with a zero filled in
                'lenient_half': coalesce(half_unit, 0) * (10 ** least(length(trailing_zeros), 6))::decimal(7, 0),
                'words': rate_basis
            },
            fact_no
        )
            filter (where measure in ('execution_rate', 'completion_rate') and value is not null) as rate,
        arg_min(note, fact_no) as note,
        string_agg(quote, ' | ' order by fact_no) as quotes,
        bool_or(contested) as contested,
        list(distinct list_id || ' ' || list_role order by list_id || ' ' || list_role)
            filter (where list_id is not null) as list_ids,
        min(fact_no) as first_fact_no,
        count(distinct measure)::integer as measures,
        list(fact_id order by fact_no) as fact_ids,
        map_from_entries(
            coalesce(
                list({'measure': measure, 'fact_id': fact_id} order by measure)
                    filter (where mention = 1 and amount_yuan is not null),
                []
            )
        ) as amount_facts
    from spoken
    group by document_id, statement_name, subject_kind, subject, subject_code, fund_source
),

with_bases as (
    select
        *,
        coalesce(executed_yuan, final_account_yuan) as outcome_yuan,
        coalesce(case when executed_yuan is null then final_account_half else executed_half end, 0) as outcome_half,
        coalesce(adjusted_budget_yuan, initial_budget_yuan + budget_adjustment_yuan) as adjusted_base,
        case
            when adjusted_budget_yuan is null then coalesce(initial_budget_half, 0) + coalesce(budget_adjustment_half, 0)
            else coalesce(adjusted_budget_half, 0)
        end as adjusted_base_half
    from pivoted
),

with_fits as (
    select
        *,
        rate_fit(
            rate.value, rate.half, rate.lenient_half, outcome_yuan, outcome_half, adjusted_base, coalesce(adjusted_base_half, 0)
        ) as fits_adjusted,
        rate_fit(
            rate.value, rate.half, rate.lenient_half, outcome_yuan, outcome_half, initial_budget_yuan, coalesce(initial_budget_half, 0)
        ) as fits_initial,
        rate_fit(
            rate.value, rate.half, rate.lenient_half, outcome_yuan, outcome_half, budget_yuan, coalesce(budget_half, 0)
        ) as fits_budget
    from with_bases
),

with_best_fit as (
    select
        *,
        greatest(fits_adjusted, fits_initial, fits_budget) as best_fit
    from with_fits
),

-- What a department's figure is called where it is not the whole.
natures as (
    select subject, arg_min(nature, preference) as nature
    from with_best_fit
    inner join (
        values
            (1, '%基本支出%', 'basic'),
            (2, '%人员经费%', 'personnel'),
            (3, '%公用经费%', 'public'),
            (4, '%项目支出%', 'project'),
            (5, '%专项资金%', 'project'),
            (6, '%收入%', 'revenue'),
            (7, '%机动经费%', 'part'),
            (8, '%结转%', 'part'),
            (9, '%结余%', 'part')
    ) as words (preference, pattern, nature)
        on subject like pattern
    where subject_kind = 'department_total'
    group by subject
),

row_texts as (
    select
        table_id,
        row_no,
        string_agg(trim(text), ' | ' order by col_no) filter (where trim(text) <> '') as text
    from staging.cells
    group by all
)

select
    concat_ws(':', p.document_id, p.statement_name, p.fund_source, p.first_fact_no) as statement_id,
    p.document_id,
    p.file,
    p.statement_name as statement,
    p.origin,
    p.page,
    p.table_id,
    t.table_title,
    t.kind as table_kind,
    p.row_no,
    p.sentence_id,
    coalesce(s.section, t.section) as section,
    p.subject_kind,
    p.subject,
    p.subject_code,
    case when p.subject_kind = 'department_total' then coalesce(n.nature, 'whole') end as nature,
    p.programme,
    p.fund_source,
    p.scope,
    p.fiscal_year,
    p.period_end_month,
    p.initial_budget_yuan,
    p.budget_adjustment_yuan,
    p.adjusted_budget_yuan,
    p.budget_yuan,
    p.executed_yuan,
    p.forecast_executed_yuan,
    p.final_account_yuan,
    p.expenditure_yuan,
    p.basic_expenditure_yuan,
    p.project_expenditure_yuan,
    p.transferred_yuan,
    p.outcome_yuan,
    p.rate.value as execution_rate_reported,
    case
        when p.rate.words = 'initial' and p.initial_budget_yuan is not null
            then percent_of(p.outcome_yuan, p.initial_budget_yuan)
        else percent_of(p.outcome_yuan, coalesce(p.adjusted_base, p.initial_budget_yuan, p.budget_yuan))
    end as execution_rate_computed,
    case
        when p.rate is null
            or p.outcome_yuan is null
            or coalesce(p.adjusted_base, p.initial_budget_yuan, p.budget_yuan) is null
            then null
        when p.best_fit = 0 then 'none'
        when p.rate.words = 'initial' and p.fits_initial = p.best_fit then 'initial'
        when p.fits_adjusted = p.best_fit then 'adjusted'
        when p.fits_initial = p.best_fit then 'initial'
        else 'budget'
    end as rate_basis,
    p.note,
    coalesce(s.text, r.text, p.quotes) as quote,
    p.contested,
    coalesce(p.list_ids, []) as list_ids,
    p.first_fact_no,
    p.measures,
    p.fact_ids,
    t.family as table_family,
    k.covers,
    p.amount_facts
from with_best_fit as p
left join staging.sentences as s on s.sentence_id = p.sentence_id
left join staging.tables as t on t.table_id = p.table_id
left join staging.table_kinds as k on k.kind = t.kind
left join natures as n on n.subject = p.subject
left join row_texts as r on r.table_id = p.table_id and r.row_no = p.row_no
order by p.file, p.first_fact_no, p.statement_name
