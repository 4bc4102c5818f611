"""A PDF file as pages of characters, rules and shades, in the order of its pages (pdfium; one thread at a time)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.core.model import Box
from pipelines.documents.errors import TooManyPages, UnreadableDocument
from pipelines.documents.pdf_frame import Frame
from pipelines.documents.pdf_glyphs import Glyph, characters
from pipelines.documents.pdf_legibility import LEGIBLE, Legibility, legibility
from pipelines.documents.pdf_rules import Drawing, drawing, page_objects, widen_text

MEDIA_TYPE = "application/pdf"

_HEADER_WITHIN = 1024  # bytes: where `%PDF` must stand, as viewers accept it
_LARGEST_PAGE = 14_400  # points: the limit that the PDF standard recommends
_REASONS = {
    pdfium.FPDF_ERR_PASSWORD: "文件已加密，需要打开密码",
    pdfium.FPDF_ERR_SECURITY: "文件使用了不支持的加密方式",
    pdfium.FPDF_ERR_FORMAT: "文件已损坏或不完整，无法作为PDF打开",
}


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page, its glyphs and drawing in the frame of the page as read; `frame.shown` maps boxes to the page as shown.

    Where `legibility` says that the text layer is not usable, the glyphs are not to be relied on.
    `broken` says why the page could not be opened at all.
    """

    number: int
    frame: Frame
    glyphs: tuple[Glyph, ...]
    drawing: Drawing
    legibility: Legibility = LEGIBLE
    broken: str | None = None


@dataclass(frozen=True, slots=True)
class PdfPages:
    """A PDF file opened: its pages, and whether its end is missing."""

    pages: tuple[PdfPage, ...]
    truncated: bool = False


def read_pages(data: bytes, *, most_pages: int | None = None) -> PdfPages:
    """All pages of a PDF file.

    Files whose owner restricts copying or printing are read: anybody may open them. Raises UnreadableDocument with
    a Chinese reason for a file that is empty, no PDF, encrypted, damaged or without pages, TooManyPages for one that
    is longer than `most_pages`.
    """
    document = _open(data)
    try:
        count = len(document)
        if count == 0:
            raise UnreadableDocument("PDF文件没有页面")
        if most_pages is not None and count > most_pages:
            raise TooManyPages(count, most_pages)
        pages = tuple(_pages(document, count))
    finally:
        document.close()
    if all(page.broken for page in pages):
        raise UnreadableDocument("PDF文件已损坏，所有页面都无法打开")
    return PdfPages(pages, truncated=b"%%EOF" not in data[-2048:])


def _open(data: bytes) -> pypdfium2.PdfDocument:
    if not data:
        raise UnreadableDocument("文件是空的（0字节）")
    if b"%PDF" not in data[:_HEADER_WITHIN]:
        raise UnreadableDocument("文件内容不是PDF")
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as e:
        code = pdfium.FPDF_GetLastError() if e.err_code is None else e.err_code
        raise UnreadableDocument(_REASONS.get(code, "文件已损坏，无法作为PDF打开")) from e


def _pages(document: pypdfium2.PdfDocument, count: int) -> Iterator[PdfPage]:
    for index in range(count):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            frame = Frame(Box(0, 0, 0, 0))
            yield PdfPage(index + 1, frame, (), Drawing(), broken=f"第{index + 1}页已损坏，无法打开")
            continue
        try:
            yield _page(page, index + 1)
        finally:
            page.close()


def _page(page: pypdfium2.PdfPage, number: int) -> PdfPage:
    frame = Frame(_visible(page), page.get_rotation() % 360)
    width, height = frame.shown_size
    if not (0 < width <= _LARGEST_PAGE and 0 < height <= _LARGEST_PAGE):
        return PdfPage(number, frame, (), Drawing(), broken=f"第{number}页的尺寸不合理（{width:.0f}×{height:.0f}点）")
    objects = page_objects(page)
    widen_text(objects)
    textpage = page.get_textpage()
    try:
        text = characters(textpage, frame)
    finally:
        textpage.close()
    drawn = drawing(objects, text.frame)
    glyphs = tuple(g for g in text.glyphs if g.text >= " ")
    return PdfPage(number, text.frame, glyphs, drawn, legibility(text, drawn))


def _visible(page: pypdfium2.PdfPage) -> Box:
    """The part of the page that a viewer shows: its CropBox where that lies within its MediaBox, else the MediaBox."""
    media = _normal(page.get_mediabox())
    crop = _normal(page.get_cropbox())
    both = Box(max(media.x0, crop.x0), max(media.y0, crop.y0), min(media.x1, crop.x1), min(media.y1, crop.y1))
    return both if both.x1 > both.x0 and both.y1 > both.y0 else media


def _normal(corners: tuple[float, float, float, float]) -> Box:
    xa, ya, xb, yb = corners
    return Box(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
