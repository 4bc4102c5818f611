"""Where a page has a table without uprights: between horizontal rules or shades, or where lines fall into columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.core.model import Box
from pipelines.documents.pdf_lines import TextLine
from pipelines.documents.pdf_rules import Drawing, Rule
from pipelines.documents.titles import is_caption, is_title
from pipelines.tables.rule_network import fused
from pipelines.tables.spaced_lines import FARTHEST, can_be_row, figures_of, pieces_of, rows_without_rules

_SAME_END = 6.0  # points: rules of one table begin and end no further apart
_SHORTEST = 100.0  # points: shorter rules underline words, or part the headings of a group
_WIDE = 0.6  # of the table's width: a line of one piece as long as this is prose


@dataclass(frozen=True, slots=True)
class Area:
    """A table without uprights: its box, the full-width rules and edges of shades in it (from the top; none where it
    has none), all shorter ones, its lines from the top, and those full-width rules that are drawn.
    """

    box: Box
    rules: tuple[float, ...]
    short: tuple[Rule, ...]
    lines: tuple[TextLine, ...]
    across: tuple[Rule, ...] = ()


def spaced_areas(
    drawing: Drawing,
    lines: Sequence[TextLine],
    taken: Sequence[Box],
    open_ends: tuple[float, float] | None = None,
) -> list[Area]:
    """The areas from the top of the page; `taken` are the boxes of tables already read, `lines` those outside them.

    `open_ends` are the left and right end of a table at the end of the page before: the first rule of this page with
    the same ends may close it.
    """
    rules = [r for r in fused([*drawing.horizontal, *_edges(drawing.shades)]) if not _is_taken(r, taken)]
    areas: list[Area] = []
    if open_ends is not None:
        areas += _closed_here(open_ends, rules, lines)
    for group in _alike(rules):
        areas += [a for a in _between(group, rules, lines) if not any(b.box.y0 < a.box.y1 for b in areas)]
    drawn = fused(drawing.horizontal)
    areas = [_extended(a, lines, any(abs(r.at - a.box.y0) < 1 for r in drawn)) for a in areas]
    areas = [replace(a, across=tuple(r for r in drawn if any(abs(r.at - y) < 1 for y in a.rules))) for a in areas]
    areas = [a for a in areas if sum(len(pieces_of(x)) > 1 for x in a.lines) > 1]
    free = [x for x in lines if not any(_inside(x, a.box) for a in areas)]
    areas += [_around(run) for run in rows_without_rules(free)]
    return sorted(areas, key=lambda a: -a.box.y1)


def _edges(shades: Sequence[Box]) -> list[Rule]:
    return [Rule(y, b.x0, b.x1) for b in shades for y in (b.y0, b.y1)]


def _is_taken(rule: Rule, taken: Sequence[Box]) -> bool:
    middle = (rule.lo + rule.hi) / 2
    return any(b.x0 <= middle <= b.x1 and b.y0 - _SAME_END <= rule.at <= b.y1 + _SAME_END for b in taken)


def _alike(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Long rules with the same ends, from the top."""
    groups: list[list[Rule]] = []
    for rule in sorted((r for r in rules if r.hi - r.lo >= _SHORTEST), key=lambda r: -r.at):
        for group in groups:
            if abs(group[0].lo - rule.lo) <= _SAME_END and abs(group[0].hi - rule.hi) <= _SAME_END:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [g for g in groups if len(g) >= 2]


def _between(group: Sequence[Rule], rules: Sequence[Rule], lines: Sequence[TextLine]) -> list[Area]:
    """The tables between rules of one group: runs of the strips between neighbours that hold columns."""
    out: list[Area] = []
    run: list[Rule] = []
    for upper, lower in pairwise(group):
        held = [x for x in lines if _is_between(x, upper, lower)]
        if _is_tabular(held, upper.hi - upper.lo):
            run = run or [upper]
            run.append(lower)
        else:
            out += _area(run, rules, lines)
            run = []
    return out + _area(run, rules, lines)


def _is_tabular(held: Sequence[TextLine], width: float) -> bool:
    if any(is_title(x.text) for x in held):
        return False
    several = sum(len(pieces_of(x)) > 1 for x in held)
    prose = sum(len(pieces_of(x)) == 1 and x.box.x1 - x.box.x0 > _WIDE * width for x in held)
    return prose <= several


