"""Where the sentences of a report are printed: the boxes of their lines on the pages as shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipelines.core.model import Box
from pipelines.core.traced import squeeze
from pipelines.documents.pdf import PdfPage
from pipelines.documents.pdf_lines import set_lines

SHORTEST = 4
"""Characters that must stand together for a part of a sentence to be found."""

Place = tuple[int, list[float]]


class _Printed:
    """The characters of one page in printed order, without spaces, each with its line."""

    def __init__(self, page: PdfPage) -> None:
        self.page = page
        self.text = ""
        self.glyphs = []
        self.lines: list[int] = []
        for number, line in enumerate(set_lines(page.glyphs)):
            for glyph in line.glyphs:
                tight = squeeze(glyph.text)
                self.text += tight
                self.glyphs += [glyph] * len(tight)
                self.lines += [number] * len(tight)
        self.after = 0

    def find(self, text: str) -> int:
        """Where the text stands, after what was found before if it does, -1 where it does not stand here."""
        at = self.text.find(text, self.after)
        return at if at >= 0 else self.text.find(text)

    def boxes(self, start: int, end: int) -> list[Place]:
        """The page and the box of each line between two characters."""
        self.after = end
        found = []
        for line in dict.fromkeys(self.lines[start:end]):
            glyphs = [self.glyphs[i] for i in range(start, end) if self.lines[i] == line]
            box = self.page.frame.shown(
                Box(
                    min(g.x0 for g in glyphs),
                    min(g.y0 for g in glyphs),
                    max(g.x1 for g in glyphs),
                    max(g.y1 for g in glyphs),
                )
            )
            found.append((self.page.number, [round(v, 1) for v in (box.x0, box.y0, box.x1, box.y1)]))
        return found


def places(pages: Sequence[PdfPage], sentences: Iterable[tuple[int, int, str]]) -> dict[int, list[list[float]]]:
    """The lines of every sentence (number, page, text) that is found, as [page, x0, y0, x1, y1] by its number.

    A sentence may run on over the next page; one that was mended beyond recognition is not found, and has no boxes.
    """
    by_number = {page.number: _Printed(page) for page in pages if not page.broken}
    found: dict[int, list[list[float]]] = {}
    for number, page, text in sentences:
        boxes = _found(by_number, page, squeeze(text))
        if boxes:
            found[number] = [[float(p), *box] for p, box in boxes]
    return found


def _found(pages: dict[int, _Printed], page: int, text: str) -> list[Place]:
    if page not in pages or not text:
        return []
    here = pages[page]
    at = here.find(text)
    if at >= 0:
        return here.boxes(at, at + len(text))
    length = _longest_start(here, text)
    if length < SHORTEST:
        return []
    at = here.find(text[:length])
    boxes = here.boxes(at, at + length)
    beyond = pages.get(page + 1)
    rest = text[length:]
    if beyond is not None and len(rest) >= SHORTEST and (at := beyond.text.find(rest)) >= 0:
        boxes += beyond.boxes(at, at + len(rest))
    return boxes


def _longest_start(page: _Printed, text: str) -> int:
    """How many of the first characters stand together on the page: every shorter start does too."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if page.find(text[:middle]) >= 0:
            low = middle
        else:
            high = middle - 1
    return low
