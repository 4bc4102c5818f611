-- 执行率等于执行数除以预算数，并指明以哪个预算数为分母 / Execution rate is executed over budget, and which budget it fits
-- @formula 执行率 = 100 × 执行数 ÷ 预算数（报告自己所指的预算数；未指明的为全年预算数）
-- @basis 绩效运行监控表、绩效自评表：执行率（B/A）；《项目支出绩效评价管理办法》（财预〔2020〕10号）
-- @severity error
-- @needs execution_rate
-- @origin any
-- @reading adjusted 执行率以全年预算为分母 / the rate is over the adjusted budget
-- @reading budget 执行率以预算数为分母 / the rate is over the budget
-- @reading initial 执行率以年初预算为分母 / the rate is over the initial budget
-- @reading moved_adjusted 把调剂的金额计入执行数 / what was transferred counts as executed
-- @reading moved_initial 把调剂的金额计入执行数，并以年初预算为分母 / what was transferred counts as executed, over the initial budget
-- @reading moved_both 把调剂的金额同时计入执行数和预算数 / what was transferred counts as executed and as budget
-- @message_zh {subject}：执行率印作{reported}，按执行数和预算数计算应为{expected}，{equation}。
-- @message_en {subject}: the execution rate is printed {reported_en}, but its figures give {expected_en} ({equation_en}).
-- @fits_zh {subject}：执行率印作{reported}，按{named}计算应为{expected}；{fits}才相符：{fits_equation}。
-- @fits_en {subject}: the execution rate is printed {reported_en}; over {named_en} it would be {expected_en}. It fits if {fits_en}: {fits_equation_en}.
-- @good [{"measure": "adjusted_budget", "printed": "1597.77"}, {"measure": "executed", "printed": "734.19"},
--   {"measure": "execution_rate", "printed": "46%", "rate_basis": "adjusted"}]
-- @good [{"measure": "budget", "printed": "1286.7"}, {"measure": "executed", "printed": "1269.62"},
--   {"measure": "execution_rate", "printed": "98.70%", "rate_basis": "stated"}]
-- @bad [{"measure": "adjusted_budget", "printed": "62", "column_decimals": 2}, {"measure": "executed", "printed": "15.6"},
--   {"measure": "execution_rate", "printed": "13%", "rate_basis": "adjusted"}]
-- @bad [{"measure": "initial_budget", "printed": "4572.76"}, {"measure": "adjusted_budget", "printed": "4532.05"},
--   {"measure": "executed", "printed": "4532.05"}, {"measure": "execution_rate", "printed": "99.11%"}]
-- @bad [{"measure": "initial_budget", "printed": "9"}, {"measure": "adjusted_budget", "printed": "12"},
--   {"measure": "executed", "printed": "7.9"}, {"measure": "transferred", "printed": "1.1"},
--   {"measure": "execution_rate", "printed": "75%", "rate_basis": "adjusted"}]
with rates as (
    select
        f.document_id,
        f.fact_id,
        f.statement,
        f.subject,
        f.rate_basis,
        coalesce(s.own['executed'], s.sole['executed'], s.own['final_account'], s.sole['final_account']) as done,
        coalesce(s.own['initial_budget'], s.sole['initial_budget']) as initial,
        coalesce(s.own['adjusted_budget'], s.sole['adjusted_budget']) as adjusted,
        coalesce(s.own['budget'], s.sole['budget']) as budget,
        s.moved
    from figures as f
    inner join statements as s using (document_id, statement, year_offset, fund_source)
    where f.measure = 'execution_rate'
),

based as (
    select
        *,
        case
            when rate_basis = 'initial' then initial
            when rate_basis = 'adjusted' then coalesce(adjusted, budget)
            else coalesce(adjusted, budget, initial)
        end as named,
        case when len(moved) > 0 and done is not null then list_prepend(done, moved) else moved end as with_moved
    from rates
    -- 同一陈述里只有比率、没有数的，由 RAT004 到前文去找
    where (done is not null or len(moved) > 0)
        and coalesce(adjusted, budget, initial) is not null
),

readings as (
    select
        based.*,
        unnest([
            {'reading': '', 'rank': 0, 'numerators': [done], 'denominators': [named]},
            {'reading': 'adjusted', 'rank': 1, 'numerators': [done], 'denominators': [adjusted]},
            {'reading': 'budget', 'rank': 2, 'numerators': [done], 'denominators': [budget]},
            {'reading': 'initial', 'rank': 3, 'numerators': [done], 'denominators': [initial]},
            {'reading': 'moved_adjusted', 'rank': 4, 'numerators': with_moved, 'denominators': [coalesce(adjusted, budget)]},
            {'reading': 'moved_initial', 'rank': 5, 'numerators': with_moved, 'denominators': [initial]},
            {
                'reading': 'moved_both',
                'rank': 6,
                'numerators': with_moved,
                'denominators': list_prepend(coalesce(adjusted, budget), moved)
            }
        ], max_depth := 2)
    from based
)

select
    document_id,
    fact_id as equation_key,
    reading,
    rank,
    'ratio' as kind,
    subject,
    list_concat(
        list_transform(numerators, lambda n: numerator(n)),
        list_transform(denominators, lambda d: denominator(d)),
        [result(fact_id)]
    ) as terms
from readings
where reading = ''
    or (
        len(numerators) > 0
        and numerators[1] is not null
        and denominators[1] is not null
        and (not starts_with(reading, 'moved') or len(moved) > 0)
        and (starts_with(reading, 'moved') or denominators[1] <> coalesce(named, ''))
    )
