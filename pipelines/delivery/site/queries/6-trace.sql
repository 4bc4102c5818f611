-- 第一处带数的问题里，数印在哪里？ / Where is the figure of the first finding with one printed?
select traced.*
from (
    select fact_ids[1] as fact_id
    from marts.findings
    where len(fact_ids) > 0
    order by file, page, finding_id
    limit 1
) as chosen,
    lateral (select * from trace(chosen.fact_id)) as traced
