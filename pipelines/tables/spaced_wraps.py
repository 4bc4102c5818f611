"""Which lines of a column are so full that the next one may go on from them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from pipelines.documents.headings import enumerator
from pipelines.documents.pdf_lines import TextLine
from pipelines.tables.spaced_lines import is_figure
from pipelines.tables.spaced_stacks import Part

_FULL = 1.2  # type sizes: lines whose ends are no further apart end at the edge of their column
_SLACK = 0.3  # of the type size: how much room a line may leave that its next word would have filled
_CLOSING = frozenset("，。、；：！？）》〉】〕」』”’,.;:!?)]%％")


def right_edges(parts: Iterable[Part], size: float, fewest: int = 2) -> dict[int, float]:
    """Where the full lines of each column end: shown where at least `fewest` lines are about as long as the longest."""
    ends: dict[int, list[float]] = {}
    for first, last, p in parts:
        if first == last and not is_figure(p.text):
            ends.setdefault(first, []).append(p.box.x1)
    return {c: max(found) for c, found in ends.items() if sum(x >= max(found) - _FULL * size for x in found) >= fewest}


def goes_on(upper: TextLine, lower: TextLine, edge: float | None, size: float) -> bool:
    """Whether a line may go on from the one above it in its column: its first word found no room there."""
    if edge is None or enumerator(lower.text) is not None:
        return False
    aligned = abs(upper.box.x0 - lower.box.x0) < _FULL * size
    return aligned and upper.box.x1 + max(size, _first_word(lower)) > edge - _SLACK * size


def _first_word(line: TextLine) -> float:
    """The width (points) of what must stand on one line: an ideograph or a run of letters and digits, with the marks
    that close it."""
    glyphs = line.glyphs
    word = list(takewhile(lambda g: g.text.isascii() and not g.text.isspace(), glyphs)) or list(glyphs[:1])
    marks = list(takewhile(lambda g: g.text in _CLOSING, glyphs[len(word) :]))
    return (marks or word)[-1].x1 - glyphs[0].x0
