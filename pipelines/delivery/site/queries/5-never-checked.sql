-- 哪些该查的没有查到，为什么？ / Which obligations were never checked, and why?
select
    l.check_id,
    c.title_zh,
    l.not_evaluated_reason,
    count(*) as reports
from marts.check_ledger as l
inner join marts.check_catalogue as c on c.check_id = l.check_id
where l.not_evaluated_reason is not null
group by all
order by reports desc, l.check_id, l.not_evaluated_reason
