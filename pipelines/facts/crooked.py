"""Rows of tabs that do not stand under their headings: a wrapped cell was broken apart, a blank one was lost.

What such a row says cannot be told from where its cells stand, so it gives no figures, and the report says so.
"""

from __future__ import annotations

import re

from pipelines.core.numbers import clean_number, read_figure
from pipelines.core.traced import squeeze
from pipelines.tables.headers import Segment
from pipelines.tables.layout import Grid
from pipelines.vocab import level2_of

FRAGMENT = re.compile(r"^(?:效益)?(?:指|标|指标|标值)$|^目标\d?$")
"""What is left of the name of a level or a goal whose beginning stands elsewhere."""

_ENGINE = "flowed-rows"
_FEWEST_CELLS = 2  # a single text is a heading or a remark between the rows


def crooked_indicators(grid: Grid, segment: Segment) -> frozenset[int]:
    """The rows of an indicator segment that do not stand under its headings.

    Text stands past the last heading; or it is a short row that begins with the rest of a word; or a second level's
    name stands where the indicator's should, which shows that all rows of so many cells are set off.
    """
    if grid.table.engine != _ENGINE:
        return frozenset()
    width = _width(grid, segment)
    slid = {len(grid.rows[row]) for row in segment.body if _is_slid(grid, segment, row)}
    return frozenset(
        row
        for row in segment.body
        if len(grid.filled(row)) >= _FEWEST_CELLS
        and (_overhangs(grid, row, width) or _goes_on(grid, row, width) or len(grid.rows[row]) in slid)
    )


def crooked_figures(grid: Grid, segment: Segment) -> frozenset[int]:
    """The rows whose figures stand past the last heading, or begin a row that is shorter than its headings."""
    if grid.table.engine != _ENGINE:
        return frozenset()
    width = _width(grid, segment)
    out = set()
    for row in segment.body:
        numbers = grid.numbers(row)
        filled = grid.filled(row)
        if not numbers:
            continue
        unnamed = clean_number(filled[0][1].text) is not None and len(grid.rows[row]) < width
        if numbers[-1] >= width or unnamed:
            out.add(row)
    return frozenset(out)


def _width(grid: Grid, segment: Segment) -> int:
    return max(len(grid.rows[row]) for row in segment.head)


def _overhangs(grid: Grid, row: int, width: int) -> bool:
    return grid.filled(row)[-1][0] >= width


def _goes_on(grid: Grid, row: int, width: int) -> bool:
    return len(grid.rows[row]) < width and FRAGMENT.match(grid.text(row, 0)) is not None


def _is_slid(grid: Grid, segment: Segment, row: int) -> bool:
    """Whether a row's second level stands under the third, its indicator where the target should be."""
    second, third, target = (segment.by_role(role) for role in ("level2", "level3", "target"))
    if second is None or third is None or target is None:
        return False
    name, aim = grid.text(row, third.index), grid.text(row, target.index)
    if level2_of(name) is None or level2_of(grid.text(row, second.index)) is not None:
        return False
    return bool(aim) and read_figure(squeeze(aim)) is None
