-- 一级指标标注的分数等于其下各项分值之和 / The points in a first-level caption are the sum of its indicators' weights
-- @formula 产出指标（40分）= Σ 其下各项分值
-- @basis 绩效自评表一级指标标注的分数
-- @severity warning
-- @needs score_weight
-- @origin table
-- @message_zh {subject}：标注的分数与其下各项分值之和不符，{equation}，相差{difference}分。
-- @message_en {subject}: the points in its caption are not the sum of its weights: {equation_en}; off by {difference_en}.
-- @good [{"measure": "score_weight", "printed": "20", "subject": "效益指标", "level1": "效益指标", "list_id": "t2:score_weight", "list_role": "group_total", "statement": "t2r2:效益指标"},
--   {"measure": "score_weight", "printed": "10", "level1": "效益指标", "list_id": "t2:score_weight", "list_role": "part", "statement": "t2r2"},
--   {"measure": "score_weight", "printed": "10", "level1": "效益指标", "list_id": "t2:score_weight", "list_role": "part", "statement": "t2r3"},
--   {"measure": "score_weight", "printed": "20", "list_id": "t2:score_weight", "list_role": "total", "statement": "t2r9"}]
-- @bad [{"measure": "score_weight", "printed": "30", "subject": "效益指标", "level1": "效益指标", "list_id": "t2:score_weight", "list_role": "group_total", "statement": "t2r2:效益指标"},
--   {"measure": "score_weight", "printed": "10", "level1": "效益指标", "list_id": "t2:score_weight", "list_role": "part", "statement": "t2r2"},
--   {"measure": "score_weight", "printed": "10", "level1": "效益指标", "list_id": "t2:score_weight", "list_role": "part", "statement": "t2r3"},
--   {"measure": "score_weight", "printed": "20", "list_id": "t2:score_weight", "list_role": "total", "statement": "t2r9"}]
with groups as (
    select
        document_id,
        list_id,
        level1,
        any_value(fact_id) filter (where list_role = 'group_total') as caption,
        list(fact_id order by fact_no) filter (where list_role = 'part') as parts
    from figures
    where list_id is not null
        and measure = 'score_weight'
        and level1 is not null
    group by all
    having count(*) filter (where list_role = 'group_total') = 1
        and count(*) filter (where list_role = 'part') > 0
)

-- 全表分值恰等于总分值时，各行已读全；否则小于标注分数时不作判断
select
    groups.document_id,
    groups.list_id || ':' || groups.level1 as equation_key,
    case
        when abs(lists.parts_number - lists.total_number) <= lists.total_half + lists.parts_half then 'sum'
        else 'partial_sum'
    end as kind,
    groups.level1 as subject,
    summing(groups.parts, groups.caption) as terms
from groups
left join lists using (document_id, list_id)
