"""The recogniser: where a page image shows lines of words, and what one piece of the image says."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

import cv2
import numpy as np

from pipelines.documents.scan_image import Pixels

_FINDING = 110.0  # pixels an inch: enough to find words, a third of the work
_LEAST_SURE = 0.3  # of a word as a whole: below, it is a smudge
_SHORTEST_LINE = 96  # pixels: lines are padded to this width at a height of 48, so that short words cost less


class PixelBox(NamedTuple):
    """A rectangle in pixels of the page image, y downwards."""

    x0: int
    y0: int
    x1: int
    y1: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look at a piece of the image gave: characters, the middle of each (0 … 1 of the width), and how sure
    the reader is of each (0 … 1)."""

    text: str = ""
    middles: tuple[float, ...] = ()
    sure: tuple[float, ...] = ()

    @property
    def confidence(self) -> float:
        """How sure the reader is of the character that it is least sure of."""
        return min(self.sure, default=0.0)


def _flags(find: bool, read: bool, box: bool) -> dict[str, Any]:
    """Every flag at every call: the engine keeps what it was last told."""
    return {
        "use_det": find,
        "use_cls": False,
        "use_rec": read,
        "return_word_box": box,
        "return_single_char_box": False,
        "text_score": 0.0,
        "box_thresh": 0.5,
        "unclip_ratio": 1.6,
    }


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
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Rec.rec_img_shape": [3, 48, _SHORTEST_LINE],
        }
    )


def found(pixels: Pixels, dpi: float) -> list[PixelBox]:
    """The boxes of the lines of words on a page, from the top."""
    scale = min(1.0, _FINDING / dpi)
    reduced = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    boxes = _engine()(reduced, **_flags(True, False, False)).boxes
    if boxes is None:
        return []
    height, width = pixels.shape[:2]
    corners = np.asarray(boxes, dtype=float) / scale
    lo, hi = np.floor(corners.min(axis=1)).astype(int), np.ceil(corners.max(axis=1)).astype(int)
    out = [
        PixelBox(max(0, int(x0)), max(0, int(y0)), min(width, int(x1)), min(height, int(y1)))
        for (x0, y0), (x1, y1) in zip(lo, hi, strict=True)
    ]
    return sorted((b for b in out if b.x1 > b.x0 and b.y1 > b.y0), key=lambda b: (b.y0, b.x0))


def read(pixels: Pixels) -> Reading:
    """What a piece of a page image says, read as one line from left to right."""
    if min(pixels.shape[:2]) < 2:
        return Reading()
    result = _engine()(np.ascontiguousarray(pixels), **_flags(False, True, True))
    if not result.txts or not result.txts[0] or result.scores[0] < _LEAST_SURE:
        return Reading()
    info = result.word_results[0]
    columns = [c for word in info.word_cols for c in word]
    text = "".join(c for word in info.words for c in word)
    sure = [s for c, s in zip(result.txts[0], info.confs, strict=True) if not c.isspace()]
    length = max(float(info.line_txt_len), 1.0)
    return Reading(text, tuple(min(1.0, (c + 0.5) / length) for c in columns), tuple(sure))
