-- 某一项的增减与同一报告各项相比不突出 / No item changes from year to year quite unlike its peers
-- @formula 各项“本年 ÷ 上年”取对数，偏离中位数不超过 3.5 个稳健标准差（1.4826 × MAD），且不到一倍
-- @basis 稳健统计的离群值判别（Iglewicz 与 Hoaglin，1993，修正 z 值 3.5）；增减突出的应有原因
-- @severity hint
-- @needs budget|initial_budget|expenditure|final_account|executed
-- @origin table
-- @across last_year
-- @message_zh {subject}：比上年报告{other}{change}（{amounts}），而各项的增减中位数为{median}（{peers}）；请核对数字或说明原因。
-- @message_en {subject}: {change_en} against last year's report, {other_en} ({amounts_en}), where the median of all items is {median_en} ({peers_en}); check the figure or explain.
-- @good [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2023, "families": ["monitoring_projects"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "initial_budget", "printed": "110.00", "document": "d1", "subject": "项目1", "statement": "t1r1", "row_no": 1},
--   {"measure": "initial_budget", "printed": "117.70", "document": "d1", "subject": "项目2", "statement": "t1r2", "row_no": 2},
--   {"measure": "initial_budget", "printed": "125.40", "document": "d1", "subject": "项目3", "statement": "t1r3", "row_no": 3},
--   {"measure": "initial_budget", "printed": "133.10", "document": "d1", "subject": "项目4", "statement": "t1r4", "row_no": 4},
--   {"measure": "initial_budget", "printed": "140.80", "document": "d1", "subject": "项目5", "statement": "t1r5", "row_no": 5},
--   {"measure": "initial_budget", "printed": "148.50", "document": "d1", "subject": "项目6", "statement": "t1r6", "row_no": 6},
--   {"measure": "initial_budget", "printed": "156.20", "document": "d1", "subject": "项目7", "statement": "t1r7", "row_no": 7},
--   {"measure": "initial_budget", "printed": "163.90", "document": "d1", "subject": "项目8", "statement": "t1r8", "row_no": 8},
--   {"measure": "initial_budget", "printed": "171.60", "document": "d1", "subject": "项目9", "statement": "t1r9", "row_no": 9},
--   {"measure": "initial_budget", "printed": "179.30", "document": "d1", "subject": "项目10", "statement": "t1r10", "row_no": 10},
--   {"measure": "initial_budget", "printed": "100.00", "document": "d2", "subject": "项目1", "statement": "t1r1", "row_no": 1},
--   {"measure": "initial_budget", "printed": "107.00", "document": "d2", "subject": "项目2", "statement": "t1r2", "row_no": 2},
--   {"measure": "initial_budget", "printed": "114.00", "document": "d2", "subject": "项目3", "statement": "t1r3", "row_no": 3},
--   {"measure": "initial_budget", "printed": "121.00", "document": "d2", "subject": "项目4", "statement": "t1r4", "row_no": 4},
--   {"measure": "initial_budget", "printed": "128.00", "document": "d2", "subject": "项目5", "statement": "t1r5", "row_no": 5},
--   {"measure": "initial_budget", "printed": "135.00", "document": "d2", "subject": "项目6", "statement": "t1r6", "row_no": 6},
--   {"measure": "initial_budget", "printed": "142.00", "document": "d2", "subject": "项目7", "statement": "t1r7", "row_no": 7},
--   {"measure": "initial_budget", "printed": "149.00", "document": "d2", "subject": "项目8", "statement": "t1r8", "row_no": 8},
--   {"measure": "initial_budget", "printed": "156.00", "document": "d2", "subject": "项目9", "statement": "t1r9", "row_no": 9},
--   {"measure": "initial_budget", "printed": "163.00", "document": "d2", "subject": "项目10", "statement": "t1r10", "row_no": 10}]
-- @good [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2023, "families": ["monitoring_projects"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "initial_budget", "printed": "110.00", "document": "d1", "subject": "项目1", "statement": "t1r1", "row_no": 1},
--   {"measure": "initial_budget", "printed": "117.70", "document": "d1", "subject": "项目2", "statement": "t1r2", "row_no": 2},
--   {"measure": "initial_budget", "printed": "1140.00", "document": "d1", "subject": "项目3", "statement": "t1r3", "row_no": 3},
--   {"measure": "initial_budget", "printed": "133.10", "document": "d1", "subject": "项目4", "statement": "t1r4", "row_no": 4},
--   {"measure": "initial_budget", "printed": "140.80", "document": "d1", "subject": "项目5", "statement": "t1r5", "row_no": 5},
--   {"measure": "initial_budget", "printed": "148.50", "document": "d1", "subject": "项目6", "statement": "t1r6", "row_no": 6},
--   {"measure": "initial_budget", "printed": "100.00", "document": "d2", "subject": "项目1", "statement": "t1r1", "row_no": 1},
--   {"measure": "initial_budget", "printed": "107.00", "document": "d2", "subject": "项目2", "statement": "t1r2", "row_no": 2},
--   {"measure": "initial_budget", "printed": "114.00", "document": "d2", "subject": "项目3", "statement": "t1r3", "row_no": 3},
--   {"measure": "initial_budget", "printed": "121.00", "document": "d2", "subject": "项目4", "statement": "t1r4", "row_no": 4},
--   {"measure": "initial_budget", "printed": "128.00", "document": "d2", "subject": "项目5", "statement": "t1r5", "row_no": 5},
--   {"measure": "initial_budget", "printed": "135.00", "document": "d2", "subject": "项目6", "statement": "t1r6", "row_no": 6}]
-- @bad [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2023, "families": ["monitoring_projects"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "initial_budget", "printed": "110.00", "document": "d1", "subject": "项目1", "statement": "t1r1", "row_no": 1},
--   {"measure": "initial_budget", "printed": "117.70", "document": "d1", "subject": "项目2", "statement": "t1r2", "row_no": 2},
--   {"measure": "initial_budget", "printed": "1140.00", "document": "d1", "subject": "项目3", "statement": "t1r3", "row_no": 3},
--   {"measure": "initial_budget", "printed": "133.10", "document": "d1", "subject": "项目4", "statement": "t1r4", "row_no": 4},
--   {"measure": "initial_budget", "printed": "140.80", "document": "d1", "subject": "项目5", "statement": "t1r5", "row_no": 5},
--   {"measure": "initial_budget", "printed": "148.50", "document": "d1", "subject": "项目6", "statement": "t1r6", "row_no": 6},
--   {"measure": "initial_budget", "printed": "156.20", "document": "d1", "subject": "项目7", "statement": "t1r7", "row_no": 7},
--   {"measure": "initial_budget", "printed": "163.90", "document": "d1", "subject": "项目8", "statement": "t1r8", "row_no": 8},
--   {"measure": "initial_budget", "printed": "171.60", "document": "d1", "subject": "项目9", "statement": "t1r9", "row_no": 9},
--   {"measure": "initial_budget", "printed": "179.30", "document": "d1", "subject": "项目10", "statement": "t1r10", "row_no": 10},
--   {"measure": "initial_budget", "printed": "100.00", "document": "d2", "subject": "项目1", "statement": "t1r1", "row_no": 1},
--   {"measure": "initial_budget", "printed": "107.00", "document": "d2", "subject": "项目2", "statement": "t1r2", "row_no": 2},
--   {"measure": "initial_budget", "printed": "114.00", "document": "d2", "subject": "项目3", "statement": "t1r3", "row_no": 3},
--   {"measure": "initial_budget", "printed": "121.00", "document": "d2", "subject": "项目4", "statement": "t1r4", "row_no": 4},
--   {"measure": "initial_budget", "printed": "128.00", "document": "d2", "subject": "项目5", "statement": "t1r5", "row_no": 5},
--   {"measure": "initial_budget", "printed": "135.00", "document": "d2", "subject": "项目6", "statement": "t1r6", "row_no": 6},
--   {"measure": "initial_budget", "printed": "142.00", "document": "d2", "subject": "项目7", "statement": "t1r7", "row_no": 7},
--   {"measure": "initial_budget", "printed": "149.00", "document": "d2", "subject": "项目8", "statement": "t1r8", "row_no": 8},
--   {"measure": "initial_budget", "printed": "156.00", "document": "d2", "subject": "项目9", "statement": "t1r9", "row_no": 9},
--   {"measure": "initial_budget", "printed": "163.00", "document": "d2", "subject": "项目10", "statement": "t1r10", "row_no": 10}]
with changes as (
    select
        n.document_id,
        here.item,
        here.subject,
        here.fact_id as here,
        there.fact_id as there,
        here.number::double as now,
        there.number::double as before,
        ln(here.number::double / there.number::double) as growth
    from neighbours as n
    inner join comparable as here on here.document_id = n.document_id
    inner join comparable as there
        on there.document_id = n.other
        and there.item = here.item
        and there.side = here.side
        and there.view = here.view
        and there.basis = here.basis
    where n.relation = 'last_year'
        and here.year = 0
        and there.year = 0
        and here.number > 0
        and there.number > 0
        and here.in_table
        and there.in_table
        and here.basis in ('budget', 'final', 'executed')
        and here.side <> 'in'
        and here.month is not distinct from there.month
        and (length(here.code) = 7 or here.subject_kind = 'programme')
    -- 一个事项只取一种口径：全口径优先
    qualify row_number() over (
        partition by n.document_id, here.item
        order by here.basis, here.side = 'out' desc, here.view, here.fact_id
    ) = 1
),

