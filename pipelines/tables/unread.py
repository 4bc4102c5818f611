"""What looks like a table among the lines that no reader could make one of: to be told, not passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.core.model import Line
from pipelines.core.traced import halfwidth, squeeze
from pipelines.documents.titles import is_title

_FIGURE = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d.,])|(?<![\d.,])\d+\.\d{1,2}(?![\d.,%])")
_SENTENCE = re.compile(r"[，。；：:]|\d\s*(?:万元|亿元|元|%)")
_LONGEST = 80  # characters: a longer line is prose
_FEWEST = 5  # lines with figures: fewer may be anything
_GAP = 8  # lines with text and no figures between those of one table
_NEAR = 12  # lines with text: how far its title may stand above the first figures


@dataclass(frozen=True, slots=True)
class UnreadTable:
    """A run of lines with bare figures, and the title that stands over it, None where there is none near."""

    page: int
    title: str | None
    lines: int


def unread_tables(prose: Sequence[Line]) -> tuple[UnreadTable, ...]:
    """The runs of lines that hold amounts but no sentence, in reading order."""
    return tuple(_runs([line for line in prose if squeeze(line.text)]))


def _runs(lines: Sequence[Line]) -> Iterator[UnreadTable]:
    run: list[int] = []
    for i, line in enumerate(lines):
        if run and (i - run[-1] > _GAP or _is_prose(line.text) or is_title(line.text)):
            yield from _told(lines, run)
            run = []
        if _holds_figures(line.text):
            run.append(i)
    yield from _told(lines, run)


def _told(lines: Sequence[Line], run: Sequence[int]) -> Iterator[UnreadTable]:
    if len(run) < _FEWEST:
        return
    above = lines[max(0, run[0] - _NEAR) : run[0]]
    title = next((squeeze(line.text) for line in reversed(above) if is_title(line.text)), None)
    yield UnreadTable(lines[run[0]].page, title, len(run))


def _holds_figures(text: str) -> bool:
    plain = halfwidth(text)
    return len(squeeze(plain)) <= _LONGEST and bool(_FIGURE.search(plain)) and not _SENTENCE.search(plain)


def _is_prose(text: str) -> bool:
    return len(_SENTENCE.findall(halfwidth(text))) > 1 or text.rstrip().endswith("。")
