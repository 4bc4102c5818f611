"""Layouts that the five reports do not have: read right in every form, clean ones without findings, slips found."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import made_forms
import made_tables
import pytest
import reports
from paper_reports import FORMS, Report, as_html, as_tabs, changed
from roundtrip import said

from pipelines import archives
from pipelines.core.model import Fact, Line
from pipelines.core.numbers import clean_number
from pipelines.core.relations import Reading
from pipelines.core.traced import halfwidth, squeeze
from pipelines.reading import read
from pipelines.readings import Silence
from pipelines.refresh import examination
from pipelines.settings import Settings
from pipelines.tables.blank_lines import paced

REPORTS: dict[str, Report] = {
    "two projects": made_forms.TWO_PROJECTS,
    "sign and unit apart": made_forms.SIGN_AND_UNIT_APART,
    "department with points": made_forms.DEPARTMENT_WITH_POINTS,
    "department by task": made_forms.DEPARTMENT_BY_TASK,
    "project monitored": made_forms.PROJECT_MONITORED,
    "projects monitored": made_forms.PROJECTS_MONITORED,
    "department monitored": made_forms.DEPARTMENT_MONITORED,
    "budget": made_tables.BUDGET,
    "accounts": made_tables.ACCOUNTS_WITH_ROW_NUMBERS,
}
_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
SLIPS = {
    "two projects": ("437.48", "473.48"),
    "sign and unit apart": ("9.8", "8.9"),
    "department with points": ("4684.40", "4648.40"),
    "department by task": ("97.00%", "79.00%"),
    "project monitored": ("60.00%", "66.00%"),
    "projects monitored": ("620.50", "602.50"),
    "department monitored": ("1,525.00", "1,252.00"),
    "budget": ("800.00", "80.00"),
    "accounts": ("35.20", "32.50"),
}
"""One cell of each report misprinted: what it says, and what it says then."""


@cache
def reading(name: str, form: str = "html") -> Reading:
    return read(FORMS[form](REPORTS[name]), "made")


def figures(name: str, subject: str, **want: object) -> dict[str, str]:
    """Measure → figure as printed of what a report says of a subject."""
    facts = [f for f in reading(name).facts if f.subject == subject]
    return {f.measure: f.as_printed for f in facts if all(getattr(f, k) == v for k, v in want.items())}


def findings(reports: dict[str, Report], folder: Path) -> dict[str, dict[str, list[str]]]:
    """Which checks speak of which report, and the printed texts they point at; each report handed in as text."""
    for name, report in reports.items():
        (folder / f"{name}.txt").write_bytes(as_tabs(report))
    settings = Settings(data=folder / "data", home=folder / "home", workers=1)
    entries = archives.handed_over(settings, sorted(folder.glob("*.txt")))
    with examination(settings, entries, Silence()) as examined:
        rows = examined.connection.execute(
            "select file, check_id, list_transform(evidence, lambda e: e.quote) from marts.findings"
        ).fetchall()
    return {name: {check: quotes for file, check, quotes in rows if Path(file).stem == name} for name in reports}


@pytest.mark.parametrize("form", [form for form in FORMS if form != "html"])
@pytest.mark.parametrize("name", REPORTS)
def test_a_layout_says_the_same_in_every_form(name: str, form: str) -> None:
    expected, found = said(reading(name).facts), said(reading(name, form).facts)
    assert not expected - found, f"missing: {sorted(map(str, expected - found))}"
    assert not found - expected, f"invented: {sorted(map(str, found - expected))}"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("name", "issuer", "district", "year", "month", "family"),
    [
        ("two projects", "长沙市岳麓区民政局", "岳麓区", 2023, 12, "self_evaluation_project"),
        ("sign and unit apart", "成都市龙泉驿区民政局", "龙泉驿区", 2023, 12, "self_evaluation_project"),
        ("department with points", "武汉市江岸区民政局", "江岸区", 2023, 12, "self_evaluation_department"),
        ("department by task", "合肥市庐阳区民政局", "庐阳区", 2022, 12, "self_evaluation_department"),
        ("project monitored", "重庆市渝北区民政局", "渝北区", 2024, 7, "monitoring_project_form"),
        ("projects monitored", "武汉市江夏区民政局", "江夏区", 2023, 8, "monitoring_projects"),
        ("department monitored", "宜昌市西陵区民政局", "西陵区", 2023, 6, "monitoring_department"),
        ("budget", "鹤壁市淇滨区民政局", "淇滨区", 2024, 12, "budgets"),
        ("accounts", "廊坊市安次区民政局", "安次区", 2022, 12, "final_accounts"),
    ],
)
def test_every_form_of_a_report_says_whose_it_is_and_of_when(
    name: str, issuer: str, district: str, year: int, month: int, family: str, form: str
) -> None:
    read_so = reading(name, form).identity
    assert (read_so.issuer, read_so.district) == (issuer, district)
    assert (read_so.fiscal_year, read_so.period_end_month) == (year, month)
    assert read_so.families == (family,)


def test_clean_reports_in_new_layouts_raise_no_finding(tmp_path: Path) -> None:
    # The accounts have five of their nine tables, which is said.
    found = {name: sorted(checks) for name, checks in findings(REPORTS, tmp_path).items()}
    assert found == {name: ["FRM011"] if name == "accounts" else [] for name in REPORTS}


def test_one_slip_in_each_layout_is_found(tmp_path: Path) -> None:
    spoiled = {name: changed(report, *SLIPS[name]) for name, report in REPORTS.items()}
    found = findings(spoiled, tmp_path)
    pointed_at = {name: {quote for quotes in found[name].values() for quote in quotes} for name in REPORTS}
    assert {name: new for name, (_, new) in SLIPS.items() if new not in pointed_at[name]} == {}


def test_the_rows_of_a_form_above_its_amounts_are_no_headings() -> None:
    assert figures("two projects", "城乡特困人员救助供养资金") == {
        "initial_budget": "420.00",
        "adjusted_budget": "460.50",
        "executed": "437.48",
        "execution_rate": "95.00%",
        "score_weight": "10",
        "score": "9.5",
    }


def test_what_is_carried_over_is_a_part_of_a_projects_money() -> None:
    carried = [f for f in reading("two projects").facts if f.subject == "上年结转资金" and f.measure == "executed"]
    assert [(f.as_printed, f.list_role, f.scope) for f in carried] == [("17.48", "part", None)]


def test_sign_figure_and_unit_in_three_columns_are_one_target() -> None:
    (target,) = _targets("sign and unit apart", "老年人满意度")
    assert (target.value, target.unit, target.comparator, target.as_printed) == (Decimal(90), "%", ">=", "90")
    (words,) = _targets("sign and unit apart", "老年人生活保障水平")
    assert (words.text_value, words.comparator) == ("好", "text")


def test_signatures_under_a_form_are_no_indicator() -> None:
    assert not [f for f in reading("sign and unit apart").facts if "负责人" in f.subject]


def test_a_column_of_adjustments_is_not_the_budget_it_stands_under() -> None:
    assert figures("projects monitored", "低保资金") == {
        "initial_budget": "2,000.00",
        "budget_adjustment": "-150.00",
        "adjusted_budget": "1,850.00",
        "executed": "1,295.00",
        "execution_rate": "70.00",
    }
    (total,) = [f for f in reading("projects monitored").facts if f.subject == "合计" and f.measure == "executed"]
    assert (total.subject_kind, total.subject_code) == ("department_total", None)


def test_an_unknown_heading_beside_known_ones_is_not_the_measure_above_it() -> None:
    page = as_html(changed(made_forms.PROJECTS_MONITORED, "追加（减）数", "甲乙丙"))
    measures = {f.measure for f in read(page, "made").facts if f.column_label == "全年预算数 > 甲乙丙"}
    assert measures == {"unmapped:全年预算数 > 甲乙丙"}


def test_basic_and_project_money_of_a_form_may_be_its_budget() -> None:
    facts = [f for f in reading("department with points").facts if f.list_id == "t1:expenditure"]
    assert {(f.measure, f.as_printed, f.list_role) for f in facts} == {
        ("adjusted_budget", "4780.00", "total"),
        ("basic_expenditure", "652.30万元", "part"),
        ("project_expenditure", "4127.70万元", "part"),
    }


def test_a_task_is_named_by_its_name_not_by_its_contents() -> None:
    assert figures("department by task", "社会救助")["executed"] == "3136.00"


def test_the_number_of_a_row_is_no_figure() -> None:
    said_of = [f for f in reading("accounts").facts if f.subject == "国有资本经营预算财政拨款收入"]
    assert said_of == []  # its figure is blank, its row is the third


def test_a_total_beside_what_is_carried_over_is_not_carried_over() -> None:
    totals = [f for f in reading("budget").facts if f.subject == "合计" and f.as_printed == "2,280.00"]
    assert {f.measure for f in totals if f.column_label == "合计" and f.table_number == 2} == {"revenue"}


def test_codes_of_units_are_no_codes_of_accounts() -> None:
    kinds = {f.subject_code: f.subject_kind for f in reading("budget").facts if f.table_number == 2}
    assert kinds == {None: "department_total", "018": "other", "018001": "other", "018002": "programme"}


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("鼓楼区民政局2023年度部门决算", (None, None, "鼓楼区")),
        ("2023年度普陀区民政局部门决算", (None, None, "普陀区")),
        ("2023年度天津市河西区民政局（汇总）部门决算", ("天津市", "天津市", "河西区")),
        ("2023年度武汉经济技术开发区（汉南区）民政局部门决算", ("湖北省", "武汉市", None)),
        ("2023年度苏州工业园区民政局部门决算", ("江苏省", "苏州市", None)),
        ("2024年度武汉市市辖区民政局部门决算", ("湖北省", "武汉市", None)),
        ("2023年度长阳土家族自治县民政局部门决算", ("湖北省", "宜昌市", "长阳土家族自治县")),
        ("2023年度仙桃市民政局部门决算", ("湖北省", None, "仙桃市")),
        ("2023年度城区民政局部门决算", (None, None, None)),
    ],
)
def test_a_title_over_a_table_that_begins_with_an_item_still_names_the_place(
    title: str, place: tuple[str | None, str | None, str | None]
) -> None:
    page = f"{title}\n\n项目\t年初预算数\t执行数\n低保\t100.00\t99.00\n高龄\t50.00\t50.00\n"
    identity = read(page.encode(), "made").identity
    assert identity.title == title
    assert (identity.province, identity.city, identity.district) == place
    assert all(identity.evidence[field] for field in ("province", "city", "district"))


PERTURBED = {
    "lines end as on Windows, with spaces": lambda text: text.replace("\n", "  \r\n"),
    "spaces do not break": lambda text: text.replace(" ", "\u00a0"),
    "thousands are parted": lambda text: re.sub(
        r"(?<=\t)(\d{4,})(\.\d+)(?=\t|\n)", lambda m: f"{int(m[1]):,}{m[2]}", text
    ),
    "blank lines are doubled": lambda text: text.replace("\n\n", "\n\n\n\n"),
    "a blank line follows every line": lambda text: text.replace("\n", "\n\n"),
}
"""What typesetting and copying do to the text of a report without changing what it says."""


@pytest.mark.parametrize("change", PERTURBED)
@pytest.mark.parametrize("report", reports.ALL)
def test_what_copying_does_to_a_text_does_not_change_what_it_says(report: str, change: str) -> None:
    text = (reports.RAW / report).read_text("utf-8")
    again = read(PERTURBED[change](text).encode(), "perturbed")
    as_it_was = reports.reading(report)
    assert said(again.facts) == said(as_it_was.facts)
    assert replace(again.identity, evidence={}) == replace(as_it_was.identity, evidence={})


@pytest.mark.parametrize("report", reports.ALL)
def test_wide_digits_say_what_narrow_ones_say(report: str) -> None:
    again = read((reports.RAW / report).read_text("utf-8").translate(_WIDE_DIGITS).encode(), "perturbed")
    assert Counter(map(_plainly, again.facts)) == Counter(map(_plainly, reports.reading(report).facts))


def _plainly(fact: Fact) -> tuple[object, ...]:
    words = (halfwidth(squeeze(text or "")) for text in (fact.subject, fact.text_value, fact.level2))
    figures = (fact.amount_yuan, fact.value, fact.half_unit, fact.year_offset, fact.start, fact.row, fact.col)
    return (*words, *figures, fact.subject_kind, fact.measure, fact.fund_source, fact.rate_basis, fact.list_role)


def test_a_table_of_single_cells_parted_by_blank_lines_is_no_single_row() -> None:
    text = "\n\n".join(["\t项目", "\t低保", "\t高龄津贴"]) + "\n\n\n" + "\n\n".join(["\t合计", "\t养老"])
    assert paced(_lines(text)) == _lines(text)


def test_more_blank_lines_than_part_rows_still_end_a_table() -> None:
    row = "\t低保\n\n\t10.00\n\n\n\n"
    kept = paced(_lines(f"{row * 3}\n\n\n本表由财务科填报。"))
    assert [line.text for line in kept] == [*["\t低保", "\t10.00", ""] * 3, "", "", "本表由财务科填报。"]


def _lines(text: str) -> list[Line]:
    return [Line(1, number, line, 0) for number, line in enumerate(text.split("\n"), 1)]


def test_a_row_of_several_figures_is_no_label_and_its_value() -> None:
    turned = "指标\t低保补助\t高龄津贴\t合计\n年初预算数\t200.00\t150.00\t350.00\n执行数\t190.00\t142.50\t332.50\n"
    assert [f for f in read(turned.encode(), "made").facts if f.subject_kind == "department_total"] == []


def test_a_list_of_self_evaluations_is_no_monitoring() -> None:
    page = (
        "2024年度襄阳市樊城区民政局项目支出绩效自评结果汇总表\n\n"
        "项目名称\t小计\t执行数\t执行率\n城乡低保\t1000.00\t980.00\t98.00%\n养老服务\t500.00\t400.00\t80.00%\n"
    )
    assert "monitoring_projects" not in read(page.encode(), "made").identity.families


def test_numbers_parted_by_an_unbreakable_space_are_not_one_number() -> None:
    assert clean_number("47\u00a0124\u00a0447") is None


def test_a_question_whether_does_not_make_a_form_an_inspectors_list() -> None:
    page = "项目\t是否完成\t得分\n甲（是否）\t是\t5\n乙（是否）\t是\t5\n"
    assert read(page.encode(), "made").identity.families == ()


def _targets(name: str, subject: str) -> list[Fact]:
    return [f for f in reading(name).facts if f.subject == subject and f.measure == "target"]


def test_a_fund_numbered_under_another_is_in_it_and_not_added_again() -> None:
    rows = [
        ("一、财政拨款", "9,066.79", "一、一般公共服务支出", "6,543.55"),
        ("1.一般公共预算", "9,066.79", "二、社会保障和就业支出", "1,509.72"),
        ("二、其他资金", "80.00", "三、住房保障支出", "1,093.52"),
        ("当年收入小计", "9,146.79", "当年支出小计", "9,146.79"),
        ("收入合计", "9,146.79", "支出合计", "9,146.79"),
    ]
    body = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    page = (
        "<p>2017年收支预算总表</p><p>单位：万元</p><table><tr><td colspan=2>收入</td><td colspan=2>支出</td></tr>"
        f"<tr><td>项目名称</td><td>金额</td><td>功能科目名称</td><td>金额</td></tr>{body}</table>"
    )
    facts = read(page.encode(), "made.html").facts
    parts = [f.subject for f in facts if f.list_role == "part"]
    assert parts == ["财政拨款", "其他资金"]
