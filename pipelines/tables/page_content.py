"""What a PDF page holds once its tables are known: tables and lines in reading order, each line with its role."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from pipelines.core.model import Box
from pipelines.documents.pdf import PdfPage
from pipelines.documents.pdf_furniture import is_running_head
from pipelines.documents.pdf_glyphs import Glyph
from pipelines.documents.pdf_lines import TextLine, set_lines
from pipelines.tables.cell_text import middle
from pipelines.tables.page_table import PageTable, PlacedTable
from pipelines.tables.table_heads import Head, head_above, head_inside, notes_below, notes_inside

PROSE, TABLE, HEAD, NOTE, FURNITURE = "prose", "table", "head", "note", "furniture"


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a page (in the frame of the page as read) and what it is."""

    page: PdfPage
    line: TextLine
    role: str


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page's tables from the top, its lines outside them from the top, the lines inside each, and the page number."""

    page: PdfPage
    tables: tuple[PageTable, ...]
    lines: tuple[PrintedLine, ...]
    inside: tuple[tuple[TextLine, ...], ...]
    sizes: tuple[float, ...]


def content_of(
    page: PdfPage, tables: Sequence[PageTable], glyphs: Sequence[Glyph], numbering: Collection[int]
) -> PageContent:
    """The content of a page: `glyphs` are all but the page number, which `numbering` gives as indices."""
    ordered = sorted(tables, key=lambda t: (-t.box.y1, t.box.x0))
    held: list[list[Glyph]] = [[] for _ in ordered]
    free: list[Glyph] = []
    for g in glyphs:
        home = next((k for k, t in enumerate(ordered) if _holds(t.box, g)), None)
        (free if home is None else held[home]).append(g)
    lines = [PrintedLine(page, line, PROSE) for line in set_lines(free)]
    lines += [PrintedLine(page, line, FURNITURE) for line in set_lines(page.glyphs[i] for i in sorted(numbering))]
    lines.sort(key=lambda x: (-x.line.box.y1, x.line.box.x0))
    return PageContent(
        page,
        tuple(ordered),
        tuple(lines),
        tuple(tuple(set_lines(g)) for g in held),
        tuple(_type_size(g) for g in held),
    )


def arranged(contents: Sequence[PageContent], heads: frozenset[str]) -> tuple[list[PlacedTable], list[PrintedLine]]:
    """All tables with what stands around them, and all lines with their roles, in reading order."""
    placed: list[PlacedTable] = []
    printed: list[PrintedLine] = []
    sequence = 0
    for content in contents:
        if content.tables or content.lines:
            sequence += 1
        tables, lines = _arranged(content, heads, sequence)
        placed += tables
        printed += lines
    return placed, printed


def _arranged(
    content: PageContent, heads: frozenset[str], sequence: int
) -> tuple[list[PlacedTable], list[PrintedLine]]:
    page = content.page
    width, height = page.frame.read_size
    lines = [replace(x, role=FURNITURE) if is_running_head(x.line, height, heads) else x for x in content.lines]
    found: list[tuple[PageTable, Head, tuple[str, ...]]] = []
    for k, table in enumerate(content.tables):
        above = [i for i in _free(lines) if _is_between(lines[i].line, content.tables, k - 1)]
        head = head_above(table.box, content.sizes[k], [lines[i].line for i in above], width)
        _mark(lines, [above[i] for i in head.used], HEAD)
        below = [i for i in _free(lines) if _is_between(lines[i].line, content.tables, k)]
        notes, used = notes_below(table.box, [lines[i].line for i in below])
        _mark(lines, [below[i] for i in used], NOTE)
        found.append((table, head, (*notes, *notes_inside(table.cells))))
    free = [lines[i].line for i in _free(lines)]
    placed = [_placed(content, table, head, notes, sequence, free) for table, head, notes in found]
    return placed, _in_order(content, lines)


def _placed(
    content: PageContent,
    table: PageTable,
    head: Head,
    notes: tuple[str, ...],
    sequence: int,
    free: Sequence[TextLine],
) -> PlacedTable:
    within = head_inside(table)
    title = head.title or within.title
    others = [t for t in content.tables if t is not table]
    shown = tuple(replace(c, box=content.page.frame.shown(c.box)) if c.box is not None else c for c in table.cells)
    return PlacedTable(
        table=replace(table, cells=shown),
        sequence=sequence,
        title=title,
        unit=head.unit or within.unit,
        caption=(*head.caption, *within.caption),
        notes=notes,
        begins_page=not any(x.box.y0 >= table.box.y1 for x in free)
        and not any(t.box.y1 > table.box.y1 for t in others),
        ends_page=not any(x.box.y1 <= table.box.y0 for x in free) and not any(t.box.y0 < table.box.y0 for t in others),
        page_height=content.page.frame.read_size[1],
        type_size=content.sizes[content.tables.index(table)],
    )


def _free(lines: Sequence[PrintedLine]) -> list[int]:
    return [i for i, x in enumerate(lines) if x.role == PROSE]


def _is_between(line: TextLine, tables: Sequence[PageTable], upper: int) -> bool:
    """Whether a line stands below table `upper` (-1: the top of the page) and above the next."""
    y = (line.box.y0 + line.box.y1) / 2
    if upper >= 0 and y > tables[upper].box.y0:
        return False
    return upper + 1 >= len(tables) or y >= tables[upper + 1].box.y1


def _mark(lines: list[PrintedLine], indices: Sequence[int], role: str) -> None:
    for i in indices:
        lines[i] = replace(lines[i], role=role)


def _in_order(content: PageContent, lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Lines from the top of the page, those of a table together at its top edge."""
    blocks: list[tuple[float, float, list[PrintedLine]]] = [(x.line.box.y1, x.line.box.x0, [x]) for x in lines]
    for table, inside in zip(content.tables, content.inside, strict=True):
        block = [PrintedLine(content.page, line, TABLE) for line in inside]
        blocks.append((table.box.y1, table.box.x0, block))
    return [x for _, _, block in sorted(blocks, key=lambda b: (-b[0], b[1])) for x in block]


def _holds(box: Box, g: Glyph) -> bool:
    x, y = middle(g)
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _type_size(glyphs: Sequence[Glyph]) -> float:
    sizes = sorted(g.size for g in glyphs)
    return sizes[len(sizes) // 2] if sizes else 10.5
