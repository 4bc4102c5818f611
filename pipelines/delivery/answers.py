"""The answer to a query of the published warehouse: on the terminal, or as CSV, JSON or Parquet."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.delivery.terminal import cell, console, is_numeric, shown, table

ROWS_ON_SCREEN = 500
"""More than anybody reads in a terminal; files get every row."""
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?|-+")
NARROWEST = 8
"""Cells of the terminal that a column needs to be readable; with less each row is drawn as a list of its values."""


def open_published(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection that can reach nothing but the warehouse: no files, no network, no other settings."""
    con = duckdb.connect(
        str(warehouse.resolve()),
        read_only=True,
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"},
    )
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
    return con


def write(relation: duckdb.DuckDBPyRelation, form: str, target: Path | None) -> int:
    """Writes the rows to `target` or standard output, as `table`, `csv`, `json` or `parquet`; returns their number.

    A CSV file begins with a byte order mark, without which Excel takes Chinese for something else.
    """
    if form == "table":
        return _write_table(relation, target)
    if form == "parquet":
        import pyarrow.parquet as pq  # noqa: PLC0415 - only this format needs it

        rows = relation.to_arrow_table()
        pq.write_table(rows, target or sys.stdout.buffer)
        return int(rows.num_rows)
    if target is None:
        return _write_text(relation, form, sys.stdout)
    encoding = "utf-8-sig" if form == "csv" else "utf-8"
    with target.open("w", encoding=encoding, newline="") as f:
        return _write_text(relation, form, f)


def _write_text(relation: duckdb.DuckDBPyRelation, form: str, stream: TextIO) -> int:
    return _write_csv(relation, stream) if form == "csv" else _write_json(relation, stream)


def _write_csv(relation: duckdb.DuckDBPyRelation, stream: TextIO) -> int:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(relation.columns)
    rows = relation.fetchall()
    writer.writerows([_flat(value) for value in row] for row in rows)
    return len(rows)


def _flat(value: Any) -> Any:
    """Lists and structs as JSON, so that a cell of a CSV file can be parsed again.

    Text of a report that a spreadsheet would run as a formula gets an apostrophe before it; a number is left alone.
    """
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def _write_json(relation: duckdb.DuckDBPyRelation, stream: TextIO) -> int:
    """A JSON array of objects; DuckDB writes decimals as exact numbers, which Python's encoder cannot."""
    objects = relation.query("answer", "select to_json(answer)::varchar from answer")
    rows = objects.fetchall() if objects is not None else []
    stream.write("[\n" + ",\n".join(row[0] for row in rows) + "\n]\n")
    return len(rows)


def _write_table(relation: duckdb.DuckDBPyRelation, target: Path | None) -> int:
    rows = relation.fetchall()
    if target is None:
        _draw(relation.columns, rows, console())
    else:
        with target.open("w", encoding="utf-8") as f:
            _draw(relation.columns, rows, console(f))
    return len(rows)


def _draw(columns: list[str], rows: list[tuple[Any, ...]], out: Console) -> None:
    first = rows[:ROWS_ON_SCREEN]
    if out.width // len(columns) < NARROWEST:
        for number, row in enumerate(first, 1):
            out.rule(f"第 {number} 行", align="left")
            out.print(_record(columns, row))
    else:
        out.print(_grid(columns, first))
    more = f"，只显示前 {len(first):,} 行；用 --format csv 或 -o 文件 取得全部" if len(rows) > len(first) else ""
    out.print(f"{len(rows):,} 行{more}")


def _grid(columns: list[str], rows: list[tuple[Any, ...]]) -> Table:
    drawn = table()
    for i, name in enumerate(columns):
        drawn.add_column(cell(name), justify="right" if is_numeric([r[i] for r in rows]) else "left")
    for row in rows:
        drawn.add_row(*_cells(columns, row))
    return drawn


def _record(columns: list[str], row: tuple[Any, ...]) -> Table:
    """One row of a wide answer: a line a column, blanks left out."""
    drawn = Table.grid(padding=(0, 2))
    for name, text in zip(columns, _cells(columns, row), strict=True):
        if text.plain:
            drawn.add_row(cell(name, "bold"), text)
    return drawn


def _cells(columns: list[str], row: Iterable[Any]) -> list[Text]:
    return [cell(shown(value, name)) for name, value in zip(columns, row, strict=True)]
