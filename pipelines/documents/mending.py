"""Paragraphs out of printed lines: what the right margin or a page break cut is joined again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.core.model import Line
from pipelines.documents.cover import is_one_title
from pipelines.documents.headings import enumerator, is_heading

_WINDOW = 12  # lines on each side that show how wide the text is set here
_FULL = 0.75  # of that width: a shorter line ends its paragraph
_FULL_HEADING = 0.9  # of that width: a heading is seldom longer than its line
_NARROWEST = 36  # columns (18 Chinese characters): narrower text is no running prose
_FAR = 120  # characters in the source between two lines of one paragraph; more is a table or a page of something else
_MARGIN = 2.0  # characters short of the right margin that a line may be for its justification
_INDENT = 1.2  # line heights: a first line set in by so much begins a paragraph
_PAGE_NUMBER = re.compile(r"[-—–－\s]*\d{1,4}[-—–－\s]*|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?")
_ENDED = re.compile(r"[。；;！!？?：:][”’）)]*$")
_CAPTION = re.compile(r"\s*[图表]\s*\d{1,2}\s*[：:.、\s]")
_UNPARTED = re.compile(r"[（(“‘《]*(?:[\d.,，%％A-Za-z]+|.)[）)”’》，。；、：！？%％]*")
_INDENTED = re.compile(r"\s{2,}\S")  # one space is what converters write for a page break, in mid-sentence too
_WORD = re.compile(r"\w")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Mended text, runs of white space as one character; `offsets[i]` is where `text[i]` stands in the source."""

    text: str
    offsets: tuple[int, ...]
    pages: tuple[tuple[int, int], ...]

    def page_at(self, index: int) -> int:
        """The page that holds the character at `index`."""
        page = self.pages[0][1]
        for start, number in self.pages:
            if start > index:
                break
            page = number
        return page


def paragraphs(lines: Sequence[Line], *, whole: bool = False) -> Iterator[Paragraph]:
    """The paragraphs of lines in reading order; blank lines and page numbers are left out.

    A line goes on with the next where it is full (reaches the right margin) and the next begins no item of its own;
    where every line is a `whole` paragraph (Word, web, sheets), none goes on.
    """
    kept = [x for x in lines if _WORD.search(x.text) and not _PAGE_NUMBER.fullmatch(x.text.strip())]
    measure = _Measure(kept)
    current: list[Line] = []
    for i, line in enumerate(kept):
        if current and (whole or not measure.continues(i - 1)):
            yield _joined(current)
            current = []
        current.append(line)
    if current:
        yield _joined(current)


class _Measure:
    """How wide the text is set around each line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.widths = [columns(x.text.strip()) for x in lines]
        self.ended = [bool(_ENDED.search(x.text.rstrip())) for x in lines]
        self.right: dict[int, float] = {}
        self.left: dict[int, float] = {}
        for x in lines:
            if x.box is not None:
                self.right[x.page] = max(self.right.get(x.page, 0.0), x.box.x1)
                self.left[x.page] = min(self.left.get(x.page, x.box.x0), x.box.x0)

    def continues(self, i: int) -> bool:
        """Whether line `i` goes on in line `i + 1`."""
        line, following = self.lines[i], self.lines[i + 1]
        begins = enumerator(following.text.strip()) is not None or _CAPTION.match(following.text)
        if begins or following.start - line.end > _FAR:
            return False
        if line.box is not None and following.box is not None:
            height = max(1.0, line.box.y1 - line.box.y0)
            set_in = following.box.x0 - self.left[following.page] > _INDENT * height
            return self._reaches_margin(i) and not (set_in and (self.ended[i] or is_heading(following.text.strip())))
        if is_heading(line.text.strip()) and is_heading(following.text.strip()):
            apart = following.text[:1].isspace() or not self._is_tight(i)
            if not apart or is_one_title(line.text, following.text):
                return True
        if _INDENTED.match(following.text) or not self._is_full(i):
            return False
        if self.ended[i]:
            title = is_heading(following.text.strip()) and not self._is_full(i + 1)
            return not title and self._is_wrapped_here(i)
        return True

    def _reaches_margin(self, i: int) -> bool:
        """Whether the first word of the next line would not have fitted on this one."""
        line = self.lines[i]
        assert line.box is not None
        character = 2 * (line.box.x1 - line.box.x0) / max(1, self.widths[i])
        word = columns(_first_word(self.lines[i + 1].text)) / 2
        return line.box.x1 + (word + _MARGIN) * character >= self.right[line.page]

    def _window(self, i: int) -> range:
        return range(max(0, i - _WINDOW), min(len(self.lines), i + _WINDOW + 1))

    def _is_tight(self, i: int) -> bool:
        """Whether the next line follows at once where most lines around stand apart: a title set in two lines."""
        gaps = [self.lines[k + 1].start - self.lines[k].end for k in self._window(i) if k + 1 < len(self.lines)]
        return gaps[i - self._window(i).start] == 1 and 2 * sum(g > 1 for g in gaps) > len(gaps)

    def _is_full(self, i: int) -> bool:
        around = sorted((self.widths[k] for k in self._window(i)), reverse=True)
        width = around[1] if len(around) > 1 else around[0]  # one overlong line does not set the measure
        text = self.lines[i].text.strip()
        share = _FULL_HEADING if enumerator(text) is not None and is_heading(text) else _FULL
        return width >= _NARROWEST and self.widths[i] >= share * width

    def _is_wrapped_here(self, i: int) -> bool:
        """Whether most full lines around are cut in the middle of a sentence."""
        width = sorted((self.widths[k] for k in self._window(i)), reverse=True)[1]
        full = [k for k in self._window(i) if self.widths[k] >= _FULL * width]
        return 2 * sum(not self.ended[k] for k in full) > len(full)


def columns(text: str) -> int:
    """The printed width of a text: a Chinese character takes two columns, a Latin one or a digit takes one.

    Full-width digits count as one too: a text is often converted after its lines were broken, and where digits are
    printed wide, what a line of prose loses by it is less than what `_FULL` forgives.
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" and not c.isdecimal() else 1 for c in text)


def _first_word(text: str) -> str:
    """What cannot be parted from the beginning of a line: a number, an opening bracket with what it opens."""
    m = _UNPARTED.match(text.strip())
    return m[0] if m else ""


def _joined(lines: Sequence[Line]) -> Paragraph:
    text: list[str] = []
    offsets: list[int] = []
    pages: list[tuple[int, int]] = []
    for line in lines:
        lead = len(line.text) - len(line.text.lstrip())
        stripped = line.text.strip()
        if text and _latin(text[-1]) and _latin(stripped[0]):
            text.append(" ")
            offsets.append(offsets[-1] + 1)  # the line end stands for the space between two Latin words
        pages.append((len(text), line.page))
        last = 0
        for gap in _SPACES.finditer(stripped):
            text += stripped[last : gap.start() + 1]
            offsets += range(line.start + lead + last, line.start + lead + gap.start() + 1)
            last = gap.end()
        text += stripped[last:]
        offsets += range(line.start + lead + last, line.start + lead + len(stripped))
    return Paragraph("".join(text).replace("\t", " "), tuple(offsets), tuple(pages))


def _latin(c: str) -> bool:
    return c.isascii() and c.isalpha()
