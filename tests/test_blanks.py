"""Addends that are not there: a blank cell is no zero, and what could not be read leads to no error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from pipelines.audit.checks import discover
from pipelines.audit.examples import core_of
from pipelines.audit.run import audit
from pipelines.core.numbers import clean_number

CHECKS = {c.id: c for c in discover()}
Row = dict[str, Any]

ACCOUNTS = [
    ("20406", "司法", ["64.84", "", "64.84"]),
    ("2040601", "行政运行", ["10.00", "", "10.00"]),
    ("2040604", "基层司法业务", ["26.39", "", "26.39"]),
    ("2040699", "其他司法支出", ["28.45", "", "28.45"]),
]
"""A section and its items: code, name, 合计, 基本支出, 项目支出; the items add up."""


def accounts(changes: dict[tuple[str, int], str], columns: Sequence[int] = (0, 1, 2)) -> list[Row]:
    """A table of accounts, its cells and the figures in them, with some cells of some accounts printed otherwise."""
    measures = ("expenditure", "basic_expenditure", "project_expenditure")
    said: list[Row] = [{"table": "一般公共预算支出表", "table_no": 1}]
    for row, (code, name, printed) in enumerate(ACCOUNTS, 1):
        said += [{"cell": code, "row_no": row, "col_no": 0}, {"cell": name, "row_no": row, "col_no": 1}]
        for column in columns:
            text = changes.get((code, column), printed[column])
            said.append({"cell": text, "row_no": row, "col_no": column + 2})
            if clean_number(text) is not None:
                said.append(
                    {
                        "measure": measures[column],
                        "printed": text,
                        "subject": name,
                        "subject_code": code,
                        "subject_kind": "functional_item",
                        "statement": f"t1r{row}",
                        "row_no": row,
                        "col_no": column + 2,
                        "column_label": measures[column],
                    }
                )
    return said


def told(said: Iterable[Row], check: str = "SUM011") -> tuple[list[Row], Row]:
    """The findings of one check, and its line of the ledger."""
    con = core_of(list(said))
    audit(con, [CHECKS[check]])
    tables = []
    for name in ("findings", "check_ledger"):
        found = con.execute(f"select * from audit.{name}")
        columns = [c[0] for c in found.description or []]
        tables.append([dict(zip(columns, row, strict=True)) for row in found.fetchall()])
    return tables[0], tables[1][0]


def test_items_left_blank_are_no_fault_where_the_others_are_all_of_the_section() -> None:
    found, ledger = told(accounts({}))
    assert (found, ledger["passed"], ledger["failed"]) == ([], 2, 0)


def test_what_is_short_of_a_section_may_be_missing_in_a_blank_item_and_blames_no_printed_figure() -> None:
    (finding,), _ = told(accounts({("2040604", 0): ""}, columns=[0]))
    assert (finding["severity"], finding["repair"]) == ("warning", None)
    assert "“基层司法业务”一格空着" in finding["message_zh"]
    assert "blank: what is short may be missing there" in finding["message_en"]


def test_a_blank_item_does_not_excuse_items_that_are_more_than_their_section() -> None:
    (finding,), _ = told(accounts({("2040604", 0): "", ("2040699", 0): "88.45"}, columns=[0]))
    assert finding["severity"] == "error"
    assert "空着" not in finding["message_zh"]


def test_a_blank_in_a_row_that_adds_up_without_it_is_a_zero() -> None:
    found, _ = told(accounts({("20406", 0): "74.84", ("20406", 1): "10.00"}))
    assert {f["severity"] for f in found} == {"error"}


@pytest.mark.parametrize("printed", ["2b.39", "■■", "见附注", "26..39"])
def test_an_item_that_could_not_be_read_is_a_doubt_of_the_reading_and_no_error(printed: str) -> None:
    found, ledger = told(accounts({("2040604", 0): printed}, columns=[0]))
    assert (found, ledger["parse_doubt"], ledger["failed"]) == ([], 1, 0)


def test_an_item_that_could_not_be_read_is_no_doubt_where_the_others_are_all_there_is() -> None:
    found, ledger = told(accounts({("20406", 0): "38.45", ("2040604", 0): "■"}, columns=[0]))
    assert (found, ledger["passed"], ledger["parse_doubt"]) == ([], 1, 0)


@pytest.mark.parametrize("nothing", ["—", "/", "无", "＊"])
def test_a_mark_of_nothing_is_a_zero_and_no_blank(nothing: str) -> None:
    (finding,), _ = told(accounts({("2040604", 0): nothing}, columns=[0]))
    assert finding["severity"] == "error"


def test_a_row_of_an_account_without_any_figure_is_a_blank_item_too() -> None:
    said = [row for row in accounts({}, columns=[0]) if row.get("subject") != "基层司法业务"]
    cells = [row for row in said if row.get("row_no") != 3 or row.get("col_no", 0) < 2]
    (finding,), _ = told(cells)
    assert (finding["severity"], "“基层司法业务”" in finding["message_zh"]) == ("warning", True)


def sheet(printed: dict[str, str]) -> list[Row]:
    """One side of a table of revenue and expenditure: label → what is printed; the last row is the year's total."""
    said: list[Row] = [{"table": "收入支出决算总表", "table_no": 1, "kind": "final_total"}]
    for row, (label, text) in enumerate(printed.items(), 1):
        said += [{"cell": label, "row_no": row, "col_no": 0}, {"cell": text, "row_no": row, "col_no": 1}]
        if clean_number(text) is not None:
            kinds = {"计": "department_total", "余": "other"}
            kind = kinds.get(label[-1], "functional_item")
            said.append(
                {
                    "measure": "final_account",
                    "printed": text,
                    "subject": label,
                    "subject_kind": kind,
                    "table_kind": "final_total",
                    "column_label": "支出 > 决算数",
                    "statement": f"t1r{row}.2",
                    "row_no": row,
                    "col_no": 1,
                }
            )
    return said


