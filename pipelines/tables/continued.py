"""Flowed tables that go on over pages: a table that repeats the heading row of the one before is its continuation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.core.model import Table
from pipelines.core.numbers import clean_number
from pipelines.core.traced import squeeze

_HEAD_ROWS = 3  # rows from the top among which a heading may stand
_FEWEST_HEADINGS = 4
_SAME_HEADINGS = 0.8  # share of heading cells that must agree: a scan spoils one now and then


def joined(tables: Sequence[Table]) -> list[Table]:
    """The tables with continuations appended to what they continue, numbered anew from the first one's number.

    A repeated heading stays among the cells, as every printed cell does; a table with a title of its own is new.
    """
    out: list[Table] = []
    for table in tables:
        if out and table.title is None and out[-1].engine == table.engine and _repeats(out[-1], table):
            out[-1] = _appended(out[-1], table)
        else:
            out.append(table)
    first = tables[0].number if tables else 1
    return [replace(t, number=first + k) for k, t in enumerate(out)]


def _repeats(above: Table, below: Table) -> bool:
    return any(_same(a, b) for a in _head(above) for b in _head(below))


def _head(table: Table) -> list[dict[int, str]]:
    rows: list[dict[int, str]] = [{} for _ in range(min(_HEAD_ROWS, table.rows))]
    for cell in table.cells:
        text = squeeze(cell.text)
        if cell.row < len(rows) and text:
            rows[cell.row][cell.col] = text
    return [
        row
        for row in rows
        if len(row) >= _FEWEST_HEADINGS and not any(clean_number(t) is not None for t in row.values())
    ]


def _same(a: dict[int, str], b: dict[int, str]) -> bool:
    agree = sum(b.get(col) == text for col, text in a.items())
    return agree >= _SAME_HEADINGS * max(len(a), len(b))


def _appended(above: Table, below: Table) -> Table:
    rows = above.rows
    return replace(
        above,
        cells=above.cells + tuple(replace(c, row=c.row + rows) for c in below.cells),
        unit=above.unit or below.unit,
    )
