-- 项目称呼：一个称呼（编号、中文名、别名）所指的规范项目及其下级项目 / the programmes that a name stands for: by id, Chinese name or alias, narrower ones included.
-- @col name 称呼 / id, Chinese name or alias
-- @col programme 规范项目 / canonical programme
with recursive names as (
    select
        programme as name,
        programme
    from staging.programmes
    union
    select
        programme as name,
        programme
    from staging.programme_links
    where programme is not null
    union
    select
        programme_zh as name,
        programme
    from staging.programmes
    union
    select
        ltrim(unnest(aliases), '=') as name,
        programme
    from staging.programmes
),

reached as (
    select
        name,
        programme
    from names
    union
    select
        reached.name,
        narrower.programme
    from reached
    join staging.programmes as narrower on narrower.parent = reached.programme
)

select distinct
    name,
    programme
from reached
order by name, programme
