"""Recognised words as the characters of a page: where each stands, and in what type size, in points."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from pipelines.documents.pdf_glyphs import Glyph
from pipelines.documents.scan_image import POINTS
from pipelines.documents.scan_words import Word

_INK_OF_IDEOGRAPHS = 0.9  # of the type size: how high their ink is
_INK_OF_FIGURES = 0.74  # of the type size: the same for digits and letters
_LOW = frozenset(".,-_—－·。，、:：")  # marks that are far from as high as their type
_MIDDLE = 0.36  # of the type size: how far the middle of the ink is above the baseline
_DESCENT = 0.14  # of the type size: how far a character's box reaches below the baseline
_NARROW = {".": 0.28, ",": 0.28, ":": 0.28, "1": 0.5}
_SAME_TYPE = 1.12  # sizes that differ by no more are measures of one
_APART = 0.8  # of the type size beyond the usual distance: a gap in the line


def glyphs_of(words: Sequence[Word], dpi: float, height: int) -> tuple[Glyph, ...]:
    """The characters of all words on a page image `height` pixels high; `run` is the index of the word."""
    sizes = _settled([_size(w) * POINTS / dpi for w in words])
    return tuple(g for k, word in enumerate(words) for g in _glyphs(word, k, sizes[k], dpi, height))


def _size(word: Word) -> float:
    """The type size of a word in pixels, by the height of its ink."""
    text = word.text
    ink = word.box.y1 - word.box.y0
    if any(_advance(c) == 1 and c not in _LOW for c in text):
        return ink / _INK_OF_IDEOGRAPHS
    if all(c in _LOW for c in text):
        return (word.box.x1 - word.box.x0) / max(1.0, sum(map(_advance, text)))
    return ink / _INK_OF_FIGURES


def _settled(sizes: Sequence[float]) -> list[float]:
    """The sizes with those that are measures of one type made equal: the middle one of each group."""
    out = list(sizes)
    group: list[int] = []
    for k in [*sorted(range(len(sizes)), key=lambda k: sizes[k]), -1]:
        if k < 0 or (group and sizes[k] > _SAME_TYPE * sizes[group[0]]):
            for member in group:
                out[member] = round(sizes[group[len(group) // 2]], 1)
            group = []
        group.append(k)
    return out


def _advance(char: str) -> float:
    if east_asian_width(char) in "WF":
        return 1.0
    return _NARROW.get(char, 0.52)


def _glyphs(word: Word, run: int, size: float, dpi: float, height: int) -> list[Glyph]:
    scale = POINTS / dpi
    left, right = word.box.x0 * scale, word.box.x1 * scale
    base = (height - (word.box.y0 + word.box.y1) / 2) * scale - _MIDDLE * size
    edges = _edges(word.text, [x * scale for x in word.centres], size, left, right)
    return [
        Glyph(c, x0, base - _DESCENT * size, x1, base + (1 - _DESCENT) * size, x0, base, size, run, 0)
        for c, (x0, x1) in zip(word.text, edges, strict=True)
    ]


def _edges(text: str, centres: Sequence[float], size: float, left: float, right: float) -> list[tuple[float, float]]:
    """The left and right edge of each character: neighbours touch unless they stand clearly apart."""
    halves = [_advance(c) * size / 2 for c in text]
    starts, ends = [left], []
    for k in range(1, len(text)):
        a, b = centres[k - 1], max(centres[k], centres[k - 1])
        if b - a > halves[k - 1] + halves[k] + _APART * size:
            ends.append(a + halves[k - 1])
            starts.append(b - halves[k])
        else:
            at = a + (b - a) * halves[k - 1] / (halves[k - 1] + halves[k])
            ends.append(at)
            starts.append(at)
    ends.append(right)
    return [(a, max(a, b)) for a, b in zip(starts, ends, strict=True)]
