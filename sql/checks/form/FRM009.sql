-- 空表有空表说明 / An empty table says that it is empty
-- @formula 没有数字的表，表下注明“本表为空表”“无……安排”，或正文说明没有该项收支
-- @basis 部门决算模板：无收支的仍保留该表格式，并在本表下方作说明；地方预决算公开操作规程（财预〔2016〕143号）：空表应列示并注明
-- @severity warning
-- @needs text
-- @origin table
-- @message_zh 《{subject}》没有数字，也没有注明本表为空表。
-- @message_en The table “{subject}” holds no number, and nothing says that it is empty.
-- @good [{"table": "2024年部门政府性基金预算支出功能分类预算表", "kind": "budget_government_fund", "family": "budgets",
--   "notes": ["注:本部门2024年无政府性基金预算财政拨款安排的预算，故本表为空表。"]}, {"cell": "项目"}, {"cell": "合计"}]
-- @good [{"table": "2024年部门政府性基金预算支出功能分类预算表", "kind": "budget_government_fund", "family": "budgets"}, {"cell": "合计"}, {"cell": "12.5"}]
-- @bad [{"table": "2024年部门政府性基金预算支出功能分类预算表", "kind": "budget_government_fund", "family": "budgets"}, {"cell": "项目"}, {"cell": "合计"}]
with published as (
    select
        t.document_id,
        t.table_id,
        t.table_no,
        t.table_title,
        regexp_extract(t.table_title, '政府性基金|国有资本|三公|政府采购|机关运行') as about,
        t.notes
    from staging.tables as t
    inner join reports as r using (document_id)
    where t.family in ('budgets', 'final_accounts')
        and t.kind is not null
        and t.table_title is not null
        and r.status = 'parsed'
        and not r.is_template
        and not r.is_review
),

filled as (
    select
        p.table_id,
        bool_or(
            regexp_matches(regexp_replace(c.text, '\s', '', 'g'), '^[-－—¥￥]?[0-9][0-9,，]*(\.[0-9]+)?[%％]?$')
            and not regexp_matches(regexp_replace(c.text, '\s', '', 'g'), '^[0-9]{1,2}$')
        ) as has_number,
        bool_or(regexp_matches(c.text, '空表|无数据|[无没不].{0,12}(安排|收入|支出|预算|涉及)')) as says_empty
    from published as p
    inner join staging.cells as c using (table_id)
    group by p.table_id
),

stated as (
    select distinct table_id
    from core.facts
    where table_id is not null
),

said as (
    select distinct
        p.table_id
    from published as p
    inner join passages as s using (document_id)
    where s.kind in ('sentence', 'note')
        and (s.kind = 'sentence' or s.table_id = p.table_id)
        and regexp_matches(s.text, '空表|无数据|[本此]表.{0,4}无|无[此该]项|[无没不未].{0,12}(安排|收入|支出|预算|涉及|项目|发生)|(为|是)?0(\.0+)?万?元')
        and (s.kind = 'note' or (p.about <> '' and contains(s.text, p.about)) or regexp_matches(s.text, '空表|[本此]表.{0,4}无|无[此该]项'))
)

select
    p.document_id,
    p.table_id as equation_key,
    'flag' as kind,
    p.table_title as subject,
    f.has_number or f.says_empty or v.table_id is not null or s.table_id is not null as holds,
    [in_table(p.table_id, null)] as places
from published as p
inner join filled as f using (table_id)
left join stated as v using (table_id)
left join said as s using (table_id)
