-- 事项与题目：每个事项的名称去掉资金来源、引号之后，是不是一个常见题目 / What the subjects of a report name: their plain name, and the topic of vocab/topics.csv where it is one.
-- `name` is without white space, quotation marks and words of the fund that pays; `topic` is NULL for what is no such topic.
with plain as (
    select distinct
        subject,
        regexp_replace(
            regexp_replace(translate(subject, '（）：“”"''', '():'), '\s', '', 'g'),
            '^(?:一般公共预算|政府性基金(?:预算)?)?(?:财政)?(?:拨款)?(?:安排)?的?(公务|因公|三公|会议费|培训费|机关运行)',
            '\1'
        ) as name
    from figures
)

select
    plain.subject,
    plain.name,
    min(topics.topic) as topic
from plain
left join topics on regexp_full_match(plain.name, topics.pattern)
group by all
