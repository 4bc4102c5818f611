-- 报告种类所要求的表齐全 / The tables that a report of its family must hold are there
-- @formula 报告种类规定的每一种表都在报告中
-- @basis 财预〔2016〕143号及部门预决算公开模板所列各表；绩效自评、监控通知所附表式
-- @severity warning
-- @needs text
-- @origin table
-- @message_zh 缺《{subject}》：本报告已有同类的{present}种表，未见此表。
-- @message_en The {subject_en} is missing, while {present} of the other tables required are there.
-- @good [{"report": {"families": ["monitoring_department"]}}, {"table": "监控情况表", "kind": "department_monitoring", "family": "monitoring_department"},
--   {"cell": "资金总额"}]
-- @good [{"report": {"families": ["final_accounts"]}}, {"table": "收入支出决算总表", "kind": "final_total", "family": "final_accounts"}, {"cell": "合计"}]
-- @bad [{"report": {"families": ["final_accounts"]}}, {"cell": "合计"},
--   {"table": "收入支出决算总表", "kind": "final_total"}, {"table": "收入决算表", "kind": "final_revenue"}, {"table": "支出决算表", "kind": "final_expenditure"},
--   {"table": "财政拨款收入支出决算总表", "kind": "final_fiscal_total"}, {"table": "支出决算表", "kind": "final_general_expenditure"},
--   {"table": "基本支出决算表", "kind": "final_general_basic"}, {"table": "“三公”经费支出决算表", "kind": "three_public"},
--   {"table": "政府性基金决算表", "kind": "final_government_fund"}]
with required as (
    select
        r.document_id,
        r.status,
        o.family,
        o.kind as table_kind,
        o.name_zh,
        o.name_en,
        exists (
            from staging.tables as t where t.document_id = r.document_id and t.kind = o.kind
        ) as is_there,
        exists (
            from staging.tables as t where t.document_id = r.document_id and t.kind is null
        ) as has_strangers
    from (select *, unnest(families) as family from reports) as r
    inner join obligations as o using (family)
    where not r.is_template
        and not r.is_review
        and coalesce(r.fiscal_year, o.required_from) >= o.required_from
),

counted as (
    select
        *,
        count(*) filter (where is_there) over (partition by document_id, family) as present,
        count(*) over (partition by document_id, family) as total
    from required
)

-- 表大多不在本文件的（表另附、为图片），或有表未识别的，不能断定缺表；一个文件兼有几种报告时只看表已过半的
select
    document_id,
    family || ':' || table_kind as equation_key,
    'flag' as kind,
    name_zh as subject,
    case
        when is_there then true
        when status = 'parsed' and not has_strangers and present * 2 > total then false
    end as holds,
    map {'present': present::varchar, 'subject_en': name_en} as words
from counted
