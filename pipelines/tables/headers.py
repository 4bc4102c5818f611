"""What each column of a table holds, by the headings over it; `heading_rows` says which rows are headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipelines.core.numbers import clean_number
from pipelines.core.traced import squeeze
from pipelines.tables.heading_rows import (
    FEWEST_HEADINGS,
    LONGEST_HEADING,
    UNMERGED,
    heading_rows,
    is_banner,
    is_index_row,
)
from pipelines.tables.layout import Grid
from pipelines.vocab import MeasureMatch, divides, measure_of
from pipelines.vocab.headings import RowLabel, role_of, row_label

_PATH = " > "
_AMOUNT = "amount"
_LANE_ROLES = ("subject", "code", "code_class")
_SCORE_ROLES = ("weight", "score")
_ENUMERATORS = "一二三四五六七八九十0123456789（(①②③④⑤"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a segment: its heading path as printed, its role or measure (both None: unmapped), and the fund
    that some part of the path names."""

    index: int
    label: str
    role: str | None = None
    measure: MeasureMatch | None = None
    fund: RowLabel | None = None

    @property
    def parts(self) -> list[str]:
        """The headings of the path, from the top."""
        return [part.strip() for part in self.label.split(_PATH.strip())]


@dataclass(frozen=True, slots=True)
class Segment:
    """Heading rows (`head`, first to last) and the data rows below them, up to the next heading."""

    head: tuple[int, ...]
    body: tuple[int, ...]
    columns: dict[int, Column] = field(default_factory=dict)

    def by_role(self, role: str) -> Column | None:
        """The first column with this role."""
        return next((c for c in self.columns.values() if c.role == role), None)

    def holds_figures(self) -> bool:
        """Whether some column holds a measure, or amounts whose measure the table says."""
        return any(c.measure is not None or c.role == _AMOUNT for c in self.columns.values())

    def measured(self) -> list[Column]:
        """The columns that hold a measure, from the left."""
        return [c for _, c in sorted(self.columns.items()) if c.measure is not None]

    def lanes(self) -> list[Segment]:
        """The sides of a two-sided table, each with its own subject column; the segment itself where it has one.

        A subject column begins a side after one of figures, or where it has the heading of the first one again.
        """
        starts: list[int] = []
        figures = True
        for index, column in sorted(self.columns.items()):
            again = bool(starts) and column.label == self.columns[starts[0]].label and index - 1 not in starts
            if column.role in _LANE_ROLES and (figures or again):
                starts.append(index)
                figures = False
            figures = figures or _may_hold_figures(column)
        if len(starts) < 2:
            return [self]
        sides = [
            {i: c for i, c in self.columns.items() if begin <= i < end}
            for begin, end in zip(starts, [*starts[1:], max(self.columns, default=0) + 1], strict=True)
        ]
        lanes = [
            Segment(self.head, self.body, side)
            for side in sides
            if any(_may_hold_figures(c) or c.role in _SCORE_ROLES for c in side.values())
        ]
        return lanes if len(lanes) > 1 else [self]


def _may_hold_figures(column: Column) -> bool:
    unnamed_part = column.role is None and column.fund is not None
    return column.measure is not None or column.role == _AMOUNT or unnamed_part


def segments(grid: Grid, year: int | None) -> list[Segment]:
    """The segments of a table from the top; rows above the first heading belong to none."""
    heads = heading_rows(grid, lambda text: is_heading(text, year))
    out = []
    for k, head in enumerate(heads):
        end = heads[k + 1][0] if k + 1 < len(heads) else len(grid.rows)
        body = tuple(range(head[-1] + 1, end))
        out.append(Segment(tuple(head), body, _columns(grid, head, year)))
    return out


def is_heading(text: str, year: int | None) -> bool:
    """Whether the vocabulary knows a text as a heading: a role, a measure, or a fund source without enumerator."""
    if not text or len(text) > LONGEST_HEADING:
        return False
    if role_of(text) is not None or measure_of(text, year) is not None:
        return True
    return (text[0] not in _ENUMERATORS or text.startswith("一般")) and row_label(text) is not None


