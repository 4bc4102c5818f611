"""A page read from its image as the table readers want it: glyphs, rules, a second engine, how sure each cell is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipelines.core.model import Box
from pipelines.documents.pdf import PdfPage
from pipelines.documents.pdf_frame import Frame
from pipelines.documents.pdf_glyphs import Glyph
from pipelines.documents.pdf_legibility import LEGIBLE
from pipelines.documents.pdf_rules import Drawing
from pipelines.documents.recogniser import PixelBox, found
from pipelines.documents.scan import ScannedPage, drawn, quarter_turned, scanned, with_words
from pipelines.documents.scan_figures import reconsidered
from pipelines.documents.scan_image import POINTS, PageImage, Pixels
from pipelines.documents.scan_words import Sheet, Word, words_of
from pipelines.tables import camelot_raster
from pipelines.tables.agreement import Dispute
from pipelines.tables.cell_text import middle
from pipelines.tables.grid import ruled_tables
from pipelines.tables.page_table import PageTable
from pipelines.tables.scanned_cells import judged, overlooked


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """`page` is read like a page of a digital file; `words` are its recognised words by the run of their glyphs.

    `second` are its ruled tables as camelot sees them on its image; `unread` are places of print that could not be
    read (boxes in the frame of the page as read); `printed` says that the file itself holds words of the page too.
    """

    page: PdfPage
    words: Mapping[int, Word]
    second: tuple[PageTable, ...] = ()
    unread: tuple[Box, ...] = ()
    printed: bool = False

    def judged(self, table: PageTable) -> tuple[PageTable, list[Dispute]]:
        """One of the page's tables with its cells' confidence, and the figures that a second look reads otherwise."""
        return judged(table, self.page.glyphs, self.words, self.unread)


def recognised(number: int, image: PageImage, frame: Frame) -> RecognisedPage:
    """A page that is nothing but an image. Where it is illegible, `page.legibility` says so and there are no words."""
    scan, unread = _searched(scanned(number, image, frame))
    words = dict(enumerate(scan.words))
    return RecognisedPage(scan.page, words, _second(scan), tuple(_in_points(b, scan.sheet) for b in unread))


def with_pictures(page: PdfPage, image: PageImage) -> RecognisedPage:
    """A page of a digital file with what its pictures show: `image` is the whole page as shown."""
    sheet = Sheet.of(_pictures_only(page, image), image.dpi)
    words, _ = words_of(sheet, found(sheet.words, sheet.dpi))
    blank = PdfPage(page.number, page.frame, (), drawn(sheet))
    scan, unread = _searched(with_words(ScannedPage(blank, (), sheet), tuple(words)))
    taken = _runs_over(scan.page.glyphs, page.glyphs)
    first = 1 + max((g.run for g in page.glyphs), default=-1)
    added = tuple(g._replace(run=first + g.run) for g in scan.page.glyphs if g.run not in taken)
    read = {first + k: w for k, w in enumerate(scan.words) if k not in taken}
    whole = replace(
        page, glyphs=page.glyphs + added, drawing=_both(page.drawing, scan.page.drawing), legibility=LEGIBLE
    )
    return RecognisedPage(whole, read, _second(scan), tuple(_in_points(b, sheet) for b in unread), True)


def _searched(scan: ScannedPage) -> tuple[ScannedPage, tuple[PixelBox, ...]]:
    """The page with doubtful figures looked at again, and with what is printed in cells beside them."""
    scan = with_words(scan, tuple(reconsidered(scan.sheet, w) for w in scan.words))
    more = overlooked(scan.sheet, ruled_tables(scan.page, scan.page.glyphs), scan.words)
    return (with_words(scan, (*scan.words, *more.words)) if more.words else scan), more.unread


def _second(scan: ScannedPage) -> tuple[PageTable, ...]:
    if not scan.words:
        return ()
    height, width = scan.sheet.ink.shape
    scale = POINTS / scan.sheet.dpi
    words = [(w.text, _in_points(w.box, scan.sheet)) for w in scan.words]
    size = (width * scale, height * scale)
    return tuple(camelot_raster.lattice(scan.page.number, scan.sheet.pixels, size, words))


def _in_points(box: PixelBox, sheet: Sheet) -> Box:
    scale, height = POINTS / sheet.dpi, sheet.ink.shape[0]
    return Box(box.x0 * scale, (height - box.y1) * scale, box.x1 * scale, (height - box.y0) * scale)


def _pictures_only(page: PdfPage, image: PageImage) -> Pixels:
    """The page as read, white but for its pictures."""
    shown = quarter_turned(image.pixels, page.frame.turn)
    out = np.full_like(shown, 255)
    scale, height = image.dpi / POINTS, shown.shape[0]
    for b in page.drawing.pictures:
        x0, x1 = max(0, round(b.x0 * scale)), max(0, round(b.x1 * scale))
        y0, y1 = max(0, round(height - b.y1 * scale)), max(0, round(height - b.y0 * scale))
        out[y0:y1, x0:x1] = shown[y0:y1, x0:x1]
    return out


def _runs_over(recognised_glyphs: Sequence[Glyph], printed: Sequence[Glyph]) -> set[int]:
    """The runs of recognised words that lie on characters which the file itself holds."""
    places = [middle(g) for g in printed if not g.text.isspace()]
    return {g.run for g in recognised_glyphs if any(g.x0 <= x <= g.x1 and g.y0 <= y <= g.y1 for x, y in places)}


def _both(printed: Drawing, scanned_rules: Drawing) -> Drawing:
    return Drawing(
        horizontal=printed.horizontal + scanned_rules.horizontal,
        vertical=printed.vertical + scanned_rules.vertical,
        shades=printed.shades,
        pictures=printed.pictures,
        curves=printed.curves,
    )
