"""The first page: how much was read and checked, the heatmap of districts and years, and where to look first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.delivery.site.folder import Folder
from pipelines.delivery.site.source import Row, Source

COLUMNS = (
    "province",
    "city",
    "district",
    "bureau",
    "issuer",
    "fiscal_year",
    "period_end_month",
    "initial_budget_yuan",
    "adjusted_budget_yuan",
    "budget_yuan",
    "executed_yuan",
    "execution_rate",
    "errors",
    "warnings",
    "coverage",
    "execution_rate_reason",
    "scope",
)
"""Columns of the heatmap's rows."""
NAMED = 8
"""Reports and reasons named on the first page; the rest is a click away."""
PROGRAMMES = 24
"""Programmes named on the first page: those that most places and years state."""

_TOTALS = """
select count(*) as documents, count(*) filter (where status = 'parsed') as parsed,
    count(*) filter (where status = 'partial') as partial,
    count(*) filter (where status = 'quarantined') as quarantined,
    coalesce(sum(facts), 0)::bigint as facts, coalesce(sum(tables), 0)::bigint as tables,
    coalesce(sum(errors), 0)::bigint as errors, coalesce(sum(warnings), 0)::bigint as warnings,
    coalesce(sum(hints), 0)::bigint as hints, coalesce(sum(acknowledged), 0)::bigint as acknowledged,
    count(distinct (province, city, district)) filter (where coalesce(district, city, province) is not null) as places,
    min(fiscal_year) as first_year, max(fiscal_year) as last_year
from marts.documents
"""
_EQUATIONS = """
select coalesce(sum(equations_passed), 0)::bigint as passed, coalesce(sum(equations_rounding), 0)::bigint as rounding,
    coalesce(sum(equations_failed), 0)::bigint as failed, coalesce(sum(obligations), 0)::bigint as obligations,
    coalesce(sum(evaluated), 0)::bigint as evaluated, coalesce(sum(not_demanded), 0)::bigint as not_demanded
from marts.obligations
"""
_REASONS = """
select not_evaluated_reason as reason, count(*) as obligations from marts.check_ledger
where not_evaluated_reason <> 'no such table in this family' group by all order by obligations desc, reason
"""
_UNJUDGED = """
select count(*) as obligations from marts.check_ledger
where not_evaluated_reason is null and passed + rounding + failed = 0
"""
_FAMILIES = """
select check_family as family, count(*) filter (where severity = 'error') as errors,
    count(*) filter (where severity = 'warning') as warnings, count(*) filter (where severity = 'hint') as hints
from marts.findings where not acknowledged group by all order by count(*) desc, family
"""
_DENSEST = """
select document_id, coalesce(title, file) as title, district, fiscal_year, errors, warnings, facts,
    round(100.0 * errors / facts, 2)::decimal(9, 2) as per_hundred
from marts.documents where facts > 0 and errors > 0 order by per_hundred desc, errors desc, file limit ?
"""
_UNREAD = """
select document_id, coalesce(title, file) as title, status, status_reason from marts.documents
where status <> 'parsed' order by status desc, file limit ?
"""
_NOT_COMPARED = """
select n.document_id, coalesce(d.title, n.file) as title, n.issuer, n.fiscal_year, n.reason, n.counted_in
from marts.not_compared as n inner join marts.documents as d on d.document_id = n.document_id order by n.file
"""
_MISSING = """
select issuer, fiscal_year, filing_zh, filing, due, rule from marts.missing_filings order by all
"""
_DECISIONS = "select * from marts.decisions order by kind desc, decision_no"


def write(source: Source, folder: Folder, departments: Sequence[Row], series: Sequence[Row]) -> None:
    """Writes the first page and the data of its heatmap; `series` are the programmes that can be compared."""
    programmes = sorted((s for s in series if s["zh"]), key=lambda s: (-s["districts"], -s["rows"], s["name"]))
    folder.page(
        "index",
        "index.html",
        totals=source.rows(_TOTALS)[0],
        equations=source.rows(_EQUATIONS)[0],
        reasons=source.rows(_REASONS),
        unjudged=source.rows(_UNJUDGED)[0]["obligations"],
        families=source.rows(_FAMILIES),
        densest=source.rows(_DENSEST, NAMED),
        unread=source.rows(_UNREAD, NAMED),
        programmes=programmes[:PROGRAMMES],
        not_compared=source.rows(_NOT_COMPARED),
        missing=source.rows(_MISSING),
        decisions=source.rows(_DECISIONS),
    )
    folder.data("overview", _heatmap(departments))


def _heatmap(departments: Sequence[Row]) -> dict[str, Any]:
    return {"columns": list(COLUMNS), "rows": [[row[c] for c in COLUMNS] for row in departments]}
