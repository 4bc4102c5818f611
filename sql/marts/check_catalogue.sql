-- 核对目录：每个核对项一行，查什么、凭什么 / one row a check: what it states and on what basis.
-- @col check_id 核对项 / check
-- @col family 核对类别 / family of checks
-- @col severity 严重程度 / error, warning or hint
-- @col title_zh 名称 / title in Chinese
-- @col title_en 英文名称 / title in English
-- @col formula 公式 / formula
-- @col basis 依据 / regulation, note of the form, or accounting identity
-- @col smallest_error_caught 可查最小差错 / smallest error that it is sure to catch
select
    check_id,
    family,
    severity,
    title_zh,
    title_en,
    formula,
    basis,
    smallest_error_caught
from audit.check_catalogue
order by check_id
