-- 上年的项目或科目今年还在，今年的上年也有 / Items of last year are still there, and this year's were there before
-- @formula 两年的同类报告所列的项（功能分类项级科目、项目）彼此都有；占比百分之一以下的不计
-- @basis 项目的新增、取消应当说明；也可能是漏列、改名或改变了科目
-- @severity hint
-- @needs budget|initial_budget|expenditure|final_account|executed
-- @origin table
-- @across last_year
-- @message_zh 与上年报告{other}相比：{changes}。如非新增、取消，请核对是否漏列、改名或改变了科目。
-- @message_en Against last year's report, {other_en}: {changes_en}. If nothing began or ended, something may have been left out, renamed or reclassified.
-- @good [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2023, "families": ["monitoring_projects"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "initial_budget", "printed": "100.00", "document": "d1", "subject": "项目1", "statement": "t1r1", "row_no": 1},
--   {"measure": "initial_budget", "printed": "107.00", "document": "d1", "subject": "项目2", "statement": "t1r2", "row_no": 2},
--   {"measure": "initial_budget", "printed": "114.00", "document": "d1", "subject": "项目3", "statement": "t1r3", "row_no": 3},
--   {"measure": "initial_budget", "printed": "121.00", "document": "d1", "subject": "项目4", "statement": "t1r4", "row_no": 4},
--   {"measure": "initial_budget", "printed": "128.00", "document": "d1", "subject": "项目5", "statement": "t1r5", "row_no": 5},
--   {"measure": "initial_budget", "printed": "135.00", "document": "d1", "subject": "项目6", "statement": "t1r6", "row_no": 6},
--   {"measure": "initial_budget", "printed": "142.00", "document": "d1", "subject": "项目7", "statement": "t1r7", "row_no": 7},
--   {"measure": "initial_budget", "printed": "149.00", "document": "d1", "subject": "项目8", "statement": "t1r8", "row_no": 8},
--   {"measure": "initial_budget", "printed": "100.00", "document": "d2", "subject": "项目1", "statement": "t1r1", "row_no": 1},
--   {"measure": "initial_budget", "printed": "107.00", "document": "d2", "subject": "项目2", "statement": "t1r2", "row_no": 2},
--   {"measure": "initial_budget", "printed": "114.00", "document": "d2", "subject": "项目3", "statement": "t1r3", "row_no": 3},
--   {"measure": "initial_budget", "printed": "121.00", "document": "d2", "subject": "项目4", "statement": "t1r4", "row_no": 4},
--   {"measure": "initial_budget", "printed": "128.00", "document": "d2", "subject": "项目5", "statement": "t1r5", "row_no": 5},
--   {"measure": "initial_budget", "printed": "135.00", "document": "d2", "subject": "项目6", "statement": "t1r6", "row_no": 6},
--   {"measure": "initial_budget", "printed": "142.00", "document": "d2", "subject": "项目7", "statement": "t1r7", "row_no": 7},
--   {"measure": "initial_budget", "printed": "149.00", "document": "d2", "subject": "项目8", "statement": "t1r8", "row_no": 8}]
-- @good [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2023, "families": ["monitoring_projects"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "initial_budget", "printed": "100.00", "document": "d1", "subject": "项目1", "statement": "t1r1", "row_no": 1},
--   {"measure": "initial_budget", "printed": "107.00", "document": "d1", "subject": "项目2", "statement": "t1r2", "row_no": 2},
--   {"measure": "initial_budget", "printed": "1.00", "document": "d1", "subject": "项目3", "statement": "t1r3", "row_no": 3},
--   {"measure": "initial_budget", "printed": "121.00", "document": "d1", "subject": "项目4", "statement": "t1r4", "row_no": 4},
--   {"measure": "initial_budget", "printed": "128.00", "document": "d1", "subject": "项目5", "statement": "t1r5", "row_no": 5},
--   {"measure": "initial_budget", "printed": "135.00", "document": "d1", "subject": "项目6", "statement": "t1r6", "row_no": 6},
--   {"measure": "initial_budget", "printed": "142.00", "document": "d1", "subject": "项目7", "statement": "t1r7", "row_no": 7},
--   {"measure": "initial_budget", "printed": "149.00", "document": "d1", "subject": "项目8", "statement": "t1r8", "row_no": 8},
--   {"measure": "initial_budget", "printed": "100.00", "document": "d2", "subject": "项目1", "statement": "t1r1", "row_no": 1},
--   {"measure": "initial_budget", "printed": "107.00", "document": "d2", "subject": "项目2", "statement": "t1r2", "row_no": 2},
--   {"measure": "initial_budget", "printed": "121.00", "document": "d2", "subject": "项目4", "statement": "t1r4", "row_no": 4},
--   {"measure": "initial_budget", "printed": "128.00", "document": "d2", "subject": "项目5", "statement": "t1r5", "row_no": 5},
--   {"measure": "initial_budget", "printed": "135.00", "document": "d2", "subject": "项目6", "statement": "t1r6", "row_no": 6},
--   {"measure": "initial_budget", "printed": "142.00", "document": "d2", "subject": "项目7", "statement": "t1r7", "row_no": 7},
--   {"measure": "initial_budget", "printed": "149.00", "document": "d2", "subject": "项目8", "statement": "t1r8", "row_no": 8}]
-- @bad [{"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2024, "families": ["monitoring_projects"], "period_end_month": 12}, "document": "d1"},
--   {"report": {"bureau": "民政局", "issuer": "甲区民政局", "district": "甲区", "city": "某市", "province": "某省", "scope": "部门", "fiscal_year": 2023, "families": ["monitoring_projects"], "period_end_month": 12}, "document": "d2"},
--   {"measure": "initial_budget", "printed": "100.00", "document": "d1", "subject": "项目1", "statement": "t1r1", "row_no": 1},
--   {"measure": "initial_budget", "printed": "107.00", "document": "d1", "subject": "项目2", "statement": "t1r2", "row_no": 2},
--   {"measure": "initial_budget", "printed": "114.00", "document": "d1", "subject": "项目3", "statement": "t1r3", "row_no": 3},
--   {"measure": "initial_budget", "printed": "121.00", "document": "d1", "subject": "项目4", "statement": "t1r4", "row_no": 4},
--   {"measure": "initial_budget", "printed": "128.00", "document": "d1", "subject": "项目5", "statement": "t1r5", "row_no": 5},
--   {"measure": "initial_budget", "printed": "135.00", "document": "d1", "subject": "项目6", "statement": "t1r6", "row_no": 6},
--   {"measure": "initial_budget", "printed": "142.00", "document": "d1", "subject": "项目7", "statement": "t1r7", "row_no": 7},
--   {"measure": "initial_budget", "printed": "149.00", "document": "d1", "subject": "项目8", "statement": "t1r8", "row_no": 8},
--   {"measure": "initial_budget", "printed": "100.00", "document": "d2", "subject": "项目1", "statement": "t1r1", "row_no": 1},
--   {"measure": "initial_budget", "printed": "107.00", "document": "d2", "subject": "项目2", "statement": "t1r2", "row_no": 2},
--   {"measure": "initial_budget", "printed": "121.00", "document": "d2", "subject": "项目4", "statement": "t1r4", "row_no": 4},
--   {"measure": "initial_budget", "printed": "128.00", "document": "d2", "subject": "项目5", "statement": "t1r5", "row_no": 5},
--   {"measure": "initial_budget", "printed": "135.00", "document": "d2", "subject": "项目6", "statement": "t1r6", "row_no": 6},
--   {"measure": "initial_budget", "printed": "142.00", "document": "d2", "subject": "项目7", "statement": "t1r7", "row_no": 7},
--   {"measure": "initial_budget", "printed": "149.00", "document": "d2", "subject": "项目8", "statement": "t1r8", "row_no": 8}]
with items as (
    select
        c.document_id,
        c.item,
        any_value(c.code) as code,
        arg_max(c.subject, c.number) as subject,
        arg_max(c.fact_id, c.number) as fact_id,
        max(c.number) as number
    from comparable as c
    where c.year = 0
        and c.number > 0
        and c.in_table
        and c.basis <> 'change'
        and c.side <> 'in'
        and (length(c.code) = 7 or c.subject_kind = 'programme')
    group by c.document_id, c.item
),

-- 同一分类年度有效的科目才比；分类本身改了的不算
lasting as (
    select
        i.*,
        sum(i.number) over (partition by i.document_id) as whole,
        count(*) over (partition by i.document_id) as listed
    from items as i
    inner join core.documents as d using (document_id)
    where i.code is null
        or exists (
            select 1
            from account_names as a
            where a.code = i.code
                and a.classification = 'functional'
                and coalesce(a.valid_from, 0) <= d.fiscal_year - 1
                and coalesce(a.valid_to, 9999) >= d.fiscal_year + 1
        )
),

paired as (
    select
        n.document_id,
        n.other,
        i.item
    from neighbours as n
    inner join lasting as i on i.document_id = n.document_id
    where n.relation = 'last_year'
    union
    select
        n.document_id,
        n.other,
        i.item
    from neighbours as n
    inner join lasting as i on i.document_id = n.other
    where n.relation = 'last_year'
),

both_years as (
    select
        p.document_id,
        p.item,
        here.fact_id as here,
        there.fact_id as there,
        here.subject as subject_here,
        there.subject as subject_there,
        max(here.listed) over of_pair as listed_here,
        max(there.listed) over of_pair as listed_there,
        count(*) filter (where here.item is not null and there.item is not null) over of_pair as shared,
        -- 占比百分之一以上的才算
        coalesce(here.number * 100 >= here.whole, false) as is_large_here,
        coalesce(there.number * 100 >= there.whole, false) as is_large_there
    from paired as p
    left join lasting as here on here.document_id = p.document_id and here.item = p.item
    left join lasting as there on there.document_id = p.other and there.item = p.item
    window of_pair as (partition by p.document_id)
),

-- 两年各列五项以上、较短的一份有一半以上相同的，才是同样的清单
told as (
    select
        document_id,
        list(here order by item) filter (where there is null and is_large_here) as new_facts,
        list(there order by item) filter (where here is null and is_large_there) as gone_facts,
        list(subject_here order by item) filter (where there is null and is_large_here) as new_subjects,
        list(subject_there order by item) filter (where here is null and is_large_there) as gone_subjects
    from both_years
    where listed_here >= 5
        and listed_there >= 5
        and shared * 2 >= least(listed_here, listed_there)
    group by document_id
)

select
    document_id,
    'last_year' as equation_key,
    'flag' as kind,
    array_to_string(coalesce(new_subjects, []) || coalesce(gone_subjects, []), '；') as subject,
    new_facts is null and gone_facts is null as holds,
    list_transform(coalesce(new_facts, []), lambda f: result(f))
    || list_transform(coalesce(gone_facts, []), lambda f: part(f)) as terms,
    map {
        'changes': concat_ws(
            '；',
            '今年新出现' || len(new_subjects) || '项：' || array_to_string(new_subjects[:6], '、'),
            '今年不再列' || len(gone_subjects) || '项：' || array_to_string(gone_subjects[:6], '、')
        ),
        'changes_en': concat_ws(
            '; ',
            len(new_subjects) || ' new: ' || array_to_string(new_subjects[:6], '、'),
            len(gone_subjects) || ' no longer there: ' || array_to_string(gone_subjects[:6], '、')
        )
    } as words
from told
