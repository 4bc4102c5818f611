-- 所用科目名称是当年的名称 / Amounts are stated under the account names of their year
-- @formula 列有金额的支出功能分类科目名称属于当年的《政府收支分类科目》
-- @basis 当年《政府收支分类科目》；2019年起210类为卫生健康支出，2020年起20805款为行政事业单位养老支出
-- @severity warning
-- @needs text
-- @origin any
-- @message_zh “{subject}”不是{year}年的科目名称，该科目（{code}）当年名称为“{current}”；同一报告内名称应统一。
-- @message_en “{subject}” is not an account name of {year}: account {code} is called “{current}” that year.
-- @good [{"report": {"fiscal_year": 2026}}, {"sentence": "11、卫生健康支出（210类）行政事业单位医疗（11款）行政单位医疗（01项）98.27万元。"}]
-- @good [{"report": {"fiscal_year": 2018}}, {"sentence": "医疗卫生与计划生育支出（类）98.27万元。"}]
-- @bad [{"report": {"fiscal_year": 2026}}, {"sentence": "11、医疗卫生与计划生育支出（210类）行政事业单位医疗（11款）行政单位医疗（01项）98.27万元。"}]
-- @bad [{"report": {"fiscal_year": 2024}}, {"cell": "三、医疗卫生与计划生育支出", "row_no": 6, "col_no": 2},
--   {"measure": "budget", "printed": "50.37", "subject": "医疗卫生与计划生育支出", "row_no": 6}]
with stated as (
    select
        document_id,
        name,
        code,
        current_name,
        list(place order by kind desc, n) as places
    from old_names
    where document_id in (select document_id from old_names)
    group by all
    having bool_or(is_stated)
),

-- 说到科目而带金额的报告，才谈得上核对
named as (
    select document_id
    from core.facts
    where subject_kind = 'functional_item'
        and amount_yuan is not null
    union
    select document_id
    from passages
    where kind = 'sentence'
        and regexp_matches(text, '[（(][0-9]{0,3}[类款项][）)].*[0-9]万?元')
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
    and not r.is_template
    and not r.is_review
    and document_id not in (select document_id from stated)
union all
select
    s.document_id,
    s.name,
    'flag',
    s.name,
    false,
    s.places,
    map {'year': r.fiscal_year::varchar, 'code': s.code, 'current': s.current_name}
from stated as s
inner join reports as r using (document_id)
