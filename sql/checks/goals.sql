-- 绩效指标：每个指标的指标值、完成值、分值、得分，以及是否未达到 / Performance indicators: what each aimed at, what was reached, its weight and score, and whether it was missed.
-- `is_missed` is NULL where it cannot be told: a text, a rough figure, units that differ, a cost or time where less may be better.
with mentions as (
    select
        *,
        {
            'fact_id': fact_id,
            'text': regexp_replace(coalesce(text_value, as_printed), '\s', '', 'g'),
            'number': coalesce(value, amount_yuan),
            'unit': case when amount_yuan is not null then '元' else unit end,
            'comparator': coalesce(comparator, '=')
        } as said
    from core.facts
    where subject_kind = 'indicator'
        and year_offset = 0
        and table_id is not null
        and measure in ('target', 'actual', 'score', 'score_weight')
        and coalesce(list_role, '') <> 'group_total'
),

-- 一行一个指标；一行多个指标（横排表）按名称分开
rows_of_goals as (
    select
        document_id,
        table_id,
        statement,
        coalesce(goal, '') as goal,
        coalesce(level1, '') as level1,
        coalesce(level2, '') as level2,
        subject,
        min(fact_no) as first_no,
        min(row_no) as row_no,
        arg_min(said, fact_no) filter (where measure = 'target') as target,
        arg_min(said, fact_no) filter (where measure = 'actual') as actual,
        arg_min(said, fact_no) filter (where measure = 'score') as score,
        arg_min(said, fact_no) filter (where measure = 'score_weight') as weight,
        arg_min(note, fact_no) as note,
        min(period_end_month) as period_end_month,
        bool_or(contested) as contested
    from mentions
    group by all
),

compared as (
    select
        *,
        target.number is not null
        and actual.number is not null
        and (
            target.unit is not distinct from actual.unit
            or (actual.unit is null and target.unit <> '元' and (target.unit <> '%' or actual.number > 1))
        ) as is_comparable,
        regexp_matches(level1 || level2, '成本|时效')
        or regexp_matches(
            subject, '成本|下降|降低|减少|压减|控制|投诉|事故|差错|违规|死亡|逾期|空置|等待|间隔|时间|时长|天数|周期|支出|费用|经费|预算|标准|价'
        ) as less_may_be_better
    from rows_of_goals
    where target is not null
        and actual is not null
)

select
    document_id,
    table_id,
    statement,
    goal,
    level1,
    subject,
    first_no,
    row_no,
    target,
    actual,
    score,
    weight,
    note,
    period_end_month,
    is_comparable
    and coalesce(actual.unit, target.unit, '') <> '%'
    and target.comparator in ('=', '>=')
    and actual.comparator = '='
    and not less_may_be_better
    and target.number >= 3
    and actual.number > target.number * 3 / 2 as is_far_beyond,
    target.number is not null
    and actual.number is not null
    and target.unit is not null
    and actual.unit is not null
    and (target.unit = '%') <> (actual.unit = '%') as is_other_unit,
    case
        when target.text = actual.text then false
        when contested or not is_comparable or actual.comparator <> '=' then null
        when target.comparator = '>=' then actual.number < target.number
        when target.comparator = '>' then actual.number <= target.number
        when target.comparator = '<=' then actual.number > target.number
        when target.comparator = '<' then actual.number >= target.number
        when target.comparator = '=' and actual.number = target.number then false
        when target.comparator = '=' and not less_may_be_better then actual.number < target.number
    end as is_missed
from compared
