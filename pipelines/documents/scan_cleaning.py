"""A scanned page made ready for reading: evenly lit, red seals lifted off the text under them, turned straight."""

from __future__ import annotations

import cv2
import numpy as np

from pipelines.documents.scan_image import Mask, Pixels

_LIGHT = 50.0  # pixels an inch: at which the light on a page is measured
_PRINT = 9  # of them: wider than the strokes of print, narrower than what a shadow is
_AROUND = 31  # of them: the neighbourhood of which the light is that of its middle
_DIMMEST = 0.02  # of a page may be darker: dark corners of the scanner's lid
_WHITE = 225  # of 255: paper that needs no more light
_MOST_GAIN = 4.0  # times: more would be all noise
_REDDER = 40  # of 255: how much more red than green and blue a seal's ink is
_SEAL = (0.7, 2.5)  # inches: seals are 2 to 5 cm across, and a little more with what their ink runs into
_NEARLY_SQUARE = 2.0  # times as wide as high at most, or the other way: a longer red thing is a line of red words
_INK_GAP = 0.06  # inches between the strokes of one seal
_INK = 130  # of 255: what is darker in red light than this is printed in black
_SOFT = 40  # of 255: over which the paper's white is reached from there

_SEARCH = ((50.0, 0.5, 10.0), (100.0, 0.1, 0.5), (100.0, 0.02, 0.08))  # pixels an inch, step and reach in degrees
_STRAIGHT = 0.05  # degrees: less is left as it is


def evenly_lit(pixels: Pixels, dpi: float) -> Pixels:
    """The page with its paper equally white everywhere: photographs are darker on one side, scans near the spine.

    Pages whose paper is white as it is are returned as they are.
    """
    scale = _LIGHT / dpi
    small = cv2.resize(pixels.max(axis=2), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((_PRINT, _PRINT), np.uint8)), _AROUND)
    if np.quantile(paper, _DIMMEST) >= _WHITE:
        return pixels
    height, width = pixels.shape[:2]
    gain = 255 / np.maximum(cv2.resize(paper.astype(np.float32), (width, height)), 255 / _MOST_GAIN)
    return np.minimum(pixels * gain[:, :, None], 255).astype(np.uint8)


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

    It is where rules and lines of words stand out most from the space between them: sought in ever finer steps.
    """
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)
    degrees = 0.0
    for resolution, step, reach in _SEARCH:
        ink = _ink_at(grey, dpi, resolution)
        angles = [degrees + k * step for k in range(-round(reach / step), round(reach / step) + 1)]
        degrees = max(angles, key=lambda a: (_contrast(turned_by(ink, a)), -abs(a - degrees)))
    return degrees


def _ink_at(grey: Mask, dpi: float, resolution: float) -> Mask:
    scale = resolution / dpi
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = cv2.adaptiveThreshold(255 - small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 25, -12)
    return dark.astype(np.uint8, copy=False)


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
