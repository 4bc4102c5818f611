"""What a page break cut: rows and merged cells of a table made whole again, by inference and marked so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from unicodedata import east_asian_width

from pipelines.core.model import Cell
from pipelines.core.numbers import clean_number
from pipelines.core.traced import squeeze
from pipelines.documents.headings import enumerator

_PADDING = 2.5  # type sizes: the room at the end of a full line, and the margins of its cell
_ENDED = re.compile(r"[。；;！!？?]$")


def mended(upper: Sequence[Cell], lower: Sequence[Cell], seam: int, type_size: float) -> list[Cell]:
    """The cells of the parts above and below a break before row `seam`; what is joined by inference is contested.

    `type_size` is that of the words above, in points: it shows whether a line was full.
    """
    last = [c for c in upper if c.row + c.row_span == seam]
    first = {c.col: c for c in lower if c.row == seam}
    if _is_cut_row(last, list(first.values()), type_size):
        return _with_cut_row(upper, lower, seam)
    joined: dict[int, Cell] = {}
    for c in last:
        below = first.get(c.col)
        # A merged cell that goes on blank below the break is one cell: a label over the rows of both pages.
        if (
            below
            and below.col_span == c.col_span
            and c.row_span > 1 < below.row_span
            and squeeze(c.text)
            and not below.text
        ):
            joined[id(c)] = replace(c, row_span=c.row_span + below.row_span, contested=True)
            first.pop(c.col)
    kept = [c for c in lower if c.row != seam or c.col in first]
    return [joined.get(id(c), c) for c in upper] + kept


def _is_cut_row(last: Sequence[Cell], first: Sequence[Cell], type_size: float) -> bool:
    """Whether the first row below the break is the rest of the last one above it.

    So it is where it holds only words that go on in cells of words: the row above has its figure or code, the row
    below has none, no cell below begins an item of its own, and above the words fill the line and end no sentence.
    """
    columns = {c.col: c for c in last if c.row_span == 1}
    words = [c for c in first if squeeze(c.text)]
    if not words or len(columns) != len(last) or any(c.row_span > 1 for c in first):
        return False
    if not any(clean_number(c.text) is not None for c in last):
        return False
    for c in words:
        above = columns.get(c.col)
        if above is None or above.col_span != c.col_span or not squeeze(above.text):
            return False
        if clean_number(c.text) is not None or clean_number(above.text) is not None:
            return False
        if enumerator(c.text) is not None or _ENDED.search(squeeze(above.text)) or not _is_full(above, type_size):
            return False
    return True


def _is_full(cell: Cell, type_size: float) -> bool:
    """Whether the last line of a cell leaves no room for the first word of the next."""
    if cell.box is None:
        return False
    line = cell.text.rsplit("\n", 1)[-1]
    columns = sum(1.0 if east_asian_width(c) in "WF" else 0.5 for c in line)
    return (columns + _PADDING) * type_size >= cell.box.x1 - cell.box.x0


def _with_cut_row(upper: Sequence[Cell], lower: Sequence[Cell], seam: int) -> list[Cell]:
    rest = {c.col: c for c in lower if c.row == seam}
    out = []
    for c in upper:
        more = rest.get(c.col) if c.row + c.row_span == seam else None
        whole = more is not None and squeeze(more.text)
        out.append(replace(c, text=f"{c.text}\n{more.text}", contested=True) if more is not None and whole else c)
    return out + [replace(c, row=c.row - 1) for c in lower if c.row > seam]
