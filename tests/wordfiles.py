"""Word files that tests read, made by python-docx, with raw WordprocessingML where it has no words for it."""

from __future__ import annotations

import io
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.table import Table

_SPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.{name}"'
    for prefix, name in (
        ("w", "openxmlformats.org/wordprocessingml/2006/main"),
        ("mc", "openxmlformats.org/markup-compatibility/2006"),
        ("wps", "microsoft.com/office/word/2010/wordprocessingShape"),
    )
)


def bytes_of(document: Document) -> bytes:
    """The document as a file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_body(xml: str) -> bytes:
    """A file whose body is that WordprocessingML (prefixes w, mc, wps)."""
    document = docx.Document()
    body = document.element.body
    for element in list(body):
        body.remove(element)
    for element in parse_xml(f"<w:body {_SPACES}>{xml}</w:body>"):
        body.append(element)
    return bytes_of(document)


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; one that is not markup itself becomes plain text."""
    inner = "".join(r if r.startswith("<") else f"<w:r><w:t>{r}</w:t></w:r>" for r in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def filled(table: Table, rows: Iterable[Iterable[str]]) -> Table:
    """The table with its cells' texts set row by row; a None leaves a cell as it is."""
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text:
                table.cell(r, c).text = text
    return table
