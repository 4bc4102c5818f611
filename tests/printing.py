"""Tables on paper printed in the forms that bureaus publish: web page, Word, Excel, PDF."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import docx
import pdf_samples
from docx.document import Document
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A2, A3, A4, landscape
from reportlab.platypus import Flowable
from roundtrip import Paper, Placed

from pipelines.core.traced import squeeze

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})*|\d+)(?:\.(\d+))?")
_CODE = re.compile(r"0\d+")


def as_html(paper: Paper) -> bytes:
    """A web page."""
    above = "".join(f"<p>{html.escape(t)}</p>" for t in paper.above())
    return f'<html><head><meta charset="utf-8"></head><body>{above}{html_table(paper)}</body></html>'.encode()


def html_table(paper: Paper) -> str:
    """A table as it stands in a web page."""
    rows = ("".join(_html_cell(c) for c in paper.cells if c.row == r) for r in range(paper.rows))
    return f"<table border=1>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _html_cell(c: Placed) -> str:
    text = html.escape(c.text).replace("\n", "<br>")
    return f'<td rowspan="{c.rows}" colspan="{c.cols}">{text}</td>'


def as_docx(paper: Paper) -> bytes:
    """A Word file."""
    document = docx.Document()
    for text in paper.above():
        document.add_paragraph(text)
    add_table(document, paper)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def add_table(document: Document, paper: Paper) -> None:
    """The table behind what a Word file holds already."""
    table = document.add_table(paper.rows, paper.cols)
    places = [list(row.cells) for row in table.rows]
    for c in paper.cells:
        cell = places[c.row][c.col]
        if c.rows > 1 or c.cols > 1:
            cell = cell.merge(places[c.row + c.rows - 1][c.col + c.cols - 1])
        cell.text = c.text


def as_xlsx(paper: Paper) -> bytes:
    """A workbook, the table ruled, its figures stored as numbers with the format that shows them as printed."""
    book = Workbook()
    sheet = book.active
    above = paper.above()
    for r, text in enumerate(above, 1):
        sheet.cell(r, 1, text)
        sheet.merge_cells(start_row=r, start_column=1, end_row=r, end_column=paper.cols)
    fill_sheet(sheet, paper, len(above))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill_sheet(sheet: Worksheet, paper: Paper, below: int) -> None:
    """The table, ruled, under the first `below` rows of a sheet."""
    side = Side(style="thin")
    for c in paper.cells:
        row, col = c.row + below + 1, c.col + 1
        for i in range(c.rows):
            for j in range(c.cols):
                sheet.cell(row + i, col + j).border = Border(left=side, right=side, top=side, bottom=side)
        number = None if _CODE.fullmatch(c.text) else _NUMBER.fullmatch(c.text)
        cell = sheet.cell(row, col)
        if number:
            cell.value = float(c.text.replace(",", ""))
            decimals = f".{'0' * len(number[1])}" if number[1] else ""
            cell.number_format = ("#,##0" if "," in c.text else "0") + decimals
        else:
            cell.value = c.text or None
        if c.rows > 1 or c.cols > 1:
            sheet.merge_cells(start_row=row, start_column=col, end_row=row + c.rows - 1, end_column=col + c.cols - 1)


def as_pdf(paper: Paper, style: str = "ruled", size: float = 9, *, padding: float = 3, valign: str = "MIDDLE") -> bytes:
    """A PDF, wide tables across the page, the headings again on each; `style` as in `pdf_samples.LINES`.

    Without `padding` rows are set as close as the lines of a cell, as Word sets them.
    """
    page = landscape(A2) if paper.cols > 13 else landscape(A4) if paper.cols > 9 else A3
    width = page[0] - 80
    above = [
        pdf_samples.line(t, size=16, align="centre") if t == paper.title else pdf_samples.line(t, align="right")
        for t in paper.above()
    ]
    table = pdf_table(paper, width, style, size, repeat=paper.heads, padding=padding, valign=valign)
    if style == "three_line":
        # The rule under the headings belongs to them, so that it stands under them on every page.
        table.setStyle([("LINEBELOW", (0, paper.heads - 1), (-1, paper.heads - 1), 0.6, black)])
        table.setStyle([_under(c) for c in paper.cells if c.row < paper.heads and c.cols > 1])
    return pdf_samples.pdf(*above, table, pagesize=page)


def pdf_table(
    paper: Paper,
    width: float,
    style: str = "ruled",
    size: float = 9,
    repeat: int = 0,
    padding: float = 3,
    valign: str = "MIDDLE",
) -> Flowable:
    """The table so wide (points) on a PDF page, its first `repeat` rows again on each."""
    needs = [max(_need(t) for t in column) for column in zip(*_one_column_texts(paper), strict=True)]
    spans = [
        ((c.col, c.row), (c.col + c.cols - 1, c.row + c.rows - 1)) for c in paper.cells if c.rows > 1 or c.cols > 1
    ]
    return pdf_samples.table(
        paper.texts(),
        style,
        widths=[width * n / sum(needs) for n in needs],
        heads=max(1, paper.heads),
        spans=spans,
        size=size,
        repeat=repeat,
        by_column=style == "three_line",
        padding=padding,
        valign=valign,
    )


def _under(c: Placed) -> tuple[Any, ...]:
    """The rule under a heading of a three-line table that stands over several columns."""
    last = c.row + c.rows - 1
    return ("LINEBELOW", (c.col, last), (c.col + c.cols - 1, last), 0.4, black)


def _one_column_texts(paper: Paper) -> list[list[str]]:
    """All rows without what stands in cells over several columns, which need no width of their own."""
    wide = {(c.row, c.col) for c in paper.cells if c.cols > 1}
    return [["" if (r, c) in wide else t for c, t in enumerate(row)] for r, row in enumerate(paper.texts())]


def _need(text: str) -> float:
    """How much width a cell asks for: figures must fit on their line, words may wrap."""
    length = len(squeeze(text))
    return 3.0 + (length if text.isascii() else min(length, 8) + max(0, length - 8) ** 0.5)
