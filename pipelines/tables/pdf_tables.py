"""A PDF file as a Document: every line with its place and its role, and its tables whole, from both engines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
    opened = read_pages(data, most_pages=most_pages)
    contents, disputes = _contents(data, opened.pages)
    heads = running_heads([[x.line for x in c.lines] for c in contents], [c.page.frame.read_size[1] for c in contents])
    placed, printed = arranged(contents, heads)
    lines, roles = _numbered(printed)
    status, reason = _status(opened)
    document = Document(
        sha256=sha256,
        media_type=MEDIA_TYPE,
        text="\n".join(line.text for line in lines),
        lines=tuple(lines),
        pages=len(opened.pages),
        grids=tuple(_table(n, t) for n, t in enumerate(stitched(placed), 1)),
        status=status,
        reason=reason,
    )
    needs_ocr = tuple((p.number, p.legibility.needs_ocr) for p in opened.pages if p.legibility.needs_ocr)
    return PdfReading(document, tuple(roles), needs_ocr, tuple(disputes))


def _contents(data: bytes, pages: Sequence[PdfPage]) -> tuple[list[PageContent], list[Dispute]]:
    """The tables and the remaining lines of each page that can be read."""
    usable = [p for p in pages if p.legibility.usable and not p.broken]
    numbered = dict(zip((p.number for p in usable), page_numbers(usable), strict=True))
    glyphs = {p.number: [g for i, g in enumerate(p.glyphs) if i not in numbered[p.number]] for p in usable}
    ruled = {p.number: ruled_tables(p, glyphs[p.number]) for p in usable}
    second = camelot.lattice(data, [p for p in usable if ruled[p.number]])
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
    return borderless.added(data, contents), disputes


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
