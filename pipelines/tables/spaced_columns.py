"""The columns of a table without uprights: what its rows cover, set against the headings above them in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.core.model import Box
from pipelines.core.traced import squeeze
from pipelines.documents.pdf_lines import TextLine
from pipelines.tables.spaced_area import is_figure, pieces_of

_GUTTER = 0.5  # of the type size: the narrowest space between two columns
_LEADING = 0.5  # of the type size: the widest space between two lines of one heading
_CROSSING = 0.1  # of the lines may run across a gutter: section titles
_ITEM_NUMBER = re.compile(r"[(（]?[0-9一二三四五六七八九十]{1,3}[)）.、．]")
_UNMATCHED = 4.0  # type sizes: a heading twice as far from a column is not its own,
_UNMATCHED_SHARE = 0.35  # or this share of the usual width of a column, where columns are wide

Ink = tuple[float, float]
"""From where to where something is printed, left to right."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by what its rows cover and by its own heading; at least one of the two is there."""

    rows: Ink | None
    heading: Ink | None

    @property
    def left(self) -> float:
        """Where its print begins."""
        return min(x[0] for x in (self.rows, self.heading) if x is not None)

    @property
    def right(self) -> float:
        """Where its print ends."""
        return max(x[1] for x in (self.rows, self.heading) if x is not None)


def boundaries(heads: Sequence[TextLine], body: Sequence[TextLine], box: Box, size: float) -> tuple[float, ...]:
    """The column boundaries from left to right, the edges of the table included; two where there is but one column."""
    several = _falling_into_columns(body, size)
    spans = [(p.box.x0, p.box.x1) for x in several for p in x.pieces(_GUTTER)]
    rows = _without_item_numbers(_covered(spans, int(_CROSSING * len(several)), _GUTTER * size), body, size)
    alone = max(_UNMATCHED * size, _UNMATCHED_SHARE * (box.x1 - box.x0) / max(1, len(rows)))
    columns = _matched(_leaf_headings(heads), rows, _sides(rows, body), alone)
    columns = _with_strays_joined(columns, [[(p.box.x0, p.box.x1) for p in x.pieces(_GUTTER)] for x in several])
    inner = [_between(a, b) for a, b in pairwise(columns)]
    return (min(box.x0, columns[0].left), *inner, max(box.x1, columns[-1].right)) if columns else (box.x0, box.x1)


def _falling_into_columns(body: Sequence[TextLine], size: float) -> list[TextLine]:
    """The lines that show where columns are: those of several pieces, and those of one that keeps to a column."""
    several = [x for x in body if len(pieces_of(x)) > 1]
    if not several:
        return list(body)
    spans = [_ink(p) for x in several for p in x.pieces(_GUTTER)]
    ink = _covered(spans, int(_CROSSING * len(several)), _GUTTER * size)
    single = [x for x in body if len(pieces_of(x)) == 1 and sum(_overlap(_ink(x), i) > 0 for i in ink) < 2]
    return several + single


def _between(a: Column, b: Column) -> float:
    if a.right < b.left or a.rows is None or b.rows is None:
        return (a.right + b.left) / 2
    return (a.rows[1] + b.rows[0]) / 2


def _covered(spans: Sequence[Ink], most: int, gutter: float) -> list[Ink]:
    """The stretches that more than `most` spans cover, those with less than a gutter between them joined."""
    steps = sorted([(a, 1) for a, _ in spans] + [(b, -1) for _, b in spans])
    out: list[Ink] = []
    depth, start = 0, 0.0
    for x, step in steps:
        before, depth = depth, depth + step
        if before <= most < depth:
            start = x
        elif depth <= most < before:
            if out and start - out[-1][1] < gutter:
                out[-1] = (out[-1][0], x)
            else:
                out.append((start, x))
    return out


