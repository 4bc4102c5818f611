-- 科目名称与编码相符 / An account's name is that of its code
-- @formula 科目编码所对应的名称 = 所印的名称；不应是另一编码的名称
-- @basis 《政府收支分类科目》（支出功能分类、部门预算支出经济分类）
-- @severity warning
-- @needs text
-- @origin table
-- @message_zh {subject}科目的编码与名称不符：{mismatches}。
-- @message_en Accounts whose name belongs to another code: {mismatches}.
-- @good [{"measure": "budget", "printed": "69000", "subject_kind": "economic_item", "subject": "印刷费", "subject_code": "30202"}]
-- @good [{"measure": "budget", "printed": "69000", "subject_kind": "economic_item", "subject": "办公用品费", "subject_code": "30202"}]
-- @bad [{"measure": "budget", "printed": "20000", "subject_kind": "economic_item", "subject": "咨询费", "subject_code": "30202"},
--   {"measure": "budget", "printed": "60000", "subject_kind": "economic_item", "subject": "水费", "subject_code": "30203"},
--   {"measure": "budget", "printed": "69000", "subject_kind": "economic_item", "subject": "办公费", "subject_code": "30201"},
--   {"measure": "budget", "printed": "5000", "subject_kind": "economic_item", "subject": "会议费", "subject_code": "30215"}]
-- @bad [{"measure": "budget", "printed": "98", "subject_kind": "functional_item", "subject": "行政单位医疗", "subject_code": "2080501"},
--   {"measure": "budget", "printed": "179", "subject_kind": "functional_item", "subject": "住房公积金", "subject_code": "2210201"}]
with coded as (
    select
        document_id,
        case subject_kind when 'functional_item' then 'functional' else 'economic' end as classification,
        subject_code as code,
        translate(regexp_replace(subject, '\s', '', 'g'), '()', '（）') as name,
        min(fact_no) as first_no,
        arg_min(fact_id, fact_no) as fact_id
    from core.facts
    where origin = 'table'
        and subject_kind in ('functional_item', 'economic_item')
        and regexp_matches(subject_code, '^[0-9]{3}([0-9]{2}){0,2}$')
    group by all
),

named as (
    select
        classification,
        code,
        list(name) as names
    from account_names
    group by all
),

elsewhere as (
    select
        classification,
        name,
        length(code) as digits,
        list(distinct code order by code) as codes
    from account_names
    group by all
),

compared as (
    select
        c.*,
        n.names,
        e.codes,
        list_contains(n.names, c.name) or e.codes is null as is_right
    from coded as c
    inner join named as n using (classification, code)
    left join elsewhere as e
        on e.classification = c.classification and e.name = c.name and e.digits = length(c.code)
)

select
    document_id,
    classification as equation_key,
    'flag' as kind,
    case classification when 'functional' then '支出功能分类' else '经济分类' end as subject,
    -- 过半都不符的，多为编码列读错了位，不作判断
    case when bool_and(is_right) then true when count(*) filter (where is_right) * 2 >= count(*) then false end as holds,
    coalesce(list(part(fact_id) order by first_no) filter (where not is_right), []) as terms,
    map {
        'mismatches': coalesce(
            string_agg(
                code || '印作“' || name || '”（该编码为“' || names[1] || '”'
                || case when len(codes) = 1 then '，“' || name || '”的编码为' || codes[1] else '' end || '）',
                '；' order by first_no
            ) filter (where not is_right),
            ''
        )
    } as words
from compared
group by document_id, classification
