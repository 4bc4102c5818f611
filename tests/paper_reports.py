"""Whole made reports, lines and tables, that can be handed in in every form in which bureaus publish.

A table is written with `|` between its cells; `<` is a place that the cell to the left covers, `^` one that the cell
above covers. Figures are invented; in a clean report they agree with each other.
"""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Sequence

import docx
import pdf_samples
import printing
from openpyxl import Workbook
from reportlab.lib.pagesizes import A3, A4, landscape
from roundtrip import Paper, Placed

Report = Sequence[str | Paper]
"""The lines and tables of a report from the top."""

_WIDEST_UPRIGHT = 8  # columns on an upright page
_TITLE_ENDS = ("表", "算", "告")


def table(text: str, heads: int = 1) -> Paper:
    """A table of its drawing; the first `heads` rows are its headings."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").split("\n")]
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    cells = []
    for r, row in enumerate(rows):
        for c, content in enumerate(row):
            if content in ("<", "^"):
                continue
            cols = next((k for k in range(1, width - c) if row[c + k] != "<"), width - c)
            high = next((k for k in range(1, len(rows) - r) if rows[r + k][c] != "^"), len(rows) - r)
            cells.append(Placed(r, c, content, high, cols))
    return Paper(None, None, tuple(cells), heads)


def changed(report: Report, old: str, new: str) -> list[str | Paper]:
    """The report with one cell or line misprinted: the first that says `old`. Raises ValueError where none does."""
    out: list[str | Paper] = list(report)
    for k, part in enumerate(out):
        if isinstance(part, str):
            if old in part:
                out[k] = part.replace(old, new, 1)
                return out
            continue
        at = next((i for i, c in enumerate(part.cells) if c.text == old), None)
        if at is not None:
            cell = part.cells[at]
            there = Placed(cell.row, cell.col, new, cell.rows, cell.cols)
            out[k] = Paper(part.title, part.unit, (*part.cells[:at], there, *part.cells[at + 1 :]), part.heads)
            return out
    raise ValueError(old)


def as_cells(report: Report) -> bytes:
    """Text of one cell a line: a merged cell once, a blank one under a cell that reaches down."""
    out: list[str] = []
    for part in report:
        if isinstance(part, str):
            out += [part, ""]
            continue
        for r in range(part.rows):
            here = sorted((c for c in part.cells if c.row <= r < c.row + c.rows), key=lambda c: c.col)
            out += ["", *("\t" + (c.text if c.row == r else "") for c in here)]
        out += ["", ""]
    return "\n".join(out).encode()


def as_tabs(report: Report) -> bytes:
    """Text of one row a line, tabs between the cells; what a merged cell covers is blank."""
    out: list[str] = []
    for part in report:
        out += [part, ""] if isinstance(part, str) else [*("\t".join(row) for row in part.texts()), ""]
    return "\n".join(out).encode()


def as_markdown(report: Report) -> bytes:
    """Markdown with pipe tables, which know no merged cells."""
    out: list[str] = []
    for part in report:
        if isinstance(part, str):
            out += [part, ""]
            continue
        first, *rest = (f"| {' | '.join(row)} |" for row in part.texts())
        out += [first, "|" + "---|" * part.cols, *rest, ""]
    return "\n".join(out).encode()


def as_html(report: Report) -> bytes:
    """A web page."""
    body = "".join(f"<p>{html.escape(p)}</p>" if isinstance(p, str) else printing.html_table(p) for p in report)
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


def as_docx(report: Report) -> bytes:
    """A Word file."""
    document = docx.Document()
    for part in report:
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            printing.add_table(document, part)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_xlsx(report: Report) -> bytes:
    """A workbook, a sheet for each table with the lines above it; lines behind the last table stand under it."""
    book = Workbook()
    book.remove(book.active)
    above: list[str] = []
    for part in report:
        if isinstance(part, str):
            above.append(part)
            continue
        sheet = book.create_sheet(f"Sheet{len(book.worksheets) + 1}")
        for r, text in enumerate(above, 1):
            sheet.cell(r, 1, text)
            sheet.merge_cells(start_row=r, start_column=1, end_row=r, end_column=part.cols)
        printing.fill_sheet(sheet, part, len(above))
        above = []
    for text in above:
        book.worksheets[-1].append([text])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_pdf(report: Report) -> bytes:
    """A PDF with ruled tables."""
    widest = max((p.cols for p in report if not isinstance(p, str)), default=1)
    page = landscape(A3) if widest > _WIDEST_UPRIGHT else A4
    flow = [
        pdf_samples.line(p, size=16, align="centre")
        if isinstance(p, str) and p.endswith(_TITLE_ENDS)
        else pdf_samples.line(p)
        if isinstance(p, str)
        else printing.pdf_table(p, page[0] - 80)
        for p in report
    ]
    return pdf_samples.pdf(*flow, pagesize=page)


FORMS: dict[str, Callable[[Report], bytes]] = {
    "cells": as_cells,
    "tabs": as_tabs,
    "markdown": as_markdown,
    "html": as_html,
    "docx": as_docx,
    "xlsx": as_xlsx,
    "pdf": as_pdf,
}
"""The forms by name."""
