"""Small PDF files made for tests: tables in the styles that reports use, with a Chinese font that is not embedded."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

Rows = Sequence[Sequence[str]]
Span = tuple[tuple[int, int], tuple[int, int]]
"""First and last place of a merged cell as (column, row)."""

LINES: dict[str, list[tuple[Any, ...]]] = {
    "ruled": [("GRID", (0, 0), (-1, -1), 0.5, black)],
    "three_line": [
        ("LINEABOVE", (0, 0), (-1, 0), 1.2, black),
        ("LINEABOVE", (0, "head"), (-1, "head"), 0.6, black),
        ("LINEBELOW", (0, -1), (-1, -1), 1.2, black),
    ],
    "rows_only": [("LINEABOVE", (0, 0), (-1, -1), 0.5, black), ("LINEBELOW", (0, -1), (-1, -1), 0.5, black)],
    "borderless": [],
    "shaded": [
        ("BACKGROUND", (0, 0), (-1, 0), HexColor("#4472c4")),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [HexColor("#d9e2f3"), white]),
    ],
    "open_sides": [
        ("INNERGRID", (0, 0), (-1, -1), 0.5, black),
        ("LINEABOVE", (0, 0), (-1, 0), 0.5, black),
        ("LINEBELOW", (0, -1), (-1, -1), 0.5, black),
    ],
}


_FIGURE = re.compile(r"-?[\d,.]+%?$")


def table(
    rows: Rows,
    style: str = "ruled",
    *,
    widths: Sequence[float] | None = None,
    heads: int = 1,
    spans: Sequence[Span] = (),
    size: float = 9,
    valign: str = "MIDDLE",
    repeat: int = 0,
    by_column: bool = False,
    padding: float = 3,
) -> Flowable:
    """A table with wrapped cells; headings are centred, figures set to the right, words to the left: each cell by
    itself or, `by_column`, all of a column like most of them. `padding` points are left above and below each cell."""
    words = ParagraphStyle("words", fontName=FONT, fontSize=size, leading=size * 1.2, wordWrap="CJK")
    figures = ParagraphStyle("figures", parent=words, alignment=2)
    headings = ParagraphStyle("headings", parent=words, alignment=1)
    usual = [_mostly_figures([row[c] for row in rows[heads:]]) for c in range(len(rows[0]))]

    def style_of(r: int, c: int, text: str) -> ParagraphStyle:
        to_the_right = usual[c] if by_column else bool(_FIGURE.match(text))
        return headings if r < heads else figures if to_the_right else words

    cells = [
        [Paragraph(_escaped(t), style_of(r, c, t)) if t else "" for c, t in enumerate(row)]
        for r, row in enumerate(rows)
    ]
    commands = [tuple(heads if part == "head" else part for part in c) for c in LINES[style]]
    commands = [_resolved(c, heads) for c in commands]
    commands += [("TOPPADDING", (0, 0), (-1, -1), padding), ("BOTTOMPADDING", (0, 0), (-1, -1), padding)]
    commands += [("VALIGN", (0, 0), (-1, -1), valign), *(("SPAN", *s) for s in spans)]
    return Table(cells, colWidths=widths, repeatRows=repeat, style=commands)


def _mostly_figures(texts: Sequence[str]) -> bool:
    filled = [t for t in texts if t]
    return 2 * sum(bool(_FIGURE.match(t)) for t in filled) > len(filled)


def _resolved(command: tuple[Any, ...], heads: int) -> tuple[Any, ...]:
    return tuple(tuple(heads if x == "head" else x for x in p) if isinstance(p, tuple) else p for p in command)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")


def line(text: str, *, size: float = 10.5, align: str = "left") -> Flowable:
    """A line of text."""
    alignment = {"left": 0, "centre": 1, "right": 2}[align]
    return Paragraph(
        _escaped(text),
        ParagraphStyle("line", fontName=FONT, fontSize=size, leading=size * 1.6, alignment=alignment, wordWrap="CJK"),
    )


def pdf(
    *flowables: Flowable | None,
    pagesize: tuple[float, float] | None = None,
    on_page: Callable[[Canvas, Any], None] | None = None,
) -> bytes:
    """A PDF of the flowables one under another; None begins a new page. `on_page` draws on each page."""
    out = io.BytesIO()
    story = [PageBreak() if f is None else f for f in flowables]
    template = SimpleDocTemplate(
        out,
        pagesize=pagesize or landscape(A4),
        leftMargin=40,
        rightMargin=40,
        topMargin=40,
        bottomMargin=50,
        invariant=1,
    )
    nothing: Callable[[Canvas, Any], None] = lambda _c, _d: None  # noqa: E731
    template.build(story, onFirstPage=on_page or nothing, onLaterPages=on_page or nothing)
    return out.getvalue()


def drawn(draw: Callable[[Canvas], None], pagesize: tuple[float, float] = A4) -> bytes:
    """A PDF of what `draw` puts on a canvas; it ends its own pages but the last."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=pagesize, invariant=1)
    canvas.setFont(FONT, 10)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def space(points: float = 12) -> Flowable:
    """Room between two flowables."""
    return Spacer(1, points)
