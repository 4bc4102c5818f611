"""Budget against execution: every subject once, its rate computed, its denominator found."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import handmade
import pytest
from handmade import rows

from pipelines.warehouse import build

MONITORING = "2024-东西湖.txt"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("warehouse")
    return handmade.warehouse(folder / "gouji.duckdb", handmade.five_files(folder), fingerprint="abc")


def test_execution_gives_the_department_once_and_every_project_as_printed(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    found = rows(
        warehouse,
        "select subject, initial_budget_yuan, budget_adjustment_yuan, adjusted_budget_yuan, executed_yuan, "
        f"execution_rate_reported from marts.execution where file = '{MONITORING}'",
    )
    assert [r[0] for r in found] == ["部门整体", "城乡低保补助", "低保工作经费", "临时救助", "社区纳凉取暖"]
    assert found[1][1:] == (4_230_000, Decimal("11747700"), Decimal("15977700"), Decimal("7341900"), 46)


def test_a_split_by_fund_source_stands_apart_and_is_not_added_to_its_total(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    split = rows(
        warehouse,
        f"select subject, fund_source, executed_yuan from marts.execution_by_fund where file = '{MONITORING}'",
    )
    assert split == [("公共预算", "general", Decimal("34313800"))]
    assert rows(
        warehouse,
        f"select subject from marts.execution_statements where shown_in = 'repeated_total' and file = '{MONITORING}'",
    ) == [("资金总额",)]


def test_one_row_with_columns_of_several_funds_shows_its_total(tmp_path: Path) -> None:
    con = handmade.one(
        tmp_path,
        *handmade.row(1, "社工资助金", {"budget": "5906.95", "executed": "5985.53"}),
        *handmade.row(1, "社工资助金", {"budget": "5295.56", "executed": "5274.37"}, fund_source="general"),
        *handmade.row(2, "居家养老", {"budget": "36", "executed": "30"}, fund_source="general"),
    )
    assert rows(con, "select subject, fund_source, budget_yuan from marts.execution") == [
        ("社工资助金", "all", Decimal("59069500")),
        ("居家养老", "general", Decimal("360000")),
    ]
    assert rows(con, "select subject, fund_source from marts.execution_by_fund") == [("社工资助金", "general")]


@pytest.mark.parametrize(
    ("subject", "computed", "basis"),
    [
        ("部门整体", Decimal("46.69"), "none"),
        ("城乡低保补助", Decimal("45.95"), "adjusted"),
        ("临时救助", Decimal("25.16"), "none"),
        ("社区纳凉取暖", None, "none"),
        ("行政运行", Decimal("119.00"), "initial"),
        ("一般行政管理事务", None, "none"),
        ("高龄津贴", Decimal("163.28"), None),
        ("养老服务补助", Decimal("98.67"), "budget"),
    ],
)
def test_the_rate_is_computed_and_its_denominator_found(
    warehouse: duckdb.DuckDBPyConnection, subject: str, computed: Decimal | None, basis: str | None
) -> None:
    found = rows(
        warehouse,
        f"select execution_rate_computed, rate_basis from marts.execution where subject = '{subject}'",
    )
    assert found == [(computed, basis)]


def test_a_rate_over_the_initial_budget_in_a_column_of_the_adjusted_is_found_out(tmp_path: Path) -> None:
    figures = {"initial_budget": "4572.76", "adjusted_budget": "4532.05", "executed": "4532.05"}
    con = handmade.one(
        tmp_path, *handmade.row(1, "年度资金总额", {**figures, "execution_rate": "99.11%"}, "department_total")
    )
    assert rows(con, "select execution_rate_reported, execution_rate_computed, rate_basis from marts.execution") == [
        (Decimal("99.11"), Decimal("100.00"), "initial")
    ]


def test_a_rate_over_the_budget_with_what_was_added_fits_though_no_sum_is_printed(tmp_path: Path) -> None:
    figures = {"initial_budget": "0", "budget_adjustment": "205.9", "executed": "129.43", "completion_rate": "62.9%"}
    con = handmade.one(tmp_path, *handmade.row(1, "应急处理", figures))
    assert rows(con, "select adjusted_budget_yuan, execution_rate_computed, rate_basis from marts.execution") == [
        (None, Decimal("62.86"), "adjusted")
    ]


def test_a_figure_with_many_digits_does_not_stop_the_build(tmp_path: Path) -> None:
    figures = {"initial_budget": "9" * 13, "adjusted_budget": "0.01", "executed": "9" * 13, "execution_rate": "99%"}
    con = handmade.one(tmp_path, *handmade.row(1, "天文数字", {**figures, "execution_rate": "9" * 15 + "%"}))
    assert rows(con, "select execution_rate_computed, rate_basis from marts.execution") == [(None, "none")]


def test_a_blank_is_no_zero_and_its_row_is_still_there(tmp_path: Path) -> None:
    con = handmade.one(
        tmp_path,
        *handmade.row(1, "护理员岗位补贴", {"initial_budget": "9", "executed": "3"}),
        *handmade.row(2, "收养评估", {"initial_budget": "4", "executed": ""}),
    )
    assert rows(con, "select subject, executed_yuan from marts.execution") == [
        ("护理员岗位补贴", Decimal("30000")),
        ("收养评估", None),
    ]


def test_what_only_states_a_budget_is_not_its_execution(tmp_path: Path) -> None:
    con = handmade.one(tmp_path, *handmade.row(1, "收养评估", {"budget": "4"}))
    assert rows(con, "select * from marts.execution") == []


def test_a_figure_of_last_year_is_not_in_this_years_row(tmp_path: Path) -> None:
    con = handmade.one(
        tmp_path,
        *handmade.row(1, "高龄津贴", {"final_account": "3", "initial_budget": "4"}),
        *handmade.row(1, "高龄津贴", {"final_account": "2"}, year_offset=-1),
    )
    assert rows(con, "select final_account_yuan from marts.execution") == [(Decimal("30000"),)]


def test_every_item_of_the_prose_comes_with_its_sentence(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        warehouse,
        "select subject, initial_budget_yuan, final_account_yuan, execution_rate_reported, quote, fund_source "
        "from marts.execution where file = '2023-青山.txt' and subject_kind = 'functional_item'",
    )
    assert [r[:4] for r in found] == [
        ("行政运行", Decimal("2643200"), Decimal("3145500"), Decimal("119")),
        ("一般行政管理事务", Decimal("0"), Decimal("100000"), Decimal("100")),
        ("高龄津贴", Decimal("18991600"), Decimal("31008900"), None),
    ]
    assert all(r[0] in r[4] and r[5] == "general" for r in found)


def test_the_quote_of_a_table_row_is_the_row(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = rows(warehouse, "select quote, transferred_yuan from marts.execution where subject = '社区纳凉取暖'")
    assert found == [("社区纳凉取暖 | 133 | -133 | 0 | 0 | 100% | 266 | 9", Decimal("2660000"))]


def test_the_verdict_of_a_row_is_the_worst_of_the_checks_that_lie_in_it(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    found = dict(rows(warehouse, f"select subject, verdict from marts.execution where file = '{MONITORING}'"))
    assert found["部门整体"] == "fail"
    assert found["城乡低保补助"] == "pass"


def test_an_equation_over_many_rows_blames_none_of_them(tmp_path: Path) -> None:
    con = handmade.one(
        tmp_path,
        *handmade.row(1, "甲", {"initial_budget": "9", "executed": "3"}),
        *handmade.row(2, "乙", {"initial_budget": "9", "executed": "3"}),
    )
    first, second = (r[0] for r in rows(con, "select fact_ids[1] from marts.execution"))
    con.execute(
        "insert into audit.verdicts by name select 'SUM999' as check_id, 'x' as document_id, 'k' as equation_key, "
        "'fail' as verdict, [{'role': 'part', 'fact_id': ?}, {'role': 'result', 'fact_id': ?}] as terms",
        [first, second],
    )
    build.build_layer(con, "marts")
    assert "fail" not in {r[0] for r in rows(con, "select verdict from marts.execution")}


@pytest.mark.parametrize(("printed", "basis"), [("98.70%", "budget"), ("98. 70%", "budget"), ("98.71%", "none")])
def test_a_zero_filled_in_at_the_end_of_a_rate_is_no_precision(tmp_path: Path, printed: str, basis: str) -> None:
    budget, executed = handmade.row(1, "养老服务补助", {"budget": "1286.7", "executed": "1269.62"})
    place = {"statement": "t1r1", "table_number": 1, "row": 1, "col": 3, "subject": "养老服务补助"}
    rate = replace(handmade.percent("execution_rate", printed.replace(" ", ""), **place), as_printed=printed)
    con = handmade.one(tmp_path, budget, executed, rate)
    assert rows(con, "select execution_rate_computed, rate_basis from marts.execution") == [(Decimal("98.67"), basis)]


def test_a_rate_with_a_long_tail_of_zeros_does_not_stop_the_build(tmp_path: Path) -> None:
    figures = {"budget": "10", "executed": "10", "execution_rate": "100." + "0" * 30 + "%"}
    con = handmade.one(tmp_path, *handmade.row(1, "养老服务补助", figures))
    assert rows(con, "select rate_basis from marts.execution") == [("budget",)]
