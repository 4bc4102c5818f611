"""Tables without uprights (rows-only, three-line, borderless, shaded): our columns, rows and headings, camelot's check.

Camelot's `stream` reads the same areas by its own means; a figure that it reads differently is contested.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from pipelines.core.model import Box, Cell
from pipelines.core.traced import squeeze
from pipelines.tables import camelot
from pipelines.tables.page_content import FURNITURE, PageContent, content_of
from pipelines.tables.page_table import PageTable
from pipelines.tables.spaced_area import Area, spaced_areas
from pipelines.tables.spaced_grid import SpacedGrid, spaced_grid
from pipelines.tables.spaced_heads import headings
from pipelines.tables.spaced_labels import SideLabel
from pipelines.tables.spaced_lines import is_figure
from pipelines.tables.spaced_rows import Strip
from pipelines.tables.spaced_stacks import in_columns

ENGINE = "stream"

_EDGE = 1.0  # points by which an area is widened, so that the words at its edge are inside


def added(data: bytes, contents: Sequence[PageContent], recognised: Collection[int] = frozenset()) -> list[PageContent]:
    """The contents of the pages with the tables that no rules enclose; on `recognised` pages camelot sees no text."""
    found: dict[int, list[PageTable]] = {}
    before: SpacedGrid | None = None
    for c in contents:
        read = _read(c, before)
        before = read[-1][1] if read else None
        if read:
            found[c.page.number] = [_table(c.page.number, area, grid) for area, grid in read]
    areas = {number: [_widened(t.box) for t in tables] for number, tables in found.items()}
    second = camelot.stream(data, areas, [c.page for c in contents if c.page.number not in recognised])
    out = []
    for c in contents:
        number = c.page.number
        if number not in found:
            out.append(c)
            continue
        checked = [_checked(t, second.tables.get(number)) for t in found[number]]
        numbering = {id(g) for x in c.lines if x.role == FURNITURE for g in x.line.glyphs}
        indices = [i for i, g in enumerate(c.page.glyphs) if id(g) in numbering]
        rest = [g for g in c.page.glyphs if id(g) not in numbering]
        out.append(content_of(c.page, [*c.tables, *checked], rest, indices))
    return out


def _read(content: PageContent, before: SpacedGrid | None) -> list[tuple[Area, SpacedGrid]]:
    """The tables of a page; the first may go on with the one at the end of the page before."""
    lines = [x.line for x in content.lines if x.role != FURNITURE]
    open_ends = (before.xs[0], before.xs[-1]) if before else None
    areas = spaced_areas(content.page.drawing, lines, [t.box for t in content.tables], open_ends)
    return [(a, g) for k, a in enumerate(areas) if (g := spaced_grid(a, None if k else before)) is not None]


def _widened(b: Box) -> Box:
    return Box(b.x0 - _EDGE, b.y0 - _EDGE, b.x1 + _EDGE, b.y1 + _EDGE)


def _table(page: int, area: Area, grid: SpacedGrid) -> PageTable:
    cells: list[Cell] = []
    ys = [grid.heading.top if grid.heading else grid.rows[0].top]
    if grid.heading is not None:
        found = headings(grid.heading, grid.xs, [*area.short, *area.across])
        levels = max(h.row + h.rows for h in found)
        height = (grid.heading.top - grid.heading.bottom) / levels
        ys += [grid.heading.top - height * (k + 1) for k in range(levels)]
        for h in found:
            text = "\n".join(x.text for x in h.lines)
            box = Box(grid.xs[h.col], ys[h.row + h.rows], grid.xs[h.col + h.cols], ys[h.row])
            cells.append(Cell(h.row, h.col, text, h.rows, h.cols, page=page, box=box, contested=h.inferred))
    first = len(ys) - 1
    for row in grid.rows:
        cells += _row(page, len(ys) - 1, row, ys[-1], grid.xs)
        ys.append(row.bottom)
    cells = [c for c in cells if not any(_covers(x, c, first) for x in grid.labels)]
    cells += [_label(page, x, first, grid.xs, ys) for x in grid.labels]
    return PageTable(page, ENGINE, grid.xs, tuple(ys), tuple(cells))


def _covers(label: SideLabel, cell: Cell, first: int) -> bool:
    return cell.col == label.col and label.first <= cell.row - first <= label.last


def _label(page: int, label: SideLabel, first: int, xs: Sequence[float], ys: Sequence[float]) -> Cell:
    """The cell of a label over all its rows; contested where its rows cannot be told."""
    top, count = first + label.first, label.last - label.first + 1
    box = Box(xs[label.col], ys[top + count], xs[label.col + 1], ys[top])
    text = "\n".join(x.text for x in label.lines)
    return Cell(top, label.col, text, count, 1, page=page, box=box, contested=not label.told)


def _row(page: int, number: int, row: Strip, top: float, xs: Sequence[float]) -> list[Cell]:
    """The cells of a row; words that run over a column boundary are in one cell over all the columns they touch."""
    spans: list[tuple[int, int]] = []
    parts = [p for line in row.lines for p in in_columns(line, xs)]
    for first, last, _ in sorted(parts, key=lambda p: (p[0], p[1])):
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], last))
        else:
            spans.append((first, last))
    covered = {c for a, b in spans for c in range(a, b + 1)}
    spans += [(c, c) for c in range(len(xs) - 1) if c not in covered]
    out = []
    for a, b in sorted(spans):
        text = "\n".join(p.text for first, last, p in parts if a <= first and last <= b)
        box = Box(xs[a], row.bottom, xs[b + 1], top)
        out.append(Cell(number, a, text, 1, b - a + 1, page=page, box=box, contested=row.inferred and "\n" in text))
    return out


def _checked(table: PageTable, second: Sequence[PageTable] | None) -> PageTable:
    """The table with those figures contested that camelot reads otherwise; as it is where camelot could not read."""
    if second is None:
        return table
    texts = [(c.box, squeeze(c.text)) for t in second for c in t.cells if c.box is not None]
    return replace(table, cells=tuple(_with_doubt(c, texts) for c in table.cells))


def _with_doubt(cell: Cell, others: Sequence[tuple[Box, str]]) -> Cell:
    text = squeeze(cell.text)
    if cell.box is None or not is_figure(text):
        return cell
    b = cell.box
    here = (t for o, t in others if o.y0 < b.y1 and o.y1 > b.y0 and o.x0 < b.x1 and o.x1 > b.x0)
    return cell if text in here else replace(cell, contested=True)
