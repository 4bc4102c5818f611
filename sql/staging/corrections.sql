-- 更正决定：corrections.csv 每行一项，照所写，并说明用在了哪里、为何没有用上 / decisions about figures, one row a line of corrections.csv as written, with what became of it.
-- @col decision_no 决定序号 / number of the decision among corrections, those of the package first
-- @col source 来源文件 / file that states it, of the package or of the data folder
-- @col line_no 行号 / last line of the decision in that file
-- @col sha256 内容散列 / bytes of the file that the figure is printed in
-- @col table_no 第几张表 / table of the cell, from 1
-- @col row_no 行号 / row of the cell, from 0
-- @col col_no 列号 / column of the cell, from 0
-- @col char_start 起始字符 / first character of the span, where it is no cell
-- @col char_end 结束字符 / just past its last character
-- @col printed 当时所印 / what the decision saw there
-- @col corrected 更正为 / corrected number in the printed unit, or the words for confirmed as printed
-- @col reason 理由 / reason
-- @col decided_by 决定人 / who decided
-- @col decided_on 决定日期 / when
-- @col state 状态 / corrected, confirmed, stale, superseded or invalid
-- @col why 未采用的原因 / why it applies to nothing, NULL where it does
select
    decision_no,
    source,
    line_no,
    sha256,
    table_no,
    row_no,
    col_no,
    char_start,
    char_end,
    printed,
    corrected,
    reason,
    decided_by,
    decided_on,
    state,
    why
from input.corrections
order by decision_no
