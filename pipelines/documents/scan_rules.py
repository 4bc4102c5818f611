"""The straight rules that a scanned page shows: found in its pixels, told apart from the strokes of characters."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from pipelines.documents.scan_image import Mask, Pixels

_WINDOW = 0.16  # inches: the neighbourhood that a pixel must be darker than
_DARKER = 14  # of 255: by how much
_ACROSS = 0.3  # inches: the shortest level rule; the strokes of ordinary type are half as long
_UPRIGHT = 0.16  # inches: the shortest upright rule: one between two columns may be one row high
_BREAK = 0.015  # inches: a gap this wide in a rule is a fault of the scan
_THICK = 0.06  # inches: a rule is no thicker
_FRAME = 0.6  # inches: what is connected and no larger than this is a character
_DANGLING = (1.0, 0.6)  # inches: a shorter level (upright) rule ends at rules of the other direction, at both ends
_EDGE = 0.012  # inches on both sides of a rule are grey from it
_MEETS = 0.03  # inches: how far its end may be from them


class PixelRule(NamedTuple):
    """A straight rule in pixels of the page image (y downwards): at `at`, from `lo` to `hi`, `thick` pixels thick."""

    at: float
    lo: int
    hi: int
    thick: float


class PixelRules(NamedTuple):
    """The rules of a page image: level ones (`at` is y) and upright ones (`at` is x).

    `strokes` is 255 where their own ink lies: on a sheet photographed from one side not all of them are quite straight.
    """

    level: list[PixelRule]
    upright: list[PixelRule]
    strokes: Mask


def rules_of(pixels: Pixels, dpi: float) -> PixelRules:
    """The rules of a page that lies straight."""
    ink = inked(pixels, dpi)
    level = _strokes(ink, (max(2, round(_ACROSS * dpi)), 1), max(1, round(_BREAK * dpi)))
    upright = _strokes(ink, (1, max(2, round(_UPRIGHT * dpi))), max(1, round(_BREAK * dpi)))
    mask = _without_characters(level, upright, dpi)
    level, upright = level & mask, upright & mask
    across, down = _measured(level, _THICK * dpi, False), _measured(upright, _THICK * dpi, True)
    for _ in range(2):  # again, for those that ended at what has just been left out
        across, down = (
            _anchored(across, down, _DANGLING[0] * dpi, _MEETS * dpi),
            _anchored(down, across, _DANGLING[1] * dpi, _MEETS * dpi),
        )
    return PixelRules(across, down, _kept(level, across, False) | _kept(upright, down, True))


def _kept(strokes: Mask, rules: list[PixelRule], is_upright: bool) -> Mask:
    """Of the strokes those that became rules."""
    _, labels, stats, centres = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    wanted = {(r.at, r.lo) for r in rules}
    first, along = (cv2.CC_STAT_TOP, 0) if is_upright else (cv2.CC_STAT_LEFT, 1)
    kept = np.array([(float(c[along]), int(s[first])) in wanted for s, c in zip(stats, centres, strict=True)])
    kept[0] = False
    return np.where(kept[labels], np.uint8(255), np.uint8(0))


def _anchored(rules: list[PixelRule], others: list[PixelRule], long: float, near: float) -> list[PixelRule]:
    """The rules that are long or end at rules of the other direction: the rest are strokes of characters."""
    return [
        r
        for r in rules
        if r.hi - r.lo >= long
        or all(
            any(abs(o.at - end) <= near and o.lo - near <= r.at <= o.hi + near for o in others) for end in (r.lo, r.hi)
        )
    ]


def painted(rules: PixelRules, size: tuple[int, int], dpi: float) -> Mask:
    """255 on all that a page's rules cover, the blurred edge of their ink included, on an image of (height, width)."""
    out = np.zeros(size, np.uint8)
    edge = _EDGE * dpi
    size_of_edge = 2 * round(edge) + 1
    cv2.dilate(rules.strokes, np.ones((size_of_edge, size_of_edge), np.uint8), dst=out)
    for at, lo, hi, thick in rules.level:
        out[max(0, int(at - thick / 2 - edge)) : int(at + thick / 2 + edge) + 1, lo:hi] = 255
    for at, lo, hi, thick in rules.upright:
        out[lo:hi, max(0, int(at - thick / 2 - edge)) : int(at + thick / 2 + edge) + 1] = 255
    return out


def inked(pixels: Pixels, dpi: float) -> Mask:
    """255 where a pixel is darker than the paper around it, else 0."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    window = round(_WINDOW * dpi) | 1
    dark = cv2.adaptiveThreshold(255 - grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, window, -_DARKER)
    return dark.astype(np.uint8, copy=False)


def _strokes(ink: Mask, size: tuple[int, int], gap: int) -> Mask:
    """Where the ink holds straight runs of at least `size` (width, height), gaps of `gap` pixels along them closed."""
    along = (gap, 1) if size[0] > 1 else (1, gap)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(along[::-1], np.uint8))
    return cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones(size[::-1], np.uint8)).astype(np.uint8, copy=False)


def _without_characters(level: Mask, upright: Mask, dpi: float) -> Mask:
    """The strokes of both directions whose connected whole is larger than a character."""
    both = cv2.bitwise_or(level, upright)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(both, connectivity=8)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    large = (width > _FRAME * dpi) | (height > _FRAME * dpi)
    large[0] = False
    return np.where(large[labels], np.uint8(255), np.uint8(0))


def _measured(strokes: Mask, thickest: float, is_upright: bool) -> list[PixelRule]:
    _, _, stats, centres = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    out = []
    for (x, y, width, height, area), (cx, cy) in zip(stats[1:], centres[1:], strict=True):
        length = height if is_upright else width
        if area / length > thickest:
            continue
        at, lo = (cx, y) if is_upright else (cy, x)
        out.append(PixelRule(float(at), int(lo), int(lo + length), float(area / length)))
    return sorted(out)