def _without_item_numbers(rows: list[Ink], lines: Sequence[TextLine], size: float) -> list[Ink]:
    """A column of nothing but 1. 2. 3. directly before words is part of the column of words."""
    out = list(rows)
    for k in range(len(out) - 2, -1, -1):
        (a, b), (c, d) = out[k], out[k + 1]
        texts = [squeeze("".join(g.text for g in x.glyphs if a <= g.x <= b)) for x in lines]
        if c - b < 2 * _GUTTER * size and all(_ITEM_NUMBER.fullmatch(t) for t in texts if t):
            out[k : k + 2] = [(a, d)]
    return out


def _leaf_headings(heads: Sequence[TextLine]) -> list[Ink]:
    """The headings that belong to one column each, and not to a group of columns with headings of their own.

    A heading with another one under it is no leaf. One with nothing under it is, unless it stands over the space
    between two lower headings of which one belongs to no other group: then it is the heading of their group.
    """
    parts = sorted((p for x in heads for p in pieces_of(x)), key=lambda p: p.box.y0)
    leaves: list[TextLine] = []
    for p in parts:
        under = any(_is_higher(p, q) and _overlap(_ink(p), _ink(q)) > 0 for q in parts)
        if not under and not any(_overlap(_ink(p), _ink(q)) > 0 for q in leaves) and not _heads_a_group(p, parts):
            leaves.append(p)
    return sorted(_with_upper_lines(p, parts, leaves) for p in leaves)


def _with_upper_lines(leaf: TextLine, parts: Sequence[TextLine], leaves: Sequence[TextLine]) -> Ink:
    """The ink of a heading with the lines of it that stand above its last one."""
    ink = _ink(leaf)
    top = leaf.box.y1
    for p in parts:  # from the lowest up
        close = p is not leaf and -0.3 * p.size <= p.box.y0 - top < _LEADING * p.size
        if close and _overlap(_ink(p), ink) > 0:
            wider = min(ink[0], p.box.x0), max(ink[1], p.box.x1)
            if not any(_overlap(wider, _ink(x)) > 0 for x in leaves if x is not leaf):
                ink, top = wider, p.box.y1
    return ink


def _heads_a_group(p: TextLine, parts: Sequence[TextLine]) -> bool:
    """Whether p stands between two lower headings of which one belongs to no other group."""
    lower = [q for q in parts if _is_higher(p, q)]
    before = [q for q in lower if q.box.x1 <= p.box.x0 and _is_beside(p, q, parts)]
    after = [q for q in lower if q.box.x0 >= p.box.x1 and _is_beside(p, q, parts)]
    if not before or not after:
        return False
    others = [x for x in parts if x is not p and not _is_higher(x, p)]
    return any(not _is_grouped(q, others) for q in (*before, *after))


def _is_beside(p: TextLine, q: TextLine, parts: Sequence[TextLine]) -> bool:
    """Whether nothing as high as q, and no higher than p, stands between the two."""
    between = (min(p.box.x1, q.box.x1), max(p.box.x0, q.box.x0))
    level = [x for x in parts if x is not p and x is not q and x.box.y0 > q.box.y0 - 0.5 * q.size]
    return not any(_overlap(_ink(x), between) > 0 and not _is_higher(x, p) for x in level)


def _is_grouped(q: TextLine, parts: Sequence[TextLine]) -> bool:
    """Whether another heading stands over q, or over the space between q and its neighbour on the same line, or over
    that neighbour, with nothing higher between the two.
    """
    above = [x for x in parts if _is_higher(x, q)]
    if any(_overlap(_ink(x), _ink(q)) > 0 for x in above):
        return True
    line = sorted((x for x in (*parts, q) if abs(x.box.y0 - q.box.y0) < 0.5 * q.size), key=lambda x: x.box.x0)
    here = next(i for i, x in enumerate(line) if x is q)
    for other in line[max(0, here - 1) : here] + line[here + 1 : here + 2]:
        between = (min(q.box.x1, other.box.x1), max(q.box.x0, other.box.x0))
        over = [x for x in above if _overlap(_ink(x), (between[0] - 1, between[1] + 1)) > 0]
        if len(over) == 1 and _is_higher(over[0], other):
            return True
        if not over and any(_overlap(_ink(x), _ink(other)) > 0 for x in above):
            return True
    return False


