"""The published tables of one report tie into each other, whatever their unit, and however much of them is blank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from pipelines.audit.examples import core_of
from pipelines.audit.run import audit

Fact = dict[str, Any]
ACCOUNTS = {"204": "公共安全支出", "20406": "司法", "2040601": "行政运行", "2040604": "基层司法业务"}
CODED = (
    ("合计", "expenditure"),
    ("基本支出", "basic_expenditure"),
    ("项目支出", "project_expenditure"),
)


def printed(table: str, number: int, rows: Mapping[str, tuple[str, ...]], unit: str = "元") -> list[Fact]:
    """A table of expenditure by account: total, basic and project; an empty text is a blank."""
    facts = []
    for n, (code, figures) in enumerate(rows.items(), 1):
        for (column, measure), figure in zip(CODED, figures, strict=False):
            if figure:
                coded = {"subject_code": code, "subject_kind": "functional_item", "subject": ACCOUNTS.get(code, code)}
                whole = {"subject_kind": "department_total", "subject": "合计"}
                facts.append(
                    {
                        "table_kind": table,
                        "table_title": table,
                        "table_no": number,
                        "table_id": f"d1:t{number}",
                        "row_no": n,
                        "statement": f"t{number}r{n}",
                        "column_label": f"支出预算 > {column}",
                        "measure": measure,
                        "printed": figure,
                        "unit": unit,
                        **(whole if code == "合计" else coded),
                    }
                )
    return facts


def audited(*tables: Iterable[Fact]) -> duckdb.DuckDBPyConnection:
    con = core_of([fact for t in tables for fact in t])
    audit(con)
    return con


def verdicts(con: duckdb.DuckDBPyConnection, check: str) -> dict[str, int]:
    sql = "select verdict, count(*) from audit.verdicts where check_id = ? group by all"
    return dict(con.execute(sql, [check]).fetchall())


def findings(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return con.execute("select check_id, severity, reported, repaired_value, message_zh from audit.findings").fetchall()


RIGHT = {
    "204": ("36,052,800.34", "14,348,853.34", "21,703,947.00"),
    "20406": ("36,052,800.34", "14,348,853.34", "21,703,947.00"),
    "2040601": ("14,348,853.34", "14,348,853.34", "0.00"),
    "2040604": ("21,703,947.00", "0.00", "21,703,947.00"),
    "合计": ("36,052,800.34", "14,348,853.34", "21,703,947.00"),
}
IN_TEN_THOUSANDS = {
    "204": ("3,605.28", "1,434.89", "2,170.39"),
    "20406": ("3,605.28", "1,434.89", "2,170.39"),
    "2040601": ("1,434.89", "1,434.89", "0.00"),
    "2040604": ("2,170.39", "0.00", "2,170.39"),
    "合计": ("3,605.28", "1,434.89", "2,170.39"),
}


def test_the_same_money_in_yuan_and_in_ten_thousand_yuan_agrees_but_for_rounding() -> None:
    con = audited(
        printed("budget_expenditure", 3, RIGHT),
        printed("budget_general_expenditure", 5, IN_TEN_THOUSANDS, unit="万元"),
    )
    assert verdicts(con, "TIE010").keys() <= {"pass", "rounding"}
    assert sum(verdicts(con, "TIE010").values()) == 12  # a zero in both tables ties nothing
    assert findings(con) == []


def test_a_figure_copied_from_its_total_into_a_row_of_two_tables_is_one_finding_with_both_places() -> None:
    wrong = RIGHT | {"2040601": ("14,348,853.34", "14,348,853.34", "21,703,947.00")}
    con = audited(printed("budget_expenditure", 3, wrong), printed("budget_general_expenditure", 5, wrong))
    ((_, severity, reported, repaired, message),) = findings(con)
    assert (severity, reported, repaired) == ("error", Decimal("21703947"), Decimal(0))
    assert "同一个数还印在《budget_general_expenditure》" in message
    ((places,),) = con.execute("select evidence[:2] from audit.findings").fetchall()
    assert [p["row_no"] for p in places] == [3, 3]


def test_a_table_of_the_general_budget_smaller_than_all_expenditure_is_only_held_to_be_no_greater() -> None:
    with_other_money = {k: (v[0], v[1], v[2]) for k, v in RIGHT.items()} | {
        "2040604": ("22,000,000.00", "0.00", "22,000,000.00"),
        "20406": ("36,348,853.34", "14,348,853.34", "22,000,000.00"),
        "204": ("36,348,853.34", "14,348,853.34", "22,000,000.00"),
        "合计": ("36,348,853.34", "14,348,853.34", "22,000,000.00"),
    }
    con = audited(printed("budget_expenditure", 3, with_other_money), printed("budget_general_expenditure", 5, RIGHT))
    assert findings(con) == []
    assert verdicts(con, "TIE011")["pass"] >= 4


def test_blanks_are_not_compared_as_zeros() -> None:
    blank = {k: (v[0], v[1] if v[1] != "0.00" else "", v[2] if v[2] != "0.00" else "") for k, v in RIGHT.items()}
    blank["2040601"] = ("", "14,348,853.34", "")
    con = audited(printed("budget_expenditure", 3, RIGHT), printed("budget_general_expenditure", 5, blank))
    assert not [check for check, *_ in findings(con) if check.startswith("TIE")]
    assert verdicts(con, "TIE010")["insufficient_data"] == 1


def test_the_tables_of_two_units_in_one_file_are_not_taken_for_each_other() -> None:
    double = {k: tuple(f"{2 * Decimal(x.replace(',', '')):,.2f}" for x in v) for k, v in RIGHT.items()}
    con = audited(
        printed("budget_expenditure", 3, RIGHT),
        printed("budget_expenditure", 13, double),
        printed("budget_general_expenditure", 15, double),
    )
    assert verdicts(con, "TIE010") == {}
    assert findings(con) == []


def sheet(kind: str, number: int, rows: Iterable[tuple[str, str, str, str, str]]) -> list[Fact]:
    """A table of both sides: (side, subject, kind of subject, fund, figure)."""
    return [
        {
            "table_kind": kind,
            "table_title": kind,
            "table_no": number,
            "table_id": f"d1:t{number}",
            "row_no": n,
            "statement": f"t{number}r{n}.{1 if side == '收入' else 2}",
            "column_label": f"{side} > 预算数",
            "measure": "budget",
            "printed": figure,
            "subject": subject,
            "subject_kind": subject_kind,
            "fund_source": fund,
            "unit": "元",
        }
        for n, (side, subject, subject_kind, fund, figure) in enumerate(rows, 1)
    ]


@pytest.mark.parametrize("brought", ["0.00", "5,000,000.00"])
def test_money_carried_over_in_a_budget_may_or_may_not_be_counted_in_its_other_tables(brought: str) -> None:
    this_year = Decimal("36052800.34") - Decimal(brought.replace(",", ""))
    both_sides = sheet(
        "budget_total",
        1,
        [
            ("收入", "本年收入合计", "department_total", "all", f"{this_year:,}"),
            ("收入", "上年结转", "other", "all", brought),
            ("收入", "收入总计", "department_total", "all", "36,052,800.34"),
            ("支出", "支出总计", "department_total", "all", "36,052,800.34"),
        ],
    )
    without = {k: tuple(f"{Decimal(x.replace(',', '')) / 2:,.2f}" for x in v) for k, v in RIGHT.items()}
    con = audited(both_sides, printed("budget_expenditure", 3, without))
    expected = {"fail": 1} if brought == "0.00" else {"insufficient_data": 1}
    assert verdicts(con, "TIE003") == expected
