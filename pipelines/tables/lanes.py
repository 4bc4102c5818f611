"""Two-sided tables (收入 | 支出, 301 | 302) parted into lanes, each with its own labels and its own figures.

A lane begins where, after columns of figures, a column of labels begins again: `项目 | 决算数 | 项目 | 决算数`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.core.model import Cell, Table
from pipelines.core.numbers import clean_number
from pipelines.core.traced import squeeze
from pipelines.tables.layout import Grid
from pipelines.vocab.headings import role_of

_LABELS = frozenset({"sequence", "subject", "code", "code_class", "code_section", "code_item"})
_SUBJECT = "subject"
_CODES = frozenset({"code", "code_class"})
_MOST_HEADINGS = 6  # rows of headings
_PATH = " > "


@dataclass(frozen=True, slots=True)
class Lane:
    """Columns `first` to `last` of a table, read as a table of their own.

    `table` holds the cells over these columns at their places in the whole table, so that a cell over two lanes is in
    both; `side` is the heading that the lane has to itself (`收入`, `支出 > 功能分类`), None where it has none.
    """

    side: str | None
    first: int
    last: int
    table: Table


def lanes_of(table: Table) -> tuple[Lane, ...]:
    """The lanes of a table from the left; a table that is not two-sided is one lane over all its columns."""
    grid = Grid.of(table)
    head = _heading_rows(grid)
    starts = _starts([_leaf(grid, head, c) for c in range(table.cols)])
    if len(starts) < 2:
        return (Lane(None, 0, max(table.cols - 1, 0), table),)
    ends = [*(s - 1 for s in starts[1:]), table.cols - 1]
    return tuple(
        Lane(
            _side(grid, head, first, last, table.cols),
            first,
            last,
            replace(table, cells=tuple(c for c in table.cells if c.col <= last and c.col + c.col_span > first)),
        )
        for first, last in zip(starts, ends, strict=True)
    )


def _heading_rows(grid: Grid) -> Sequence[int]:
    """The rows from the top down to the last that names labels (项目, 科目编码, 类)."""
    named = [
        row
        for row in range(min(_MOST_HEADINGS, len(grid.rows)))
        if not grid.numbers(row) and any(role_of(squeeze(cell.text)) in _LABELS for _, cell in grid.filled(row))
    ]
    return range(named[-1] + 1) if named else range(0)


def _leaf(grid: Grid, head: Sequence[int], col: int) -> str:
    """The lowest heading over a column."""
    texts = [text for row in head if (text := grid.text(row, col)) and clean_number(text) is None]
    return texts[-1] if texts else ""


def _starts(leaves: Sequence[str]) -> list[int]:
    """The first column of each lane; one where the headings do not repeat themselves.

    Every lane names its subjects (or their codes) and has something beside them.
    """
    roles = [role_of(leaf) for leaf in leaves]
    labels = [role in _LABELS for role in roles]
    starts = [c for c, label in enumerate(labels) if label and (c == 0 or not labels[c - 1])]
    if not starts or starts[0] != 0:
        return [0]
    parts = [(a, b) for a, b in zip(starts, [*starts[1:], len(leaves)], strict=True)]
    for first, last in parts:
        named = set(roles[first:last])
        if not (_SUBJECT in named or named & _CODES) or all(labels[first:last]):
            return [0]
    return starts


def _side(grid: Grid, head: Sequence[int], first: int, last: int, cols: int) -> str | None:
    """The headings over the lane and nothing beside it, or over it and its neighbour, from the top."""
    path: list[str] = []
    for row in head:
        over = [grid.cell(row, c) for c in range(first, last + 1)]
        one: Cell | None = over[0]
        if one is None or any(c is not one for c in over) or (one.col == 0 and one.col_span >= cols):
            continue
        text = squeeze(one.text)
        if text and path[-1:] != [text]:
            path.append(text)
    return _PATH.join(path) or None
