"""The straight rules, filled areas and pictures that a PDF page draws, as geometry in its reading frame."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pipelines.core.model import Box
from pipelines.documents.pdf_frame import IDENTITY, Frame, Matrix, apply, then

STRAIGHT = 0.7  # points: how far the ends of a rule may be out of line
THIN = 2.5  # points: a filled area thinner than this is a rule
_SOLID = 8.0  # points: a filled area wider and higher than this is a shaded cell
_DEEPEST = 6  # forms within forms
_NO_WIDTH = 0.01  # points: pdfium leaves narrower text objects out of the text of a page
_WHITE = 250  # of 255, in every channel: not visible on paper
_MOST_SEGMENTS = 200_000  # of one page: beyond this a drawing, not a table


class Rule(NamedTuple):
    """A straight rule: horizontal at height `at` from x `lo` to `hi`, or vertical at x `at` from y `lo` to `hi`."""

    at: float
    lo: float
    hi: float


@dataclass(slots=True)
class Drawing:
    """What a page draws besides text, in points of the page as read.

    `shades` are filled areas large enough to be a cell; `pictures` the boxes of images; `curves` counts curved
    segments (outlined letters are drawn with thousands).
    """

    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    shades: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    curves: int = 0


class _Segment(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float


class _Stroke(NamedTuple):
    """A candidate rule before it is known to be seen."""

    segment: _Segment
    white: bool


class PageObject(NamedTuple):
    """Something that a page draws, with the map from its own coordinates to user space (for text: of its form)."""

    kind: int
    item: Any
    matrix: Matrix


def page_objects(page: Any) -> list[PageObject]:
    """Every object that a page (a pypdfium2 page) draws, in the order of drawing, those inside forms included."""
    raw = page.raw
    top = [pdfium.FPDFPage_GetObject(raw, i) for i in range(pdfium.FPDFPage_CountObjects(raw))]
    waiting = [(item, IDENTITY, 0) for item in reversed(top)]
    out = []
    while waiting:
        item, outer, depth = waiting.pop()
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            out.append(PageObject(kind, item, outer))
            continue
        matrix = then(_matrix(item), outer)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            out.append(PageObject(kind, item, matrix))
        elif depth < _DEEPEST:
            inner = [pdfium.FPDFFormObj_GetObject(item, i) for i in range(pdfium.FPDFFormObj_CountObjects(item))]
            waiting.extend((child, matrix, depth + 1) for child in reversed(inner))
    return out


def widen_text(objects: Iterable[PageObject]) -> None:
    """Gives every text object of a page, its text not loaded yet, a width, so that it is read.

    A single character in a font that is neither embedded nor installed has an empty box, and pdfium would pass it
    over. A stroked outline has a line width, which makes the box large enough; nothing is written to the file.
    """
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for kind, item, _ in objects:
        if kind != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        known = pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        if known and right.value - left.value >= _NO_WIDTH:
            continue
        if pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_FILL:
            pdfium.FPDFTextObj_SetTextRenderMode(item, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE)
            pdfium.FPDFPageObj_SetStrokeWidth(item, 1.0)
            pdfium.FPDFPageObj_Transform(item, *IDENTITY)  # makes pdfium measure the object again


def drawing(objects: Iterable[PageObject], frame: Frame) -> Drawing:
    """Everything that a page draws besides text, clipped to what is visible."""
    out = Drawing()
    strokes: list[_Stroke] = []
    to_read = frame.to_read()
    for kind, item, matrix in objects:
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _read_path(item, then(matrix, to_read), out, strokes)
            if len(strokes) > _MOST_SEGMENTS:
                break
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            _read_image(_image_box(then(matrix, to_read)), out, strokes)
    width, height = frame.read_size
    for stroke in strokes:
        if not stroke.white or _on_a_shade(stroke.segment, out.shades):
            _keep(stroke.segment, out, width, height)
    return out


def _matrix(item: Any) -> Matrix:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, m):
        return IDENTITY
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _image_box(matrix: Matrix) -> Box:
    corners = [apply(matrix, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _read_image(box: Box, out: Drawing, strokes: list[_Stroke]) -> None:
    """A picture; some printers draw rules as pictures one dot thick."""
    if box.y1 - box.y0 <= THIN or box.x1 - box.x0 <= THIN:
        corners = [(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)]
        _read_fill(corners, False, False, out, strokes)
    else:
        out.pictures.append(box)


def _read_path(item: Any, matrix: Matrix, out: Drawing, strokes: list[_Stroke]) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, fill, stroke):
        return
    stroked, filled = bool(stroke.value), bool(fill.value)
    white = _is_white(item, stroked)
    if white is None or not (stroked or filled):
        return
    for points, whole in _outlines(item, matrix, out):
        if stroked:
            strokes += (_Stroke(_Segment(*a, *b), white) for a, b in pairwise(points))
        if filled and whole:
            _read_fill(points, white and not stroked, stroked, out, strokes)


def _read_fill(
    points: list[tuple[float, float]], white: bool, stroked: bool, out: Drawing, strokes: list[_Stroke]
) -> None:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    wide, high = x1 - x0, y1 - y0
    if wide > _SOLID and high > _SOLID:
        if not white and len(points) <= 6:
            out.shades.append(Box(x0, y0, x1, y1))
        return
    if stroked:
        return
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    if high <= THIN:
        strokes.append(_Stroke(_Segment(x0, y, x1, y), white))
    if wide <= THIN:  # a dot at a corner is both: it helps rules to meet
        strokes.append(_Stroke(_Segment(x, y0, x, y1), white))


def _outlines(item: Any, matrix: Matrix, out: Drawing) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The corner points of each subpath, and whether it is straight throughout; at a curve it is cut in two."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    first, whole = (0.0, 0.0), True
    for i in range(pdfium.FPDFPath_CountSegments(item)):
        segment = pdfium.FPDFPath_GetPathSegment(item, i)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = apply(matrix, x.value, y.value)
        if kind == pdfium.FPDF_SEGMENT_LINETO:
            points.append(point)
        else:
            curve = kind == pdfium.FPDF_SEGMENT_BEZIERTO
            out.curves += curve
            if len(points) > 1:
                yield points, whole and not curve
            points, whole = [point], not curve
            first = first if curve else point
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(first)
    if len(points) > 1:
        yield points, whole


def _is_white(item: Any, stroked: bool) -> bool | None:
    """Whether a path is drawn in white; None where it is transparent."""
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    read = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
    if not read(item, r, g, b, a):
        return False  # a pattern or an unknown colour space: taken to be seen
    if a.value == 0:
        return None
    return min(r.value, g.value, b.value) >= _WHITE


def _on_a_shade(s: _Segment, shades: list[Box]) -> bool:
    """Whether a white rule parts a shaded area, where it can be seen."""
    x, y = (s.x0 + s.x1) / 2, (s.y0 + s.y1) / 2
    return any(b.x0 - THIN <= x <= b.x1 + THIN and b.y0 - THIN <= y <= b.y1 + THIN for b in shades)


def _keep(s: _Segment, out: Drawing, width: float, height: float) -> None:
    x0, x1 = sorted((min(max(s.x0, 0.0), width), min(max(s.x1, 0.0), width)))
    y0, y1 = sorted((min(max(s.y0, 0.0), height), min(max(s.y1, 0.0), height)))
    if abs(s.y1 - s.y0) <= STRAIGHT and x1 > x0:
        if 0 <= s.y0 <= height:
            out.horizontal.append(Rule((s.y0 + s.y1) / 2, x0, x1))
    elif abs(s.x1 - s.x0) <= STRAIGHT and y1 > y0 and 0 <= s.x0 <= width:
        out.vertical.append(Rule((s.x0 + s.x1) / 2, y0, y1))
