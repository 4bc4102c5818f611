"""The comparisons over districts and years: one series a programme, one for whole departments, each number with the
facts that it was taken from and the place where each is printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipelines.delivery.site.folder import Folder
from pipelines.delivery.site.source import Row, Source

WHOLE = "department_total"
"""The name of the series of whole departments."""
SHARED = (
    "province",
    "city",
    "district",
    "bureau",
    "fiscal_year",
    "period_end_month",
    "initial_budget_yuan",
    "adjusted_budget_yuan",
    "budget_yuan",
    "executed_yuan",
    "execution_rate",
)
OF_PROGRAMME = (
    "share_of_district",
    "share_reason",
    "change_from_prior_year",
    "budget_change",
    "fund_source",
    "subjects",
    "included_in",
)
OF_DEPARTMENT = (
    "change",
    "budget_change",
    "rank",
    "ranked",
    "basic_expenditure_yuan",
    "project_expenditure_yuan",
    "general_yuan",
    "government_fund_yuan",
    "parts_basis",
    "rank_reason",
    "errors",
    "warnings",
    "coverage",
)
STATED = (
    "level",
    "issuer",
    "scope",
    "execution_rate_reason",
    "change_reason",
    "budget_change_reason",
    "amounts_reason",
)
"""What the marts say besides: who states the figures and in what scope, and why a number is missing."""
ORDER = "province, city, district, bureau, issuer, scope, fiscal_year, period_end_month, row_key"
_FACTS = """
select fact_id, measure, subject, as_printed, unit, amount_yuan, page, table_no, row_no, col_no from marts.facts
where fact_id in (
    select unnest(source_facts) from marts.district_year union select unnest(source_facts) from marts.programme_year
)
"""


def write(source: Source, folder: Folder) -> tuple[list[Row], list[Row]]:
    """Writes every series; returns the rows of whole departments and the list of the series, for the overview."""
    documents = {r["file"]: r["document_id"] for r in source.rows("select file, document_id from marts.documents")}
    facts = _facts(source)
    departments = source.rows(f"select * from marts.district_year order by {ORDER}")
    folder.data(f"series/{WHOLE}", _series(departments, (*SHARED, *OF_DEPARTMENT), facts, documents))
    listed = [_entry(WHOLE, departments, ("", ""))]
    programmes: dict[str, list[Row]] = {}
    for row in source.rows(f"select * from marts.programme_year order by programme, {ORDER}, fund_source"):
        programmes.setdefault(row["programme"], []).append(row)
    aliases = {p["programme"]: p["aliases"] for p in source.rows("select programme, aliases from staging.programmes")}
    for programme, rows in sorted(programmes.items()):
        folder.data(f"series/{programme}", _series(rows, (*SHARED, *OF_PROGRAMME), facts, documents))
        listed.append(_entry(programme, rows, (rows[0]["programme_zh"] or programme, programme.replace("_", " "))))
        listed[-1]["aliases"] = [alias.lstrip("=") for alias in aliases.get(programme) or ()]
    folder.data("series", listed)
    return departments, listed


def _entry(name: str, rows: Sequence[Row], said: tuple[str, str]) -> Row:
    return {
        "name": name,
        "zh": said[0],
        "en": said[1],
        "rows": len(rows),
        "districts": len({(r["province"], r["city"], r["district"]) for r in rows}),
        "years": sorted({r["fiscal_year"] for r in rows}),
    }


def _series(
    rows: Sequence[Row], columns: Iterable[str], facts: Mapping[str, Row], documents: Mapping[str, str]
) -> dict[str, Any]:
    """Rows as lists under their columns; `sources` of a row gives the fact numbers of a column, `places` each fact."""
    shown = [*columns, *STATED]
    used: dict[str, Row] = {}
    table = []
    for row in rows:
        sources = {column: [f for f in of if f in facts] for column, of in (row["amount_facts"] or {}).items()}
        everything = [f for f in row["source_facts"] or () if f in facts]
        used |= {f: facts[f] for f in everything}
        files = row.get("source_files") or [row.get("source_file")]
        table.append([*(row[c] for c in shown), [documents[f] for f in files if f in documents], sources, everything])
    return {
        "columns": [*shown, "documents", "sources", "facts"],
        "rows": table,
        "places": {fact: _place(used[fact]) for fact in sorted(used)},
    }


def _facts(source: Source) -> dict[str, Row]:
    return {row["fact_id"]: row for row in source.rows(_FACTS)}


def _place(fact: Row) -> list[Any]:
    """A fact as [measure, subject, as printed, unit, page, table, row, column]; the last three are null in prose."""
    return [fact[c] for c in ("measure", "subject", "as_printed", "unit", "page", "table_no", "row_no", "col_no")]
