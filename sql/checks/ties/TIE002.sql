-- 收支总表与收入表的各项来源一致 / Every source of revenue is the same in the table of both sides and in the table of revenue
-- @formula 收入支出总表各项收入 = 收入表“合计”行相应栏；财政拨款收入 = 一般公共预算 + 政府性基金预算 + 国有资本经营预算财政拨款收入
-- @basis 部门（单位）决算、预算公开各表出自同一套账，同一口径的同一个数只有一个
-- @severity error
-- @needs final_total|budget_total, final_revenue|budget_revenue
-- @origin table
-- @message_zh {subject}在《{one_table}》与《{other_table}》中不一致，{equation}，相差{difference}。
-- @message_en {subject} differs between two tables, {one_table} and {other_table}: {equation_en}; by {difference_en}.
-- @good [{"measure": "final_account", "printed": "2,946.25", "subject": "本年收入合计", "table_kind": "final_total", "table_id": "d1:t1", "table_no": 1, "row_no": 9, "column_label": "收入 > 决算数", "statement": "t1r9.1", "subject_kind": "department_total", "table_title": "收入支出决算总表"},
--   {"measure": "final_account", "printed": "2,940.05", "subject": "一般公共预算财政拨款收入", "table_kind": "final_total", "table_id": "d1:t1", "table_no": 1, "row_no": 2, "column_label": "收入 > 决算数", "statement": "t1r2.1", "subject_kind": "fund_source", "fund_source": "general", "table_title": "收入支出决算总表"},
--   {"measure": "final_account", "printed": "6.20", "subject": "其他收入", "table_kind": "final_total", "table_id": "d1:t1", "table_no": 1, "row_no": 8, "column_label": "收入 > 决算数", "statement": "t1r8.1", "subject_kind": "fund_source", "fund_source": "other", "table_title": "收入支出决算总表"},
--   {"measure": "revenue", "printed": "2,946.25", "subject": "合计", "table_kind": "final_revenue", "table_id": "d1:t2", "table_no": 2, "row_no": 3, "column_label": "本年收入合计", "statement": "t2r3", "subject_kind": "department_total", "table_title": "收入决算表"},
--   {"measure": "revenue", "printed": "2,940.05", "subject": "合计", "table_kind": "final_revenue", "table_id": "d1:t2", "table_no": 2, "row_no": 3, "column_label": "财政拨款收入", "statement": "t2r3", "subject_kind": "department_total", "scope": "财政拨款", "table_title": "收入决算表"},
--   {"measure": "revenue", "printed": "6.20", "subject": "合计", "table_kind": "final_revenue", "table_id": "d1:t2", "table_no": 2, "row_no": 3, "column_label": "其他收入", "statement": "t2r3", "subject_kind": "department_total", "fund_source": "other", "table_title": "收入决算表"}]
-- @bad [{"measure": "final_account", "printed": "2,940.05", "subject": "一般公共预算财政拨款收入", "table_kind": "final_total", "table_id": "d1:t1", "table_no": 1, "row_no": 2, "column_label": "收入 > 决算数", "statement": "t1r2.1", "subject_kind": "fund_source", "fund_source": "general", "table_title": "收入支出决算总表"},
--   {"measure": "final_account", "printed": "200.00", "subject": "政府性基金预算财政拨款收入", "table_kind": "final_total", "table_id": "d1:t1", "table_no": 1, "row_no": 3, "column_label": "收入 > 决算数", "statement": "t1r3.1", "subject_kind": "fund_source", "fund_source": "government_fund", "table_title": "收入支出决算总表"},
--   {"measure": "revenue", "printed": "2,940.05", "subject": "合计", "table_kind": "final_revenue", "table_id": "d1:t2", "table_no": 2, "row_no": 3, "column_label": "财政拨款收入", "statement": "t2r3", "subject_kind": "department_total", "scope": "财政拨款", "table_title": "收入决算表"}]
-- @bad [{"measure": "final_account", "printed": "6.20", "subject": "其他收入", "table_kind": "final_total", "table_id": "d1:t1", "table_no": 1, "row_no": 8, "column_label": "收入 > 决算数", "statement": "t1r8.1", "subject_kind": "fund_source", "fund_source": "other", "table_title": "收入支出决算总表"},
--   {"measure": "revenue", "printed": "6.02", "subject": "合计", "table_kind": "final_revenue", "table_id": "d1:t2", "table_no": 2, "row_no": 3, "column_label": "其他收入", "statement": "t2r3", "subject_kind": "department_total", "fund_source": "other", "table_title": "收入决算表"}]
with funds as (
    select
        document_id,
        table_kind,
        list(fact_id order by fact_no) as funds
    from mentions
    where table_kind in ('final_total', 'budget_total')
        and flow = 'revenue'
        and item = 'total'
        and fund in ('general', 'government_fund', 'state_capital')
    group by all
),

-- 总表里没有数的各项财政拨款：空着的，或者印了而认不出的
untold as (
    select
        f.table_kind,
        f.document_id,
        bool_or(g.is_unread) as is_unread,
        string_agg(distinct g.label, '、' order by g.label) filter (where not g.is_unread) as blanks
    from funds as f
    inner join figures as t on t.fact_id = f.funds[1]
    inner join gaps as g on g.table_id = t.table_id and g.col_no = t.col_no
    where regexp_matches(g.label, '一般公共预算|政府性基金|国有资本')
    group by all
),

-- 总表没有“财政拨款收入”一行的，由三项相加
appropriated as (
    select
        r.document_id,
        r.fact_id,
        r.table_title,
        f.table_kind,
        f.funds
    from funds as f
    inner join mentions as r
        on r.document_id = f.document_id
        and r.table_kind = if(f.table_kind = 'final_total', 'final_revenue', 'budget_revenue')
        and r.flow = 'revenue'
        and r.item = 'total'
        and r.fund = 'fiscal'
    where not exists (
        from mentions as m
        where m.document_id = f.document_id
            and m.table_kind = f.table_kind
            and m.flow = 'revenue'
            and m.item = 'total'
            and m.fund = 'fiscal'
    )
)

select
    document_id,
    equation_key,
    'same' as kind,
    subject,
    terms,
    map {'one_table': one_title, 'other_table': other_title} as words
from twice
where flow = 'revenue'
    and one_sort = 'total'
    and other_sort = 'revenue'
    and (item = 'total' or depth = 'source')
    and one_fund <> 'whole'
    and one_fund = other_fund
union all
select
    a.document_id,
    'funds|' || a.table_kind,
    case
        when u.is_unread then 'doubtful_sum'
        when len(a.funds) = 1 then 'same'
        else 'sum'
    end,
    '财政拨款收入',
    summing(a.funds, a.fact_id),
    map_concat(
        map {'one_table': coalesce(t.table_title, a.table_kind), 'other_table': coalesce(a.table_title, '收入表')},
        coalesce(blank_words(u.blanks), map {})
    )
from appropriated as a
inner join figures as t on t.fact_id = a.funds[1]
left join untold as u on u.document_id = a.document_id and u.table_kind = a.table_kind
