"""Tables of projects and their total: added up where every row is a project, left alone where one is not."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import made_forms
import pytest
from paper_reports import changed
from test_layouts import findings

from pipelines import archives
from pipelines.reading import read
from pipelines.readings import Silence
from pipelines.refresh import examination
from pipelines.settings import Settings

PROJECTS = """鹤壁市淇滨区教育局2024年部门预算公开

部门预算项目支出表
单位：万元
项目名称\t项目单位\t合计\t一般公共预算拨款\t政府性基金拨款\t国有资本经营预算拨款\t财政专户管理资金\t单位资金
校舍维修\t区教育局\t300.00\t300.00\t\t\t\t
课后服务补助\t区教育局\t120.00\t100.00\t\t\t\t20.00
体育场地建设\t区教育局\t80.00\t\t80.00\t\t\t
合计\t\t500.00\t400.00\t80.00\t\t\t20.00
"""


def _with(*changes: tuple[str, str]) -> str:
    text = PROJECTS
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def test_a_budget_table_of_projects_gives_each_projects_money_by_fund() -> None:
    reading = read(PROJECTS.encode(), "made")
    assert [t.kind for t in reading.tables] == ["budget_projects"]
    said = {(f.subject, f.fund_source): f.amount_yuan for f in reading.facts}
    assert said["课后服务补助", "all"] == Decimal(1200000)
    assert said["体育场地建设", "government_fund"] == Decimal(800000)
    assert said["合计", "other"] == Decimal(200000)
    assert {f.measure for f in reading.facts} == {"budget"}


def test_projects_that_add_up_raise_nothing(tmp_path: Path) -> None:
    assert findings({"clean": [PROJECTS]}, tmp_path) == {"clean": {}}


def test_a_fund_whose_projects_do_not_add_up_to_its_total_is_found(tmp_path: Path) -> None:
    (quotes,) = findings({"fund": [_with(("合计\t\t500.00\t400.00", "合计\t\t500.00\t410.00"))]}, tmp_path)[
        "fund"
    ].values()
    assert any("410.00" in quote for quote in quotes)


@pytest.mark.parametrize(("total", "checks"), [("500.00", []), ("510.00", ["SUM020"])])
def test_the_only_column_of_a_table_of_projects_is_added_up(total: str, checks: list[str], tmp_path: Path) -> None:
    rows = [line.split("\t") for line in PROJECTS.splitlines()]
    text = "\n".join("\t".join(row[:3]) for row in rows).replace("\t合计", "\t预算数").replace("500.00", total)
    assert list(findings({"one": [text]}, tmp_path)["one"]) == checks


@pytest.mark.parametrize(
    "row",
    [
        "其中：小学校舍\t区教育局\t200.00\t200.00\t\t\t\t",
        "区教育局小计\t\t300.00\t300.00\t\t\t\t",
        "以下为专项\t\t\t\t\t\t\t",
    ],
)
def test_a_table_with_rows_that_are_no_projects_is_not_added_up(row: str, tmp_path: Path) -> None:
    text = _with(("课后服务补助\t", f"{row}\n课后服务补助\t"), ("合计\t\t500.00", "合计\t\t510.00"))
    assert "SUM020" not in findings({"grouped": [text]}, tmp_path)["grouped"]


def test_the_executed_total_of_monitored_projects_is_the_sum_of_its_column(tmp_path: Path) -> None:
    report = changed(made_forms.PROJECTS_MONITORED, "1,513.05", "1,531.05")
    (quotes,) = findings({"monitored": report}, tmp_path)["monitored"].values()
    assert any("1,531.05" in quote for quote in quotes)


def _columns(*headings: str) -> str:
    rows = (("城市低保", "1000000", "100"), ("农村低保", "500000", "50"), ("合计", "1500000", "150"))
    lines = ["某区民政局2024年部门预算公开", "", "部门预算项目支出表", "单位：万元", "\t".join(["项目名称", *headings])]
    return "\n".join([*lines, *("\t".join(row[: len(headings) + 1]) for row in rows), ""])


@pytest.mark.parametrize("what", ["金额", "预算数", "预算金额"])
def test_yuan_and_ten_thousand_yuan_beside_each_other_are_each_read_in_their_own_unit(what: str) -> None:
    facts = read(_columns(f"{what}（元）", f"{what}（万元）").encode(), "made").facts
    assert {(f.subject, f.unit, f.amount_yuan) for f in facts} == {
        (subject, unit, Decimal(yuan))
        for subject, yuan in (("城市低保", 1000000), ("农村低保", 500000), ("合计", 1500000))
        for unit in ("元", "万元")
    }


def test_the_same_amounts_in_two_units_contradict_each_other_only_where_they_differ(tmp_path: Path) -> None:
    right = _columns("预算数（元）", "预算数（万元）")
    (tmp_path / "right.txt").write_text(right, encoding="utf-8")
    (tmp_path / "wrong.txt").write_text(right.replace("1500000\t150", "1500000\t160"), encoding="utf-8")
    settings = Settings(data=tmp_path / "data", home=tmp_path / "home", workers=1)
    entries = archives.handed_over(settings, sorted(tmp_path.glob("*.txt")))
    with examination(settings, entries, Silence()) as examined:
        files = examined.connection.execute("select file from marts.findings where severity = 'error'").fetchall()
    assert {Path(file).stem for (file,) in files} == {"wrong"}


def test_the_unit_of_a_column_counts_before_that_of_the_table() -> None:
    facts = read(_columns("金额（元）").encode(), "made").facts
    assert {f.amount_yuan for f in facts} == {Decimal(1000000), Decimal(500000), Decimal(1500000)}


def test_amounts_whose_heading_nobody_knows_are_told_and_not_passed_over() -> None:
    table = _columns("规模").replace("500000", "500,000.00").replace("1000000", "1,000,000.00")
    reading = read(table.encode(), "made")
    assert [t.kind for t in reading.tables] == ["budget_projects"]
    assert not [f for f in reading.facts if f.subject == "城市低保"]
    assert reading.document.status == "partial"
    assert "没有读入：部门预算项目支出表" in (reading.document.reason or "")


PROCUREMENT = """鹤壁市淇滨区教育局2024年部门预算公开表

2024年政府采购预算表
单位：万元
采购品目大类\t专项名称\t经济科目\t采购物品名称\t采购组织形式\t总计
合计\t\t\t\t\t500.00
一、货物A\t\t\t\t\t200.00
\t办公设备购置费\t办公设备购置\t\t\t200.00
\t\t\t复印机\t分散自行组织\t200.00
三、服务C\t\t\t\t\t300.00
\t教师培训\t培训费\t\t\t300.00
"""


def test_a_table_of_procurement_whose_only_figures_are_totals_is_read_whole(tmp_path: Path) -> None:
    reading = read(PROCUREMENT.encode(), "made")
    assert reading.document.status == "parsed"
    said = [(f.subject, f.measure, f.amount_yuan) for f in reading.facts]
    assert said[:3] == [
        ("合计", "budget", Decimal(5000000)),
        ("货物A", "budget", Decimal(2000000)),
        ("办公设备购置费", "budget", Decimal(2000000)),
    ]
    assert len(said) == 6
    assert findings({"clean": [PROCUREMENT]}, tmp_path) == {"clean": {}}
