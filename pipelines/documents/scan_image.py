"""The image of a scanned page, rendered from a PDF or decoded from an image file, within limits on its size."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray
from PIL import Image, ImageOps

from pipelines.documents.errors import UnreadableDocument

Pixels = NDArray[np.uint8]
"""height × width × 3, in the order blue, green, red."""

Mask = NDArray[np.uint8]
"""height × width."""

POINTS = 72.0  # in an inch
FINE = 200.0  # pixels an inch: what recognition needs
FINER = 240.0  # pixels an inch: what a coarser scan is enlarged to
_FINEST = 300.0  # pixels an inch: more shows nothing more
_LONGEST_SIDE = 4500  # pixels of a page image as worked on
_MOST_PIXELS = 80_000_000  # of an image before it is decoded: A3 at 600 pixels an inch has 70 million
_LONG_SIDE = 297 / 25.4  # inches: A4, where an image does not say its size
_PLAUSIBLE = (5.0, 24.0)  # inches: the long side of a sheet of paper
_FORM_DEPTH = 6  # forms within forms
_FAULTS = (
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    OSError,
    OverflowError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)  # what the image library raises on damaged files


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as a viewer shows it: `dpi` pixels an inch; `scanned` is the resolution it came in, before enlargement."""

    pixels: Pixels
    dpi: float
    scanned: float


def frames(data: bytes) -> int:
    """The number of pages of an image file: the frames of a TIFF, one for every other type.

    Raises UnreadableDocument (Chinese reason) for a file that cannot be opened as an image.
    """
    with _opened(data) as image:
        return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def decoded(data: bytes, index: int) -> PageImage:
    """One page of an image file. Raises UnreadableDocument for one that is damaged or too large to be decoded."""
    try:
        with _opened(data) as image:
            image.seek(index)
            _allow(*image.size)
            shown = _upright(image)
            dpi = _resolution(image, shown.size)
            pixels = np.asarray(_on_white(shown))
    except _FAULTS as e:
        raise UnreadableDocument("图片已损坏或不完整，无法解码") from e
    return _sized(np.ascontiguousarray(pixels[:, :, ::-1]), dpi)


def rendered(document: pypdfium2.PdfDocument, number: int) -> PageImage:
    """A page of a PDF (counted from 1) as a viewer shows it.

    Raises UnreadableDocument where it holds a picture too large to be decoded.
    """
    page = document[number - 1]
    try:
        width, height = page.get_size()
        scanned = _scanned(page)
        dpi = _target(scanned, max(width, height) / POINTS)
        bitmap = page.render(scale=dpi / POINTS, rev_byteorder=False)
        pixels: Pixels = bitmap.to_numpy()
        if pixels.ndim == 2 or pixels.shape[2] == 1:
            pixels = cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR).astype(np.uint8)
        return PageImage(np.ascontiguousarray(pixels[:, :, :3]), dpi, scanned)
    finally:
        page.close()


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data))
    except Image.DecompressionBombError as e:
        raise UnreadableDocument("图片的像素太多，请以300 dpi重新扫描") from e
    except _FAULTS as e:
        raise UnreadableDocument("图片已损坏，无法打开") from e


def _allow(width: int, height: int) -> None:
    if width * height > _MOST_PIXELS:
        raise UnreadableDocument(
            f"图片有{width}×{height}像素，超过上限（{_MOST_PIXELS // 10_000}万像素），请以300 dpi重新扫描"
        )


def _upright(image: Image.Image) -> Image.Image:
    """The image as its camera held it: photographs say how they are to be turned."""
    return ImageOps.exif_transpose(image) or image


def _on_white(image: Image.Image) -> Image.Image:
    """Colours on white paper, whatever the image's own kind of colour and transparency is."""
    if image.mode in ("I;16", "I;16L", "I;16B", "I"):
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info:
        coloured = image.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, (255, 255, 255, 255))
        return Image.alpha_composite(paper, coloured).convert("RGB")
    return image.convert("RGB")


def _resolution(image: Image.Image, size: tuple[int, int]) -> float:
    """Pixels an inch: what the file says, where that makes a plausible sheet of paper, else those of an A4 sheet."""
    stated = image.info.get("dpi", (0, 0))
    dpi = float(stated[0]) if isinstance(stated, tuple) and stated else 0.0
    long_side = max(size)
    if dpi > 0 and _PLAUSIBLE[0] <= long_side / dpi <= _PLAUSIBLE[1]:
        return dpi
    return long_side / _LONG_SIDE


def _scanned(page: pypdfium2.PdfPage) -> float:
    """Pixels an inch of the largest picture on a page; what recognition needs where there is none."""
    largest, dpi = 0.0, FINE
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_FORM_DEPTH):
        across, down = item.get_px_size()
        _allow(across, down)
        left, bottom, right, top = item.get_bounds()
        area = (right - left) * (top - bottom)
        if area > largest:
            largest, dpi = area, POINTS * (across * down / area) ** 0.5
    return dpi


def _target(dpi: float, inches: float) -> float:
    """The resolution to work at for a scan of `dpi` whose long side measures `inches`."""
    wanted = FINER if dpi < FINE else min(dpi, _FINEST)
    return min(wanted, _LONGEST_SIDE / inches)


def _sized(pixels: Pixels, dpi: float) -> PageImage:
    inches = max(pixels.shape[:2]) / dpi
    wanted = _target(dpi, inches)
    scale = wanted / dpi
    if scale == 1:
        return PageImage(pixels, dpi, dpi)
    how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    resized = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=how)
    return PageImage(resized.astype(np.uint8, copy=False), wanted, dpi)
