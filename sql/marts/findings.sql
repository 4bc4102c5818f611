-- 核对发现：每处不符一行，附算式、建议与依据 / one row a thing that is wrong, with its equation, repair and evidence.
-- @col finding_id 问题编号 / finding
-- @col check_id 核对项 / check
-- @col check_family 核对类别 / family of checks
-- @col severity 严重程度 / error, warning or hint
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col district 区县 / district or county
-- @col fiscal_year 年度 / fiscal year
-- @col page 页码 / page
-- @col table_title 表名 / title of the table
-- @col subject 事项 / subject as printed
-- @col message_zh 问题说明 / what is wrong, in Chinese
-- @col message_en 英文说明 / what is wrong, in English
-- @col reported 报告数 / the figure as reported, in `unit`
-- @col expected_low 应有下限 / least value that the other figures allow
-- @col expected_high 应有上限 / greatest value that they allow
-- @col difference 差额 / how far the reported figure is from that range
-- @col equation 算式 / the equation with its figures
-- @col repair 建议更正 / proposed repair, readable; NULL if none
-- @col repaired_value 更正值 / the repaired value
-- @col fact_ids 数据编号 / facts of the equation
-- @col evidence 依据 / where each figure is printed, with the text there
-- @col unit 单位 / unit of reported, expected, difference and repaired_value, as printed
-- @col slip 笔误种类 / slip that explains it, NULL where none is claimed
-- @col alternatives 可能的改法 / where no repair is proposed: repairs that are about equally likely; rows of one `option` belong together
-- @col search 查找范围 / complete, or bounded where the search for repairs stopped at its limit
-- @col equations 不成立的等式 / the equations that it breaks
-- @col signature 问题特征 / check and figures, whatever the bytes of the file
-- @col acknowledged 已认可 / whether a person looked at it and accepts it; it is then told, but not counted as open
-- @col acknowledged_reason 认可理由 / why
-- @col acknowledged_by 认可人 / who
-- @col acknowledged_on 认可日期 / when
with meant as (
    select f.finding_id, a.reason, a.decided_by, a.decided_on, a.decision_no
    from audit.findings as f
    inner join staging.acknowledgements as a on a.finding_id = f.finding_id
    where a.fault is null
    union all
    select f.finding_id, a.reason, a.decided_by, a.decided_on, a.decision_no
    from audit.findings as f
    inner join staging.acknowledgements as a on a.signature = f.signature and a.file = f.file
    where a.fault is null
),

accepted as (
    select
        finding_id,
        arg_max(reason, (decided_on, decision_no)) as reason,
        arg_max(decided_by, (decided_on, decision_no)) as decided_by,
        max(try_cast(decided_on as date)) as decided_on
    from meant
    group by finding_id
)

select
    f.finding_id,
    f.check_id,
    f.check_family,
    f.severity,
    f.document_id,
    f.file,
    f.district,
    f.fiscal_year,
    f.page,
    f.table_title,
    f.subject,
    f.message_zh,
    f.message_en,
    f.reported,
    f.expected_low,
    f.expected_high,
    f.difference,
    f.equation,
    f.repair,
    f.repaired_value,
    f.fact_ids,
    f.evidence,
    f.unit,
    f.slip,
    f.alternatives,
    f.search,
    f.equations,
    f.signature,
    a.finding_id is not null as acknowledged,
    a.reason as acknowledged_reason,
    a.decided_by as acknowledged_by,
    a.decided_on as acknowledged_on
from audit.findings as f
left join accepted as a on a.finding_id = f.finding_id
order by f.file, f.page, f.finding_id
