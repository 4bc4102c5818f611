-- 各项占“三公”经费的比例，等于该项除以三项之和 / The share of each in the three public expenses is the item over the sum of the three
-- @formula 占“三公”经费的% = 100 × 该项 ÷ （因公出国（境）费 + 公务用车购置及运行费 + 公务接待费）
-- @basis 会计恒等式；江苏省部门预算公开说明：“因公出国（境）费支出…万元，占“三公”经费的…%”
-- @severity error
-- @needs share
-- @origin narrative
-- @message_zh {subject}：占“三公”经费的比例印作{reported}，按所列三项计算应为{expected}，{equation}。
-- @message_en {subject}: the share of the three public expenses is printed {reported_en}, but the three give {expected_en} ({equation_en}).
-- @good [{"measure": "budget", "printed": "106", "subject": "因公出国（境）费支出", "subject_kind": "economic_item", "origin": "narrative", "statement": "s1.1", "sentence_no": 1},
--   {"measure": "share", "printed": "15.70%", "subject": "因公出国（境）费支出", "subject_kind": "economic_item", "origin": "narrative", "statement": "s1.1", "sentence_no": 1, "quote": "因公出国（境）费支出106万元，占“三公”经费的15.70%；"},
--   {"measure": "budget", "printed": "156.60", "subject": "公务用车购置及运行维护费支出", "subject_kind": "economic_item", "origin": "narrative", "statement": "s2.1", "sentence_no": 2},
--   {"measure": "budget", "printed": "412.50", "subject": "公务接待费支出", "subject_kind": "economic_item", "origin": "narrative", "statement": "s3.1", "sentence_no": 3}]
-- @bad [{"measure": "budget", "printed": "106", "subject": "因公出国（境）费支出", "subject_kind": "economic_item", "origin": "narrative", "statement": "s1.1", "sentence_no": 1},
--   {"measure": "share", "printed": "17.50%", "subject": "因公出国（境）费支出", "subject_kind": "economic_item", "origin": "narrative", "statement": "s1.1", "sentence_no": 1, "quote": "因公出国（境）费支出106万元，占“三公”经费的17.50%；"},
--   {"measure": "budget", "printed": "156.60", "subject": "公务用车购置及运行维护费支出", "subject_kind": "economic_item", "origin": "narrative", "statement": "s2.1", "sentence_no": 2},
--   {"measure": "budget", "printed": "412.50", "subject": "公务接待费支出", "subject_kind": "economic_item", "origin": "narrative", "statement": "s3.1", "sentence_no": 3}]
with shares as (
    select
        f.document_id,
        f.same_as,
        f.statement,
        f.sentence_no,
        n.topic,
        f.subject
    from figures as f
    inner join topics_named as n using (subject)
    where f.measure = 'share'
        and f.origin = 'narrative'
        and f.fact_id = f.same_as
        and n.topic in ('abroad', 'vehicles', 'reception')
        and regexp_matches(
            regexp_replace(f.quote, '\s', '', 'g'),
            '占[“"]?三公[”"]?经费[^，。；]{0,8}' || regexp_escape(regexp_replace(f.as_printed, '\s', '', 'g'))
        )
),

-- 前后三句里三项各说到的第一个数
nearby_items as (
    select
        shares.document_id,
        shares.same_as,
        said.topic,
        said.stage,
        arg_min(said.fact_id, said.fact_no) as fact_id
    from shares
    inner join said_in_prose as said
        on said.document_id = shares.document_id
        and said.topic in ('abroad', 'vehicles', 'reception')
        and said.stage in ('budget', 'final')
        and said.year_offset = 0
        and said.sentence_no between shares.sentence_no - 3 and shares.sentence_no + 3
    group by all
),

wholes as (
    select
        document_id,
        same_as,
        map_from_entries(list({'k': topic, 'v': fact_id})) as item
    from nearby_items
    group by document_id, same_as, stage
    having count(*) = 3
)

select
    shares.document_id,
    shares.same_as as equation_key,
    'ratio' as kind,
    shares.subject,
    [
        numerator(wholes.item[shares.topic]),
        denominator(wholes.item['abroad']),
        denominator(wholes.item['vehicles']),
        denominator(wholes.item['reception']),
        result(shares.same_as)
    ] as terms
from shares
inner join wholes using (document_id, same_as)
qualify count(*) over (partition by shares.same_as) = 1
