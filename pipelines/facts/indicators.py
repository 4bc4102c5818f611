"""Rows of an indicator table become facts: target, actual, weight and score of one third-level indicator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.core.model import Cell, Fact
from pipelines.core.numbers import clean_number, is_blank
from pipelines.core.traced import halfwidth, squeeze
from pipelines.facts.crooked import crooked_indicators
from pipelines.facts.figures import Place, measured, stated, with_list
from pipelines.facts.indicator_levels import (
    GOAL,
    POINTS,
    IndicatorRow,
    goals_beside,
    is_untold,
    levels_of,
    names_a_level_alone,
)
from pipelines.tables.headers import Segment
from pipelines.tables.layout import Grid
from pipelines.vocab import MeasureMatch, level1_of, level2_of

TOTAL = re.compile(r"^(?:总分|合计|总计|总得分|自评总分|综合得分|得分合计)$")
_SIGNS = frozenset("≥≤><=＝＞＜")
SCORES = {"weight": MeasureMatch("score_weight"), "score": MeasureMatch("score")}


def is_indicator_segment(segment: Segment) -> bool:
    """Whether the columns of a segment are an indicator table's."""
    return segment.by_role("target") is not None and (
        segment.by_role("level3") is not None or segment.by_role("level2") is not None
    )


def facts_of(grid: Grid, segment: Segment, goal: str | None, list_prefix: str) -> tuple[list[Fact], str | None]:
    """The facts of an indicator segment, and the goal that holds after its last row (an own row may name the next)."""
    rows, totals, goals, goal = _rows(grid, segment, goal)
    level1, level2 = levels_of(grid, segment, [r for r, _ in rows])
    goal_names = goals if any(goals) else goals_beside(grid, segment, [r for r, _ in rows], level1)
    out: list[Fact] = []
    groups: dict[str, Cell] = {}
    for k, (row, cell) in enumerate(rows):
        note = _note(grid, segment, row)
        place = Place(grid.table.number, row.row, squeeze(cell.text), "indicator", squeeze(cell.text), note=note)
        for fact in _row_facts(grid, segment, row, place, list_prefix):
            out.append(replace(fact, level1=level1[k], level2=level2[k], goal=goal_names[k]))
    for role_cell in _captions(grid, segment, [r for r, _ in rows]):
        groups.setdefault(*role_cell)
    out += _group_totals(grid, groups, list_prefix)
    for total in totals:
        out += _total_facts(grid, segment, total, list_prefix)
    return out, goal


def row_shift(grid: Grid, segment: Segment, row: int) -> int | None:
    """How far this row's cells stand right of their headings; None where the row has another form than the heading.

    Only flowed text needs it: with one cell a line a merged first cell is missing from some rows, and a row of tabs
    may have lost a cell to rubbish, which shows where a second-level label stands under the first level's heading.
    """
    width, head = len(grid.rows[row]), len(grid.rows[segment.head[-1]])
    if grid.table.engine == "flowed-rows":
        return -1 if width < head and _lost_a_cell(grid, segment, row) else 0
    if grid.table.engine != "flowed-cells":
        return 0
    if width == head:
        return 0
    if width == head + 1 and not grid.text(row, 0):
        return 1
    return None


def _lost_a_cell(grid: Grid, segment: Segment, row: int) -> bool:
    first, second = segment.by_role("level1"), segment.by_role("level2")
    if first is None or second is None:
        return False
    text = grid.text(row, first.index)
    return level2_of(text) is not None and level1_of(text) != text and level2_of(grid.text(row, second.index)) is None


def score_facts(
    grid: Grid, segment: Segment, row: int, shift: int, place: Place, list_prefix: str, role: str = "part"
) -> list[Fact]:
    """Weight and score of a row, as parts (or the total) of the table's two score lists."""
    out = []
    for name, match in SCORES.items():
        column = segment.by_role(name)
        cell = grid.cell(row, column.index + shift) if column else None
        if column is None or cell is None:
            continue
        fact = measured(place, cell, match, column.label, None, 0, None)
        if fact is not None:
            out.append(with_list(fact, f"{list_prefix}:{match.measure}", role))
    return out


def _rows(
    grid: Grid, segment: Segment, goal: str | None
) -> tuple[list[tuple[IndicatorRow, Cell]], list[int], list[str | None], str | None]:
    """The indicator rows with their name cells, the total rows, each row's goal, and the goal named last."""
    name = segment.by_role("level3") or segment.by_role("level2")
    assert name is not None
    rows, totals, goals = [], [], []
    crooked, lost = crooked_indicators(grid, segment), False
    for row in segment.body:
        filled = grid.filled(row)
        if not filled:
            continue
        first = squeeze(filled[0][1].text)
        if TOTAL.match(first):
            totals.append(row)
            continue
        if len(filled) == 1 and GOAL.search(halfwidth(first)):
            goal = first
            continue
        lost = lost or row in crooked or names_a_level_alone(grid, filled)
        shift = row_shift(grid, segment, row)
        if shift is None or row in crooked:
            continue
        cell = grid.cell(row, name.index + shift)
        if cell is None or not squeeze(cell.text) or cell.row != row or cell.col == (filled[0][0] - 1):
            continue
        if not any(_has(grid, segment, row, shift, role) for role in ("target", "actual", "weight", "score")):
            continue
        if _is_across(grid, segment, row, shift, cell):
            continue
        rows.append((IndicatorRow(row, shift, lost), cell))
        goals.append(goal)
        lost = False
    return rows, totals, goals, goal


