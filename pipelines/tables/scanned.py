"""Scanned documents: pages of a PDF without usable text, and image files, read like the pages of a digital PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pypdfium2

from pipelines.core.model import Box, Table
from pipelines.documents import media
from pipelines.documents.errors import TooManyPages, UnreadableDocument
from pipelines.documents.pdf import PdfPage, PdfPages, read_pages
from pipelines.documents.pdf_frame import Frame
from pipelines.documents.pdf_legibility import Legibility
from pipelines.documents.pdf_rules import Drawing
from pipelines.documents.scan_image import POINTS, decoded, frames, rendered
from pipelines.tables.agreement import Dispute
from pipelines.tables.moved_points import with_offers
from pipelines.tables.pdf_tables import PdfReading, assembled
from pipelines.tables.scanned_page import RecognisedPage, recognised, with_pictures

ENGINE = "ocr-"
"""What the engine of a recognised table begins with."""

_MOST_PAGES = 80  # of one document: at 2 to 3 seconds a page what a reader may cost
_LEFT_OUT = f"扫描页超过{_MOST_PAGES}页，其余未识别，请拆分后提交"


def read_scanned(
    data: bytes, sha256: str, media_type: str, reading: PdfReading | None = None, most_pages: int | None = None
) -> PdfReading:
    """A PDF with its scanned pages recognised (`reading` is what its text layer gave), or an image file.

    Digital and scanned pages come in the order of the pages. Pages that cannot be read leave the document `partial`,
    or `quarantined` where there are no others. Raises UnreadableDocument for a file that cannot be opened at all,
    TooManyPages for one of more than `most_pages`.
    """
    if media_type == media.PDF:
        opened = read_pages(data, most_pages=most_pages)
        wanted = {n for n, _ in reading.needs_ocr} if reading else {p.number for p in opened.pages}
        scans = _of_pdf(data, [p for p in opened.pages if p.number in wanted])
    else:
        opened, scans = _of_image(data, most_pages)
    read = assembled(data, sha256, media_type, opened, scans)
    scanned_pages = {n for n, page in scans.items() if page.words}
    grids, disputes = [], list(read.disputes)
    for grid in read.document.grids:
        table, more = _offered(grid, scanned_pages)
        grids.append(table)
        disputes += more
    return replace(read, document=replace(read.document, grids=tuple(grids)), disputes=tuple(disputes))


def _offered(table: Table, scanned_pages: set[int]) -> tuple[Table, list[Dispute]]:
    """The table, marked as recognised where it begins on a scanned page, with offers of other readings."""
    if not any(c.page in scanned_pages for c in table.cells):
        return table, []
    marked = replace(table, engine=ENGINE + table.engine) if table.page in scanned_pages else table
    return with_offers(marked, scanned_pages)


def _of_pdf(data: bytes, pages: Sequence[PdfPage]) -> dict[int, RecognisedPage]:
    document = pypdfium2.PdfDocument(data)
    try:
        return {p.number: _of_pdf_page(document, p, k) for k, p in enumerate(pages)}
    finally:
        document.close()


def _of_pdf_page(document: pypdfium2.PdfDocument, page: PdfPage, before: int) -> RecognisedPage:
    """One page; `before` counts the pages of the document that were recognised already."""
    if before >= _MOST_PAGES:
        return _unread(page, _LEFT_OUT)
    try:
        image = rendered(document, page.number)
    except UnreadableDocument as e:
        return _unread(page, e.reason)
    return with_pictures(page, image) if page.legibility.usable else recognised(page.number, image, page.frame)


def _of_image(data: bytes, most_pages: int | None) -> tuple[PdfPages, dict[int, RecognisedPage]]:
    count = frames(data)
    if most_pages is not None and count > most_pages:
        raise TooManyPages(count, most_pages)
    scans = {n: _of_frame(data, n) for n in range(1, count + 1)}
    return PdfPages(tuple(s.page for s in scans.values())), scans


def _of_frame(data: bytes, number: int) -> RecognisedPage:
    blank = PdfPage(number, Frame(Box(0, 0, 0, 0)), (), Drawing())
    if number > _MOST_PAGES:
        return _unread(blank, _LEFT_OUT)
    try:
        image = decoded(data, number - 1)
    except UnreadableDocument as e:
        return _unread(blank, e.reason)
    height, width = image.pixels.shape[:2]
    scale = POINTS / image.dpi
    return recognised(number, image, Frame(Box(0, 0, width * scale, height * scale)))


def _unread(page: PdfPage, reason: str) -> RecognisedPage:
    """A page that is not recognised, with what its own text layer says where that is of use."""
    printed = page.legibility.usable and bool(page.glyphs)
    return RecognisedPage(replace(page, legibility=Legibility(printed, reason)), {}, printed=printed)
