"""Ruled tables of a PDF page: the cells that its vector rules enclose, merged cells and blank tables included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipelines.core.model import Box, Cell
from pipelines.documents.pdf import PdfPage
from pipelines.documents.pdf_glyphs import Glyph
from pipelines.documents.pdf_rules import Rule
from pipelines.tables.cell_text import filled
from pipelines.tables.page_table import PageTable
from pipelines.tables.rule_network import Groups, Network, networks

ENGINE = "grid"

_DRAWN = 0.6  # of a cell's side must be ruled for the side to part it from its neighbour
_FEWEST_CELLS = 2  # one cell is a frame around something, not a table

Span = tuple[int, int, int, int]
"""First row, first column, number of rows, number of columns."""


def ruled_tables(page: PdfPage, glyphs: Sequence[Glyph]) -> list[PageTable]:
    """The ruled tables of a page from the top, filled with the given glyphs (page numbers taken out).

    A cell whose place had to be inferred (text that runs over a rule, an area that is no rectangle) is `contested`.
    Frames around one thing, and grids that hold no character (form lines, drawings), are not tables.
    """
    tables = [_table(page.number, n, glyphs) for n in networks(page.drawing.horizontal, page.drawing.vertical)]
    return [t for t in tables if len(t.cells) >= _FEWEST_CELLS and any(c.text for c in t.cells)]


def _table(number: int, network: Network, glyphs: Sequence[Glyph]) -> PageTable:
    xs, ys = network.xs, network.ys
    cells = []
    for span, whole in spans(network):
        row, col, rows, cols = span
        box = Box(xs[col], ys[row + rows], xs[col + cols], ys[row])
        cells.append(Cell(row, col, "", rows, cols, page=number, box=box, contested=not whole))
    return PageTable(number, ENGINE, xs, ys, tuple(filled(cells, xs, ys, glyphs)))


def spans(network: Network) -> list[tuple[Span, bool]]:
    """The cells of a network in reading order, and for each whether its area was a rectangle to begin with."""
    rows, cols = len(network.ys) - 1, len(network.xs) - 1
    across = _by_line(network.horizontal, network.ys)
    upright = _by_line(network.vertical, network.xs)
    groups = Groups(rows * cols)
    for r in range(rows):
        for c in range(cols):
            here = r * cols + c
            if c + 1 < cols and not _is_drawn(upright[c + 1], network.ys[r + 1], network.ys[r]):
                groups.join(here, here + 1)
            if r + 1 < rows and not _is_drawn(across[r + 1], network.xs[c], network.xs[c + 1]):
                groups.join(here, here + cols)
    areas: dict[int, list[tuple[int, int]]] = {}
    for place in range(rows * cols):
        areas.setdefault(groups.find(place), []).append(divmod(place, cols))
    out: list[tuple[Span, bool]] = []
    for area in areas.values():
        parts = list(rectangles(area))
        out += ((part, len(parts) == 1) for part in parts)
    return sorted(out)


def rectangles(area: Iterable[tuple[int, int]]) -> Iterable[Span]:
    """A connected area of places as rectangles: itself where it is one, else as few as its rows allow."""
    left = set(area)
    while left:
        row, col = min(left)
        cols = 1
        while (row, col + cols) in left:
            cols += 1
        rows = 1
        while all((row + rows, col + k) in left for k in range(cols)):
            rows += 1
        left -= {(row + i, col + k) for i in range(rows) for k in range(cols)}
        yield row, col, rows, cols


def _by_line(rules: Iterable[Rule], lines: Sequence[float]) -> list[list[tuple[float, float]]]:
    """For each line, the spans of the rules that lie on it."""
    out: list[list[tuple[float, float]]] = [[] for _ in lines]
    for rule in rules:
        nearest = min(range(len(lines)), key=lambda k: abs(lines[k] - rule.at))
        out[nearest].append((rule.lo, rule.hi))
    return out


def _is_drawn(drawn: Iterable[tuple[float, float]], lo: float, hi: float) -> bool:
    return sum(max(0.0, min(b, hi) - max(a, lo)) for a, b in drawn) >= _DRAWN * (hi - lo)
