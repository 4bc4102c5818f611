"""The headings of a table without uprights: which heading stands over which columns, on any number of levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from pipelines.documents.pdf_lines import TextLine
from pipelines.documents.pdf_rules import Rule
from pipelines.tables.spaced_lines import pieces_of
from pipelines.tables.spaced_rows import Strip
from pipelines.tables.spaced_stacks import blocks_of, foot_of, spaces_in_columns, top_of, wider_spaces

_OVER = 0.25  # of a heading's own width, or of the column's: so much of a column under it counts as under it
_SAME_LINE = 4.0  # points: how far the feet of headings on one line may be apart
_RULE_END = 4.0  # points: how far a rule under a group's heading may begin or end from its columns
_MIDDLE = 0.3  # of the type size: how far a heading set in the middle may be from it
_BELOW = 0.3  # of the type size: how far a lower heading may reach up beside an upper one


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading cell: its rows and columns counted from 0, and its lines.

    `inferred`: no rule under it says how many columns it stands over.
    """

    row: int
    col: int
    rows: int
    cols: int
    lines: tuple[TextLine, ...]
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a heading and the first and last column that it stands over."""

    piece: TextLine
    first: int
    last: int

    def covers(self, other: _Part) -> bool:
        """Whether the other stands over a part of the same columns."""
        return self.first <= other.first and other.last <= self.last

    def is_above(self, other: _Part) -> bool:
        """Whether this piece stands on a higher line."""
        return self.piece.box.y0 >= other.piece.box.y1 - _BELOW * other.piece.size


def headings(strip: Strip, xs: Sequence[float], drawn: Sequence[Rule]) -> list[Heading]:
    """The headings of a strip over the columns bounded by `xs`; `drawn` are the rules of the table.

    A heading over several columns that have headings of their own further down is the common heading of a group;
    everything else is the heading of one column, on however many lines. Columns without one get a blank heading.
    """
    pieces = [p for line in strip.lines for p in pieces_of(line)]
    lowest = min(p.box.y1 for p in pieces)
    rules = [r for r in drawn if max(strip.bottom, lowest - _SAME_LINE) < r.at < strip.top]
    ruled = {id(p): _ruled_group(p, xs, pieces, rules) for p in pieces}
    parts = [_placed(p, xs, ruled[id(p)]) for p in pieces]
    whole = _full_height(strip, parts)
    groups = [
        p if ruled[id(p.piece)] is not None else _centred(p, parts, xs, whole) for p in parts if _heads_group(p, parts)
    ]
    groups = [g for g in groups if g.last > g.first]
    grouped = {id(g.piece) for g in groups}
    rest = [p for p in parts if id(p.piece) not in grouped]
    depth = {id(g): sum(h.covers(g) and h is not g and h.is_above(g) for h in groups) for g in groups}
    bands = _bands(strip, xs) if not groups else []
    levels = max(len(bands), 1 + max((d + 1 for d in depth.values()), default=0))
    out = [
        Heading(depth[id(g)], g.first, 1, g.last - g.first + 1, (g.piece,), ruled[id(g.piece)] is None) for g in groups
    ]
    for first, last in _columns(rest, len(xs) - 1):
        own = sorted((p for p in rest if first <= p.first <= last), key=lambda p: (-p.piece.box.y1, p.piece.box.x0))
        above = [g for g in groups if g.first <= first and last <= g.last]
        row = max((depth[id(g)] + 1 for g in above), default=0)
        lines = [p.piece for p in own]
        starts = [0, *(k for k in range(1, len(lines)) if _band(lines[k], bands) > _band(lines[k - 1], bands))]
        rows = [row, *(_band(lines[k], bands) for k in starts[1:]), levels]
        for k, (begin, end) in enumerate(pairwise([*starts, len(lines)])):
            out.append(Heading(rows[k], first, rows[k + 1] - rows[k], last - first + 1, tuple(lines[begin:end])))
    return sorted(out, key=lambda h: (h.row, h.col))


def _bands(strip: Strip, xs: Sequence[float]) -> list[float]:
    """The feet of the levels, from the top, of headings under which no rule parts levels: none where they do not show.

    They show where the lines of one column are set at two distances, the wider ones blank across the whole table.
    """
    size = strip.lines[0].size
    wide = wider_spaces(spaces_in_columns(strip.lines, xs), size)
    if not wide:
        return []
    blocks = blocks_of(g for x in strip.lines for g in x.glyphs if not g.text.isspace())
    ends = [foot_of(a) for a, b in pairwise(blocks) if foot_of(a) - top_of(b) > wide]
    return [*ends, foot_of(blocks[-1])] if ends else []


def _band(piece: TextLine, bands: Sequence[float]) -> int:
    return sum(piece.glyphs[0].base < foot for foot in bands)


def _placed(p: TextLine, xs: Sequence[float], ruled: tuple[int, int] | None) -> _Part:
    if ruled is not None:
        return _Part(p, *ruled)
    wide = p.box.x1 - p.box.x0
    over = [
        k
        for k in range(len(xs) - 1)
        if min(xs[k + 1], p.box.x1) - max(xs[k], p.box.x0) > _OVER * min(wide, xs[k + 1] - xs[k])
    ]
    return _Part(p, over[0], over[-1]) if over else _Part(p, 0, 0)


def _ruled_group(
    p: TextLine, xs: Sequence[float], pieces: Sequence[TextLine], rules: Sequence[Rule]
) -> tuple[int, int] | None:
    """The columns that the nearest rule below a heading runs over: its own part, where the rules of neighbouring groups
    touch, is the one that has it in the middle."""
    rule = _nearest_below(p, rules)
    if rule is None:
        return None
    over = _under(rule, xs)
    if len(over) < 2:
        return None
    if not _is_shared(rule, pieces, rules):
        return over[0], over[-1]
    nearer = [r for r in rules if rule.at < r.at < p.box.y1]
    over = [k for k in over if not any(k in _under(r, xs) for r in nearer)]
    here = next((k for k in over if xs[k] <= (p.box.x0 + p.box.x1) / 2 <= xs[k + 1]), None)
    if here is None:
        return None
    run = [k for k in over if set(range(min(k, here), max(k, here))) <= set(over)]
    beside = sorted((q for q in pieces if _nearest_below(q, rules) == rule), key=lambda q: q.box.x0)
    beside = [q for q in beside if xs[run[0]] <= (q.box.x0 + q.box.x1) / 2 <= xs[run[-1] + 1]]
    if len(beside) * 2 > len(run) or any(a.box.x1 > b.box.x0 for a, b in pairwise(beside)):
        return None
    return _shares(run, xs, beside)[next(k for k, q in enumerate(beside) if q is p)]


def _under(rule: Rule, xs: Sequence[float]) -> list[int]:
    """The columns that a rule runs over."""
    return [k for k in range(len(xs) - 1) if rule.lo - _RULE_END <= (xs[k] + xs[k + 1]) / 2 <= rule.hi + _RULE_END]


def _shares(over: Sequence[int], xs: Sequence[float], beside: Sequence[TextLine]) -> list[tuple[int, int]]:
    """The columns of each heading where together they stand over all of these columns."""
    cuts = combinations(over[1:], len(beside) - 1)
    ways = [[(a, b - 1) for a, b in pairwise((over[0], *c, over[-1] + 1))] for c in cuts]

    def away(way: Sequence[tuple[int, int]]) -> float:
        middles = ((xs[a] + xs[b + 1]) / 2 for a, b in way)
        return sum(abs(m - (q.box.x0 + q.box.x1) / 2) for m, q in zip(middles, beside, strict=True))

    return min(ways, key=away)


def _nearest_below(p: TextLine, rules: Sequence[Rule]) -> Rule | None:
    middle = (p.box.x0 + p.box.x1) / 2
    below = [r for r in rules if r.lo <= middle <= r.hi and r.at < p.box.y0 + _BELOW * p.size]
    return max(below, key=lambda r: r.at, default=None)


def _is_shared(rule: Rule, pieces: Sequence[TextLine], rules: Sequence[Rule]) -> bool:
    """Whether a rule runs under several headings side by side: the rules of neighbouring groups that touch."""
    over = sorted((p for p in pieces if _nearest_below(p, rules) == rule), key=lambda p: p.box.x0)
    return any(a.box.x1 <= b.box.x0 for a, b in pairwise(over))


def _heads_group(p: _Part, parts: Sequence[_Part]) -> bool:
    """Whether headings of different columns stand under p, or one beside its own column that nothing else heads."""
    under = [q for q in parts if p.is_above(q) and q.first <= p.last and p.first <= q.last]
    if p.last > p.first:
        return bool(under)
    if any(q.last > q.first for q in under):
        return True
    return bool(under) and bool(_free(p, parts) & {p.first - 1, p.last + 1})


def _free(p: _Part, parts: Sequence[_Part]) -> set[int]:
    """The columns with headings that are all below p, but for those above p itself."""
    others = [q for q in parts if q is not p and not q.is_above(p)]
    covered = {c for q in others for c in range(q.first, q.last + 1)}
    barred = {c for q in others if not p.is_above(q) for c in range(q.first, q.last + 1)}
    return covered - barred


def _full_height(strip: Strip, parts: Sequence[_Part]) -> set[int]:
    """The columns whose heading is set in the middle between the rules: it stands beside all levels, under none."""
    out = set()
    for c in {p.first for p in parts if p.first == p.last}:
        boxes = [p.piece.box for p in parts if p.first <= c <= p.last]
        alone = all(p.first == p.last for p in parts if p.first <= c <= p.last)
        middle = (min(b.y0 for b in boxes) + max(b.y1 for b in boxes)) / 2
        if alone and abs(middle - (strip.top + strip.bottom) / 2) <= _MIDDLE * strip.lines[0].size:
            out.add(c)
    return out


def _centred(p: _Part, parts: Sequence[_Part], xs: Sequence[float], whole: set[int]) -> _Part:
    """The group of a heading: its columns and so many free ones beside them that it stands in the middle of all."""
    free = _free(p, parts) - whole
    lefts = [p.first]
    while lefts[-1] - 1 in free:
        lefts.append(lefts[-1] - 1)
    rights = [p.last]
    while rights[-1] + 1 in free:
        rights.append(rights[-1] + 1)
    middle = (p.piece.box.x0 + p.piece.box.x1) / 2
    spans = [(a, b) for a in lefts for b in rights]
    best = min(spans, key=lambda s: (abs((xs[s[0]] + xs[s[1] + 1]) / 2 - middle), s[1] - s[0]))
    return _Part(p.piece, *best)


def _columns(rest: Sequence[_Part], count: int) -> list[tuple[int, int]]:
    """The columns one by one, those under one undivided heading together."""
    spans = {p.first: p.last for p in sorted(rest, key=lambda p: p.last - p.first)}
    out: list[tuple[int, int]] = []
    c = 0
    while c < count:
        last = max(c, spans.get(c, c))
        out.append((c, last))
        c = last + 1
    return out
