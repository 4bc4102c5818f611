"""Whether a PDF page's text layer says what is printed on it, and if not, why it needs recognition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.core.model import Box
from pipelines.documents.pdf_glyphs import Characters, Glyph
from pipelines.documents.pdf_rules import Drawing

_FEW = 12  # characters: fewer beside a picture that fills the page are a page number or a stamp
_PICTURE = 0.3  # of the page: a picture as large as this may hold a table or the page itself
_CURVES = 1500  # curved segments: some fifty letters drawn as outlines
_ENOUGH = 30  # characters to judge a text layer by
_MEANT = 0.7  # at least so many of a real report's characters are ones that Chinese reports use
_COMMON = 0.6  # at least so many of its ideographs are among the 3755 most frequent (GB 2312, first level)
_LEVEL_ONE = range(0xB0, 0xD8)


@dataclass(frozen=True, slots=True)
class Legibility:
    """Whether a page's text layer can be used, and why something on the page needs recognition (Chinese, or None)."""

    usable: bool = True
    needs_ocr: str | None = None


LEGIBLE = Legibility()
"""A page that can be read, or is blank."""


def legibility(text: Characters, drawn: Drawing) -> Legibility:
    """What the text layer is worth. A blank page is usable: it says nothing, and that is all there is on it."""
    reason = _unusable(text, drawn)
    if reason is not None:
        return Legibility(False, reason)
    words = [g for g in text.glyphs if not g.text.isspace()]
    if any(_is_bare(b, words) for b in _large(drawn.pictures, text)):
        return Legibility(True, "页面上有大幅图片，其中没有文字层")
    return LEGIBLE


def _unusable(text: Characters, drawn: Drawing) -> str | None:
    words = [g for g in text.glyphs if not g.text.isspace()]
    pictures = _large(drawn.pictures, text)
    if pictures and text.hidden and text.hidden >= len(words):
        return "扫描件，只有隐藏的识别文字层"
    if len(words) < _FEW and pictures:
        return "扫描件，没有文字层"
    if len(words) < _FEW and drawn.curves > _CURVES:
        return "文字已转为曲线，没有文字层"
    return _rubbish(words, text.unmapped)


def _large(pictures: Sequence[Box], text: Characters) -> list[Box]:
    width, height = text.frame.read_size
    return [b for b in pictures if (b.x1 - b.x0) * (b.y1 - b.y0) >= _PICTURE * width * height]


def _is_bare(picture: Box, words: Sequence[Glyph]) -> bool:
    inside = sum(
        picture.x0 <= (g.x0 + g.x1) / 2 <= picture.x1 and picture.y0 <= (g.y0 + g.y1) / 2 <= picture.y1 for g in words
    )
    return inside < _FEW


def _rubbish(words: Sequence[Glyph], unmapped: int) -> str | None:
    if len(words) + unmapped < _ENOUGH:
        return None
    if unmapped > 0.3 * (len(words) + unmapped):
        return "文字层没有字符编码，无法读出"
    texts = [g.text for g in words]
    ideographs = [t for t in texts if "\u4e00" <= t <= "\u9fff"]
    meant = len(ideographs) + sum(_is_plain(t) for t in texts)
    if meant < _MEANT * len(texts):
        return "文字层是乱码"
    if len(ideographs) >= _ENOUGH and sum(map(_is_common, ideographs)) < _COMMON * len(ideographs):
        return "文字层是乱码"
    return None


def _is_plain(text: str) -> bool:
    """ASCII, general and Chinese punctuation, arrows and numbers in circles, full-width forms."""
    return (
        text < "\u007f" or "\u2000" <= text <= "\u2bff" or "\u3000" <= text <= "\u33ff" or "\uff00" <= text <= "\uffef"
    )


def _is_common(ideograph: str) -> bool:
    return ideograph.encode("gb2312", "replace")[0] in _LEVEL_ONE
