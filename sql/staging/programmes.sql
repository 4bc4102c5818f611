-- 规范项目：项目词表 / the vocabulary of canonical programmes.
-- @col programme 规范项目 / canonical programme
-- @col programme_zh 规范项目名称 / its Chinese name
-- @col parent 上级项目 / the wider programme that it belongs to, NULL for the widest
-- @col kind 项目性质 / benefit, service, administration, operation or fund
-- @col work_cost 工作经费归属 / the programme that bears the cost of administering it
-- @col aliases 别名 / names by which reports call it; = for whole subjects only
-- @col functional_codes 功能科目 / functional codes that belong to it
-- @col source 出处 / where the vocabulary has it from
select
    programme,
    programme_zh,
    parent,
    kind,
    work_cost,
    aliases,
    functional_codes,
    source
from input.programmes
order by programme
