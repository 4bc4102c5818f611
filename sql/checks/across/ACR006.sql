-- 监控时的执行数不超过全年执行数 / What was executed by the time of monitoring is no more than in the full year
-- @formula 绩效运行监控的1至某月执行数 ≤ 同一单位、同一年度、同一口径的全年执行数（决算数）
-- @basis 执行数逐月累计，全年数不少于年中数；收回、冲销的应当说明
-- @severity warning
-- @needs executed|final_account
-- @origin any
-- @across monitoring
-- @message_zh {subject}：全年执行数印作{reported}，年中监控{other}已执行{expected}。
-- @message_en {subject}: {reported_en} is said to have been executed in the year, but {other_en} gives {expected_en} by the middle of it.
-- @good [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["self_evaluation_wide"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d2"},
--   {"measure": "executed", "printed": "62.00", "document": "d1", "subject": "临时救助"},
--   {"measure": "executed", "printed": "15.60", "document": "d2", "subject": "临时救助", "period_end_month": 7}]
-- @bad [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["self_evaluation_wide"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 7}, "document": "d2"},
--   {"measure": "executed", "printed": "6.20", "document": "d1", "subject": "临时救助"},
--   {"measure": "executed", "printed": "15.60", "document": "d2", "subject": "临时救助", "period_end_month": 7}]
select
    n.document_id,
    concat_ws('|', here.side, here.view, here.fact_id) as equation_key,
    'bound' as kind,
    here.subject,
    [part(there.fact_id), result(here.fact_id)] as terms
from neighbours as n
inner join comparable as here on here.document_id = n.document_id
inner join comparable as there
    on there.document_id = n.other
    and there.item = here.item
    and there.side = here.side
    and there.view = here.view
where n.relation = 'monitoring'
    and here.basis in ('executed', 'final')
    and here.year = 0
    and coalesce(here.month, 12) = 12
    and there.basis = 'executed'
    and there.year = 0
    and there.month < 12
    -- 一个事项既说执行数、又说决算数的，以执行数为准
qualify row_number() over (partition by n.document_id, here.item, here.side, here.view order by here.basis) = 1
