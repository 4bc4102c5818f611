-- 增减的文字不自相矛盾 / Words of increase and decrease do not contradict each other
-- @formula 不说“增加-3万元”；不说“增加3万元，下降5%”
-- @basis 预决算公开情况说明的固定表述：方向由文字说明，增减额与增减比例方向一致
-- @severity warning
-- @needs text
-- @origin narrative
-- @message_zh 增减方向自相矛盾：“{quote}”。
-- @message_en The words contradict each other: “{quote_en}”.
-- @good [{"sentence": "与2022年度相比，支出合计增加8288.14万元，增长64.9%；基本支出减少3.2万元，下降0.6%。"}]
-- @bad [{"sentence": "与2022年度相比，支出合计增加8288.14万元，下降64.9%。"}]
-- @bad [{"sentence": "比年初预算增加-3.5万元。"}]
with searched as (
    select
        p.*,
        r.states_figures
    from passages as p
    inner join reports as r using (document_id)
    where not r.is_template
        and not r.is_review
        and p.kind = 'sentence'
        and regexp_matches(p.plain, '增|减|降|升')
),

contradictory as (
    select
        document_id,
        sentence_id,
        regexp_extract(plain, '.{0,15}(?:' || contradiction_words() || ')') as quote
    from searched
    where regexp_matches(plain, contradiction_words())
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
    and document_id not in (select document_id from contradictory)
group by document_id
union all
select
    document_id,
    sentence_id,
    'flag',
    '',
    false,
    [in_sentence(sentence_id, quote)]
from contradictory
