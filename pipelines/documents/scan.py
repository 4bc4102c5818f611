"""A page that is read from its image: seals lifted, turned straight, its words and rules as those of a PDF page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipelines.core.model import Box
from pipelines.documents.pdf import PdfPage
from pipelines.documents.pdf_frame import Frame
from pipelines.documents.pdf_legibility import Legibility
from pipelines.documents.pdf_rules import Drawing, Rule
from pipelines.documents.recogniser import PixelBox, found, read
from pipelines.documents.scan_cleaning import evenly_lit, slant, straightened, without_seals
from pipelines.documents.scan_glyphs import glyphs_of
from pipelines.documents.scan_image import POINTS, PageImage, Pixels
from pipelines.documents.scan_words import Sheet, Word, words_of

_COARSEST = 72.0  # pixels an inch: below, no character of a report can be told from another
_LEGIBLE = 0.5  # of the places with words must be read surely
_FEW = 5  # places with words: too few to judge a page by
_SIDEWAYS = 1.5  # times as high as wide: a line of words that runs up or down
_SAMPLES = 6  # lines by which the way up is told
_SURE = 0.8  # of a line's characters, on average: what is illegible or stands on its head is read with less
_BLANK = 0.001  # of a page inked: dust
_COARSE = 20.0  # pixels an inch: at which broad grey places are sought
_GREYER = (15, -4)  # in a square of so many of them by how much (of 255) darker
_GREY = 0.005  # of a page: more is no dust
_SOBEL = 8.0  # what the operator multiplies a slope by
_EDGES = 0.999  # of all pixels lie on no edge
_SHARP = 12.0  # of 255 a pixel: the slope at the edge of a printed character
_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


@dataclass(frozen=True, slots=True)
class SlantedFrame(Frame):
    """A frame whose page as read has also been turned by `slant` degrees (counter-clockwise) to lie straight."""

    slant: float = 0.0

    def shown(self, box: Box) -> Box:
        """The smallest box on the page as shown that holds a box of the page as read."""
        width, height = self.read_size
        x, y = width / 2, height / 2
        sin, cos = math.sin(math.radians(self.slant)), math.cos(math.radians(self.slant))
        corners = [(a - x, b - y) for a in (box.x0, box.x1) for b in (box.y0, box.y1)]
        xs = [x + cos * a + sin * b for a, b in corners]
        ys = [y - sin * a + cos * b for a, b in corners]
        return Frame.shown(self, Box(min(xs), min(ys), max(xs), max(ys)))


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page as recognised. `page.glyphs` carry in `run` the index of their word; `sheet` is its straight image.

    `unread` says in Chinese why the page could not be read; then it has no words.
    """

    page: PdfPage
    words: tuple[Word, ...]
    sheet: Sheet
    unread: str | None = None


def scanned(number: int, image: PageImage, frame: Frame) -> ScannedPage:
    """The page of an image. `frame` says how the page is shown; how it is read is found here."""
    shown = without_seals(evenly_lit(image.pixels, image.dpi), image.dpi)
    turn = 0
    sheet, degrees, boxes = _laid(shown, image.dpi, turn)
    if _is_sideways(boxes):
        turn = max((90, 270), key=lambda t: _sureness(sheet, boxes, t))
        sheet, degrees, boxes = _laid(shown, image.dpi, turn)
    words, unread = words_of(sheet, boxes)
    if _mean_sureness(words) < _SURE < _sureness(sheet, boxes, 180):
        turn += 180
        sheet, degrees, boxes = _laid(shown, image.dpi, turn % 360)
        words, unread = words_of(sheet, boxes)
    reason = _illegible(image, sheet, words, unread)
    read_as = SlantedFrame(frame.crop, frame.rotation, turn % 360, degrees)
    page = PdfPage(number, read_as, (), drawn(sheet), Legibility(reason is None, reason))
    return with_words(ScannedPage(page, (), sheet, reason), () if reason else tuple(words))


