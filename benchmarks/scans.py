"""Figures of scans against figures as printed: `python -m benchmarks.scans [FILE…]`.

Without files: the tables of the five reports in data/raw, each printed with rules, scanned at 200 dots an inch with
1.5° of slant, noise and a red seal. With files: each PDF whose own words are reliable, scanned the same way, against
what its text layer says. One line a table or file: pages, seconds of the processor a page and an area of A4, figures
in tables, how many were read otherwise than printed, and how many of those bear no mark of doubt; these are listed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2

_ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(_ROOT), str(_ROOT / "tests")]

import printing  # noqa: E402
import reports  # noqa: E402
import roundtrip  # noqa: E402
import scanning  # noqa: E402

from pipelines.core.relations import Reading  # noqa: E402
from pipelines.reading import read  # noqa: E402

_A4 = 595.0 * 842.0  # square points


def report_tables(only: str = "") -> Iterator[tuple[str, bytes, list[scanning.Printed]]]:
    """Each table of the five reports: its name, as a ruled PDF, and its figures; `only` those whose name begins so."""
    for report in reports.ALL:
        for found in reports.reading(report).tables:
            name = f"{report[:4]}-{report.split('-')[1]}-{found.table.number}"
            if name.startswith(only):
                paper = roundtrip.on_paper(report, found.table.number)
                cells = scanning.figures_in([paper.table()])
                yield name, printing.as_pdf(paper), cells


def files(paths: Sequence[Path]) -> Iterator[tuple[str, bytes, list[scanning.Printed]]]:
    """Each PDF with the figures of its tables as its text layer has them."""
    for path in paths:
        data = path.read_bytes()
        yield path.name, data, scanning.figures_in(t.table for t in read(data, path.name).tables)


def main() -> None:
    """Compares what the command line names and prints the totals last."""
    given = sys.argv[1:]
    paths = [Path(name) for name in given if Path(name).is_file()]
    wanted = files(paths) if paths else report_tables(*given[:1])
    figures = wrong = unmarked = 0
    for name, data, printed in wanted:
        scan = scanning.scanned(data)
        pages, areas = _size(scan)
        began = time.process_time()
        result: Reading = read(scan, name)
        seconds = time.process_time() - began
        found = scanning.compared(printed, scanning.figures_in(t.table for t in result.tables))
        figures, wrong, unmarked = (
            figures + found.figures,
            wrong + len(found.wrong),
            unmarked + len(found.unmarked),
        )
        print(
            f"{name}: {pages} pages, {seconds / pages:.1f} s a page, {seconds / areas:.1f} s an A4;"
            f" {found.figures} figures, {len(found.wrong)} wrong, {len(found.unmarked)} of them unmarked;"
            f" {result.document.status}",
            flush=True,
        )
        for pair in found.wrong:
            mark = "unmarked" if pair in found.unmarked else "marked"
            print(f"    printed {pair[0] or '–'}, read {pair[1] or '–'} ({mark})", flush=True)
    print(f"total: {figures} figures, {wrong} wrong, {unmarked} of them unmarked")


def _size(pdf: bytes) -> tuple[int, float]:
    """The pages of a PDF, and how many sheets of A4 they are as large as."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document), sum(w * h for w, h in (document.get_page_size(i) for i in range(len(document)))) / _A4
    finally:
        document.close()


if __name__ == "__main__":
    main()
