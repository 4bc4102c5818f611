-- 项目表的合计等于各项目之和 / The total of a table of projects is the sum of the projects
-- @formula 合计 = Σ 各项目（同一张表、同一栏；合计在首行或末行，其间每行都是项目）
-- @basis 会计恒等式；预算绩效运行监控汇总表、部门预算项目支出表的合计行
-- @severity error
-- @needs project_monitoring|budget_projects
-- @origin table
-- @message_zh {subject}：合计与各项目之和不符，{equation}，相差{difference}。
-- @message_en {subject}: the total is not the sum of the projects: {equation_en}; off by {difference_en}.
-- @good [{"measure": "budget", "printed": "50.00", "subject": "低保", "subject_kind": "programme", "table_kind": "budget_projects", "table_id": "d1:t1", "table_no": 1, "statement": "t1r1", "row_no": 1, "col_no": 1, "column_label": "金额"},
--   {"measure": "budget", "printed": "30.00", "subject": "高龄津贴", "subject_kind": "programme", "table_kind": "budget_projects", "table_id": "d1:t1", "table_no": 1, "statement": "t1r2", "row_no": 2, "col_no": 1, "column_label": "金额"},
--   {"measure": "budget", "printed": "80.00", "subject": "合计", "subject_kind": "department_total", "table_kind": "budget_projects", "table_id": "d1:t1", "table_no": 1, "statement": "t1r3", "row_no": 3, "col_no": 1, "column_label": "金额"}]
-- @good [{"measure": "budget", "printed": "50.00", "subject": "低保", "subject_kind": "programme", "table_kind": "budget_projects", "table_id": "d1:t1", "table_no": 1, "statement": "t1r1", "row_no": 1, "col_no": 1, "column_label": "金额"},
--   {"measure": "budget", "printed": "20.00", "subject": "城市低保", "row_label": "其中：城市低保", "subject_kind": "programme", "table_kind": "budget_projects", "table_id": "d1:t1", "table_no": 1, "statement": "t1r2", "row_no": 2, "col_no": 1, "column_label": "金额"},
--   {"measure": "budget", "printed": "30.00", "subject": "高龄津贴", "subject_kind": "programme", "table_kind": "budget_projects", "table_id": "d1:t1", "table_no": 1, "statement": "t1r3", "row_no": 3, "col_no": 1, "column_label": "金额"},
--   {"measure": "budget", "printed": "80.00", "subject": "合计", "subject_kind": "department_total", "table_kind": "budget_projects", "table_id": "d1:t1", "table_no": 1, "statement": "t1r4", "row_no": 4, "col_no": 1, "column_label": "金额"}]
-- @bad [{"measure": "budget", "printed": "50.00", "subject": "低保", "subject_kind": "programme", "table_kind": "budget_projects", "table_id": "d1:t1", "table_no": 1, "statement": "t1r1", "row_no": 1, "col_no": 1, "column_label": "金额"},
--   {"measure": "budget", "printed": "30.00", "subject": "高龄津贴", "subject_kind": "programme", "table_kind": "budget_projects", "table_id": "d1:t1", "table_no": 1, "statement": "t1r2", "row_no": 2, "col_no": 1, "column_label": "金额"},
--   {"measure": "budget", "printed": "88.00", "subject": "合计", "subject_kind": "department_total", "table_kind": "budget_projects", "table_id": "d1:t1", "table_no": 1, "statement": "t1r3", "row_no": 3, "col_no": 1, "column_label": "金额"}]
with said as (
    select
        f.document_id,
        f.table_id,
        f.fact_id,
        f.row_no,
        c.col_no,
        f.number,
        f.subject,
        case
            when regexp_matches(regexp_replace(f.subject, '\s', '', 'g'), '^(?:合计|总计)$') then 'total'
            when regexp_matches(regexp_replace(f.subject, '\s', '', 'g'), '(?:小计|合计|总计)') then 'other'
            -- “其中：”“（一）”“1.1”之下的是上一行的组成部分，“一、”是一组项目
            when regexp_matches(coalesce(f.row_label, f.subject), '^\s*(?:其中|[（(①-⑳一二三四五六七八九十]+[)）、.．]|[①-⑳]|\d+[.．]\d|[-—])') then 'other'
            when f.subject_kind = 'programme' then 'project'
            else 'other'
        end as role,
        concat_ws('|', f.measure, f.fund_source, f.scope, f.year_offset, f.column_label) as column_key
    from figures as f
    inner join core.facts as c using (fact_id)
    where f.table_kind in ('project_monitoring', 'budget_projects')
        and f.is_amount
        and f.fact_id = f.same_as
    qualify count(*) over (partition by f.table_id, f.row_no, column_key) = 1
),

