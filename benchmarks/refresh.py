"""How long `gouji refresh` takes on the five reports: `python -m benchmarks.refresh`.

First with nothing read or published, then with nothing changed; each in a process of its own, started as the command
is, in a temporary folder.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from pipelines.settings import PROJECT

RAW = PROJECT / "data" / "raw"
COMMAND = "import sys; from pipelines.cli import main; sys.exit(main())"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """One refresh: seconds by the clock, and of the processor with all its workers."""

    name: str
    seconds: float
    processor_seconds: float


def refreshed(name: str, folder: Path) -> Refreshed:
    """Runs `gouji refresh` on the data below a folder."""
    environment = os.environ | {"GOUJI_DATA": str(folder / "data"), "GOUJI_HOME": str(folder / "home")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    clock = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", COMMAND, "refresh"], env=environment, cwd=PROJECT, check=True, capture_output=True
    )
    clock = time.perf_counter() - clock
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Refreshed(name, clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main(folder: Path) -> dict[str, Refreshed]:
    """Refreshes the five reports in a folder, whose data/ it makes, and prints one line a refresh."""
    found = {}
    print(f"{'refresh':<12}{'seconds':>9}{'cpu s':>8}")
    shutil.copytree(RAW, folder / "data" / "raw", ignore=shutil.ignore_patterns(".*"))
    for which in ("first", "unchanged"):
        found[which] = refreshed(which, folder)
        print(f"{which:<12}{found[which].seconds:>9.1f}{found[which].processor_seconds:>8.1f}")
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="gouji-bench-") as temporary:
        main(Path(temporary))
