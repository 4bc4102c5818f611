"""`make bench`: what reading, refreshing, auditing and the site cost here, in one run, and whether within the bars.

The bars are held against seconds of the processor, all threads and workers added up, which hardly depend on what else
the machine is doing; the clock is shown beside them. A bar that is missed is marked; the command itself succeeds.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import audit, pdf, reading, refresh, site
from benchmarks.samples import samples

MOST_MS_A_PAGE = 20
LEAST_TIMES_FASTER = 8
MOST_SECONDS_A_SCAN = 3
MOST_MEGABYTES, MOST_MEGABYTES_SCANNING = 400, 2048
MOST_MS_AUDIT = 150
MOST_GROWTH = 1.25
"""Of the milliseconds a document from a hundred documents to a thousand: more is not linear."""
MOST_SECONDS_FIRST, MOST_SECONDS_UNCHANGED = 10, 5
MOST_SECONDS_SITE = 60
MOST_BYTES_FIRST_PAGE, MOST_BYTES_SITE_OF_FIVE = 1_000_000, 5_000_000

Bar = tuple[str, bool]


def main() -> None:
    """Measures everything and prints it, the bars last."""
    cores = len(os.sched_getaffinity(0))
    print(f"Python {platform.python_version()}, {cores} cores, load {os.getloadavg()[0]:.1f}")
    with samples() as given:
        print(f"\n{len(given.documents())} documents of {given.name}\n")
        engines = pdf.main(given.folder)
        print()
        digital, scans = reading.main(given)
    print()
    with TemporaryDirectory(prefix="gouji-bench-") as folder:
        refreshes = refresh.main(Path(folder))
        print()
        sites = site.main(Path(folder) / "data")
    print()
    audits = audit.main()
    print("\nbars")
    for name, met in [
        *_engine_bars(engines),
        *_reading_bars(digital, scans),
        *_refresh_bars(refreshes),
        *_site_bars(sites),
        *_audit_bars(audits),
    ]:
        print(f"  {'met   ' if met else 'MISSED'}  {name}")


def _engine_bars(engines: dict[str, float]) -> Iterator[Bar]:
    ours, defaults = engines["grid_and_camelot"], engines["camelot_defaults"]
    yield f"grid + camelot {ours:.1f} ms a page, at most {MOST_MS_A_PAGE}", ours <= MOST_MS_A_PAGE
    times = defaults / ours
    yield f"{times:.1f} times as fast as camelot's defaults, at least {LEAST_TIMES_FASTER}", times >= LEAST_TIMES_FASTER


def _reading_bars(digital: reading.Cost, scans: reading.Cost) -> Iterator[Bar]:
    name = f"a worker needs {digital.megabytes:.0f} MB for digital documents, at most {MOST_MEGABYTES}"
    yield name, digital.megabytes <= MOST_MEGABYTES and not digital.failed
    seconds = scans.seconds / max(scans.pages, 1)
    yield f"a scanned page takes {seconds:.1f} s, at most {MOST_SECONDS_A_SCAN}", seconds <= MOST_SECONDS_A_SCAN
    name = f"a worker needs {scans.megabytes:.0f} MB for scans, at most {MOST_MEGABYTES_SCANNING}"
    yield name, scans.megabytes <= MOST_MEGABYTES_SCANNING and not scans.failed


def _refresh_bars(refreshes: dict[str, refresh.Refreshed]) -> Iterator[Bar]:
    for which, most in (("first", MOST_SECONDS_FIRST), ("unchanged", MOST_SECONDS_UNCHANGED)):
        seconds = refreshes[which].processor_seconds
        yield f"the {which} refresh of the five reports takes {seconds:.1f} s, at most {most}", seconds <= most


def _site_bars(sites: list[site.Built]) -> Iterator[Bar]:
    five, thousand = sites
    size = f"the site of the five reports has {five.bytes / 1e6:.1f} MB, at most {MOST_BYTES_SITE_OF_FIVE / 1e6:g}"
    yield size, five.bytes <= MOST_BYTES_SITE_OF_FIVE
    seconds = thousand.processor_seconds
    name = f"the site of {thousand.reports} reports takes {seconds:.1f} s, at most {MOST_SECONDS_SITE}"
    yield name, seconds <= MOST_SECONDS_SITE
    name = f"its first page has {thousand.first_page_bytes / 1e6:.2f} MB, at most {MOST_BYTES_FIRST_PAGE / 1e6:g}"
    yield name, thousand.first_page_bytes <= MOST_BYTES_FIRST_PAGE


def _audit_bars(audits: list[audit.Audited]) -> Iterator[Bar]:
    *_, hundred, thousand = audits
    name = f"the audit of {thousand.documents} documents takes {thousand.milliseconds:.0f} ms a document, at most"
    yield f"{name} {MOST_MS_AUDIT}", thousand.milliseconds <= MOST_MS_AUDIT
    growth = thousand.milliseconds / hundred.milliseconds
    name = f"a document among {thousand.documents} takes {growth:.2f} times one among {hundred.documents}, at most"
    yield f"{name} {MOST_GROWTH}", growth <= MOST_GROWTH


if __name__ == "__main__":
    main()
