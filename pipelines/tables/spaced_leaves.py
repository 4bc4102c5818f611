"""Which of a table's printed headings belong to one column each, and which stand over a group of columns."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.documents.pdf_lines import TextLine
from pipelines.tables.spaced_lines import pieces_of

_LEADING = 0.5  # of the type size: the widest space between two lines of one heading

Ink = tuple[float, float]
"""From where to where something is printed, left to right."""


def leaf_headings(heads: Sequence[TextLine]) -> list[Ink]:
    """The headings that belong to one column each, and not to a group of columns with headings of their own.

    A heading with another one under it is no leaf. One with nothing under it is, unless it stands over the space
    between two lower headings of which one belongs to no other group: then it is the heading of their group.
    """
    parts = sorted((p for x in heads for p in pieces_of(x)), key=lambda p: p.box.y0)
    leaves: list[TextLine] = []
    for p in parts:
        under = any(_is_higher(p, q) and overlap(ink_of(p), ink_of(q)) > 0 for q in parts)
        if not under and not any(overlap(ink_of(p), ink_of(q)) > 0 for q in leaves) and not _heads_a_group(p, parts):
            leaves.append(p)
    return sorted(_with_upper_lines(p, parts, leaves) for p in leaves)


def _with_upper_lines(leaf: TextLine, parts: Sequence[TextLine], leaves: Sequence[TextLine]) -> Ink:
    """The ink of a heading with the lines of it that stand above its last one."""
    ink = ink_of(leaf)
    top = leaf.box.y1
    for p in parts:  # from the lowest up
        close = p is not leaf and -0.3 * p.size <= p.box.y0 - top < _LEADING * p.size
        if close and overlap(ink_of(p), ink) > 0:
            wider = min(ink[0], p.box.x0), max(ink[1], p.box.x1)
            if not any(overlap(wider, ink_of(x)) > 0 for x in leaves if x is not leaf):
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
    return not any(overlap(ink_of(x), between) > 0 and not _is_higher(x, p) for x in level)


def _is_grouped(q: TextLine, parts: Sequence[TextLine]) -> bool:
    """Whether another heading stands over q, or over the space between q and its neighbour on the same line, or over
    that neighbour, with nothing higher between the two.
    """
    above = [x for x in parts if _is_higher(x, q)]
    if any(overlap(ink_of(x), ink_of(q)) > 0 for x in above):
        return True
    line = sorted((x for x in (*parts, q) if abs(x.box.y0 - q.box.y0) < 0.5 * q.size), key=lambda x: x.box.x0)
    here = next(i for i, x in enumerate(line) if x is q)
    for other in line[max(0, here - 1) : here] + line[here + 1 : here + 2]:
        between = (min(q.box.x1, other.box.x1), max(q.box.x0, other.box.x0))
        over = [x for x in above if overlap(ink_of(x), (between[0] - 1, between[1] + 1)) > 0]
        if len(over) == 1 and _is_higher(over[0], other):
            return True
        if not over and any(overlap(ink_of(x), ink_of(other)) > 0 for x in above):
            return True
    return False


def _is_higher(upper: TextLine, lower: TextLine) -> bool:
    return upper is not lower and upper.box.y0 >= lower.box.y1 - 0.3 * lower.size


def ink_of(p: TextLine) -> Ink:
    """From where to where a piece is printed."""
    return p.box.x0, p.box.x1


def overlap(a: Ink, b: Ink) -> float:
    """How much two stretches have in common, in points; negative is the space between them."""
    return min(a[1], b[1]) - max(a[0], b[0])
