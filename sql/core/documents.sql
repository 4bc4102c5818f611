-- 文档：每个文件一行，旁注优先于报告自己的文字；两者都没写的为空 / one row a file; what a sidecar states wins over the report's own text, and what neither says is NULL.
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col sha256 内容散列 / sha256 of the bytes
-- @col size 字节数 / size in bytes
-- @col media_type 文件类型 / media type found in the bytes
-- @col pages 页数 / pages
-- @col characters 字数 / characters of text
-- @col title 标题 / title
-- @col issuer 编制单位 / who issued it
-- @col bureau 部门简称 / the issuer without place names and brackets, by which districts are compared
-- @col district 区县 / district or county
-- @col city 市 / city
-- @col province 省 / province
-- @col fiscal_year 年度 / fiscal year
-- @col period_end_month 截止月份 / last month of the period, 12 for a full year
-- @col scope 口径 / 本级, 部门 or 单位
-- @col family 报告种类 / report family, the first where there are several
-- @col families 全部报告种类 / report families found in it
-- @col is_budget 是预算公开 / whether it publishes a budget, so that the expenditure in its tables is planned, not executed
-- @col url 网址 / where it was published
-- @col published_on 公开日期 / day of publication
-- @col identity_evidence 身份依据 / text or sidecar that each field was read from, or why it is NULL
-- @col status 状态 / parsed, partial or quarantined
-- @col status_reason 状态原因 / why it is not parsed
with sidecars as (
    select
        document_id,
        any_value(value) filter (where key = 'issuer') as issuer,
        any_value(value) filter (where key = 'district') as district,
        any_value(value) filter (where key = 'city') as city,
        any_value(value) filter (where key = 'province') as province,
        try_cast(any_value(value) filter (where key = 'fiscal_year') as integer) as fiscal_year,
        try_cast(any_value(value) filter (where key = 'period_end_month') as integer) as period_end_month,
        any_value(value) filter (where key = 'url') as url,
        try_cast(any_value(value) filter (where key = 'published_on') as date) as published_on,
        map_from_entries(
            list({'key': key, 'value': '旁注文件 ' || sidecar_file} order by key)
        ) as evidence
    from staging.sidecars
    group by document_id
),

stated as (
    select
        d.*,
        coalesce(s.issuer, d.issuer) as stated_issuer,
        coalesce(s.district, d.district) as stated_district,
        coalesce(s.city, d.city) as stated_city,
        coalesce(s.province, d.province) as stated_province,
        coalesce(s.fiscal_year, d.fiscal_year) as stated_year,
        coalesce(s.period_end_month, d.period_end_month) as stated_month,
        s.url,
        s.published_on,
        map_concat(d.evidence, coalesce(s.evidence, map {})) as identity_evidence
    from staging.documents as d
    left join sidecars as s on s.document_id = d.document_id
),

-- Whichever of the report and its sidecar names the place, the bureau is what is left without it.
placeless as (
    select
        *,
        list_reduce(
            [province, stated_province, city, stated_city, district, stated_district],
            lambda name, place: replace(name, coalesce(place, ''), ''),
            regexp_replace(stated_issuer, '[（(][^（）()]*[）)]', '', 'g')
        ) as plain_issuer
    from stated
)

select
    document_id,
    file,
    sha256,
    size,
    media_type,
    pages,
    characters,
    title,
    stated_issuer as issuer,
    nullif(
        regexp_replace(regexp_replace(plain_issuer, '^[区县旗]', ''), '^人民政府(.+(街道|地区)办事处)$', '\1'), ''
    ) as bureau,
    stated_district as district,
    stated_city as city,
    stated_province as province,
    stated_year as fiscal_year,
    stated_month as period_end_month,
    scope,
    families[1] as family,
    families,
    list_contains(families, 'budgets') as is_budget,
    url,
    published_on,
    identity_evidence,
    status,
    status_reason
from placeless
order by file
