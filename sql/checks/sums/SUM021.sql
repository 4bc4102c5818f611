-- 写明列全的各项之和等于总数 / Items that are said to be all of a total add up to it
-- @formula Σ 各项 = 总数：税收收入 + 非税收入；税务部门 + 财政部门；本级 + 各县（区）；最后一项为“等其他……”“其余”；“收入包括……；支出包括……”；“加上……，总计……”
-- @basis 会计恒等式；《政府收支分类科目》：一般公共预算收入由税收收入和非税收入组成；所列各项按文字即为全部
-- @severity error
-- @needs list
-- @origin any
-- @message_zh {subject}：所列各项按文字即为全部，其和与总数不符，{equation}，相差{difference}。
-- @message_en {subject}: the items, which the text says are all, do not add up to the total: {equation_en}; off by {difference_en}.
-- @good [{"measure": "executed", "printed": "2400", "subject": "一般公共预算收入", "list_id": "s1.l1:executed", "list_role": "total", "origin": "narrative"},
--   {"measure": "executed", "printed": "800", "subject": "税收收入", "list_id": "s1.l1:executed", "list_role": "part", "origin": "narrative"},
--   {"measure": "executed", "printed": "1600", "subject": "非税收入", "list_id": "s1.l1:executed", "list_role": "part", "origin": "narrative"}]
-- @good [{"measure": "executed", "printed": "2400", "subject": "税收收入", "list_id": "s1.l1:executed", "list_role": "total", "origin": "narrative"},
--   {"measure": "executed", "printed": "800", "subject": "增值税", "list_id": "s1.l1:executed", "list_role": "part", "origin": "narrative"},
--   {"measure": "executed", "printed": "600", "subject": "契税", "list_id": "s1.l1:executed", "list_role": "part", "origin": "narrative"},
--   {"measure": "executed", "printed": "500", "subject": "企业所得税", "list_id": "s1.l1:executed", "list_role": "part", "origin": "narrative"}]
-- @bad [{"measure": "executed", "printed": "2400", "subject": "一般公共预算收入", "list_id": "s1.l1:executed", "list_role": "total", "origin": "narrative"},
--   {"measure": "executed", "printed": "700", "subject": "税收收入", "list_id": "s1.l1:executed", "list_role": "part", "origin": "narrative"},
--   {"measure": "executed", "printed": "1600", "subject": "非税收入", "list_id": "s1.l1:executed", "list_role": "part", "origin": "narrative"}]
-- @bad [{"measure": "executed", "printed": "2400", "subject": "税收收入", "list_id": "s1.l1:executed", "list_role": "total", "origin": "narrative"},
--   {"measure": "executed", "printed": "800", "subject": "增值税", "list_id": "s1.l1:executed", "list_role": "part", "origin": "narrative"},
--   {"measure": "executed", "printed": "600", "subject": "契税", "list_id": "s1.l1:executed", "list_role": "part", "origin": "narrative"},
--   {"measure": "executed", "printed": "500", "subject": "房产税等其他税种", "list_id": "s1.l1:executed", "list_role": "part", "origin": "narrative"}]
with named as (
    select
        document_id,
        fact_id,
        fact_no,
        sentence_no,
        year_offset,
        coalesce(period_end_month, 12) as month,
        number,
        subject,
        regexp_extract(regexp_replace(subject, '\s', '', 'g'), '^(全[国省市区县州]|)(.*)$', ['area', 'what']) as parts
    from figures
    where origin = 'narrative'
        and is_amount
        and fact_id = same_as
        and measure in ('executed', 'revenue', 'final_account', 'budget')
),

revenue as (
    select
        *,
        parts.area as area,
        case
            when regexp_full_match(parts.what, '(地方)?一般公共预算收入') then 'all'
            when parts.what = '税收收入' then 'taxes'
            when parts.what = '非税收入' then 'others'
        end as role
    from named
),

-- 分开两句说的：“全国一般公共预算收入a……分税收和非税收入看，全国税收收入b，非税收入c”；总数全文只有一个
apart as (
    select
        taxes.document_id,
        taxes.fact_id as taxes,
        others.fact_id as others,
        any_value(whole.fact_id) as whole,
        any_value(whole.subject) as subject
    from revenue as taxes
    inner join revenue as others
        on others.document_id = taxes.document_id
        and others.role = 'others'
        and others.sentence_no between taxes.sentence_no and taxes.sentence_no + 1
        and others.fact_no > taxes.fact_no
        and others.area in ('', taxes.area)
        and others.year_offset = taxes.year_offset
        and others.month = taxes.month
    inner join revenue as whole
        on whole.document_id = taxes.document_id
        and whole.role = 'all'
        and whole.area = taxes.area
        and whole.fact_no < taxes.fact_no
        and whole.year_offset = taxes.year_offset
        and whole.month = taxes.month
    where taxes.role = 'taxes'
        and taxes.area <> ''
        and taxes.fact_id not in (select unnest(parts) from lists)
    group by all
    having count(distinct whole.number) = 1
)

select
    document_id,
    list_id as equation_key,
    'sum' as kind,
    subject,
    summing(parts, sole_total) as terms
from lists
where partition in ('taxes', 'collectors', 'levels', 'remainder', 'both_sides', 'added')
    and totals > 0
union all
select
    document_id,
    taxes as equation_key,
    'sum' as kind,
    subject,
    [part(taxes), part(others), result(whole)] as terms
from apart
