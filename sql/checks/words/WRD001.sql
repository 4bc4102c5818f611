-- “决算数大于（小于）预算数”与所列数字相符 / What is said to be more, or less, than the budget is so in figures
-- @formula 说“大于”的，决算数 > 预算数；说“小于”的，决算数 < 预算数
-- @basis 部门决算公开情况说明的固定表述，与同一事项的预算数、决算数对照
-- @severity warning
-- @needs initial_budget|adjusted_budget|budget, final_account|executed|expenditure
-- @origin narrative
-- @message_zh {subject}：文中说{said}，所列数字却不然，{equation}。
-- @message_en {subject}: the text says “{said}”, but the figures do not ({equation_en}).
-- @good [{"measure": "initial_budget", "printed": "264.32", "subject": "行政运行", "origin": "narrative", "sentence_no": 1},
--   {"measure": "final_account", "printed": "314.55", "subject": "行政运行", "origin": "narrative", "sentence_no": 1},
--   {"sentence": "年初预算数264.32万元，支出决算为314.55万元，完成年初预算数的119%。"}, {"sentence": "支出决算数大于年初预算数的主要原因是人员变动。"}]
-- @bad [{"measure": "initial_budget", "printed": "147", "subject": "临时救助", "origin": "narrative", "sentence_no": 1},
--   {"measure": "final_account", "printed": "57", "subject": "临时救助", "origin": "narrative", "sentence_no": 1},
--   {"sentence": "年初预算数为147万元，支出决算数为57万元，支出决算数大于年初预算数的主要原因是年中追加。"}]
with said as (
    select
        document_id,
        n,
        section,
        sentence_id,
        regexp_extract(
            plain, '决算数?(大于|高于|多于|小于|低于|少于)(年初|调整|全年)?预算', ['way', 'base']
        ) as words,
        regexp_extract(plain, '(?:支出)?决算数?(?:大于|高于|多于|小于|低于|少于)(?:年初|调整|全年)?预算数?') as quote
    from passages
    where kind = 'sentence'
        and regexp_matches(plain, '决算数?(大于|高于|多于|小于|低于|少于)(年初|调整|全年)?预算')
),

-- 同一标题下本句及前三句的数
near as (
    select
        s.document_id,
        s.n,
        s.sentence_id,
        s.words,
        s.quote,
        f.subject,
        f.fund_source,
        f.same_as,
        f.number,
        case
            when f.measure in ('final_account', 'executed', 'expenditure') then 'done'
            when s.words.base = '年初' and f.measure = 'initial_budget' then 'budget'
            when s.words.base in ('调整', '全年') and f.measure = 'adjusted_budget' then 'budget'
            when s.words.base = '' and f.measure in ('initial_budget', 'adjusted_budget', 'budget') then 'budget'
        end as side
    from said as s
    inner join passages as p
        on p.document_id = s.document_id
        and p.kind = 'sentence'
        and p.section = s.section
        and p.n between s.n - 3 and s.n
    inner join figures as f
        on f.document_id = p.document_id
        and f.origin = 'narrative'
        and f.sentence_no = p.n
        and f.is_amount
        and f.year_offset = 0
),

-- 预算、决算各只有一个数的事项，且只有一个这样的事项
paired as (
    select
        document_id,
        n,
        sentence_id,
        any_value(words) as words,
        any_value(quote) as quote,
        subject,
        min(same_as) filter (where side = 'budget') as budget,
        min(same_as) filter (where side = 'done') as done
    from near
    group by document_id, n, sentence_id, subject, fund_source
    having count(distinct number) filter (where side = 'budget') = 1
        and count(distinct number) filter (where side = 'done') = 1
)

select
    document_id,
    sentence_id as equation_key,
    'order' as kind,
    subject,
    case
        when words.way in ('大于', '高于', '多于') then [part(budget), result(done)]
        else [part(done), result(budget)]
    end as terms,
    [in_sentence(sentence_id, quote)] as places,
    map {'said': quote} as words
from paired
qualify count(*) over (partition by document_id, n) = 1