def _area(run: Sequence[Rule], rules: Sequence[Rule], lines: Sequence[TextLine]) -> list[Area]:
    if len(run) < 2:
        return []
    x0, x1 = min(r.lo for r in run), max(r.hi for r in run)
    top, bottom = run[0].at, run[-1].at
    held = tuple(x for x in lines if _is_between(x, run[0], run[-1]))
    short = tuple(r for r in rules if r.hi - r.lo < (x1 - x0) - 2 * _SAME_END and bottom < r.at < top)
    return [Area(Box(x0, bottom, x1, top), tuple(r.at for r in run), short, held)]


def _closed_here(ends: tuple[float, float], rules: Sequence[Rule], lines: Sequence[TextLine]) -> list[Area]:
    """The rest of a three-line table whose closing rule is on this page: all lines down to it, none a title."""
    long = [r for r in rules if abs(r.lo - ends[0]) <= _SAME_END and abs(r.hi - ends[1]) <= _SAME_END]
    if not long:
        return []
    rule = max(long, key=lambda r: r.at)
    held = tuple(x for x in lines if (x.box.y0 + x.box.y1) / 2 > rule.at)
    outside = any(x.box.x0 < ends[0] - _SAME_END or x.box.x1 > ends[1] + _SAME_END for x in held)
    if not held or outside or any(is_title(x.text) or is_caption(x.text) for x in held):
        return []
    top = max(x.box.y1 for x in held)
    return [Area(Box(rule.lo, rule.at, rule.hi, top), (), (), held)]


def _extended(area: Area, lines: Sequence[TextLine], closed: bool) -> Area:
    """The area with the rows under it: where only headings stand between two rules, because the page ends before the
    closing rule, and where a shade and not a rule ends it (every other row is white).
    """
    headings_only = len(area.rules) == 2 and not any(figures_of(x) for x in area.lines)
    if not area.rules or (closed and not headings_only):
        return area
    rows: list[TextLine] = []
    bottom = area.box.y0
    for line in sorted((x for x in lines if x.box.y1 <= area.box.y0 + 1), key=lambda x: -x.box.y1):
        inside = area.box.x0 - _SAME_END <= line.box.x0 and line.box.x1 <= area.box.x1 + _SAME_END
        if not inside or bottom - line.box.y1 > FARTHEST * line.size or not _is_row(line, area):
            break
        rows.append(line)
        bottom = line.box.y0
    lefts = [p.box.x0 for x in rows if len(pieces_of(x)) > 1 for p in pieces_of(x)]
    while rows and len(pieces_of(rows[-1])) == 1 and not _begins_at(rows[-1], lefts):
        rows.pop()
    if not any(figures_of(x) for x in rows):
        return area
    b = area.box
    bottom = min(x.box.y0 for x in rows)
    box = Box(b.x0, bottom, b.x1, b.y1)
    return Area(box, (*area.rules, bottom), area.short, (*area.lines, *rows))


def _is_row(line: TextLine, area: Area) -> bool:
    """Whether a line under an area may be of its rows. Sentences may be: remarks in a column, or beside others."""
    widest = max(p.box.x1 - p.box.x0 for p in pieces_of(line))
    remark = not is_title(line.text) and widest <= _WIDE * (area.box.x1 - area.box.x0)
    return remark or can_be_row(line, area.lines)


def _begins_at(line: TextLine, lefts: Sequence[float]) -> bool:
    """Whether a line begins where a column of other lines does: a row of which only the label is filled in."""
    return any(abs(line.box.x0 - x) < 0.5 * line.size for x in lefts)


def _is_between(line: TextLine, upper: Rule, lower: Rule) -> bool:
    x, y = (line.box.x0 + line.box.x1) / 2, (line.box.y0 + line.box.y1) / 2
    return lower.at < y < upper.at and upper.lo - _SAME_END <= x <= upper.hi + _SAME_END


def _inside(line: TextLine, box: Box) -> bool:
    x, y = (line.box.x0 + line.box.x1) / 2, (line.box.y0 + line.box.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _around(run: Sequence[TextLine]) -> Area:
    boxes = [x.box for x in run]
    box = Box(
        min(b.x0 for b in boxes) - 1,
        min(b.y0 for b in boxes),
        max(b.x1 for b in boxes) + 1,
        max(b.y1 for b in boxes),
    )
    return Area(box, (), (), tuple(run))
