-- 认可决定：acknowledgements.csv 每行一项，照所写 / findings that people accept, one row a line of acknowledgements.csv as written.
-- @col decision_no 决定序号 / number of the decision among acknowledgements, those of the package first
-- @col source 来源文件 / file that states it, of the package or of the data folder
-- @col line_no 行号 / last line of the decision in that file
-- @col finding_id 问题编号 / the finding
-- @col file 文件 / report that it was found in, where the decision says
-- @col signature 问题特征 / check and figures of the finding, where the decision says
-- @col reason 理由 / reason
-- @col decided_by 决定人 / who decided
-- @col decided_on 决定日期 / when
-- @col fault 不成形之处 / what is wrong with the row, so that it counts for nothing; NULL where it is in form
select
    decision_no,
    source,
    line_no,
    finding_id,
    file,
    signature,
    reason,
    decided_by,
    decided_on,
    fault
from input.acknowledgements
order by decision_no
