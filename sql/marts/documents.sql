-- 文档：每份报告一行，读得出与否都在，附读到多少、查出多少 / one row a report, readable or not, with what was read and found in it.
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col sha256 内容散列 / sha256 of the bytes
-- @col media_type 文件类型 / media type found in the bytes
-- @col pages 页数 / pages
-- @col title 标题 / title
-- @col issuer 编制单位 / who issued it, NULL where neither report nor sidecar says
-- @col district 区县 / district or county, likewise
-- @col city 市 / city, likewise
-- @col province 省 / province, likewise
-- @col fiscal_year 年度 / fiscal year
-- @col period_end_month 截止月份 / last month of the period, 7 for 1–7月, 12 for a full year
-- @col family 报告种类 / report family, the first where there are several
-- @col status 状态 / parsed, partial or quarantined
-- @col status_reason 状态原因 / why it is not parsed
-- @col tables 表格数 / tables read
-- @col facts 数据条数 / figures read
-- @col checks_evaluated 已核对项数 / checks that reached a verdict
-- @col errors 错误数 / findings of severity error that nobody has acknowledged
-- @col warnings 警告数 / findings of severity warning, likewise
-- @col hints 提示数 / findings of severity hint, likewise
-- @col families 全部报告种类 / all report families found in it
-- @col bureau 部门简称 / issuer without place names and brackets
-- @col scope 口径 / 本级, 部门 or 单位
-- @col sentences 句数 / sentences of prose read
-- @col unmapped_facts 未识别表头的数据条数 / figures under headings that no measure fits
-- @col identity_evidence 身份依据 / what each identity field was read from, or why it is NULL
-- @col url 网址 / where it was published
-- @col published_on 公开日期 / day of publication
-- @col size 字节数 / size in bytes
-- @col acknowledged 已认可数 / findings that people acknowledged
with tables_read as (
    select document_id, count(*) as tables
    from staging.tables
    group by document_id
),

facts_read as (
    select document_id, count(*) as facts, count(*) filter (where starts_with(measure, 'unmapped:')) as unmapped_facts
    from core.facts
    group by document_id
),

sentences_read as (
    select document_id, count(*) as sentences
    from staging.sentences
    group by document_id
),

checks as (
    select document_id, count(distinct check_id) as checks_evaluated
    from audit.check_ledger
    where passed + rounding + failed > 0
    group by document_id
),

found as (
    select
        document_id,
        count(*) filter (where severity = 'error' and not acknowledged) as errors,
        count(*) filter (where severity = 'warning' and not acknowledged) as warnings,
        count(*) filter (where severity = 'hint' and not acknowledged) as hints,
        count(*) filter (where acknowledged) as acknowledged
    from marts.findings
    group by document_id
)

select
    d.document_id,
    d.file,
    d.sha256,
    d.media_type,
    d.pages,
    d.title,
    d.issuer,
    d.district,
    d.city,
    d.province,
    d.fiscal_year,
    d.period_end_month,
    d.family,
    d.status,
    d.status_reason,
    coalesce(t.tables, 0)::integer as tables,
    coalesce(f.facts, 0)::integer as facts,
    coalesce(c.checks_evaluated, 0)::integer as checks_evaluated,
    coalesce(x.errors, 0)::integer as errors,
    coalesce(x.warnings, 0)::integer as warnings,
    coalesce(x.hints, 0)::integer as hints,
    d.families,
    d.bureau,
    d.scope,
    coalesce(s.sentences, 0)::integer as sentences,
    coalesce(f.unmapped_facts, 0)::integer as unmapped_facts,
    d.identity_evidence,
    d.url,
    d.published_on,
    d.size,
    coalesce(x.acknowledged, 0)::integer as acknowledged
from core.documents as d
left join tables_read as t on t.document_id = d.document_id
left join facts_read as f on f.document_id = d.document_id
left join sentences_read as s on s.document_id = d.document_id
left join checks as c on c.document_id = d.document_id
left join found as x on x.document_id = d.document_id
order by d.file
