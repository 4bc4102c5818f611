"""Decimal points that recognition lost or misplaced: readings with which an equation of the same table would close.

They are offered, never taken: the cell keeps what was read, is contested, and a note of the table says what else it
may be. Equations are those that the table itself keeps in its other rows (one column is the sum of others) or in its
other columns (the row of totals is the sum of the rows).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from pipelines.core.model import Cell, Table
from pipelines.core.numbers import clean_number
from pipelines.core.traced import halfwidth, squeeze
from pipelines.tables.agreement import Dispute
from pipelines.tables.layout import Grid
from pipelines.vocab.headings import row_label

_FEWEST_KEPT = 2  # rows that show that one column is the sum of others
_MOST_BROKEN = 0.34  # of the rows may break the equation: misread figures, or errors of the report
_FEWEST_PARTS = 2
_MOST_DECIMALS = 4
_MOST_COLUMNS = 24

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Equation:
    """The figure at `total` is the sum of those at `parts`; all places hold figures."""

    total: Place
    parts: tuple[Place, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """All figures in it."""
        return (self.total, *self.parts)


def with_offers(table: Table, pages: Collection[int]) -> tuple[Table, list[Dispute]]:
    """The table with figures contested for which another reading is offered, and the offers.

    Only figures on the given (recognised) pages are doubted, and none that stands in an equation that holds.
    """
    figures = _figures(table)
    equations = [e for e in (*_across(figures), *_down(table, figures)) if len(e.parts) >= _FEWEST_PARTS]
    trusted = {p for e in equations if _holds(e, figures) for p in e.places if figures[p].value != 0}
    offers: dict[Place, str] = {}
    for equation in equations:
        if _holds(equation, figures):
            continue
        doubted = [p for p in equation.places if p not in trusted and figures[p].cell.page in pages]
        found = [(p, text) for p in doubted for text in _readings(figures[p]) if _closes(equation, figures, p, text)]
        if len(found) == 1:
            offers.setdefault(*found[0])
    if not offers:
        return table, []
    cells = tuple(
        replace(c, contested=True, other=offers[c.row, c.col]) if (c.row, c.col) in offers else c for c in table.cells
    )
    notes = tuple(
        f"第{p[0] + 1}行第{p[1] + 1}列识别为“{squeeze(figures[p].cell.text)}”；若为“{text}”则本表勾稽关系成立，请核对"
        for p, text in sorted(offers.items())
    )
    disputes = [_dispute(figures[p].cell, text) for p, text in sorted(offers.items())]
    return replace(table, cells=cells, notes=(*table.notes, *notes)), disputes


@dataclass(frozen=True, slots=True)
class _FigureCell:
    cell: Cell
    value: Decimal
    decimals: int


def _figures(table: Table) -> dict[Place, _FigureCell]:
    out = {}
    for c in table.cells:
        value = clean_number(c.text) if c.col_span == 1 and c.row_span == 1 else None
        if value is not None:
            exponent = value.as_tuple().exponent
            out[c.row, c.col] = _FigureCell(c, value, max(0, -exponent) if isinstance(exponent, int) else 0)
    return out


def _across(figures: dict[Place, _FigureCell]) -> Iterator[_Equation]:
    """Equations along the rows, for the sums of columns that most rows keep."""
    rows: dict[int, set[int]] = {}
    for r, c in figures:
        rows.setdefault(r, set()).add(c)
    columns = sorted({c for _, c in figures})[:_MOST_COLUMNS]
    for total, parts in _sums(columns):
        here = [
            _Equation((r, total), tuple((r, c) for c in parts))
            for r, present in sorted(rows.items())
            if total in present and all(c in present for c in parts)
        ]
        telling = [e for e in here if sum(figures[p].value != 0 for p in e.parts) >= _FEWEST_PARTS]
        kept = sum(_holds(e, figures) for e in telling)
        if kept >= _FEWEST_KEPT and len(telling) - kept <= max(1, _MOST_BROKEN * len(telling)):
            yield from telling


def _sums(columns: Sequence[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """A column and the others that it may be the sum of: any two, or three and more that stand side by side."""
    for pair in combinations(columns, 2):
        for total in columns:
            if total not in pair:
                yield total, pair
    for first, last in combinations(range(len(columns)), 2):
        if last - first >= 2:
            for beside in (first - 1, last + 1):
                if 0 <= beside < len(columns):
                    yield columns[beside], tuple(columns[first : last + 1])


def _down(table: Table, figures: dict[Place, _FigureCell]) -> Iterator[_Equation]:
    """For each column, the row of totals as the sum of the other rows; of coded rows, those of the highest level."""
    grid = Grid.of(table)
    totals = [r for r in range(len(grid.rows)) if _is_total(grid, r)]
    if len(totals) != 1:
        return
    codes = {r: _code(grid, r) for r in range(len(grid.rows)) if r != totals[0]}
    shortest = min((len(code) for code in codes.values() if code), default=0)
    rows = {r for r, code in codes.items() if len(code) == shortest}
    for c in sorted({col for _, col in figures}):
        parts = tuple(p for p in sorted(figures) if p[1] == c and p[0] in rows)
        if (totals[0], c) in figures:
            yield _Equation((totals[0], c), parts)


def _code(grid: Grid, row: int) -> str:
    """The digits before a row's name: its code, also where that is set in three columns."""
    out = ""
    for _, cell in grid.own(row):
        text = squeeze(cell.text)
        if text and not text.isdecimal():
            return out
        out += text
    return ""


def _is_total(grid: Grid, row: int) -> bool:
    labels = [squeeze(cell.text) for _, cell in grid.filled(row) if clean_number(cell.text) is None]
    meaning = row_label(labels[0]) if labels else None
    return meaning is not None and meaning.list_role == "total" and meaning.subject_kind == "department_total"


def _holds(e: _Equation, figures: dict[Place, _FigureCell]) -> bool:
    return _is_closed(e, {p: figures[p].value for p in e.places}, max(figures[p].decimals for p in e.places))


def _closes(e: _Equation, figures: dict[Place, _FigureCell], place: Place, text: str) -> bool:
    value = clean_number(text)
    if value is None:
        return False
    values = {p: figures[p].value for p in e.places} | {place: value}
    return _is_closed(e, values, max(figures[p].decimals for p in e.places if p != place))


def _is_closed(e: _Equation, values: dict[Place, Decimal], decimals: int) -> bool:
    slack = Decimal(5).scaleb(-decimals - 1) * len(e.places) if decimals else Decimal(0)
    return abs(values[e.total] - sum(values[p] for p in e.parts)) <= slack


def _readings(figure: _FigureCell) -> Iterator[str]:
    """The same digits with the decimal point elsewhere."""
    text = halfwidth(squeeze(figure.cell.text))
    digits = re.sub(r"\D", "", text)
    sign = "-" if figure.value < 0 else ""
    for decimals in range(min(_MOST_DECIMALS, len(digits) - 1) + 1):
        whole, part = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
        value = Decimal(f"{sign}{whole}.{part or 0}")
        if value != figure.value and (len(whole) == 1 or whole[0] != "0"):
            grouped = f"{int(whole):,}" if "," in text else whole
            yield f"{sign}{grouped}.{part}" if part else f"{sign}{grouped}"


def _dispute(cell: Cell, text: str) -> Dispute:
    return Dispute(cell.page, cell.row, cell.col, cell.box, cell.text, text)
