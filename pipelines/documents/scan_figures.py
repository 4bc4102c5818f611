"""Recognised figures of which there is doubt: looked at again in other sizes, mended where only one way is left."""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.documents.scan_words import Sheet, Word, read_at

SURE_OF_FIGURES = 0.98
"""A figure with a digit or mark that the recogniser is less sure of than this (0 … 1) is contested."""

SURE_OF_WORDS = 0.9
"""The same for a character of a word."""

_SIZES = (2.0, 0.6)  # times as large as scanned: enlarged, and smoothed until only the coarse shapes are left
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "，": ",", "。": ".", "．": "."})
_FIGURE_LIKE = re.compile(r"[-+－−]?[\d.,]*\d[\d.,]*[%％]?")
_FIGURE = re.compile(r"[-+－−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[%％]?")
_GROUPED = re.compile(r"([-+－−]?\d{1,3}(?:[.,]\d{3})+)[.,](\d{1,2}[%％]?)")
_CENTS = re.compile(r"([-+－−]?\d+),(\d{1,2}[%％]?)")


def is_figure(text: str) -> bool:
    """Whether a word is a number or should be one: digits, marks between them, letters that look like digits."""
    return bool(_FIGURE_LIKE.fullmatch(text.translate(_LOOKALIKES))) and any(c.isdigit() for c in text)


def is_doubtful(word: Word) -> bool:
    """Whether a word is contested: the recogniser is not sure of it, or it reads otherwise at a second look."""
    return word.other is not None or word.confidence < (SURE_OF_FIGURES if is_figure(word.text) else SURE_OF_WORDS)


def reconsidered(sheet: Sheet, word: Word) -> Word:
    """The word, and if it is a doubtful figure, what the looks at it in other sizes make of it.

    The reading that most looks agree on is taken (of equals, the surest); the best other one becomes `other`. Doubt
    is lifted only where all looks agree and one of them is sure of every digit.
    """
    if not is_figure(word.text) or (word.confidence >= SURE_OF_FIGURES and _FIGURE.fullmatch(word.text)):
        return word
    looks = [word, *(w for size in _SIZES if (w := read_at(sheet, word.box, size)))]
    readings: dict[str, list[Word]] = {}
    for look in looks:
        readings.setdefault(mended(look.text), []).append(look)
    ranked = sorted(readings, key=lambda t: (-len(readings[t]), -max(w.confidence for w in readings[t])))
    best = max(readings[ranked[0]], key=lambda w: w.confidence)
    raw = next((w.text for w in looks if w.text != ranked[0]), None)
    other = ranked[1] if len(ranked) > 1 else raw
    if best.text != ranked[0]:
        return replace(best, text=ranked[0], centres=_spread(best, len(ranked[0])), other=other)
    return replace(best, other=other)


def mended(text: str) -> str:
    """A figure whose marks were confused, as it must have been printed: `2.336.91` as `2,336.91`, `80,00` as `80.00`.

    Anything else is returned as it is: `189,767.551` may be either.
    """
    plain = text.translate(_LOOKALIKES) if is_figure(text) else text
    if _FIGURE.fullmatch(plain):
        return plain
    if m := _GROUPED.fullmatch(plain):
        return f"{m[1].replace('.', ',')}.{m[2]}"
    if m := _CENTS.fullmatch(plain):
        return f"{m[1]}.{m[2]}"
    return text


def _spread(word: Word, characters: int) -> tuple[float, ...]:
    """Places for the characters of a mended figure: those of the reading where there are as many, else evenly."""
    if len(word.centres) == characters:
        return word.centres
    step = (word.box.x1 - word.box.x0) / characters
    return tuple(word.box.x0 + (k + 0.5) * step for k in range(characters))