def _is_higher(upper: TextLine, lower: TextLine) -> bool:
    return upper is not lower and upper.box.y0 >= lower.box.y1 - 0.3 * lower.size


def _ink(p: TextLine) -> Ink:
    return p.box.x0, p.box.x1


def _overlap(a: Ink, b: Ink) -> float:
    return min(a[1], b[1]) - max(a[0], b[0])


def _sides(rows: Sequence[Ink], body: Sequence[TextLine]) -> list[bool]:
    """For each column whether it holds figures, which are set to the right, rather than words."""
    pieces = [p for x in body for p in x.pieces(_GUTTER)]
    held = [[is_figure(p.text) for p in pieces if _overlap(_ink(p), r) > 0] for r in rows]
    return [2 * sum(h) > len(h) for h in held]


def _matched(heads: Sequence[Ink], rows: Sequence[Ink], right: Sequence[bool], alone: float) -> list[Column]:
    """Headings and rows as columns from the left, paired in order, as near as can be; `alone` is the price of no pair.

    A heading far from its figures (one set to the left, the other to the right) finds them by its place in the order.
    """
    best: list[list[float]] = [[0.0] * (len(rows) + 1) for _ in range(len(heads) + 1)]
    for i in range(len(heads) + 1):
        for j in range(len(rows) + 1):
            if i or j:
                best[i][j] = min(
                    best[i - 1][j] + alone if i else float("inf"),
                    best[i][j - 1] + alone if j else float("inf"),
                    best[i - 1][j - 1] + _apart(heads[i - 1], rows[j - 1], right[j - 1]) if i and j else float("inf"),
                )
    out: list[Column] = []
    i, j = len(heads), len(rows)
    while i or j:
        if i and j and best[i][j] == best[i - 1][j - 1] + _apart(heads[i - 1], rows[j - 1], right[j - 1]):
            i, j = i - 1, j - 1
            out.append(Column(rows[j], heads[i]))
        elif i and best[i][j] == best[i - 1][j] + alone:
            i -= 1
            out.append(Column(None, heads[i]))
        else:
            j -= 1
            out.append(Column(rows[j], None))
    return sorted(out, key=lambda c: c.rows or c.heading or (0.0, 0.0))


def _apart(head: Ink, row: Ink, right: bool) -> float:
    """How far a heading is from a column, in points; where they overlap, how far their middles are, a little.

    Figures are set to the right of their column and words to the left, so that the middle of the column, where its
    heading is, lies to the left of figures and to the right of words: on the wrong side the distance counts twice.
    """
    gap = -_overlap(head, row)
    if gap <= 0:
        return abs(sum(head) - sum(row)) / 200
    return gap if (head[0] < row[0]) == right else 2 * gap


def _with_strays_joined(columns: Sequence[Column], lines: Sequence[Sequence[Ink]]) -> list[Column]:
    """Columns without a heading joined to a neighbour with one, where no line has something in both.

    So a `——` set to the left, or a figure without decimals, does not make a column of its own.
    """
    out = list(columns)
    headed = any(c.heading is not None for c in out)
    k = 0
    while headed and k < len(out):
        stray = out[k]
        near = [n for n in (k - 1, k + 1) if 0 <= n < len(out) and stray.heading is None and stray.rows is not None]
        hosts = [n for n in near if out[n].heading is not None and not _together(stray, out[n], lines)]
        if not hosts:
            k += 1
            continue
        host = min(hosts, key=lambda n: _apart(out[n].heading or (0.0, 0.0), stray.rows or (0.0, 0.0), True))
        rows = [x for x in (stray.rows, out[host].rows) if x is not None]
        joined = Column((min(a for a, _ in rows), max(b for _, b in rows)), out[host].heading)
        out[min(k, host) : max(k, host) + 1] = [joined]
        k = max(0, min(k, host))
    return out


def _together(a: Column, b: Column, lines: Sequence[Sequence[Ink]]) -> bool:
    if a.rows is None or b.rows is None:
        return False
    first, second = a.rows, b.rows
    return any(
        any(_overlap(p, first) > 0 for p in line) and any(_overlap(p, second) > 0 for p in line) for line in lines
    )
