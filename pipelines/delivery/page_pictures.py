"""The pages of a file as pictures, for people to see what was read where; only files that show pages have them."""

from __future__ import annotations

import base64
import io
from collections.abc import Collection
from dataclasses import dataclass

import cv2
import pypdfium2
from PIL import Image

from pipelines.documents import media
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.scan_image import POINTS, PageImage, decoded, frames, rendered

_DPI = 110.0  # pixels an inch: small print can be read, a page takes some 200 kB
_QUALITY = 72
_IMAGES = frozenset({media.PNG, media.JPEG, media.TIFF, media.BMP, media.GIF, media.WEBP})


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a viewer shows it: its number from 1, its size in points, and a JPEG as a `data:` address."""

    number: int
    width: float
    height: float
    address: str


def pictures(data: bytes, media_type: str, pages: Collection[int]) -> dict[int, Picture]:
    """Those pages of a PDF or an image file that can be shown, by number; none for files of other types."""
    if media_type == media.PDF:
        return _of_pdf(data, pages)
    if media_type in _IMAGES:
        return _of_image(data, pages)
    return {}


def _of_pdf(data: bytes, pages: Collection[int]) -> dict[int, Picture]:
    out = {}
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return {}
    try:
        for number in sorted(n for n in pages if 1 <= n <= len(document)):
            try:
                out[number] = _picture(number, rendered(document, number))
            except (UnreadableDocument, pypdfium2.PdfiumError):
                continue
    finally:
        document.close()
    return out


def _of_image(data: bytes, pages: Collection[int]) -> dict[int, Picture]:
    out = {}
    try:
        for number in sorted(n for n in pages if 1 <= n <= frames(data)):
            out[number] = _picture(number, decoded(data, number - 1))
    except UnreadableDocument:
        return out
    return out


def _picture(number: int, image: PageImage) -> Picture:
    height, width = image.pixels.shape[:2]
    scale = min(1.0, _DPI / image.dpi)
    small = cv2.resize(image.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    out = io.BytesIO()
    Image.fromarray(small[:, :, ::-1]).save(out, "JPEG", quality=_QUALITY)
    address = "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode("ascii")
    return Picture(number, width * POINTS / image.dpi, height * POINTS / image.dpi, address)