centred as (
    select
        *,
        median(growth) over of_report as middle,
        count(*) over of_report as peers,
        sum(greatest(now, before)) over of_report as whole
    from changes
    window of_report as (partition by document_id)
),

-- 各项几乎同比增减时，离散程度不低于百分之五
spread as (
    select
        *,
        greatest(1.4826 * median(abs(growth - middle)) over (partition by document_id), 0.05) as deviation
    from centred
    where peers >= 8
),

judged as (
    select
        *,
        abs(growth - middle) <= 3.5 * deviation
        or abs(growth - middle) < ln(2)
        or abs(now - before) * 100 < whole as holds
    from spread
),

-- 参照的各项：金额最大的几项，连同各自的增减
named as (
    select
        document_id,
        list({'item': item, 'says': subject || ' ' || printf('%+.1f%%', 100 * (exp(growth) - 1))} order by now desc, item) as others
    from judged
    where holds
    group by document_id
)

select
    j.document_id,
    j.item as equation_key,
    'flag' as kind,
    j.subject,
    j.holds,
    [result(j.here), part(j.there)] as terms,
    map {
        'amounts': h.as_printed || coalesce(h.unit, '') || '，上年' || t.as_printed || coalesce(t.unit, ''),
        'amounts_en': h.as_printed || coalesce(h.unit, '') || ', the year before ' || t.as_printed || coalesce(t.unit, ''),
        'change': case when j.growth > 0 then '增加' else '减少' end || printf('%.1f%%', abs(100 * (exp(j.growth) - 1))),
        'change_en': case when j.growth > 0 then 'up ' else 'down ' end || printf('%.1f%%', abs(100 * (exp(j.growth) - 1))),
        'median': printf('%+.1f%%', 100 * (exp(j.middle) - 1)),
        'median_en': printf('%+.1f%%', 100 * (exp(j.middle) - 1)),
        'peers': '如' || array_to_string(list_transform(n.others[:4], lambda o: o.says), '、'),
        'peers_en': 'such as ' || array_to_string(list_transform(n.others[:4], lambda o: o.says), ', ')
    } as words
from judged as j
left join named as n using (document_id)
inner join figures as h on h.fact_id = j.here
inner join figures as t on t.fact_id = j.there
