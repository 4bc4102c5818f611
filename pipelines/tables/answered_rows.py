"""Rows of a form that say something by themselves: a label and what is filled in beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from pipelines.core.numbers import clean_number, read_figure
from pipelines.core.traced import halfwidth

_LABEL = re.compile(
    r"^.{0,8}(?:名称|单位|部门|负责人|联系人|电话|编码|代码|类别|属性|性质|类型|日期|时间|期限|地址|级次|文号|概况|概述|依据|任务)"
    r"(?:\([^()]{1,8}\))?:?$"
)
_SENTENCE = re.compile(r"[。；！？]")


def is_form_row(texts: Sequence[str], known: Callable[[str], bool]) -> bool:
    """Whether a row holds labels and their answers (`项目名称 | 高龄津贴`), or a sentence, rather than headings.

    `known` tells what the vocabulary knows as a heading. Every label must have an answer behind it that is no heading,
    and nothing else in the row may be one.
    """
    if any(_SENTENCE.search(text) for text in texts):
        return True
    if not texts or not _is_label(texts[0]):
        return False
    answered = [_is_label(a) and not _is_label(b) and not known(b) for a, b in pairwise(texts)]
    headings = [k for k, text in enumerate(texts) if known(text) or _is_label(text)]
    return all(k < len(answered) and answered[k] for k in headings)


def states_figure(text: str) -> bool:
    """Whether a cell is a number, with a unit or without (`652.30万元`)."""
    if clean_number(text) is not None:
        return True
    figure = read_figure(text)
    return figure is not None and figure.unit is not None and not figure.qualifier


def _is_label(text: str) -> bool:
    return _LABEL.match(halfwidth(text)) is not None
