"""Every cell of a PDF's tables against the page image: `python -m benchmarks.cells_against_image FILE…`.

The text of a cell comes from the file's text layer, its place from the file's rules. Here the place is cut out of the
rendered page and recognised by itself: a cell with one line of text must be recognised as that text, and a blank cell
must hold no ink. Differences are printed for a person to look at; recognition slips too, so they prove nothing alone.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pypdfium2
from rapidocr import RapidOCR

from pipelines.core.model import Cell
from pipelines.core.numbers import clean_number
from pipelines.core.traced import halfwidth, squeeze
from pipelines.tables.pdf_tables import read_pdf

_DPI = 250
_SCALE = _DPI / 72
_INSET = 4  # pixels inside the cell that its own rules may cover
_INK = 150  # of 255: darker is printed
_SPECKS = 12  # dark pixels that are no character yet
_MARGIN = 10  # white pixels around what is recognised


class Image:
    """A rendered page."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._pixels = np.array(page.render(scale=_SCALE).to_pil().convert("RGB"))
        self._height = page.get_height()

    def cut(self, cell: Cell) -> np.ndarray | None:
        """The ink of a cell with a white margin, None where there is none."""
        if cell.box is None:
            return None
        top, bottom = (self._height - cell.box.y1) * _SCALE, (self._height - cell.box.y0) * _SCALE
        left, right = cell.box.x0 * _SCALE, cell.box.x1 * _SCALE
        area = self._pixels[int(top) + _INSET : int(bottom) - _INSET, int(left) + _INSET : int(right) - _INSET]
        dark = np.argwhere(area.min(axis=2) < _INK) if area.size else np.empty((0, 2), int)
        if len(dark) <= _SPECKS:
            return None
        (y0, x0), (y1, x1) = dark.min(axis=0), dark.max(axis=0)
        return np.pad(
            area[y0 : y1 + 1, x0 : x1 + 1], ((_MARGIN, _MARGIN), (_MARGIN, _MARGIN), (0, 0)), constant_values=255
        )


def compare(path: Path, engine: RapidOCR) -> Counter[str]:
    """Counts of cells compared and differing; prints each difference."""
    data = path.read_bytes()
    document = pypdfium2.PdfDocument(data)
    counts: Counter[str] = Counter()
    for table in read_pdf(data, "").document.grids:
        images: dict[int, Image] = {}
        for cell in table.cells:
            if cell.page not in images:
                images = {cell.page: Image(document[cell.page - 1])}
            ink = images[cell.page].cut(cell)
            place = f"table {table.number} page {cell.page} row {cell.row} column {cell.col}"
            if not squeeze(cell.text):
                counts["blank"] += 1
                if ink is not None:
                    counts["blank with ink"] += 1
                    print(f"  {place}: blank, but there is ink")
                continue
            if "\n" in cell.text:
                counts["several lines, not compared"] += 1
                continue
            kind = "figures" if clean_number(cell.text) is not None else "words"
            counts[kind] += 1
            found = engine(ink, use_det=False, use_cls=False, use_rec=True).txts if ink is not None else ()
            if _plain("".join(found or ())) != _plain(cell.text):
                counts[f"{kind} recognised differently"] += 1
                print(f"  {place}: {cell.text!r}, recognised as {''.join(found or ())!r}")
    return counts


def _plain(text: str) -> str:
    return halfwidth(squeeze(text)).translate(str.maketrans("，（）：", ",():"))


def main() -> None:
    """Compares the files named on the command line."""
    engine = RapidOCR(params={"Global.log_level": "error"})
    for name in sys.argv[1:]:
        print(name)
        print("  " + ", ".join(f"{k}: {v}" for k, v in sorted(compare(Path(name), engine).items())))


if __name__ == "__main__":
    main()
