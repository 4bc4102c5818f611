-- 未识别的表头：词表里没有的表头和它们占多少数，逐表逐表头一行 / headings that no measure fits, one row a table and heading, with the figures that stand under it.
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col table_id 表编号 / table, NULL in prose
-- @col table_title 表名 / title of the table
-- @col heading 表头 / the heading as printed
-- @col facts 数据条数 / figures kept under it as unmapped:<heading>
with figures as (
    select
        document_id,
        table_id,
        substr(measure, 10) as heading,
        count(*) as facts
    from staging.facts
    where starts_with(measure, 'unmapped:')
    group by all
),

headings as (
    select
        document_id,
        table_id,
        unnest(unmapped_headings) as heading
    from staging.tables
),

both_sources as (
    select
        document_id,
        table_id,
        heading,
        facts
    from figures
    union all
    select distinct
        document_id,
        table_id,
        heading,
        0
    from headings
)

select
    b.document_id,
    d.file,
    b.table_id,
    t.table_title,
    b.heading,
    sum(b.facts)::integer as facts
from both_sources as b
inner join staging.documents as d on d.document_id = b.document_id
left join staging.tables as t on t.table_id = b.table_id
group by all
order by d.file, b.table_id, b.heading
