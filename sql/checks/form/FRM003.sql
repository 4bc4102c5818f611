-- 句子写完整，数字不漏填 / Sentences are finished, and their numbers filled in
-- @formula 没有“主要原因是。”“决算为万元”“增长%”一类残句
-- @basis 公开的应是填写完整的文本；预决算公开检查表“内容规范性”
-- @severity warning
-- @needs text
-- @origin narrative
-- @message_zh 句子残缺，缺少内容：“{quote}”。
-- @message_en An unfinished sentence: “{quote_en}”.
-- @good [{"sentence": "公务用车运行费9.98万元，与2025年预算数持平，主要原因是公务用车数量无变化。"},
--   {"sentence": "预决算持平的，可不说明变动原因。"}, {"sentence": "主要原因："}, {"sentence": "金额单位为万元。"}]
-- @bad [{"sentence": "公务用车购置及运行费9.98万元，与2025年预算数持平，主要原因是。"}]
-- @bad [{"sentence": "支出决算为万元，完成年初预算的98%。"}]
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

unfinished as (
    select
        document_id,
        sentence_id,
        regexp_extract(plain, '.{0,40}(?:' || unfinished_words() || ')') as quote
    from searched
    where regexp_matches(plain, unfinished_words())
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
    and document_id not in (select document_id from unfinished)
    and regexp_matches(plain, finishable_words())
group by document_id
union all
select
    document_id,
    sentence_id,
    'flag',
    '',
    false,
    [in_sentence(sentence_id, quote)]
from unfinished
