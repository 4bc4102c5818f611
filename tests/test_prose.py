"""Sentences of real reports: mended over line ends and pages, under their headings, every character traced."""

from __future__ import annotations

import pytest
import reports

from pipelines.core.model import Box, Line, Sentence
from pipelines.core.traced import squeeze
from pipelines.documents.headings import enumerator, is_heading, item_name
from pipelines.documents.mending import paragraphs
from pipelines.documents.prose import sentences

WRAPPED = [
    " 第三部分 武汉市某区民政局（本级）",
    "2023 年度部门决算情况说明",
    "一、收入支出决算总体情况说明",
    "2023 年度收、支总计 21062.23 万元。与 2022 年度相比，",
    "收、支总计各增加 8288.14 万元，增长 64.9%，主要原因是：",
    "（一）基本支出：2022 年决算数 492.85 万元，2023 年决算",
    "数 498.42 万元，较 2022 年增加 5.57 万元，主要原因是人员变",
    "动。",
    "图 1：收、支决算总计变动情况",
    " 二、收入决算情况说明",
    "2023 年度收入合计 21062.23 万元。其中：财政拨款收入 21062.",
    " 23 万元（含政府性基金拨款），占本年收入 100%。",
]


def lines_of(texts: list[str], gap: int = 2) -> list[Line]:
    """Printed lines with `gap` line ends between, as text flowed out of a PDF has them."""
    out, start = [], 0
    for number, text in enumerate(texts):
        out.append(Line(1, number * gap + 1, text, start))
        start += len(text) + gap
    return out


def said(texts: list[str], gap: int = 2) -> list[str]:
    return [s.text for s in sentences(lines_of(texts, gap))]


def sentence_of(text: str, name: str = reports.QINGSHAN) -> Sentence:
    return next(s for s in reports.reading(name).sentences if text in squeeze(s.text))


def test_words_and_numbers_cut_at_line_ends_and_pages_are_mended() -> None:
    found = said(WRAPPED)
    item = "（一）基本支出：2022 年决算数 492.85 万元，2023 年决算数 498.42 万元，"
    assert item + "较 2022 年增加 5.57 万元，主要原因是人员变动。" in found
    assert "其中：财政拨款收入 21062.23 万元（含政府性基金拨款），占本年收入 100%。" in found


def test_headings_make_the_section_and_are_no_sentences() -> None:
    found = sentences(lines_of(WRAPPED))
    part = "第三部分 武汉市某区民政局（本级） > 2023 年度部门决算情况说明"
    assert found[0].section == f"{part} > 一、收入支出决算总体情况说明"
    assert found[2].section == f"{part} > 一、收入支出决算总体情况说明 > （一）基本支出"
    assert found[-1].section == f"{part} > 二、收入决算情况说明"
    assert not any("部门决算情况说明" in s.text for s in found)


def test_a_caption_between_paragraphs_joins_neither() -> None:
    assert "图 1：收、支决算总计变动情况" in said(WRAPPED)


@pytest.mark.parametrize("name", [reports.QINGSHAN, reports.LUSONG, reports.CAIDIAN])
def test_every_character_of_a_sentence_is_traced_to_the_document(name: str) -> None:
    reading = reports.reading(name)
    assert len(reading.sentences) > 100
    for s in reading.sentences:
        assert len(s.text) == len(s.offsets)
        traced = "".join(reading.document.text[i] for i in s.offsets)
        assert squeeze(traced) == squeeze(s.text)
        assert squeeze(reading.document.text[s.start : s.end]) == squeeze(s.text)


def test_sentences_come_in_reading_order_and_are_numbered_from_one() -> None:
    found = reports.reading(reports.QINGSHAN).sentences
    assert [s.number for s in found] == list(range(1, len(found) + 1))
    assert [s.start for s in found] == sorted(s.start for s in found)


def test_an_items_name_stays_with_the_sentence_of_its_figures() -> None:
    s = sentence_of("2.行政运行。年初预算数264.32万元")
    assert s.text == "2.行政运行。年初预算数 264.32 万元，支出决算为 314.55万元，完成年初预算数的 119%。"
    assert s.section.endswith("（三）一般公共预算财政拨款支出决算具体情况 > 2.行政运行")


def test_an_items_purpose_does_not_part_its_name_from_its_figures() -> None:
    s = sentence_of("13.儿童福利项目绩效自评结果")
    assert s.text.startswith(
        "13.儿童福利项目绩效自评结果：主要用于全区孤儿和事实无人抚养儿童生活补助。项目总预算76.18万元"
    )
    assert s.text.endswith("执行率98.8%。")


def test_later_sentences_of_an_item_carry_its_name_in_their_section() -> None:
    s = sentence_of("二是调拨159万元至街道")
    assert s.section.endswith(" > 15.临时救助")


def test_an_items_name_does_not_hold_for_the_paragraph_after_it() -> None:
    found = sentences(
        lines_of(["1.因公出国（境）费预算支出106万元，与上年数一致。", "本部门会议费预算支出1282.56万元。"], gap=1)
    )
    assert found[0].section == "1.因公出国（境）费"
    assert found[1].section == ""


def test_what_a_colon_announces_belongs_to_the_item() -> None:
    s = sentence_of("国内公务接待支出0.17万元")
    assert s.section.endswith("3.公务接待费")


def test_sentences_end_at_full_stops_and_semicolons_but_not_inside_brackets_or_quotes() -> None:
    text = "基本支出10万元（其中：人员8万元；公用2万元），占20%；项目支出40万元。“保民生；兜底线。”原则！好？"
    assert said([text]) == [
        "基本支出10万元（其中：人员8万元；公用2万元），占20%；",
        "项目支出40万元。",
        "“保民生；兜底线。”",
        "原则！",
        "好？",
    ]


