"""The audit: checks to candidates, candidates to verdicts, verdicts to findings, and the ledger of it all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.audit import schema
from pipelines.audit.candidates import collect, details, equations
from pipelines.audit.checks import SEVERITIES, Check, discover
from pipelines.audit.findings import Finding, found
from pipelines.audit.judge import Verdict, judge, lenient
from pipelines.audit.ledger import Ledger, materials
from pipelines.audit.places import Place, located
from pipelines.audit.telling import row

DOCUMENTS_AT_ONCE = 100
_PLACES = Decimal("0.00000001")


@dataclass(frozen=True, slots=True)
class AuditSummary:
    """What an audit did: documents, checks, equations by verdict, findings by severity, searches cut short."""

    documents: int
    checks: int
    candidates: int
    verdicts: dict[str, int]
    findings: dict[str, int]
    bounded_searches: int


@dataclass
class _Tally:
    verdicts: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    bounded: int = 0


def audit(
    con: duckdb.DuckDBPyConnection,
    checks: Sequence[Check] | None = None,
    judged: Callable[[str], object] = lambda _: None,
) -> AuditSummary:
    """Audits every document of core.documents by its core.facts and writes the tables of schema `audit` anew.

    `checks` are those of sql/checks/ unless given; `judged` hears of every file that has been judged. Raises CheckError
    where a check is not in form or does not run.
    """
    checks = discover() if checks is None else checks
    schema.create(con)
    collect(con, checks)
    documents = _documents(con)
    by_id = {c.id: c for c in checks}
    ledger, tally = Ledger(checks), _Tally()
    named = {d["document_id"]: d for d in documents}
    names = list(named)
    for start in range(0, len(names), DOCUMENTS_AT_ONCE):
        batch = documents[start : start + DOCUMENTS_AT_ONCE]
        _audit_batch(con, batch, named, by_id, ledger, tally, judged)
    measures = _measures(con, any(c.across for c in checks))
    _append(con, schema.LEDGER, ledger.rows(materials(documents, measures, _tables(con))))
    _append(con, schema.CATALOGUE, [_catalogue_row(c, ledger) for c in checks])
    return AuditSummary(
        documents=len(documents),
        checks=len(checks),
        candidates=sum(tally.verdicts.values()),
        verdicts=dict(sorted(tally.verdicts.items())),
        findings={s: tally.findings[s] for s in SEVERITIES},
        bounded_searches=tally.bounded,
    )


def _audit_batch(
    con: duckdb.DuckDBPyConnection,
    documents: Sequence[dict[str, Any]],
    all_documents: Mapping[str, Mapping[str, Any]],
    checks: dict[str, Check],
    ledger: Ledger,
    tally: _Tally,
    judged: Callable[[str], object],
) -> None:
    verdict_rows: list[dict[str, Any]] = []
    by_document = []
    document_of = {d["document_id"]: d for d in documents}
    for document_id, stated in equations(con, tuple(checks.values()), list(document_of)):
        verdicts = [judge(e) for e in stated]
        ledger.enter(verdicts)
        tally.verdicts.update(v.verdict for v in verdicts)
        verdict_rows += [_verdict_row(v) for v in verdicts]
        by_document.append((document_of[document_id], found(verdicts, checks)))
        judged(document_of.pop(document_id)["file"])
    for without_equations in document_of.values():
        judged(without_equations["file"])
    every = [f for _, findings in by_document for f in findings]
    facts = details(con, (i for f in every for i in (*f.fact_ids, *f.alternative_ids)))
    texts = located(con, (p for f in every for p in f.places))
    finding_rows = []
    for document, findings in by_document:
        rows = [(row(f, facts, texts, document, all_documents), f) for f in findings]
        rows.sort(key=lambda r: (_place_in_report(r[0], r[1], facts, texts), r[0]["check_id"], r[0]["finding_id"]))
        finding_rows += [r for r, _ in rows]
        tally.findings.update(f.severity for f in findings)
        tally.bounded += sum(not f.searched for f in findings)
    _append(con, schema.VERDICTS, verdict_rows)
    _append(con, schema.FINDINGS, finding_rows)


def _place_in_report(
    told: Mapping[str, Any],
    finding: Finding,
    facts: Mapping[str, Mapping[str, Any]],
    texts: Mapping[Place, Mapping[str, Any]],
) -> tuple[bool, int]:
    """Figures come in reading order, then what only points at the text."""
    if told["fact_ids"]:
        return False, facts[told["fact_ids"][0]]["fact_no"]
    here = [texts[p]["rank"] or 0 for p in finding.places if p in texts and texts[p]["file"] == told["file"]]
    return True, min(here, default=0)


def _documents(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    columns = ("document_id", "file", "title", "district", "fiscal_year", "status", "status_reason", "families")
    rows = con.execute(f"select {', '.join(columns)} from core.documents order by file, document_id").fetchall()
    return [dict(zip(columns, r, strict=True)) for r in rows]


def _measures(con: duckdb.DuckDBPyConnection, across: bool) -> list[tuple[str, str, str]]:
    measures = con.execute(
        """
        select distinct document_id, origin, measure from core.facts
        union
        select distinct document_id, origin, 'list' from core.facts where list_id is not null
        union
        select distinct document_id, origin, 'fund_source' from core.facts where fund_source <> 'all'
        union
        select distinct
            document_id, origin, if(starts_with(subject_code, '2'), 'functional_code', 'economic_code')
        from core.facts where regexp_matches(subject_code, '^[235]\\d\\d')
        union
        select distinct document_id, origin, table_kind from core.facts where table_kind is not null
        union
        select distinct document_id, 'narrative', 'text' from staging.sentences
        union
        select distinct document_id, 'table', 'text' from staging.cells
        """
    ).fetchall()
    others = con.execute("select document_id, 'other', relation from neighbours") if across else None
    return measures + (others.fetchall() if others else [])


def _tables(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return con.execute("select distinct document_id, kind from staging.tables where kind is not null").fetchall()


def _verdict_row(v: Verdict) -> dict[str, Any]:
    named = v.equation.named
    result = named.result
    return {
        "check_id": v.equation.check_id,
        "document_id": v.equation.document_id,
        "equation_key": v.equation.key,
        "kind": named.kind,
        "subject": v.equation.subject,
        "verdict": v.verdict,
        "reading": v.reading.name,
        "terms": [
            {"role": t.role, "fact_id": t.fact_id, "weight": t.weight, "low": i and i.lo, "high": i and i.hi}
            for t in v.reading.terms
            for i in [t.figure and lenient(t.figure)]
        ],
        "result_fact_id": result.fact_id if result else None,
        "stated": result.figure.value if result and result.figure else None,
        "computed_low": v.computed and v.computed.lo,
        "computed_high": v.computed and v.computed.hi,
        "difference": v.difference,
    }


def _catalogue_row(check: Check, ledger: Ledger) -> dict[str, Any]:
    return {
        "check_id": check.id,
        "family": check.family,
        "severity": check.severity,
        "title_zh": check.title_zh,
        "title_en": check.title_en,
        "formula": check.formula,
        "basis": check.basis,
        "smallest_error_caught": ledger.smallest_error(check),
        "good": json.dumps(check.good, ensure_ascii=False),
        "bad": json.dumps(check.bad, ensure_ascii=False),
    }


def _append(con: duckdb.DuckDBPyConnection, table: schema.Table, rows: Iterable[dict[str, Any]]) -> None:
    """Inserts rows by Arrow; decimals go as text, which DuckDB casts exactly."""
    rows = list(rows)
    if not rows:
        return
    data = {c.name: [_plain(r[c.name]) for r in rows] for c in table.columns}
    arrow = pa.table({name: pa.array(values) for name, values in data.items()})
    con.register("rows_to_append", arrow)
    columns = ", ".join(f"{c.name}::{c.type}" for c in table.columns)
    con.execute(f"insert into audit.{table.name} select {columns} from rows_to_append")
    con.unregister("rows_to_append")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value.quantize(_PLACES))
    if isinstance(value, list):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value
