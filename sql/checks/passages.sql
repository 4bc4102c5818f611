-- 文字：每一句、每一个标题、每一个有汉字的格、每一条表注和表头上的文字 / What a report says in words: sentences, headings, cells with words, titles, captions and notes of tables.
-- `text` is without white space and with full-width punctuation, `plain` also without what it quotes from others; `n`
-- follows the reading order.
with said as (
    select
        document_id,
        'sentence' as kind,
        sentence_no as n,
        sentence_id,
        null::varchar as table_id,
        null::integer as row_no,
        null::integer as col_no,
        coalesce(section, '') as section,
        text
    from staging.sentences
    union all
    -- 标题不自成一句，放在其下第一句处
    select
        document_id,
        'heading' as kind,
        min(sentence_no) as n,
        arg_min(sentence_id, sentence_no) as sentence_id,
        null as table_id,
        null as row_no,
        null as col_no,
        coalesce(section, '') as section,
        trim(regexp_extract(section, '[^>]*$')) as text
    from staging.sentences
    where section <> ''
    group by document_id, section
    union all
    select
        document_id,
        'cell' as kind,
        row_no * 1000 + col_no as n,
        null as sentence_id,
        table_id,
        row_no,
        col_no,
        '' as section,
        text
    from staging.cells
    where regexp_matches(text, '\p{Han}')
    union all
    select
        document_id,
        'title' as kind,
        table_no as n,
        null as sentence_id,
        table_id,
        null as row_no,
        null as col_no,
        coalesce(section, '') as section,
        table_title as text
    from staging.tables
    where table_title is not null
    union all
    select
        document_id,
        'note' as kind,
        table_no as n,
        null as sentence_id,
        table_id,
        null as row_no,
        null as col_no,
        coalesce(section, '') as section,
        unnest(notes) as text
    from staging.tables
    union all
    select
        document_id,
        'caption' as kind,
        table_no as n,
        null as sentence_id,
        table_id,
        null as row_no,
        null as col_no,
        coalesce(section, '') as section,
        unnest(caption) as text
    from staging.tables
),

-- 半角标点与全角相同看待；数字里的逗号不动
written as (
    select
        * exclude (text, section),
        regexp_replace(section, '\s', '', 'g') as section,
        regexp_replace(
            regexp_replace(
                translate(regexp_replace(text, '\s', '', 'g'), '();:?!', '（）；：？！'), '([\p{Han}）”％%]),', '\1，', 'g'
            ),
            ',([^0-9]|$)', '，\1', 'g'
        ) as text
    from said
)

select
    document_id,
    kind,
    n,
    sentence_id,
    table_id,
    row_no,
    col_no,
    section,
    text,
    regexp_replace(text, '“[^“”]*”', '“引”', 'g') as plain
from written
