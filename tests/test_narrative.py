"""Figures said in prose, read by eye from the five reports and from the forms that other bureaus fill in."""

from __future__ import annotations

from decimal import Decimal

import pytest
import reports

from pipelines.core.model import Fact, Line, Sentence
from pipelines.core.traced import squeeze
from pipelines.documents.prose import sentences
from pipelines.facts.narrative import facts_of, report_year, uncovered
from pipelines.facts.shape_grammar import Grammar
from pipelines.facts.shapes import Shape, shapes

WAN = Decimal(10_000)
TOLD = [reports.QINGSHAN, reports.LUSONG, reports.CAIDIAN]

# 青山 2023 决算, （三）具体情况: number, item, 年初预算, 支出决算 (item 19: 执行数), 完成率. Two items are numbered 10.
ITEMS = """
1 一般行政管理事务 0 0.89 -
2 行政运行 264.32 314.55 119
3 一般行政管理事务 0 10 100
4 行政区划和地名管理 79.25 79.25 100
5 基层政权建设和社区治理 229.58 204.59 89.1
6 其他民政管理事务支出 102.91 97.91 95.1
7 行政事业单位养老支出 111.62 111.62 100
8 儿童福利 85.18 99.29 116.6
9 老年福利 1899.16 3100.89 163.3
10 殡葬 5.71 10.66 186.7
10 社会福利事业单位 0 76.34 -
11 养老服务 599 354.22 59.1
12 残疾人就业 0 506.6 -
13 残疾人生活和护理补贴 0 200.19 -
14 城市最低生活保障金支出 1850 5689.3 307.5
15 临时救助 147 57 38.8
16 城市特困人员救助供养支出 111.58 25.14 22.5
17 其他城市生活救助 68.74 76.98 111.99
18 基本公共卫生服务 0 0.5 -
19 突发公共卫生事件应急处理 0 129.43 62.9
20 行政事业单位医疗 39.43 44.79 -
21 住房保障支出 33.58 33.58 100
"""

# 青山 2023, （三）项目支出自评结果: number, project, the budget's measure, budget, 执行数, rate, 调拨.
SUMMARIES = """
1 低保工作经费 adjusted_budget 50 50 100 -
2 困难人员救助经费 budget 449.1 449.1 100 -
3 高龄老人居家养老服务经费 budget 246 246 100 -
4 “社区好味到”食堂建设经费 initial_budget 73 73 100 -
5 其他民政事业费 adjusted_budget 40.57 40.57 100 -
6 低保中心专干人员经费 initial_budget 36.58 36.58 100 -
7 纳凉取暖经费 budget 236 - 100 236
8 政府购买专业社工服务 initial_budget 144 143.82 100 -
9 城市低保金 budget 5639.3 - 100 110
10 老龄事业发展经费 budget 2872.3 2854.89 99.4 -
11 “互联网+居家养老”平台运营经费 budget 50 47.6 95.2 -
12 人工智能养老社会实验社区建设补助 budget 30 - 100 -
13 儿童福利 budget 76.18 75.24 98.8 -
14 养老服务体系建设运营补助资金 budget 1286.7 1269.62 98.7 -
15 大楼运行经费 budget 70 - 100 -
16 社区工作者建设经费 budget 35 24.19 69.1 -
17 街道级行政区域界线勘定工作经费 budget 10 - 100 -
18 国际化社区试点建设经费 budget 14 - 100 -
"""


def narrated(name: str) -> list[Fact]:
    return [f for f in reports.reading(name).facts if f.origin == "narrative"]


def under(name: str, heading: str) -> dict[int, list[Fact]]:
    """Facts by sentence number, of the sentences whose section has the heading."""
    numbers = {s.number for s in reports.reading(name).sentences if heading in squeeze(s.section)}
    out: dict[int, list[Fact]] = {}
    for f in narrated(name):
        if f.sentence_number in numbers:
            out.setdefault(f.sentence_number, []).append(f)
    return out


def prose(*paragraphs: str) -> tuple[Sentence, ...]:
    lines, start = [], 0
    for number, text in enumerate(paragraphs, 1):
        lines.append(Line(1, number, text, start))
        start += len(text) + 1
    return sentences(lines)


def told(*paragraphs: str, year: int | None = 2024) -> list[Fact]:
    return facts_of(prose(*paragraphs), year)


