-- 应有的报告：部门应当编制或公开哪些报告、何时、依据什么规定 / the reports that a department owes, when, and by which rule.
-- @col filing 应有报告 / budget, final_account, self_evaluation or monitoring
-- @col zh 名称 / its Chinese name
-- @col en 英文名称 / its English name
-- @col families 报告种类 / report families that meet it
-- @col due_zh 期限 / when it is due, in Chinese
-- @col due_en 期限（英文） / when it is due
-- @col due_months 到期月数 / months from January of the fiscal year by which it is as a rule there
-- @col proves_months 可证月数 / months from January of its year that have passed at the earliest when such a report is there
-- @col valid_from 何年起 / first fiscal year that owes it
-- @col is_public 须公开 / whether it is to be published
-- @col source 依据 / the rule
select
    filing,
    zh,
    en,
    string_split(families, '|') as families,
    due_zh,
    due_en,
    due_months,
    proves_months,
    valid_from,
    is_public = 'true' as is_public,
    source
from input.expected_filings
order by filing
