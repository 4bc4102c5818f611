"""One sheet of cells with its merged ranges, rules and hidden rows, and a run of its rows as a grid."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.core.model import Cell
from pipelines.documents.flow import Grid

Place = tuple[int, int]
Range = tuple[Place, Place]
"""The first and the last cell of a merged range."""

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_UNNAMED = re.compile(r"^工作表\d*$")
_LEAST_ROWS = 2
_LEAST_RULED = 2


@dataclass(frozen=True, slots=True)
class Area:
    """One sheet: texts by (row, column) from 0, merged ranges, the cells with a rule at their side, what is hidden.

    `name` is what the sheet is called; it names a table above which nothing else does.
    """

    texts: Mapping[Place, str]
    merges: Sequence[Range] = ()
    ruled: Collection[Place] = ()
    hidden_rows: Collection[int] = ()
    hidden_columns: Collection[int] = ()
    name: str = ""
    by_row: Mapping[int, Mapping[int, str]] = field(init=False)
    ruled_rows: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        rows: dict[int, dict[int, str]] = defaultdict(dict)
        for (row, column), text in sorted(self.texts.items()):
            if text.strip():
                rows[row][column] = text
        counts: dict[int, int] = defaultdict(int)
        for row, _ in self.ruled:
            counts[row] += 1
        object.__setattr__(self, "by_row", dict(rows))
        object.__setattr__(self, "ruled_rows", frozenset(r for r, n in counts.items() if n >= _LEAST_RULED))


def trimmed(area: Area, rows: list[int]) -> list[int]:
    """The rows without those at both ends that hold no text."""
    printed = [i for i, row in enumerate(rows) if row in area.by_row]
    return rows[printed[0] : printed[-1] + 1] if printed else []


def grid_of(area: Area, rows: Sequence[int], page: int) -> Grid | None:
    """The rows as a grid between the first and last column with text; None where that is not a table."""
    rows = trimmed(area, list(rows))
    columns = _columns(area, rows)
    if not rows or len(columns) < 2 or (len(rows) < _LEAST_ROWS and not area.ruled_rows.intersection(rows)):
        return None
    number = {row: i for i, row in enumerate(rows)}
    spans, covered = _spans(area, rows, columns)
    cells = []
    for row in rows:
        for column in columns:
            if (row, column) not in covered:
                height, width = spans.get((row, column), (1, 1))
                text = area.texts.get((row, column), "").strip()
                cells.append(Cell(number[row], column - columns[0], text, height, width, page))
    place = f"{_letters(columns[0])}{rows[0] + 1}:{_letters(columns[-1])}{rows[-1] + 1}"
    return Grid(
        tuple(cells),
        page,
        name=area.name if _CHINESE.search(area.name) and not _UNNAMED.match(area.name) else None,
        remarks=_remarks(area, rows, columns),
        place=f"{area.name}!{place}" if area.name else place,
    )


def _remarks(area: Area, rows: Sequence[int], columns: range) -> tuple[str, ...]:
    hidden_rows = "、".join(str(r + 1) for r in rows if r in area.hidden_rows)
    hidden_columns = "、".join(_letters(c) for c in columns if c in area.hidden_columns)
    remarks = (("行", hidden_rows), ("列", hidden_columns))
    return tuple(f"工作表中隐藏的{what}：{which}" for what, which in remarks if which)


def _columns(area: Area, rows: Iterable[int]) -> range:
    used = [c for row in rows for c in area.by_row.get(row, {})]
    if not used:
        return range(0)
    inside = set(rows)
    reach = [
        last
        for (row, column), (_, last) in area.merges
        if row in inside and area.by_row.get(row, {}).get(column) and not _is_spread(area, row)
    ]
    return range(min(used), max([*used, *reach]) + 1)


def _is_spread(area: Area, row: int) -> bool:
    """Whether a row is one text merged over everything, which says nothing of how far the columns go."""
    return len(area.by_row.get(row, {})) == 1


def _spans(area: Area, rows: Sequence[int], columns: range) -> tuple[dict[Place, tuple[int, int]], set[Place]]:
    """The spans of the merged ranges, cut to the grid, by their first cell, and the cells that they cover."""
    spans: dict[Place, tuple[int, int]] = {}
    covered: set[Place] = set()
    for (top, left), (bottom, right) in area.merges:
        held = rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
        inside = range(max(left, columns.start), min(right + 1, columns.stop))
        if not held or not inside or (held[0], inside[0]) in covered:
            continue
        origin = held[0], inside[0]
        spans[origin] = len(held), len(inside)
        covered.update((r, c) for r in held for c in inside if (r, c) != origin)
    return spans, covered


def _letters(column: int) -> str:
    """The name of a column counted from 0: 0 is `A`, 26 is `AA`."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