def _columns(grid: Grid, head: list[int], year: int | None) -> dict[int, Column]:
    width = max((len(grid.rows[r]) for r in head), default=0)
    below = head[-1] + 1
    worded = [row for row in head if not is_index_row(grid, row)]
    codes = _code_headings(grid, below) if below < len(grid.rows) else {}
    for row in head:
        codes |= _code_headings(grid, row) if is_index_row(grid, row) else {}
    out = {}
    for col in range(width):
        parts: list[str] = []
        for k, row in enumerate(worded):
            text = grid.text(row, col) or _reaching(grid, worded, k, col)
            if text and not (parts and parts[-1] == text) and clean_number(text) is None:
                parts.append(text)
        if col in codes:
            parts.append(codes[col])
        if parts:
            out[col] = _column(col, parts, year)
    return _without_inherited(_without_side_labels(out), year)


def _reaching(grid: Grid, head: Sequence[int], level: int, col: int) -> str:
    """The heading to the left that reaches over a place where the form tells no merged cells, empty where none does.

    It has headings under itself, and so has every place that it reaches over.
    """
    if grid.table.engine not in UNMERGED:
        return ""
    while col >= 0 and any(grid.text(row, col) for row in head[level + 1 :]):
        if text := grid.text(head[level], col):
            return text if col + 1 < len(grid.rows[head[level]]) else ""
        col -= 1
    return ""


def _without_inherited(columns: dict[int, Column], year: int | None) -> dict[int, Column]:
    """An unknown heading below a measure (`全年预算数 > 其他增减`) is not that measure where a heading beside it is a
    measure of its own: the group holds different things."""
    own = {i: measure_of(c.parts[-1], year) for i, c in columns.items() if len(c.parts) > 1 and c.measure is not None}
    divided = {i for i in own if columns[i].fund is not None or divides(columns[i].parts[-1])}
    mixed = {tuple(columns[i].parts[:-1]) for i, m in own.items() if m is not None and i not in divided}
    return {
        i: replace(c, measure=None)
        if i in own and own[i] is None and i not in divided and tuple(c.parts[:-1]) in mixed
        else c
        for i, c in columns.items()
    }


def _without_side_labels(columns: dict[int, Column]) -> dict[int, Column]:
    """`绩效指标` beside the levels names all of them: the third level is the one that stands after the others."""
    upper = [i for i, c in columns.items() if c.role in ("level1", "level2")]
    third = [i for i, c in columns.items() if c.role == "level3"]
    if not upper or not any(i > min(upper) for i in third):
        return columns
    return {i: replace(c, role=None) if i in third and i < min(upper) else c for i, c in columns.items()}


def _code_headings(grid: Grid, row: int) -> dict[int, str]:
    """`类 | 款 | 项` that stand in a row of figures, beside its total or beside the count of the columns."""
    texts = {col: squeeze(cell.text) for col, cell in grid.filled(row)}
    codes = {col: text for col, text in texts.items() if (role_of(text) or "").startswith("code_")}
    return codes if len(codes) >= FEWEST_HEADINGS else {}


def _column(index: int, parts: list[str], year: int | None) -> Column:
    label = _PATH.join(parts)
    candidates = ["".join(parts), label, *reversed(parts)]
    candidates += ["".join(parts[k:]) for k in range(1, len(parts) - 1)]
    fund = next((f for text in reversed(parts) if (f := row_label(text)) is not None), None)
    lowest = role_of(parts[-1])
    if lowest is not None and lowest != _AMOUNT:
        return Column(index, label, lowest, fund=fund)
    for text in candidates:
        if len(text) > LONGEST_HEADING:
            continue
        role = role_of(text)
        if role == _AMOUNT:
            said = (measure_of(part, year) for part in reversed(parts))
            return Column(index, label, role, next((m for m in said if m is not None), None), fund)
        measure = None if role else measure_of(text, year)
        if role or measure:
            return Column(index, label, role, measure, fund)
    return Column(index, label, fund=fund)


def leading(grid: Grid, year: int | None) -> Segment | None:
    """The table as one segment whose headings are all rows above its first figures; None where there are no figures."""
    rows = range(len(grid.rows))
    first = next((r for r in rows if grid.numbers(r) and not is_index_row(grid, r)), None)
    if not first:
        return None
    head = [r for r in range(first) if not is_banner(grid, r)]
    return Segment(tuple(head), tuple(range(first, len(grid.rows))), _columns(grid, head, year)) if head else None
