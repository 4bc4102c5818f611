-- 增减额等于正文或表中两年之差 / A change is the difference of the two years' figures, wherever the report gives them
-- @formula 增减额 = 本年数 − 上年数，同一题目（“三公”经费及其各项、收支总额、科目……）、同一资金
-- @basis 会计恒等式；部门整体支出绩效评价基础数据表列有“三公”经费上年决算数、本年预算数和决算数
-- @severity error
-- @needs change_amount
-- @origin narrative
-- @message_zh {subject}：增减额印作{reported}，两年之差为{expected}，{equation}。
-- @message_en {subject}: the change is printed {reported_en}, but the two years differ by {expected_en} ({equation_en}).
-- @good [{"measure": "prior_year_final_account", "printed": "0.10", "year_offset": -1, "subject": "三公经费", "subject_kind": "other", "table_kind": "base_data"},
--   {"measure": "final_account", "printed": "0.13", "subject": "三公经费", "subject_kind": "other", "table_kind": "base_data"},
--   {"measure": "change_amount", "printed": "0.03", "subject": "“三公”经费支出", "subject_kind": "economic_item", "rate_basis": "prior", "column_label": "比上年决算增加", "origin": "narrative", "statement": "s1.1"}]
-- @bad [{"measure": "prior_year_final_account", "printed": "0.10", "year_offset": -1, "subject": "三公经费", "subject_kind": "other", "table_kind": "base_data"},
--   {"measure": "final_account", "printed": "0.13", "subject": "三公经费", "subject_kind": "other", "table_kind": "base_data"},
--   {"measure": "change_amount", "printed": "0.30", "subject": "“三公”经费支出", "subject_kind": "economic_item", "rate_basis": "prior", "column_label": "比上年决算增加", "origin": "narrative", "statement": "s1.1"}]
with changes as (
    select *
    from said_in_prose
    where stage = 'change_amount'
        and rate_basis = 'prior'
        and year_offset = 0
),

known as (
    select document_id, topic, stage, pot, level, year_offset, number, fact_id, fact_no, false as is_printed
    from said_in_prose
    union all
    select document_id, topic, stage, pot, level, year_offset, number, fact_id, fact_no, true
    from said_in_tables
),

-- 两年各只有一个数的题目；同在正文的由 CHG001 判断
two_years as (
    select
        document_id,
        topic,
        stage,
        pot,
        level,
        arg_min(fact_id, fact_no) filter (where year_offset = 0) as now,
        arg_min(fact_id, fact_no) filter (where year_offset = -1) as before
    from known
    where stage in ('budget', 'final')
    group by all
    having count(distinct number) filter (where year_offset = 0) = 1
        and count(distinct number) filter (where year_offset = -1) = 1
        and bool_or(is_printed and year_offset = -1)
)

select
    changes.document_id,
    changes.fact_id || ':' || two_years.stage as equation_key,
    'sum' as kind,
    changes.subject,
    [part(two_years.now), minus(two_years.before), result(changes.fact_id)] as terms
from changes
inner join two_years
    on two_years.document_id = changes.document_id
    and two_years.topic = changes.topic
    and two_years.pot = changes.pot
    and (changes.level in ('', two_years.level) or two_years.level = 'both')
    and case
        when regexp_matches(changes.cue, '决算') then two_years.stage = 'final'
        when regexp_matches(changes.cue, '执行') then false
        when regexp_matches(changes.cue, '预算') then two_years.stage = 'budget'
        else true
    end
-- 没有说与预算还是与决算相比、两种都有的，分不清
qualify count(*) over (partition by changes.fact_id) = 1
