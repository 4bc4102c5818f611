"""The columns of a table without uprights: what its rows cover, set against the headings above them in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.core.model import Box
from pipelines.core.traced import squeeze
from pipelines.documents.pdf_lines import TextLine
from pipelines.tables.spaced_leaves import Ink, ink_of, leaf_headings, overlap
from pipelines.tables.spaced_lines import is_figure, pieces_of

_GUTTER = 0.5  # of the type size: the narrowest space between two columns
_CROSSING = 0.1  # of the lines may run across a gutter: section titles
_BESIDE = 0.25  # of the lower one's height: pieces that share as much of it stand beside each other
_HALF_BLANK = frozenset("，。、；：）》〉】〕」』”’")
_ACROSS = 0.5  # of the table's width: what is as wide may stand across columns
_ITEM_NUMBER = re.compile(r"[(（]?[0-9一二三四五六七八九十]{1,3}[)）.、．]")
_UNMATCHED = 4.0  # type sizes: a heading twice as far from a column is not its own,
_UNMATCHED_SHARE = 0.35  # or this share of the usual width of a column, where columns are wide


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
    spans = [_printed(p) for x in several for p in x.pieces(_GUTTER)]
    narrow = [s for s in spans if s[1] - s[0] < _ACROSS * (box.x1 - box.x0)]
    ink = _covered(narrow, int(_CROSSING * len(several)), _GUTTER * size)
    spans = [s for s in spans if s in narrow or _reached(s, ink, size) < 2]
    often = _covered(spans, int(_CROSSING * len(several)), _GUTTER * size)
    # A piece over two columns is a title across the table; a column may hold a single figure and is a column still.
    kept = [s for s in spans if _reached(s, often, size) < 2]
    rows = _without_item_numbers(_covered(kept, 0, _GUTTER * size), body, size)
    alone = max(_UNMATCHED * size, _UNMATCHED_SHARE * (box.x1 - box.x0) / max(1, len(rows)))
    columns = _matched(leaf_headings(heads), rows, _sides(rows, body), alone)
    columns = _with_strays_joined(columns, [p.box for x in several for p in x.pieces(_GUTTER)])
    inner = [_between(a, b) for a, b in pairwise(columns)]
    return (min(box.x0, columns[0].left), *inner, max(box.x1, columns[-1].right)) if columns else (box.x0, box.x1)


def settled(xs: Sequence[float], body: Sequence[TextLine], size: float) -> tuple[float, ...]:
    """The column boundaries of the page before, as the words of this page have them: a boundary that cuts words lies in
    the gutter beside them, and where a line has words on both sides of a gutter without a boundary there is one."""
    pieces = [p for x in body for p in x.pieces(_GUTTER)]
    kept = [s for s in map(_printed, pieces) if sum(s[0] < x < s[1] for x in xs[1:-1]) < 2]
    ink = _covered(kept, 0, _GUTTER * size)
    out = [x for x in xs[1:-1] if not any(a < x < b for a, b in ink)]
    free = [(a, b) for a, b in pairwise(ink) if not any(a[1] <= x <= b[0] for x in out)]
    for cut in (x for x in xs[1:-1] if x not in out):
        gutters = [(a, b) for a, b in free if a[0] < cut < b[1]]
        if gutters:
            a, b = min(gutters, key=lambda g: abs((g[0][1] + g[1][0]) / 2 - cut))
            free.remove((a, b))
            out.append((a[1] + b[0]) / 2)
        else:
            out.append(cut)
    new = [(a[1] + b[0]) / 2 for a, b in free if _together(a, b, [p.box for p in pieces])]
    return (xs[0], *sorted([*out, *new]), xs[-1])


def _falling_into_columns(body: Sequence[TextLine], size: float) -> list[TextLine]:
    """The lines that show where columns are: those of several pieces, and those of one that keeps to a column."""
    several = [x for x in body if len(pieces_of(x)) > 1]
    if not several:
        return list(body)
    spans = [_printed(p) for x in several for p in x.pieces(_GUTTER)]
    ink = _covered(spans, int(_CROSSING * len(several)), _GUTTER * size)
    single = [x for x in body if len(pieces_of(x)) == 1 and _reached(_printed(x), ink, size) < 2]
    return several + single


def _printed(p: TextLine) -> Ink:
    """From where to where a piece is inked: the right half of a full-width mark that closes it is blank, and may hang
    over the edge of its column."""
    last = p.glyphs[-1]
    blank = (last.x1 - last.x0) / 2 if last.text in _HALF_BLANK else 0.0
    return p.box.x0, p.box.x1 - blank


def _reached(span: Ink, columns: Sequence[Ink], size: float) -> int:
    """How many columns a piece stands in, or so near to that no gutter is left between."""
    return sum(overlap(span, ink) > -_GUTTER * size for ink in columns)


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


def _sides(rows: Sequence[Ink], body: Sequence[TextLine]) -> list[bool]:
    """For each column whether it holds figures, which are set to the right, rather than words."""
    pieces = [p for x in body for p in x.pieces(_GUTTER)]
    held = [[is_figure(p.text) for p in pieces if overlap(ink_of(p), r) > 0] for r in rows]
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
    gap = -overlap(head, row)
    if gap <= 0:
        return abs(sum(head) - sum(row)) / 200
    return gap if (head[0] < row[0]) == right else 2 * gap


def _with_strays_joined(columns: Sequence[Column], pieces: Sequence[Box]) -> list[Column]:
    """Columns without a heading joined to a neighbour with one, where nothing in one is beside something in the other.

    So a `——` set to the left, or a figure without decimals, does not make a column of its own.
    """
    out = list(columns)
    headed = any(c.heading is not None for c in out)
    k = 0
    while headed and k < len(out):
        stray = out[k]
        near = [n for n in (k - 1, k + 1) if 0 <= n < len(out) and stray.heading is None and stray.rows is not None]
        hosts = [n for n in near if out[n].heading is not None and not _together(stray.rows, out[n].rows, pieces)]
        if not hosts:
            k += 1
            continue
        host = min(hosts, key=lambda n: _apart(out[n].heading or (0.0, 0.0), stray.rows or (0.0, 0.0), True))
        rows = [x for x in (stray.rows, out[host].rows) if x is not None]
        joined = Column((min(a for a, _ in rows), max(b for _, b in rows)), out[host].heading)
        out[min(k, host) : max(k, host) + 1] = [joined]
        k = max(0, min(k, host))
    return out


def _together(a: Ink | None, b: Ink | None, pieces: Sequence[Box]) -> bool:
    """Whether two columns hold pieces beside each other."""
    if a is None or b is None:
        return False
    left = [p for p in pieces if overlap((p.x0, p.x1), a) > 0]
    right = [p for p in pieces if overlap((p.x0, p.x1), b) > 0]
    return any(
        overlap((p.y0, p.y1), (q.y0, q.y1)) > _BESIDE * min(p.y1 - p.y0, q.y1 - q.y0) for p in left for q in right
    )
