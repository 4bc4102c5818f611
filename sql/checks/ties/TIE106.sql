-- 同一项目的预算数、执行数，前后文和表中一致 / A project's budget and expenditure are the same wherever the report states them
-- @formula 同一项目、同一阶段（年初、全年、执行、决算）、同一口径的金额，后文 = 前文，正文 = 表中
-- @basis 财预〔2020〕10号 第三条：自评结果应与部门决算、项目自评表一致
-- @severity warning
-- @needs budget|adjusted_budget|initial_budget|executed|final_account|project_expenditure
-- @origin narrative
-- @message_zh {subject}：同一项目的金额前后不一致，{equation}；口径不同的，应予说明。
-- @message_en {subject}: the figures given for this project differ ({equation_en}); where they are of different scope, the report should say so.
-- @good [{"measure": "budget", "printed": "2872.3", "subject": "老龄事业发展经费", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "budget", "printed": "2872.30", "subject": "老龄事业发展经费", "origin": "narrative", "statement": "s2.1"}]
-- @bad [{"measure": "executed", "printed": "2854.89", "subject": "老龄事业发展经费", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "executed", "printed": "2845.89", "subject": "老龄事业发展经费", "origin": "narrative", "statement": "s2.1"}]
-- @bad [{"measure": "executed", "printed": "1269.62", "subject": "养老服务体系建设", "table_kind": "project_self_evaluation"},
--   {"measure": "executed", "printed": "1296.62", "subject": "养老服务体系建设", "origin": "narrative", "statement": "s2.1"}]
with mentions_said as (
    select
        *,
        first_value(fact_id) over (partition by document_id, topic, stage, pot, year_offset, month order by fact_no) as first_id
    from said_in_prose
    where starts_with(topic, 'p:')
        and stage not in ('change_amount', 'change_rate')
)

select
    document_id,
    fact_id as equation_key,
    'same' as kind,
    subject,
    [part(first_id), result(fact_id)] as terms
from mentions_said
where fact_id <> first_id
union all
select
    document_id,
    said || ':table' as equation_key,
    'same' as kind,
    subject,
    [part(printed), result(said)] as terms
from tied
where starts_with(topic, 'p:')
