-- 表的种类：各报告种类里的表，以及每种表的口径 / the kinds of tables of the report families, and what each covers.
-- @col kind 表的种类 / kind of table
-- @col zh 名称 / its Chinese name
-- @col en 英文名称 / its English name
-- @col required_from 何年起必备 / year from which it is owed, NULL where it always was or never is
-- @col covers 口径 / department, fiscal, one fund, basic, operating, three_public, procurement or project
-- @col source 出处 / where the vocabulary has it from
select
    kind,
    zh,
    en,
    required_from,
    covers,
    source
from input.table_kinds
order by kind
