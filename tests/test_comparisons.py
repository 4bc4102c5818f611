"""Districts and programmes over years: totals taken once, from one place, and never mixed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import handmade
import pytest
from handmade import cached, rows

from pipelines.core.model import Fact

MONITORING = "2024-东西湖.txt"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("warehouse")
    return handmade.warehouse(folder / "gouji.duckdb", handmade.five_files(folder), fingerprint="abc")


def test_a_district_has_one_row_a_year_and_its_totals_their_facts(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        warehouse,
        "select district, fiscal_year, period_end_month, bureau, files, initial_budget_yuan, adjusted_budget_yuan, "
        "executed_yuan, execution_rate, general_yuan from marts.district_year where district = '东西湖区'",
    )
    assert found == [
        (
            "东西湖区",
            2024,
            7,
            "民政局",
            [MONITORING],
            Decimal("68569100"),
            Decimal("74893900"),
            Decimal("34967100"),
            Decimal("46.69"),
            Decimal("34313800"),
        )
    ]
    sources = rows(
        warehouse,
        "select distinct f.subject from marts.district_year as d, unnest(d.source_facts) as s(fact_id) "
        "inner join core.facts as f on f.fact_id = s.fact_id where d.district = '东西湖区' order by 1",
    )
    assert sources == [("公共预算",), ("部门整体",)]


def test_basic_and_project_expenditure_stand_beside_the_total(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert rows(
        warehouse,
        "select executed_yuan, basic_expenditure_yuan, project_expenditure_yuan, government_fund_yuan, execution_rate "
        "from marts.district_year where fiscal_year = 2023",
    ) == [(Decimal("210622300"), Decimal("4984200"), Decimal("205638100"), Decimal("98385100"), None)]


def test_a_report_without_district_is_in_no_comparison_but_among_the_documents(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    for mart in ("district_year", "programme_year"):
        assert rows(warehouse, f"select * from marts.{mart} where fiscal_year = 2021") == []
    assert rows(warehouse, "select file from marts.documents where district is null and status = 'parsed'") == [
        ("2021-本级.txt",)
    ]


def test_a_part_of_the_department_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    con = handmade.one(
        tmp_path,
        *handmade.row(
            1, "项目支出", {"initial_budget": "9", "adjusted_budget": "9", "executed": "3"}, "department_total"
        ),
        *handmade.row(2, "支出合计", {"executed": "5"}, "department_total"),
    )
    assert rows(
        con, "select executed_yuan, project_expenditure_yuan, initial_budget_yuan from marts.district_year"
    ) == [(Decimal("50000"), Decimal("30000"), None)]
    assert rows(con, "select subject from marts.execution") == [("支出合计",)]


def test_a_year_so_far_and_a_whole_year_never_share_a_row(tmp_path: Path) -> None:
    part = handmade.monitoring()
    whole = handmade.another(part, "全年", period_end_month=12)
    con = handmade.warehouse(
        tmp_path / "w.duckdb",
        [cached(tmp_path, part, "1-7月.txt"), cached(tmp_path, whole, "全年.txt")],
    )
    assert rows(con, "select period_end_month, files, rank from marts.district_year") == [
        (7, ["1-7月.txt"], None),
        (12, ["全年.txt"], None),
    ]
    assert rows(con, "select distinct period_end_month, source_file from marts.programme_year order by 1") == [
        (7, "1-7月.txt"),
        (12, "全年.txt"),
    ]


def test_two_reports_of_one_district_and_year_are_not_added(tmp_path: Path) -> None:
    made = handmade.monitoring()
    con = handmade.warehouse(
        tmp_path / "w.duckdb",
        [cached(tmp_path, made, "a.txt"), cached(tmp_path, handmade.another(made, "b"), "b.txt")],
    )
    assert rows(con, "select files, executed_yuan, source_files from marts.district_year") == [
        (["a.txt", "b.txt"], Decimal("34967100"), ["a.txt"])
    ]
    assert rows(con, "select executed_yuan from marts.programme_year where programme = 'temporary_aid'") == [
        (Decimal("156000"),)
    ]


def test_bureaus_and_places_of_the_same_name_are_kept_apart(tmp_path: Path) -> None:
    made = handmade.monitoring()
    others = {
        "财政": handmade.another(made, "财政", issuer="武汉市东西湖区财政局"),
        "别省": handmade.another(made, "别省", issuer="东西湖区民政局", city="包头市", province="内蒙古自治区"),
    }
    con = handmade.warehouse(tmp_path / "w.duckdb", [cached(tmp_path, m, f"{n}.txt") for n, m in others.items()])
    assert rows(con, "select bureau, city, files from marts.district_year order by 1") == [
        ("民政局", "包头市", ["别省.txt"]),
        ("财政局", "武汉市", ["财政.txt"]),
    ]


def test_change_is_against_the_same_district_and_period_of_the_year_before(tmp_path: Path) -> None:
    now = handmade.monitoring()
    before = handmade.another(now, "去年", fiscal_year=2023)
    more = replace(
        now,
        facts=tuple(
            replace(f, amount_yuan=f.amount_yuan * 2) if f.measure == "executed" and f.amount_yuan else f
            for f in now.facts
        ),
    )
    con = handmade.warehouse(
        tmp_path / "w.duckdb",
        [cached(tmp_path, before, "2023.txt"), cached(tmp_path, more, "2024.txt")],
    )
    assert rows(con, "select fiscal_year, change, budget_change from marts.district_year order by 1") == [
        (2023, None, None),
        (2024, Decimal("100.00"), Decimal("0.00")),
    ]
    assert rows(
        con, "select fiscal_year, change_from_prior_year from programme_series('temporary_aid') order by fiscal_year"
    ) == [(2023, None), (2024, Decimal("100.00"))]


def test_projects_of_one_programme_are_added_within_one_table(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert rows(
        warehouse,
        "select subjects, initial_budget_yuan, executed_yuan, execution_rate, share_of_district, len(source_facts) "
        "from marts.programme_year where programme = 'minimum_living'",
    ) == [
        (
            ["城乡低保补助", "低保工作经费"],
            Decimal("4480000"),
            Decimal("7384500"),
            Decimal("45.51"),
            Decimal("21.12"),
            6,
        )
    ]


def test_a_section_already_holds_its_items(tmp_path: Path) -> None:
    figures = {"initial_budget": "9", "executed": "3"}
    con = handmade.one(
        tmp_path,
        *handmade.row(1, "最低生活保障", figures, "functional_item", subject_code="20819"),
        *handmade.row(2, "城市最低生活保障金", figures, "functional_item", subject_code="2081901"),
        *handmade.row(3, "农村最低生活保障金", figures, "functional_item", subject_code="2081902"),
    )
    assert rows(con, "select subjects, executed_yuan from marts.programme_year") == [
        (["最低生活保障"], Decimal("30000"))
    ]


def test_a_lists_total_already_holds_its_parts(tmp_path: Path) -> None:
    def listed(number: int, subject: str, role: str) -> list[Fact]:
        figures = {"initial_budget": "9", "executed": "3"}
        return handmade.row(number, subject, figures, list_id="t1:executed", list_role=role)

    con = handmade.one(
        tmp_path, *listed(1, "低保合计", "total"), *listed(2, "城市低保", "part"), *listed(3, "农村低保", "part")
    )
    assert rows(con, "select subjects, executed_yuan from marts.programme_year") == [(["低保合计"], Decimal("30000"))]


def test_a_sum_with_a_blank_is_not_given(tmp_path: Path) -> None:
    con = handmade.one(
        tmp_path,
        *handmade.row(1, "城市低保", {"initial_budget": "9", "executed": "3"}),
        *handmade.row(2, "农村低保", {"initial_budget": "9"}),
    )
    assert rows(con, "select initial_budget_yuan, executed_yuan from marts.programme_year") == [(180_000, None)]


def test_districts_can_be_compared_by_macro(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert rows(warehouse, "select district, execution_rate, errors > 0 from compare_districts(2024)") == [
        ("东西湖区", Decimal("46.69"), True)
    ]


def test_the_expenditure_of_a_budget_is_planned_and_not_executed(tmp_path: Path) -> None:
    figures = {"expenditure": "1212", "basic_expenditure": "950", "project_expenditure": "262"}
    con = handmade.one(
        tmp_path,
        *handmade.row(1, "合计", figures, "department_total"),
        *handmade.row(2, "城市低保", {"expenditure": "262"}, "functional_item", subject_code="2081901"),
        family="budgets",
    )
    assert rows(con, "select budget_yuan, executed_yuan, basic_expenditure_yuan from marts.district_year") == [
        (Decimal("12120000"), None, Decimal("9500000"))
    ]
    assert rows(con, "select budget_yuan, executed_yuan from marts.programme_year") == [(Decimal("2620000"), None)]


def test_the_expenditure_in_a_final_accounts_tables_is_executed(tmp_path: Path) -> None:
    con = handmade.one(
        tmp_path,
        *handmade.row(1, "合计", {"expenditure": "1212"}, "department_total"),
        *handmade.row(2, "城市低保", {"expenditure": "262"}, "functional_item", subject_code="2081901"),
        family="final_accounts",
    )
    assert rows(con, "select executed_yuan from marts.district_year") == [(Decimal("12120000"),)]
    assert rows(con, "select executed_yuan from marts.programme_year") == [(Decimal("2620000"),)]


def test_a_table_of_one_fund_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    figures = handmade.row(1, "合计", {"initial_budget": "9", "executed": "5"}, "department_total")
    con = handmade.one(tmp_path, *figures, title="财政拨款收支总表")
    assert rows(con, "select executed_yuan from marts.district_year") == [(None,)]


def test_numbered_items_of_one_part_of_the_prose_are_added(tmp_path: Path) -> None:
    def item(number: int, final: str) -> list[Fact]:
        more = {"sentence_number": number, "statement": f"s{number}.1", "origin": "narrative", "subject": "低保支出"}
        facts = (handmade.money("initial_budget", "10"), handmade.money("final_account", final))
        return [replace(f, **more, subject_kind="functional_item") for f in facts]  # type: ignore[arg-type]

    place = "五、支出决算情况说明 > （三）具体情况"
    con = handmade.one(
        tmp_path,
        *item(1, "3"),
        *item(2, "4"),
        *item(3, "50"),
        sentences=("1.低保支出 10 3", "2.低保支出 10 4", "低保支出 10 50"),
        sections=(f"{place} > 1.低保支出", f"{place} > 2.低保支出", "六、附件"),
    )
    assert rows(con, "select subjects, initial_budget_yuan, executed_yuan from marts.programme_year") == [
        (["低保支出", "低保支出"], Decimal("200000"), Decimal("70000"))
    ]
