-- 填报日期不早于所报期间结束 / A form is not dated before the period it reports on has ended
-- @formula 填报日期 ≥ 所报年度（或月份）最后一个月的第一天
-- @basis 绩效自评在预算年度终了后进行（财预〔2020〕10号）；监控、决算同样以期间结束为前提
-- @severity warning
-- @needs text
-- @origin any
-- @message_zh 填报日期为{date}，早于所报期间（{period}）结束，年份疑有误。
-- @message_en The form is dated {date}, before the period it reports on ({period}) ended; probably the wrong year.
-- @good [{"report": {"fiscal_year": 2022, "period_end_month": 12, "families": ["self_evaluation_department"]}}, {"sentence": "单位名称：某局 填报日期：2023.3.15"}]
-- @good [{"report": {"fiscal_year": 2024, "period_end_month": 7, "families": ["monitoring_projects"]}}, {"sentence": "填表日期：2024年8月5日"}]
-- @bad [{"report": {"fiscal_year": 2022, "period_end_month": 12, "families": ["self_evaluation_department"]}}, {"sentence": "单位名称：某局 填报日期：2022.3.15"}]
-- @bad [{"report": {"fiscal_year": 2024, "period_end_month": 7, "families": ["monitoring_projects"]}}, {"cell": "填表日期：2023年8月5日"}]
with dated as (
    select
        p.document_id,
        p.kind,
        p.n,
        p.sentence_id,
        p.table_id,
        p.row_no,
        p.col_no,
        r.fiscal_year,
        r.period_end_month,
        regexp_extract(
            p.text,
            '(?:填报|填表|填制|编制|报告|自评|评价|上报)(?:日期|时间)[:：]?(20[0-9]{2})[-年./](1[0-2]|0?[1-9])(?:[-月./]([12][0-9]|3[01]|0?[1-9]))?',
            ['year', 'month', 'day']
        ) as said
    from passages as p
    inner join reports as r using (document_id)
    where p.kind in ('sentence', 'cell', 'note', 'caption')
        and r.fiscal_year is not null
        and r.period_end_month is not null
        and not r.is_template
        and not r.is_review
        and list_has_any(
            r.families,
            [
                'self_evaluation_department', 'self_evaluation_project', 'self_evaluation_wide',
                'monitoring_department', 'monitoring_projects', 'final_accounts'
            ]
        )
),

compared as (
    select
        *,
        try_cast(said.year as integer) * 12 + try_cast(said.month as integer) as dated_month,
        fiscal_year * 12 + period_end_month as last_month
    from dated
    where said.year <> ''
)

select
    document_id,
    concat_ws(':', kind, n, table_id) as equation_key,
    'flag' as kind,
    '' as subject,
    dated_month >= last_month as holds,
    [
        case
            when sentence_id is not null then in_sentence(sentence_id, null)
            when row_no is not null then in_cell(table_id, row_no, col_no, null)
            else in_table(table_id, '填报日期：' || said.year || '.' || said.month)
        end
    ] as places,
    map {
        'date': said.year || '年' || said.month || '月' || case when said.day = '' then '' else said.day || '日' end,
        'period': fiscal_year || '年' || case period_end_month when 12 then '度' else '1–' || period_end_month || '月' end
    } as words
from compared
