-- 标点不重复 / No doubled punctuation
-- @formula 没有“。。”“，，”“；。”一类连用的标点
-- @basis 《标点符号用法》（GB/T 15834）
-- @severity hint
-- @needs text
-- @origin narrative
-- @message_zh 标点连用：“{quote}”。
-- @message_en Doubled punctuation: “{quote_en}”.
-- @good [{"sentence": "支出12.5万元，完成目标。"}, {"sentence": "主要用于。。。"}]
-- @bad [{"sentence": "保障困难群众基本生活，，完成目标。"}]
-- @bad [{"sentence": "完成年初预算的100%；。"}]
with searched as (
    select
        p.*,
        r.states_figures
    from passages as p
    inner join reports as r using (document_id)
    where not r.is_template
        and not r.is_review
        and p.kind = 'sentence'
),

doubled as (
    select
        document_id,
        sentence_id,
        regexp_extract(plain, '.{0,15}(?:' || doubled_words() || ').{0,10}') as quote
    from searched
    where regexp_matches(plain, doubled_words())
)

select
    document_id,
    'text' as equation_key,
    'flag' as kind,
    '' as subject,
    true as holds,
    [] as places
from searched
where states_figures
    and document_id not in (select document_id from doubled)
group by document_id
union all
select
    document_id,
    sentence_id,
    'flag',
    '',
    false,
    [in_sentence(sentence_id, quote)]
from doubled
