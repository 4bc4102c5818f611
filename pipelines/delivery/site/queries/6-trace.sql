-- 第一处问题里的数印在哪里？ / Where is the figure of the first finding printed?
select traced.*
from (select fact_ids[1] as fact_id from marts.findings order by file, page, finding_id limit 1) as chosen,
    lateral (select * from trace(chosen.fact_id)) as traced
