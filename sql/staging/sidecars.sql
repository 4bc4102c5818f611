-- 旁注：随文件附的 <文件>.meta.yml 所写的各项，逐项一行；压缩包的旁注对其中每个文件都有效 / what a sidecar <file>.meta.yml states, one row a key; that of an archive speaks for each of its members.
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col sidecar_file 旁注文件 / the sidecar, as path below data/raw
-- @col key 项目 / key as written
-- @col value 内容 / value as text
select
    f.document_id,
    f.file,
    s.sidecar_file,
    s.key,
    s.value
from input.sidecars as s
inner join staging.files as f on f.file = s.file
order by f.file, s.key
