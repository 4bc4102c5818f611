"""Whose totals are compared with whose: issuers, scopes and levels are kept apart, and what is left out says why."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import handmade
import pytest
from handmade import cached, rows

from pipelines.core.model import Fact
from pipelines.core.relations import Reading

COLUMNS = ("initial_budget", "adjusted_budget", "executed")


def report(name: str, total: str = "100", sentences: tuple[str, ...] = (), **identity: object) -> Reading:
    """A report of 东西湖区民政局 for 2023 whose department spent `total` of 200 (万元), and 1 on 低保."""
    facts = [
        *handmade.row(1, "合计", dict(zip(COLUMNS, ("150", "200", total), strict=True)), "department_total"),
        *handmade.row(2, "城乡低保补助", dict(zip(COLUMNS, ("1", "2", "1"), strict=True))),
    ]
    said = {"fiscal_year": 2023, "period_end_month": 12, "families": ("self_evaluation_department",), **identity}
    made = handmade.reading(name, handmade.DONGXIHU, facts, sentences)
    return handmade.another(made, name, **said)


def of_reports(folder: Path, *made: Reading) -> duckdb.DuckDBPyConnection:
    """A warehouse of these reports, named a, b, c …"""
    return handmade.warehouse(
        folder / "w.duckdb", [cached(folder, m, f"{'abcdefg'[i]}.txt") for i, m in enumerate(made)]
    )


def test_a_provinces_own_bureau_is_a_series_of_its_own_level(tmp_path: Path) -> None:
    province = {"issuer": "江苏省政协办公厅", "district": None, "city": None, "province": "江苏省"}
    con = of_reports(
        tmp_path,
        report("一七", "80", fiscal_year=2017, **province),
        report("一八", "100", fiscal_year=2018, **province),
    )
    assert rows(
        con, "select level, district, city, province, bureau, fiscal_year, change from marts.district_year"
    ) == [
        ("province", None, None, "江苏省", "政协办公厅", 2017, None),
        ("province", None, None, "江苏省", "政协办公厅", 2018, Decimal("25.00")),
    ]
    assert rows(con, "select level, fiscal_year from marts.programme_year") == [("province", 2017), ("province", 2018)]


def test_a_department_already_holds_its_own_office(tmp_path: Path) -> None:
    con = of_reports(tmp_path, report("部门", "180", scope="部门"), report("本级", "70", scope="本级"))
    assert rows(con, "select scope, executed_yuan, files from marts.district_year") == [
        ("部门", Decimal("1800000"), ["a.txt"])
    ]
    assert rows(con, "select scope, executed_yuan, district_year_reason is null from marts.issuer_year") == [
        ("本级", Decimal("700000"), False),
        ("部门", Decimal("1800000"), True),
    ]
    assert rows(con, "select file, reason_code, counted_in from marts.not_compared") == [
        ("b.txt", "narrower_scope", "武汉市东西湖区民政局")
    ]
    assert rows(con, "select source_file from marts.programme_year") == [("a.txt",)]


def test_a_unit_that_its_department_lists_is_counted_with_the_department(tmp_path: Path) -> None:
    listed = ("纳入编制范围的单位包括：", "1.武汉市东西湖区民政局（本级）", "2.东西湖区社会福利院。")
    unit = report("院", "30", issuer="武汉市东西湖区社会福利院", scope="单位")
    con = of_reports(tmp_path, report("部门", "180", sentences=listed, scope="部门"), unit)
    assert rows(con, "select bureau, executed_yuan from marts.district_year") == [("民政局", Decimal("1800000"))]
    assert rows(con, "select file, reason_code, counted_in from marts.not_compared") == [
        ("b.txt", "part_of_department", "武汉市东西湖区民政局")
    ]


def test_a_unit_that_no_department_lists_stands_for_itself(tmp_path: Path) -> None:
    unit = report("院", "30", issuer="武汉市东西湖区社会福利院", scope="单位")
    con = of_reports(tmp_path, report("部门", "180", scope="部门"), unit)
    assert rows(con, "select bureau, executed_yuan from marts.district_year") == [
        ("民政局", Decimal("1800000")),
        ("社会福利院", Decimal("300000")),
    ]
    assert rows(con, "select bureau from marts.programme_year order by 1") == [("民政局",), ("社会福利院",)]


def test_reports_whose_issuer_nobody_names_are_not_taken_for_one(tmp_path: Path) -> None:
    con = of_reports(tmp_path, report("甲", "180", issuer=None), report("乙", "70", issuer=None))
    assert rows(con, "select files, executed_yuan, rank_reason from marts.district_year order by executed_yuan") == [
        (["b.txt"], Decimal("700000"), "报告没有写明编制单位 / the report names no issuer"),
        (["a.txt"], Decimal("1800000"), "报告没有写明编制单位 / the report names no issuer"),
    ]


def test_a_report_of_no_place_is_listed_as_left_out(tmp_path: Path) -> None:
    nowhere = report("无", issuer="民政局", district=None, city=None, province=None)
    con = of_reports(tmp_path, report("有"), nowhere)
    assert rows(con, "select files from marts.district_year") == [(["a.txt"],)]
    assert rows(con, "select file, reason_code from marts.not_compared") == [("b.txt", "no_place")]


def test_a_report_without_a_total_is_in_its_row_and_listed(tmp_path: Path) -> None:
    only_project = handmade.reading("p", handmade.DONGXIHU, handmade.row(1, "城乡低保补助", {"executed": "1"}))
    con = of_reports(tmp_path, only_project)
    assert rows(con, "select files, executed_yuan, execution_rate_reason from marts.district_year") == [
        (["a.txt"], None, "报告里没有读到部门总额 / no total of the department was read")
    ]
    assert rows(con, "select file, reason_code from marts.not_compared") == [("a.txt", "no_total")]


def test_only_places_of_one_bureau_and_scope_are_ranked(tmp_path: Path) -> None:
    con = of_reports(
        tmp_path,
        report("东", "180", scope="部门"),
        report("青", "100", scope="部门", issuer="武汉市青山区民政局", district="青山区"),
        report("蔡", "190", scope="本级", issuer="武汉市蔡甸区民政局", district="蔡甸区"),
        report("财", "150", scope="部门", issuer="武汉市东西湖区财政局"),
    )
    ranked = rows(con, "select district, bureau, rank, ranked, rank_reason is null from marts.district_year")
    assert sorted(ranked) == [
        ("东西湖区", "民政局", 1, 2, True),
        ("东西湖区", "财政局", None, None, False),
        ("蔡甸区", "民政局", None, None, False),
        ("青山区", "民政局", 2, 2, True),
    ]


def test_a_year_of_another_scope_is_no_base_for_a_change(tmp_path: Path) -> None:
    con = of_reports(tmp_path, report("去", "90", scope="本级", fiscal_year=2022), report("今", "180", scope="部门"))
    assert rows(
        con, "select change, change_reason, budget_change_reason from marts.district_year where fiscal_year=2023"
    ) == [
        (None, "上年口径不同 / the prior year's scope is another", "上年口径不同 / the prior year's scope is another")
    ]


def test_a_grand_total_with_its_balance_is_not_taken_for_what_was_spent(tmp_path: Path) -> None:
    con = handmade.one(
        tmp_path,
        *handmade.row(1, "总计", {"final_account": "120"}, "department_total"),
        *handmade.row(2, "本年支出合计", {"final_account": "100"}, "department_total"),
        family="final_accounts",
    )
    assert rows(con, "select executed_yuan from marts.district_year") == [(Decimal("1000000"),)]


@pytest.mark.parametrize("part", ["单位预留机动经费", "上年结转资金", "年末结转和结余"])
def test_reserves_and_balances_are_no_total(tmp_path: Path, part: str) -> None:
    con = handmade.one(tmp_path, *handmade.row(1, part, {"final_account": "9"}, "department_total"))
    assert rows(con, "select executed_yuan from marts.district_year") == [(None,)]


def test_what_a_budget_gives_each_fund_is_said_to_be_budgeted(tmp_path: Path) -> None:
    def fund(number: int, name: str, wan: str, source: str) -> list[Fact]:
        return handmade.row(number, name, {"budget": wan}, "fund_source", fund_source=source)

    con = handmade.one(
        tmp_path,
        *handmade.row(1, "支出总计", {"budget": "100", "basic_expenditure": "60"}, "department_total"),
        *fund(2, "一般公共预算拨款支出", "90", "general"),
        *fund(3, "政府性基金拨款支出", "10", "government_fund"),
        *fund(4, "一般公共预算财政拨款收入", "95", "general"),
        family="budgets",
    )
    assert rows(
        con,
        "select parts_basis, basic_expenditure_yuan, general_yuan, government_fund_yuan, execution_rate_reason "
        "from marts.district_year",
    ) == [
        (
            "budget",
            Decimal("600000"),
            Decimal("900000"),
            Decimal("100000"),
            "只有预算公开，没有执行 / only a budget, no execution",
        )
    ]


def test_a_programme_within_another_is_said_to_be_in_it(tmp_path: Path) -> None:
    def linked(_subject: str, code: str | None) -> tuple[str, str] | None:
        return {"20810": ("social_welfare", "code"), "2081005": ("welfare_institutions", "code")}.get(code or "")

    figures = {"initial_budget": "9", "executed": "3"}
    made = handmade.reading(
        "福利",
        handmade.DONGXIHU,
        [
            *handmade.row(1, "社会福利", figures, "functional_item", subject_code="20810"),
            *handmade.row(2, "社会福利事业单位", figures, "functional_item", subject_code="2081005"),
        ],
    )
    con = handmade.warehouse(tmp_path / "w.duckdb", [cached(tmp_path, made, "a.txt")], linked=linked)
    assert rows(con, "select programme, included_in from marts.programme_year") == [
        ("social_welfare", None),
        ("welfare_institutions", "social_welfare"),
    ]
