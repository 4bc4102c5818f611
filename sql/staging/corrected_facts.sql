-- 更正的数：每个被更正或确认的数一行 / the figures that a correction applies to, with the values that count.
-- @col fact_id 数据编号 / fact
-- @col document_id 文档编号 / document
-- @col decision_no 决定序号 / the correction
-- @col is_confirmed 确认无误 / whether it is confirmed as printed, so that the values are those that were read
-- @col amount_yuan 更正后金额 / amount in yuan, NULL where it is not money
-- @col value 更正后数值 / value where it is not money
-- @col half_unit 末位半单位 / half of the last place of the value that counts
select
    f.document_id || ':f' || x.fact_no as fact_id,
    f.document_id,
    x.decision_no,
    x.is_confirmed,
    x.amount_yuan,
    x.value,
    x.half_unit
from input.corrected_facts as x
inner join staging.files as f on f.sha256 = x.sha256 and f.is_read
order by f.file, x.fact_no
