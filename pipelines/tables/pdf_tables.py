"""A PDF file as a Document: every line with its place and its role, and its tables whole, from both engines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pipelines.core.model import Document, Line, Table
from pipelines.documents.pdf import MEDIA_TYPE, PdfPage, PdfPages, read_pages
from pipelines.documents.pdf_furniture import page_numbers, running_heads
from pipelines.tables import borderless, camelot
from pipelines.tables.agreement import Dispute, compared, unmatched
from pipelines.tables.grid import ruled_tables
from pipelines.tables.page_content import PageContent, PrintedLine, arranged, content_of
from pipelines.tables.page_table import PageTable
from pipelines.tables.stitch import Stitched, stitched

_MOST_NAMED = 10  # pages named one by one in a reason


class Recognised(Protocol):
    """A page whose words were read from its image, and are among the glyphs of `page`."""

    @property
    def page(self) -> PdfPage:
        """The page, to be read like one whose words the file holds."""
        ...

    @property
    def printed(self) -> bool:
        """Whether the file itself holds words of the page too."""
        ...

    @property
    def second(self) -> Sequence[PageTable]:
        """Its ruled tables as the second engine sees them on the image."""
        ...

    def judged(self, table: PageTable) -> tuple[PageTable, list[Dispute]]:
        """A table of the page with the confidence of its cells, and what doubtful figures may be instead."""
        ...


@dataclass(frozen=True, slots=True)
class PdfReading:
    """A PDF file as read.

    `roles[i]` says what `document.lines[i]` is: `prose`, `table` (inside one), `head` (title, unit and captions of a
    table), `note` (under one) or `furniture` (page number, running head). `needs_ocr` names the pages (from 1) that
    must be read from their image, with the reason in Chinese; `disputes` are the cells that the two engines read
    differently, with both readings.
    """

    document: Document
    roles: tuple[str, ...]
    needs_ocr: tuple[tuple[int, str], ...] = ()
    disputes: tuple[Dispute, ...] = ()

    @property
    def prose(self) -> tuple[Line, ...]:
        """The lines that belong to no table, in reading order."""
        return tuple(x for x, role in zip(self.document.lines, self.roles, strict=True) if role == "prose")


def read_pdf(data: bytes, sha256: str, *, most_pages: int | None = None) -> PdfReading:
    """Reads a PDF file. Boxes are points of the page as shown, origin bottom left.

    Raises UnreadableDocument (Chinese reason) where the file cannot be opened at all. Pages that cannot be read leave
    the document `partial`, or `quarantined` where there are no others.
    """
    return assembled(data, sha256, MEDIA_TYPE, read_pages(data, most_pages=most_pages), {})


def assembled(
    data: bytes, sha256: str, media_type: str, opened: PdfPages, scans: Mapping[int, Recognised]
) -> PdfReading:
    """What the pages of a file say, those in `scans` (by page number) as they were recognised."""
    opened = replace(opened, pages=tuple(scans[p.number].page if p.number in scans else p for p in opened.pages))
    contents, disputes = _contents(data, opened.pages, scans)
    heads = running_heads([[x.line for x in c.lines] for c in contents], [c.page.frame.read_size[1] for c in contents])
    placed, printed = arranged(contents, heads)
    lines, roles = _numbered(printed)
    status, reason = _status(opened)
    document = Document(
        sha256=sha256,
        media_type=media_type,
        text="\n".join(line.text for line in lines),
        lines=tuple(lines),
        pages=len(opened.pages),
        grids=tuple(_table(n, t) for n, t in enumerate(stitched(placed), 1)),
        status=status,
        reason=reason,
    )
    needs_ocr = tuple((p.number, p.legibility.needs_ocr) for p in opened.pages if p.legibility.needs_ocr)
    return PdfReading(document, tuple(roles), needs_ocr, tuple(disputes))


def _contents(
    data: bytes, pages: Sequence[PdfPage], scans: Mapping[int, Recognised]
) -> tuple[list[PageContent], list[Dispute]]:
    """The tables and the remaining lines of each page that can be read."""
    usable = [p for p in pages if p.legibility.usable and not p.broken]
    numbered = dict(zip((p.number for p in usable), page_numbers(usable), strict=True))
    glyphs = {p.number: [g for i, g in enumerate(p.glyphs) if i not in numbered[p.number]] for p in usable}
    ruled = {p.number: ruled_tables(p, glyphs[p.number]) for p in usable}
    second = camelot.lattice(data, [p for p in usable if ruled[p.number] and _is_printed(p, scans)])
    for n, recognised in scans.items():
        second.tables.setdefault(n, []).extend(recognised.second)
    disputes: list[Dispute] = []
    contents = []
    for page in usable:
        tables: list[PageTable] = []
        for own in ruled[page.number]:
            table, differing = compared(own, second.tables.get(page.number, ()))
            tables.append(table)
            disputes += differing
        tables += unmatched(tables, second.tables.get(page.number, ()))
        contents.append(content_of(page, tables, glyphs[page.number], numbered[page.number]))
    images = {n for n in scans if not scans[n].printed}
    return _judged(borderless.added(data, contents, images), scans, disputes), disputes


def _is_printed(page: PdfPage, scans: Mapping[int, Recognised]) -> bool:
    return page.number not in scans or scans[page.number].printed


def _judged(
    contents: Iterable[PageContent], scans: Mapping[int, Recognised], disputes: list[Dispute]
) -> list[PageContent]:
    """The contents with the confidence of recognised cells; what they may say instead is added to `disputes`."""
    out = []
    for content in contents:
        scan = scans.get(content.page.number)
        if scan is not None:
            judged = [scan.judged(t) for t in content.tables]
            disputes += (d for _, doubts in judged for d in doubts)
            content = replace(content, tables=tuple(t for t, _ in judged))  # noqa: PLW2901
        out.append(content)
    return out


def _numbered(printed: Iterable[PrintedLine]) -> tuple[list[Line], list[str]]:
    lines: list[Line] = []
    roles: list[str] = []
    start = 0
    for item in printed:
        text = item.line.text
        box = item.page.frame.shown(item.line.box)
        lines.append(Line(item.page.number, len(lines) + 1, text, start, box))
        roles.append(item.role)
        start += len(text) + 1
    return lines, roles


def _table(number: int, whole: Stitched) -> Table:
    first = whole.first
    return Table(
        number=number,
        page=first.table.page,
        title=first.title,
        unit=first.unit,
        cells=tuple(sorted(whole.cells, key=lambda c: (c.row, c.col))),
        engine=first.table.engine,
        notes=whole.notes,
        caption=first.caption,
    )


def _status(opened: PdfPages) -> tuple[str, str | None]:
    reasons: dict[str, list[int]] = {}
    for p in opened.pages:
        reason = "页面已损坏" if p.broken else p.legibility.needs_ocr
        if reason:
            reasons.setdefault(reason, []).append(p.number)
    words = [f"第{_pages(numbers)}页：{reason}" for reason, numbers in reasons.items()]
    if opened.truncated:
        words.append("文件没有结尾标记，可能不完整")
    read = [p for p in opened.pages if p.glyphs and p.legibility.usable and not p.broken]
    if not read:
        return "quarantined", "；".join(words) or "所有页面都是空白"
    return ("partial", "；".join(words)) if words else ("parsed", None)


def _pages(numbers: Sequence[int]) -> str:
    named = "、".join(str(n) for n in numbers[:_MOST_NAMED])
    return f"{named}等{len(numbers)}" if len(numbers) > _MOST_NAMED else named
