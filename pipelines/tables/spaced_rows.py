"""The rows of a table without uprights, from the spaces between its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.documents.pdf_glyphs import Glyph
from pipelines.documents.pdf_lines import TextLine, set_lines
from pipelines.tables.spaced_alignment import aligned
from pipelines.tables.spaced_lines import TIGHT, is_figure
from pipelines.tables.spaced_stacks import (
    blocks_of,
    foot_of,
    in_columns,
    is_level,
    stacks_of,
    top_of,
    wider_spaces,
)
from pipelines.tables.spaced_wraps import goes_on, right_edges

FEWEST_RULED = 4  # strips between rules: with fewer, the rules part headings from rows and not rows from rows


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
    column into one row (other than one figure on two lines); where all are alike each line is a row, but for lines
    that go on from a full one.
    """
    blocks = blocks_of(g for x in strip.lines for g in x.glyphs if not g.text.isspace())
    if strips >= FEWEST_RULED and not _has_two_figures(blocks, xs):
        return [strip]
    loose = wider_spaces([foot_of(a) - top_of(b) for a, b in pairwise(blocks)], size)
    groups: list[list[list[Glyph]]] = []
    for block in blocks:
        if groups and foot_of(groups[-1][-1]) - top_of(block) <= loose:
            groups[-1].append(block)
        else:
            groups.append([block])
    if any(_has_two_figures(g, xs) and not _breaks_figures(g, xs, size) for g in groups):
        groups, loose = [[b] for b in blocks], 0.0
    level = aligned(blocks, xs, size) if not loose else None
    if level is not None:
        groups, loose = [blocks[a : b + 1] for a, b in level], TIGHT
    rows = [[g for block in group for g in block] for group in groups]
    edges = [strip.top, *((foot_of(a) + top_of(b)) / 2 for a, b in pairwise(rows)), strip.bottom]
    found = [Strip(a, b, tuple(set_lines(row))) for (a, b), row in zip(pairwise(edges), rows, strict=True)]
    return found if loose else _rewrapped(found, xs, size)


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


def _breaks_figures(blocks: Sequence[Sequence[Glyph]], xs: Sequence[float], size: float) -> bool:
    """Whether the figures that stand one above the other in these blocks are one figure each, broken over lines.

    Then most columns hold something else, each lies in the middle of the row (or at its top) on a number of lines of
    its own, and what is broken is a figure when put together.
    """
    stacks = stacks_of(set_lines(g for block in blocks for g in block), xs, TIGHT * size)
    broken = [s for s in stacks if sum(is_figure(x.text) for x in s.lines) > 1]
    others = [s for s in stacks if s not in broken]
    return (
        len({(s.first, s.last) for s in stacks}) == len(stacks)
        and all(is_figure("".join(x.text for x in s.lines)) for s in broken)
        and len(broken) < len(others)
        and any(len(s.lines) == 1 for s in others)
        and is_level(stacks, size)
    )


def _rewrapped(rows: Sequence[Strip], xs: Sequence[float], size: float) -> list[Strip]:
    """The rows with the continuations of full lines joined to them: a line of nothing but words, each under a full one.

    How wide a column was set shows only where at least two of its lines are about as long as the longest.
    """
    parts = [p for row in rows for line in row.lines for p in in_columns(line, xs)]
    edges, ends = right_edges(parts, size), right_edges(parts, size, fewest=1)
    out: list[Strip] = []
    for row in rows:
        if out and _continues(out[-1], row, xs, edges, ends, size):
            upper = out[-1]
            out[-1] = Strip(upper.top, row.bottom, (*upper.lines, *row.lines), inferred=True)
        else:
            out.append(row)
    return out


def _continues(
    upper: Strip, lower: Strip, xs: Sequence[float], edges: dict[int, float], ends: dict[int, float], size: float
) -> bool:
    """Whether all words of a line stand under full lines of the row above, and none of them is a figure.

    `edges` are where full lines of a column are known to end, `ends` where its longest does; one must be known.
    """
    parts = [p for line in lower.lines for p in in_columns(line, xs)]
    above = {c: p for line in upper.lines[-1:] for c, d, p in in_columns(line, xs) if c == d}
    return all(
        first == last and first in above and not is_figure(p.text) and goes_on(above[first], p, ends.get(first), size)
        for first, last, p in parts
    ) and any(first in edges for first, _, _ in parts)
