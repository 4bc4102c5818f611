-- 同一项目的执行率与其他区县相比不突出 / A programme is not executed quite unlike in other districts
-- @formula 同年同期、同一规范项目，各区县“执行数 ÷ 预算数”，偏离中位数不超过 3.5 个稳健标准差，且不到 30 个百分点
-- @basis 稳健统计的离群值判别（Iglewicz 与 Hoaglin，1993，修正 z 值 3.5）；执行进度突出的应有原因
-- @severity hint
-- @needs executed, adjusted_budget|budget|initial_budget
-- @origin table
-- @across peers
-- @message_zh {subject}：执行率为{rate}（{amounts}），而{count}个区县的中位数为{median}（{peers}）；请核对数字或说明原因。
-- @message_en {subject}: {rate_en} was executed ({amounts_en}), where the median of {count_en} districts is {median_en} ({peers_en}); check the figures or explain.
-- @good [{"report": {"bureau": "民政局", "issuer": "第1区民政局", "district": "第1区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d1"},
--   {"measure": "adjusted_budget", "printed": "200.00", "document": "d1", "subject": "临时救助", "programme": "temporary_assistance"},
--   {"measure": "executed", "printed": "96.00", "document": "d1", "subject": "临时救助", "programme": "temporary_assistance", "period_end_month": 7},
--   {"report": {"bureau": "民政局", "issuer": "第2区民政局", "district": "第2区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d2"},
--   {"measure": "adjusted_budget", "printed": "200.00", "document": "d2", "subject": "临时救助", "programme": "temporary_assistance"},
--   {"measure": "executed", "printed": "100.00", "document": "d2", "subject": "临时救助", "programme": "temporary_assistance", "period_end_month": 7},
--   {"report": {"bureau": "民政局", "issuer": "第3区民政局", "district": "第3区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d3"},
--   {"measure": "adjusted_budget", "printed": "200.00", "document": "d3", "subject": "临时救助", "programme": "temporary_assistance"},
--   {"measure": "executed", "printed": "104.00", "document": "d3", "subject": "临时救助", "programme": "temporary_assistance", "period_end_month": 7},
--   {"report": {"bureau": "民政局", "issuer": "第4区民政局", "district": "第4区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d4"},
--   {"measure": "adjusted_budget", "printed": "200.00", "document": "d4", "subject": "临时救助", "programme": "temporary_assistance"},
--   {"measure": "executed", "printed": "110.00", "document": "d4", "subject": "临时救助", "programme": "temporary_assistance", "period_end_month": 7},
--   {"report": {"bureau": "民政局", "issuer": "第5区民政局", "district": "第5区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d5"},
--   {"measure": "adjusted_budget", "printed": "200.00", "document": "d5", "subject": "临时救助", "programme": "temporary_assistance"},
--   {"measure": "executed", "printed": "94.00", "document": "d5", "subject": "临时救助", "programme": "temporary_assistance", "period_end_month": 7},
--   {"report": {"bureau": "民政局", "issuer": "第6区民政局", "district": "第6区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d6"},
--   {"measure": "adjusted_budget", "printed": "200.00", "document": "d6", "subject": "临时救助", "programme": "temporary_assistance"},
--   {"measure": "executed", "printed": "120.00", "document": "d6", "subject": "临时救助", "programme": "temporary_assistance", "period_end_month": 7}]
-- @good [{"report": {"bureau": "民政局", "issuer": "第1区民政局", "district": "第1区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d1"},
--   {"measure": "adjusted_budget", "printed": "200.00", "document": "d1", "subject": "临时救助", "programme": "temporary_assistance"},
--   {"measure": "executed", "printed": "10.00", "document": "d1", "subject": "临时救助", "programme": "temporary_assistance", "period_end_month": 7},
--   {"report": {"bureau": "民政局", "issuer": "第2区民政局", "district": "第2区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d2"},
--   {"measure": "adjusted_budget", "printed": "200.00", "document": "d2", "subject": "临时救助", "programme": "temporary_assistance"},
--   {"measure": "executed", "printed": "100.00", "document": "d2", "subject": "临时救助", "programme": "temporary_assistance", "period_end_month": 7},
--   {"report": {"bureau": "民政局", "issuer": "第3区民政局", "district": "第3区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d3"},
--   {"measure": "adjusted_budget", "printed": "200.00", "document": "d3", "subject": "临时救助", "programme": "temporary_assistance"},
--   {"measure": "executed", "printed": "104.00", "document": "d3", "subject": "临时救助", "programme": "temporary_assistance", "period_end_month": 7}]
-- @bad [{"report": {"bureau": "民政局", "issuer": "第1区民政局", "district": "第1区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d1"},
--   {"measure": "adjusted_budget", "printed": "200.00", "document": "d1", "subject": "临时救助", "programme": "temporary_assistance"},
--   {"measure": "executed", "printed": "96.00", "document": "d1", "subject": "临时救助", "programme": "temporary_assistance", "period_end_month": 7},
--   {"report": {"bureau": "民政局", "issuer": "第2区民政局", "district": "第2区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d2"},
--   {"measure": "adjusted_budget", "printed": "200.00", "document": "d2", "subject": "临时救助", "programme": "temporary_assistance"},
--   {"measure": "executed", "printed": "100.00", "document": "d2", "subject": "临时救助", "programme": "temporary_assistance", "period_end_month": 7},
--   {"report": {"bureau": "民政局", "issuer": "第3区民政局", "district": "第3区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d3"},
--   {"measure": "adjusted_budget", "printed": "200.00", "document": "d3", "subject": "临时救助", "programme": "temporary_assistance"},
--   {"measure": "executed", "printed": "104.00", "document": "d3", "subject": "临时救助", "programme": "temporary_assistance", "period_end_month": 7},
--   {"report": {"bureau": "民政局", "issuer": "第4区民政局", "district": "第4区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d4"},
--   {"measure": "adjusted_budget", "printed": "200.00", "document": "d4", "subject": "临时救助", "programme": "temporary_assistance"},
--   {"measure": "executed", "printed": "110.00", "document": "d4", "subject": "临时救助", "programme": "temporary_assistance", "period_end_month": 7},
--   {"report": {"bureau": "民政局", "issuer": "第5区民政局", "district": "第5区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d5"},
--   {"measure": "adjusted_budget", "printed": "200.00", "document": "d5", "subject": "临时救助", "programme": "temporary_assistance"},
--   {"measure": "executed", "printed": "94.00", "document": "d5", "subject": "临时救助", "programme": "temporary_assistance", "period_end_month": 7},
--   {"report": {"bureau": "民政局", "issuer": "第6区民政局", "district": "第6区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d6"},
--   {"measure": "adjusted_budget", "printed": "200.00", "document": "d6", "subject": "临时救助", "programme": "temporary_assistance"},
--   {"measure": "executed", "printed": "10.00", "document": "d6", "subject": "临时救助", "programme": "temporary_assistance", "period_end_month": 7}]
with rates as (
    select
        f.document_id,
        d.file,
        d.fiscal_year,
        d.period_end_month,
        coalesce(d.district, d.city, d.province) as place,
        [d.province, d.city, d.district] as whose,
        f.programme,
        f.subject,
        f.fact_no,
        f.fact_id as executed,
        b.fact_id as budget,
        100 * f.number::double / b.number::double as rate
    from statements as s
    inner join figures as f on f.fact_id = s.own['executed']
    inner join figures as b
        on b.fact_id = coalesce(s.own['adjusted_budget'], s.own['budget'], s.own['initial_budget'])
    inner join core.documents as d on d.document_id = s.document_id
    where s.fund_source = 'all'
        and s.year_offset = 0
        and f.subject_kind = 'programme'
        and f.programme is not null
        and f.origin = 'table'
        and b.number > 0
        and d.fiscal_year is not null
        and d.period_end_month is not null
        and coalesce(d.district, d.city, d.province) is not null
        and coalesce(f.period_end_month, d.period_end_month) = d.period_end_month
),

-- 一个区县一个项目取一份报告的一行
one_each as (
    select *
    from rates
    qualify row_number() over (
        partition by fiscal_year, period_end_month, programme, whose order by file, fact_no
    ) = 1
),

centred as (
    select
        *,
        median(rate) over of_programme as middle,
        count(*) over of_programme as districts
    from one_each
    window of_programme as (partition by fiscal_year, period_end_month, programme)
),

-- 各区县进度几乎相同时，离散程度不低于五个百分点
spread as (
    select
        *,
        greatest(
            1.4826 * median(abs(rate - middle)) over (partition by fiscal_year, period_end_month, programme), 5
        ) as deviation
    from centred
    where districts >= 5
),

judged as (
    select
        *,
        abs(rate - middle) <= 3.5 * deviation or abs(rate - middle) < 30 as holds
    from spread
),

-- 参照的区县：最接近中位数的几个
named as (
    select
        fiscal_year,
        period_end_month,
        programme,
        list(place || ' ' || printf('%.1f%%', rate) order by abs(rate - middle), file) as others,
        list(executed order by abs(rate - middle), file) as facts
    from judged
    where holds
    group by all
)

select
    j.document_id,
    j.programme as equation_key,
    'flag' as kind,
    j.subject,
    j.holds,
    [result(j.executed), part(j.budget)]
    || case when j.holds then [] else list_transform(coalesce(n.facts[:4], []), lambda f: part(f)) end as terms,
    map {
        'amounts': e.as_printed || ' ÷ ' || b.as_printed,
        'amounts_en': e.as_printed || ' ÷ ' || b.as_printed,
        'rate': printf('%.1f%%', j.rate),
        'rate_en': printf('%.1f%%', j.rate),
        'count': j.districts::varchar,
        'count_en': j.districts::varchar,
        'median': printf('%.1f%%', j.middle),
        'median_en': printf('%.1f%%', j.middle),
        'peers': '如' || coalesce(array_to_string(n.others[:4], '、'), ''),
        'peers_en': 'such as ' || coalesce(array_to_string(n.others[:4], ', '), '')
    } as words
from judged as j
left join named as n using (fiscal_year, period_end_month, programme)
inner join figures as e on e.fact_id = j.executed
inner join figures as b on b.fact_id = j.budget
