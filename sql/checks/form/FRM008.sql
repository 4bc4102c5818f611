-- 单位预算不写作部门预算，部门预算不写作单位预算 / A unit's report does not call itself a department's, nor the reverse
-- @formula 报告称自己时所用的“部门”“单位”与标题一致
-- @basis 部门预算由本级和所属单位预算汇总而成，单位预算只是本单位的；《预算法》第八条、区级部门（单位）预算模板
-- @severity warning
-- @needs text
-- @origin any
-- @message_zh 本文件是{own}预决算，文中却写作{other}：“{quote}”，应统一。
-- @message_en This is the report of a {own_en}, but it calls itself that of a {other_en}: “{quote_en}”.
-- @good [{"report": {"scope": "单位", "families": ["budgets"]}}, {"sentence": "2026年单位预算安排购置车辆0辆。"}, {"sentence": "负责编制部门预算管理制度。"},
--   {"table": "2026年预算单位一般公共预算基本支出部门预算经济分类预算表"}]
-- @good [{"report": {"scope": "部门", "families": ["budgets"]}}, {"sentence": "2026年部门预算安排购置车辆0辆。"}, {"sentence": "部门预算由单位预算汇总而成。"}]
-- @bad [{"report": {"scope": "单位", "families": ["budgets"]}}, {"sentence": "2026年部门预算安排购置车辆0辆。"},
--   {"sentence": "部门预算安排购置单价100万元（含）以上设备（不含车辆）0台（套）。"}]
-- @bad [{"report": {"scope": "部门", "families": ["budgets"]}}, {"table": "2026年预算单位财务收支预算总表"}]
with own as (
    select
        document_id,
        scope
    from reports
    where scope in ('部门', '单位')
        and not is_template
        and not is_review
        and (list_contains(families, 'budgets') or list_contains(families, 'final_accounts'))
),

searched as (
    select
        p.*,
        o.scope
    from passages as p
    inner join own as o using (document_id)
    where p.kind in ('sentence', 'heading', 'title', 'note')
),

called as (
    select
        document_id,
        kind,
        n,
        case
            when kind in ('sentence', 'heading')
                then in_sentence(sentence_id, regexp_extract(text, '(?:' || department_words() || '|' || unit_words() || ')[^，。；：]{0,14}'))
            else in_table(table_id, left(text, 40))
        end as place
    from searched
    where case scope
            when '单位' then regexp_matches(text, department_words())
            else regexp_matches(text, unit_words())
        end
)

select
    o.document_id,
    'scope' as equation_key,
    'flag' as kind,
    '' as subject,
    count(c.document_id) = 0 as holds,
    coalesce(list(c.place order by c.kind desc, c.n) filter (where c.document_id is not null), []) as places,
    map {
        'own': any_value(o.scope),
        'other': any_value(case o.scope when '单位' then '部门' else '单位' end),
        'own_en': any_value(case o.scope when '单位' then 'single unit' else 'department' end),
        'other_en': any_value(case o.scope when '单位' then 'department' else 'single unit' end)
    } as words
from own as o
left join called as c using (document_id)
where exists (from passages as p where p.document_id = o.document_id)
group by o.document_id
