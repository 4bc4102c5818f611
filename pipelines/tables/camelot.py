"""The second engine: camelot reads the same PDF pages by its own means, in the same frame, for comparison.

Its parsers are called below `camelot.read_pdf`, which refuses files whose owner restricts copying, drops grids that
are nearly blank, and turns pages on its own: here both engines must see the page alike. Pinned to camelot 2.0.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipelines.core.model import Box, Cell
from pipelines.core.traced import squeeze
from pipelines.documents.pdf import PdfPage
from pipelines.documents.pdf_frame import apply
from pipelines.tables.grid import rectangles
from pipelines.tables.page_table import PageTable
from pipelines.tables.rule_network import Groups

ENGINE_LATTICE = "camelot-lattice"
ENGINE_STREAM = "camelot-stream"

_ROW_TOLERANCE = 2


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What camelot read: tables by page number, and for pages that it could not read the error it gave."""

    tables: dict[int, list[PageTable]] = field(default_factory=dict)
    failures: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _PageText:
    """A page as camelot's parsers want it. (dx, dy) moves its coordinates into the frame of the page as read."""

    layout: Any
    size: tuple[float, float]
    images: list[Any]
    across: list[Any]
    upright: list[Any]
    dx: float
    dy: float


def _module(name: str) -> Any:
    """camelot and its PDF reader take a second to import: only PDFs with tables pay for it."""
    return importlib.import_module(name)


def lattice(data: bytes, pages: Sequence[PdfPage]) -> SecondReading:
    """The ruled tables of these pages by camelot's vector lattice, blank ones included."""
    parsers = _module("camelot.parsers")

    def read(page: PdfPage, text: _PageText) -> list[PageTable]:
        parser: Any = parsers.Lattice(engine="vector", split_text=True)
        # It drops grids of which nine tenths are blank, as 政府性基金 and 国有资本经营 usually are: here it may not.
        parser._reject_table = lambda _table: False
        return [ruled(page.number, t, text.dx, text.dy) for t in _extracted(parser, page, text)]

    return _reading(data, pages, read)


def stream(data: bytes, areas: dict[int, list[Box]], pages: Sequence[PdfPage]) -> SecondReading:
    """The tables in the given areas (boxes of the page as read, by page number) by the spaces between their words."""
    parsers = _module("camelot.parsers")

    def read(page: PdfPage, text: _PageText) -> list[PageTable]:
        out = []
        for b in areas.get(page.number, ()):
            area = f"{b.x0 - text.dx},{b.y1 - text.dy},{b.x1 - text.dx},{b.y0 - text.dy}"
            parser = parsers.Stream(table_areas=[area], split_text=True, row_tol=_ROW_TOLERANCE)
            out += [_spaced(page.number, t, text) for t in _extracted(parser, page, text)]
        return out

    return _reading(data, [p for p in pages if p.number in areas], read)


def _reading(data: bytes, pages: Sequence[PdfPage], read: Any) -> SecondReading:
    result = SecondReading()
    if not pages:
        return result
    try:
        with _quiet(), _module("playa").parse(data, space="page") as document:
            for page in pages:
                try:
                    result.tables[page.number] = read(page, _page_text(document.pages[page.number - 1], page))
                except MemoryError:
                    raise
                except Exception as e:  # noqa: BLE001 - pdfium mends files that its reader trips over in any way
                    result.failures[page.number] = f"{type(e).__name__}: {e}"
    except MemoryError:
        raise
    except Exception as e:  # noqa: BLE001
        result.failures.update({p.number: f"{type(e).__name__}: {e}" for p in pages if p.number not in result.tables})
    return result


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keeps its remarks on broken files out of the log: what they come to is in the failures."""
    logger = logging.getLogger("playa")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _page_text(source: Any, page: PdfPage) -> _PageText:
    utils = _module("camelot.utils")
    matrix = source.set_initial_ctm("page", (page.frame.rotation + page.frame.turn) % 360)
    crop = page.frame.crop
    corners = [apply(matrix, crop.x0, crop.y0), apply(matrix, crop.x1, crop.y1)]
    # boxes_flow=None: nothing here needs text boxes in reading order, and ordering them doubles the time.
    layout, size = utils.get_page_layout(source, boxes_flow=None)
    images, _, across, upright = utils.get_image_char_and_text_objects(layout)
    dx, dy = -min(c[0] for c in corners), -min(c[1] for c in corners)
    return _PageText(layout, size, images, across, upright, dx, dy)


def _extracted(parser: Any, page: PdfPage, text: _PageText) -> list[Any]:
    parser.prepare_page_parse(
        "page.pdf", text.layout, text.size, page.number, text.images, text.across, text.upright, "", layout_kwargs={}
    )
    return list(parser.extract_tables())


def ruled(number: int, table: Any, dx: float = 0.0, dy: float = 0.0) -> PageTable:
    """A table of camelot's lattice on page `number`, moved by (dx, dy) points into the frame of the page as read.

    The cells between which camelot found no edge are one merged cell.
    """
    rows, cols = len(table.cells), len(table.cells[0]) if table.cells else 0
    groups = Groups(rows * cols)
    for r in range(rows):
        for c in range(cols):
            cell = table.cells[r][c]
            if c + 1 < cols and not (cell.right or table.cells[r][c + 1].left):
                groups.join(r * cols + c, r * cols + c + 1)
            if r + 1 < rows and not (cell.bottom or table.cells[r + 1][c].top):
                groups.join(r * cols + c, (r + 1) * cols + c)
    areas: dict[int, list[tuple[int, int]]] = {}
    for place in range(rows * cols):
        areas.setdefault(groups.find(place), []).append(divmod(place, cols))
    xs, ys = _lines(table, dx, dy)
    cells = tuple(_merged(number, table, area, xs, ys) for area in areas.values())
    return PageTable(number, ENGINE_LATTICE, xs, ys, tuple(c for group in cells for c in group))


def _merged(
    number: int, table: Any, area: list[tuple[int, int]], xs: Sequence[float], ys: Sequence[float]
) -> Iterator[Cell]:
    for row, col, rows, cols in rectangles(area):
        texts = (table.cells[r][c].text.strip() for r in range(row, row + rows) for c in range(col, col + cols))
        box = Box(xs[col], ys[row + rows], xs[col + cols], ys[row])
        yield Cell(row, col, "\n".join(t for t in texts if t), rows, cols, page=number, box=box)


def _spaced(number: int, table: Any, text: _PageText) -> PageTable:
    xs, ys = _lines(table, text.dx, text.dy)
    cells = tuple(
        Cell(r, c, cell.text.strip(), page=number, box=Box(xs[c], ys[r + 1], xs[c + 1], ys[r]))
        for r, row in enumerate(table.cells)
        for c, cell in enumerate(row)
        if squeeze(cell.text)
    )
    return PageTable(number, ENGINE_STREAM, xs, ys, cells)


def _lines(table: Any, dx: float, dy: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    xs = [table.cols[0][0], *(c[1] for c in table.cols)]
    ys = [table.rows[0][0], *(r[1] for r in table.rows)]
    return tuple(x + dx for x in xs), tuple(y + dy for y in ys)