def brief(facts: list[Fact]) -> list[tuple[str, str, str]]:
    """Measure, subject and figure as printed, each mention once."""
    return list(dict.fromkeys((f.measure, f.subject, squeeze(f.as_printed)) for f in facts))


def wan(fact: Fact) -> Decimal:
    assert fact.amount_yuan is not None
    return fact.amount_yuan / WAN


@pytest.mark.parametrize("row", ITEMS.strip().splitlines())
def test_each_of_the_22_items_of_qingshan_has_its_figures_in_its_own_sentence(row: str) -> None:
    number, item, initial, final, rate = row.split()
    found = under(reports.QINGSHAN, f">{number}.{item}")
    first = next(fs for fs in found.values() if any(f.measure == "initial_budget" for f in fs))
    by = {f.measure: f for f in first if f.list_role != "total"}
    said = by.get("final_account") or by["executed"]
    assert (wan(by["initial_budget"]), wan(said)) == (Decimal(initial), Decimal(final))
    assert {f.subject for f in first} == {item}
    assert {f.subject_kind for f in first} == {"functional_item"}
    assert {f.fund_source for f in first} == {"general"}
    assert all(squeeze(f.quote).startswith(f"{number}.{item}。") for f in first)
    assert ("completion_rate" in by) == (rate != "-")
    if rate != "-":
        assert by["completion_rate"].value == Decimal(rate)
        assert by["completion_rate"].rate_basis == ("stated" if number in ("3", "19") else "initial")


def test_item_19_says_what_was_added_in_the_year() -> None:
    facts = [f for f in narrated(reports.QINGSHAN) if f.subject == "突发公共卫生事件应急处理"]
    assert [wan(f) for f in facts if f.measure == "budget_adjustment"] == [Decimal("205.9")]


def test_item_15_says_what_was_added_and_what_was_moved_to_the_streets() -> None:
    facts = [f for f in narrated(reports.QINGSHAN) if f.subject == "临时救助" and f.amount_yuan is not None]
    assert [wan(f) for f in facts if f.measure == "budget_adjustment"] == [Decimal(69)]
    assert [wan(f) for f in facts if f.measure == "transferred"] == [Decimal(159)]


def test_the_22_items_are_parts_of_the_lead_sentences_totals_one_list_a_measure() -> None:
    facts = narrated(reports.QINGSHAN)
    totals = {f.measure: f for f in facts if f.list_role == "total" and f.list_id and f.list_id.startswith("sec")}
    initial, final = totals["initial_budget"], totals["final_account"]
    of_initial = [f for f in facts if f.list_id == initial.list_id and f.list_role == "part"]
    of_final = [f for f in facts if f.list_id == final.list_id and f.list_role == "part"]
    lead = [
        f for f in facts if f.list_role == "total" and f.measure == "final_account" and wan(f) == Decimal("11223.72")
    ]
    of_lead = [f for f in facts if f.list_role == "part" and f.list_id in {x.list_id for x in lead}]
    assert wan(initial) == Decimal("5745.06")
    assert len(of_initial) == 22
    assert sum(wan(f) for f in of_initial) != Decimal("5745.06")
    assert len([f for f in of_lead if f.subject_kind == "functional_item"]) == 22
    assert sum(wan(f) for f in of_lead if f.subject_kind == "functional_item") == Decimal("11223.72")
    assert final.list_id != initial.list_id and of_final


@pytest.mark.parametrize("row", SUMMARIES.strip().splitlines())
def test_each_project_summary_of_qingshan_gives_its_figures(row: str) -> None:
    number, project, measure, budget, executed, rate, moved = row.split()
    found = under(reports.QINGSHAN, f"（三）项目支出自评结果>{number}.{project}")
    facts = next(iter(found.values()))
    by = {f.measure: f for f in facts}
    assert {(f.subject, f.subject_kind) for f in facts} == {(project, "programme")}
    assert wan(by[measure]) == Decimal(budget)
    assert ("executed" in by) == (executed != "-")
    if executed != "-":
        assert wan(by["executed"]) == Decimal(executed)
    said_rate = by.get("completion_rate") or by["execution_rate"]
    assert (said_rate.value, said_rate.rate_basis) == (Decimal(rate), "stated")
    assert [wan(f) for f in facts if f.measure == "transferred"] == ([] if moved == "-" else [Decimal(moved)])
    assert len({f.statement for f in facts}) == 1


