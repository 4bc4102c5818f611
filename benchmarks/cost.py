"""What one document costs the process that reads it: the function that the worker processes of a benchmark call."""

from __future__ import annotations

import resource
import sys
import time
from importlib import import_module
from pathlib import Path

from benchmarks.samples import RAW
from pipelines.reading import read


def warm_up() -> None:
    """Loads what a worker loads once for all the documents that it reads."""
    for module in ("pipelines.tables.pdf_tables", "camelot.parsers", "playa"):
        import_module(module)
    for path in sorted(RAW.glob("*.txt"))[:1]:
        read(path.read_bytes(), path.name)


def cost_of(path: str) -> tuple[int, float, float, bool]:
    """Pages, processor seconds, peak megabytes of this process so far, and whether it has loaded the recogniser."""
    data = Path(path).read_bytes()
    warm_up()
    before = time.process_time()
    document = read(data, path).document
    seconds = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return max(document.pages, 1), seconds, peak, "rapidocr" in sys.modules
