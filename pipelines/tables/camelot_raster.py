"""Camelot's lattice on the image of a scanned page, with the recognised words as its text: the second engine there.

Its seams are camelot 2.0's: a backend is any object with `convert` and `to_array`; a parser takes text lines from
anywhere. Pinned to that version.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from pipelines.core.model import Box
from pipelines.documents.scan_image import Pixels
from pipelines.tables.camelot import ruled
from pipelines.tables.page_table import PageTable

_LINE_SCALE = 40  # of the page's side: rules this short are found; shorter, and strokes of characters would be


@dataclass(frozen=True, slots=True)
class _Image:
    """A page that is an image already."""

    pixels: Pixels

    def to_array(self, _path: str, _page: int = 1, **_options: Any) -> Pixels:
        return self.pixels

    def convert(self, _path: str, _png: str, **_options: Any) -> None:
        raise NotImplementedError("the parser takes the array")


@dataclass(frozen=True, slots=True)
class _TextLine:
    """A recognised word as camelot wants its text, in points from the bottom left."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    def get_text(self) -> str:
        return self.text


def lattice(
    number: int, pixels: Pixels, size: tuple[float, float], words: Iterable[tuple[str, Box]]
) -> list[PageTable]:
    """The ruled tables on a straight page image that is `size` (width, height) points large, blank ones included."""
    parsers = import_module("camelot.parsers")
    parser: Any = parsers.Lattice(engine="raster", backend=_Image(pixels), line_scale=_LINE_SCALE)
    parser._reject_table = lambda _table: False  # it drops grids of which nine tenths are blank
    lines: Sequence[_TextLine] = [_TextLine(text, b.x0, b.y0, b.x1, b.y1) for text, b in words]
    parser.prepare_page_parse("page.png", None, size, number, [], lines, [], "", layout_kwargs={})
    return [ruled(number, table) for table in parser.extract_tables()]