def test_the_19th_summary_states_no_figure_and_gives_none() -> None:
    assert any("19.残疾人补贴项目绩效自评结果" in s.section for s in reports.reading(reports.QINGSHAN).sentences)
    assert under(reports.QINGSHAN, "19.残疾人补贴项目绩效自评结果") == {}


@pytest.mark.parametrize("name", TOLD)
def test_the_quoted_sentence_contains_every_printed_figure_at_its_place(name: str) -> None:
    reading = reports.reading(name)
    texts = {s.number: s.text for s in reading.sentences}
    facts = narrated(name)
    assert len(facts) > 50
    for f in facts:
        assert f.sentence_number is not None and f.start is not None and f.end is not None
        assert f.quote == texts[f.sentence_number]
        assert f.as_printed in f.quote
        assert squeeze(reading.document.text[f.start : f.end]) == squeeze(f.as_printed)
        assert (f.amount_yuan is None) or (f.value is None)
        assert f.statement.startswith(f"s{f.sentence_number}.")


@pytest.mark.parametrize("name", TOLD)
def test_a_statement_speaks_of_one_subject_and_its_share_or_change(name: str) -> None:
    by: dict[str, set[str]] = {}
    for f in narrated(name):
        by.setdefault(f.statement, set()).add(f.subject)
    # Only a figure that is all measure (基本支出 of 本部门) is named once more by the rates said of it.
    assert all(len(subjects - {"本部门"}) <= 1 for subjects in by.values())


@pytest.mark.parametrize(("name", "most"), [(reports.QINGSHAN, 1), (reports.LUSONG, 1), (reports.CAIDIAN, 0)])
def test_nearly_every_amount_in_the_prose_is_held_by_a_fact(name: str, most: int) -> None:
    reading = reports.reading(name)
    assert len(uncovered(reading.sentences, narrated(name))) <= most


def test_basic_expenditure_is_said_to_have_risen_by_two_different_amounts() -> None:
    facts = [f for f in narrated(reports.QINGSHAN) if f.measure == "change_amount" and f.subject == "基本支出"]
    assert {wan(f) for f in facts if f.scope is None} == {Decimal("5.57"), Decimal("5.75")}
    years = [f for f in narrated(reports.QINGSHAN) if f.statement == facts[0].statement]
    assert [(f.measure, f.year_offset, wan(f)) for f in years] == [
        ("prior_year_final_account", -1, Decimal("492.85")),
        ("final_account", 0, Decimal("498.42")),
        ("change_amount", 0, Decimal("5.57")),
    ]


def test_qingshans_parts_of_expenditure_are_tied_to_their_totals() -> None:
    facts = narrated(reports.QINGSHAN)
    lists = {f.list_id for f in facts if f.measure == "expenditure" and f.list_role == "total"}
    parts = [f for f in facts if f.list_id in lists and f.list_role == "part"]
    assert {(f.measure, wan(f)) for f in parts} >= {
        ("basic_expenditure", Decimal("498.42")),
        ("project_expenditure", Decimal("20563.81")),
        ("expenditure", Decimal("9000")),
        ("expenditure", Decimal("838.51")),
        ("expenditure", Decimal("412.17")),
    }


def test_a_reduction_is_negative_though_printed_without_a_sign() -> None:
    fact = next(f for f in narrated(reports.QINGSHAN) if f.measure == "change_rate" and "下降2.2" in squeeze(f.quote))
    assert (fact.as_printed, fact.value, fact.rate_basis) == ("2.2 %", Decimal("-2.2"), "prior")


def test_the_budget_approved_and_the_money_spent_are_told_apart_in_their_parts() -> None:
    facts = [f for f in narrated(reports.QINGSHAN) if f.subject == "基本支出"]
    assert [wan(f) for f in facts if f.measure == "budget"] == [Decimal("448.2")]
    assert [wan(f) for f in facts if f.measure == "executed"] == [Decimal("498.43")]
    assert [f.value for f in facts if f.measure == "execution_rate"] == [Decimal("111.2")]


def test_funds_of_a_projects_budget_say_their_source() -> None:
    facts = [f for f in narrated(reports.QINGSHAN) if f.subject_kind == "fund_source" and f.measure == "budget"]
    assert {(f.subject, f.fund_source, wan(f)) for f in facts} >= {
        ("一般公共预算资金", "general", Decimal(417)),
        ("福利彩票公益金", "government_fund", Decimal("869.7")),
    }


