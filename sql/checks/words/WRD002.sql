-- “持平”的两个数相等 / Figures said to be level are equal
-- @formula 说“持平”的，本年数 = 上年数，或决算数 = 预算数；说“基本持平”的，相差不超过5%
-- @basis 预决算公开情况说明的固定表述，与同一句、同一事项的数字对照
-- @severity warning
-- @needs budget|final_account|executed|expenditure
-- @origin narrative
-- @message_zh {subject}：文中说“{quote}”，所列两个数却不相等（{figures}）。
-- @message_en {subject}: said to be level, but the figures differ ({figures}).
-- @good [{"measure": "prior_year_executed", "printed": "10.00", "year_offset": -1, "subject": "科普活动", "origin": "narrative", "sentence_no": 1},
--   {"measure": "budget", "printed": "10", "subject": "科普活动", "origin": "narrative", "sentence_no": 1},
--   {"sentence": "2023年当年预算执行数为10.00万元，2024年预算安排10万元，比2023年预算执行数持平。"}]
-- @good [{"measure": "initial_budget", "printed": "0.94", "subject": "其他养老支出", "origin": "narrative", "sentence_no": 1},
--   {"measure": "final_account", "printed": "0.93", "subject": "其他养老支出", "origin": "narrative", "sentence_no": 1},
--   {"sentence": "年初预算为0.94万元，支出决算为0.93万元。"}, {"sentence": "决算数与预算数基本持平。"}]
-- @bad [{"measure": "prior_year_executed", "printed": "10.00", "year_offset": -1, "subject": "科普活动", "origin": "narrative", "sentence_no": 1},
--   {"measure": "budget", "printed": "12.00", "subject": "科普活动", "origin": "narrative", "sentence_no": 1},
--   {"sentence": "2023年当年预算执行数为10.00万元，2024年预算安排12.00万元，与2023年预算执行数持平。"}]
-- @bad [{"measure": "initial_budget", "printed": "10.00", "subject": "信息化建设", "origin": "narrative", "sentence_no": 1},
--   {"measure": "final_account", "printed": "8.00", "subject": "信息化建设", "origin": "narrative", "sentence_no": 1},
--   {"sentence": "年初预算为10.00万元，支出决算为8.00万元。"}, {"sentence": "决算数与预算数基本持平。"}]
with said as (
    select
        document_id,
        n,
        section,
        sentence_id,
        regexp_matches(plain, '决算数?(与|和|同|较|比)(年初|调整|全年)?预算数?(基本)?持平') as is_with_budget,
        contains(plain, '基本持平') as is_nearly,
        regexp_extract(plain, '(?:[与和同较比][^，。；与和同较比]{0,16})?(?:基本)?持平') as quote
    from passages
    where kind = 'sentence'
        and regexp_matches(plain, '[与和同较比][^，。；]{0,16}持平')
        and not regexp_matches(plain, '持平.*持平')
),

near as (
    select
        s.document_id,
        s.n,
        s.sentence_id,
        s.is_nearly,
        s.quote,
        f.subject,
        f.fund_source,
        f.same_as,
        f.number,
        f.half_unit,
        case
            when s.is_with_budget and f.measure in ('final_account', 'executed', 'expenditure') and f.year_offset = 0 then 'this'
            when s.is_with_budget and f.measure in ('initial_budget', 'adjusted_budget', 'budget') and f.year_offset = 0 then 'that'
            when not s.is_with_budget and f.year_offset = 0
                and f.measure in ('final_account', 'executed', 'expenditure', 'budget', 'revenue') then 'this'
            when not s.is_with_budget and f.year_offset = -1 then 'that'
        end as side
    from said as s
    inner join passages as p
        on p.document_id = s.document_id
        and p.kind = 'sentence'
        and p.section = s.section
        and (p.n = s.n or (s.is_with_budget and p.n between s.n - 3 and s.n))
    inner join figures as f
        on f.document_id = p.document_id
        and f.origin = 'narrative'
        and f.sentence_no = p.n
        and f.is_amount
),

paired as (
    select
        document_id,
        n,
        sentence_id,
        subject,
        any_value(is_nearly) as is_nearly,
        any_value(quote) as quote,
        min(same_as) filter (where side = 'this') as this,
        min(same_as) filter (where side = 'that') as that,
        min(number) filter (where side = 'this') as this_number,
        min(number) filter (where side = 'that') as that_number,
        sum(half_unit) filter (where side is not null) as halves
    from near
    group by document_id, n, sentence_id, subject, fund_source
    having count(distinct number) filter (where side = 'this') = 1
        and count(distinct number) filter (where side = 'that') = 1
)

select
    document_id,
    sentence_id as equation_key,
    'flag' as kind,
    subject,
    case
        when is_nearly then abs(this_number - that_number) <= greatest(halves, abs(that_number) / 20)
        else abs(this_number - that_number) <= halves
    end as holds,
    [part(that), part(this)] as terms,
    [in_sentence(sentence_id, quote)] as places
from paired
qualify count(*) over (partition by document_id, n) = 1
