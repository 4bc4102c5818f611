-- 每类核对应核对几项、核对了几项？ / Of each family of checks, how many are due and how many could be made?
select
    check_family,
    sum(obligations) as due,
    sum(evaluated) as made,
    sum(failed) as failed,
    percent_of(sum(evaluated), sum(obligations)) as coverage
from marts.obligations
group by check_family
order by coverage, check_family
