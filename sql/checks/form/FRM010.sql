-- 注明为空表的表里没有数字 / A table that says it is empty holds no figures
-- @formula 注明“本表为空表”“本表无数据”的表，各数均为空或零
-- @basis 空表说明与表中数字相互矛盾；多为沿用模板或上年的表注
-- @severity warning
-- @needs text
-- @origin table
-- @message_zh 《{subject}》注明为空表（“{note}”），表中却有数字。
-- @message_en The table “{subject}” says that it is empty (“{note}”), but it holds figures.
-- @good [{"table": "2024年部门“三公”经费预算表", "kind": "budget_three_public", "notes": ["注:本部门2024年无“三公”经费预算，故本表为空表。"]},
--   {"cell": "合计"}]
-- @good [{"table": "2024年部门“三公”经费预算表", "kind": "budget_three_public", "notes": ["注:本部门2024年无政府性基金预算，故本表为空表。"]},
--   {"measure": "budget", "printed": "47.91"}]
-- @bad [{"table": "2024年部门“三公”经费预算表", "kind": "budget_three_public", "notes": ["注:本部门2024年无“三公”经费预算，故本表为空表。"]},
--   {"measure": "budget", "printed": "47.91"}]
with empty_tables as (
    select
        p.document_id,
        p.table_id,
        p.text as note,
        t.table_title,
        -- 表注说的须是本表：注里点到的类别，表名里也有
        list_bool_and(list_transform(
            list_filter(['政府性基金', '国有资本', '三公', '政府采购', '机关运行'], lambda w: contains(p.text, w)),
            lambda w: contains(t.table_title, w)
        )) as is_of_this_table
    from passages as p
    inner join staging.tables as t using (table_id)
    inner join reports as r on r.document_id = p.document_id
    where p.kind = 'note'
        and regexp_matches(p.text, '空表|本表(为空|无数据|无数字|没有数据)')
        and not r.is_template
        and not r.is_review
),

figured as (
    select
        table_id,
        list(fact_id order by fact_no) as facts
    from core.facts
    where table_id is not null
        and coalesce(amount_yuan, value, 0) <> 0
    group by table_id
)

select
    e.document_id,
    e.table_id as equation_key,
    'flag' as kind,
    e.table_title as subject,
    f.facts is null as holds,
    list_transform(coalesce(f.facts[:5], []), lambda f: part(f)) as terms,
    [in_table(e.table_id, e.note)] as places,
    map {'note': e.note} as words
from empty_tables as e
left join figured as f using (table_id)
where coalesce(e.is_of_this_table, true)
