-- 名词解释和空行里的科目名称是当年的名称 / Glossaries and empty rows use the account names of their year
-- @formula 名词解释、无金额的行中的科目名称属于当年的《政府收支分类科目》
-- @basis 当年《政府收支分类科目》；多为沿用往年文本
-- @severity hint
-- @needs text
-- @origin any
-- @message_zh 沿用了{year}年已不用的科目名称：{names}。
-- @message_en Account names that are not in use in {year}: {names}.
-- @good [{"report": {"fiscal_year": 2023}}, {"sentence": "支出合计98.27万元。"}, {"sentence": "3.社会保障和就业支出(类)行政事业单位养老支出(款)行政单位离退休(项)：指离退休经费。", "section": "名词解释"}]
-- @bad [{"report": {"fiscal_year": 2023}}, {"sentence": "8.社会保障和就业支出(类)行政事业单位离退休(款)事业单位离退休(项)：指离退休经费。", "section": "名词解释"},
--   {"sentence": "19.医疗卫生与计划生育支出(类)行政事业单位医疗(款)行政单位医疗(项)：指基本医疗保险缴费经费。", "section": "名词解释"}]
with unstated as (
    select
        document_id,
        name,
        code,
        current_name,
        min(n) as first_n,
        list(place order by n) as places
    from old_names
    group by all
    having not bool_or(is_stated)
),

-- 名词解释里的科目和表中的类级科目
named as (
    select document_id
    from passages
    where kind = 'sentence'
        and regexp_matches(text, '[（(][0-9]{0,3}[类款项][）)]')
    union
    select p.document_id
    from passages as p
    inner join account_names as a
        on a.name = regexp_replace(p.text, '^([一二三四五六七八九十]+、|[0-9]+[.、])', '')
    where p.kind = 'cell'
        and a.classification = 'functional'
        and a.level = 'class'
)

select
    document_id,
    'text' as equation_key,
    'flag' as kind,
    '' as subject,
    true as holds,
    [] as places,
    map {} as words
from named
inner join reports as r using (document_id)
where r.fiscal_year is not null
    and r.states_figures
    and not r.is_template
    and not r.is_review
    and document_id not in (select document_id from unstated)
union all
select
    u.document_id,
    'names',
    'flag',
    '',
    false,
    flatten(list(u.places order by u.first_n)),
    map {
        'year': any_value(r.fiscal_year)::varchar,
        'names': string_agg('“' || u.name || '”（' || u.code || '，现为“' || u.current_name || '”）', '、' order by u.first_n)
    }
from unstated as u
inner join reports as r using (document_id)
group by u.document_id
