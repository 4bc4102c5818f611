-- 截至的日期合于报告年度 / The date that assets and vehicles are counted at fits the report's year
-- @formula 决算：截至年末的，是报告年度12月31日；预算：截至的日期不晚于编制之时，不会是报告年度年末
-- @basis 部门决算公开模板：“截至XXXX年12月31日”；预算编制在上年，不能预知本年末的存量
-- @severity warning
-- @needs text
-- @origin narrative
-- @message_zh 本报告为{year}年度，截至的日期却是{date}：“{quote}”。
-- @message_en The report is of {year}, but the count is at {date}: “{quote_en}”.
-- @good [{"report": {"fiscal_year": 2024, "families": ["final_accounts"]}}, {"sentence": "截至2024年12月31日，本部门共有车辆3辆。"}]
-- @good [{"report": {"fiscal_year": 2026, "families": ["budgets"]}}, {"sentence": "截至2025年8月31日，本单位固定资产12.5万元。"}]
-- @good [{"report": {"fiscal_year": 2026, "families": ["budgets"]}}, {"sentence": "截至2024年12月31日，本单位固定资产12.5万元。"}]
-- @bad [{"report": {"fiscal_year": 2024, "families": ["final_accounts"]}}, {"sentence": "截至2023年12月31日，本部门共有车辆3辆。"}]
-- @bad [{"report": {"fiscal_year": 2026, "families": ["budgets"]}}, {"sentence": "截至2026年12月31日，本单位共有车辆3辆。"}]
with read as (
    select
        p.document_id,
        p.sentence_id,
        p.text,
        r.fiscal_year,
        list_contains(r.families, 'final_accounts') as is_final,
        regexp_extract(p.text, '截[至止](20[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})日，[^，。；]{0,40}(?:车辆|资产|设备|房屋)', ['year', 'month', 'day']) as dated
    from passages as p
    inner join reports as r using (document_id)
    where p.kind = 'sentence'
        and r.fiscal_year is not null
        and list_contains(r.families, 'budgets') <> list_contains(r.families, 'final_accounts')
        and not r.is_template
        and not r.is_review
)

select
    document_id,
    sentence_id as equation_key,
    'flag' as kind,
    '' as subject,
    case
        when is_final then dated.year::integer = fiscal_year or dated.month || dated.day <> '1231'
        else dated.year::integer < fiscal_year or (dated.year::integer = fiscal_year and dated.month::integer < 12)
    end as holds,
    [in_sentence(sentence_id, left(text, 60))] as places,
    map {'year': fiscal_year::varchar, 'date': dated.year || '年' || dated.month || '月' || dated.day || '日'} as words
from read
where dated.year <> ''
