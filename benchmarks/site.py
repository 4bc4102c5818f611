"""How long the site of many reports takes, and how large it is: a published warehouse, its reports multiplied.

`python benchmarks/site.py [--reports 1000] [--data data]` prints seconds, files and bytes, and the first page's size.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

import duckdb

from pipelines.delivery.site import build
from pipelines.settings import load

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


def main() -> None:
    """Builds the site of a multiplied warehouse in a temporary folder and prints what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--data", type=Path)
    arguments = parser.parse_args()
    settings = load(arguments.data)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "gouji.duckdb"
        shutil.copyfile(settings.warehouse.resolve(), database)
        with duckdb.connect(str(database), read_only=True) as con:
            (reports,) = con.execute("select count(*) from marts.documents").fetchall()[0]
        multiply(database, -(-arguments.reports // reports))
        started = time.perf_counter()
        summary = build(database, settings.raw, Path(folder) / "site", cache=settings.cache)
        print(f"{summary.reports} reports in {time.perf_counter() - started:.1f} s")
        print(
            f"{summary.files} files, {summary.bytes / 1e6:.1f} MB; first page {summary.first_page_bytes / 1e3:.0f} KB"
        )


if __name__ == "__main__":
    main()
