"""The grid of a Word table: gridSpan, vMerge, hMerge, gridBefore, and rows or cells that a tracked change removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from pipelines.documents.flow import Block, Grid
from pipelines.documents.nested import Holder, within
from pipelines.documents.package import attribute, child, local
from pipelines.documents.word_text import chosen

_TRANSPARENT = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
_SLIVER, _COLUMN = 60, 600
"""Twips (1/20 pt): a column narrower than the first is a slip of the mouse, where another is wider than the second."""
_MOST_SPAN = 1_000


@dataclass(frozen=True, slots=True)
class _Raw:
    """A cell before merging, at columns `start` to `end` of the table's own grid."""

    row: int
    start: int
    end: int
    merge: str | None
    content: tuple[Block, ...]


def holders_of(table: etree._Element, content_of: Callable[[etree._Element], list[Block]]) -> list[Holder]:
    """The cells of a table with their spans; `content_of` reads what a cell holds, and is called in reading order."""
    raw = list(_raw_cells(table, content_of))
    return within(_merged(_without_slivers(raw, _widths(table))))


def flattened(element: etree._Element) -> Iterator[etree._Element]:
    """An element's children, those of content controls and insertions as if they stood there themselves."""
    for part in element:
        name = local(part)
        if name in _TRANSPARENT:
            yield from flattened(part)
        elif name == "AlternateContent":
            choice = chosen(part)
            if choice is not None:
                yield from flattened(choice)
        else:
            yield part


def _raw_cells(table: etree._Element, content_of: Callable[[etree._Element], list[Block]]) -> Iterator[_Raw]:
    row = 0
    for element in flattened(table):
        if local(element) != "tr" or child(element, "trPr", "del") is not None:
            continue
        column = _value(child(element, "trPr", "gridBefore"), 0)
        for cell in flattened(element):
            if local(cell) != "tc" or child(cell, "tcPr", "cellDel") is not None:
                continue
            properties = child(cell, "tcPr")
            span = _value(child(properties, "gridSpan"), 1) or 1
            merge = _merge(child(properties, "vMerge"))
            if _merge(child(properties, "hMerge")) == "continue":
                merge = "left"
            yield _Raw(row, column, column + span, merge, tuple(content_of(cell)))
            column += span
        row += 1


def _merge(element: etree._Element | None) -> str | None:
    return (attribute(element, "val") or "continue") if element is not None else None


def _merged(cells: list[_Raw]) -> list[Holder]:
    out: list[Holder] = []
    above: dict[int, int] = {}
    for cell in cells:
        origin = above.get(cell.start)
        holder = Holder(cell.row, cell.start, 1, cell.end - cell.start, cell.content)
        if cell.merge == "left" and out and out[-1].row == cell.row:
            out[-1] = replace(out[-1], col_span=cell.end - out[-1].col)
        elif cell.merge == "continue" and origin is not None and _reaches(out[origin], cell):
            out[origin] = replace(out[origin], row_span=out[origin].row_span + 1)
        else:
            above[cell.start] = len(out)
            out.append(holder)
    return out


def _reaches(origin: Holder, cell: _Raw) -> bool:
    return origin.row + origin.row_span == cell.row and origin.col + origin.col_span == cell.end


def _without_slivers(cells: list[_Raw], widths: list[int]) -> list[_Raw]:
    """The cells on a grid without columns too narrow to be seen, unless one of those holds a text by itself."""
    slivers = {i for i, width in enumerate(widths) if width < _SLIVER}
    if not slivers or max(widths) < _COLUMN or any(_is_within(c, slivers) for c in cells):
        return cells
    moved = [replace(c, start=c.start - _below(slivers, c.start), end=c.end - _below(slivers, c.end)) for c in cells]
    return [c for c in moved if c.end > c.start]


def _is_within(cell: _Raw, slivers: set[int]) -> bool:
    printed = any(isinstance(b, Grid) or b.text.strip() for b in cell.content)
    return printed and set(range(cell.start, cell.end)) <= slivers


def _below(numbers: set[int], limit: int) -> int:
    return sum(n < limit for n in numbers)


def _widths(table: etree._Element) -> list[int]:
    grid = child(table, "tblGrid")
    return [_value(c, 0, "w") for c in grid if local(c) == "gridCol"] if grid is not None else []


def _value(element: etree._Element | None, default: int, name: str = "val") -> int:
    text = attribute(element, name) if element is not None else None
    return min(int(text), 1 << 20 if name == "w" else _MOST_SPAN) if text and text.isdecimal() else default
