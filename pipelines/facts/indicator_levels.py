"""Which levels and goals the indicators of a table stand under: labels carried down, or spread over their rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipelines.core.model import Cell
from pipelines.core.traced import halfwidth, squeeze
from pipelines.facts.crooked import FRAGMENT
from pipelines.facts.levels import Label, centred
from pipelines.tables.headers import Segment
from pipelines.tables.layout import Grid
from pipelines.vocab import level1_of, level2_of, parent_of

GOAL = re.compile(r"(?:绩效)?目标\s*[0-9一二三四五六七八九十]{1,2}|^年度(?:绩效)?目标[0-9一二三四五六七八九十:：]")
"""The name of a goal that stands among the levels or in a row of its own."""

POINTS = re.compile(r"[(（](\d+(?:\.\d+)?)分?[)）]")
"""The points that a level's label states (`产出指标（40分）`)."""

_ORDER = {"成本指标": 0, "产出指标": 1, "效益指标": 2, "满意度指标": 3}
_SAME_AS_ABOVE = "\0"


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator row of the grid: `shift` moves heading columns to this row's columns; `anew` says that rows lost
    between the one above and this one may have named its levels."""

    row: int
    shift: int
    anew: bool = False


def levels_of(grid: Grid, segment: Segment, rows: Sequence[IndicatorRow]) -> tuple[list[str | None], list[str | None]]:
    """The first and the second level of each indicator row, None where the table does not tell."""
    first = _labels(grid, segment, rows, "level1", level1_of)
    second = _labels(grid, segment, rows, "level2", level2_of)
    if not rows:
        return [], []
    anew = [row.anew for row in rows]
    columns = [c.index for role in ("level1", "level2") if (c := segment.by_role(role)) is not None]
    if any(is_untold(grid, row.row, c + row.shift) for row in rows for c in columns):
        # Labels stand in the middle of rows that cannot be told: only what stands beside a row itself is its own.
        level1, level2 = ([None if x == _SAME_AS_ABOVE else x for x in labels] for labels in (first, second))
    elif first[0] or second[0] or any(anew):
        level1, level2 = _carried(first, anew), _carried(second, anew, first)
    else:
        level1, level2 = _middles(first, second)
    for k, name in enumerate(level2):
        if name and not level1[k]:
            level1[k] = parent_of(name)
    return level1, level2


def is_untold(grid: Grid, row: int, col: int) -> bool:
    """Whether a place holds labels of which the reader of the page could not tell which rows are whose."""
    cell = grid.cell(row, col)
    return grid.table.engine == "stream" and cell is not None and cell.contested and cell.row_span > 1


def goals_beside(
    grid: Grid, segment: Segment, rows: Sequence[IndicatorRow], level1: Sequence[str | None]
) -> list[str | None]:
    """Goals named in the column left of the first level, each in the middle of its rows.

    A goal's indicators run from outputs to satisfaction, so a new goal may begin only where that order starts again.
    """
    column = segment.by_role("level1") or segment.by_role("level2")
    if column is None or column.index == 0 or not rows:
        return [None] * len(rows)
    labels: list[Label] = []
    pending = ""
    for k, row in enumerate(rows):
        text = halfwidth(grid.text(row.row, column.index - 1 + row.shift))
        if not text or is_untold(grid, row.row, column.index - 1 + row.shift):
            pending = ""
            continue
        if GOAL.search(pending + text):
            labels.append(Label(k - 0.5 if pending else float(k), pending + text))
            pending = ""
        else:
            pending = text if text.startswith(("年度", "绩效")) else ""
    order = [_ORDER.get(level1_of(x) or "", -1) if x else -1 for x in level1]
    return (
        centred(len(rows), labels, may_begin=lambda row: order[row] < order[row - 1]) if labels else [None] * len(rows)
    )


def names_a_level_alone(grid: Grid, filled: Sequence[tuple[int, Cell]]) -> bool:
    """Whether a row of tabs holds nothing but words of levels: what followed them was broken off."""
    words = [squeeze(cell.text) for _, cell in filled]
    return grid.table.engine == "flowed-rows" and all(len(w) > 1 and _begins_a_level(w) for w in words)


def _begins_a_level(text: str) -> bool:
    return level1_of(text) is not None or level2_of(text) is not None or f"{text}指标" in _ORDER


def _labels(
    grid: Grid, segment: Segment, rows: Sequence[IndicatorRow], role: str, known: Callable[[str], str | None]
) -> list[str | None]:
    """The level labels that stand in these rows: known ones by their usual name, others as printed, rubbish dropped."""
    column = segment.by_role(role)
    out: list[str | None] = []
    for row in rows:
        text = grid.text(row.row, column.index + row.shift) if column else ""
        if column and is_untold(grid, row.row, column.index + row.shift):
            text = ""
        text = POINTS.sub("", halfwidth(text))
        name = known(text) if text else None
        if name:
            out.append(name)
        elif text and FRAGMENT.match(text) and out and out[-1]:
            out.append(_SAME_AS_ABOVE)
        elif text.endswith(("指标", "效益", "指标值")) and len(text) <= 12 and not FRAGMENT.match(text):
            out.append(text)
        else:
            out.append(None)
    if rows and column and grid.table.engine == "flowed-cells":
        return [None if x == _SAME_AS_ABOVE else x for x in out]
    return out


def _carried(
    labels: Sequence[str | None], anew: Sequence[bool], parents: Sequence[str | None] | None = None
) -> list[str | None]:
    """Labels carried down; under a new parent a missing label is not the old parent's, nor past rows that were lost."""
    out: list[str | None] = []
    for k, label in enumerate(labels):
        new_parent = parents is not None and k > 0 and parents[k] is not None and parents[k] != parents[k - 1]
        above = out[-1] if out and not anew[k] and not (new_parent and label is None) else None
        out.append(label or above)
    return out


def _middles(first: list[str | None], second: list[str | None]) -> tuple[list[str | None], list[str | None]]:
    count = len(first)
    parents = [parent_of(s) if s else None for s in second]
    level1 = centred(
        count,
        _placed(first),
        fits=lambda row, label: parents[row] is None or parents[row] == (level1_of(label) or label),
    )
    level2: list[str | None] = []
    begin = 0
    for end in range(1, count + 1):
        if end == count or level1[end] != level1[begin] or (first[end] is not None and _starts(first, begin, end)):
            level2 += centred(end - begin, [Label(x.place - begin, x.text) for x in _placed(second, begin, end)])
            begin = end
    return level1, level2


def _starts(first: Sequence[str | None], begin: int, end: int) -> bool:
    return (
        False
        if first[begin:end].count(None) == end - begin
        else first[end] != next((x for x in reversed(first[begin:end]) if x), None)
    )


def _placed(labels: Sequence[str | None], begin: int = 0, end: int | None = None) -> list[Label]:
    out: list[Label] = []
    for row in range(begin, len(labels) if end is None else end):
        label = labels[row]
        if label is None:
            continue
        if label == _SAME_AS_ABOVE:
            if out:
                out[-1] = Label(out[-1].place + 0.5, out[-1].text)
        else:
            out.append(Label(float(row), label))
    return out
