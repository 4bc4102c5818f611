"""The words of a scanned page: found, parted at the rules between cells, each read on its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.documents.recogniser import PixelBox, read
from pipelines.documents.scan_image import Pixels
from pipelines.documents.scan_rules import PixelRule, PixelRules, inked, painted, rules_of
from pipelines.documents.scan_spelling import spelled

_CROSSED = 0.6  # of a word's height (width) must be ruled for the rule to part it
_EDGE = 0.3  # of a word's height: a level rule no further inside is that of its cell, not one between two lines
_PADDING = 0.025  # inches of paper kept around the ink of a word
_SPECK = 0.012  # inches: ink no larger both ways is dirt
_NOTHING = "——"  # what stands in a cell that has no figure; the recogniser takes it for a one
_DASHES = 0.22  # inches: such a dash is at least so long,
_DASH_THICK = 0.04  # and no higher
_WITHIN = 0.5  # of a piece's area on another: a part of it
_UPRIGHT_TEXT = 1.8  # times as high as wide: characters one under another, or a line that runs up or down


@dataclass(frozen=True, slots=True)
class Word:
    """What stands in one place of a page image: `box` holds its ink, `centres` are the middle of each character (x).

    `sure` says how sure the recogniser is of each character (0 … 1); `other` is what another look at it
    made of it, where that differs.
    """

    box: PixelBox
    text: str
    centres: tuple[float, ...]
    sure: tuple[float, ...]
    other: str | None = None

    @property
    def confidence(self) -> float:
        """That of the character it is least sure of."""
        return min(self.sure)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page image that lies straight and clean, in pixels with y downwards.

    `words` is the image with its rules painted over, `ink` is 255 where words are printed.
    """

    pixels: Pixels
    dpi: float
    rules: PixelRules
    words: Pixels
    ink: NDArray[np.uint8]

    @classmethod
    def of(cls, pixels: Pixels, dpi: float) -> Sheet:
        """A page that has been straightened and cleaned."""
        rules = rules_of(pixels, dpi)
        under = painted(rules, (pixels.shape[0], pixels.shape[1]), dpi) > 0
        words = pixels.copy()
        words[under] = 255
        ink = inked(pixels, dpi)
        ink[under] = 0
        return cls(pixels, dpi, rules, words, ink)


def words_of(sheet: Sheet, boxes: Iterable[PixelBox]) -> tuple[list[Word], int]:
    """The words in these places of a page, and in how many of them there was something that cannot be read."""
    words: list[Word] = []
    unread = 0
    pieces = (ink_box(sheet, piece) for box in boxes for piece in _parted(box, sheet.rules))
    for piece in _whole([p for p in pieces if p is not None]):
        here = _read_piece(sheet, piece)
        words += here
        unread += not here
    return words, unread


def _whole(pieces: Sequence[PixelBox]) -> list[PixelBox]:
    """The pieces without those that lie on a larger one: the ends of words that reach over a rule were found twice."""
    out: list[PixelBox] = []
    for p in sorted(pieces, key=lambda b: (-_area(b), b)):
        if not any(_common(p, q) >= _WITHIN * _area(p) for q in out):
            out.append(p)
    return sorted(out, key=lambda b: (b.y0, b.x0))


def _area(b: PixelBox) -> int:
    return (b.x1 - b.x0) * (b.y1 - b.y0)


def _common(a: PixelBox, b: PixelBox) -> int:
    return max(0, min(a.x1, b.x1) - max(a.x0, b.x0)) * max(0, min(a.y1, b.y1) - max(a.y0, b.y0))


def ink_box(sheet: Sheet, box: PixelBox) -> PixelBox | None:
    """The smallest box around the ink in a box, specks left out; None where there is none."""
    ink = sheet.ink[box.y0 : box.y1, box.x0 : box.x1]
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return None
    speck = _SPECK * sheet.dpi
    if np.count_nonzero(ink) <= speck * speck:
        return None
    return PixelBox(
        box.x0 + int(columns[0]), box.y0 + int(rows[0]), box.x0 + int(columns[-1]) + 1, box.y0 + int(rows[-1]) + 1
    )


