-- 增减的原因与增减的方向一致 / The reason given for a change runs the same way as the change
-- @formula 数字增加的，原因不说“经费减少”“保持不变”；数字减少的，原因不说“经费增加”“保持不变”
-- @basis 预决算公开情况说明：变动原因应说明该项变动
-- @severity warning
-- @needs change_amount|change_rate
-- @origin narrative
-- @message_zh {subject}：数字是{moved}的，所说的原因却是“{quote}”。
-- @message_en {subject}: the figure {moved_en}, but the reason given is “{quote_en}”.
-- @good [{"measure": "change_rate", "printed": "-2.98", "subject": "宣传事务", "rate_basis": "prior", "origin": "narrative", "sentence_no": 1},
--   {"sentence": "2024年预算安排110.60万元，比2023年预算执行数减少2.98%。"}, {"sentence": "主要原因是：宣传事务经费减少。"}]
-- @good [{"measure": "change_rate", "printed": "12.5", "subject": "公用经费", "rate_basis": "prior", "origin": "narrative", "sentence_no": 1},
--   {"sentence": "2024年预算安排110.60万元，比2023年预算执行数增加12.5%。"}, {"sentence": "主要原因是：上年受疫情影响支出减少。"}]
-- @good [{"measure": "change_amount", "printed": "25", "subject": "公务用车购置费", "rate_basis": "prior", "origin": "narrative", "sentence_no": 1},
--   {"sentence": "公务用车购置费25万元，比2023年预算增加25万元，主要原因是购置公务用车；"}, {"sentence": "公务用车运行费21.56万元，与2023年预算持平，主要原因是公务用车运行费保持不变。"}]
-- @bad [{"measure": "change_rate", "printed": "-2.98", "subject": "宣传事务", "rate_basis": "prior", "origin": "narrative", "sentence_no": 1},
--   {"sentence": "2024年预算安排110.60万元，比2023年预算执行数减少2.98%。"}, {"sentence": "主要原因是：宣传事务经费增加。"}]
-- @bad [{"measure": "change_amount", "printed": "3.5", "subject": "公用经费", "rate_basis": "prior", "origin": "narrative", "sentence_no": 1},
--   {"sentence": "比2023年预算增加3.5万元，主要原因是公用经费保持不变。"}]
with reasons as (
    select
        document_id,
        n,
        section,
        sentence_id,
        regexp_extract(plain, '原因(?:主要)?(?:是|为)?[：:]?([^。；]*)[。；]?$', 1) as reason,
        -- 以“主要原因”开头的一句，说的是上一句的变动
        case when regexp_matches(plain, '^(增加|减少|增长|下降|变动)?的?主要原因') then 1 else 0 end as back
    from passages
    where kind = 'sentence'
        and regexp_matches(plain, '原因')
),

-- 只看一边倒的短句：以“经费增加”一类作结，不说上年、疫情，不同时说增与减
one_sided as (
    select
        *,
        regexp_extract(reason, '(?:经费|支出|费用|资金|金额|预算|费)(?:有所|相应|略有|较上年)?(增加|减少|保持不变|无变化)等?$', 1) as way
    from reasons
    where length(reason) <= 40
        and not regexp_matches(reason, '上年|去年|往年|以前年度|20[0-9]{2}年|疫情|未|不再')
        and not (contains(reason, '增') and contains(reason, '减'))
),

changes as (
    select
        o.document_id,
        o.n,
        o.sentence_id,
        o.reason,
        o.way,
        f.subject,
        f.same_as,
        f.number
    from one_sided as o
    inner join passages as p
        on p.document_id = o.document_id
        and p.kind = 'sentence'
        and p.section = o.section
        and p.n between o.n - o.back and o.n
    inner join figures as f
        on f.document_id = p.document_id
        and f.origin = 'narrative'
        and f.sentence_no = p.n
        and f.measure in ('change_amount', 'change_rate')
        and f.year_offset = 0
        and f.number <> 0
    where o.way <> ''
),

judged as (
    select
        document_id,
        n,
        sentence_id,
        any_value(reason) as reason,
        any_value(way) as way,
        min(subject) as subject,
        list(distinct same_as order by same_as) as facts,
        max(sign(number)) as direction
    from changes
    group by document_id, n, sentence_id
    having count(distinct subject) = 1
        and count(distinct sign(number)) = 1
)

select
    document_id,
    sentence_id as equation_key,
    'flag' as kind,
    subject,
    case
        when way in ('保持不变', '无变化') then false
        when way = '增加' then direction > 0
        else direction < 0
    end as holds,
    list_transform(facts, lambda f: part(f)) as terms,
    [in_sentence(sentence_id, reason)] as places,
    map {
        'moved': case when direction > 0 then '增加' else '减少' end,
        'moved_en': case when direction > 0 then 'rose' else 'fell' end
    } as words
from judged