def test_after_the_parts_the_execution_is_that_of_the_whole_project() -> None:
    facts = [f for f in narrated(reports.QINGSHAN) if f.subject == "老龄事业发展经费" and f.measure == "executed"]
    assert {wan(f) for f in facts} == {Decimal("2854.89")}
    assert len({f.sentence_number for f in facts}) == 2


def test_lusongs_list_of_projects_names_nine_projects_and_their_expenditure() -> None:
    facts = [f for f in narrated(reports.LUSONG) if f.measure == "project_expenditure" and f.fund_source == "general"]
    total = next(f for f in facts if f.list_role == "total")
    parts = {f.subject: wan(f) for f in facts if f.list_id == total.list_id and f.list_role == "part"}
    assert wan(total) == Decimal("2913.05")
    assert parts == {
        "儿童福利": Decimal("12.57"),
        "高龄补贴": Decimal("395.26"),
        "惠民礼葬": Decimal("4.54"),
        "养老服务体系建设": Decimal("59.2"),
        "残疾人两项补贴": Decimal("280.36"),
        "城乡最低生活保障": Decimal("2030.27"),
        "城乡特困供养": Decimal("25.4"),
        "临时救助": Decimal("104.4"),
        "精简退职救济": Decimal("1.05"),
    }


def test_lusongs_project_expenditure_is_that_of_the_project_in_the_heading() -> None:
    facts = [f for f in narrated(reports.LUSONG) if f.measure == "project_expenditure" and f.fund_source == "all"]
    assert {f.subject: wan(f) for f in facts} == {
        "城乡最低生活保障": Decimal("2535.32"),
        "临时救助": Decimal("1.1"),
        "城乡特困供养救助人员": Decimal("172.77"),
        "残疾人两项补贴": Decimal("371.76"),
        "孤儿基本生活费和事实无人抚养儿童基本生活补贴": Decimal("18.65"),
        "高龄补贴": Decimal("699.14"),
        "养老服务体系建设": Decimal("59.2"),
        "惠民礼葬补贴": Decimal("4.54"),
        "精简退职人员救济": Decimal("1.31"),
    }


def test_lusongs_special_funds_are_followed_from_budget_to_carry_over() -> None:
    facts = [f for f in narrated(reports.LUSONG) if f.subject == "项目专项资金"]
    assert {f.measure: wan(f) for f in facts} == {
        "initial_budget": Decimal("4314.69"),
        "budget_adjustment": Decimal("-139.36"),
        "executed": Decimal("4175.33"),
        "carried_out": Decimal("49.81"),
    }
    assert len({f.statement for f in facts}) == 1


def test_lusongs_posts_are_a_list_of_heads() -> None:
    facts = [f for f in narrated(reports.LUSONG) if f.subject_kind == "headcount" and f.list_id]
    assert [(f.subject, f.value, f.unit, f.list_role) for f in facts] == [
        ("编制人数", 12, "人", "total"),
        ("行政编制", 7, "人", "part"),
        ("事业编制", 5, "人", "part"),
    ]


def test_what_was_paid_by_november_says_its_month_and_no_measure_of_a_budget() -> None:
    fact = next(f for f in narrated(reports.LUSONG) if f.as_printed == "17.245万元")
    assert (fact.subject, fact.measure, fact.period_end_month) == ("临时救助资金", "unmapped:发放", 11)


def test_caidians_department_row_has_budget_adjusted_budget_account_and_rate() -> None:
    first = [f for f in narrated(reports.CAIDIAN) if f.sentence_number == 2]
    assert [(f.measure, f.subject, f.as_printed) for f in first] == [
        ("initial_budget", "本部门", "27,799.22万元"),
        ("adjusted_budget", "本部门", "23,367.00万元"),
        ("final_account", "本部门", "23,367.00万元"),
        ("execution_rate", "本部门", "100.00%"),
    ]
    assert first[0].half_unit == Decimal(50)


def test_caidians_adjusted_budget_is_broken_down_by_fund() -> None:
    facts = [f for f in narrated(reports.CAIDIAN) if f.measure == "adjusted_budget" and f.list_id]
    assert [(f.list_role, f.fund_source, wan(f)) for f in facts] == [
        ("total", "all", Decimal("23367")),
        ("part", "general", Decimal("21849.23")),
        ("part", "government_fund", Decimal("1183.14")),
        ("part", "other", Decimal("334.62")),
    ]