def read_at(sheet: Sheet, box: PixelBox, enlarged: float = 1.0) -> Word | None:
    """The word whose ink is in a box, None where nothing can be read; `enlarged` times as large as it was scanned."""
    if box.x1 - box.x0 >= _DASHES * sheet.dpi and box.y1 - box.y0 <= _DASH_THICK * sheet.dpi:
        step = (box.x1 - box.x0) / len(_NOTHING)
        return Word(box, _NOTHING, tuple(box.x0 + (k + 0.5) * step for k in range(len(_NOTHING))), (1.0, 1.0))
    pad = max(1, round(_PADDING * sheet.dpi))
    height, width = sheet.ink.shape
    x0, y0, x1, y1 = max(0, box.x0 - pad), max(0, box.y0 - pad), min(width, box.x1 + pad), min(height, box.y1 + pad)
    piece = sheet.words[y0:y1, x0:x1]
    if enlarged != 1:
        piece = cv2.resize(piece, None, fx=enlarged, fy=enlarged, interpolation=cv2.INTER_CUBIC).astype(np.uint8)
    reading = read(piece)
    if not reading.text:
        return None
    text = spelled(reading)
    other = reading.text if text != reading.text else None
    return Word(box, text, tuple(x0 + m * (x1 - x0) for m in reading.middles), reading.sure, other)


def _parted(box: PixelBox, rules: PixelRules) -> Iterable[PixelBox]:
    """A box cut at the rules that cross it; at a level rule near its upper or lower edge it ends."""
    rows = _cut(box.y0, box.y1, _crossing(rules.level, box.x0, box.x1, box.y0, box.y1), _EDGE)
    for y0, y1 in rows:
        for x0, x1 in _cut(box.x0, box.x1, _crossing(rules.upright, y0, y1, box.x0, box.x1), 0.0):
            yield PixelBox(x0, y0, x1, y1)


def _crossing(rules: Sequence[PixelRule], lo: int, hi: int, first: int, last: int) -> list[PixelRule]:
    """The rules between `first` and `last` that run along most of what lies from `lo` to `hi`."""
    return [r for r in rules if first < r.at < last and min(r.hi, hi) - max(r.lo, lo) >= _CROSSED * (hi - lo)]


def _cut(lo: int, hi: int, rules: Sequence[PixelRule], edge: float) -> list[tuple[int, int]]:
    """The stretches from `lo` to `hi` between rules; those shorter than `edge` of the whole are left out."""
    out: list[tuple[int, int]] = []
    start = lo
    for at, thick in sorted((r.at, r.thick) for r in rules):
        out.append((start, int(at - thick / 2)))
        start = int(at + thick / 2) + 1
    out.append((start, hi))
    return [(a, b) for a, b in out if b - a > edge * (hi - lo)]


def _read_piece(sheet: Sheet, box: PixelBox) -> list[Word]:
    whole = read_at(sheet, box)
    if box.y1 - box.y0 < _UPRIGHT_TEXT * (box.x1 - box.x0):
        return [whole] if whole else []
    # A high, narrow piece: one narrow character, or characters set one under another, to be read one by one.
    parts = [word for b in _stacked(sheet, box) if (word := read_at(sheet, b))]
    if whole and (len(parts) < 2 or whole.confidence >= min(p.confidence for p in parts)):
        return [whole]
    return parts


def _stacked(sheet: Sheet, box: PixelBox) -> list[PixelBox]:
    """The characters of a column of them: its ink cut at blank rows, pieces lower than wide put together again."""
    ink = sheet.ink[box.y0 : box.y1, box.x0 : box.x1]
    edges = np.diff(np.concatenate(([0], ink.any(axis=1).astype(np.int8), [0])))
    width = box.x1 - box.x0
    runs: list[tuple[int, int]] = []
    for y0, y1 in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True):
        if runs and int(y1) - runs[-1][0] <= 1.15 * width:
            runs[-1] = (runs[-1][0], int(y1))
        else:
            runs.append((int(y0), int(y1)))
    return [PixelBox(box.x0, box.y0 + y0, box.x1, box.y0 + y1) for y0, y1 in runs]
