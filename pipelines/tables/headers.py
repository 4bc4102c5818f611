"""Which rows of a table are headings, and what each column under them holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipelines.core.model import Cell
from pipelines.core.numbers import clean_number
from pipelines.core.traced import halfwidth, squeeze
from pipelines.tables.answered_rows import is_form_row, states_figure
from pipelines.tables.layout import Grid
from pipelines.vocab import MeasureMatch, divides, measure_of
from pipelines.vocab.headings import RowLabel, role_of, row_label

_LONGEST_HEADING = 40
_FEWEST_HEADINGS = 2
_PATH = " > "
_AMOUNT = "amount"
_LANE_ROLES = ("subject", "code", "code_class")
_UNMERGED = frozenset({"flowed-rows", "markdown"})
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
        """The sides of a two-sided table, each with its own subject column; the segment itself where it has one."""
        starts: list[int] = []
        figures = True
        for index, column in sorted(self.columns.items()):
            if column.role in _LANE_ROLES and figures:
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
            Segment(self.head, self.body, side) for side in sides if any(_may_hold_figures(c) for c in side.values())
        ]
        return lanes if len(lanes) > 1 else [self]


def _may_hold_figures(column: Column) -> bool:
    unnamed_part = column.role is None and column.fund is not None
    return column.measure is not None or column.role == _AMOUNT or unnamed_part


def segments(grid: Grid, year: int | None) -> list[Segment]:
    """The segments of a table from the top; rows above the first heading belong to none."""
    heads = _head_rows(grid, lambda text: is_heading(text, year))
    out = []
    for k, head in enumerate(heads):
        end = heads[k + 1][0] if k + 1 < len(heads) else len(grid.rows)
        body = tuple(range(head[-1] + 1, end))
        out.append(Segment(tuple(head), body, _columns(grid, head, year)))
    return out


def is_heading(text: str, year: int | None) -> bool:
    """Whether the vocabulary knows a text as a heading: a role, a measure, or a fund source without enumerator."""
    if not text or len(text) > _LONGEST_HEADING:
        return False
    if role_of(text) is not None or measure_of(text, year) is not None:
        return True
    return (text[0] not in _ENUMERATORS or text.startswith("一般")) and row_label(text) is not None


def _head_rows(grid: Grid, known: Callable[[str], bool]) -> list[list[int]]:
    anchors: set[int] = set()
    for row in range(len(grid.rows)):
        if _is_anchor(grid, row, known, first=not anchors):
            anchors.add(row)
    heads: list[list[int]] = []
    r = 0
    while r < len(grid.rows):
        if r not in anchors:
            r += 1
            continue
        head = [r]
        floor = heads[-1][-1] if heads else -1
        above = r - 1
        while above > floor and _extends(grid, above, r, known, top=not heads):
            head.insert(0, above)
            above -= 1
        while r + 1 < len(grid.rows) and (
            r + 1 in anchors or _is_index_row(grid, r + 1) or _is_covered(grid, r + 1) or _divides(grid, r + 1, known)
        ):
            r += 1
            head.append(r)
        if heads and head[0] == floor + 1:
            heads[-1] += head
        else:
            heads.append(head)
        r += 1
    return heads


def _is_anchor(grid: Grid, row: int, known: Callable[[str], bool], *, first: bool) -> bool:
    """Whether most cells of a row are headings. Below the first heading, labels of totals and funds do not make one."""
    filled = grid.filled(row)
    if not filled or grid.numbers(row):
        return False
    texts = [squeeze(cell.text) for _, cell in filled]
    named = sum(known(text) for text in texts)
    if named < _FEWEST_HEADINGS or 2 * named <= len(filled):
        return False
    strong = sum(row_label(text) is None for text in texts if known(text))
    return strong >= (1 if first else _FEWEST_HEADINGS) or any(role_of(text) for text in texts)


def _extends(grid: Grid, row: int, anchor: int, known: Callable[[str], bool], *, top: bool) -> bool:
    """Whether the row above a heading is part of it: a parent heading, or the rubbish that a scan left of one."""
    filled = grid.filled(row)
    if top and not grid.table.engine.startswith("flowed") and len(filled) < _FEWEST_HEADINGS:
        return not grid.numbers(row) and not _is_banner(grid, row)
    if len(filled) < _FEWEST_HEADINGS or any(len(squeeze(c.text)) > _LONGEST_HEADING for _, c in filled):
        return False
    if grid.table.engine == "flowed-cells" and len(grid.rows[row]) != len(grid.rows[anchor]):
        return False
    texts = [squeeze(cell.text) for _, cell in filled]
    if any(known(a) and states_figure(b) for a, b in pairwise(texts)):
        return False
    if is_form_row(texts, known) or _answers_a_label(grid, filled, anchor):
        return False
    if any(known(text) for text in texts):
        return True
    return top and not grid.numbers(row)


def _answers_a_label(grid: Grid, filled: Sequence[tuple[int, Cell]], anchor: int) -> bool:
    """Whether a row of two cells, the second over most of the table, says something under its label: no heading."""
    if len(filled) != 2:
        return False
    (_, label), (_, answer) = filled
    return label.col_span < answer.col_span and 2 * answer.col_span >= len(grid.rows[anchor])


def _is_covered(grid: Grid, row: int) -> bool:
    """Whether a heading from the rows above reaches into this row without figures: the heading is not over yet.

    A label beside all the rows that it names reaches down too, but nothing is divided under its neighbours.
    """
    reaching = {id(c) for c in grid.rows[row] if c is not None and c.row < row and squeeze(c.text)}
    if not reaching or grid.numbers(row):
        return False
    begun = list(grid.own(row))
    above = [grid.cell(row - 1, col) for col, _ in begun]
    divided = any(a is not None and a.col_span > c.col_span for a, (_, c) in zip(above, begun, strict=True))
    return divided or len(reaching) >= len(begun)


def _divides(grid: Grid, row: int, known: Callable[[str], bool]) -> bool:
    """Whether a row under headings holds nothing but headings, blank where the one above goes on: flowed text does not
    say that a heading reaches over several columns or rows."""
    texts = [squeeze(cell.text) for _, cell in grid.filled(row)]
    if not grid.table.engine.startswith("flowed") and grid.table.engine not in _UNMERGED:
        return False
    return _FEWEST_HEADINGS <= len(texts) < len(grid.rows[row]) and all(map(known, texts)) and not grid.text(row, 0)


def _is_banner(grid: Grid, row: int) -> bool:
    """One cell across the whole table: its title, not a heading."""
    cells = {id(cell) for cell in grid.rows[row] if cell is not None}
    return len(cells) == 1 and len(grid.rows[row]) > 1


def _is_index_row(grid: Grid, row: int) -> bool:
    """`栏次 1 2 3`, `类 款 项 栏次 1 2` or `1 2 3 4`: the columns counted from one."""
    texts = [halfwidth(squeeze(cell.text)) for _, cell in grid.filled(row)]
    numbers = [int(t) for t in texts if re.fullmatch(r"\d{1,2}", t)]
    others = [t for t in texts if not re.fullmatch(r"\d{1,2}", t)]
    return (
        len(numbers) >= 2
        and (len(others) <= 2 or all(role_of(t) for t in others))
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] <= 2
    )


def _columns(grid: Grid, head: list[int], year: int | None) -> dict[int, Column]:
    width = max((len(grid.rows[r]) for r in head), default=0)
    below = head[-1] + 1
    worded = [row for row in head if not _is_index_row(grid, row)]
    codes = _code_headings(grid, below) if below < len(grid.rows) else {}
    for row in head:
        codes |= _code_headings(grid, row) if _is_index_row(grid, row) else {}
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
    if grid.table.engine not in _UNMERGED:
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
    return codes if len(codes) >= _FEWEST_HEADINGS else {}


def _column(index: int, parts: list[str], year: int | None) -> Column:
    label = _PATH.join(parts)
    candidates = ["".join(parts), label, *reversed(parts)]
    candidates += ["".join(parts[k:]) for k in range(1, len(parts) - 1)]
    fund = next((f for text in reversed(parts) if (f := row_label(text)) is not None), None)
    lowest = role_of(parts[-1])
    if lowest is not None and lowest != _AMOUNT:
        return Column(index, label, lowest, fund=fund)
    for text in candidates:
        if len(text) > _LONGEST_HEADING:
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
    first = next((r for r in rows if grid.numbers(r) and not _is_index_row(grid, r)), None)
    if not first:
        return None
    head = [r for r in range(first) if not _is_banner(grid, r)]
    return Segment(tuple(head), tuple(range(first, len(grid.rows))), _columns(grid, head, year)) if head else None
