"""Rows that no space tells apart, from how the cells of a row are set: their middles, or their tops, at one height.

Word sets rows of a table as close as the lines of a cell. Where cells are set in the middle of their row, a cell of two
lines stands half a line off its neighbour of one; the rows are then the fewest that have all cells in their middles.
Where they are set at the top, a line goes on in the next one only where it is full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.documents.pdf_glyphs import Glyph
from pipelines.documents.pdf_lines import TextLine, set_lines
from pipelines.tables.spaced_lines import TIGHT, is_figure
from pipelines.tables.spaced_stacks import Part, foot_of, in_columns, top_of
from pipelines.tables.spaced_wraps import goes_on, right_edges

_HALF_OFF = (0.3, 0.85)  # of the type size: how far apart the lines of staggered cells are
_LEVEL = 0.25  # of the type size: how far a cell may be from the middle of its row
_MOST_BLOCKS = 60  # lines of one row
_ALL_WRAPPED = 2.0  # what a row without any cell of one line costs more than another
_UNFULL = 1.5  # what a line costs that is not full although another follows in its cell
_UNLED = 2.0  # what a row costs that has nothing in the column that leads the others
_BROKEN = 5.0  # what two cells of one column in one row cost


@dataclass(frozen=True, slots=True)
class _Cell:
    """The lines in one column of a would-be row; `joints` counts the lines that are not full although others follow."""

    first: TextLine
    top: float
    bottom: float
    lines: int
    figures: int
    text: str
    joints: int


def aligned(
    blocks: Sequence[Sequence[Glyph]], xs: Sequence[float], size: float, *, staggered: bool = False
) -> list[tuple[int, int]] | None:
    """The rows as first and last block, from the top; None where cells do not stand staggered, nor are known to."""
    parts = [[p for line in set_lines(b) for p in in_columns(line, xs)] for b in blocks]
    if not staggered and not any(_is_staggered(p, size) for p in parts):
        return None
    edges = right_edges((p for block in parts for p in block), size)
    leading = _leading(parts)
    best: list[tuple[float, int, int]] = [(0.0, 0, 0)]  # cost, minus the rows so far, where the last of them begins
    for end in range(1, len(blocks) + 1):
        options = []
        cells: dict[int, _Cell] | None = {}
        for begin in range(end - 1, max(-1, end - 1 - _MOST_BLOCKS), -1):
            cells = _with_above(cells, parts[begin], edges, size)
            if cells is None:
                if begin == end - 1:
                    cost, rows, _ = best[begin]
                    options.append((cost + _BROKEN, rows - 1, begin))
                break
            cost, rows, _ = best[begin]
            options.append((cost + _cost(cells, leading, size), rows - 1, begin))
        best.append(min(options))
    out: list[tuple[int, int]] = []
    end = len(blocks)
    while end:
        begin = best[end][2]
        out.append((begin, end - 1))
        end = begin
    return out[::-1]


def _is_staggered(parts: Sequence[Part], size: float) -> bool:
    feet = [(first, foot_of(p.glyphs)) for first, _, p in parts]
    return any(a[0] != b[0] and _HALF_OFF[0] * size < a[1] - b[1] < _HALF_OFF[1] * size for a in feet for b in feet)


def _with_above(
    cells: dict[int, _Cell] | None, parts: Sequence[Part], edges: dict[int, float], size: float
) -> dict[int, _Cell] | None:
    """The cells with the lines of the block above them; None where a column then has a hole between its lines."""
    if cells is None:
        return None
    out = dict(cells)
    for first, last, p in reversed(parts):
        top, foot = top_of(p.glyphs), foot_of(p.glyphs)
        for c in range(first, last + 1):
            below = out.get(c)
            if below is None:
                out[c] = _Cell(p, top, foot, 1, int(is_figure(p.text)), p.text, 0)
                continue
            if foot - below.top > TIGHT * size:
                return None
            full = first == last and goes_on(p, below.first, edges.get(c), size)
            out[c] = _Cell(
                p,
                top,
                below.bottom,
                below.lines + 1,
                below.figures + int(is_figure(p.text)),
                p.text + below.text,
                below.joints + int(not full),
            )
    return out


def _leading(parts: Sequence[Sequence[Part]]) -> int:
    """The first column that holds at least half as many lines as any other."""
    held = [c for block in parts for c in {c for first, last, _ in block for c in range(first, last + 1)}]
    most = max(held.count(c) for c in set(held))
    return min(c for c in set(held) if 2 * held.count(c) >= most)


def _cost(cells: dict[int, _Cell], leading: int, size: float) -> float:
    """What a row costs: one, and more for whatever makes it unlike a row; infinite where its cells are not level."""
    found = list(cells.values())
    middle = (max(c.top for c in found) + min(c.bottom for c in found)) / 2
    broken = [c for c in found if c.figures > 1]
    off = any(abs((c.top + c.bottom) / 2 - middle) > _LEVEL * size for c in found)
    if off or len(broken) * 2 >= max(len(found), 1) + 1 or not all(is_figure(c.text) for c in broken):
        return float("inf") if max(c.lines for c in found) > 1 or len(found) > 1 else 1.0
    wrapped = min(c.lines for c in found) > 1
    unlike = (_ALL_WRAPPED if wrapped else 0.0) + (0.0 if leading in cells else _UNLED)
    return 1.0 + unlike + _UNFULL * sum(c.joints for c in found)
