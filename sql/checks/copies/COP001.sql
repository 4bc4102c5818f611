-- 不同项目的两行没有多处相同的非整数金额 / Rows of different projects do not share several non-round amounts
-- @formula 两个不同项目的行，不应在三个以上非整数金额上逐项相同
-- @basis 不同项目的金额逐项相同极不可能；多为整行复制后未修改
-- @severity warning
-- @needs executed
-- @origin table
-- @message_zh {subject}：不同项目的两行各项金额逐一相同（{figures}），疑为整行复制后未改。
-- @message_en {subject}: two rows of different projects carry the same amounts throughout ({figures}); probably a row copied and not changed.
-- @good [{"measure": "initial_budget", "printed": "322.61", "subject": "甲项目", "statement": "t1r1", "row_no": 1},
--   {"measure": "adjusted_budget", "printed": "319.21", "subject": "甲项目", "statement": "t1r1", "row_no": 1},
--   {"measure": "executed", "printed": "317.77", "subject": "甲项目", "statement": "t1r1", "row_no": 1},
--   {"measure": "initial_budget", "printed": "322.61", "subject": "乙项目", "statement": "t1r2", "row_no": 2},
--   {"measure": "adjusted_budget", "printed": "319.21", "subject": "乙项目", "statement": "t1r2", "row_no": 2},
--   {"measure": "executed", "printed": "287.77", "subject": "乙项目", "statement": "t1r2", "row_no": 2}]
-- @good [{"measure": "budget", "printed": "15", "subject": "甲项目", "statement": "t1r1", "row_no": 1},
--   {"measure": "executed", "printed": "14.8", "subject": "甲项目", "statement": "t1r1", "row_no": 1},
--   {"measure": "budget", "printed": "15", "subject": "乙项目", "statement": "t1r2", "row_no": 2},
--   {"measure": "executed", "printed": "14.8", "subject": "乙项目", "statement": "t1r2", "row_no": 2}]
-- @bad [{"measure": "initial_budget", "printed": "5906.95", "subject": "甲项目", "statement": "t1r1", "row_no": 1},
--   {"measure": "adjusted_budget", "printed": "5295.56", "subject": "甲项目", "statement": "t1r1", "row_no": 1},
--   {"measure": "executed", "printed": "5274.37", "subject": "甲项目", "statement": "t1r1", "row_no": 1},
--   {"measure": "initial_budget", "printed": "5906.95", "subject": "乙项目", "statement": "t1r2", "row_no": 2},
--   {"measure": "adjusted_budget", "printed": "5295.56", "subject": "乙项目", "statement": "t1r2", "row_no": 2},
--   {"measure": "executed", "printed": "5274.37", "subject": "乙项目", "statement": "t1r2", "row_no": 2}]
with amounts as (
    select
        document_id,
        table_id,
        statement,
        subject,
        measure,
        fund_source,
        number,
        fact_id,
        fact_no,
        -- 非整数金额：去掉末尾的零后仍有四位以上有效数字
        length(replace(rtrim(replace((number / 10000)::varchar, '.', ''), '0'), '-', '').ltrim('0')) >= 4 as is_telling
    from figures
    where origin = 'table'
        and subject_kind = 'programme'
        and is_amount
        and number <> 0
        and year_offset = 0
        and measure <> 'transferred'
),

rows_of_amounts as (
    select
        document_id,
        table_id,
        statement,
        subject,
        list({'measure': measure, 'fund': fund_source, 'number': number} order by measure, fund_source, number) as amounts,
        list(fact_id order by fact_no) as facts,
        count(distinct number) filter (where is_telling) as telling
    from amounts
    group by document_id, table_id, statement, subject
),

alike as (
    select
        document_id,
        table_id,
        amounts,
        count(distinct subject) as subjects,
        string_agg(distinct subject, '；' order by subject) as subject,
        flatten(list(facts order by statement)) as facts
    from rows_of_amounts
    where telling >= 3
    group by document_id, table_id, amounts
)

select
    document_id,
    facts[1] as equation_key,
    'flag' as kind,
    subject,
    subjects = 1 as holds,
    list_transform(facts, lambda f: part(f)) as terms
from alike
