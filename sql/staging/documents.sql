-- 文档：每个文件一行，身份各项照报告自己的文字，旁注未计入 / one row a file with what its own text says of its identity, before the sidecar.
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col sha256 内容散列 / sha256 of the bytes
-- @col size 字节数 / size in bytes
-- @col media_type 文件类型 / media type found in the bytes
-- @col pages 页数 / pages
-- @col characters 字数 / characters of text
-- @col title 标题 / title
-- @col issuer 编制单位 / who issued it
-- @col district 区县 / district or county
-- @col city 市 / city
-- @col province 省 / province
-- @col fiscal_year 年度 / fiscal year
-- @col period_end_month 截止月份 / last month of the period, 12 for a full year
-- @col scope 口径 / 本级, 部门 or 单位
-- @col families 报告种类 / report families found in it
-- @col evidence 身份依据 / text that each field was read from, or why it is NULL
-- @col status 状态 / parsed, partial or quarantined
-- @col status_reason 状态原因 / why it is not parsed
select
    f.document_id,
    f.file,
    f.sha256,
    f.size,
    coalesce(d.media_type, f.media_type) as media_type,
    d.pages,
    d.characters,
    d.title,
    d.issuer,
    d.district,
    d.city,
    d.province,
    d.fiscal_year,
    d.period_end_month,
    d.scope,
    coalesce(d.families, []) as families,
    coalesce(d.evidence, map {}) as evidence,
    coalesce(d.status, f.status) as status,
    coalesce(d.status_reason, f.status_reason) as status_reason
from staging.files as f
left join input.documents as d on d.sha256 = f.sha256 and f.is_read
order by f.file