def test_an_equation_written_out_says_which_budget_it_divides_by() -> None:
    facts = [f for f in narrated(reports.CAIDIAN) if "=23367万元" in f.quote]
    assert [(f.measure, f.rate_basis) for f in facts] == [
        ("executed", None),
        ("adjusted_budget", None),
        ("execution_rate", "adjusted"),
    ]


def test_the_target_of_an_indicator_is_read_under_its_heading_and_its_result_is_not_guessed() -> None:
    facts = [f for f in narrated(reports.CAIDIAN) if f.subject_kind == "indicator"]
    by = {f.subject: f for f in facts}
    beds = by["新增家庭养老床位"]
    assert len(facts) == 34
    assert {f.measure for f in facts} == {"target"}
    assert (beds.comparator, beds.value, beds.unit, beds.as_printed) == (">=", 100, "张", "≥100张")
    assert (beds.level1, beds.level2) == ("产出指标", "数量指标")
    assert beds.goal == "年度目标1：健全基本养老服务体系，提升养老服务质量"
    assert (by["关爱服务留守儿童"].value, by["关爱服务留守儿童"].as_printed) == (99, "99人")
    assert (by["各项补助按时发放"].text_value, by["各项补助按时发放"].value) == ("及时发放到位", None)


@pytest.mark.parametrize("shape", shapes().shapes, ids=lambda s: s.name)
def test_every_declared_shape_reads_its_own_example(shape: Shape) -> None:
    example = shape.example
    within = example.within or ("某项经费支出1万元" if shape.slot == "rate" else "")
    before = f"{within}，" if within else ""
    heading = ["（1）数量指标", "①新增床位"] if shape.slot == "target" else []
    found = [f for f in told(*heading, f"{before}{example.text}。") if squeeze(f.as_printed) == example.figure]
    if shape.ignore:
        assert found == []
        return
    fact = found[example.nth - 1]
    assert fact.measure == shape.measure or shape.bare
    if example.value is not None:
        assert example.value in (fact.value, (fact.amount_yuan or 0) / WAN)


@pytest.mark.parametrize(
    "text",
    [
        "年初预算为10万元，支出决算为9万元，完成年初预算的90%。",
        "年初预算数为10万元，支出决算数为9万元，完成年初预算数的90%。",
        "年初预算数10万元，决算数为9万元，为年初预算的90%。",
        "年初预算10万元,决算数9万元,占年初预算的90％。",
        "年初预算安排 10 万元 ，支出决算 9 万元 ，完成年初预算 90 % 。",
        "2024年年初预算为１０万元，决算支出为９万元，达到年初预算的９０％。",
    ],
)
def test_the_ways_to_say_budget_account_and_completion_are_one(text: str) -> None:
    facts = told(
        "（三）财政拨款支出决算具体情况", f"1.社会保障和就业支出（类）民政管理事务（款）行政运行（项）。{text}"
    )
    assert [(f.measure, f.amount_yuan or f.value) for f in facts] == [
        ("initial_budget", 100_000),
        ("final_account", 90_000),
        ("completion_rate", 90),
    ]
    assert {f.subject for f in facts} == {"社会保障和就业支出（类）民政管理事务（款）行政运行（项）"}
    assert facts[-1].rate_basis == "initial"


@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [
        ("与2023年度相比，收、支总计各增加100万元，增长10%", "change_amount", 1_000_000),
        ("与2023年度相比，收支总计减少100万元，下降10%", "change_amount", -1_000_000),
        ("与上年相比收入支出总计降低10%", "change_rate", -10),
        ("收入总计较上年增长10%", "change_rate", 10),
        ("收、支总计比2023年度决算数减少100万元", "change_amount", -1_000_000),
        ("收支总计同比增长10%", "change_rate", 10),
    ],
)
def test_the_ways_to_say_a_change_give_its_sign_and_subject(text: str, measure: str, value: int) -> None:
    fact = next(f for f in told(f"{text}。") if f.measure == measure)
    assert value in (fact.amount_yuan, fact.value)
    assert fact.subject.startswith("收")


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("机关运行经费支出10万元，比年初预算数增加1万元", "initial"),
        ("机关运行经费支出10万元，比2023年增加1万元", "prior"),
        ("机关运行经费支出10万元，比上年决算数增加1万元", "prior"),
        ("机关运行经费支出10万元，比预算数增加1万元", "stated"),
        ("机关运行经费支出10万元，增加1万元", None),
    ],
)
def test_a_change_says_what_it_is_compared_with(text: str, basis: str | None) -> None:
    fact = next(f for f in told(f"{text}。") if f.measure == "change_amount")
    assert (fact.rate_basis, fact.subject) == (basis, "机关运行经费支出")


