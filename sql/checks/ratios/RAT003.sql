-- 完成预算的百分比等于决算数除以预算数 / Completion rate is the final account over the budget
-- @formula 完成年初预算的% = 100 × 支出决算 ÷ 年初预算
-- @basis 部门决算公开情况说明的固定表述；会计恒等式
-- @severity error
-- @needs completion_rate
-- @origin any
-- @reading adjusted 以全年预算为分母 / the rate is over the adjusted budget
-- @reading budget 以预算数为分母 / the rate is over the budget
-- @reading raised 以年初预算加追加为分母 / the rate is over the initial budget plus what was added
-- @reading initial 以年初预算为分母 / the rate is over the initial budget
-- @message_zh {subject}：完成预算的比例印作{reported}，按决算数和预算数计算应为{expected}，{equation}。
-- @message_en {subject}: the completion rate is printed {reported_en}, but its figures give {expected_en} ({equation_en}).
-- @fits_zh {subject}：完成预算的比例印作{reported}，按{named}计算应为{expected}；{fits}才相符：{fits_equation}。
-- @fits_en {subject}: the completion rate is printed {reported_en}; over {named_en} it would be {expected_en}. It fits if {fits_en}: {fits_equation_en}.
-- @good [{"measure": "initial_budget", "printed": "68.74", "origin": "narrative"},
--   {"measure": "final_account", "printed": "76.98", "origin": "narrative"},
--   {"measure": "completion_rate", "printed": "111.99%", "rate_basis": "initial", "origin": "narrative"}]
-- @good [{"measure": "initial_budget", "printed": "0", "origin": "narrative"},
--   {"measure": "budget_adjustment", "printed": "205.9", "origin": "narrative"},
--   {"measure": "executed", "printed": "129.43", "origin": "narrative"},
--   {"measure": "completion_rate", "printed": "62.9%", "rate_basis": "stated", "origin": "narrative"}]
-- @bad [{"measure": "initial_budget", "printed": "229.58", "origin": "narrative"},
--   {"measure": "final_account", "printed": "204.59", "origin": "narrative"},
--   {"measure": "completion_rate", "printed": "98.1%", "rate_basis": "initial", "origin": "narrative"}]
with rates as (
    select
        f.document_id,
        f.fact_id,
        f.subject,
        f.rate_basis,
        coalesce(s.own['final_account'], s.sole['final_account'], s.own['executed'], s.sole['executed']) as done,
        coalesce(s.own['initial_budget'], s.sole['initial_budget']) as initial,
        coalesce(s.own['adjusted_budget'], s.sole['adjusted_budget']) as adjusted,
        coalesce(s.own['budget'], s.sole['budget']) as budget,
        coalesce(s.own['budget_adjustment'], s.sole['budget_adjustment']) as adjustment
    from figures as f
    inner join statements as s using (document_id, statement, year_offset, fund_source)
    where f.measure = 'completion_rate'
),

based as (
    select
        *,
        case when initial is not null and adjustment is not null then [initial, adjustment] end as raised,
        case
            when rate_basis = 'initial' then [initial]
            when rate_basis = 'adjusted' then [coalesce(adjusted, budget)]
            when coalesce(adjusted, budget) is not null then [coalesce(adjusted, budget)]
            -- “年初预算a万元，年中追加b万元，完成预算的c%”：预算是两者之和
            when initial is not null and adjustment is not null then [initial, adjustment]
            else [initial]
        end as named
    from rates
    where done is not null
        and coalesce(adjusted, budget, initial) is not null
),

readings as (
    select
        based.*,
        unnest([
            {'reading': '', 'rank': 0, 'base': named},
            {'reading': 'adjusted', 'rank': 1, 'base': [adjusted]},
            {'reading': 'budget', 'rank': 2, 'base': [budget]},
            {'reading': 'raised', 'rank': 3, 'base': raised},
            {'reading': 'initial', 'rank': 4, 'base': [initial]}
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
    list_concat([numerator(done)], list_transform(base, lambda b: denominator(b)), [result(fact_id)]) as terms
from readings
where reading = ''
    or (base[1] is not null and base <> named)
