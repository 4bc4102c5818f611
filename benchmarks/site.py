"""How long the site of many reports takes, and how large it is: a published warehouse, its reports multiplied.

`python -m benchmarks.site [--data data] [N …]` prints seconds, files and bytes, and the first page's size.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.delivery.site import build
from pipelines.settings import Settings, load

COUNTS = (5, 1_000)
MACROS = """
create macro fresh(id, i) as case when i = 0 then id else substr(sha256(id || ':' || i), 1, 16) end;
create macro fresh_fact(id, i) as fresh(split_part(id, ':', 1), i) || ':' || split_part(id, ':', 2);
create macro fresh_file(file, i) as case when i = 0 then file else i || '/' || file end;
create macro fresh_place(district, i) as case when i = 0 then district else district || i end;
"""
BY_DOCUMENT = "fresh(document_id, i) as document_id, fresh_file(file, i) as file"
MULTIPLIED = {
    "staging.sentences": f"{BY_DOCUMENT}, fresh_fact(sentence_id, i) as sentence_id",
    "staging.tables": f"{BY_DOCUMENT}, fresh_fact(table_id, i) as table_id",
    "staging.cells": f"{BY_DOCUMENT}, fresh_fact(table_id, i) as table_id",
    "core.rejected_headings": BY_DOCUMENT,
    "core.sidecar_conflicts": BY_DOCUMENT,
    "audit.verdicts": "fresh(document_id, i) as document_id, list_transform(terms, lambda t: {'role': t.role, "
    "'fact_id': fresh_fact(t.fact_id, i), 'weight': t.weight, 'low': t.low, 'high': t.high}) as terms",
    "marts.documents": f"{BY_DOCUMENT}, fresh_place(district, i) as district",
    "marts.facts": f"{BY_DOCUMENT}, fresh_fact(fact_id, i) as fact_id, fresh_fact(sentence_id, i) as sentence_id",
    "marts.findings": f"{BY_DOCUMENT}, substr(sha256(finding_id || i), 1, 16) as finding_id, "
    "list_transform(fact_ids, lambda f: fresh_fact(f, i)) as fact_ids",
    "marts.check_ledger": BY_DOCUMENT,
    "marts.district_year": "fresh_place(district, i) as district, list_transform(files, lambda f: fresh_file(f, i)) "
    "as files, list_transform(source_files, lambda f: fresh_file(f, i)) as source_files, "
    "list_transform(source_facts, lambda f: fresh_fact(f, i)) as source_facts",
    "marts.programme_year": "fresh_place(district, i) as district, fresh_file(source_file, i) as source_file, "
    "list_transform(source_facts, lambda f: fresh_fact(f, i)) as source_facts",
}
"""Table → what differs between the copies of its rows."""


def multiply(database: Path, times: int) -> None:
    """Makes every report of a warehouse into so many, each with its own ids, files and district."""
    with duckdb.connect(str(database)) as con:
        con.execute(MACROS)
        for table, replaced in MULTIPLIED.items():
            con.execute(
                f"create temp table copies as select * replace ({replaced}) from {table}, range({times}) as r(i)"
            )
            con.execute("alter table copies drop column i")
            con.execute(f"delete from {table}")
            con.execute(f"insert into {table} select * from copies")
            con.execute("drop table copies")


@dataclass(frozen=True, slots=True)
class Built:
    """A site: its reports, seconds by the clock and of the processor, files, bytes, and those of its first page."""

    reports: int
    seconds: float
    processor_seconds: float
    files: int
    bytes: int
    first_page_bytes: int


def built(settings: Settings, reports: int) -> Built:
    """Builds the site of a published warehouse whose reports are multiplied up to so many, in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="gouji-bench-") as folder:
        database = Path(folder) / "gouji.duckdb"
        shutil.copyfile(settings.warehouse.resolve(), database)
        with duckdb.connect(str(database), read_only=True) as con:
            (there,) = con.execute("select count(*) from marts.documents").fetchall()[0]
        multiply(database, -(-reports // there))
        clock, processor = time.perf_counter(), time.process_time()
        summary = build(database, settings.raw, Path(folder) / "site", cache=settings.cache)
        clock, processor = time.perf_counter() - clock, time.process_time() - processor
    return Built(summary.reports, clock, processor, summary.files, summary.bytes, summary.first_page_bytes)


def main(data: Path | None = None, counts: Sequence[int] = COUNTS) -> list[Built]:
    """Prints one line a number of reports; `data` is a data folder with a published warehouse."""
    settings = load(data)
    print(f"{'site of':>9}{'seconds':>9}{'cpu s':>8}{'files':>8}{'MB':>8}{'first page KB':>15}")
    found = []
    for count in counts:
        b = built(settings, count)
        found.append(b)
        print(
            f"{b.reports:>9}{b.seconds:>9.1f}{b.processor_seconds:>8.1f}{b.files:>8}{b.bytes / 1e6:>8.1f}"
            f"{b.first_page_bytes / 1e3:>15.0f}"
        )
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=COUNTS, metavar="N", help="numbers of reports")
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    main(options.data, options.counts)
