-- 财政拨款等于各项财政拨款之和 / What comes from the budget is the sum of its funds
-- @formula 财政拨款收入 = 一般公共预算 + 政府性基金预算 + 国有资本经营预算；年初财政拨款结转和结余 = 其下各项之和
-- @basis 会计恒等式；财政拨款由一般公共预算、政府性基金预算和国有资本经营预算三项组成
-- @severity error
-- @needs final_total|final_fiscal_total|budget_total|budget_fiscal_total
-- @origin table
-- @message_zh {subject}：与其下各项资金之和不符，{equation}，相差{difference}。
-- @message_en {subject}: it is not the sum of the funds below it: {equation_en}; off by {difference_en}.
-- @good [{"measure": "budget", "printed": "371.51", "subject": "财政拨款收入", "subject_kind": "fund_source", "table_kind": "budget_total", "column_label": "本年收入 > 预算数", "statement": "t1r1.1", "row_no": 1},
--   {"measure": "budget", "printed": "371.51", "subject": "一般公共预算资金", "row_label": "1、一般公共预算资金", "subject_kind": "fund_source", "fund_source": "general", "table_kind": "budget_total", "column_label": "本年收入 > 预算数", "statement": "t1r2.1", "row_no": 2}]
-- @bad [{"measure": "final_account", "printed": "58.00", "subject": "年初财政拨款结转和结余", "subject_kind": "other", "table_kind": "final_fiscal_total", "column_label": "收入 > 决算数", "statement": "t1r1.1", "row_no": 1},
--   {"measure": "final_account", "printed": "21.63", "subject": "一般公共预算财政拨款", "subject_kind": "fund_source", "fund_source": "general", "table_kind": "final_fiscal_total", "column_label": "收入 > 决算数", "statement": "t1r2.1", "row_no": 2},
--   {"measure": "final_account", "printed": "37.36", "subject": "政府性基金预算财政拨款", "subject_kind": "fund_source", "fund_source": "government_fund", "table_kind": "final_fiscal_total", "column_label": "收入 > 决算数", "statement": "t1r3.1", "row_no": 3}]
with columns as (
    select
        document_id,
        table_id,
        lane,
        column_key,
        list(fact_id) filter (
            where role = 'part' and subject_kind = 'fund_source' and fund_source = 'all'
        ) as fiscal,
        any_value(subject) filter (
            where role = 'part' and subject_kind = 'fund_source' and fund_source = 'all'
        ) as fiscal_subject,
        list(fact_id order by row_no) filter (
            where role = 'detail' and fund_source in ('general', 'government_fund', 'state_capital')
        ) as funds,
        list(fact_id) filter (where role = 'carried') as carried,
        any_value(subject) filter (where role = 'carried') as carried_subject,
        list(fact_id order by row_no) filter (
            where role = 'carried_part' and fund_source in ('general', 'government_fund', 'state_capital')
        ) as carried_funds
    from sheets
    where side = 'in'
    group by all
),

divided as (
    select
        document_id,
        fiscal_subject as subject,
        fiscal as wholes,
        funds as parts
    from columns
    union all
    select
        document_id,
        carried_subject,
        carried,
        carried_funds
    from columns
)

select
    document_id,
    wholes[1] as equation_key,
    'sum' as kind,
    subject,
    summing(parts, wholes[1]) as terms
from divided
where len(wholes) = 1
    and len(parts) > 0
