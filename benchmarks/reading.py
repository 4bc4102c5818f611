"""What reading costs a worker process, digital documents and scans: `python -m benchmarks.reading`.

The workers are those of a refresh, held to its limits; everything is counted, from the type of the file to its facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.cost import cost_of
from benchmarks.samples import Samples, samples, scan
from pipelines import readings, settings
from pipelines.spread import spread

SCANS = 4
SCANNED_PAGES = 4
"""Files scanned, and pages of each."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What documents took: pages, seconds of the processor, the most memory that a worker ever had, what failed."""

    pages: int
    seconds: float
    megabytes: float
    failed: tuple[str, ...]


def costs(paths: Sequence[Path], *, scanned: bool) -> Cost:
    """Reads each file in a worker of its own; those count that needed the recogniser, or those that did not."""
    limits = readings.limits_of(settings.load())
    outcomes = [o for path in paths for o in spread(cost_of, [str(path)], limits, workers=1)]
    read_ = [o.result for o in outcomes if o.result and o.result[3] == scanned]
    return Cost(
        pages=sum(r[0] for r in read_),
        seconds=sum(r[1] for r in read_),
        megabytes=max((r[2] for r in read_), default=0),
        failed=tuple(f"{o.item}: {o.failure.kind}" for o in outcomes if o.failure),
    )


def main(given: Samples | None = None) -> tuple[Cost, Cost]:
    """Prints one line for digital documents, one for scans."""
    if given is None:
        with samples() as found:
            return main(found)
    digital = costs(given.documents(), scanned=False)
    with TemporaryDirectory(prefix="gouji-bench-") as folder:
        for path in given.pdfs()[:SCANS]:
            (Path(folder) / path.name).write_bytes(scan(path, SCANNED_PAGES))
        scans = costs(sorted(Path(folder).iterdir()), scanned=True)
    print(f"{'whole reading':<18}{'pages':>7}{'ms/page':>9}{'peak MB':>9}")
    for name, cost in (("digital documents", digital), ("scans, 200 dpi", scans)):
        each = 1000 * cost.seconds / max(cost.pages, 1)
        print(f"{name:<18}{cost.pages:>7}{each:>9.1f}{cost.megabytes:>9.0f}")
        for failure in cost.failed:
            print(f"  not read: {failure}")
    return digital, scans


if __name__ == "__main__":
    main()
