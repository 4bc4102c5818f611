-- 哪些表头没有读懂？ / Which headings were not understood?
select
    heading,
    sum(facts) as figures,
    count(distinct document_id) as reports
from core.rejected_headings
group by all
order by figures desc, heading
