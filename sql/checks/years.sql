-- 句子说的是哪一年：以年度开头、说收支预决算的句子和目录里的表名 / Sentences that begin with the year they speak of: of revenue, expenditure, budgets, and the names of tables in lists of contents.
-- `own` and `others` count the sentences of the report that name its own year and another so. `is_plain` tells those of which
-- DAT003 speaks. Sentences that name a second year, but for one they compare with, are left out.
with read as (
    select
        p.document_id,
        p.n,
        p.sentence_id,
        p.text,
        r.fiscal_year,
        list_has_any(r.families, ['budgets', 'final_accounts']) as is_published,
        regexp_replace(p.text, '《[^《》]*》', '《》', 'g') as said
    from passages as p
    inner join reports as r using (document_id)
    where p.kind = 'sentence'
        and r.fiscal_year is not null
        and not r.is_template
        and not r.is_review
        and contains(p.text, '年')
),

begun as (
    select
        *,
        regexp_extract(said, lead_year_words(), ['before', 'year', 'after']) as lead,
        list_distinct(list_transform(regexp_extract_all(said, '(20[0-9]{2})年', 1), lambda y: y::integer)) as all_years,
        list_transform(regexp_extract_all(said, '(?:比|较|与|同)(20[0-9]{2})年', 1), lambda y: y::integer) as compared
    from read
),

leads as (
    select
        document_id,
        n,
        sentence_id,
        text,
        fiscal_year,
        is_published,
        lead.year::integer as year,
        is_published and len(all_years) = 1 and regexp_matches(said, own_year_words()) as is_plain
    from begun
    where lead.year <> ''
        and not regexp_matches(lead.before, not_lead_words())
        and not regexp_matches(lead.after, '末|底|结转|上年|增|减')
        and len(list_filter(all_years, lambda y: y <> lead.year::integer and not list_contains(compared, y))) = 0
)

select
    *,
    count(*) filter (where year = fiscal_year) over (partition by document_id) as own,
    count(*) filter (where year <> fiscal_year) over (partition by document_id) as others
from leads