def _laid(shown: Pixels, dpi: float, turn: int) -> tuple[Sheet, float, list[PixelBox]]:
    """The page turned by a quarter turn and then straight, by how many degrees, and where it has words."""
    upright = quarter_turned(shown, turn)
    degrees = slant(upright, dpi)
    sheet = Sheet.of(straightened(upright, degrees), dpi)
    return sheet, degrees, found(sheet.words, dpi)


def with_words(page: ScannedPage, words: tuple[Word, ...]) -> ScannedPage:
    """The page with these words in place of those it has."""
    glyphs = glyphs_of(words, page.sheet.dpi, page.sheet.ink.shape[0])
    return replace(page, page=replace(page.page, glyphs=glyphs), words=words)


def drawn(sheet: Sheet) -> Drawing:
    """The rules of a page in points of the page as read."""
    scale, height = POINTS / sheet.dpi, sheet.ink.shape[0]
    level = [Rule((height - r.at) * scale, r.lo * scale, r.hi * scale) for r in sheet.rules.level]
    upright = [Rule(r.at * scale, (height - r.hi) * scale, (height - r.lo) * scale) for r in sheet.rules.upright]
    return Drawing(horizontal=level, vertical=upright)


def quarter_turned(pixels: Pixels, turn: int) -> Pixels:
    """An image turned clockwise by 0, 90, 180 or 270 degrees."""
    return cv2.rotate(pixels, _TURNS[turn]).astype(np.uint8, copy=False) if turn else pixels


def _longest(boxes: Sequence[PixelBox]) -> list[PixelBox]:
    return sorted(boxes, key=lambda b: (-max(b.x1 - b.x0, b.y1 - b.y0), b))[:_SAMPLES]


def _is_sideways(boxes: Sequence[PixelBox]) -> bool:
    """Whether the longest lines of a page run up or down."""
    longest = _longest(boxes)
    return 2 * sum(b.y1 - b.y0 >= _SIDEWAYS * (b.x1 - b.x0) for b in longest) > len(longest)


def _sureness(sheet: Sheet, boxes: Sequence[PixelBox], turn: int) -> float:
    """How sure the recogniser is on average of the longest lines when they are turned clockwise by so much (0 … 1)."""
    pieces = [sheet.words[b.y0 : b.y1, b.x0 : b.x1] for b in _longest(boxes)]
    looks = [read(quarter_turned(p, turn)).sure for p in pieces]
    return sum(sum(sure) / len(sure) for sure in looks if sure) / max(1, len(looks))


def _mean_sureness(words: Sequence[Word]) -> float:
    """The same of words that were read; sure where there are none."""
    sure = [s for w in words for s in w.sure]
    return sum(sure) / len(sure) if sure else 1.0


def _illegible(image: PageImage, sheet: Sheet, words: Sequence[Word], unread: int) -> str | None:
    """Why a page cannot be used (Chinese), None where it can; a page on which nothing is printed can."""
    if image.scanned < _COARSEST:
        return f"扫描分辨率太低（{image.scanned:.0f} dpi），无法辨认"
    places = len(words) + unread
    if places < _FEW and _is_out_of_focus(sheet):
        return "图像模糊，字迹无法辨认"
    if places == 0:
        inked = np.count_nonzero(sheet.ink) / sheet.ink.size
        return "页面图像中没有可识别的文字" if inked > _BLANK else None
    legible = sum(sum(w.sure) / len(w.sure) >= _SURE for w in words)
    if places >= _FEW and legible < _LEGIBLE * places:
        return f"字迹无法辨认（{places}处文字中只有{legible}处能读清）"
    return None


def _is_out_of_focus(sheet: Sheet) -> bool:
    """Whether a page shows broad grey places and not one edge: what may have been words."""
    grey = cv2.cvtColor(sheet.words, cv2.COLOR_BGR2GRAY)
    smooth = cv2.GaussianBlur(grey, (5, 5), 0)
    edges = cv2.Sobel(smooth, cv2.CV_32F, 1, 0) / _SOBEL
    if np.quantile(np.abs(edges), _EDGES) > _SHARP:
        return False
    scale = _COARSE / sheet.dpi
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = cv2.adaptiveThreshold(255 - small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, *_GREYER)
    return bool(np.count_nonzero(dark) > _GREY * dark.size)
