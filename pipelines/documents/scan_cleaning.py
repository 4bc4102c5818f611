"""A scanned page made ready for reading: red seals lifted off the text under them, and the page turned straight."""

from __future__ import annotations

import cv2
import numpy as np

from pipelines.documents.scan_image import Mask, Pixels

_REDDER = 40  # of 255: how much more red than green and blue a seal's ink is
_SEAL = (0.7, 2.5)  # inches: seals are 2 to 5 cm across, and a little more with what their ink runs into
_NEARLY_SQUARE = 2.0  # times as wide as high at most, or the other way: a longer red thing is a line of red words
_INK_GAP = 0.06  # inches between the strokes of one seal
_INK = 130  # of 255: what is darker in red light than this is printed in black
_SOFT = 40  # of 255: over which the paper's white is reached from there

_COARSE = 100.0  # pixels an inch: enough to measure a slant
_STEEPEST = 15.0  # degrees: beyond this nothing is a slanted rule
_STRAIGHT = 0.05  # degrees: less is left as it is
_LEANING = 5.0  # degrees: the steepest slant that lines of words are measured for


def without_seals(pixels: Pixels, dpi: float) -> Pixels:
    """The page with its red seals lifted off: what was printed in black under them stays.

    Only red things of a seal's size and shape are lifted: red headings are words.
    """
    blue, green, red = (pixels[:, :, k].astype(np.int16) for k in range(3))
    is_red = ((red - np.maximum(blue, green)) > _REDDER).astype(np.uint8)
    if not is_red.any():
        return pixels
    gap = max(1, round(_INK_GAP * dpi))
    grown = cv2.dilate(is_red, np.ones((gap, gap), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(grown, connectivity=8)
    out = pixels
    for x, y, width, height, _ in stats[1:]:
        if not all(_SEAL[0] * dpi <= side <= _SEAL[1] * dpi for side in (width, height)):
            continue
        if max(width, height) > _NEARLY_SQUARE * min(width, height):
            continue
        if out is pixels:
            out = pixels.copy()
        area = out[y : y + height, x : x + width]
        area[:] = _in_red_light(area, is_red[y : y + height, x : x + width])
    return out


def _in_red_light(area: Pixels, is_red: Mask) -> Pixels:
    """A part of a page seen in red light, where red ink is as bright as the paper and black ink is dark."""
    near = cv2.dilate(is_red, np.ones((3, 3), np.uint8)) > 0
    light = area[:, :, 2].astype(np.int16)
    lifted = np.clip((light - _INK) * 255 // _SOFT, 0, 255)
    shown = np.where(light >= _INK, np.maximum(lifted, light), light)
    grey = np.repeat(shown[:, :, None], 3, axis=2).astype(np.uint8)
    return np.where(near[:, :, None], grey, area).astype(np.uint8)


def slant(pixels: Pixels, dpi: float) -> float:
    """The degrees by which the page has to be turned (counter-clockwise positive) for its rules and lines to lie level.

    Measured on long rules; on a page without them, on its lines of words.
    """
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    coarse = cv2.resize(grey, None, fx=_COARSE / dpi, fy=_COARSE / dpi, interpolation=cv2.INTER_AREA)
    dark = cv2.adaptiveThreshold(255 - coarse, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 25, -12)
    ink = dark.astype(np.uint8, copy=False)
    found = _of_rules(ink)
    if found is None:
        found = _sharpest(ink, 0.0, 0.5, _LEANING)
    return _sharpest(ink, _sharpest(ink, found, 0.1, 0.4), 0.02, 0.08)


def _of_rules(ink: Mask) -> float | None:
    """The angle that half of the length of all long level strokes keep below; None where there are none."""
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 9), np.uint8))
    lines = cv2.HoughLinesP(
        level, 1, np.pi / 1800, threshold=150, minLineLength=max(60, ink.shape[1] // 4), maxLineGap=4
    )
    if lines is None:
        return None
    ends = lines.reshape(-1, 4).astype(float)
    across, down = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
    angles, lengths = np.degrees(np.arctan2(down, across)), np.hypot(across, down)
    kept = np.abs(angles) < _STEEPEST
    if not kept.any():
        return None
    order = np.argsort(angles[kept], kind="stable")
    angles, lengths = angles[kept][order], lengths[kept][order]
    middle = int(np.searchsorted(np.cumsum(lengths), lengths.sum() / 2))
    return float(angles[min(middle, len(angles) - 1)])


def _sharpest(ink: Mask, near: float, step: float, reach: float) -> float:
    """The angle at which rules and lines of words stand out most from the space between them."""
    angles = [near + k * step for k in range(round(-reach / step), round(reach / step) + 1)]
    return max(angles, key=lambda a: (_contrast(turned_by(ink, a)), -abs(a - near)))


def _contrast(ink: Mask) -> float:
    rows = ink.astype(np.float64).sum(axis=1)
    return float(np.square(np.diff(rows)).sum())


def straightened(pixels: Pixels, degrees: float) -> Pixels:
    """The page turned counter-clockwise by so many degrees about its middle, white where nothing was."""
    if abs(degrees) < _STRAIGHT:
        return pixels
    return turned_by(pixels, degrees, paper=(255, 255, 255))


def turned_by(pixels: Mask, degrees: float, paper: tuple[int, int, int] = (0, 0, 0)) -> Mask:
    """An image (of one channel or three) turned counter-clockwise about its middle, its size kept."""
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turned = cv2.warpAffine(
        pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=paper
    )
    return turned.astype(np.uint8, copy=False)
