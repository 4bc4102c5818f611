-- 核对台账：每份报告每个核对项一行，查了多少、结论如何、没查是为什么 / one row a check and document: what was evaluated, with what verdicts, or why not.
-- @col check_id 核对项 / check
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col candidates 候选数 / equations that the check found to state
-- @col passed 通过 / verdicts pass
-- @col rounding 属四舍五入 / verdicts rounding
-- @col failed 不符 / verdicts fail
-- @col not_applicable 不适用 / verdicts not_applicable
-- @col insufficient_data 数据不足 / verdicts insufficient_data
-- @col parse_doubt 读取存疑 / verdicts parse_doubt
-- @col not_evaluated_reason 未核对原因 / why nothing was evaluated
select
    check_id,
    document_id,
    file,
    candidates,
    passed,
    rounding,
    failed,
    not_applicable,
    insufficient_data,
    parse_doubt,
    not_evaluated_reason
from audit.check_ledger
order by file, check_id
