"""Which rows of a table are headings, and what each column under them holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from pipelines.core.numbers import clean_number
from pipelines.core.traced import halfwidth, squeeze
from pipelines.tables.layout import Grid
from pipelines.vocab import MeasureMatch, measure_of
from pipelines.vocab.headings import role_of

_LONGEST_HEADING = 40
_FEWEST_HEADINGS = 2
_PATH = " > "


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a segment: its heading path as printed, and its role or measure (both None: unmapped)."""

    index: int
    label: str
    role: str | None = None
    measure: MeasureMatch | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """Heading rows (`head`, first to last) and the data rows below them, up to the next heading."""

    head: tuple[int, ...]
    body: tuple[int, ...]
    columns: dict[int, Column] = field(default_factory=dict)

    def by_role(self, role: str) -> Column | None:
        """The first column with this role."""
        return next((c for c in self.columns.values() if c.role == role), None)

    def measured(self) -> list[Column]:
        """The columns that hold a measure, from the left."""
        return [c for _, c in sorted(self.columns.items()) if c.measure is not None]


def segments(grid: Grid, year: int | None) -> list[Segment]:
    """The segments of a table from the top; rows above the first heading belong to none."""
    heads = _head_rows(grid, lambda text: meaning(text, year) is not None)
    out = []
    for k, head in enumerate(heads):
        end = heads[k + 1][0] if k + 1 < len(heads) else len(grid.rows)
        body = tuple(range(head[-1] + 1, end))
        out.append(Segment(tuple(head), body, _columns(grid, head, year)))
    return out


def meaning(text: str, year: int | None) -> tuple[str | None, MeasureMatch | None] | None:
    """The role or the measure that a heading names, None where the vocabulary knows neither."""
    if not text or len(text) > _LONGEST_HEADING:
        return None
    role = role_of(text)
    if role is not None:
        return role, None
    measure = measure_of(text, year)
    return (None, measure) if measure is not None else None


def _head_rows(grid: Grid, known: Callable[[str], bool]) -> list[list[int]]:
    anchors = {r for r in range(len(grid.rows)) if _is_anchor(grid, r, known)}
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
        while r + 1 in anchors or (r + 1 < len(grid.rows) and _is_index_row(grid, r + 1)):
            r += 1
            head.append(r)
        heads.append(head)
        r += 1
    return heads


def _is_anchor(grid: Grid, row: int, known: Callable[[str], bool]) -> bool:
    filled = grid.filled(row)
    if not filled or grid.numbers(row):
        return False
    named = sum(known(squeeze(cell.text)) for _, cell in filled)
    return named >= _FEWEST_HEADINGS and 2 * named >= len(filled)


def _extends(grid: Grid, row: int, anchor: int, known: Callable[[str], bool], *, top: bool) -> bool:
    """Whether the row above a heading is part of it: a parent heading, or the rubbish that a scan left of one."""
    filled = grid.filled(row)
    if len(filled) < _FEWEST_HEADINGS or any(len(squeeze(c.text)) > _LONGEST_HEADING for _, c in filled):
        return False
    if grid.table.engine == "flowed-cells" and len(grid.rows[row]) != len(grid.rows[anchor]):
        return False
    texts = [squeeze(cell.text) for _, cell in filled]
    if any(known(a) and clean_number(b) is not None for a, b in pairwise(texts)):
        return False  # a label and its figure
    if any(known(text) for text in texts):
        return True
    return top and not grid.numbers(row)


def _is_index_row(grid: Grid, row: int) -> bool:
    """`栏次 1 2 3` or `1 2 3 4`: the columns counted from one."""
    texts = [halfwidth(squeeze(cell.text)) for _, cell in grid.filled(row)]
    numbers = [int(t) for t in texts if re.fullmatch(r"\d{1,2}", t)]
    return (
        len(numbers) >= 2
        and len(numbers) >= len(texts) - 2
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] <= 2
    )


def _columns(grid: Grid, head: list[int], year: int | None) -> dict[int, Column]:
    width = max((len(grid.rows[r]) for r in head), default=0)
    out = {}
    for col in range(width):
        parts: list[str] = []
        for row in head:
            text = grid.text(row, col)
            if text and not (parts and parts[-1] == text) and clean_number(text) is None:
                parts.append(text)
        if parts:
            out[col] = _column(col, parts, year)
    return out


def _column(index: int, parts: list[str], year: int | None) -> Column:
    label = _PATH.join(parts)
    candidates = ["".join(parts), label, *reversed(parts)]
    candidates += ["".join(parts[k:]) for k in range(1, len(parts) - 1)]
    for text in candidates:
        found = meaning(text, year)
        if found is not None:
            return Column(index, label, *found)
    return Column(index, label)
