"""What stands in the columns of a table without uprights: the lines of one cell, one close under the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.documents.pdf_glyphs import Glyph
from pipelines.documents.pdf_lines import TextLine
from pipelines.tables.spaced_lines import TIGHT

_LOOSER = 0.25  # of the type size: how much more space must be between rows
_DESCENT, _ASCENT = 0.12, 0.88  # of the type size: where ideographs end below and above the baseline
_CONTIGUOUS = 0.2  # of the type size: a word that runs over a column boundary has no wider gap there
_LEVEL = 0.25  # of the type size: how far the middles (tops, feet) of the cells of one row may be apart


Part = tuple[int, int, TextLine]
"""First and last column of a piece of a line, and the piece."""


@dataclass(frozen=True, slots=True)
class Stack:
    """The lines of one cell from the top; `first` and `last` are its columns, `top` and `bottom` where its ink ends."""

    first: int
    last: int
    lines: tuple[TextLine, ...]
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2


def stacks_of(lines: Iterable[TextLine], xs: Sequence[float], closest: float) -> list[Stack]:
    """The cells of these lines (from the top of the page): parts of one column with no more than `closest` points
    between one and the next are one cell."""
    out: list[Stack] = []
    for line in lines:
        for first, last, part in in_columns(line, xs):
            top, bottom = top_of(part.glyphs), foot_of(part.glyphs)
            above = next((k for k, s in enumerate(out) if _goes_on(s, first, last, top, closest)), None)
            if above is None:
                out.append(Stack(first, last, (part,), top, bottom))
            else:
                s = out[above]
                ends = min(s.first, first), max(s.last, last)
                out[above] = Stack(*ends, (*s.lines, part), max(s.top, top), min(s.bottom, bottom))
    return out


def is_level(stacks: Sequence[Stack], size: float) -> bool:
    """Whether the middles of all these cells are at one height, or their tops, or their feet: one row has them so."""
    heights = [s.middle for s in stacks], [s.top for s in stacks], [s.bottom for s in stacks]
    return any(max(h) - min(h) <= _LEVEL * size for h in heights)


def _goes_on(upper: Stack, first: int, last: int, top: float, closest: float) -> bool:
    return upper.first <= last and first <= upper.last and upper.bottom - top <= closest


def blocks_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The characters in blocks from the top, nothing being printed between one block and the next in any column."""
    out: list[list[Glyph]] = []
    bottom = 0.0
    for g in sorted(glyphs, key=lambda g: -top_of([g])):
        if out and top_of([g]) > bottom:
            out[-1].append(g)
            bottom = min(bottom, foot_of([g]))
        else:
            out.append([g])
            bottom = foot_of([g])
    return out


def top_of(glyphs: Sequence[Glyph]) -> float:
    """Where the ink of these characters begins, from the top."""
    return max(g.base + _ASCENT * g.size for g in glyphs)


def foot_of(glyphs: Sequence[Glyph]) -> float:
    """Where their ink ends."""
    return min(g.base - _DESCENT * g.size for g in glyphs)


def wider_spaces(spaces: Iterable[float], size: float) -> float:
    """The space (points) that parts lines of one cell from rows; zero where all spaces are alike."""
    best = (0.0, 0.0)
    for a, b in pairwise(sorted(spaces)):
        if a <= TIGHT * size and b - a >= _LOOSER * size:
            best = max(best, (b - a, (a + b) / 2))
    return best[1]


def spaces_in_columns(lines: Iterable[TextLine], xs: Sequence[float]) -> list[float]:
    """The spaces (points) from each line of a column to the next below it in that column."""
    feet: dict[int, float] = {}
    out = []
    for line in lines:
        for first, last, part in in_columns(line, xs):
            above = [feet[c] for c in range(first, last + 1) if c in feet]
            if above:
                out.append(min(above) - top_of(part.glyphs))
            feet.update(dict.fromkeys(range(first, last + 1), foot_of(part.glyphs)))
    return out


def in_columns(line: TextLine, xs: Sequence[float]) -> list[Part]:
    """The parts of a line with the first and last column of each; a word that runs over a boundary is not cut."""
    parts: list[list[Glyph]] = []
    for g in line.glyphs:
        if g.text.isspace():
            continue
        last = parts[-1][-1] if parts else None
        apart = last is None or (_column(last, xs) != _column(g, xs) and g.x0 - last.x1 > _CONTIGUOUS * g.size)
        if apart:
            parts.append([])
        parts[-1].append(g)
    return [(_column(p[0], xs), _column(p[-1], xs), TextLine(tuple(p))) for p in parts]


def _column(g: Glyph, xs: Sequence[float]) -> int:
    middle = (g.x0 + g.x1) / 2
    return min(max(sum(middle >= x for x in xs) - 1, 0), len(xs) - 2)
