"""What a kind of report demands to be checked: every obligation is evaluated, or its reason is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.audit.examples import core_of
from pipelines.audit.ledger import REASONS
from pipelines.audit.run import audit
from pipelines.delivery.findings_view import REASONS as REASONS_ZH
from pipelines.families import families

MART = (Path(__file__).parents[1] / "sql" / "marts" / "obligations.sql").read_text(encoding="utf-8")

NINE = {
    "document_id": "nine",
    "file": "某区民政局2024年度部门决算.pdf",
    "families": ["final_accounts"],
    "status": "parsed",
}


def audited(
    said: Iterable[Mapping[str, Any]], documents: Iterable[Mapping[str, Any]] = (NINE,)
) -> duckdb.DuckDBPyConnection:
    con = core_of(said, documents)
    audit(con)
    return con


def obligations(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], dict[str, Any]]:
    found = con.execute(MART)
    names = [c[0] for c in found.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {(r["document_id"], r["check_family"]): r for r in rows}


def reason(con: duckdb.DuckDBPyConnection, check: str, document: str = "nine") -> str | None:
    sql = "select not_evaluated_reason from audit.check_ledger where check_id = ? and document_id = ?"
    (row,) = con.execute(sql, [check, document]).fetchall()
    return row[0]


def total(kind: str, table_no: int, printed: str, measure: str, **more: Any) -> dict[str, Any]:
    return {
        "document": "nine",
        "measure": measure,
        "printed": printed,
        "subject": "合计",
        "subject_kind": "department_total",
        "table_kind": kind,
        "table_no": table_no,
        "table_id": f"nine:t{table_no}",
        "statement": f"t{table_no}r9",
        "column_label": "合计",
        **more,
    }


REVENUE = [
    total("final_total", 1, "400.00", "final_account", subject="本年收入合计", column_label="收入 > 决算数"),
    total("final_revenue", 2, "400.00", "revenue"),
]


def test_a_tie_between_two_tables_that_were_read_is_an_obligation_met() -> None:
    ties = obligations(audited(REVENUE))["nine", "ties"]
    assert (ties["evaluated"], ties["passed"], ties["failed"]) == (1, 1, 0)
    assert ties["obligations"] == ties["evaluated"] + ties["not_evaluated"]


def test_checks_of_tables_that_the_kind_of_report_does_not_have_are_not_demanded_of_it() -> None:
    con = audited(REVENUE)
    assert reason(con, "TIE016") == "no such table in this family"
    assert obligations(con)["nine", "ties"]["not_demanded"] >= 1


def test_a_table_that_the_kind_of_report_has_and_that_was_not_read_is_the_reason() -> None:
    con = audited(REVENUE)
    assert reason(con, "TIE003") == "table not read"
    assert "没有读到相应的表" in obligations(con)["nine", "ties"]["reasons_zh"]


def test_a_table_without_figures_is_not_called_unread() -> None:
    empty = {
        "table": "政府性基金预算财政拨款收入支出决算表",
        "kind": "final_expenditure",
        "document": "nine",
        "table_no": 7,
    }
    assert reason(audited([*REVENUE, empty]), "TIE003") == "table holds no figures"


@pytest.mark.parametrize(
    ("status_reason", "said"),
    [("扫描件，没有文字层", "scan illegible"), ("文件已损坏，无法作为PDF打开", "document not read")],
)
def test_a_report_that_cannot_be_read_has_all_its_obligations_open_and_no_finding(
    status_reason: str, said: str
) -> None:
    con = audited([], [NINE | {"status": "quarantined", "status_reason": status_reason}])
    assert con.execute("select count(*) from audit.findings").fetchall() == [(0,)]
    for (_, family), row in obligations(con).items():
        assert (row["evaluated"], row["not_evaluated"]) == (0, row["obligations"])
        if family != "form":  # whether its tables are there is asked, and cannot be told
            assert row["reasons_en"] == f"{said} {row['obligations']}"


def test_a_scan_of_pages_without_text_is_not_said_to_lack_its_tables() -> None:
    con = audited([], [NINE | {"status": "partial", "status_reason": "第1–9页是扫描件，没有文字层"}])
    assert con.execute("select count(*) from audit.findings").fetchall() == [(0,)]
    assert reason(con, "TIE001") == "scan illegible"


def test_equations_over_blanks_are_told_as_insufficient_and_not_as_passed() -> None:
    one = total("final_total", 1, "326.72", "final_account", subject="社会保障和就业支出")
    other = total("final_expenditure", 3, "60.99", "expenditure", subject="卫生健康支出", subject_code="210")
    sided = [one | {"subject_kind": "functional_item", "column_label": "支出 > 决算数"}, other]
    con = audited(sided)
    assert con.execute(
        "select passed, failed, insufficient_data from audit.check_ledger where check_id = 'TIE004'"
    ).fetchall() == [(0, 0, 2)]
    assert "insufficient data 1" in obligations(con)["nine", "ties"]["reasons_en"]


def test_the_mart_has_words_for_every_reason_of_the_ledger() -> None:
    assert all(f"('{said}', '{REASONS_ZH[said]}')" in MART for said in REASONS)


def test_every_kind_of_table_that_a_family_must_hold_is_one_that_it_has() -> None:
    for family in families():
        assert set(family.obligations) <= {kind.kind for kind in family.tables}
