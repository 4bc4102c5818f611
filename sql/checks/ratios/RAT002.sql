-- 预算数为零时不能有执行率 / A percentage over zero means nothing
-- @formula 执行率、完成率的分母 ≠ 0（分母为零时应留空或注明）
-- @basis 算术：以零为分母的比率没有意义
-- @severity error
-- @needs execution_rate|completion_rate
-- @origin any
-- @reading moved_both 把调剂的金额同时计入执行数和预算数 / what was transferred counts as executed and as budget
-- @reading moved_initial 把调剂的金额计入执行数，并以年初预算为分母 / what was transferred counts as executed, over the initial budget
-- @reading initial 以年初预算为分母 / the rate is over the initial budget
-- @message_zh {subject}：{base_label}为零，却印有{result_label}{reported}，即{equation}；以零为分母的比率没有意义。
-- @message_en {subject}: a rate of {reported_en} is printed over a budget of zero ({equation_en}); a percentage over zero means nothing.
-- @fits_zh {subject}：{base_label}为零，却印有{result_label}{reported}；以零为分母的比率没有意义。{fits}才相符：{fits_equation}。
-- @fits_en {subject}: a rate of {reported_en} is printed over a budget of zero, which means nothing. It fits if {fits_en}: {fits_equation_en}.
-- @good [{"measure": "adjusted_budget", "printed": "0"}, {"measure": "executed", "printed": "0"},
--   {"measure": "execution_rate", "printed": "0", "rate_basis": "adjusted"}]
-- @good [{"measure": "initial_budget", "printed": "0", "origin": "narrative"},
--   {"measure": "final_account", "printed": "10", "origin": "narrative"},
--   {"measure": "completion_rate", "printed": "100%", "rate_basis": "stated", "origin": "narrative"}]
-- @bad [{"measure": "initial_budget", "printed": "1330"}, {"measure": "adjusted_budget", "printed": "0"},
--   {"measure": "executed", "printed": "0"}, {"measure": "execution_rate", "printed": "100%", "rate_basis": "adjusted"}]
-- @bad [{"measure": "initial_budget", "printed": "133"}, {"measure": "adjusted_budget", "printed": "0"},
--   {"measure": "executed", "printed": "0"}, {"measure": "transferred", "printed": "266"},
--   {"measure": "execution_rate", "printed": "100%", "rate_basis": "adjusted"}]
with rates as (
    select
        f.document_id,
        f.fact_id,
        f.subject,
        coalesce(s.own['executed'], s.sole['executed'], s.own['final_account'], s.sole['final_account']) as done,
        coalesce(s.own['initial_budget'], s.sole['initial_budget']) as initial,
        coalesce(s.own['adjusted_budget'], s.sole['adjusted_budget'], s.own['budget'], s.sole['budget']) as adjusted,
        -- “完成预算的”而只给出为零的年初预算：年中追加过，分母未写明
        case when f.rate_basis = 'initial' then initial else adjusted end as base,
        s.moved
    from figures as f
    inner join statements as s using (document_id, statement, year_offset, fund_source)
    where f.measure in ('execution_rate', 'completion_rate')
),

readings as (
    select
        rates.*,
        unnest([
            {
                'reading': '',
                'rank': 0,
                'numerators': case when done is null then [] else [done] end,
                'denominators': [base]
            },
            {
                'reading': 'moved_both',
                'rank': 1,
                'numerators': list_prepend(done, moved),
                'denominators': list_prepend(base, moved)
            },
            {'reading': 'moved_initial', 'rank': 2, 'numerators': list_prepend(done, moved), 'denominators': [initial]},
            {'reading': 'initial', 'rank': 3, 'numerators': [done], 'denominators': [initial]}
        ], max_depth := 2)
    from rates
    where base is not null
)

select
    document_id,
    fact_id as equation_key,
    reading,
    rank,
    case when reading = '' then 'defined' else 'ratio' end as kind,
    subject,
    list_concat(
        list_transform(numerators, lambda n: numerator(n)),
        list_transform(denominators, lambda d: denominator(d)),
        [result(fact_id)]
    ) as terms
from readings
where reading = ''
    or (
        numerators[1] is not null
        and denominators[1] is not null
        and (not starts_with(reading, 'moved') or len(moved) > 0)
        and (reading = 'moved_both' or denominators[1] <> base)
    )
