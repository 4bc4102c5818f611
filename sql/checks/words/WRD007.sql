-- 表注所定义的预算数就是表中所用的预算数 / The budget used in a form is the one that its note defines
-- @formula 备注“预算数为年初预算”的，表中预算数 = 年初预算数，执行率 = 执行数 ÷ 年初预算数
-- @basis 绩效自评表备注的预算执行情况口径
-- @severity warning
-- @needs initial_budget, execution_rate
-- @origin any
-- @message_zh 备注称“{quote}”，表中预算数用的却是{used}，而年初预算数为{initial}；按备注口径执行率应为{rate}%，表中印作{printed}%。
-- @message_en The note defines the budget as the initial one ({initial}), but the form uses {used}; by its own note the rate is {rate}%, not {printed}%.
-- @good [{"measure": "initial_budget", "printed": "27799.22", "subject_kind": "department_total", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "budget", "printed": "27799.22", "subject_kind": "department_total"}, {"measure": "executed", "printed": "23367.00", "subject_kind": "department_total"}, {"measure": "execution_rate", "printed": "84.06", "subject_kind": "department_total"},
--   {"sentence": "1.预算执行情况口径：预算数为年初预算总额（包括上年结余结转）。"}]
-- @bad [{"measure": "initial_budget", "printed": "27799.22", "subject_kind": "department_total", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "budget", "printed": "23367.00", "subject_kind": "department_total"}, {"measure": "executed", "printed": "23367.00", "subject_kind": "department_total"}, {"measure": "execution_rate", "printed": "100", "subject_kind": "department_total"},
--   {"sentence": "1.预算执行情况口径：预算数为年初预算总额（包括上年结余结转）。"}]
with notes as (
    select
        document_id,
        coalesce(
            arg_min(in_sentence(sentence_id, regexp_extract(plain, '(?:' || initial_budget_note_words() || ')[^。；，]*')), n)
                filter (where kind = 'sentence'),
            arg_min(in_table(table_id, text), n) filter (where kind = 'note'),
            arg_min(in_cell(table_id, row_no, col_no, left(text, 60)), n) filter (where kind = 'cell')
        ) as place
    from passages
    where kind in ('sentence', 'note', 'cell')
        and regexp_matches(plain, initial_budget_note_words())
    group by document_id
),

-- 表中部门整体的预算数、执行数、执行率
used as (
    select
        document_id,
        table_id,
        statement,
        min(same_as) filter (where measure in ('budget', 'adjusted_budget')) as budget,
        min(number) filter (where measure in ('budget', 'adjusted_budget')) as budget_number,
        max(half_unit) filter (where measure in ('budget', 'adjusted_budget')) as budget_half,
        min(same_as) filter (where measure = 'executed') as executed,
        min(number) filter (where measure = 'executed') as executed_number,
        min(same_as) filter (where measure = 'execution_rate') as rate,
        min(number) filter (where measure = 'execution_rate') as rate_number
    from figures
    where origin = 'table'
        and subject_kind = 'department_total'
        and fund_source = 'all'
        and year_offset = 0
    group by document_id, table_id, statement
    having count(distinct number) filter (where measure in ('budget', 'adjusted_budget')) = 1
        and count(distinct number) filter (where measure = 'executed') = 1
        and count(distinct number) filter (where measure = 'execution_rate') = 1
        and count(*) filter (where measure = 'initial_budget') = 0
),

initial as (
    select
        document_id,
        min(same_as) as initial,
        min(number) as initial_number,
        max(half_unit) as initial_half
    from figures
    where subject_kind = 'department_total'
        and measure = 'initial_budget'
        and fund_source = 'all'
        and year_offset = 0
        and is_amount
    group by document_id
    having max(number) - min(number) <= 2 * max(half_unit)
)

select
    u.document_id,
    u.statement as equation_key,
    'flag' as kind,
    '部门整体' as subject,
    abs(u.budget_number - i.initial_number) <= u.budget_half + i.initial_half as holds,
    [part(u.budget), part(u.executed), part(u.rate), part(i.initial)] as terms,
    [n.place] as places,
    map {
        'used': (u.budget_number / 10000)::decimal(20, 2)::varchar || '万元',
        'initial': (i.initial_number / 10000)::decimal(20, 2)::varchar || '万元',
        'rate': (100 * u.executed_number / nullif(i.initial_number, 0))::decimal(20, 2)::varchar,
        'printed': rtrim(rtrim(u.rate_number::varchar, '0'), '.')
    } as words
from used as u
inner join notes as n using (document_id)
inner join initial as i using (document_id)
