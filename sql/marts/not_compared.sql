-- 未参加对比：没有进入区县年度对比的报告与行，逐份写明原因 / the reports that the comparison of districts leaves out, or takes no total from, each with its reason.
-- @col file 文件 / path below data/raw
-- @col document_id 文档编号 / document
-- @col issuer 编制单位 / who issued it, NULL where the report does not say
-- @col district 区县 / district or county, likewise
-- @col city 市 / city, likewise
-- @col province 省 / province, likewise
-- @col fiscal_year 年度 / fiscal year, likewise
-- @col period_end_month 截止月份 / last month of its period
-- @col scope 口径 / 部门, 本级 or 单位
-- @col family 报告种类 / report family, the first where there are several
-- @col reason_code 原因代码 / unreadable, no_place, no_year, narrower_scope, part_of_department, or no_total (it takes part with its checks only)
-- @col reason 原因 / the reason in words
-- @col counted_in 已计入 / the issuer whose total already holds its figures
-- @col evidence 依据 / what the report's identity was read from, or why it was not
with reasons as (
    select
        r.*,
        coalesce(r.left_out, case when not r.has_total then 'no_total' end) as reason_code
    from core.comparison_reports as r
)

select
    r.file,
    r.document_id,
    r.issuer,
    r.district,
    r.city,
    r.province,
    r.fiscal_year,
    r.period_end_month,
    r.scope,
    d.family,
    r.reason_code,
    case r.reason_code
        when 'unreadable' then coalesce(d.status_reason, '未能读取') || ' / it could not be read'
        when 'no_place' then '报告和旁注都没有写明省、市或区县 / neither report nor sidecar names a province, city or district'
        when 'no_year' then '报告和旁注都没有写明年度 / neither report nor sidecar names a fiscal year'
        when 'narrower_scope' then '同一单位同期另有部门口径的报告，已含本级；见填报单位年度 / its department report of the same period already holds it; see marts.issuer_year'
        when 'part_of_department' then '同期的主管部门报告把它列为所属单位，已计入；见填报单位年度 / the department report of the same period lists it as one of its units; see marts.issuer_year'
        when 'no_total' then '报告里没有部门总额，只计入核对结果 / it states no total of a department; only its checks are counted'
    end as reason,
    r.counted_in,
    coalesce(
        d.identity_evidence[
            case r.reason_code when 'no_place' then 'district' when 'no_year' then 'fiscal_year' else 'scope' end
        ],
        d.status_reason
    ) as evidence
from reasons as r
inner join core.documents as d on d.document_id = r.document_id
where r.reason_code is not null
order by r.file
