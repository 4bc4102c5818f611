-- 各段所说的年度是报告年度 / Passages speak of the report's own year
-- @formula 同一份报告里以年度开头、说收支预决算的句子，绝大多数说的是报告年度时，其余的也应说报告年度
-- @basis 预决算公开情况说明、表名都说本年度；多为沿用上年文本未改
-- @severity warning
-- @needs text
-- @origin narrative
-- @message_zh 本报告为{year}年度，其他{count}处同类表述都写{year}年，此处却写作{other_year}年：“{quote}”。
-- @message_en The report is of {year}, and {count} passages of this kind say so, but this one says {other_year}: “{quote_en}”.
-- @good [{"report": {"fiscal_year": 2024, "families": ["budgets"]}}, {"sentence": "2024年度收入合计10万元。"}, {"sentence": "2024年度本部门政府采购预算3万元。"}, {"sentence": "某局2024年度无政府性基金预算财政拨款收入。"},
--   {"sentence": "与2023年度相比，收入合计增加2万元。"}, {"sentence": "根据《关于做好2025年度部门预算编制工作的通知》编制。"}]
-- @good [{"report": {"fiscal_year": 2024, "families": ["budgets"]}}, {"sentence": "2024年度收入合计10万元。"},
--   {"sentence": "某局2023年度无国有资本经营预算财政拨款收入。"}]
-- @bad [{"report": {"fiscal_year": 2024, "families": ["budgets"]}}, {"sentence": "2024年度收入合计10万元。"}, {"sentence": "2024年度本部门政府采购预算3万元。"}, {"sentence": "某局2024年度无政府性基金预算财政拨款收入。"},
--   {"sentence": "某局2022年度无国有资本经营预算财政拨款收入。"}]
select
    document_id,
    sentence_id as equation_key,
    'flag' as kind,
    '' as subject,
    year = fiscal_year as holds,
    [in_sentence(sentence_id, left(text, 60))] as places,
    map {'year': fiscal_year::varchar, 'other_year': year::varchar, 'count': own::varchar} as words
from years
where is_published
    and not is_plain
    -- 多数说的是本年，只有个别说别的年度，才断得定是个别写错
    and own >= 3
    and others <= greatest(1, own // 5)
