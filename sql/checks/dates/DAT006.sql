-- 自评、监控报告所说收支的年度是报告年度 / Self-evaluations and monitoring speak of the money of the report's own year
-- @formula 同一份报告里以年度开头、说收支预决算的句子，绝大多数说的是报告年度时，其余的也应说报告年度
-- @basis 一份报告只报一个年度；引用其他年度的数一般另有说明
-- @severity hint
-- @needs text
-- @origin narrative
-- @message_zh 本报告为{year}年度，其他{count}处同类表述都写{year}年，此处写作{other_year}年，请核对：“{quote}”。
-- @message_en The report is of {year}, and {count} passages of this kind say so, but this one says {other_year}; please check: “{quote_en}”.
-- @good [{"report": {"fiscal_year": 2024, "families": ["self_evaluation_department"]}}, {"sentence": "2024年度收入合计10万元。"}, {"sentence": "2024年度本部门政府采购预算3万元。"}, {"sentence": "某局2024年度无政府性基金预算财政拨款收入。"},
--   {"sentence": "与2023年度相比，收入合计增加2万元。"}, {"sentence": "根据《关于做好2025年度部门预算编制工作的通知》编制。"}]
-- @good [{"report": {"fiscal_year": 2024, "families": ["self_evaluation_department"]}}, {"sentence": "2024年度收入合计10万元。"},
--   {"sentence": "3.2023年度单位一般公共预算财政拨款支出3219.95万元。"}]
-- @bad [{"report": {"fiscal_year": 2024, "families": ["self_evaluation_department"]}}, {"sentence": "2024年度收入合计10万元。"}, {"sentence": "2024年度本部门政府采购预算3万元。"}, {"sentence": "某局2024年度无政府性基金预算财政拨款收入。"},
--   {"sentence": "3.2022年度单位一般公共预算财政拨款支出3219.95万元。"}]
select
    document_id,
    sentence_id as equation_key,
    'flag' as kind,
    '' as subject,
    year = fiscal_year as holds,
    [in_sentence(sentence_id, left(text, 60))] as places,
    map {'year': fiscal_year::varchar, 'other_year': year::varchar, 'count': own::varchar} as words
from years
where not is_published
    and not is_plain
    -- 多数说的是本年，只有个别说别的年度，才断得定是个别写错
    and own >= 3
    and others <= greatest(1, own // 5)
