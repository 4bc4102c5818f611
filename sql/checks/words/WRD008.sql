-- 决算与预算不等的科目，说明原因 / An account whose outcome differs from its budget comes with the reason
-- @formula 逐项说明的科目，支出决算 ≠ 年初预算的，其后写有“原因”
-- @basis 部门决算公开模板：决算数大于（小于）预算数的主要原因；预决算持平的不用说明变动原因
-- @severity warning
-- @needs initial_budget, final_account
-- @origin narrative
-- @message_zh {subject}：决算数与年初预算数不等（{figures}），没有说明原因。
-- @message_en {subject}: the final account differs from the initial budget ({figures}), and no reason is given.
-- @good [{"report": {"families": ["final_accounts"]}}, {"measure": "initial_budget", "printed": "102.91", "subject_kind": "functional_item", "subject": "其他民政管理事务支出", "origin": "narrative", "sentence_no": 1, "statement": "s1.1"},
--   {"measure": "final_account", "printed": "97.91", "subject_kind": "functional_item", "subject": "其他民政管理事务支出", "origin": "narrative", "sentence_no": 1, "statement": "s1.1"},
--   {"sentence": "6.其他民政管理事务支出。年初预算数为102.91万元，支出决算数为97.91万元。"}, {"sentence": "支出决算数小于年初预算数的主要原因是厉行节约。"}]
-- @bad [{"report": {"families": ["final_accounts"]}}, {"measure": "initial_budget", "printed": "102.91", "subject_kind": "functional_item", "subject": "其他民政管理事务支出", "origin": "narrative", "sentence_no": 1, "statement": "s1.1"},
--   {"measure": "final_account", "printed": "97.91", "subject_kind": "functional_item", "subject": "其他民政管理事务支出", "origin": "narrative", "sentence_no": 1, "statement": "s1.1"},
--   {"sentence": "6.其他民政管理事务支出。年初预算数为102.91万元，支出决算数为97.91万元。"}, {"sentence": "7.殡葬。年初预算数为5.71万元，支出决算数为10.66万元，主要原因是补助增加。"},
--   {"measure": "initial_budget", "printed": "5.71", "subject_kind": "functional_item", "subject": "殡葬", "origin": "narrative", "sentence_no": 2, "statement": "s2.1"},
--   {"measure": "final_account", "printed": "10.66", "subject_kind": "functional_item", "subject": "殡葬", "origin": "narrative", "sentence_no": 2, "statement": "s2.1"}]
with items as (
    select
        f.document_id,
        f.sentence_no,
        f.statement,
        f.subject,
        min(f.same_as) filter (where f.measure = 'initial_budget') as budget,
        min(f.same_as) filter (where f.measure in ('final_account', 'executed')) as outcome,
        min(f.number) filter (where f.measure = 'initial_budget') as budget_number,
        min(f.number) filter (where f.measure in ('final_account', 'executed')) as outcome_number,
        sum(f.half_unit) filter (where f.measure in ('initial_budget', 'final_account', 'executed')) as halves
    from figures as f
    inner join reports as r using (document_id)
    where f.origin = 'narrative'
        and f.subject_kind = 'functional_item'
        and f.year_offset = 0
        and f.is_amount
        and list_contains(r.families, 'final_accounts')
        and not r.is_template
    group by f.document_id, f.sentence_no, f.statement, f.subject
    having count(distinct f.number) filter (where f.measure = 'initial_budget') = 1
        and count(distinct f.number) filter (where f.measure in ('final_account', 'executed')) = 1
),

-- 一项到下一项之前的各句，至多十句
spans as (
    select
        *,
        coalesce(lead(sentence_no) over (partition by document_id order by sentence_no), sentence_no + 10) as next_no
    from items
),

explained as (
    select
        s.document_id,
        s.statement,
        bool_or(regexp_matches(p.plain, '原因|因[^公]|由于|主要是|系')) as is_explained
    from spans as s
    inner join passages as p
        on p.document_id = s.document_id
        and p.kind = 'sentence'
        and p.n >= s.sentence_no
        and p.n < least(s.next_no, s.sentence_no + 10)
    group by all
),

judged as (
    select
        s.*,
        abs(s.budget_number - s.outcome_number) <= s.halves as is_level,
        coalesce(e.is_explained, false) as is_explained
    from spans as s
    left join explained as e using (document_id, statement)
)

-- 多数科目都不逐项说明的，体例如此，不作判断
select
    document_id,
    statement as equation_key,
    'flag' as kind,
    subject,
    case
        when is_level or is_explained then true
        when 2 * count(*) filter (where not is_level and is_explained) over (partition by document_id)
            >= count(*) filter (where not is_level) over (partition by document_id) then false
    end as holds,
    [part(budget), part(outcome)] as terms
from judged
