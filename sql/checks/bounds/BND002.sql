-- 部分月份的执行数不超过全年预计执行数 / What was executed so far does not exceed the forecast for the year
-- @formula 1–N月执行数 ≤ 全年预计执行数 ≤ 全年预算数
-- @basis 绩效运行监控表：执行数为累计数，全年预计执行数含已执行部分
-- @severity warning
-- @needs forecast_executed
-- @origin table
-- @message_zh {subject}：{equation}，累计数不应超过全年数。
-- @message_en {subject}: {equation_en}; what is cumulative cannot exceed the year's figure.
-- @good [{"measure": "executed", "printed": "3496.71"}, {"measure": "forecast_executed", "printed": "4636"}, {"measure": "adjusted_budget", "printed": "7489.39"}]
-- @bad [{"measure": "executed", "printed": "3496.71"}, {"measure": "forecast_executed", "printed": "2636"}]
with stated as (
    select
        s.*,
        f.subject,
        f.period_end_month
    from statements as s
    inner join figures as f on f.fact_id = s.own['forecast_executed']
    where f.origin = 'table'
)

select
    document_id,
    statement || ':' || fund_source || ':so_far' as equation_key,
    'order' as kind,
    subject,
    [part(own['executed']), result(own['forecast_executed'])] as terms
from stated
where own['executed'] is not null
union all
select
    document_id,
    statement || ':' || fund_source || ':budget',
    'order',
    subject,
    [part(own['forecast_executed']), result(own['adjusted_budget'])]
from stated
where own['adjusted_budget'] is not null
