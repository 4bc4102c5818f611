-- 增减比例与前后两个数相符 / A change rate is what this year's figure and the one it is compared with give
-- @formula 增减% = 100 × （本年数 − 所比的数）÷ 所比的数，基数为正时
-- @basis 会计恒等式；区级部门预算模板：“上年当年预算执行数为…，预算安排…，比上年预算执行数增加（减少）…%”
-- @severity error
-- @needs change_rate
-- @origin narrative
-- @message_zh {subject}：增减比例印作{reported}，按所列两个数计算应为{expected}，{equation}。
-- @message_en {subject}: the change rate is printed {reported_en}, but the two figures give {expected_en} ({equation_en}).
-- @good [{"measure": "prior_year_executed", "printed": "57.43", "year_offset": -1, "subject": "行政单位离退休", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "budget", "printed": "56.12", "subject": "行政单位离退休", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "change_rate", "printed": "-2.28%", "subject": "行政单位离退休", "rate_basis": "prior", "column_label": "比2025年预算执行数减少", "origin": "narrative", "statement": "s1.1"}]
-- @bad [{"measure": "prior_year_executed", "printed": "1690.69", "year_offset": -1, "subject": "行政运行", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "budget", "printed": "1434.89", "subject": "行政运行", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "change_rate", "printed": "-1.10%", "subject": "行政运行", "rate_basis": "prior", "column_label": "比2025年预算执行数减少", "origin": "narrative", "statement": "s1.1"}]
-- @bad [{"measure": "prior_year_final_account", "printed": "100.00", "year_offset": -1, "subject": "公务接待费", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "final_account", "printed": "120.00", "subject": "公务接待费", "origin": "narrative", "statement": "s1.1"},
--   {"measure": "change_rate", "printed": "-20%", "subject": "公务接待费", "rate_basis": "prior", "column_label": "较上年下降", "origin": "narrative", "statement": "s1.1"}]
with rates as (
    select
        f.document_id,
        f.same_as,
        f.subject,
        regexp_replace(coalesce(f.column_label, ''), '\s', '', 'g') as cue,
        -- 同一陈述里本年的数只有一个，所比的数也只有一个
        list_filter(
            [
                this.own['final_account'], this.own['budget'], this.own['executed'], this.own['expenditure'],
                this.own['revenue'], this.own['basic_expenditure'], this.own['project_expenditure']
            ],
            lambda id: id is not null
        ) as now,
        before.own as bases
    from figures as f
    inner join statements as this using (document_id, statement, year_offset, fund_source)
    inner join statements as before
        on before.document_id = f.document_id
        and before.statement = f.statement
        and before.fund_source = f.fund_source
        and before.year_offset = -1
    where f.measure = 'change_rate'
        and f.rate_basis = 'prior'
        and f.year_offset = 0
        -- 说了增减额的，由 CHG002 判断
        and this.own['change_amount'] is null
        and f.fact_id = f.same_as
),

-- “比上年预算执行数减少”：所比的是哪一个数
compared as (
    select
        *,
        list_filter(
            map_entries(bases),
            lambda e: case e.key
                when 'prior_year_executed' then regexp_matches(cue, '执行') or not regexp_matches(cue, '预算|决算')
                when 'prior_year_final_account' then regexp_matches(cue, '决算') or not regexp_matches(cue, '预算|执行')
                when 'prior_year_budget' then not regexp_matches(cue, '执行|决算')
                else not regexp_matches(cue, '预算|执行|决算')
            end
        ) as base
    from rates
)

select
    document_id,
    same_as as equation_key,
    'ratio' as kind,
    subject,
    [
        numerator(now[1]),
        {'role': 'numerator', 'fact_id': base[1].value, 'weight': -1::decimal(18, 6)},
        denominator(base[1].value),
        result(same_as)
    ] as terms
from compared
where len(now) = 1
    and len(base) = 1
