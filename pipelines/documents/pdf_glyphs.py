"""The characters of a PDF page: what each says, where it stands, and which printed run it belongs to."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pipelines.documents.pdf_frame import Frame

_INVISIBLE = 3  # PDF text rendering mode: neither filled nor stroked, the mark of a hidden recognition layer
_OBLIQUE = 8  # degrees: text further than this from a quarter turn is a watermark, not part of the page's words
_TWICE = 0.15  # of the type size: a character drawn again so close by is the same one made bold
_UNKNOWN = 0xFFFD
_NOT_PRINTED = frozenset({0x0A, 0x0D, 0xFFFE})
_REPLACEABLE = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF))  # radicals and compatibility forms that stand for ideographs


class Glyph(NamedTuple):
    """One printed character in the frame of the page as read.

    x0, y0, x1, y1: its box in points, as wide as it advances and as high as its line; (x, base): its origin;
    `size`: type size in points; `run`: number of the text object it was drawn by; `turn`: 0 where it stands upright,
    else the degrees (counter-clockwise: 90, 180, 270) that it is turned by.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    x: float
    base: float
    size: float
    run: int
    turn: int


@dataclass(frozen=True, slots=True)
class Characters:
    """What the text layer of a page holds. `hidden` counts characters drawn invisibly, `unmapped` those whose font
    does not say what they mean; neither kind is among the glyphs unless every character is hidden.
    """

    frame: Frame
    glyphs: tuple[Glyph, ...]
    hidden: int
    unmapped: int


class _Run(NamedTuple):
    """One text object: its direction in user space (degrees), type size, and whether it can be seen."""

    degrees: float
    size: float
    hidden: bool


class _Raw(NamedTuple):
    code: int
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float
    run: int


def characters(textpage: Any, frame: Frame) -> Characters:
    """The characters of a page (a pypdfium2 text page) in its reading frame, `frame.turn` set so that most run right.

    Characters outside the visible page, drawn at a slant, or drawn twice to look bold are left out.
    """
    raws, runs = _read(textpage.raw)
    hidden = sum(runs[r.run].hidden for r in raws)
    if hidden < len(raws):
        raws = [r for r in raws if not runs[r.run].hidden]
    unmapped = sum(r.code in (0, _UNKNOWN) or _is_private(r.code) for r in raws)
    frame = replace(frame, turn=_reading_turn(raws, runs, frame.rotation))
    return Characters(frame, tuple(_placed(raws, runs, frame)), hidden, unmapped)


def _is_private(code: int) -> bool:
    return 0xE000 <= code <= 0xF8FF


def _read(page: Any) -> tuple[list[_Raw], list[_Run]]:
    raws: list[_Raw] = []
    runs: list[_Run] = []
    seen: dict[int, int] = {}
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    lead = 0
    for i in range(pdfium.FPDFText_CountChars(page)):
        code = pdfium.FPDFText_GetUnicode(page, i)
        if code in _NOT_PRINTED or (code == 0x20 and pdfium.FPDFText_IsGenerated(page, i) == 1):
            continue
        if 0xD800 <= code <= 0xDBFF:  # the first half of a character beyond the basic plane
            lead = code
            continue
        if 0xDC00 <= code <= 0xDFFF:
            code = 0x10000 + ((lead - 0xD800) << 10) + (code - 0xDC00) if lead else _UNKNOWN
        lead = 0
        drawn_by = pdfium.FPDFText_GetTextObject(page, i)
        address = ctypes.addressof(drawn_by.contents) if drawn_by else 0
        run = seen.get(address)
        if run is None:
            run = seen[address] = len(runs)
            runs.append(_run(page, i, drawn_by))
        pdfium.FPDFText_GetLooseCharBox(page, i, box)
        pdfium.FPDFText_GetCharOrigin(page, i, x, y)
        raws.append(_Raw(code, box.left, box.bottom, box.right, box.top, x.value, y.value, run))
    return raws, runs


def _run(page: Any, index: int, drawn_by: Any) -> _Run:
    m = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(page, index, m)
    size = pdfium.FPDFText_GetFontSize(page, index) * (math.hypot(m.c, m.d) or 1.0)
    hidden = bool(drawn_by) and pdfium.FPDFTextObj_GetTextRenderMode(drawn_by) == _INVISIBLE
    return _Run(math.degrees(math.atan2(m.b, m.a)), size, hidden)


def _quarter(degrees: float) -> int | None:
    """The nearest quarter turn, None where none is near."""
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) <= _OBLIQUE else None


def _reading_turn(raws: list[_Raw], runs: list[_Run], rotation: int) -> int:
    """The clockwise turn of the page as shown that makes most of its characters upright."""
    turns = Counter(_quarter(runs[r.run].degrees - rotation) for r in raws if r.code != 0x20)
    turns.pop(None, None)
    return turns.most_common(1)[0][0] or 0 if turns else 0


def _placed(raws: list[_Raw], runs: list[_Run], frame: Frame) -> list[Glyph]:
    a, b, c, d, e, f = frame.to_read()
    width, height = frame.read_size
    turned = frame.rotation + frame.turn
    turns = [_quarter(run.degrees - turned) for run in runs]
    out: list[Glyph] = []
    for r in raws:
        turn = turns[r.run]
        if turn is None or r.code == 0:
            continue
        xa, xb = a * r.left + c * r.bottom + e, a * r.right + c * r.top + e
        ya, yb = b * r.left + d * r.bottom + f, b * r.right + d * r.top + f
        if not (0 <= xa + xb <= 2 * width and 0 <= ya + yb <= 2 * height):
            continue
        if xa > xb:
            xa, xb = xb, xa
        if ya > yb:
            ya, yb = yb, ya
        x, base = a * r.x + c * r.y + e, b * r.x + d * r.y + f
        out.append(Glyph(_text(r.code), xa, ya, xb, yb, x, base, runs[r.run].size, r.run, turn))
    again = _drawn_again(out)
    return [g for i, g in enumerate(out) if i not in again] if again else out


def _drawn_again(glyphs: list[Glyph]) -> set[int]:
    """The indices of characters that stand where the same one stands already."""
    alike: dict[str, list[int]] = {}
    for i, g in enumerate(glyphs):
        alike.setdefault(g.text, []).append(i)
    out: set[int] = set()
    for indices in alike.values():
        first: list[int] = []
        for i in sorted(indices, key=lambda i: (glyphs[i].x, i)):
            g = glyphs[i]
            near = _TWICE * g.size
            while first and g.x - glyphs[first[0]].x >= near:
                first.pop(0)
            if any(abs(glyphs[j].base - g.base) < near for j in first):
                out.add(i)
            else:
                first.append(i)
    return out


def _text(code: int) -> str:
    if code == 0xA0:
        return " "
    text = chr(code)
    if code >= _REPLACEABLE[0][0] and any(lo <= code <= hi for lo, hi in _REPLACEABLE):
        whole = unicodedata.normalize("NFKC", text)
        return whole if len(whole) == 1 else text
    return text