def test_an_open_bracket_does_not_swallow_the_paragraph() -> None:
    assert said(["收入（含结转10万元。支出20万元。"]) == ["收入（含结转10万元。", "支出20万元。"]


def test_paragraphs_that_are_one_line_each_are_not_joined() -> None:
    text = [
        "本部门共有编制人数12人，其中行政编制7人，事业编制5人，实有在职人数12人。",
        "内设科室4个，分别为综合办公室等。",
    ]
    assert said(text, gap=1) == text


def test_headings_that_lost_their_number_stand_beside_the_last_one() -> None:
    s = sentence_of("项目支出172.77万元", reports.LUSONG)
    assert s.section.endswith("（二）项目支出绩效情况 > 城乡特困供养救助人员项目")


def test_indicators_stand_under_goal_level_and_number() -> None:
    s = sentence_of("此指标目标值为≥100张", reports.CAIDIAN)
    assert s.section.split(" > ")[-4:] == [
        "年度目标1：健全基本养老服务体系，提升养老服务质量",
        "1.产出指标完成情况分析",
        "（1）数量指标完成情况分析",
        "④新增家庭养老床位",
    ]


def test_a_title_set_in_two_lines_is_one_heading() -> None:
    s = sentence_of("预算资金2872.3万元")
    assert "2023 年度老龄事业发展经费项目绩效自评结果 > 二、绩效目标完成情况" in s.section


def test_headings_with_nothing_under_them_are_kept_as_lines_of_prose() -> None:
    assert said(
        ["目录", "一、主要职能", "二、机构设置", "第一部分 概况", "一、主要职能", "负责全区民政工作。"], gap=1
    ) == [
        "目录",
        "一、主要职能",
        "二、机构设置",
        "负责全区民政工作。",
    ]


def test_a_line_box_that_reaches_the_margin_goes_on_in_the_next_line() -> None:
    texts = ["年初预算为161.62万元，支出决算", "为", "160.75万元。决算数小于预算数。"]
    ends = [500.0, 90.0, 300.0]
    lines = [
        Line(1, k + 1, t, 100 * k, Box(80, 700 - 20 * k, end, 712 - 20 * k))
        for k, (t, end) in enumerate(zip(texts, ends, strict=True))
    ]
    assert [p.text for p in paragraphs(lines)] == ["年初预算为161.62万元，支出决算为", "160.75万元。决算数小于预算数。"]


def test_page_numbers_are_no_prose() -> None:
    assert said(["支出合计10万元。", "- 12 -", "第 3 页 共 9 页", "收入合计10万元。"], gap=1) == [
        "支出合计10万元。",
        "收入合计10万元。",
    ]


def test_latin_words_cut_at_a_line_end_keep_their_space() -> None:
    long = "本项目采用了国际通行的评价方法，其英文名称是 Key"
    assert said([long, "Performance Indicators，已在全区推广使用多年，效果良好，群众", "满意。"]) == [
        f"{long} Performance Indicators，已在全区推广使用多年，效果良好，群众满意。"
    ]


@pytest.mark.parametrize(
    ("text", "style", "ordinal"),
    [
        ("第三部分 情况说明", "part", 3),
        ("十一、政府采购支出情况", "chinese", 11),
        ("（二）项目支出", "chinese_bracket", 2),
        ("16. 城市特困人员救助供养支出", "arabic", 16),
        ("3．社会保障", "arabic", 3),
        ("3.2024年度支出", "arabic", 3),
        ("（8）养老服务", "arabic_bracket", 8),
        ("④新增家庭养老床位", "circled", 4),
        ("年度目标1：健全", "goal", 1),
        ("附件2", "annex", 2),
    ],
)
def test_enumerators_say_their_style_and_value(text: str, style: str, ordinal: int) -> None:
    found = enumerator(text)
    assert found is not None
    assert (found.style, found.ordinal) == (style, ordinal)


@pytest.mark.parametrize("text", ["15.13万元", "2023年度收入", "一是推进", "（类）款", "一、二级指标", "64.9%"])
def test_numbers_and_words_are_no_enumerators(text: str) -> None:
    assert enumerator(text) is None


@pytest.mark.parametrize(
    "text", ["其中：", "支出合计10万元", "2025年10月17日", "无。", "单位：万元", "一、自评得分：100分"]
)
def test_short_lines_that_say_something_are_no_headings(text: str) -> None:
    assert not is_heading(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2.行政运行。年初预算数1万元。", "行政运行"),
        ("（一）基本支出：2022年决算数1万元", "基本支出"),
        (
            "1、公共安全支出（204类）司法（06款）行政运行（01项）1434.89万元。",
            "公共安全支出（204类）司法（06款）行政运行（01项）",
        ),
        ("1.因公出国（境）费预算为0万元，支出决算为0万元", "因公出国（境）费"),
        ("（1）一般公共预算收入预算 13,297.11 万元，占99%", "一般公共预算收入"),
    ],
)
def test_the_name_of_an_item_ends_before_its_text_or_its_figure(text: str, name: str) -> None:
    found = item_name(text)
    assert found is not None
    assert text[slice(*found)] == name


@pytest.mark.parametrize(
    "text", ["1.2024年度年初预算资金258.07万元。", "2、依法进行登记，监督。", "没有编号。有下文。", "1.完成任务。"]
)
def test_items_without_a_name_of_their_own_have_none(text: str) -> None:
    assert item_name(text) is None
