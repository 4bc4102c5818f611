-- 正文前后所说的同一个数一致 / A figure that prose states twice is the same both times
-- @formula 同一事项、同一阶段、同一资金、同一年度的金额，后文 = 前文
-- @basis 预算法第十四条：公开说明前后一致；2026司法局检查表“同一条里前面写56.12万元，后面又写57.8万元，前后矛盾”
-- @severity error
-- @needs fund_source|budget|final_account|executed|expenditure|revenue
-- @origin narrative
-- @message_zh {subject}：前后两处所说的金额不一致，{equation}。
-- @message_en {subject}: two places in the text give different amounts ({equation_en}).
-- @good [{"measure": "budget", "printed": "1434.89", "subject": "公共安全支出（204类）司法（06款）行政运行（01项）", "subject_code": "2040601", "subject_kind": "functional_item", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "budget", "printed": "1,434.9", "subject": "公共安全支出（204类）司法（06款）行政运行（01项）", "subject_code": "2040601", "subject_kind": "functional_item", "origin": "narrative", "statement": "s2.1"}]
-- @good [{"measure": "initial_budget", "printed": "5745.06", "subject": "一般公共预算财政拨款支出", "subject_kind": "fund_source", "fund_source": "general", "scope": "一般公共预算", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "final_account", "printed": "11223.72", "subject": "一般公共预算财政拨款支出", "subject_kind": "fund_source", "fund_source": "general", "scope": "一般公共预算", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "final_account", "printed": "11223.72", "subject": "一般公共预算财政拨款支出", "subject_kind": "fund_source", "fund_source": "general", "scope": "一般公共预算", "origin": "narrative", "statement": "s2.1"}]
-- @bad [{"measure": "budget", "printed": "56.12", "subject": "社会保障和就业支出（208类）行政事业单位养老支出（05款）行政单位离退休（01项）", "subject_code": "2080501", "subject_kind": "functional_item", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "budget", "printed": "57.8", "subject": "社会保障和就业支出（208类）行政事业单位养老支出（05款）行政单位离退休（01项）", "subject_code": "2080501", "subject_kind": "functional_item", "origin": "narrative", "statement": "s2.1"}]
-- @bad [{"measure": "final_account", "printed": "0.13", "subject": "三公经费", "subject_kind": "economic_item", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "final_account", "printed": "0", "subject": "三公经费", "subject_kind": "economic_item", "origin": "narrative", "statement": "s2.1"}]
with mentions_said as (
    select
        said.document_id,
        said.fact_id,
        said.subject,
        said.topic,
        first_value(said.fact_id) over same_thing as first_id
    from said_in_prose as said
    left join single_fund using (document_id, stage)
    where said.stage not in ('change_amount', 'change_rate')
        and not starts_with(said.topic, 'p:')
    window same_thing as (
        partition by
            said.document_id, said.topic, said.stage, said.level, said.year_offset, said.month,
            case when single_fund.stage is not null and said.pot = 'fiscal' then 'general' else said.pot end,
            -- “收入预算”没有说含不含上年结转，只在同一节里比
            case when said.topic in ('in', 'out', 'whole') and said.level = '' and said.pot = 'all' then said.section end
        order by said.fact_no
    )
)

select
    document_id,
    fact_id || ':' || topic as equation_key,
    'same' as kind,
    subject,
    [part(first_id), result(fact_id)] as terms
from mentions_said
where fact_id <> first_id
