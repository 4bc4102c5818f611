-- 哪些报告每百个数里的错误最多？ / Which reports have the most errors per 100 figures?
select
    title,
    errors,
    facts,
    round(100.0 * errors / facts, 2)::decimal(9, 2) as errors_per_hundred
from marts.documents
where facts > 0
order by errors_per_hundred desc, file
