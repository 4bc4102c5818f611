"""A printed table put through a scanner: skewed, noisy, compressed, under a red seal, as pages without any text.

And how the figures read from it are to those that were printed.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from PIL import Image

from pipelines.core.model import Table
from pipelines.core.traced import halfwidth, squeeze

Pixels = NDArray[np.uint8]
"""height × width × 3: red, green, blue."""

DPI = 200
FONTS = Path("/usr/share/fonts/opentype/noto")
_POINTS = 72


def needs_fonts() -> None:
    """Skips a test where no Chinese font is installed to print with (fonts-noto-cjk); there must be one in CI."""
    if not list(FONTS.glob("Noto*CJK*")) and not os.environ.get("CI"):
        pytest.skip("fonts-noto-cjk is not installed")


def pages(pdf: bytes, dpi: float = DPI) -> list[Pixels]:
    """The pages of a PDF as printed."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [np.array(page.render(scale=dpi / _POINTS).to_pil().convert("RGB")) for page in document]
    finally:
        document.close()


def skewed(pixels: Pixels, degrees: float = 1.5) -> Pixels:
    """A sheet that was laid on the glass at a slant."""
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1)
    turned = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    return turned.astype(np.uint8)


def noisy(pixels: Pixels, deviation: float = 8, seed: int = 0) -> Pixels:
    """Grain of the sensor, the same every time."""
    grain = np.random.default_rng(seed).normal(0, deviation, pixels.shape)
    return np.clip(pixels + grain, 0, 255).astype(np.uint8)


def sealed(pixels: Pixels, centre: tuple[float, float], dpi: float = DPI) -> Pixels:
    """A round red seal of 4 cm with a star and a ring of characters, `centre` given in shares of width and height."""
    out = pixels.astype(np.float64)
    height, width = pixels.shape[:2]
    x, y = round(centre[0] * width), round(centre[1] * height)
    radius = round(2 / 2.54 * dpi)
    mask = np.zeros((height, width), np.uint8)
    cv2.circle(mask, (x, y), radius, 255, round(0.03 * dpi))
    angles = np.radians(-90 + 144 * np.arange(5))
    star = (
        np.stack([x + 0.35 * radius * np.cos(angles), y + 0.35 * radius * np.sin(angles)], 1).round().astype(np.int32)
    )
    cv2.fillPoly(mask, [star], 255)
    for angle in np.radians(np.arange(150, 391, 24)):
        at = (round(x + 0.75 * radius * np.cos(angle)), round(y + 0.75 * radius * np.sin(angle)))
        side = round(0.09 * radius)
        cv2.rectangle(mask, (at[0] - side, at[1] - side), (at[0] + side, at[1] + side), 255, round(0.015 * dpi))
    ink = np.array([1.0, 0.25, 0.25])  # what red ink lets through of red, green and blue light
    out[mask > 0] *= ink
    return out.astype(np.uint8)


def as_scan(sheets: Iterable[Pixels], dpi: float = DPI, quality: int = 60) -> bytes:
    """A PDF of nothing but these images, as scanners write it."""
    images = [Image.fromarray(s) for s in sheets]
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=dpi, quality=quality)
    return out.getvalue()


def scanned(pdf: bytes, degrees: float = 1.5, dpi: float = DPI) -> bytes:
    """A PDF printed, sealed over its lower right, and scanned."""
    return as_scan(
        noisy(skewed(sealed(sheet, (0.72, 0.55), dpi), degrees), seed=k) for k, sheet in enumerate(pages(pdf, dpi))
    )


_FIGURE = re.compile(r"\d[\d,.]*[%％]?")


class Printed(NamedTuple):
    """A figure in a cell of a table, with whether the cell is marked as doubtful."""

    text: str
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """How figures as read are to those as printed: `figures` is how many are printed, `wrong` are pairs (printed,
    read), either blank where there is none; `unmarked` are those of them whose cell as read bears no mark of doubt."""

    figures: int
    wrong: tuple[tuple[str, str], ...]
    unmarked: tuple[tuple[str, str], ...]

    @property
    def right(self) -> float:
        """The share of figures that were read as they are printed (0 … 1)."""
        return 1 - len(self.wrong) / self.figures if self.figures else 1.0


def figures_in(tables: Iterable[Table]) -> list[Printed]:
    """All figures in the cells of tables, in reading order, also those within words; full-width ones made plain."""
    return [
        Printed(text.rstrip(",."), cell.contested)
        for table in tables
        for cell in sorted(table.cells, key=lambda c: (c.row, c.col))
        for text in _FIGURE.findall(halfwidth(squeeze(cell.text)))
    ]


def compared(printed: Sequence[Printed], read: Sequence[Printed]) -> Compared:
    """The two lists laid beside each other: what was misread, what is missing, and what of it bears no mark."""
    matcher = SequenceMatcher(None, [p.text for p in printed], [r.text for r in read], autojunk=False)
    wrong: list[tuple[str, str]] = []
    unmarked: list[tuple[str, str]] = []
    for kind, a0, a1, b0, b1 in matcher.get_opcodes():
        if kind == "equal":
            continue
        for p, r in zip_longest(printed[a0:a1], read[b0:b1], fillvalue=Printed("")):
            wrong.append((p.text, r.text))
            if not r.contested:
                unmarked.append((p.text, r.text))
    return Compared(len(printed), tuple(wrong), tuple(unmarked))