def _is_across(grid: Grid, segment: Segment, row: int, shift: int, name: Cell) -> bool:
    """Whether one cell covers name, target and actual, or target and actual: words across the row, no indicator."""
    said = [grid.cell(row, c.index + shift) for role in ("target", "actual") if (c := segment.by_role(role))]
    return all(cell is name for cell in said) or (len(said) > 1 and said[0] is not None and said[0] is said[1])


def _has(grid: Grid, segment: Segment, row: int, shift: int, role: str) -> bool:
    column = segment.by_role(role)
    return column is not None and bool(grid.text(row, column.index + shift))


def _row_facts(grid: Grid, segment: Segment, row: IndicatorRow, place: Place, list_prefix: str) -> list[Fact]:
    out = []
    for role in ("target", "actual"):
        column = segment.by_role(role)
        cell = grid.cell(row.row, column.index + row.shift) if column else None
        whole = _with_own_parts(grid, segment, row, cell, role) if cell else None
        fact = stated(place, whole, role, column.label) if column and whole else None
        if fact is not None and cell is not None:
            fact = replace(fact, as_printed=cell.text.strip(), quote=cell.text)
        if fact is not None:
            out.append(fact)
    return out + score_facts(grid, segment, row.row, row.shift, place, list_prefix)


def _with_own_parts(grid: Grid, segment: Segment, row: IndicatorRow, cell: Cell, role: str) -> Cell:
    """A figure whose comparator and unit stand in columns of their own (`≥ | 90 | %`), put together again."""
    if clean_number(cell.text) is None:
        return cell
    parts = {
        name: squeeze(part.text) if part is not None and not is_blank(part.text) else ""
        for name in ("comparator", "value_unit")
        if (c := segment.by_role(name)) and (part := grid.cell(row.row, c.index + row.shift)) is not cell
    }
    sign = parts.get("comparator", "") if role == "target" else ""
    before = sign if sign in _SIGNS else ""
    return replace(cell, text=before + squeeze(cell.text) + parts.get("value_unit", ""))


def _total_facts(grid: Grid, segment: Segment, row: int, list_prefix: str) -> list[Fact]:
    """The totals of a `总分` row. Where its cells do not stand under their headings, its numbers are taken in order."""
    label = next(cell for _, cell in grid.filled(row))
    place = Place(grid.table.number, row, squeeze(label.text), "other", squeeze(label.text))
    numbers = [cell for _, cell in grid.own(row) if clean_number(cell.text) is not None]
    if row_shift(grid, segment, row) == 0:
        found = score_facts(grid, segment, row, 0, place, list_prefix, role="total")
        if {fact.col for fact in found} == {cell.col for cell in numbers}:
            return found
    columns = [(segment.by_role(name), match) for name, match in SCORES.items() if segment.by_role(name)]
    if len(numbers) != len(columns):
        return []
    out = []
    for (column, match), cell in zip(columns, numbers, strict=True):
        fact = measured(place, cell, match, column.label if column else "", None, 0, None)
        if fact is not None:
            out.append(with_list(fact, f"{list_prefix}:{match.measure}", "total"))
    return out


def _note(grid: Grid, segment: Segment, row: IndicatorRow) -> str | None:
    parts = []
    for role in ("likelihood", "note"):
        column = segment.by_role(role)
        text = grid.text(row.row, column.index + row.shift) if column else ""
        if column and text and not is_blank(text):
            parts.append(f"{squeeze(column.label.split(' > ')[-1])}：{text}")
    return "；".join(parts) or None


def _captions(grid: Grid, segment: Segment, rows: Sequence[IndicatorRow]) -> list[tuple[str, Cell]]:
    """First-level labels that state the points of their group (`产出指标（40分）`)."""
    column = segment.by_role("level1")
    out = []
    for row in rows:
        cell = grid.cell(row.row, column.index + row.shift) if column else None
        text = halfwidth(squeeze(cell.text)) if cell else ""
        told = column is not None and not is_untold(grid, row.row, column.index + row.shift)
        if cell is not None and told and POINTS.search(text):
            name = POINTS.sub("", text)
            if not name:
                continue
            out.append((level1_of(name) or name, cell))
    return out


def _group_totals(grid: Grid, groups: dict[str, Cell], list_prefix: str) -> list[Fact]:
    out = []
    for name, cell in groups.items():
        points = POINTS.search(halfwidth(squeeze(cell.text)))
        if points is None:
            continue
        place = Place(grid.table.number, cell.row, name, "indicator", squeeze(cell.text))
        number = Cell(cell.row, cell.col, points[1], page=cell.page)
        fact = measured(place, number, SCORES["weight"], "", None, 0, None)
        if fact is not None:
            fact = replace(fact, quote=cell.text, level1=name, statement=f"{place.statement}:{name}")
            out.append(with_list(fact, f"{list_prefix}:score_weight", "group_total"))
    return out
