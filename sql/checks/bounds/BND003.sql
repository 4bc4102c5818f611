-- 占比在0与100%之间 / A share is between 0 and 100%
-- @formula 0 ≤ 占比 ≤ 100%
-- @basis 算术：部分不大于全体，收支数不为负
-- @severity warning
-- @needs share
-- @origin any
-- @message_zh {subject}：占比印作{figures}%，超出0至100%。
-- @message_en {subject}: a share printed {figures}% is not between 0 and 100%.
-- @good [{"measure": "share", "printed": "97.6%", "subject": "项目支出", "origin": "narrative"}, {"measure": "share", "printed": "100%", "subject": "财政拨款收入", "origin": "narrative"}]
-- @bad [{"measure": "share", "printed": "976%", "subject": "项目支出", "origin": "narrative"}]
select
    document_id,
    same_as as equation_key,
    'flag' as kind,
    any_value(subject) as subject,
    bool_and(number - half_unit <= 100 and number + half_unit >= 0) as holds,
    [part(same_as)] as terms
from figures
where measure = 'share'
    and unit = '%'
    -- “占年初预算的195%”说的是完成程度
    and not regexp_matches(quote, '占[^，。；]{0,14}(预算|计划|目标|任务)')
group by document_id, same_as
