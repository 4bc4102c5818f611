-- 各表的编制单位是同一家 / All tables name the same issuer
-- @formula 同一报告各表表头的编制单位（部门）一致
-- @basis 一份报告由一个单位编制；多为套用他人表格未改
-- @severity warning
-- @needs text
-- @origin table
-- @message_zh 多数表的编制单位是“{usual}”，本表却写作“{quote}”。
-- @message_en Most tables are issued by “{usual}”, but this one names “{quote_en}”.
-- @good [{"table": "收入预算总表", "family": "budgets", "caption": ["编制单位：普陀区司法局 单位：元"]}, {"table": "支出预算总表", "family": "budgets", "caption": ["编制单位：普陀区司法局（本级） 单位：元"]},
--   {"table": "基金预算表", "family": "budgets", "caption": ["编制单位：普陀区司法局", "单位：元"]}]
-- @bad [{"table": "收入预算总表", "family": "budgets", "caption": ["编制单位：普陀区司法局 单位：元"]}, {"table": "支出预算总表", "family": "budgets", "caption": ["编制单位：普陀区司法局 单位：元"]},
--   {"table": "基金预算表", "family": "budgets", "caption": ["编制单位：普陀区司法局 单位：元"]}, {"table": "资本预算表", "family": "budgets", "caption": ["编制单位：普陀区民政局 单位：元"]}]
with named as (
    select
        p.document_id,
        p.table_id,
        p.n,
        regexp_replace(
            regexp_extract(p.text, '(?:编制|填报|公开)(?:单位|部门)[:：](.{4,40}?)(?:金额)?(?:单位[:：].*)?$', 1), '[（(][^（）()]*[）)]', '', 'g'
        ) as name
    from passages as p
    inner join staging.tables as t using (table_id)
    inner join reports as r on r.document_id = p.document_id
    where p.kind = 'caption'
        and t.family in ('budgets', 'final_accounts')
        and not r.is_template
        and not r.is_review
),

usual as (
    select
        document_id,
        mode(name) as usual,
        count(*) as tables
    from named
    where name <> ''
    group by document_id
    having count(*) >= 3
),

compared as (
    select
        n.*,
        u.usual,
        u.tables,
        contains(n.name, u.usual) or contains(u.usual, n.name) as is_same
    from named as n
    inner join usual as u using (document_id)
    where n.name <> ''
)

-- 几个单位合编的文件，各表单位本来不同，不作判断
select
    document_id,
    'issuers' as equation_key,
    'flag' as kind,
    '' as subject,
    case
        when bool_and(is_same) then true
        when count(*) filter (where is_same) * 10 >= count(*) * 7 then false
    end as holds,
    coalesce(list(in_table(table_id, name) order by n) filter (where not is_same), []) as places,
    map {'usual': any_value(usual)} as words
from compared
group by document_id
