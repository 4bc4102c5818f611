-- 说“执行率未达到100%”的，所印执行率不是100% / Where the text says less than fully executed, the rate printed is not 100%
-- @formula 同一事项不既印执行率100%，又说执行率未达到100%
-- @basis 文字与所印执行率对照
-- @severity warning
-- @needs execution_rate|completion_rate
-- @origin narrative
-- @message_zh {subject}：印执行率{rate}%，又说“{quote}”，前后矛盾。
-- @message_en {subject}: the rate is printed {rate}%, yet the text says “{quote_en}”.
-- @good [{"measure": "execution_rate", "printed": "98", "subject": "纳凉取暖经费", "origin": "narrative", "sentence_no": 1}, {"sentence": "项目年度总资金236万元，执行率98%。", "section": "7.纳凉取暖经费"},
--   {"sentence": "经费执行率未达到100%，主要是两家福利院不发放补贴。", "section": "7.纳凉取暖经费"}]
-- @bad [{"measure": "execution_rate", "printed": "100", "subject": "纳凉取暖经费", "origin": "narrative", "sentence_no": 1}, {"sentence": "项目年度总资金236万元，执行率100%。", "section": "7.纳凉取暖经费"},
--   {"sentence": "经费执行率未达到100%，主要是两家福利院不发放补贴。", "section": "7.纳凉取暖经费"}]
with denials as (
    select
        document_id,
        n,
        section,
        sentence_id,
        regexp_extract(plain, '.{0,6}(?:' || not_fully_words() || ')') as quote
    from passages
    where kind = 'sentence'
        and regexp_matches(plain, not_fully_words())
),

near as (
    select
        d.document_id,
        d.sentence_id,
        d.quote,
        f.subject,
        f.same_as,
        f.number,
        p.n
    from denials as d
    inner join passages as p
        on p.document_id = d.document_id
        and p.kind = 'sentence'
        and p.section = d.section
        and p.n between d.n - 5 and d.n
    inner join figures as f
        on f.document_id = p.document_id
        and f.origin = 'narrative'
        and f.sentence_no = p.n
        and f.measure in ('execution_rate', 'completion_rate')
        and f.year_offset = 0
)

select
    document_id,
    sentence_id as equation_key,
    'flag' as kind,
    min(subject) as subject,
    bool_and(number < 100) as holds,
    list_transform(list(distinct same_as order by same_as), lambda f: part(f)) as terms,
    [in_sentence(sentence_id, any_value(quote))] as places,
    map {'rate': rtrim(rtrim(max(number)::varchar, '0'), '.')} as words
from near
group by document_id, sentence_id
having count(distinct subject) = 1
