"""The grid of an HTML table, by the span rules of the HTML standard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.flow import Block
from pipelines.documents.nested import Holder, within

MOST_COLUMNS = 1_000
"""What the HTML standard allows a colspan; also the most columns of a table."""
MOST_CELLS = 1_000_000
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-element\s*:\s*(?:header|footer)", re.I)
_GROUPS = ("thead", "tbody", "tfoot")


def holders_of(table: etree._Element, content_of: Callable[[etree._Element], list[Block]]) -> list[Holder]:
    """The cells with their place and spans, those of nested tables left to `content_of`. Raises UnreadableDocument.

    Rows without any cell count; a span ends with its row group; a cell goes to the first column that no span
    from above holds, and is as wide as it says, or up to the next such column.
    """
    holders: list[Holder] = []
    row = 0
    for group in _groups(table):
        ends: list[int] = []
        for i, cells in enumerate(group):
            column = 0
            for cell in cells:
                column = _free(ends, column, row)
                width = _clear(ends, column, row, _span(cell, "colspan", MOST_COLUMNS))
                height = _span(cell, "rowspan", len(group) - i) if cell.get("rowspan") != "0" else len(group) - i
                if column + width > MOST_COLUMNS or len(holders) >= MOST_CELLS:
                    raise UnreadableDocument("网页表格的行列数异常庞大，不予读取")
                ends.extend([0] * (column + width - len(ends)))
                ends[column : column + width] = [row + height] * width
                holders.append(Holder(row, column, height, width, tuple(content_of(cell))))
                column += width
            row += 1
    return within(holders)


def is_hidden(element: etree._Element) -> bool:
    """Whether a style or attribute of an element's own keeps it from being shown."""
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")) is not None


def caption_of(table: etree._Element) -> etree._Element | None:
    """The table's own caption element, None where it has none."""
    return next((e for e in table if e.tag == "caption"), None)


def _groups(table: etree._Element) -> Iterator[list[list[etree._Element]]]:
    """The rows of each row group as lists of cells, heads first and feet last as they are shown."""
    loose: list[etree._Element] = []
    groups: list[tuple[int, list[etree._Element]]] = []
    for element in table:
        if element.tag == "tr":
            loose.append(element)
        elif element.tag in _GROUPS:
            if loose:
                groups.append((1, loose))
                loose = []
            groups.append((_GROUPS.index(str(element.tag)), [e for e in element if e.tag == "tr"]))
    groups.append((1, loose))
    for _, rows in sorted(groups, key=lambda pair: pair[0]):
        yield [[c for c in row if c.tag in ("td", "th") and not is_hidden(c)] for row in rows if not is_hidden(row)]


def _free(ends: list[int], column: int, row: int) -> int:
    while column < len(ends) and ends[column] > row:
        column += 1
    return column


def _clear(ends: list[int], column: int, row: int, width: int) -> int:
    """How many of the columns wanted are not held by a span from above."""
    free = 1
    while free < width and not (column + free < len(ends) and ends[column + free] > row):
        free += 1
    return free


def _span(cell: etree._Element, name: str, most: int) -> int:
    text = (cell.get(name) or "").strip()
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 8 else 1
