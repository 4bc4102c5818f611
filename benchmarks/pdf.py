"""How fast PDF files are read, by each engine alone and together: `python -m benchmarks.pdf [folder]`.

Every engine runs in a process of its own over all PDF files of the folder (by default the corpus beside the checkout),
so that its peak memory is its own. Imports are not timed; camelot with its defaults renders every page at 300 dpi.
"""

from __future__ import annotations

import importlib
import io
import resource
import sys
import time
import warnings
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

from pipelines.documents.pdf import read_pages
from pipelines.tables import camelot
from pipelines.tables.grid import ruled_tables
from pipelines.tables.pdf_tables import read_pdf

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


def text(data: bytes) -> int:
    """Characters, rules and pictures of every page."""
    return len(read_pages(data).pages)


def vector_grid(data: bytes) -> int:
    """The same, and the ruled tables."""
    pages = read_pages(data).pages
    for page in pages:
        ruled_tables(page, page.glyphs)
    return len(pages)


def grid_and_camelot(data: bytes) -> int:
    """The same, and camelot's reading of every page with a ruled table."""
    pages = read_pages(data).pages
    camelot.lattice(data, [p for p in pages if ruled_tables(p, p.glyphs)])
    return len(pages)


def whole_reading(data: bytes) -> int:
    """Everything: lines with their roles, tables joined over pages."""
    return read_pdf(data, "").document.pages


def camelot_defaults(data: bytes) -> int:
    """`camelot.read_pdf(…, pages="all")`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        importlib.import_module("camelot").read_pdf(io.BytesIO(data), pages="all")
    return len(read_pages(data).pages)


def pdfplumber(data: bytes) -> int:
    """`page.extract_tables()` of every page."""
    with importlib.import_module("pdfplumber").open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_tables()
        return len(document.pages)


ENGINES: dict[str, Callable[[bytes], int]] = {
    f.__name__: f for f in (text, vector_grid, grid_and_camelot, whole_reading, camelot_defaults, pdfplumber)
}


def measured(name: str, folder: Path) -> tuple[int, float, float]:
    """Pages, seconds of processor time, and peak megabytes of one engine over a folder; run it in a fresh process."""
    files = [path.read_bytes() for path in sorted(folder.rglob("*.pdf"))]
    engine = ENGINES[name]
    engine(files[0])
    before = time.process_time()
    pages = sum(engine(data) for data in files)
    seconds = time.process_time() - before
    return pages, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(folder: Path | None = None) -> dict[str, float]:
    """Prints one line an engine; returns milliseconds a page by engine, of those that are installed."""
    if folder is None:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    if not any(folder.rglob("*.pdf")):
        sys.exit(f"no PDF files in {folder}")
    print(f"{'engine':<18}{'ms/page':>9}{'pages/s':>9}{'peak MB':>9}")
    found = {}
    for name in ENGINES:
        with get_context("spawn").Pool(1) as pool:
            try:
                pages, seconds, megabytes = pool.apply(measured, (name, folder))
            except ModuleNotFoundError as e:
                print(f"{name:<18} not measured: {e.name} is not installed")
                continue
        found[name] = 1000 * seconds / pages
        print(f"{name:<18}{found[name]:>9.1f}{pages / seconds:>9.1f}{megabytes:>9.0f}")
    return found


if __name__ == "__main__":
    main()
