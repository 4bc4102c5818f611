"""The cells of a scanned table: print in them that was overlooked, and how far each cell can be trusted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipelines.core.model import Box, Cell
from pipelines.documents.pdf_glyphs import Glyph
from pipelines.documents.recogniser import PixelBox
from pipelines.documents.scan_figures import is_doubtful, reconsidered
from pipelines.documents.scan_image import POINTS, Mask
from pipelines.documents.scan_words import Sheet, Word, read_at
from pipelines.tables.agreement import Dispute
from pipelines.tables.cell_text import middle
from pipelines.tables.page_table import PageTable

_INSIDE = 0.02  # inches: what is nearer to a cell's edge may be its rule
_STROKE = 0.045  # inches: the smallest character is as large, dirt is smaller
_SAME_LINE = 0.12  # inches between two characters of one line of a cell
_PLAIN = 0.6  # of a word's characters, on average: with less it is no word


@dataclass(frozen=True, slots=True)
class Found:
    """Words found in cells where none had been, and the places of print that could not be read."""

    words: tuple[Word, ...]
    unread: tuple[PixelBox, ...]


def overlooked(sheet: Sheet, tables: Sequence[PageTable], known: Iterable[Word]) -> Found:
    """What is printed in the cells of a page's tables beside the known words: single characters are easily missed."""
    ink = sheet.ink.copy()
    edge = round(_INSIDE * sheet.dpi)
    for x0, y0, x1, y1 in (w.box for w in known):
        ink[max(0, y0 - edge) : y1 + edge, max(0, x0 - edge) : x1 + edge] = 0
    words: list[Word] = []
    unread: list[PixelBox] = []
    for cell in (c for t in tables for c in t.cells):
        for place in _printed(sheet, ink, cell):
            word = read_at(sheet, place)
            if word is not None and sum(word.sure) >= _PLAIN * len(word.sure):
                words.append(reconsidered(sheet, word))
            else:
                unread.append(place)
    return Found(tuple(words), tuple(unread))


def _printed(sheet: Sheet, ink: Mask, cell: Cell) -> Iterator[PixelBox]:
    """The places inside a cell where the page holds ink that is no dirt, a line of characters each."""
    if cell.box is None:
        return
    inner = _in_pixels(cell.box, sheet)
    edge = round(_INSIDE * sheet.dpi)
    x0, y0, x1, y1 = inner.x0 + edge, inner.y0 + edge, inner.x1 - edge, inner.y1 - edge
    if x1 <= x0 or y1 <= y0 or not ink[y0:y1, x0:x1].any():
        return
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(ink[y0:y1, x0:x1]), connectivity=8)
    stroke, apart = _STROKE * sheet.dpi, round(_SAME_LINE * sheet.dpi)
    boxes: list[PixelBox] = []
    for x, y, width, height, _ in sorted(map(tuple, stats[1:])):
        if max(width, height) < stroke:
            continue
        box = PixelBox(x0 + int(x), y0 + int(y), x0 + int(x + width), y0 + int(y + height))
        last = next((k for k, b in enumerate(boxes) if _beside(b, box, apart)), None)
        if last is None:
            boxes.append(box)
        else:
            boxes[last] = _around(boxes[last], box)
    yield from boxes


def _beside(a: PixelBox, b: PixelBox, apart: int) -> bool:
    return b.x0 - a.x1 <= apart and a.x0 - b.x1 <= apart and b.y0 <= a.y1 and a.y0 <= b.y1


def _around(a: PixelBox, b: PixelBox) -> PixelBox:
    return PixelBox(min(a.x0, b.x0), min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1))


def _in_pixels(box: Box, sheet: Sheet) -> PixelBox:
    scale, height = sheet.dpi / POINTS, sheet.ink.shape[0]
    return PixelBox(
        max(0, round(box.x0 * scale)),
        max(0, round(height - box.y1 * scale)),
        round(box.x1 * scale),
        round(height - box.y0 * scale),
    )


def judged(
    table: PageTable, glyphs: Sequence[Glyph], words: Mapping[int, Word], unread: Sequence[Box]
) -> tuple[PageTable, list[Dispute]]:
    """The table with each cell's confidence: that of the character in it that is least sure.

    Cells with a doubtful word, or with print that could not be read, are contested; where a second look read
    otherwise, a Dispute holds both readings. `words` are the recognised words by the run of their glyphs.
    """
    holders = _holders(table, glyphs, words)
    cells: list[Cell] = []
    disputes: list[Dispute] = []
    for k, cell in enumerate(table.cells):
        runs = holders.get(k, [])
        sure = min((words[r].confidence for r in runs), default=cell.confidence)
        doubtful = any(is_doubtful(words[r]) for r in runs)
        if any(_inside(place, cell) for place in unread):
            sure, doubtful = 0.0, True
        other = "".join(words[r].other or words[r].text for r in runs) if any(words[r].other for r in runs) else None
        contested = cell.contested or doubtful
        cells.append(replace(cell, confidence=round(sure, 4), contested=contested, other=other or cell.other))
        if other:
            disputes.append(Dispute(table.page, cell.row, cell.col, cell.box, cell.text, other))
    return replace(table, cells=tuple(cells)), disputes


def _holders(table: PageTable, glyphs: Sequence[Glyph], words: Mapping[int, Word]) -> dict[int, list[int]]:
    """By the index of a cell, the runs of the recognised words that have a character in it, in reading order."""
    owners = {
        (r, c): k
        for k, cell in enumerate(table.cells)
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.col, cell.col + cell.col_span)
    }
    down = [-y for y in table.ys]
    out: dict[int, list[int]] = {}
    for g in glyphs:
        if g.run not in words:
            continue
        x, y = middle(g)
        owner = owners.get((bisect_right(down, -y) - 1, bisect_right(table.xs, x) - 1))
        if owner is not None and g.run not in out.setdefault(owner, []):
            out[owner].append(g.run)
    return out


def _inside(place: Box, cell: Cell) -> bool:
    x, y = (place.x0 + place.x1) / 2, (place.y0 + place.y1) / 2
    b = cell.box
    return b is not None and b.x0 <= x <= b.x1 and b.y0 <= y <= b.y1
