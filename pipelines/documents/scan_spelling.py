"""Recognised words in which a character was taken for one that looks like it, mended by the words that reports use."""

from __future__ import annotations

import re
from functools import partial

from pipelines.documents.recogniser import Reading
from pipelines.vocab.lexicon import pairs

_UNSURE = 0.98  # a character of which the recogniser is surer (0 … 1) is what it says
_AFTER_SHARE = re.compile(r"(?<=[\u4e00-\u9fff]\d\d[%％])[0oO○]$")  # a full stop looks like a zero
_FIRST, _LAST = "\u4e00", "\u9fff"


def spelled(reading: Reading) -> str:
    """The text with unsure characters replaced by what else the recogniser sees where that makes more known pairs.

    `部内整体` becomes `部门整体`: 部门 and 门整 stand in words of the vocabulary, 内整 does not. Figures and marks stay
    as they were read.
    """
    text = _AFTER_SHARE.sub("。", reading.text)
    for k, (sure, instead) in enumerate(zip(reading.sure, reading.instead, strict=True)):
        if sure < _UNSURE and _is_ideograph(text[k]):
            spellings = [text, *(text[:k] + c + text[k + 1 :] for c in instead if _is_ideograph(c))]
            text = max(spellings, key=partial(_known, k))  # of equals, the likeliest
    return text


def _is_ideograph(char: str) -> bool:
    return _FIRST <= char <= _LAST


def _known(k: int, text: str) -> int:
    """How many known pairs the character at `k` makes with those beside it (0 … 2)."""
    return sum(pair in pairs() for pair in (text[max(0, k - 1) : k + 1], text[k : k + 2]))
