-- 记分的执行率：既有执行率又有得分的行，连同分值 / Rows that score an execution rate: the rate, its score, and the weight where one is stated.
select
    document_id,
    table_id,
    statement,
    any_value(subject) as subject,
    min(fact_id) filter (where measure = 'execution_rate') as rate,
    any_value(number) filter (where measure = 'execution_rate') as rate_number,
    any_value(half_unit) filter (where measure = 'execution_rate') as rate_half,
    min(fact_id) filter (where measure = 'score') as score,
    any_value(number) filter (where measure = 'score') as score_number,
    any_value(half_unit) filter (where measure = 'score') as score_half,
    min(fact_id) filter (where measure = 'score_weight') as weight,
    any_value(number) filter (where measure = 'score_weight') as weight_number,
    count(*) filter (where measure = 'score_weight') as weights,
    bool_or(contested) as is_contested
from figures
where origin = 'table'
    and measure in ('execution_rate', 'score', 'score_weight')
group by document_id, table_id, statement
having count(*) filter (where measure = 'execution_rate') = 1
    and count(*) filter (where measure = 'score') = 1
