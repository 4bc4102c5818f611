"""Specimens: reports opened once, audited again and again with something in them changed."""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.samples import CORPUS, RAW
from pipelines.audit import schema
from pipelines.audit.candidates import collect, equations
from pipelines.audit.checks import Check, discover
from pipelines.audit.findings import Finding, found
from pipelines.audit.judge import Verdict, judge
from pipelines.core.relations import sha256_of
from pipelines.readers import Opened, opened
from pipelines.reading import understood
from pipelines.settings import PROJECT
from pipelines.warehouse import build
from pipelines.warehouse import cache as readings

MADE = "nine_tables.xlsx"
"""The workbook that the tests make."""

Spot = tuple[Any, ...]
"""Where a figure is printed: ("cell", table, row, column) or ("text", first character)."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What the audit says of one document: its facts as rows by fact_id, its verdicts and its findings.

    `sentences` holds number, first character and end of each of its sentences.
    """

    facts: dict[str, dict[str, Any]]
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    sentences: tuple[tuple[int, int, int], ...] = ()

    def sentence_at(self, character: int) -> int | None:
        """The number of the sentence that holds a character of the text."""
        return next((n for n, start, end in self.sentences if start <= character < end), None)


def names() -> list[str]:
    """The specimens: the five reports, the corpus beside the checkout where there is one, and the nine made tables."""
    found = sorted(RAW.glob("*.txt")) + sorted(p for p in CORPUS.rglob("*") if p.is_file())
    return [*map(str, found), MADE]


def opened_specimen(name: str) -> Opened:
    """A specimen as opened, before anything in it was understood."""
    data = _made() if name == MADE else Path(name).read_bytes()
    return opened(data, sha256_of(data))


def audited(reports: Sequence[Opened]) -> list[Audited]:
    """What the audit says of each of some reports, each by itself, though they lie in one database."""
    checks = _checks()
    by_id = {c.id: c for c in checks}
    with tempfile.TemporaryDirectory(prefix="gouji-mutate-") as folder:
        sources = [_stored(report, number, Path(folder)) for number, report in enumerate(reports)]
        with build.open_database(Path(folder) / "audit.duckdb") as con:
            con.execute("set enable_progress_bar = false")
            build.load_staging(con, sources)
            build.build_layer(con, "core")
            schema.create(con)
            collect(con, checks)
            order = [row[0] for row in con.execute("select document_id from core.documents order by file").fetchall()]
            facts, said = _facts(con), _sentences(con)
            stated = dict(equations(con, checks, order))
    out = []
    for document_id in order:
        verdicts = tuple(judge(e) for e in stated.get(document_id, ()))
        findings = tuple(found(verdicts, by_id))
        out.append(Audited(facts[document_id], verdicts, findings, tuple(said[document_id])))
    return out


@cache
def _checks() -> tuple[Check, ...]:
    """Those of one report alone: variants of a report are no other reports to compare it with."""
    return tuple(c for c in discover() if not c.across)


def _stored(report: Opened, number: int, folder: Path) -> build.SourceFile:
    """The report's reading as a source of its own: another hash."""
    reading = understood(report)
    sha256 = f"{number:06}{reading.document.sha256[6:]}"
    reading = replace(reading, document=replace(reading.document, sha256=sha256))
    readings.save(reading, folder / sha256)
    return build.SourceFile(f"{number:06}", sha256, 1, folder / sha256)


def _facts(con: Any) -> dict[str, dict[str, dict[str, Any]]]:
    found = con.execute("select * exclude (file) from core.facts order by fact_no")
    columns = [c[0] for c in found.description]
    out: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in found.fetchall():
        fact = dict(zip(columns, row, strict=True))
        out[fact["document_id"]][fact["fact_id"]] = fact
    return out


def _sentences(con: Any) -> dict[str, list[tuple[int, int, int]]]:
    out: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    said = con.execute("select document_id, sentence_no, char_start, char_end from staging.sentences order by all")
    for document_id, *sentence in said.fetchall():
        out[document_id].append(tuple(sentence))
    return out


def _made() -> bytes:
    """The nine tables that the tests make (they tie into each other)."""
    tests = str(PROJECT / "tests")
    if tests not in sys.path:
        sys.path.append(tests)
    import nine_tables  # noqa: PLC0415 - made by the tests, and only found beside them

    data: bytes = nine_tables.workbook()
    return data


def batches(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """Some items in turns of `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def spot_of(fact: dict[str, Any]) -> Spot:
    """Where a fact is printed."""
    if fact["table_id"] is not None:
        return "cell", fact["table_no"], fact["row_no"], fact["col_no"]
    return "text", fact["char_start"]


def spots(audit: Audited, ids: Iterable[str]) -> set[Spot]:
    """Where some facts are printed."""
    return {spot_of(audit.facts[i]) for i in ids if i in audit.facts}
