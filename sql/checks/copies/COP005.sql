-- 元与万元不混用 / Yuan and ten thousand yuan are not mixed up
-- @formula 同一报告中，印出的数字完全相同的金额，单位也相同（不一处作元、一处作万元）
-- @basis 六位以上有效数字的金额巧合相同而单位差一万倍，极不可能；多为表头或正文单位写错
-- @severity warning
-- @needs budget|final_account|executed|expenditure|revenue|initial_budget|adjusted_budget
-- @origin any
-- @message_zh {printed}一处以{units}计：单位相差一万倍，其中一处单位有误。
-- @message_en {printed} is stated both in {units}: one of the units is wrong.
-- @good [{"measure": "budget", "printed": "14348853.34", "unit": "元"}, {"measure": "budget", "printed": "14348853.34", "unit": "元", "row_no": 2}, {"measure": "budget", "printed": "1434.89", "unit": "万元", "origin": "narrative"}]
-- @bad [{"measure": "budget", "printed": "14348853.34", "unit": "元"}, {"measure": "budget", "printed": "14348853.34", "unit": "万元", "origin": "narrative"}]
with printed as (
    select
        document_id,
        number / case unit when '万元' then 10000 when '千元' then 1000 when '百万元' then 1000000 else 1 end as in_unit,
        unit,
        same_as,
        fact_no
    from figures
    where is_amount
        and number > 0
        and unit in ('元', '万元')
),

telling as (
    select *
    from printed
    where length(ltrim(rtrim(replace(in_unit::varchar, '.', ''), '0'), '0')) >= 6
)

select
    document_id,
    'u' || in_unit::varchar as equation_key,
    'flag' as kind,
    '' as subject,
    count(distinct unit) = 1 as holds,
    case when count(distinct unit) = 1 then [] else list_transform(list(distinct same_as order by same_as)[:6], lambda f: part(f)) end as terms,
    map {
        'printed': rtrim(rtrim(in_unit::varchar, '0'), '.'),
        'units': string_agg(distinct unit, '、一处以' order by unit)
    } as words
from telling
group by document_id, in_unit
having count(*) > 1
