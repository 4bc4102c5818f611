-- 哪些区县在临时救助上花得多，执行了吗？ / Which districts spend more on 临时救助 (temporary assistance), and did they execute it?
select 区县, 年度, 截止月份, "年初预算数（万元）", "执行数（万元）", "执行率（%）", 出自
from marts_zh.项目年度
where 规范项目名称 = '临时救助'
order by "执行数（万元）" desc nulls last
