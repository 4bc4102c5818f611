-- 比率带%，金额带单位 / A rate has its %, an amount its unit
-- @formula “完成年初预算的”“执行率”“增长”之后的数带%；“预算为”“决算为”之后的数带元或万元
-- @basis 预决算公开模板：完成年初预算的XX%、支出决算为XXX万元
-- @severity warning
-- @needs text
-- @origin narrative
-- @message_zh 数字缺少单位或百分号：“{quote}”。
-- @message_en A number without its unit or %: “{quote_en}”.
-- @good [{"sentence": "年初预算为264.32万元，支出决算为314.55万元，完成年初预算的119%。"}, {"sentence": "就餐人次增长3倍，占比提高2个百分点。"}]
-- @bad [{"sentence": "年初预算为264.32万元，支出决算为314.55，完成年初预算的119%。"}]
-- @bad [{"sentence": "支出决算为314.55万元，完成年初预算的119。"}]
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

bare as (
    select
        document_id,
        sentence_id,
        regexp_extract(plain, '.{0,15}(?:' || bare_rate_words() || '|' || bare_amount_words() || ')') as quote
    from searched
    where regexp_matches(plain, bare_rate_words())
        or regexp_matches(plain, bare_amount_words())
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
    and document_id not in (select document_id from bare)
    and regexp_matches(plain, measured_words())
group by document_id
union all
select
    document_id,
    sentence_id,
    'flag',
    '',
    false,
    [in_sentence(sentence_id, quote)]
from bare
