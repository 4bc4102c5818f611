-- 文件：data/raw 下每个文件一行，读得出与否都在；内容相同的第二个文件是副本，不重复计入 / one row a file below data/raw, readable or not; a second file with the same bytes is a copy and is not counted again.
-- @col document_id 文档编号 / first 16 hex digits of the sha256, with -2, -3 … for copies
-- @col file 文件 / path below data/raw
-- @col sha256 内容散列 / sha256 of the bytes
-- @col size 字节数 / size in bytes
-- @col media_type 文件类型 / media type, NULL where the file was never opened or the reading states it
-- @col is_read 已读取 / whether its reading is part of this warehouse
-- @col copy_of 与之相同的文件 / the file whose bytes it repeats, NULL where it is the first
-- @col status 状态 / status that the run gave it; a copy is quarantined
-- @col status_reason 状态原因 / why it was not read
with numbered as (
    select
        *,
        row_number() over (partition by sha256 order by file) as copy_no,
        first_value(file) over (partition by sha256 order by file) as original,
        row_number() over (partition by left(sha256, 16) order by file) as id_no
    from input.files
)

select
    left(sha256, 16) || case when id_no = 1 then '' else '-' || id_no end as document_id,
    file,
    sha256,
    size,
    media_type,
    is_read and copy_no = 1 as is_read,
    case when copy_no > 1 then original end as copy_of,
    case when copy_no > 1 then 'quarantined' else status end as status,
    case
        when copy_no > 1 then '与“' || original || '”内容完全相同，是副本，不重复计入'
        else status_reason
    end as status_reason
from numbered
order by file
