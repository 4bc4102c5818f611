"""Tables that stand beside each other on one sheet, each under a title of its own, as areas of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipelines.documents.area import Area
from pipelines.documents.table_edges import is_caption_text
from pipelines.documents.titles import is_title

_LEAST_ROWS = 2
_LEAST_CELLS = 2
"""Rows of so many cells that each of two tables has, or they are not parted."""


def apart(area: Area) -> list[Area]:
    """The sheet in reading order: where titles of tables stand in one row, what is under each by itself.

    Two tables are parted by a blank column, or where the merged range of a title begins; they end above the next
    titles, or the first row that reaches over both. A two-sided table under one title (收入 | 支出) stays whole.
    """
    out: list[Area] = []
    rest = [area]
    while rest:
        area = rest.pop()
        parts = next(filter(None, (_parted(area, row) for row in sorted(area.by_row))), None)
        if parts is None:
            out.append(area)
        else:
            above, left, right, below = parts
            out += [part for part in (above, left) if part.by_row]
            rest += [part for part in (below, right) if part.by_row]
    return out


def _parted(area: Area, row: int) -> tuple[Area, Area, Area, Area] | None:
    """What is above, left, right and below, where the row holds titles and two tables stand under the first two."""
    titles = [c for c, text in area.by_row[row].items() if is_title(text)]
    if len(titles) < 2 or not _is_titled(area, row):
        return None
    first, second = titles[:2]
    ends = {left: right for (top, left), (_, right) in area.merges if top == row}
    blank = range(ends.get(first, first) + 1, second)
    reached = {column: _reach(area, row, column, column) for column in blank}
    if reached and max(reached.values()) - row > _LEAST_ROWS:
        column = max(reached, key=lambda c: reached[c])
        end = reached[column]
    elif first in ends or second in ends:
        column, end = second, _reach(area, row, second, None)
    else:
        return None
    left = _within(area, lambda r, c: row <= r < end and c < column)
    right = _within(area, lambda r, c: row <= r < end and c >= column)
    if not _is_table(left) or not _is_table(right):
        return None
    return _within(area, lambda r, _: r < row), left, right, _within(area, lambda r, _: r >= end)


def _reach(area: Area, row: int, column: int, blank: int | None) -> int:
    """The first row below `row` that is of other tables: something in it reaches over the left side of `column` or
    stands in `blank`, or it holds titles again."""
    last = max(area.by_row)
    crossing = [
        top
        for (top, left), (_, right) in area.merges
        if top > row and left < column <= right and area.by_row.get(top, {}).get(left)
    ]
    standing = [r for r in area.by_row if r >= row and blank is not None and blank in area.by_row[r]]
    titled = [r for r in area.by_row if r > row + _LEAST_ROWS and _is_titled(area, r)]
    return min([*crossing, *standing, *titled, last + 1])


def _is_titled(area: Area, row: int) -> bool:
    texts = area.by_row[row].values()
    return any(map(is_title, texts)) and all(is_title(t) or is_caption_text(t) for t in texts)


def _within(area: Area, holds: Callable[[int, int], bool]) -> Area:
    return replace(
        area,
        texts={(r, c): text for (r, c), text in area.texts.items() if holds(r, c)},
        merges=[merge for merge in area.merges if holds(*merge[0])],
        ruled={place for place in area.ruled if holds(*place)},
    )


def _is_table(area: Area) -> bool:
    return sum(len(cells) >= _LEAST_CELLS for cells in area.by_row.values()) >= _LEAST_ROWS
