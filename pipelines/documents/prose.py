"""Prose out of printed lines: paragraphs mended, headings recognised, sentences split, each character traced.

A sentence is a piece of evidence that makes sense alone. A numbered item's name stays with its first sentence, and
where a sentence of purpose (`主要用于…。`) stands between the name and the sentence that states the figures, the three
are one: `2.行政运行。年初预算数 264.32 万元，…119%。` The later sentences of an item carry its name in `section`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.core.model import Line, Sentence
from pipelines.core.traced import squeeze
from pipelines.documents.headings import Enumerator, enumerator, is_heading, item_name
from pipelines.documents.mending import Paragraph, paragraphs

SEPARATOR = " > "
_END = "。；;！!？?"
_OPEN = {"（": "）", "(": "）", "“": "”", "‘": "’", "《": "》", "【": "】", "[": "】", "〔": "〕"}
_CLOSE = {"）": "）", ")": "）", "”": "”", "’": "’", "》": "》", "】": "】", "]": "】", "〕": "〕"}
_MOST_HEADINGS = 12  # one under another: more short lines in a row are a list, not a path
_DEEPEST = 8  # brackets and quotes open at once
_AMOUNT = re.compile(r"\d\s*(?:余|多)?\s*(?:亿|万|千)?\s*元")
_CUT_OFF = re.compile(
    r"[\u4e00-\u9fff、，,](?<!日)$"
)  # a line that stops in the middle: what follows goes on, it heads nothing
_LONGEST_OPENING = 220  # characters that an item's name and purpose may hold before its figures are a sentence apart


@dataclass(slots=True)
class _Heading:
    level: float
    name: str
    paragraph: Paragraph | None
    standing: bool
    used: bool = False


@dataclass(slots=True)
class _Writer:
    """The path of headings so far and the sentences written under them."""

    path: list[_Heading] = field(default_factory=list)
    out: list[Sentence] = field(default_factory=list)

    @property
    def section(self) -> str:
        return SEPARATOR.join(h.name for h in self.path)

    def enter(self, heading: _Heading) -> None:
        self.leave(heading.level)
        self.path.append(heading)

    def leave(self, level: float) -> None:
        """Close every heading at `level` or deeper; one that had no text under it is itself a line of the prose."""
        while self.path and self.path[-1].level >= level:
            closed = self.path.pop()
            if closed.paragraph is not None and not closed.used:
                self.write(closed.paragraph, 0, len(closed.paragraph.text))

    def write(self, paragraph: Paragraph, start: int, end: int) -> None:
        text = paragraph.text[start:end]
        start += len(text) - len(text.lstrip())
        end -= len(text) - len(text.rstrip())
        if start >= end:
            return
        number = len(self.out) + 1
        page, section = paragraph.page_at(start), self.section
        offsets = paragraph.offsets[start:end]
        self.out.append(Sentence(number, page, section, paragraph.text[start:end], offsets))
        for heading in self.path:
            heading.used = True


def sentences(lines: Sequence[Line], *, whole: bool = False) -> tuple[Sentence, ...]:
    """The sentences of the lines that belong to no table, in reading order, numbered from 1.

    `section` is the path of headings, ` > ` between. Headings are no sentences, unless no text follows under them
    (a table of contents, a list of annexes). `whole` says that every line is a paragraph, so that none is mended.
    Linear in the length of the text.
    """
    found = list(paragraphs(lines, whole=whole))
    numbers = [enumerator(p.text) for p in found]
    following = _following(numbers)
    writer = _Writer()
    announced, before = False, ""
    for i, paragraph in enumerate(found):
        number = numbers[i]
        if is_heading(paragraph.text) and (number is not None or not _CUT_OFF.search(before)):
            level = number.level if number else _plain_level(paragraph.text, writer.path, following[i])
            writer.enter(_Heading(level, paragraph.text, paragraph, True))
            announced, before = False, ""
            continue
        if number is not None or not announced:
            _close_item(writer)
        name = item_name(paragraph.text) if number else None
        if number is not None:
            writer.leave(number.level)
        if number is not None and name is not None:
            writer.enter(_Heading(number.level, paragraph.text[: name[1]], None, False))
        for start, end in _pieces(paragraph.text, name):
            writer.write(paragraph, start, end)
        before = paragraph.text
        announced = paragraph.text.endswith(("：", ":")) or (announced and number is None)
    writer.leave(-1)
    return tuple(writer.out)


def _close_item(writer: _Writer) -> None:
    """An item's name holds for its paragraph, and for the unnumbered ones that a colon at its end announces."""
    while writer.path and not writer.path[-1].standing:
        writer.path.pop()


def _following(numbers: Sequence[Enumerator | None]) -> list[Enumerator | None]:
    out: list[Enumerator | None] = [None] * len(numbers)
    ahead: Enumerator | None = None
    for i in range(len(numbers) - 1, -1, -1):
        out[i] = ahead
        ahead = numbers[i] or ahead
    return out


def _plain_level(text: str, path: Sequence[_Heading], ahead: Enumerator | None) -> float:
    """The level of a heading without a number: a sibling of the last one, a child of one that has no text yet, and
    always above the first item of a numbering that starts after it."""
    if ahead is not None and squeeze(text) == "目录":
        return ahead.level
    parent = ahead.level - 0.5 if ahead is not None and ahead.ordinal == 1 else None
    last = next((h for h in reversed(path) if h.standing), None)
    if last is None:
        return parent if parent is not None else 1.0
    level = last.level if last.used or len(path) >= _MOST_HEADINGS else last.level + 0.1
    return level if parent is None else min(level, parent)


def _pieces(text: str, name: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
    """Where each sentence of a paragraph starts and ends."""
    ranges = list(_split(text))
    if name is None or len(ranges) < 2:
        yield from ranges
        return
    start, end = ranges.pop(0)
    if end <= name[1] + 1:
        end = ranges.pop(0)[1]
    while ranges and not _AMOUNT.search(text[start:end]) and end - start <= _LONGEST_OPENING:
        if not _AMOUNT.search(text[slice(*ranges[0])]):
            break
        end = ranges.pop(0)[1]
    yield start, end
    yield from ranges


def _split(text: str) -> Iterator[tuple[int, int]]:
    inside = _inside(text)
    start = 0
    for i, c in enumerate(text):
        ends = c in _END and not inside[i]
        closes_quote = (
            c in "”’" and i > 0 and text[i - 1] in "。！!？?" and not (inside[i + 1] if i + 1 < len(text) else False)
        )
        if ends or closes_quote:
            yield start, i + 1
            start = i + 1
    if text[start:].strip():
        yield start, len(text)


def _inside(text: str) -> list[bool]:
    """For each character whether it stands inside brackets or quotes that are closed again in the same paragraph."""
    out = [False] * (len(text) + 1)
    open_at: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for i, c in enumerate(text):
        if c in _OPEN:
            open_at.append((_OPEN[c], i))
        elif c in _CLOSE:
            for k in range(len(open_at) - 1, max(-1, len(open_at) - 1 - _DEEPEST), -1):
                if open_at[k][0] == _CLOSE[c]:
                    pairs.append((open_at[k][1], i))
                    del open_at[k:]
                    break
    depth = [0] * (len(text) + 1)
    for opened, closed in pairs:
        depth[opened] += 1
        depth[closed + 1] -= 1
    level = 0
    for i in range(len(text)):
        level += depth[i]
        out[i] = level > 0
    return out
