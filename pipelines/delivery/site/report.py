"""The page of one report: who says what, its tables and prose as read, what the checks say, what was not understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape

from pipelines.delivery.site import grids, pages, prose, verdicts
from pipelines.delivery.site.folder import Folder
from pipelines.delivery.site.source import Contents, Fact, Row
from pipelines.delivery.site.words import both, known, pair, words

IDENTITY = (
    "title",
    "issuer",
    "district",
    "city",
    "province",
    "fiscal_year",
    "period_end_month",
    "scope",
    "family",
)
OWED = ("issuer", "district", "fiscal_year")
"""What every report ought to state."""
UNMAPPED = "unmapped:"
_FACT = ("measure", "subject", "subject_code", "fund_source", "amount_yuan", "value", "unit", "as_printed", "programme")


@dataclass(frozen=True)
class DrawnTable:
    """A table ready to be shown."""

    table: Row
    body: Markup
    kind: Markup | None
    undrawn: int
    figures: int


def write(folder: Folder, document: Row, contents: Contents, drawn: pages.Drawn, checks: Mapping[str, Row]) -> None:
    """Writes the page of a report, its data, and the images of its pages."""
    name = document["document_id"]
    states = verdicts.states(name, contents.facts, contents.equations, contents.findings)
    tables = list(_tables(contents, states))
    folder.page(
        f"reports/{name}",
        "report.html",
        document=document,
        identity=list(_identity(document)),
        tables=tables,
        passages=list(prose.passages(contents.sentences, contents.facts, states)),
        conflicts=contents.conflicts,
        gaps=list(_gaps(document, tables, contents, drawn)),
        ledger=[_obligation(row, checks) for row in contents.ledger],
        obligations=contents.obligations,
        due=sum(row["obligations"] for row in contents.obligations),
        judged=sum(row["passed"] + row["rounding"] + row["failed"] for row in contents.ledger),
        counts=Counter(states.values()),
        pages=drawn.pages,
        findings=len(contents.findings),
        acknowledged=sum(bool(f["acknowledged"]) for f in contents.findings),
    )
    folder.data(f"reports/{name}", _data(document, contents, states, drawn))
    for page in drawn.pages:
        if page is not None:
            folder.take(drawn.folder / page[2], f"pages/{name}/{page[2]}")


def _identity(document: Row) -> Iterator[tuple[str, Any, str]]:
    """Each field with what it says and what it was read from."""
    evidence = document["identity_evidence"] or {}
    for field in IDENTITY:
        value = document[field]
        if field == "family":
            value = Markup("、").join(known(f"family.{f}", f) for f in document["families"] or ()) or None
        yield field, value, evidence.get("families" if field == "family" else field, "")


def _tables(contents: Contents, states: Mapping[int, str]) -> Iterator[DrawnTable]:
    cells = {number: list(group) for number, group in groupby(contents.cells, key=lambda c: c.table_no)}
    facts: dict[int, dict[tuple[int, int], list[int]]] = {}
    for fact in contents.facts:
        if fact.table_no is not None and fact.row is not None and fact.col is not None:
            facts.setdefault(fact.table_no, {}).setdefault((fact.row, fact.col), []).append(fact.number)
    for table in contents.tables:
        of_table = cells.get(table["table_no"], [])
        places = facts.get(table["table_no"], {})
        kind = known(f"family.{table['family']}", table["family"]) if table["family"] and table["kind"] else None
        body = grids.drawn(of_table, places, states)
        yield DrawnTable(table, body, kind, grids.undrawn(of_table), sum(map(len, places.values())))


def _obligation(row: Row, checks: Mapping[str, Row]) -> Row:
    reason = row["not_evaluated_reason"]
    return {**row, "check": checks.get(row["check_id"]), "why": known(f"reason.{reason}", reason) if reason else None}


def _gaps(document: Row, tables: Sequence[DrawnTable], contents: Contents, drawn: pages.Drawn) -> Iterator[Markup]:
    """What was not understood, so that nobody takes silence for understanding."""
    if document["status_reason"]:
        yield escape(document["status_reason"])
    for field, value, why in _identity(document):
        if value is None and field in OWED and not (field == "district" and (document["city"] or document["province"])):
            (zh, en), (field_zh, field_en) = words()["gap.identity"], words()[f"field.{field}"]
            yield pair(zh.format(field=field_zh, why=why), en.format(field=field_en, why=why))
    if pages.can_draw(document["media_type"], document["status"]) and not drawn.pages:
        yield both("gap.pages")
    for shown in tables:
        number = shown.table["table_no"]
        if shown.kind is None:
            yield both("gap.table", number=number)
        for heading in shown.table["unmapped_headings"]:
            yield both("gap.heading", number=number, heading=heading)
    unmapped = Counter(f.measure.removeprefix(UNMAPPED) for f in contents.facts if f.measure.startswith(UNMAPPED))
    for heading, count in sorted(unmapped.items()):
        yield both("gap.measure", heading=heading, count=count)
    contested = sum(c.contested for c in contents.cells)
    if contested:
        yield both("gap.contested", count=contested)
    loose = {f.subject for f in contents.facts if f.subject_kind == "programme" and f.programme is None}
    for subject in sorted(loose):
        yield both("gap.subject", subject=subject)


def _data(document: Row, contents: Contents, states: Mapping[int, str], drawn: pages.Drawn) -> dict[str, Any]:
    """What the page's script needs: the figures, their equations, and the boxes on the pages."""
    return {
        "columns": [*_FACT, "year", "month", "place", "page", "heading", "state", "decided"],
        "facts": {f.number: _fact(f, states[f.number]) for f in contents.facts},
        "equations": [_equation(document["document_id"], e) for e in contents.equations],
        "pages": [list(page) if page else None for page in drawn.pages],
        "boxes": _boxes(contents) if drawn.pages else {},
        "sentences": {s.number: s.page for s in contents.sentences} if drawn.pages else {},
        "lines": drawn.lines or {},
        "cells": {grids.cell_name(c): [c.page, c.line] for c in contents.cells if c.line is not None},
    }


