-- 旧科目名称：当年的分类科目里已不用（或尚未用）的名称，出现在哪里 / Account names that the classification of the report's year does not use, and where they stand.
-- `is_stated` tells a name that carries an amount or heads an item from one in a glossary or in a row without amounts.
with in_use as (
    select
        y.fiscal_year,
        a.code,
        a.name,
        a.level,
        coalesce(a.valid_from, y.fiscal_year) <= y.fiscal_year
        and y.fiscal_year <= coalesce(a.valid_to, y.fiscal_year) as is_current
    from (select distinct fiscal_year from reports where fiscal_year is not null) as y
    cross join account_names as a
    where a.classification = 'functional'
),

current_names as (
    select
        fiscal_year,
        code,
        min(name) as current_name
    from in_use
    where is_current
    group by all
),

-- 同一级别另有科目仍用此名称的，不算旧名称
renamed as materialized (
    select
        o.fiscal_year,
        o.name,
        o.level,
        o.code,
        c.current_name,
        map {'class': '类', 'section': '款', 'item': '项'}[o.level] as marker
    from (
        select
            fiscal_year,
            name,
            level,
            min(code) as code
        from in_use
        group by all
        having not bool_or(is_current)
    ) as o
    inner join current_names as c using (fiscal_year, code)
),

mentions as materialized (
    select
        p.*,
        r.name,
        r.code,
        r.level,
        r.current_name,
        r.marker,
        strpos(p.text, r.name) as spot
    from passages as p
    inner join reports as d using (document_id)
    inner join renamed as r
        on r.fiscal_year = d.fiscal_year
        and contains(p.text, r.name)
    where p.kind in ('sentence', 'cell')
        and not d.is_template
        and not d.is_review
),

-- 名称前不连着别的汉字，后面紧跟（类）（款）（项）；表中只认单独成格的类级名称
placed as (
    select
        *,
        substr(text, spot - 1, 1) as letter_before,
        substr(text, spot + length(name), 8) as words_after
    from mentions
),

amounts as (
    select
        table_id,
        row_no,
        bool_or(coalesce(amount_yuan, 0) <> 0) as has_amount
    from core.facts
    where table_id is not null
    group by all
)

select
    p.document_id,
    p.name,
    p.code,
    p.level,
    p.current_name,
    case
        when p.kind = 'cell' then in_cell(p.table_id, p.row_no, p.col_no, null)
        else in_sentence(p.sentence_id, p.name || regexp_extract(p.words_after, '^[（(][0-9]{0,3}[类款项][）)]'))
    end as place,
    case
        when p.kind = 'cell' then coalesce(a.has_amount, false)
        else not regexp_matches(p.section, '名词解释|术语') and regexp_matches(p.text, '[0-9.]+万?元')
    end as is_stated,
    p.kind,
    p.n
from placed as p
left join amounts as a on a.table_id = p.table_id and a.row_no = p.row_no and p.kind = 'cell'
where case
        when p.kind = 'sentence'
            then (p.spot = 1 or not regexp_matches(p.letter_before, '\p{Han}'))
                and regexp_extract(p.words_after, '^[（(][0-9]{0,3}([类款项])[）)]', 1) = p.marker
        else p.level = 'class'
            and p.words_after = ''
            and regexp_matches(left(p.text, p.spot - 1), '^([一二三四五六七八九十]+、|[0-9]+[.、])?$')
    end
