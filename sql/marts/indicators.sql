-- 绩效指标：每个绩效指标一行，指标值对完成值 / one row a performance indicator, its target against its result.
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col district 区县 / district or county
-- @col fiscal_year 年度 / fiscal year
-- @col project 项目 / project that the indicator belongs to, NULL for the department's own
-- @col goal 绩效目标 / performance goal
-- @col level1 一级指标 / first level
-- @col level2 二级指标 / second level
-- @col level3 三级指标 / the indicator itself
-- @col target_text 指标值原文 / target as printed
-- @col actual_text 完成值原文 / result as printed
-- @col comparator 比较符 / >=, <=, >, <, =, ~, or text where the target is words
-- @col target_value 指标值 / target as a number, amounts in yuan
-- @col actual_value 完成值 / result as a number, amounts in yuan
-- @col unit 单位 / unit of both where they agree, else of the target; 元 for amounts
-- @col score_weight 分值 / points that it can score
-- @col score 得分 / points that it scored
-- @col achieved 是否完成 / whether the result meets the target; NULL where it cannot be told
-- @col note 说明 / reason for a deviation, as the report gives it
-- @col target_unit 指标值单位 / unit of the target as printed
-- @col actual_unit 完成值单位 / unit of the result as printed
-- @col page 页码 / page
-- @col table_id 表编号 / table, NULL in prose
-- @col row_no 行号 / row of the table, from 0
-- @col statement 陈述 / name of the table row or clause in its document
-- @col first_fact_no 首条序号 / number of its first fact in the document
-- @col fact_ids 数据编号 / its facts
with mentions as (
    select
        *,
        coalesce(nullif(statement, ''), 'f' || fact_no) as statement_name,
        {
            'text': coalesce(text_value, as_printed),
            'number': coalesce(value, amount_yuan),
            'unit': case when amount_yuan is not null then '元' else unit end,
            'printed': unit,
            'comparator': coalesce(comparator, '=')
        } as said
    from core.facts
    where subject_kind = 'indicator' and year_offset = 0
),

pivoted as (
    select
        document_id,
        statement_name,
        goal,
        level1,
        level2,
        subject as level3,
        any_value(file) as file,
        any_value(district) as district,
        any_value(fiscal_year) as fiscal_year,
        arg_min(said, fact_no)
            filter (where measure = 'target') as target,
        arg_min(said, fact_no)
            filter (where measure = 'actual') as actual,
        arg_min(value, fact_no) filter (where measure = 'score_weight') as score_weight,
        arg_min(value, fact_no) filter (where measure = 'score') as score,
        arg_min(note, fact_no) as note,
        min(page) as page,
        min(table_id) as table_id,
        min(row_no) as row_no,
        min(fact_no) as first_fact_no,
        list(fact_id order by fact_no) as fact_ids
    from mentions
    group by document_id, statement_name, goal, level1, level2, subject
),

-- The project of an indicator is the one that its row names, else the only one that its table names.
projects_of_rows as (
    select table_id, row_no, min(subject) as project
    from core.facts
    where subject_kind = 'programme' and row_no is not null
    group by table_id, row_no
    having count(distinct subject) = 1
),

projects_of_tables as (
    select table_id, min(subject) as project
    from core.facts
    where subject_kind = 'programme' and table_id is not null
    group by table_id
    having count(distinct subject) = 1
),

-- What prose repeats of an indicator that a table states is a mention of it, not another indicator; a group's weight
-- (产出指标（40分）) is none.
stated_once as (
    select p.*
    from pivoted as p
    where (target is not null or actual is not null or score is not null)
        and (
            p.table_id is not null
            or not exists (
                select 1
                from pivoted as t
                where t.document_id = p.document_id
                    and t.table_id is not null
                    and t.level3 = p.level3
                    and coalesce(t.goal = p.goal, true)
            )
        )
),

compared as (
    select
        p.*,
        coalesce(r.project, t.project) as project,
        target.number is not null
        and actual.number is not null
        and (target.unit is not distinct from actual.unit or (target.unit <> '元' and actual.unit is null))
            as is_comparable,
        coalesce(level1, '') like '%成本%' or coalesce(level2, '') like '%成本%' or coalesce(level2, '') like '%时效%'
            as less_may_be_better
    from stated_once as p
    left join projects_of_rows as r on r.table_id = p.table_id and r.row_no = p.row_no
    left join projects_of_tables as t on t.table_id = p.table_id
)

select
    document_id,
    file,
    district,
    fiscal_year,
    project,
    goal,
    level1,
    level2,
    level3,
    target.text as target_text,
    actual.text as actual_text,
    case when target is null then null when target.number is null then 'text' else target.comparator end as comparator,
    target.number as target_value,
    actual.number as actual_value,
    coalesce(target.unit, actual.unit) as unit,
    score_weight,
    score,
    case
        when target.text = actual.text then true
        when not is_comparable or target.comparator = '~' then null
        when target.comparator in ('>=', '>') and actual.comparator in ('<=', '<', '~') then null
        when target.comparator in ('<=', '<') and actual.comparator in ('>=', '>', '~') then null
        when target.comparator = '>=' and actual.comparator = '=' then actual.number >= target.number
        when target.comparator = '<=' and actual.comparator = '=' then actual.number <= target.number
        when target.comparator = '>' and actual.comparator = '=' then actual.number > target.number
        when target.comparator = '<' and actual.comparator = '=' then actual.number < target.number
        when target.comparator in ('>=', '>') and actual.number >= target.number then true
        when target.comparator in ('<=', '<') and actual.number <= target.number then true
        when target.comparator = '=' and actual.comparator = '=' then
            case
                when actual.number = target.number then true
                when less_may_be_better then null
                else actual.number > target.number
            end
    end as achieved,
    note,
    target.printed as target_unit,
    actual.printed as actual_unit,
    page,
    table_id,
    row_no,
    statement_name as statement,
    first_fact_no,
    fact_ids
from compared
order by file, first_fact_no
