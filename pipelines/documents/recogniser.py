"""The recogniser: where a page image shows lines of words, and what one piece of the image says."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.documents.scan_image import Pixels

_FINDING = 110.0  # pixels an inch: enough to find words, a third of the work
_LOWEST = 96  # pixels either way: print of less is enlarged to it, of more it is searched as it is
_DARKER = (25, -12)  # print: in a square of so many pixels by how much (of 255) darker than the mean
_PAPER = 24  # pixels around print when words are sought
_LEAST_SURE = 0.3  # of a word as a whole: below, it is a smudge
_LINE_HEIGHT = 48  # pixels: of a line as the reader sees it
_SHORTEST_LINE = 96  # pixels: lines are padded to this width at that height, so that short words cost less
_SMALLEST = 2  # pixels either way
_CHOICES = 4  # characters that a doubtful one may be instead
_BLANK = 0  # the class that stands for no character


class PixelBox(NamedTuple):
    """A rectangle in pixels of the page image, y downwards."""

    x0: int
    y0: int
    x1: int
    y1: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look at a piece of the image gave: characters, the middle of each (0 … 1 of the width), how sure the
    reader is of each (0 … 1), and the characters that it would have taken instead, likeliest first."""

    text: str = ""
    middles: tuple[float, ...] = ()
    sure: tuple[float, ...] = ()
    instead: tuple[str, ...] = ()


@cache
def _engine() -> Any:
    """The recogniser with the models that its wheel brings; one thread, so that every run sums in the same order."""
    cv2.setNumThreads(1)
    # onnxruntime would report its use to its maker and keep a database for that in the user's home.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    return import_module("rapidocr").RapidOCR(
        params={
            "Global.max_side_len": 4500,
            "Global.use_cls": False,
            "Global.use_rec": False,
            "Global.log_level": "error",
            "Det.limit_side_len": _LOWEST,
            "Det.box_thresh": 0.5,
            "Det.unclip_ratio": 1.6,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


@cache
def _reader() -> Any:
    """The part of the recogniser that reads lines, asked directly: it alone says what else it might have read."""
    return _engine()._load_rec_model()


def found(pixels: Pixels, dpi: float) -> list[PixelBox]:
    """The boxes of the lines of words on a page, from the top."""
    scale = min(1.0, _FINDING / dpi)
    reduced = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    area = _inked_area(reduced)
    if area is None:
        return []
    boxes = _engine()(np.ascontiguousarray(reduced[area.y0 : area.y1, area.x0 : area.x1])).boxes
    if boxes is None:
        return []
    height, width = pixels.shape[:2]
    corners = (np.asarray(boxes, dtype=float) + np.array([area.x0, area.y0])) / scale
    lo, hi = np.floor(corners.min(axis=1)).astype(int), np.ceil(corners.max(axis=1)).astype(int)
    out = [
        PixelBox(max(0, int(x0)), max(0, int(y0)), min(width, int(x1)), min(height, int(y1)))
        for (x0, y0), (x1, y1) in zip(lo, hi, strict=True)
    ]
    return sorted((b for b in out if b.x1 > b.x0 and b.y1 > b.y0), key=lambda b: (b.y0, b.x0))


def _inked_area(pixels: Pixels) -> PixelBox | None:
    """The part of a page that holds print, with some paper around it: blank paper costs as much as print to search."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    dark = cv2.adaptiveThreshold(255 - grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, *_DARKER)
    ink = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return None
    height, width = grey.shape
    return PixelBox(
        max(0, int(columns[0]) - _PAPER),
        max(0, int(rows[0]) - _PAPER),
        min(width, int(columns[-1]) + _PAPER),
        min(height, int(rows[-1]) + _PAPER),
    )


def read(pixels: Pixels) -> Reading:
    """What a piece of a page image says, read as one line from left to right."""
    height, width = pixels.shape[:2]
    if min(height, width) < _SMALLEST:
        return Reading()
    reader = _reader()
    line = reader.resize_norm_img(np.ascontiguousarray(pixels), max(width / height, _SHORTEST_LINE / _LINE_HEIGHT))
    chances = reader.session(line[np.newaxis].astype(np.float32))[0]
    characters: Sequence[str] = reader.postprocess_op.character
    best = chances.argmax(axis=1)
    # One step of the line is one column of `chances`: a character may last for several, blanks part equal ones.
    begins = np.flatnonzero((best != _BLANK) & (best != np.concatenate(([_BLANK], best[:-1]))))
    sure = [float(chances[t, best[t]]) for t in begins]
    if not sure or sum(sure) < _LEAST_SURE * len(sure):
        return Reading()
    # The line may have been padded to the shortest one; its own part of the steps is as wide as the piece.
    length = max(1.0, len(best) * width / height / (line.shape[2] / line.shape[1]))
    kept = [(t, s) for t, s in zip(begins, sure, strict=True) if not characters[best[t]].isspace()]
    return Reading(
        "".join(characters[best[t]] for t, _ in kept),
        tuple(min(1.0, (float(t) + 0.5) / length) for t, _ in kept),
        tuple(round(s, 5) for _, s in kept),
        tuple(_instead(chances[t], int(best[t]), characters) for t, _ in kept),
    )


def _instead(chances: NDArray[np.float32], best: int, characters: Sequence[str]) -> str:
    likely = np.argsort(-chances, kind="stable")[: _CHOICES + 2]
    return "".join(characters[k] for k in likely if k not in (_BLANK, best))[:_CHOICES]