def _fact(fact: Fact, state: str) -> list[Any]:
    place = None
    if fact.table_no is not None:
        place = f"t{fact.table_no}r{fact.row}c{fact.col}"
    elif fact.sentence is not None:
        place = f"s{fact.sentence}"
    said = [getattr(fact, name) for name in _FACT]
    decided = [fact.decision, fact.corrected, fact.correction_reason, fact.corrected_by, str(fact.corrected_on)]
    shared = [fact.fiscal_year, fact.period_end_month, place, fact.page, fact.column_label, state]
    return [*said, *shared, decided if fact.decision else None]


def _equation(document_id: str, equation: Any) -> list[Any]:
    """[check, subject, kind, verdict, reading, terms, low, high]; a term is [role, fact, weight], its fact a number
    in this report or the name of another's."""
    terms = [
        [t["role"], verdicts.number_of(document_id, t["fact_id"]) or t["fact_id"], t["weight"]] for t in equation.terms
    ]
    return [
        equation.check_id,
        equation.subject,
        equation.kind,
        equation.verdict,
        equation.reading,
        terms,
        equation.low,
        equation.high,
    ]


def _boxes(contents: Contents) -> dict[int, list[list[Any]]]:
    """The cells of each page as [name, x0, y0, x1, y1] in points from the bottom left."""
    found: dict[int, list[list[Any]]] = {}
    for cell in contents.cells:
        if cell.x0 is not None:
            box = [round(v, 1) for v in (cell.x0, cell.y0, cell.x1, cell.y1) if v is not None]
            found.setdefault(cell.page, []).append([grids.cell_name(cell), *box])
    return found


def summary(documents: Iterable[Row]) -> list[list[Any]]:
    """The list of reports as rows for the page that lists them, in the columns that `REPORTS` names."""
    return [[row[c] for c in REPORTS] for row in documents]


REPORTS = (
    "document_id",
    "file",
    "title",
    "issuer",
    "bureau",
    "district",
    "city",
    "province",
    "fiscal_year",
    "period_end_month",
    "family",
    "status",
    "status_reason",
    "pages",
    "tables",
    "facts",
    "checks_evaluated",
    "errors",
    "warnings",
    "hints",
)
