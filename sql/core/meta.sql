-- 出处：本库由哪些输入、哪个版本的程序生成 / which inputs and which version of the program this warehouse was made from.
-- @col key 项目 / name
-- @col value 内容 / value
select
    key,
    value
from input.meta
order by key