def test_a_budget_report_says_last_years_execution_this_years_budget_and_the_change() -> None:
    item = "1、公共安全支出（204类）司法（06款）行政运行（01项）"
    text = "2025年当年预算执行数为1690.69万元，2026年预算安排1434.89万元，比2025年预算执行数减少1.10%。"
    facts = told("2026年单位预算编制说明", "财政拨款支出主要内容如下：", f"{item}1434.89万元。{text}", year=2026)
    assert [(f.measure, f.year_offset, f.as_printed) for f in facts] == [
        ("budget", 0, "1434.89万元"),
        ("prior_year_executed", -1, "1690.69万元"),
        ("budget", 0, "1434.89万元"),
        ("change_rate", 0, "1.10%"),
    ]
    assert {(f.subject_kind, f.subject_code) for f in facts} == {("functional_item", "2040601")}
    assert facts[-1].value == Decimal("-1.10")


def test_a_quoted_account_name_is_the_subject_of_its_amount() -> None:
    facts = told(
        "2025年部门预算编制说明", "1. “教育支出（类）其他教育支出（款）其他教育支出（项）”科目25.00万元，主要用于教育。"
    )
    assert brief(facts) == [("budget", "教育支出（类）其他教育支出（款）其他教育支出（项）", "25.00万元")]


def test_items_below_a_lead_sentence_are_its_parts_until_the_next_number_of_its_own_kind() -> None:
    facts = told(
        "一、2026年“三公”经费预算情况说明",
        "2026年“三公”经费预算数为10.71万元，与2025年预算数持平。其中：",
        "（一）因公出国（境）费0万元，与2025年预算数持平。",
        "（二）公务用车购置及运行费9.98万元。其中：公务用车购置费0万元；公务用车运行费9.98万元。",
        "（三）公务接待费0.73万元。与2025年预算数持平。",
        year=2026,
    )
    outer = next(f.list_id for f in facts if f.subject == "“三公”经费")
    inner = {f.list_id for f in facts if f.subject == "公务用车运行费"}.pop()
    assert [f.subject for f in facts if f.list_id == outer and f.list_role == "part"] == [
        "因公出国（境）费",
        "公务用车购置及运行费",
        "公务接待费",
    ]
    assert [(f.list_role, f.subject) for f in facts if f.list_id == inner] == [
        ("total", "公务用车购置及运行费"),
        ("part", "公务用车购置费"),
        ("part", "公务用车运行费"),
    ]


def test_a_figure_of_two_lists_is_stated_once_for_each() -> None:
    facts = told("支出合计10万元，其中：项目支出8万元，其中：培训项目支出3万元。")
    twice = [f for f in facts if f.as_printed == "8万元"]
    assert sorted(f.list_role or "" for f in twice) == ["part", "total"]
    assert len({(f.start, f.end, f.measure, f.statement) for f in twice}) == 1


def test_a_list_after_a_total_of_another_year_is_not_tied_to_one_said_before_that() -> None:
    lead = "2024年度基本支出年初预算258.07万元。{}年度财政拨款支出3219.95万元。"
    lead += "其中：人员经费255.44万元，公用经费51.47万元。"
    assert [f.list_role for f in told(lead.format(2023)) if f.list_id] == []
    totals = [f.as_printed for f in told(lead.format(2024)) if f.list_role == "total"]
    assert totals == ["3219.95万元"]


def test_a_year_compared_with_in_the_same_sentence_does_not_take_the_list_from_its_total() -> None:
    lead = "2024年度项目支出30万元，2023年度项目支出20万元。"
    facts = told(lead + "其中：支持外贸发展项目支出10万元，支持总部经济项目支出20万元。")
    assert [f.as_printed for f in facts if f.list_role == "total"] == ["30万元"]


def test_parts_that_share_a_total_restated_at_the_end_do_not_count_it_as_a_part() -> None:
    facts = told("项目总预算30万元，其中支持外贸发展10万元，支持总部经济20万元，合计30万元。")
    parts = [(f.subject, f.as_printed) for f in facts if f.list_role == "part"]
    assert parts == [("支持外贸发展", "10万元"), ("支持总部经济", "20万元")]


