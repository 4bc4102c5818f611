"""What the site reads from a warehouse: rows of the marts, and the contents of a few reports at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import duckdb

from pipelines.delivery.answers import open_published

BATCH = 50
"""Reports whose contents are in memory at once."""

Row = dict[str, Any]
Item = TypeVar("Item", bound=tuple[Any, ...])


class Cell(NamedTuple):
    """A cell of a table as printed; rows and columns from 0, its box in points from the bottom left of the page."""

    document_id: str
    table_no: int
    row: int
    col: int
    rows: int
    cols: int
    text: str
    page: int
    x0: float | None
    y0: float | None
    x1: float | None
    y1: float | None
    line: int | None
    contested: bool


class Sentence(NamedTuple):
    """A sentence of the prose."""

    document_id: str
    number: int
    page: int
    section: str
    text: str
    start: int
    end: int


class Fact(NamedTuple):
    """A mention of a figure."""

    document_id: str
    number: int
    measure: str
    subject_kind: str
    subject: str
    subject_code: str | None
    fund_source: str
    programme: str | None
    amount_yuan: Decimal | None
    value: Decimal | None
    unit: str | None
    as_printed: str
    fiscal_year: int | None
    period_end_month: int | None
    page: int
    table_no: int | None
    row: int | None
    col: int | None
    sentence: int | None
    start: int | None
    contested: bool
    column_label: str | None
    decision: str | None
    corrected: Decimal | None
    corrected_by: str | None
    corrected_on: date | None
    correction_reason: str | None


class Equation(NamedTuple):
    """A judged equation; `terms` are structs of role, fact_id and weight."""

    document_id: str
    check_id: str
    subject: str | None
    kind: str
    verdict: str
    reading: str
    terms: list[Row]
    low: Decimal | None
    high: Decimal | None


_CELLS = """
select document_id, split_part(table_id, ':t', 2)::integer as table_no, row_no, col_no, row_span, col_span, text, page,
    x0, y0, x1, y1, line_no, contested
from staging.cells where list_contains(?, document_id) order by document_id, table_no, row_no, col_no, text
"""
_SENTENCES = """
select document_id, sentence_no, page, section, text, char_start, char_end
from staging.sentences where list_contains(?, document_id) order by document_id, sentence_no
"""
_FACTS = """
select document_id, fact_no, measure, subject_kind, subject, subject_code, fund_source, programme, amount_yuan, value,
    unit, as_printed, fiscal_year, period_end_month, page, table_no, row_no, col_no,
    split_part(sentence_id, ':s', 2)::integer, char_start, contested, column_label,
    decision, corrected, corrected_by, corrected_on, correction_reason
from marts.facts where list_contains(?, document_id) order by document_id, fact_no
"""
_EQUATIONS = """
select document_id, check_id, subject, kind, verdict, reading,
    list_transform(terms, lambda t: {'role': t.role, 'fact_id': t.fact_id, 'weight': t.weight}), computed_low,
    computed_high
from audit.verdicts where list_contains(?, document_id) order by document_id, check_id, equation_key
"""
_FINDINGS = "select * from marts.findings where list_contains(?, document_id) order by file, page, finding_id"
_LEDGER = "select * from marts.check_ledger where list_contains(?, document_id) order by file, check_id"
_OBLIGATIONS = "select * from marts.obligations where list_contains(?, document_id) order by file, check_family"
_TABLES = "select * from staging.tables where list_contains(?, document_id) order by file, table_no"
_REJECTED = "select * from core.rejected_headings where list_contains(?, document_id) order by all"
_CONFLICTS = "select * from core.sidecar_conflicts where list_contains(?, document_id) order by all"


@dataclass
class Contents:
    """Everything that was read from and found in one report."""

    tables: list[Row] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    ledger: list[Row] = field(default_factory=list)
    obligations: list[Row] = field(default_factory=list)
    rejected: list[Row] = field(default_factory=list)
    conflicts: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """An open warehouse."""

    con: duckdb.DuckDBPyConnection

    def rows(self, sql: str, *parameters: Any) -> list[Row]:
        """The rows of a query by column name."""
        found = self.con.execute(sql, list(parameters))
        names = [d[0] for d in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def contents(self, documents: Sequence[str]) -> Iterator[tuple[str, Contents]]:
        """Each document with its contents, in the order given; a batch of them is read at a time."""
        for first in range(0, len(documents), BATCH):
            batch = list(documents[first : first + BATCH])
            yield from self._batch(batch)

    def _batch(self, batch: list[str]) -> Iterator[tuple[str, Contents]]:
        found: defaultdict[str, Contents] = defaultdict(Contents)
        for cell in self._items(Cell, _CELLS, batch):
            found[cell.document_id].cells.append(cell)
        for sentence in self._items(Sentence, _SENTENCES, batch):
            found[sentence.document_id].sentences.append(sentence)
        for fact in self._items(Fact, _FACTS, batch):
            found[fact.document_id].facts.append(fact)
        for equation in self._items(Equation, _EQUATIONS, batch):
            found[equation.document_id].equations.append(equation)
        for name, sql in (
            ("tables", _TABLES),
            ("findings", _FINDINGS),
            ("ledger", _LEDGER),
            ("obligations", _OBLIGATIONS),
            ("rejected", _REJECTED),
            ("conflicts", _CONFLICTS),
        ):
            for row in self.rows(sql, batch):
                getattr(found[row["document_id"]], name).append(row)
        for document in batch:
            yield document, found.pop(document, Contents())

    def _items(self, kind: type[Item], sql: str, batch: list[str]) -> Iterator[Item]:
        for row in self.con.execute(sql, [batch]).fetchall():
            yield kind._make(row)  # type: ignore[attr-defined]


@contextmanager
def opened(database: Path) -> Iterator[Source]:
    """The warehouse read-only, able to reach nothing else."""
    with open_published(database) as con:
        yield Source(con)
