-- 单独说的执行率与前文的预算数、执行数相符 / A rate said on its own agrees with the figures said before of the same subject
-- @formula 执行率 = 100 × 执行数 ÷ 预算数（本句或前三句中同一事项最近的预算数、执行数）
-- @basis 会计恒等式；自评报告“基本支出执行率、项目支出执行率”的固定表述
-- @severity error
-- @needs execution_rate|completion_rate
-- @origin narrative
-- @message_zh {subject}：{result_label}印作{reported}，按前文的执行数和预算数计算应为{expected}，{equation}。
-- @message_en {subject}: the rate is printed {reported_en}, but the figures said before give {expected_en} ({equation_en}).
-- @good [{"measure": "budget", "printed": "448.2", "subject": "基本支出", "origin": "narrative", "sentence_no": 386, "statement": "s386.2"},
--   {"measure": "executed", "printed": "498.43", "subject": "基本支出", "origin": "narrative", "sentence_no": 387, "statement": "s387.2"},
--   {"measure": "execution_rate", "printed": "111.2%", "subject": "基本支出", "origin": "narrative", "sentence_no": 388, "statement": "s388.1"}]
-- @bad [{"measure": "budget", "printed": "5296.86", "subject": "项目支出", "origin": "narrative", "sentence_no": 386, "statement": "s386.3"},
--   {"measure": "executed", "printed": "20563.8", "subject": "项目支出", "origin": "narrative", "sentence_no": 387, "statement": "s387.3"},
--   {"measure": "execution_rate", "printed": "338.2%", "subject": "项目支出", "origin": "narrative", "sentence_no": 388, "statement": "s388.2"}]
with alone as (
    select
        f.document_id,
        f.fact_id,
        f.subject,
        f.rate_basis,
        coalesce(
            s.own['executed'], s.sole['executed'], s.own['final_account'], s.sole['final_account']
        ) as own_done,
        coalesce(s.own['adjusted_budget'], s.sole['adjusted_budget']) as own_adjusted,
        coalesce(s.own['budget'], s.sole['budget']) as own_budget,
        coalesce(s.own['initial_budget'], s.sole['initial_budget']) as own_initial,
        len(s.moved) > 0 as is_moved,
        nearby.near
    from figures as f
    inner join statements as s using (document_id, statement, year_offset, fund_source)
    left join nearby on nearby.fact_id = f.fact_id
    where f.measure in ('execution_rate', 'completion_rate')
        and f.origin = 'narrative'
),

based as (
    select
        document_id,
        fact_id,
        subject,
        coalesce(own_done, near['executed'], near['final_account']) as done,
        case
            when rate_basis = 'initial' then coalesce(own_initial, near['initial_budget'])
            else coalesce(
                own_adjusted, own_budget, own_initial, near['adjusted_budget'], near['budget'], near['initial_budget']
            )
        end as base
    from alone
    -- 同一陈述里数已齐全的，由 RAT001、RAT003 判断
    where coalesce(own_adjusted, own_budget, own_initial) is null
        or (own_done is null and not is_moved)
)

select
    document_id,
    fact_id as equation_key,
    'ratio' as kind,
    subject,
    [numerator(done), denominator(base), result(fact_id)] as terms
from based
