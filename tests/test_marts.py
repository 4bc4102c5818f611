"""The marts: names that others rely on, and what becomes of the figures of a report in each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import handmade
import pytest
from handmade import rows

from pipelines.core.model import Fact
from pipelines.warehouse import objects

EVIDENCE = (
    "STRUCT(file VARCHAR, page INTEGER, row_no INTEGER, col_no INTEGER, x0 DOUBLE, y0 DOUBLE, x1 DOUBLE, y1 DOUBLE, "
    "quote VARCHAR)[]"
)

PROMISED = {
    "documents": "document_id, file, sha256, media_type, pages, title, issuer, district, city, province, fiscal_year, "
    "period_end_month, family, status, status_reason, tables, facts, checks_evaluated, errors, warnings, hints",
    "facts": "fact_id, document_id, file, district, fiscal_year, period_end_month, subject_kind, subject, "
    "subject_code, programme, fund_source, measure, amount_yuan, value, unit, as_printed, half_unit, origin, page, "
    "table_title, row_label, column_label, row_no, col_no, x0, y0, x1, y1, char_start, char_end, quote, contested",
    "execution": "document_id, file, district, fiscal_year, period_end_month, subject_kind, subject, subject_code, "
    "programme, fund_source, initial_budget_yuan, budget_adjustment_yuan, adjusted_budget_yuan, executed_yuan, "
    "forecast_executed_yuan, final_account_yuan, execution_rate_reported, execution_rate_computed, rate_basis, note, "
    "verdict",
    "indicators": "document_id, file, district, fiscal_year, project, goal, level1, level2, level3, target_text, "
    "actual_text, comparator, target_value, actual_value, unit, score_weight, score, achieved, note",
    "final_accounts": "document_id, file, district, fiscal_year, table_no, table_title, subject_code, subject, level, "
    "side, measure, amount_yuan",
    "district_year": "district, city, province, fiscal_year, files, initial_budget_yuan, adjusted_budget_yuan, "
    "executed_yuan, execution_rate, basic_expenditure_yuan, project_expenditure_yuan, general_yuan, "
    "government_fund_yuan, rank, change, errors, warnings, coverage",
    "programme_year": "programme, programme_zh, district, fiscal_year, initial_budget_yuan, adjusted_budget_yuan, "
    "executed_yuan, execution_rate, share_of_district, change_from_prior_year, source_facts",
    "findings": "finding_id, check_id, check_family, severity, document_id, file, district, fiscal_year, page, "
    "table_title, subject, message_zh, message_en, reported, expected_low, expected_high, difference, equation, "
    "repair, repaired_value, fact_ids, evidence",
    "check_ledger": "check_id, document_id, file, candidates, passed, rounding, failed, not_applicable, "
    "insufficient_data, parse_doubt, not_evaluated_reason",
    "check_catalogue": "check_id, family, severity, title_zh, title_en, formula, basis, smallest_error_caught",
}

MONITORING = "2024-东西湖.txt"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("warehouse")
    return handmade.warehouse(folder / "gouji.duckdb", handmade.five_files(folder), fingerprint="abc")


# Names


@pytest.mark.parametrize("mart", PROMISED)
def test_a_mart_begins_with_its_promised_columns_in_order(warehouse: duckdb.DuckDBPyConnection, mart: str) -> None:
    promised = PROMISED[mart].split(", ")
    assert [r[0] for r in rows(warehouse, f"describe marts.{mart}")][: len(promised)] == promised


def test_money_is_decimal_and_evidence_is_a_list_of_places(warehouse: duckdb.DuckDBPyConnection) -> None:
    inexact = rows(
        warehouse,
        "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'marts' "
        "and column_name like '%_yuan' and data_type not like 'DECIMAL%'",
    )
    assert inexact == []
    types = {r[0]: r[1] for r in rows(warehouse, "describe marts.findings")}
    assert types["evidence"].replace('"', "") == EVIDENCE
    assert types["fact_ids"] == "VARCHAR[]"


def test_the_chinese_views_show_the_same_rows_in_wan_and_say_so(warehouse: duckdb.DuckDBPyConnection) -> None:
    views = rows(warehouse, "select view_name from duckdb_views() where schema_name = 'marts_zh' order by 1")
    assert ("预算执行",) in views
    for (view,) in views:
        names = [r[0] for r in rows(warehouse, f'describe marts_zh."{view}"')]
        assert not [n for n in names if n.isascii()], view
    shown = rows(
        warehouse,
        'select "年初预算数（万元）", "执行数（万元）", "报告的执行率（%）" from marts_zh."预算执行"'
        " where \"事项\" = '城乡低保补助'",
    )
    assert shown == [(Decimal("423"), Decimal("734.19"), Decimal("46"))]
    assert objects.count(warehouse, 'marts_zh."预算执行"') == objects.count(warehouse, "marts.execution")


# Documents


def test_documents_count_what_was_read_and_found(warehouse: duckdb.DuckDBPyConnection) -> None:
    tables, facts, unmapped, errors, evaluated = rows(
        warehouse,
        "select tables, facts, unmapped_facts, errors, checks_evaluated from marts.documents "
        f"where file = '{MONITORING}'",
    )[0]
    assert (tables, unmapped) == (1, 1)
    assert facts == len(handmade.monitoring().facts)
    counted = f"select count(*) from marts.findings where severity = 'error' and file = '{MONITORING}'"
    assert rows(warehouse, counted) == [(errors,)]
    assert errors > 0
    assert evaluated > 0


# Indicators


@pytest.mark.parametrize(
    ("name", "comparator", "achieved"),
    [
        ("满意度", ">=", False),
        ("设施数量", "=", True),
        ("服务对象", "~", None),
        ("发放时间", "text", True),
        ("服务成本", "=", None),
        ("准确率", ">=", None),
        ("床位数", "=", None),
        ("网点数", "=", False),
        ("未填", "=", None),
    ],
)
def test_an_indicator_is_met_or_missed_only_where_it_can_be_told(
    warehouse: duckdb.DuckDBPyConnection, name: str, comparator: str, achieved: bool | None
) -> None:
    found = rows(warehouse, f"select comparator, achieved from marts.indicators where level3 = '{name}'")
    assert found == [(comparator, achieved)]


def test_an_indicator_knows_the_project_of_its_table(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert rows(warehouse, "select distinct project from marts.indicators") == [("养老服务补助",)]


def test_a_cost_target_is_compared_in_yuan(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert rows(
        warehouse,
        "select target_value, actual_value, unit, target_text, target_unit from marts.indicators "
        "where level3 = '服务成本'",
    ) == [(1_800_000, 530_000, "元", "180万", "万")]


def test_the_weight_of_a_group_is_no_indicator(tmp_path: Path) -> None:
    weight = handmade.percent("score_weight", "40%", subject_kind="indicator", subject="产出指标", level1="产出指标")
    con = handmade.one(tmp_path, replace(weight, statement="t1r1", table_number=1, row=1, col=1))
    assert rows(con, "select * from marts.indicators") == []


def test_what_prose_repeats_of_an_indicator_is_not_a_second_one(tmp_path: Path) -> None:
    target = handmade.percent("target", "100%", subject_kind="indicator", subject="建成率", level1="产出指标")
    table = replace(target, statement="t1r1", table_number=1, row=1, col=1, goal="年度目标1")
    prose = replace(target, statement="s1.1", sentence_number=1, origin="narrative", goal="年度目标1")
    other = replace(prose, statement="s2.1", goal="年度目标2")
    con = handmade.one(tmp_path, table, prose, other)
    assert rows(con, "select goal, table_id is not null from marts.indicators") == [
        ("年度目标1", True),
        ("年度目标2", False),
    ]


# Final accounts


def test_codes_of_a_final_account_say_their_level(tmp_path: Path) -> None:
    facts = [
        fact
        for number, code in enumerate(("208", "20819", "2081901"), 1)
        for fact in handmade.row(number, "低保", {"expenditure": "5"}, "functional_item", subject_code=code)
    ]
    con = handmade.one(tmp_path, *facts, family="final_accounts")
    assert rows(con, "select subject_code, level, side, amount_yuan from marts.final_accounts") == [
        ("208", "class", "expenditure", Decimal("50000")),
        ("20819", "section", "expenditure", Decimal("50000")),
        ("2081901", "item", "expenditure", Decimal("50000")),
    ]


def test_other_reports_have_no_final_account(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert rows(warehouse, f"select * from marts.final_accounts where file = '{MONITORING}'") == []


def test_totals_and_leaves_are_told_apart(tmp_path: Path) -> None:
    def item(number: int, name: str, code: str, wan: str) -> list[Fact]:
        return handmade.row(number, name, {"expenditure": wan}, "functional_item", subject_code=code)

    con = handmade.one(
        tmp_path,
        *item(1, "社会保障和就业支出", "208", "7"),
        *item(2, "最低生活保障", "20819", "4"),
        *item(3, "城市最低生活保障金支出", "2081901", "4"),
        *item(4, "社会福利", "20810", "3"),
        *item(5, "编码没有读全的一行", "071102", "3"),
        *handmade.row(7, "年末结转和结余", {"expenditure": "2"}, "other"),
        *handmade.row(8, "合计", {"expenditure": "7"}, "department_total"),
        family="final_accounts",
    )
    told = rows(con, "select subject_code, is_total, is_leaf from marts.final_accounts order by row_no")
    assert told == [
        ("208", True, False),
        ("20819", True, False),
        ("2081901", False, True),
        ("20810", False, True),
        ("071102", False, False),
        (None, False, False),
        (None, True, False),
    ]
    assert rows(con, "select sum(amount_yuan) from marts.facts where is_leaf") == [(Decimal("70000"),)]


def test_funds_stand_under_the_appropriation_that_they_make_up(tmp_path: Path) -> None:
    def fund(number: int, name: str, source: str, wan: str) -> list[Fact]:
        return handmade.row(number, name, {"revenue": wan}, "fund_source", fund_source=source, col=1)

    con = handmade.one(
        tmp_path,
        *fund(1, "财政拨款收入", "all", "9"),
        *fund(2, "一般公共预算资金", "general", "8"),
        *fund(3, "政府性基金", "government_fund", "1"),
        *fund(4, "事业收入", "other", "2"),
        *handmade.row(5, "收入总计", {"revenue": "11"}, "department_total", col=1),
        family="budgets",
    )
    assert rows(con, "select subject from marts.final_accounts where is_leaf order by row_no") == [
        ("一般公共预算资金",),
        ("政府性基金",),
        ("事业收入",),
    ]
