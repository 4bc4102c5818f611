-- 占比等于部分除以全体 / A share is the part over the whole
-- @formula 占比 = 100 × 部分 ÷ 全体（清单的总数，或句中写明的本年收入、本年支出、某项总额）
-- @basis 会计恒等式；部门决算公开情况说明的固定表述
-- @severity error
-- @needs share
-- @origin narrative
-- @message_zh {subject}：占比印作{reported}，按所列数字计算应为{expected}，{equation}。
-- @message_en {subject}: the share is printed {reported_en}, but its figures give {expected_en} ({equation_en}).
-- @good [{"measure": "expenditure", "printed": "11223.72", "subject": "一般公共预算财政拨款支出", "origin": "narrative", "list_id": "sec1:expenditure", "list_role": "total", "statement": "s1.1"},
--   {"measure": "expenditure", "printed": "174.72", "subject": "卫生健康支出", "origin": "narrative", "list_id": "sec1:expenditure", "list_role": "part", "statement": "s2.1"},
--   {"measure": "share", "printed": "1.6%", "subject": "卫生健康支出", "origin": "narrative", "statement": "s2.1", "quote": "卫生健康支出174.72万元，占1.6%。"}]
-- @good [{"measure": "project_expenditure", "printed": "10725.3", "subject": "项目支出", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "expenditure", "printed": "11164.08", "subject": "自评资金", "scope": "含调拨资金", "origin": "narrative", "statement": "s2.1"},
--   {"measure": "share", "printed": "99.5%", "subject": "自评资金", "origin": "narrative", "statement": "s2.1", "quote": "资金11164.08万元（含调拨资金），占项目支出总额的99.5%。"}]
-- @bad [{"measure": "expenditure", "printed": "21062.23", "subject": "本部门", "subject_kind": "department_total", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "basic_expenditure", "printed": "498.42", "subject": "本部门", "subject_kind": "department_total", "origin": "narrative", "statement": "s2.1"},
--   {"measure": "share", "printed": "4.2%", "subject": "基本支出", "origin": "narrative", "statement": "s2.1", "quote": "基本支出498.42万元，占本年支出4.2%；"}]
with shares as (
    select
        *,
        regexp_replace(
            regexp_extract(
                regexp_replace(quote, '\s', '', 'g'),
                '占([^占，。；、,;]{0,30}?)(?:的)?(?:比重|比例|比)?(?:为|达|约)?'
                || regexp_escape(regexp_replace(as_printed, '\s', '', 'g')),
                1
            ),
            '(?:总额|合计|总计|总数|金额)$',
            ''
        ) as whole_said,
        regexp_matches(
            regexp_replace(quote, '\s', '', 'g'),
            '占[^占，。；、,;]{0,30}?' || regexp_escape(regexp_replace(as_printed, '\s', '', 'g'))
        ) as is_understood
    from figures
    where measure = 'share'
        and origin = 'narrative'
),

-- 同一陈述中的金额是部分；有几个的，是占比之前最近的、列为清单一项的那个。“含调拨资金”一类另有口径的不比
stated as (
    select
        shares.fact_id as share,
        f.same_as as part,
        min(f.fact_no) as fact_no,
        any_value(f.list_id) filter (where f.list_role = 'part') as list_id,
        count(*) over (partition by shares.fact_id) as amounts,
        bool_or(starts_with(any_value(f.scope), '含')) over (partition by shares.fact_id) as is_of_other_scope
    from shares
    inner join figures as f
        on f.document_id = shares.document_id
        and f.statement = shares.statement
        and f.is_amount
        and f.measure not in ('change_amount', 'transferred')
        and not starts_with(f.measure, 'unmapped')
    group by shares.fact_id, f.same_as
),

parts as (
    select
        stated.share,
        stated.part,
        stated.list_id
    from stated
    inner join shares on shares.fact_id = stated.share
    where not stated.is_of_other_scope
        and (stated.amounts = 1 or (stated.list_id is not null and stated.fact_no < shares.fact_no))
    qualify row_number() over (partition by stated.share order by stated.fact_no desc) = 1
),

-- 句中写明的全体：全文只有一个数的同名事项，或全部门的本年收入、本年支出
wholes as (
    select
        document_id,
        case
            when subject_kind = 'department_total' and fund_source = 'all' and scope = '' and measure = 'expenditure'
                then '本年支出'
            when subject_kind = 'department_total' and fund_source = 'all' and scope = '' and measure = 'revenue'
                then '本年收入'
            else regexp_replace(subject, '(?:总额|合计|总计|总数|金额)$', '')
        end as name,
        arg_min(same_as, fact_no) as whole
    from figures
    where is_amount
        and origin = 'narrative'
        and year_offset = 0
        and measure in ('expenditure', 'revenue', 'budget', 'executed', 'final_account')
    group by all
    having count(distinct number) = 1
)

select
    shares.document_id,
    shares.fact_id as equation_key,
    'ratio' as kind,
    shares.subject,
    [
        numerator(parts.part),
        denominator(
            case
                when shares.whole_said = '' then lists.sole_total
                else wholes.whole
            end
        ),
        result(shares.fact_id)
    ] as terms
from shares
inner join parts on parts.share = shares.fact_id
left join lists on lists.document_id = shares.document_id and lists.list_id = parts.list_id
left join wholes on wholes.document_id = shares.document_id and wholes.name = shares.whole_said
where shares.is_understood