-- 每张表的合计行（只有一行，在首行或末行）和项目行
tables as (
    select
        table_id,
        min(row_no) filter (where role = 'total') as total_row,
        min(row_no) filter (where role = 'project') as first_row,
        max(row_no) filter (where role = 'project') as last_row,
        list(distinct row_no) filter (where role = 'project') as project_rows
    from said
    group by table_id
    having count(distinct row_no) filter (where role = 'total') = 1
        and count(distinct row_no) filter (where role = 'project') >= 2
        and bool_and(role <> 'other')
        and (total_row < first_row or total_row > last_row)
),

-- 合计与项目之间有不是项目的行的，不能断定这些项目就是全部
flat as (
    select t.*
    from tables as t
    where not exists (
        from staging.cells as c
        where c.table_id = t.table_id
            and c.row_no between least(t.total_row, t.first_row) and greatest(t.total_row, t.last_row)
            and c.row_no <> t.total_row
            and not list_contains(t.project_rows, c.row_no)
            and trim(c.text) <> ''
    )
),

columns as (
    select
        s.document_id,
        s.table_id,
        s.column_key,
        any_value(s.fact_id) filter (where s.role = 'total') as total,
        any_value(s.number) filter (where s.role = 'total') as total_number,
        any_value(s.col_no) filter (where s.role = 'total') as col_no,
        list(s.fact_id order by s.row_no) filter (where s.role = 'project') as parts,
        list(s.number order by s.row_no) filter (where s.role = 'project') as numbers,
        list(s.row_no) filter (where s.role = 'project') as part_rows,
        sum(s.number) filter (where s.role = 'project') as parts_number,
        any_value(flat.project_rows) as project_rows
    from said as s
    inner join flat using (table_id)
    group by s.document_id, s.table_id, s.column_key
    having total is not null
        and len(parts) > 0
        and count(distinct s.col_no) = 1
),

-- 没有数的项目，那一格须是印出来的空格，否则可能是没有读出来
whole as (
    select *
    from columns as k
    where not exists (
        from (select unnest(list_filter(k.project_rows, lambda r: not list_contains(k.part_rows, r))) as row_no) as missing
        where not exists (
            from staging.cells as c
            where c.table_id = k.table_id
                and c.row_no = missing.row_no
                and c.col_no = k.col_no
                and regexp_matches(trim(c.text), '^[-－—–/]*$')
        )
    )
),

-- 加得起来的各栏，哪些项目在其中有数
held as (
    select
        table_id,
        list_distinct(flatten(list(part_rows))) as held_rows
    from whole
    where parts_number = total_number
    group by table_id
),

-- 只有一栏的表：一行恰等于其下几行之和的，是一组项目的小计
grouped as (
    select *
    from whole
    where len(list_filter(
        range(1, len(numbers)),
        lambda i: numbers[i] <> 0
        and len(list_filter(range(i + 2, len(numbers) + 1), lambda j: numbers[i] = list_sum(numbers[i + 1 : j]))) > 0
    )) > 0
),

alone as (
    select table_id
    from columns
    group by table_id
    having count(*) = 1
        and max(parts_number) * 2 < max(total_number) * 3
)

select
    w.document_id,
    w.total as equation_key,
    'sum' as kind,
    '合计' || coalesce('“' || nullif(regexp_extract(w.column_key, '([^>|]+)$', 1).trim(), '') || '”', '') as subject,
    summing(w.parts, w.total) as terms
from whole as w
left join held using (table_id)
-- 别的栏加得起来，且每个项目都在其中，各行才确是并列的项目
where list_has_all(coalesce(held.held_rows, []), w.project_rows)
    or (
        w.table_id in (select table_id from alone)
        and w.total not in (select total from grouped)
    )
