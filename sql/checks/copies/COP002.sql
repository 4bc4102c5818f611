-- 用途和原因说的是本事项 / The purpose and the reason given for an item are its own
-- @formula “主要用于某事项”“主要原因是某事项经费增加”中的事项，不是本报告另一项的名称
-- @basis 逐项说明的用途、原因应对应本项；多为由上一项复制后未改
-- @severity warning
-- @needs text
-- @origin narrative
-- @message_zh {subject}：所写的用途或原因是另一项“{other}”的（“{quote}”），疑为复制后未改。
-- @message_en {subject}: the purpose or reason given is that of another item, “{other}” (“{quote_en}”); probably copied and not changed.
-- @good [{"measure": "budget", "printed": "230.28", "subject_kind": "functional_item", "subject": "社会保障和就业支出（类）行政事业单位养老支出（款）职业年金缴费支出（项）", "origin": "narrative", "sentence_no": 1},
--   {"measure": "budget", "printed": "7.66", "subject_kind": "functional_item", "subject": "社会保障和就业支出（类）行政事业单位养老支出（款）事业单位离退休（项）", "origin": "narrative", "sentence_no": 3},
--   {"sentence": "15.职业年金缴费支出（项）230.28万元。", "section": "15"}, {"sentence": "主要原因是：职业年金缴费支出经费增加。", "section": "15"}, {"sentence": "16.事业单位离退休（项）7.66万元。", "section": "16"}]
-- @bad [{"measure": "budget", "printed": "230.28", "subject_kind": "functional_item", "subject": "社会保障和就业支出（类）行政事业单位养老支出（款）职业年金缴费支出（项）", "origin": "narrative", "sentence_no": 1},
--   {"measure": "budget", "printed": "7.66", "subject_kind": "functional_item", "subject": "社会保障和就业支出（类）行政事业单位养老支出（款）事业单位离退休（项）", "origin": "narrative", "sentence_no": 3},
--   {"sentence": "15.职业年金缴费支出（项）230.28万元。", "section": "15"}, {"sentence": "主要原因是：事业单位离退休经费增加。", "section": "15"}, {"sentence": "16.事业单位离退休（项）7.66万元。", "section": "16"}]
with items as (
    select distinct
        f.document_id,
        p.section,
        f.subject,
        regexp_replace(regexp_extract(f.subject, '([^）]*)（[0-9]{0,2}款）', 1), '^[0-9]+', '') as section_name,
        regexp_extract(f.subject, '([^）]*)（[0-9]{0,2}项）', 1) as item_name
    from figures as f
    inner join passages as p
        on p.document_id = f.document_id
        and p.kind = 'sentence'
        and p.n = f.sentence_no
    where f.origin = 'narrative'
        and f.subject_kind = 'functional_item'
        and contains(f.subject, '项）')
),

-- 一个标题下只说一项的
own as (
    select
        document_id,
        section,
        any_value(subject) as subject,
        any_value(section_name) as section_name,
        any_value(item_name) as item_name
    from items
    group by all
    having count(distinct subject) = 1
),

said as (
    select
        o.*,
        p.sentence_id,
        p.n,
        unnest(
            regexp_extract_all(p.plain, '主要用于[：:]?([^，。；]{4,40}?)(?:经费|方面)?(?:的?支出)?[，。；]', 1)
            || regexp_extract_all(p.plain, '原因是?[：:]?([^，。；]{4,40}?)(?:经费)?(?:增加|减少|保持不变)[，。；]?', 1)
        ) as about
    from own as o
    inner join passages as p
        on p.document_id = o.document_id
        and p.section = o.section
        and p.kind = 'sentence'
),

compared as (
    select
        s.*,
        x.other
    from said as s
    left join (
        select
            document_id,
            item_name as name,
            min(subject) as other
        from own
        group by all
        union
        select
            document_id,
            section_name || item_name,
            min(subject)
        from own
        group by all
    ) as x
        on x.document_id = s.document_id
        and x.name = s.about
        and x.other <> s.subject
        and not contains(s.about, s.item_name)
        and not contains(s.item_name, s.about)
)

select
    document_id,
    section as equation_key,
    'flag' as kind,
    any_value(item_name) as subject,
    count(other) = 0 as holds,
    coalesce(list(in_sentence(sentence_id, about) order by n) filter (where other is not null), []) as places,
    map {'other': coalesce(min(regexp_extract(other, '([^）]*)（[0-9]{0,2}项）', 1)), '')} as words
from compared
group by document_id, section
