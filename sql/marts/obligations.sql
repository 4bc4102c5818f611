-- 应核对事项：每份报告、每类核对一行，这类报告应核对几项、核对了几项、结论如何、没核对的为什么 / one row a report and family of checks: what its kind of report demands, what was evaluated and how it came out, and why the rest was not.
-- @col document_id 文档编号 / document
-- @col file 文件 / path below data/raw
-- @col check_family 核对类别 / family of checks: sums, ties, ratios …
-- @col obligations 应核对项数 / checks that apply to this kind of report
-- @col evaluated 已核对项数 / of these, checks that reached a verdict
-- @col passed 相符项数 / of these, checks without an equation that fails
-- @col failed 不符项数 / checks with an equation that fails
-- @col not_evaluated 未核对项数 / obligations that reached no verdict
-- @col not_demanded 不适用项数 / checks that this kind of report has no table for
-- @col equations 等式数 / equations judged pass, rounding or fail
-- @col equations_passed 相符等式数 / judged pass
-- @col equations_rounding 四舍五入等式数 / judged rounding
-- @col equations_failed 不符等式数 / judged fail
-- @col equations_undecided 未裁定等式数 / judged not_applicable, insufficient_data or parse_doubt
-- @col reasons_zh 未核对原因 / why obligations were not evaluated, with how many, in Chinese
-- @col reasons_en 未核对原因（英文） / the same in English
with words as (
    select *
    from (
        values
            ('document not read', '文件未能读取'),
            ('scan illegible', '扫描件无法辨认'),
            ('no such table in this family', '这类报告没有相应的表'),
            ('table not read', '没有读到相应的表'),
            ('table holds no figures', '相应的表里没有数'),
            ('no facts of this kind', '报告里没有这类数'),
            ('heading not mapped', '没有读到这类数，且有表头未识别'),
            ('figures not stated together', '相关的数没有同在一处'),
            ('no other report to compare with', '没有可以对照的其他报告'),
            ('insufficient data', '数据不足'),
            ('reading in doubt', '识读存疑'),
            ('not applicable', '不适用')
    ) as w (reason, reason_zh)
),

checked as (
    select
        l.*,
        c.family as check_family,
        l.passed + l.rounding + l.failed as judged,
        case
            when judged > 0 then null
            when l.candidates = 0 then l.not_evaluated_reason
            when l.parse_doubt > 0 then 'reading in doubt'
            when l.insufficient_data > 0 then 'insufficient data'
            else 'not applicable'
        end as reason,
        coalesce(reason = 'no such table in this family', false) as is_foreign
    from audit.check_ledger as l
    inner join audit.check_catalogue as c on c.check_id = l.check_id
),

reasons as (
    select
        document_id,
        check_family,
        reason,
        count(*) as checks
    from checked
    where reason is not null
        and not is_foreign
    group by all
),

told as (
    select
        r.document_id,
        r.check_family,
        string_agg(w.reason_zh || ' ' || r.checks, '；' order by r.checks desc, r.reason) as reasons_zh,
        string_agg(r.reason || ' ' || r.checks, '; ' order by r.checks desc, r.reason) as reasons_en
    from reasons as r
    inner join words as w on w.reason = r.reason
    group by all
),

counted as (
    select
        document_id,
        any_value(file) as file,
        check_family,
        count(*) filter (where not is_foreign) as obligations,
        count(*) filter (where judged > 0) as evaluated,
        count(*) filter (where judged > 0 and failed = 0) as passed,
        count(*) filter (where failed > 0) as failed,
        count(*) filter (where judged = 0 and not is_foreign) as not_evaluated,
        count(*) filter (where is_foreign) as not_demanded,
        sum(judged)::bigint as equations,
        sum(passed)::bigint as equations_passed,
        sum(rounding)::bigint as equations_rounding,
        sum(failed)::bigint as equations_failed,
        sum(not_applicable + insufficient_data + parse_doubt)::bigint as equations_undecided
    from checked
    group by document_id, check_family
)

select
    c.document_id,
    c.file,
    c.check_family,
    c.obligations,
    c.evaluated,
    c.passed,
    c.failed,
    c.not_evaluated,
    c.not_demanded,
    c.equations,
    c.equations_passed,
    c.equations_rounding,
    c.equations_failed,
    c.equations_undecided,
    t.reasons_zh,
    t.reasons_en
from counted as c
left join told as t on t.document_id = c.document_id and t.check_family = c.check_family
order by c.file, c.check_family
