"""Rows of an indicator table become facts: target, actual, weight and score of one third-level indicator."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipelines.core.model import Cell, Fact
from pipelines.core.numbers import clean_number, is_blank
from pipelines.core.traced import halfwidth, squeeze
from pipelines.facts.crooked import FRAGMENT, crooked_indicators
from pipelines.facts.figures import Place, measured, stated, with_list
from pipelines.facts.levels import Label, centred
from pipelines.tables.headers import Segment
from pipelines.tables.layout import Grid
from pipelines.vocab import MeasureMatch, level1_of, level2_of, parent_of

TOTAL = re.compile(r"^(?:总分|合计|总计|总得分|自评总分|综合得分|得分合计)$")
_GOAL = re.compile(r"(?:绩效)?目标\s*[0-9一二三四五六七八九十]{1,2}|^年度(?:绩效)?目标[0-9一二三四五六七八九十:：]")
_POINTS = re.compile(r"[(（](\d+(?:\.\d+)?)分?[)）]")
_SIGNS = frozenset("≥≤><=＝＞＜")
_ORDER = {"成本指标": 0, "产出指标": 1, "效益指标": 2, "满意度指标": 3}
SCORES = {"weight": MeasureMatch("score_weight"), "score": MeasureMatch("score")}


@dataclass(frozen=True, slots=True)
class _Row:
    """One indicator row of the grid: `shift` moves heading columns to this row's columns; `anew` says that rows lost
    between the one above and this one may have named its levels."""

    row: int
    shift: int
    anew: bool = False


def is_indicator_segment(segment: Segment) -> bool:
    """Whether the columns of a segment are an indicator table's."""
    return segment.by_role("target") is not None and (
        segment.by_role("level3") is not None or segment.by_role("level2") is not None
    )


def facts_of(grid: Grid, segment: Segment, goal: str | None, list_prefix: str) -> tuple[list[Fact], str | None]:
    """The facts of an indicator segment, and the goal that holds after its last row (an own row may name the next)."""
    rows, totals, goals, goal = _rows(grid, segment, goal)
    level1, level2 = _levels(grid, segment, [r for r, _ in rows])
    goal_names = goals if any(goals) else _goals_beside(grid, segment, [r for r, _ in rows], level1)
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
) -> tuple[list[tuple[_Row, Cell]], list[int], list[str | None], str | None]:
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
        if len(filled) == 1 and _GOAL.search(halfwidth(first)):
            goal = first
            continue
        lost = lost or row in crooked or _names_a_level_alone(grid, filled)
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
        rows.append((_Row(row, shift, lost), cell))
        goals.append(goal)
        lost = False
    return rows, totals, goals, goal


def _names_a_level_alone(grid: Grid, filled: Sequence[tuple[int, Cell]]) -> bool:
    """Whether a row of tabs holds nothing but words of levels: what followed them was broken off."""
    words = [squeeze(cell.text) for _, cell in filled]
    return grid.table.engine == "flowed-rows" and all(len(w) > 1 and _begins_a_level(w) for w in words)


def _begins_a_level(text: str) -> bool:
    return level1_of(text) is not None or level2_of(text) is not None or f"{text}指标" in _ORDER


def _is_across(grid: Grid, segment: Segment, row: int, shift: int, name: Cell) -> bool:
    """Whether one cell covers name, target and actual, or target and actual: words across the row, no indicator."""
    said = [grid.cell(row, c.index + shift) for role in ("target", "actual") if (c := segment.by_role(role))]
    return all(cell is name for cell in said) or (len(said) > 1 and said[0] is not None and said[0] is said[1])


def _has(grid: Grid, segment: Segment, row: int, shift: int, role: str) -> bool:
    column = segment.by_role(role)
    return column is not None and bool(grid.text(row, column.index + shift))


def _row_facts(grid: Grid, segment: Segment, row: _Row, place: Place, list_prefix: str) -> list[Fact]:
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


def _with_own_parts(grid: Grid, segment: Segment, row: _Row, cell: Cell, role: str) -> Cell:
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


def _note(grid: Grid, segment: Segment, row: _Row) -> str | None:
    parts = []
    for role in ("likelihood", "note"):
        column = segment.by_role(role)
        text = grid.text(row.row, column.index + row.shift) if column else ""
        if column and text and not is_blank(text):
            parts.append(f"{squeeze(column.label.split(' > ')[-1])}：{text}")
    return "；".join(parts) or None


def _levels(grid: Grid, segment: Segment, rows: Sequence[_Row]) -> tuple[list[str | None], list[str | None]]:
    first = _labels(grid, segment, rows, "level1", level1_of)
    second = _labels(grid, segment, rows, "level2", level2_of)
    if not rows:
        return [], []
    anew = [row.anew for row in rows]
    if first[0] or second[0] or any(anew):
        level1, level2 = _carried(first, anew), _carried(second, anew, first)
    else:
        level1, level2 = _middles(first, second)
    for k, name in enumerate(level2):
        if name and not level1[k]:
            level1[k] = parent_of(name)
    return level1, level2


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


_SAME_AS_ABOVE = "\0"


def _labels(
    grid: Grid, segment: Segment, rows: Sequence[_Row], role: str, known: Callable[[str], str | None]
) -> list[str | None]:
    """The level labels that stand in these rows: known ones by their usual name, others as printed, rubbish dropped."""
    column = segment.by_role(role)
    out: list[str | None] = []
    for row in rows:
        text = grid.text(row.row, column.index + row.shift) if column else ""
        text = _POINTS.sub("", halfwidth(text))
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


def _goals_beside(grid: Grid, segment: Segment, rows: Sequence[_Row], level1: Sequence[str | None]) -> list[str | None]:
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
        if not text:
            pending = ""
            continue
        if _GOAL.search(pending + text):
            labels.append(Label(k - 0.5 if pending else float(k), pending + text))
            pending = ""
        else:
            pending = text if text.startswith(("年度", "绩效")) else ""
    order = [_ORDER.get(level1_of(x) or "", -1) if x else -1 for x in level1]
    return (
        centred(len(rows), labels, may_begin=lambda row: order[row] < order[row - 1]) if labels else [None] * len(rows)
    )


def _captions(grid: Grid, segment: Segment, rows: Sequence[_Row]) -> list[tuple[str, Cell]]:
    """First-level labels that state the points of their group (`产出指标（40分）`)."""
    column = segment.by_role("level1")
    out = []
    for row in rows:
        cell = grid.cell(row.row, column.index + row.shift) if column else None
        text = halfwidth(squeeze(cell.text)) if cell else ""
        if cell is not None and _POINTS.search(text):
            name = _POINTS.sub("", text)
            if not name:
                continue
            out.append((level1_of(name) or name, cell))
    return out


def _group_totals(grid: Grid, groups: dict[str, Cell], list_prefix: str) -> list[Fact]:
    out = []
    for name, cell in groups.items():
        points = _POINTS.search(halfwidth(squeeze(cell.text)))
        if points is None:
            continue
        place = Place(grid.table.number, cell.row, name, "indicator", squeeze(cell.text))
        number = Cell(cell.row, cell.col, points[1], page=cell.page)
        fact = measured(place, number, SCORES["weight"], "", None, 0, None)
        if fact is not None:
            fact = replace(fact, quote=cell.text, level1=name, statement=f"{place.statement}:{name}")
            out.append(with_list(fact, f"{list_prefix}:score_weight", "group_total"))
    return out
