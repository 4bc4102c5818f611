"""Word files: paragraphs and tables in body order, tracked changes accepted (DOCX by lxml, DOC and WPS converted)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from pipelines.core.model import Document
from pipelines.documents.compound import SIGNATURE, Compound
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.flow import Block, Grid, Paragraph, assemble
from pipelines.documents.libreoffice import to_docx
from pipelines.documents.media import DOC, DOCX, ODT, RTF, WORKS
from pipelines.documents.nested import table_blocks
from pipelines.documents.package import LOCKED, Package, attribute, child, local
from pipelines.documents.word_numbering import Numbering
from pipelines.documents.word_table import flattened, holders_of
from pipelines.documents.word_text import Inline, inline_of, mark_is_deleted

_SUFFIXES = {DOC: ".doc", RTF: ".rtf", ODT: ".odt", WORKS: ".wps"}
_PICTURES = ("word/media/",)
_FIB_FLAGS, _FIB_ENCRYPTED = 0x0B, 0x01  # [MS-DOC] 2.5.2 FibBase


def read_docx(data: bytes, sha256: str, media_type: str = DOCX) -> Document:
    """A DOCX (DOCM, WPS of today) file; all of it is page 1, since pages are made only in print.

    Raises UnreadableDocument.
    """
    package = Package(data)
    main = package.related("", "officeDocument")
    root = package.xml(main) if main else None
    body = child(root, "body")
    if body is None or main is None:
        raise UnreadableDocument("不是有效的 Word 文件（缺少正文部分）")
    blocks = _Reader(package, main).blocks(body)
    if not any(isinstance(b, Grid) or b.text.strip() for b in blocks):
        pictures = any(name.startswith(_PICTURES) for name in package.names())
        raise UnreadableDocument(
            "Word 文件中只有图片，没有可读的文字；请提供文字版，或另存为 PDF 后按扫描件提交"
            if pictures
            else "文件没有任何文字"
        )
    return assemble(blocks, sha256=sha256, media_type=media_type, engine="docx")


def read_doc(data: bytes, sha256: str, media_type: str = DOC) -> Document:
    """A DOC or WPS (also RTF, ODT, Works, by `media_type`) file, converted to DOCX by LibreOffice.

    Raises UnreadableDocument, also where LibreOffice is not installed.
    """
    if data.startswith(SIGNATURE):
        stream = Compound(data).read("WordDocument")
        if stream is not None and len(stream) > _FIB_FLAGS and stream[_FIB_FLAGS] & _FIB_ENCRYPTED:
            raise UnreadableDocument(LOCKED)
    return read_docx(to_docx(data, _SUFFIXES[media_type]), sha256, media_type)


class _Reader:
    """Walks a document in reading order, which is what automatic numbers are counted in."""

    def __init__(self, package: Package, main: str) -> None:
        self._numbering = Numbering(package, main)
        self._notes: dict[tuple[str, str], etree._Element] = {}
        for kind in ("footnote", "endnote"):
            part = package.related(main, f"{kind}s")
            root = package.xml(part) if part else None
            for note in root if root is not None else ():
                if attribute(note, "type") is None:
                    self._notes[kind, attribute(note, "id") or ""] = note

    def blocks(self, container: etree._Element) -> list[Block]:
        """The paragraphs and grids of a body, cell or text box; the text of footnotes follows where it is called."""
        return [block for block, _ in self._with_notes(container)]

    def _with_notes(self, container: etree._Element) -> Iterator[tuple[Block, bool]]:
        """Each block, and whether it is a footnote."""
        pending = ""
        for element in flattened(container):
            if local(element) == "tbl":
                if pending:
                    yield Paragraph(pending), False
                    pending = ""
                yield from ((block, False) for block in self._table(element))
            elif local(element) == "p":
                inline = inline_of(element)
                text = pending + self._label(element, inline) + inline.text
                pending = text if mark_is_deleted(element) else ""
                if not pending:
                    yield Paragraph(text), False
                for box in inline.boxes:
                    yield from self._with_notes(box)
                yield from ((Paragraph(note), True) for note in self._footnotes(inline))
        if pending:
            yield Paragraph(pending), False

    def _label(self, paragraph: etree._Element, inline: Inline) -> str:
        return self._numbering.label(child(paragraph, "pPr")) if inline.text.strip() or inline.boxes else ""

    def _footnotes(self, inline: Inline) -> Iterator[str]:
        for key in inline.notes:
            note = self._notes.pop(key, None)
            if note is not None:
                texts = (inline_of(p).text.strip() for p in flattened(note) if local(p) == "p")
                yield "\n".join(t for t in texts if t)

    def _table(self, table: etree._Element) -> list[Block]:
        notes: list[str] = []

        def content_of(cell: etree._Element) -> list[Block]:
            read = list(self._with_notes(cell))
            notes.extend(b.text for b, is_note in read if is_note and isinstance(b, Paragraph))
            return [block for block, is_note in read if not is_note]

        blocks = table_blocks(holders_of(table, content_of))
        if blocks and isinstance(blocks[0], Grid) and notes:
            blocks[0] = replace(blocks[0], remarks=tuple(notes))
        return [*blocks, *(Paragraph(n) for n in notes)]
