"""The rows of a table without uprights, from the spaces between its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.documents.headings import enumerator
from pipelines.documents.pdf_glyphs import Glyph
from pipelines.documents.pdf_lines import TextLine, set_lines
from pipelines.tables.spaced_lines import is_figure

_DESCENT, _ASCENT = 0.12, 0.88  # of the type size: where ideographs end below and above the baseline
_TIGHT = 0.7  # of the type size: the widest space between the lines of one cell
_LOOSER = 0.25  # of the type size: how much more space must be between rows
_FEWEST_RULED = 4  # strips between rules: with fewer, the rules part headings from rows and not rows from rows
_CONTIGUOUS = 0.2  # of the type size: a word that runs over a column boundary has no wider gap there
_FULL = 1.2  # type sizes: a line that ends so near the longest of its column may go on in the next


@dataclass(frozen=True, slots=True)
class Strip:
    """A horizontal part of a table, `top` to `bottom`, with its lines: the headings, or one row.

    `inferred` says that its lines were joined although nothing shows them to be one row but that a line was full.
    """

    top: float
    bottom: float
    lines: tuple[TextLine, ...]
    inferred: bool = False


def rows_of(strip: Strip, xs: Sequence[float], size: float, strips: int) -> list[Strip]:
    """The rows of one of `strips` strips between rules: itself where rules part rows, else what its spaces show.

    Where the spaces between lines are of two kinds the wider ones part rows, unless that puts two figures of one
    column into one row; where all are alike each line is a row, but for lines that go on from a full one.
    """
    blocks = _blocks([g for x in strip.lines for g in x.glyphs if not g.text.isspace()])
    if strips >= _FEWEST_RULED and not _has_two_figures(blocks, xs):
        return [strip]
    loose = _threshold(blocks, size)
    groups: list[list[list[Glyph]]] = []
    for block in blocks:
        if groups and _bottom(groups[-1][-1]) - _top(block) <= loose:
            groups[-1].append(block)
        else:
            groups.append([block])
    if any(_has_two_figures(g, xs) for g in groups):
        groups, loose = [[b] for b in blocks], 0.0
    rows = [[g for block in group for g in block] for group in groups]
    edges = [strip.top, *((_bottom(a) + _top(b)) / 2 for a, b in pairwise(rows)), strip.bottom]
    found = [Strip(a, b, tuple(set_lines(row))) for (a, b), row in zip(pairwise(edges), rows, strict=True)]
    return found if loose else _rewrapped(found, xs, size)


def in_columns(line: TextLine, xs: Sequence[float]) -> list[tuple[int, int, TextLine]]:
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


def _blocks(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters in blocks from the top, nothing being printed between one block and the next in any column."""
    out: list[list[Glyph]] = []
    bottom = 0.0
    for g in sorted(glyphs, key=lambda g: -(g.base + _ASCENT * g.size)):
        if out and g.base + _ASCENT * g.size > bottom:
            out[-1].append(g)
            bottom = min(bottom, g.base - _DESCENT * g.size)
        else:
            out.append([g])
            bottom = g.base - _DESCENT * g.size
    return out


def _top(block: Sequence[Glyph]) -> float:
    return max(g.base + _ASCENT * g.size for g in block)


def _bottom(block: Sequence[Glyph]) -> float:
    return min(g.base - _DESCENT * g.size for g in block)


def _threshold(blocks: Sequence[Sequence[Glyph]], size: float) -> float:
    """The space that parts lines of one cell from rows; zero where all spaces are alike."""
    spaces = sorted(_bottom(a) - _top(b) for a, b in pairwise(blocks))
    best = (0.0, 0.0)
    for a, b in pairwise(spaces):
        if a <= _TIGHT * size and b - a >= _LOOSER * size:
            best = max(best, (b - a, (a + b) / 2))
    return best[1]


def _has_two_figures(blocks: Sequence[Sequence[Glyph]], xs: Sequence[float]) -> bool:
    """Whether some column of these blocks holds two figures, one above the other: then they are two rows."""
    seen: set[int] = set()
    for line in set_lines(g for block in blocks for g in block):
        for first, last, part in in_columns(line, xs):
            if first == last and is_figure(part.text):
                if first in seen:
                    return True
                seen.add(first)
    return False


def _rewrapped(rows: Sequence[Strip], xs: Sequence[float], size: float) -> list[Strip]:
    """The rows with the continuations of full lines joined to them: a line of words alone, under a full one.

    How wide a column was set shows only where at least two of its lines are about as long as the longest.
    """
    full = {c: right for c, right in _right_edges(rows, xs, size).items()}
    out: list[Strip] = []
    for row in rows:
        if out and _goes_on(out[-1], row, xs, full, size):
            upper = out[-1]
            out[-1] = Strip(upper.top, row.bottom, (*upper.lines, *row.lines), inferred=True)
        else:
            out.append(row)
    return out


def _right_edges(rows: Sequence[Strip], xs: Sequence[float], size: float) -> dict[int, float]:
    ends: dict[int, list[float]] = {}
    for row in rows:
        for line in row.lines:
            for first, last, part in in_columns(line, xs):
                if first == last and not is_figure(part.text):
                    ends.setdefault(first, []).append(part.box.x1)
    return {c: max(found) for c, found in ends.items() if sum(x >= max(found) - _FULL * size for x in found) >= 2}


def _goes_on(upper: Strip, lower: Strip, xs: Sequence[float], full: dict[int, float], size: float) -> bool:
    parts = [p for line in lower.lines for p in in_columns(line, xs)]
    if len(parts) != 1:
        return False
    column, last, words = parts[0]
    if column != last or column not in full or is_figure(words.text) or enumerator(words.text) is not None:
        return False
    above = [p for line in upper.lines[-1:] for c, d, p in in_columns(line, xs) if c == d == column]
    return (
        bool(above)
        and above[0].box.x1 >= full[column] - _FULL * size
        and abs(above[0].box.x0 - words.box.x0) < _FULL * size
    )
