"""How long the audit takes by the number of documents: the five reports, varied: `python -m benchmarks.audit [N …]`.

A variant of a report is its cached reading under another hash, in a district of its own, with every amount (but no
rate) multiplied by one whole number: what adds up goes on doing so, and what does not, does not.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.audit.run import audit
from pipelines.core.relations import RELATIONS
from pipelines.reading import read
from pipelines.settings import PROJECT
from pipelines.warehouse import build, cache, objects
from pipelines.warehouse.build import SourceFile

RAW = PROJECT / "data" / "raw"
COUNTS = (10, 100, 1_000)
VARIED = {
    "documents": "district || n as district, replace(issuer, district, district || n) as issuer",
    "facts": "amount_yuan * (1 + n % 9) as amount_yuan, if(amount_yuan is null, half_unit, half_unit * (1 + n % 9)) "
    "as half_unit, if(amount_yuan is null, half_unit_column, half_unit_column * (1 + n % 9)) as half_unit_column",
}
"""Relation → what differs in variant `n`."""


@dataclass(frozen=True, slots=True)
class Audited:
    """An audit of so many documents: seconds by the clock and of the processor, equations and findings."""

    documents: int
    seconds: float
    processor_seconds: float
    equations: int
    findings: int

    @property
    def milliseconds(self) -> float:
        """Of the processor, a document."""
        return 1000 * self.processor_seconds / self.documents


def varied(folder: Path, count: int) -> list[SourceFile]:
    """Readings of `count` documents below a folder, as many variants of each of the five reports."""
    reports = sorted(RAW.glob("*.txt"))
    each = -(-count // len(reports))
    sources = []
    for number, path in enumerate(reports):
        base, copies = folder / f"report{number}", folder / f"{each}-variants{number}"
        cache.save(read(path.read_bytes(), path.name), base)
        copies.mkdir(exist_ok=True)
        with duckdb.connect() as con:
            for relation in RELATIONS:
                replaced = ", ".join(filter(None, ["sha256(sha256 || n) as sha256", VARIED.get(relation)]))
                con.execute(
                    f"copy (select * exclude (n) replace ({replaced}) from '{base / relation}.parquet', "
                    f"range({each}) as variant(n) order by n) to '{copies / relation}.parquet' (format parquet)"
                )
            found = con.execute(f"select sha256 from '{copies}/documents.parquet'").fetchall()
        sources += [
            SourceFile(f"{n:05}/{path.name}", sha256, path.stat().st_size, copies) for n, (sha256,) in enumerate(found)
        ]
    return sorted(sources, key=lambda s: s.file)[:count]


def audited(count: int) -> Audited:
    """Builds staging and core of `count` documents, and times their audit."""
    with tempfile.TemporaryDirectory(prefix="gouji-bench-") as name:
        folder = Path(name)
        sources = varied(folder, count)
        with build.open_database(folder / "audit.duckdb") as con:
            build.load_staging(con, sources)
            build.build_layer(con, "core")
            clock, processor = time.perf_counter(), time.process_time()
            with objects.transaction(con):
                summary = audit(con)
            clock, processor = time.perf_counter() - clock, time.process_time() - processor
    return Audited(count, clock, processor, summary.candidates, sum(summary.findings.values()))


def main(counts: Sequence[int] = COUNTS) -> list[Audited]:
    """Prints one line a number of documents."""
    print(f"{'documents':>9}{'seconds':>9}{'cpu s':>8}{'ms/doc':>8}{'equations':>11}{'findings':>10}")
    found = []
    for count in counts:
        a = audited(count)
        found.append(a)
        print(
            f"{a.documents:>9}{a.seconds:>9.1f}{a.processor_seconds:>8.1f}{a.milliseconds:>8.0f}{a.equations:>11}{a.findings:>10}"
        )
    return found


if __name__ == "__main__":
    main([int(n) for n in sys.argv[1:]] or COUNTS)
