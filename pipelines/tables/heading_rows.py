"""Which rows of a table are headings: those of mostly known headings, and what goes on above or below them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from pipelines.core.model import Cell
from pipelines.core.traced import halfwidth, squeeze
from pipelines.tables.answered_rows import is_form_row, states_figure
from pipelines.tables.layout import Grid
from pipelines.vocab.headings import role_of, row_label

LONGEST_HEADING = 40
FEWEST_HEADINGS = 2
UNMERGED = frozenset({"flowed-rows", "markdown"})
"""Engines of forms that know no merged cells."""


def heading_rows(grid: Grid, known: Callable[[str], bool]) -> list[list[int]]:
    """The rows of each heading from the top; `known` says whether a text is a heading by itself."""
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
            r + 1 in anchors or is_index_row(grid, r + 1) or _is_covered(grid, r + 1) or _divides(grid, r + 1, known)
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
    if named < FEWEST_HEADINGS or 2 * named <= len(filled):
        return False
    strong = sum(row_label(text) is None for text in texts if known(text))
    return strong >= (1 if first else FEWEST_HEADINGS) or any(role_of(text) for text in texts)


def _extends(grid: Grid, row: int, anchor: int, known: Callable[[str], bool], *, top: bool) -> bool:
    """Whether the row above a heading is part of it: a parent heading, or the rubbish that a scan left of one."""
    filled = grid.filled(row)
    if top and not grid.table.engine.startswith("flowed") and len(filled) < FEWEST_HEADINGS:
        return not grid.numbers(row) and not is_banner(grid, row)
    if len(filled) < FEWEST_HEADINGS or any(len(squeeze(c.text)) > LONGEST_HEADING for _, c in filled):
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
    if not grid.table.engine.startswith("flowed") and grid.table.engine not in UNMERGED:
        return False
    return FEWEST_HEADINGS <= len(texts) < len(grid.rows[row]) and all(map(known, texts)) and not grid.text(row, 0)


def is_banner(grid: Grid, row: int) -> bool:
    """One cell across the whole table: its title, not a heading."""
    cells = {id(cell) for cell in grid.rows[row] if cell is not None}
    return len(cells) == 1 and len(grid.rows[row]) > 1


def is_index_row(grid: Grid, row: int) -> bool:
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
