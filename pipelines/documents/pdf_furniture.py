"""What is printed on every PDF page but belongs to none: page numbers and running heads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.core.traced import halfwidth, squeeze
from pipelines.documents.pdf import PdfPage
from pipelines.documents.pdf_glyphs import Glyph
from pipelines.documents.pdf_lines import TextLine
from pipelines.documents.titles import is_caption, is_title

_MARGIN = 0.12  # of the page height, at top and bottom: where page numbers and running heads stand
_DASHES = r"[-－—–―─~·•\s]*"
_PAGE_NUMBER = re.compile(rf"^({_DASHES})(第)?(\d{{1,4}})(页)?(?:[,，/]?共?(\d{{1,4}})页?)?({_DASHES})$")
_STEADY = 4.0  # points: how much the height of a page number may differ from page to page
_FEWEST = 3  # pages on which a number must count along with the pages
_SAME_WORD = 0.6  # of the type size: the widest gap within a page number


class _Candidate(NamedTuple):
    """A number in the margin of a page, which may be its page number."""

    page: int
    glyphs: tuple[int, ...]
    value: int
    height: float
    decorated: bool


def page_numbers(pages: Sequence[PdfPage]) -> list[frozenset[int]]:
    """For each page, the indices of the glyphs that print its page number, even where they stand on a table cell.

    A bare number counts as one only where the numbers at that height grow by one from page to page.
    """
    found = [c for page in pages for c in _alone(list(_candidates(page)))]
    steps: dict[int, list[_Candidate]] = defaultdict(list)
    for c in found:
        steps[c.value - c.page].append(c)
    needed = min(_FEWEST, max(2, len(pages)))
    out: list[set[int]] = [set() for _ in pages]
    places = {page.number: i for i, page in enumerate(pages)}
    for c in found:
        along = {d.page for d in steps[c.value - c.page] if abs(d.height - c.height) <= _STEADY}
        if c.decorated or len(along) >= needed:
            out[places[c.page]].update(c.glyphs)
    return [frozenset(s) for s in out]


def running_heads(lines: Sequence[Sequence[TextLine]], heights: Sequence[float]) -> frozenset[str]:
    """The texts (digits dropped) of margin lines that repeat on most pages; titles and captions of tables never."""
    pages_with: dict[str, int] = defaultdict(int)
    for page_lines, height in zip(lines, heights, strict=True):
        for text in {head_text(line) for line in page_lines if _in_margin(line.box.y0, line.box.y1, height)}:
            pages_with[text] += 1
    often = max(_FEWEST, len(lines) / 2)
    return frozenset(t for t, n in pages_with.items() if t and n >= often and not is_title(t) and not is_caption(t))


def head_text(line: TextLine) -> str:
    """A line without spaces and digits, as running heads are compared."""
    return re.sub(r"\d", "", squeeze(line.text))


def is_running_head(line: TextLine, height: float, heads: frozenset[str]) -> bool:
    """Whether a line is one of the running heads, in the margin."""
    return _in_margin(line.box.y0, line.box.y1, height) and head_text(line) in heads


def _in_margin(y0: float, y1: float, height: float) -> bool:
    middle = (y0 + y1) / 2
    return middle < _MARGIN * height or middle > (1 - _MARGIN) * height


def _alone(found: list[_Candidate]) -> list[_Candidate]:
    """Without the numbers that share their line with others: a row of column numbers, or of figures."""
    return [c for c in found if c.decorated or sum(abs(c.height - d.height) < 1 for d in found) == 1]


def _candidates(page: PdfPage) -> Iterator[_Candidate]:
    _, height = page.frame.read_size
    for word in _words_in_margin(page.glyphs, height):
        m = _PAGE_NUMBER.match(halfwidth(squeeze("".join(page.glyphs[i].text for i in word))))
        if m:
            decorated = bool((m[1] and m[6]) or (m[2] and m[4]))
            yield _Candidate(page.number, word, int(m[3]), page.glyphs[word[0]].base, decorated)


def _words_in_margin(glyphs: Sequence[Glyph], height: float) -> Iterator[tuple[int, ...]]:
    """Indices of glyphs drawn one after another side by side, where all stand in the margin."""
    word: list[int] = []
    for i, g in enumerate(glyphs):
        if not _in_margin(g.y0, g.y1, height) or g.turn:
            continue
        if word:
            last = glyphs[word[-1]]
            beside = i == word[-1] + 1 and abs(g.base - last.base) < 0.2 * g.size
            if not (beside and -0.3 * g.size < g.x0 - last.x1 < _SAME_WORD * g.size):
                yield tuple(word)
                word = []
        word.append(i)
    if word:
        yield tuple(word)
