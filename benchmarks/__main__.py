"""`make bench`: what reading, refreshing and auditing cost here, in one run, and whether that is within the bars.

Seconds of the processor are shown where one process does the work, since they do not depend on what else the machine
is doing; by the clock otherwise. A bar that is missed is marked; the command itself succeeds.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator

from benchmarks import audit, pdf, reading, refresh
from benchmarks.samples import samples

MOST_MS_A_PAGE = 20
LEAST_TIMES_FASTER = 8
MOST_SECONDS_A_SCAN = 3
MOST_MEGABYTES, MOST_MEGABYTES_SCANNING = 400, 2048
MOST_MS_AUDIT = 150
MOST_GROWTH = 1.25
"""Of the milliseconds a document from a hundred documents to a thousand: more is not linear."""
MOST_SECONDS_UNCHANGED = 5

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
    refreshes = refresh.main()
    print()
    audits = audit.main()
    print("\nbars")
    for name, met in [
        *_engine_bars(engines),
        *_reading_bars(digital, scans),
        *_refresh_bars(refreshes),
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
    seconds = refreshes["unchanged"].seconds
    name = f"a refresh of nothing new takes {seconds:.1f} s, at most {MOST_SECONDS_UNCHANGED}"
    yield name, seconds <= MOST_SECONDS_UNCHANGED


def _audit_bars(audits: list[audit.Audited]) -> Iterator[Bar]:
    *_, hundred, thousand = audits
    name = f"the audit of {thousand.documents} documents takes {thousand.milliseconds:.0f} ms a document, at most"
    yield f"{name} {MOST_MS_AUDIT}", thousand.milliseconds <= MOST_MS_AUDIT
    growth = thousand.processor_seconds / thousand.documents / (hundred.processor_seconds / hundred.documents)
    name = f"a document among {thousand.documents} takes {growth:.2f} times one among {hundred.documents}, at most"
    yield f"{name} {MOST_GROWTH}", growth <= MOST_GROWTH


if __name__ == "__main__":
    main()
