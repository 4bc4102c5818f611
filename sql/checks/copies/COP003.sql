-- 同一标题下的序号不重复 / Items under one heading are not numbered twice
-- @formula 同一标题下依次编号的各项，序号逐一递增，不重复
-- @basis 编号规则；多为插入一项后未顺延
-- @severity warning
-- @needs text
-- @origin narrative
-- @message_zh 序号重复：“{quote}”用了同一序号。
-- @message_en The same number is given twice: “{quote_en}”.
-- @good [{"sentence": "殡葬。", "section": "具体情况 > 9.老年福利"}, {"sentence": "养老。", "section": "具体情况 > 10.殡葬"}, {"sentence": "养老。", "section": "具体情况 > 11.养老服务"}]
-- @good [{"sentence": "甲。", "section": "甲 > 1.数量"}, {"sentence": "乙。", "section": "甲 > 2.质量"}, {"sentence": "丙。", "section": "乙 > 1.数量"}, {"sentence": "丁。", "section": "乙 > 2.质量"}]
-- @bad [{"sentence": "老年。", "section": "具体情况 > 9.老年福利"}, {"sentence": "殡葬。", "section": "具体情况 > 10.殡葬"}, {"sentence": "福利。", "section": "具体情况 > 10.社会福利事业单位"},
--   {"sentence": "养老。", "section": "具体情况 > 11.养老服务"}]
with paths as (
    select
        document_id,
        n,
        sentence_id,
        string_split(section, '>') as parts
    from passages
    where kind = 'sentence'
        and section <> ''
),

-- 每一层标题，放在其下第一句处
headings as (
    select
        document_id,
        parent,
        name,
        min(n) as n,
        arg_min(sentence_id, n) as sentence_id
    from (
        select
            document_id,
            n,
            sentence_id,
            unnest(list_transform(range(1, len(parts) + 1), lambda i: array_to_string(parts[:i - 1], '>'))) as parent,
            unnest(parts) as name
        from paths
    )
    group by document_id, parent, name
),

numbered as (
    select
        *,
        case
            when regexp_matches(name, '^[0-9]{1,3}[.．、][^0-9]') then 'arabic'
            when regexp_matches(name, '^（[一二三四五六七八九十]{1,3}）') then 'bracketed'
            when regexp_matches(name, '^[一二三四五六七八九十]{1,3}、') then 'plain'
        end as style,
        coalesce(
            try_cast(regexp_extract(name, '^([0-9]{1,3})[.．、][^0-9]', 1) as integer),
            list_position(
                [
                    '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四', '十五',
                    '十六', '十七', '十八', '十九', '二十'
                ],
                regexp_extract(name, '^（?([一二三四五六七八九十]{1,3})[）、]', 1)
            )
        ) as number
    from headings
),

in_sequence as (
    select
        *,
        lag(number) over (partition by document_id, parent, style order by n) as before,
        lead(number) over (partition by document_id, parent, style order by n) as next,
        lag(sentence_id) over (partition by document_id, parent, style order by n) as sentence_before,
        lag(name) over (partition by document_id, parent, style order by n) as name_before,
        lag(number, 2) over (partition by document_id, parent, style order by n) as before_that
    from numbered
    where style is not null
        and number is not null
)

select
    document_id,
    sentence_id as equation_key,
    'flag' as kind,
    '' as subject,
    not coalesce(number = before and before_that = number - 1 and coalesce(next, number + 1) = number + 1, false) as holds,
    [in_sentence(sentence_before, left(name_before, 30)), in_sentence(sentence_id, left(name, 30))] as places
from in_sequence
where before is not null
