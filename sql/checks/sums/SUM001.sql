-- 年初预算加追加（调减）等于全年预算 / Initial budget plus adjustment is the adjusted budget
-- @formula 年初预算数 + 追加/调减数 = 小计（全年预算数）
-- @basis 会计恒等式；绩效运行监控表“全年预算数”一栏由年初预算数、年中追加数/调减数与小计组成
-- @severity error
-- @needs adjusted_budget, initial_budget, budget_adjustment
-- @origin any
-- @message_zh {subject}：{equation}，相差{difference}。
-- @message_en {subject}: {equation_en}; off by {difference_en}.
-- @good [{"measure": "initial_budget", "printed": "433.2"},
--   {"measure": "budget_adjustment", "printed": "-344.2835", "column_decimals": 2},
--   {"measure": "adjusted_budget", "printed": "88.9", "column_decimals": 2}]
-- @good [{"measure": "initial_budget", "printed": "27,799.22", "origin": "narrative", "sentence_no": 42, "statement": "s42.1"},
--   {"measure": "budget_adjustment", "printed": "-4,432.22", "origin": "narrative", "sentence_no": 43, "statement": "s43.1"},
--   {"measure": "adjusted_budget", "printed": "23,367.00", "origin": "narrative", "sentence_no": 43, "statement": "s43.1"}]
-- @bad [{"measure": "initial_budget", "printed": "39.216"},
--   {"measure": "budget_adjustment", "printed": "0", "column_decimals": 2},
--   {"measure": "adjusted_budget", "printed": "0", "column_decimals": 2}]
with with_adjustments as (
    select distinct
        document_id,
        coalesce(table_id, statement) as place
    from figures
    where measure = 'budget_adjustment'
),

adjusted as (
    select distinct
        figures.document_id,
        figures.same_as,
        figures.statement,
        figures.year_offset,
        figures.fund_source,
        figures.subject
    from figures
    inner join with_adjustments
        on with_adjustments.document_id = figures.document_id
        and with_adjustments.place = coalesce(figures.table_id, figures.statement)
    where figures.measure = 'adjusted_budget'
)

select
    adjusted.document_id,
    adjusted.same_as as equation_key,
    'sum' as kind,
    adjusted.subject,
    [
        part(coalesce(s.own['initial_budget'], nearby.near['initial_budget'])),
        part(s.own['budget_adjustment']),
        result(adjusted.same_as)
    ] as terms
from adjusted
inner join statements as s using (document_id, statement, year_offset, fund_source)
left join nearby on nearby.fact_id = adjusted.same_as
