"""The marts as one workbook for people who live in Excel: a sheet a mart, Chinese headings, amounts in 万元.

Figures are numbers, text is text: nothing that a report prints can become a formula or a link. The same warehouse gives
the same bytes.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from rich.cells import cell_len

from pipelines.delivery.answers import open_published

_FIXED = dt.datetime(2000, 1, 1)  # a time of writing would make two equal workbooks differ
_SCHEMA = "marts_zh"
_ORDER = ("区县年度", "项目年度", "预算执行", "核对发现", "绩效指标", "决算与预算公开", "核对台账", "核对目录", "文档")
_MOST_ROWS = 1_048_575  # what a sheet holds below its heading
_MOST_CHARACTERS = 32_767  # what a cell holds
_WIDEST, _NARROWEST = 60, 8
_SAMPLE = 200  # rows that decide a column's width
_DATA = "数据"  # one row a figure: what Parquet and the database are for
_COLUMN_NOTES = "各列说明"


def build(database: Path, target: Path) -> dict[str, int]:
    """Writes the workbook of a warehouse to `target`; returns rows by sheet.

    A mart that is longer than a sheet is cut, and its heading row says so. The long list of single figures is left to
    the database and Parquet.
    """
    rows: dict[str, int] = {}
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
    }
    with open_published(database) as con, xlsxwriter.Workbook(str(target), options) as book:
        book.set_properties({"title": "勾稽", "created": _FIXED})
        formats = _formats(book)
        for view in _views(con):
            rows[view] = _sheet(con, book, view, formats)
        _columns_sheet(con, book, formats)
    return rows


def _views(con: duckdb.DuckDBPyConnection) -> list[str]:
    found = con.execute(
        "select view_name from duckdb_views() where schema_name = ? and not internal order by view_name", [_SCHEMA]
    ).fetchall()
    names = [name for (name,) in found if name != _DATA]
    return sorted(names, key=lambda n: (_ORDER.index(n) if n in _ORDER else len(_ORDER), n))


def _formats(book: xlsxwriter.Workbook) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8ECEF", "bottom": 1}),
        "text": book.add_format({"valign": "top", "text_wrap": True}),
        "amount": book.add_format({"num_format": "#,##0.00####;[Red]-#,##0.00####", "valign": "top"}),
        "whole": book.add_format({"num_format": "0", "valign": "top"}),
        "number": book.add_format({"num_format": "#,##0.##", "valign": "top"}),
    }


def _sheet(con: duckdb.DuckDBPyConnection, book: xlsxwriter.Workbook, view: str, formats: dict[str, Any]) -> int:
    relation = con.sql(f'select * from {_SCHEMA}."{view}"')
    columns = list(relation.columns)
    rows = relation.limit(_MOST_ROWS + 1).fetchall()
    cut = len(rows) > _MOST_ROWS
    rows = rows[:_MOST_ROWS]
    sheet = book.add_worksheet(view[:31])
    for c, width in enumerate(_widths(columns, rows)):
        sheet.set_column(c, c, width)
    for c, name in enumerate(columns):
        sheet.write_string(0, c, f"{name}（只列前 {len(rows)} 行）" if cut and c == 0 else name, formats["head"])
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row):
            _write(sheet, r, c, value, columns[c], formats)
    sheet.freeze_panes(1, 1)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    return len(rows)


def _write(sheet: Any, row: int, col: int, value: Any, name: str, formats: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_string(row, col, "是" if value else "否", formats["text"])
    elif isinstance(value, int):
        sheet.write_number(row, col, value, formats["whole"])
    elif isinstance(value, (Decimal, float)):
        sheet.write_number(row, col, float(value), formats["amount" if "万元" in name else "number"])
    else:
        sheet.write_string(row, col, _words(value)[:_MOST_CHARACTERS], formats["text"])


def _words(value: Any) -> str:
    """Lists and structures as text that people read."""
    if isinstance(value, dict):
        return "；".join(f"{key}：{_words(x)}" for key, x in value.items() if x is not None)
    if isinstance(value, (list, tuple)):
        return "；".join(_words(x) for x in value)
    return str(value)


def _widths(columns: list[str], rows: list[tuple[Any, ...]]) -> list[int]:
    out = []
    for c, name in enumerate(columns):
        longest = max((cell_len(_words(row[c])) for row in rows[:_SAMPLE] if row[c] is not None), default=0)
        out.append(min(_WIDEST, max(_NARROWEST, longest + 2, min(cell_len(name) + 2, 24))))
    return out


def _columns_sheet(con: duckdb.DuckDBPyConnection, book: xlsxwriter.Workbook, formats: dict[str, Any]) -> None:
    """What every column means, from the comments of the warehouse itself."""
    found = con.execute(
        """
        select table_name, column_name, comment from duckdb_columns()
        where schema_name = ? order by table_name, column_index
        """,
        [_SCHEMA],
    ).fetchall()
    sheet = book.add_worksheet(_COLUMN_NOTES)
    for c, (name, width) in enumerate((("表", 20), ("列", 28), ("说明", 90))):
        sheet.set_column(c, c, width)
        sheet.write_string(0, c, name, formats["head"])
    for r, row in enumerate(found, 1):
        for c, value in enumerate(row):
            sheet.write_string(r, c, value or "", formats["text"])
    sheet.freeze_panes(1, 0)
