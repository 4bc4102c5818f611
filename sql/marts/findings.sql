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
-- @col search 查找范围 / complete, or bounded where the search for repairs stopped at its limit
-- @col equations 不成立的等式 / the equations that it breaks
select
    finding_id,
    check_id,
    check_family,
    severity,
    document_id,
    file,
    district,
    fiscal_year,
    page,
    table_title,
    subject,
    message_zh,
    message_en,
    reported,
    expected_low,
    expected_high,
    difference,
    equation,
    repair,
    repaired_value,
    fact_ids,
    evidence,
    unit,
    slip,
    search,
    equations
from audit.findings
order by file, page, finding_id