def test_procurement_is_broken_down_and_its_shares_keep_their_subject() -> None:
    facts = told(
        "2024年度本单位政府采购支出总额100万元，其中：政府采购货物支出10万元、政府采购工程支出20万元、政府采购服务支出70万元。"
        "授予中小企业合同金额80万元，占政府采购支出总额的80%，其中：授予小微企业合同金额40万元，占授予中小企业合同金额的50%。"
    )
    assert brief([f for f in facts if f.measure == "share"]) == [
        ("share", "授予中小企业合同金额", "80%"),
        ("share", "授予小微企业合同金额", "50%"),
    ]
    assert len([f for f in facts if f.list_role == "part"]) == 4


@pytest.mark.parametrize(
    "text",
    [
        "单价100万元（含）以上设备0台（套）。",
        "城乡低保标准由每人每月650元提高到700元。",
        "经费执行率未达到100%，主要是不发放该补贴。",
        "按每户约2000元的标准完成适老化改造。",
        "100%完成了绩效目标。",
        "散居孤儿每月标准1085.2元，补贴300元/床/月。",
        "满意率达到95%以上。",
    ],
)
def test_standards_thresholds_and_denials_are_no_facts(text: str) -> None:
    assert told(text) == []


def test_an_amount_that_no_shape_announces_gives_no_fact_and_is_listed() -> None:
    found = prose("为特困供养对象送上慰问物资，共计74560元，将关怀送到群众心上。")
    assert facts_of(found) == []
    assert [printed for _, printed in uncovered(found, [])] == ["74560元"]


def test_thousands_separators_full_width_digits_and_units_are_read() -> None:
    facts = told("年初预算为27，799.22万元。", "支出决算为１２３．５元。", "全年执行1.2亿元。")
    assert [f.amount_yuan for f in facts] == [Decimal("277992200"), Decimal("123.5"), Decimal("120000000")]
    assert [f.half_unit for f in facts] == [Decimal(50), Decimal("0.05"), Decimal(5_000_000)]


def test_a_rate_belongs_to_the_sentence_before_where_its_own_names_nobody() -> None:
    facts = told("三、支出预算情况说明", "基本支出预算数为65万元。与上年相比增加8万元，增长14%。")
    assert [(f.measure, f.subject) for f in facts] == [
        ("budget", "基本支出"),
        ("change_amount", "基本支出"),
        ("change_rate", "基本支出"),
    ]


def test_nobodys_rate_gives_no_fact() -> None:
    assert told("比上年增长14%。") == []


def test_the_report_year_is_the_latest_one_whose_budget_or_account_is_told() -> None:
    assert (
        report_year(
            prose("按照《关于开展2025年区级预算绩效评价的通知》，2023年度部门决算支出10万元，2022年决算数9万元。")
        )
        == 2023
    )
    assert report_year(prose("没有年份。")) is None


def test_a_page_foot_inside_a_figure_is_no_part_of_its_span() -> None:
    text = "支出决算为13,377.11 万- 10 -\n元。"
    sentence = Sentence(1, 1, "", "支出决算为13,377.11 万元。", (*range(15), *range(len(text) - 2, len(text))))
    fact = facts_of([sentence])[0]
    assert fact.amount_yuan == Decimal("133771100")
    assert fact.start is not None and fact.end is not None
    assert squeeze(text[fact.start : fact.end]) == squeeze(fact.as_printed)


