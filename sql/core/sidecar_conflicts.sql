-- 旁注与报告不一致：旁注与报告自己的文字不同、项目不认识、内容不成形的，逐项一行 / where a sidecar differs from the report's own text, names an unknown key, or states something that cannot be read.
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col key 项目 / key of the sidecar
-- @col kind 情形 / differs, unknown_key or unreadable
-- @col report_value 报告所写 / what the report's own text says
-- @col sidecar_value 旁注所写 / what the sidecar says; it wins where it can be read
-- @col report_evidence 报告依据 / the text that the report's value was read from
with known as (
    select
        document_id,
        unnest(['issuer', 'district', 'city', 'province', 'fiscal_year', 'period_end_month', 'url', 'published_on']) as key,
        unnest(
            [issuer, district, city, province, fiscal_year::varchar, period_end_month::varchar, null, null]
        ) as report_value,
        evidence
    from staging.documents
),

compared as (
    select
        s.document_id,
        s.file,
        s.key,
        case
            when k.key is null then 'unknown_key'
            when s.key in ('fiscal_year', 'period_end_month') and try_cast(s.value as integer) is null then 'unreadable'
            when s.key = 'published_on' and try_cast(s.value as date) is null then 'unreadable'
            when k.report_value <> s.value then 'differs'
        end as kind,
        k.report_value,
        s.value as sidecar_value,
        k.evidence[s.key] as report_evidence
    from staging.sidecars as s
    left join known as k on k.document_id = s.document_id and k.key = s.key
)

select
    document_id,
    file,
    key,
    kind,
    report_value,
    sidecar_value,
    report_evidence
from compared
where kind is not null
order by file, key
