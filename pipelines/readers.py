"""Which reader a file needs: by its content, never by its name, and loaded only when a file needs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import Any

from pipelines.core.model import Document, Line, Table
from pipelines.documents import archive, media
from pipelines.documents.errors import TooManyPages, UnreadableDocument
from pipelines.documents.sniff import refusal, sniff
from pipelines.documents.text import read_text
from pipelines.tables import barred, continued, counted, flowed, forms, spaced

_BUILT_IN_GRIDS = {
    media.DOCX: ("pipelines.documents.word", "read_docx"),
    media.DOC: ("pipelines.documents.word", "read_doc"),
    media.RTF: ("pipelines.documents.word", "read_doc"),
    media.ODT: ("pipelines.documents.word", "read_doc"),
    media.WORKS: ("pipelines.documents.word", "read_doc"),
    media.XLSX: ("pipelines.documents.sheet", "read_xlsx"),
    media.XLS: ("pipelines.documents.sheet", "read_xls"),
    media.HTML: ("pipelines.documents.web", "read_html"),
    media.MHTML: ("pipelines.documents.web", "read_mhtml"),
    media.MARKDOWN: ("pipelines.documents.markup", "read_markdown"),
    media.CSV: ("pipelines.documents.delimited", "read_csv"),
    media.TSV: ("pipelines.documents.delimited", "read_csv"),
}
_IMAGES = frozenset({media.PNG, media.JPEG, media.TIFF, media.BMP, media.GIF, media.WEBP})
_TYPED = frozenset({media.DOCX, media.DOC, media.RTF, media.ODT, media.WORKS, media.CSV, media.TSV})


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as read: its document, its tables in reading order, and the lines that belong to none of them.

    `whole_lines` says that a line is a paragraph, as in Word and on the web, not what fitted between two margins.
    """

    document: Document
    tables: tuple[Table, ...] = ()
    prose: tuple[Line, ...] = ()
    whole_lines: bool = False


def opened(data: bytes, sha256: str, most_pages: int | None = None) -> Opened:
    """A file with its tables apart from its prose. What cannot be read is a quarantined document with its reason.

    Raises TooManyPages for a file of more than `most_pages`.
    """
    media_type = sniff(data)
    try:
        if media_type == media.TEXT:
            return _text(data, sha256)
        if media_type == media.PDF:
            return _pdf(data, sha256, most_pages)
        if media_type in _IMAGES:
            return _scanned(data, sha256, media_type, None, most_pages)
        if media_type in _BUILT_IN_GRIDS:
            document = _reader(media_type)(data, sha256)
            return Opened(document, document.grids, document.lines, whole_lines=True)
        if media_type == media.ZIP:
            return _refused(sha256, media_type, _not_unpacked(data))
    except TooManyPages:
        raise
    except UnreadableDocument as e:
        return _refused(sha256, media_type, e.reason)
    return _refused(sha256, media_type, refusal(media_type) or f"暂不支持读取这类文件（{media_type}）")


def _reader(media_type: str) -> Callable[[bytes, str], Document]:
    module, name = _BUILT_IN_GRIDS[media_type]
    read: Callable[..., Document] = getattr(import_module(module), name)
    return partial(read, media_type=media_type) if media_type in _TYPED else read


def _text(data: bytes, sha256: str) -> Opened:
    document = read_text(data, sha256)
    tables, prose = barred.split(document.lines)
    more, prose = flowed.split(prose, len(tables) + 1)
    tables += continued.joined(more)
    more, prose, left_out = forms.split(prose, len(tables) + 1)
    tables += more
    for split in (spaced.split, counted.split):
        more, prose = split(prose, len(tables) + 1)
        tables += more
    if left_out:
        reason = f"有的栏空格丢失，数归哪一栏不能确定，没有读入：{'；'.join(left_out)}"
        document = replace(document, status="partial", reason=reason)
    return Opened(document, tuple(tables), tuple(prose))


def _pdf(data: bytes, sha256: str, most_pages: int | None) -> Opened:
    reading = import_module("pipelines.tables.pdf_tables").read_pdf(data, sha256, most_pages=most_pages)
    if reading.needs_ocr:
        return _scanned(data, sha256, media.PDF, reading, most_pages)
    return Opened(reading.document, reading.document.grids, reading.prose)


def _scanned(data: bytes, sha256: str, media_type: str, reading: Any, most_pages: int | None) -> Opened:
    """A PDF with pages that must be recognised (`reading` is what its other pages say), or an image."""
    recognise = import_module("pipelines.tables.scanned").read_scanned
    recognised = recognise(data, sha256, media_type, reading, most_pages)
    return Opened(recognised.document, recognised.document.grids, recognised.prose)


def _not_unpacked(data: bytes) -> str:
    """Why an archive gives no documents: those that do are read member by member. Raises UnreadableDocument."""
    next(archive.members(data))
    return "压缩包里没有可读取的报告"


def _refused(sha256: str, media_type: str, reason: str) -> Opened:
    return Opened(Document(sha256, media_type, "", (), 0, status="quarantined", reason=reason))