@pytest.mark.parametrize(
    ("says", "complaint"),
    [("{subject}预算", "no figure"), ("{amount}和{amount}", "two figures"), ("[数{amount}", "without")],
)
def test_a_shape_that_is_not_well_formed_is_refused_by_name(says: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Grammar({"up": [], "down": []}, [], []).compiled(says)


LEAD = "江苏省政协办公厅2019年度财政拨款预算支出60万元。其中："


def parts_of_lead(*paragraphs: str) -> list[str]:
    facts = told(
        "五、财政拨款支出预算情况说明", LEAD, *paragraphs, "六、其他情况说明", "1.培训费预算7万元。", year=2019
    )
    return [squeeze(f.as_printed) for f in facts if f.list_role == "part"]


def test_items_grouped_under_headings_are_parts_of_one_list() -> None:
    assert parts_of_lead(
        "（一）一般公共服务支出（类）",
        "1.政协事务（款）行政运行（项）10万元，与上年相比增加1万元。",
        "2.政协事务（款）政协会议（项）20万元，与上年数一致。",
        "（二）住房保障支出（类）",
        "1.住房改革支出（款）住房公积金（项）30万元，与上年数一致。",
    ) == ["10万元", "20万元", "30万元"]


def test_items_straight_under_the_lead_end_at_the_next_heading() -> None:
    assert parts_of_lead(
        "1.行政运行（项）10万元。", "2.政协会议（项）50万元。", "（二）另行说明", "1.住房公积金（项）30万元。"
    ) == ["10万元", "50万元"]


def test_a_list_with_a_number_missing_is_left_alone() -> None:
    assert parts_of_lead("1.行政运行（项）10万元。", "3.政协会议（项）20万元。", "4.委员视察（项）30万元。") == []


def test_a_number_printed_twice_does_not_break_a_list() -> None:
    assert len(parts_of_lead("1.行政运行（项）10万元。", "1.政协会议（项）20万元。", "2.委员视察（项）30万元。")) == 3


def test_parts_take_the_fund_of_the_total_that_they_break_down() -> None:
    facts = told("一般公共预算财政拨款基本支出300万元，其中：人员经费250万元；公用经费50万元。")
    assert [(f.measure, f.fund_source, f.list_role) for f in facts] == [
        ("basic_expenditure", "general", "total"),
        ("personnel_expenditure", "general", "part"),
        ("public_expenditure", "general", "part"),
    ]


def test_posts_and_the_people_in_them_are_two_counts() -> None:
    facts = told("本单位编制35名，其中行政编制15名、事业编制20名；年末实有在职人员33人。")
    assert [(f.subject, f.value, f.list_role) for f in facts] == [
        ("编制", 35, "total"),
        ("行政编制", 15, "part"),
        ("事业编制", 20, "part"),
        ("实有在职人员", 33, None),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [("较上年增加100万元，增幅10.06%", "10.06"), ("较上年减少100万元，降幅为1.87%", "-1.87")],
)
def test_an_amplitude_is_a_change_rate_with_the_sign_of_its_word(text: str, value: str) -> None:
    (rate,) = [f for f in told(f"“三公”经费预算10万元，{text}。") if f.measure == "change_rate"]
    assert (rate.value, rate.rate_basis) == (Decimal(value), "prior")


def test_year_on_year_and_a_prior_figure_beside_it_say_what_a_change_is_compared_with() -> None:
    same_period = told("机关运行经费支出10万元，同比增加1万元，同比增长11.1%。")
    beside = told("公务接待费2023年决算数为10万元，2024年决算数为11万元，增加1万元。")
    changes = [f for f in (*same_period, *beside) if f.measure.startswith("change_")]
    assert {f.rate_basis for f in changes} == {"prior"} and len(changes) == 3


def test_the_figure_that_a_change_is_compared_with_is_last_years() -> None:
    facts = told("机关运行经费2024年预算数500万元，比2023年预算数450万元增加50万元。")
    assert [(f.measure, f.year_offset, f.subject) for f in facts[:2]] == [
        ("budget", 0, "机关运行经费"),
        ("prior_year_budget", -1, "机关运行经费"),
    ]


@pytest.mark.parametrize("account", ["教育支出（类）进修及培训（款）培训支出（项）", "公务接待费"])
def test_a_name_before_a_colon_is_the_subject_of_the_clauses_after_it(account: str) -> None:
    facts = told(f"{account}：年初预算为2万元，支出决算为1.5万元，完成年初预算的75%。")
    assert [f.measure for f in facts] == ["initial_budget", "final_account", "completion_rate"]
    assert {f.subject for f in facts} == {account}


def test_a_year_after_a_name_is_no_part_of_it() -> None:
    now, before = told("行政运行（项）2024年年初预算为264.32万元。"), told("行政运行（项）2023年支出决算为200万元。")
    assert [(f.subject, f.year_offset) for f in (*now, *before)] == [("行政运行（项）", 0), ("行政运行（项）", -1)]


def test_a_project_whose_heading_describes_its_money_is_the_subject_of_its_budget() -> None:
    facts = told("科技创新专项经费情况说明", "六、年度预算安排", "2024年度项目总预算1720.00万元。")
    assert [(f.subject, f.subject_kind) for f in facts] == [("科技创新专项经费", "programme")]