def test_a_blank_class_may_hold_what_the_years_total_has_more() -> None:
    rows = {"社会保障和就业支出": "326.72", "卫生健康支出": "60.99", "住房保障支出": "", "本年支出合计": "400.00"}
    (finding,), _ = told(sheet(rows), "SUM014")
    assert (finding["severity"], finding["repair"]) == ("warning", None)
    (finding,), _ = told(sheet(rows | {"本年支出合计": "300.00"}), "SUM014")
    assert finding["severity"] == "error"


def test_a_class_that_could_not_be_read_is_a_doubt_of_the_reading() -> None:
    rows = {"社会保障和就业支出": "326.72", "卫生健康支出": "60.99", "住房保障支出": "l2.29", "本年支出合计": "400.00"}
    found, ledger = told(sheet(rows), "SUM014")
    assert (found, ledger["parse_doubt"]) == ([], 1)


def test_a_fund_left_blank_may_hold_what_the_table_of_revenue_has_more() -> None:
    def funds(fund: str) -> list[Row]:
        said = sheet({"一般公共预算财政拨款收入": "2940.05", "政府性基金预算财政拨款收入": fund})
        source = {"measure": "final_account", "subject_kind": "fund_source", "column_label": "收入 > 决算数"}
        said = [
            row | source | {"fund_source": "general", "statement": f"t1r{row['row_no']}.1"} if "measure" in row else row
            for row in said
        ]
        revenue = {"measure": "revenue", "printed": "3140.05", "subject": "合计", "table_kind": "final_revenue"}
        revenue |= {"table_id": "d1:t2", "table_no": 2, "row_no": 3, "column_label": "财政拨款收入"}
        return [*said, revenue | {"statement": "t2r3", "subject_kind": "department_total", "scope": "财政拨款"}]

    (finding,), _ = told(funds(""), "TIE002")
    assert (finding["severity"], finding["repair"]) == ("warning", None)
    found, ledger = told(funds("2OO.00"), "TIE002")
    assert (found, ledger["failed"], ledger["parse_doubt"]) == ([], 0, 1)


@pytest.mark.parametrize(
    ("carried", "grand", "other", "faults"),
    [
        ("", "400.00", "387.71", 0),
        ("12.2g", "400.00", "387.71", 0),
        ("", "387.71", "378.71", 1),
        ("0", "400.00", "387.71", 1),
    ],
)
def test_a_grand_total_is_the_years_only_where_nothing_can_be_carried(
    carried: str, grand: str, other: str, faults: int
) -> None:
    rows = {"社会保障和就业支出": "326.72", "卫生健康支出": "60.99", "年末结转和结余": carried, "总计": grand}
    total = {"measure": "expenditure", "printed": other, "subject": "合计", "table_kind": "final_expenditure"}
    total |= {"table_id": "d1:t2", "table_no": 2, "row_no": 3, "column_label": "本年支出合计", "statement": "t2r3"}
    said = [*sheet(rows), total | {"subject_kind": "department_total"}]
    assert sum(len(told(said, check)[0]) for check in sorted(CHECKS) if check.startswith("TIE0")) == faults


def funds_of(executed: dict[str, str]) -> list[Row]:
    """A row of a table of projects: its total and its parts by fund, as printed."""
    said: list[Row] = [{"table": "项目支出表", "table_no": 1}, {"cell": "低保补助", "row_no": 1, "col_no": 0}]
    for column, (fund, printed) in enumerate(executed.items(), 1):
        said.append({"cell": printed, "row_no": 1, "col_no": column})
        said.append({"cell": "5", "row_no": 2, "col_no": column})
        for row, text in ((1, printed), (2, "5")):
            if clean_number(text) is not None:
                listed = {"list_id": f"t1r{row}:executed", "list_role": "total" if fund == "all" else "part"}
                place = {"row_no": row, "col_no": column, "statement": f"t1r{row}", "subject": f"项目{row}"}
                said.append({"measure": "executed", "printed": text, "fund_source": fund, **listed, **place})
    return [row for row in said if row.get("row_no") != 2 or "measure" not in row or row["fund_source"] == "all"] + [
        {"measure": "final_account", "printed": "5", "row_no": 2, "col_no": n, "statement": "t1r2", "subject": "另一项"}
        for n in range(2, len(executed) + 1)
    ]


def test_a_fund_along_the_row_that_could_not_be_read_is_a_doubt_of_the_reading() -> None:
    printed = {"all": "40", "general": "30", "government_fund": "lO"}
    found, ledger = told(funds_of(printed | {"other": "0"}), "SUM002")
    assert (found, ledger["parse_doubt"]) == ([], 1)
    (finding,), _ = told(funds_of(printed | {"government_fund": "19", "other": "0"}), "SUM002")
    assert finding["severity"] == "error"


def test_what_is_carried_may_be_missing_where_its_cell_is_blank() -> None:
    rows = {"社会保障和就业支出": "387.71", "本年支出合计": "387.71", "年末结转和结余": "", "总计": "400.00"}
    (finding,), _ = told(sheet(rows), "SUM015")
    assert (finding["severity"], finding["repair"]) == ("warning", None)
    assert "年末结转和结余" in finding["message_zh"]
    (finding,), _ = told(sheet(rows | {"年末结转和结余": "0"}), "SUM015")
    assert finding["severity"] == "error"
