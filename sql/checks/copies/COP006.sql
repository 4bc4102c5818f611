-- 同一段文字不重复 / The same passage is not printed twice in one place
-- @formula 同一标题下、同一页上，二十五字以上的同一句不相邻重复
-- @basis 文字校对：多为粘贴两次
-- @severity hint
-- @needs text
-- @origin narrative
-- @message_zh 同一句在相邻处出现{times}次：“{quote}”。
-- @message_en The same sentence stands {times} times close together: “{quote_en}”.
-- @good [{"sentence": "负责建立健全生活必需品市场供应应急机制，协调重要商品储备和市场调控。", "section": "主要职能"}, {"sentence": "负责食用农产品流通管理。", "section": "主要职能"}, {"sentence": "负责食用农产品流通管理。", "section": "主要职能"}]
-- @bad [{"sentence": "负责建立健全生活必需品市场供应应急机制，协调重要商品储备和市场调控。", "section": "主要职能"},
--   {"sentence": "负责建立健全生活必需品市场供应应急机制，协调重要商品储备和市场调控。", "section": "主要职能"}]
with long_sentences as (
    select
        p.document_id,
        p.section,
        p.text,
        p.n,
        p.sentence_id,
        s.page
    from passages as p
    inner join reports as r using (document_id)
    inner join staging.sentences as s on s.sentence_id = p.sentence_id
    where p.kind = 'sentence'
        and length(p.text) >= 25
        and not r.is_template
        and not r.is_review
),

repeated as (
    select
        document_id,
        count(*) as times,
        min(n) as n,
        list(in_sentence(sentence_id, left(text, 40)) order by n) as places
    from long_sentences
    group by document_id, section, page, text
    having count(*) > 1
        and max(n) - min(n) <= 5
)

select
    document_id,
    'text' as equation_key,
    'flag' as kind,
    '' as subject,
    true as holds,
    [] as places,
    map {} as words
from long_sentences
where document_id not in (select document_id from repeated)
group by document_id
union all
select
    document_id,
    's' || n,
    'flag',
    '',
    false,
    places,
    map {'times': times::varchar}
from repeated
