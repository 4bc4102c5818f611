-- 哪些报告应有而这里没有？ / Which reports are owed and not here?
select 编制单位, 年度, 应有报告名称, 期限
from marts_zh.未见的报告
order by 编制单位, 年度, 应有报告名称
