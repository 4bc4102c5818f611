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
OF_PROGRAMME = ("share_of_district", "change_from_prior_year", "fund_source", "subjects")
OF_DEPARTMENT = (
    "change",
    "budget_change",
    "rank",
    "basic_expenditure_yuan",
    "project_expenditure_yuan",
    "general_yuan",
    "government_fund_yuan",
    "errors",
    "warnings",
    "coverage",
)
STATED = ("scope", "comparable", "rank_reason", "change_reason", "budget_change_reason", "execution_rate_reason")
"""What the mart may say besides: the scope of the figures, and why a number is missing."""
_BUDGETS = ("initial_budget", "adjusted_budget", "budget", "expenditure")
_OUTCOMES = ("executed", "final_account", "expenditure")
MEASURES: Mapping[str, tuple[str, ...]] = {
    "initial_budget_yuan": ("initial_budget",),
    "adjusted_budget_yuan": ("adjusted_budget",),
    "budget_yuan": ("budget", "expenditure"),
    "executed_yuan": _OUTCOMES,
    "basic_expenditure_yuan": ("basic_expenditure", *_OUTCOMES, *_BUDGETS),
    "project_expenditure_yuan": ("project_expenditure", *_OUTCOMES, *_BUDGETS),
    "general_yuan": _OUTCOMES,
    "government_fund_yuan": _OUTCOMES,
}
"""The measures that a number of a comparison can be taken from."""


_FACTS = """
select fact_id, measure, subject, as_printed, unit, amount_yuan, page, table_no, row_no, col_no from marts.facts
where fact_id in (
    select unnest(source_facts) from marts.district_year union select unnest(source_facts) from marts.programme_year
)
"""


def write(source: Source, folder: Folder) -> list[Row]:
    """Writes every series and the list of them; returns the rows of whole departments, for the overview."""
    documents = {r["file"]: r["document_id"] for r in source.rows("select file, document_id from marts.documents")}
    facts = _facts(source)
    departments = source.rows("select * from marts.district_year order by all")
    folder.data(f"series/{WHOLE}", _series(departments, (*SHARED, *OF_DEPARTMENT), facts, documents))
    listed = [_entry(WHOLE, departments, ("", ""))]
    programmes: dict[str, list[Row]] = {}
    for row in source.rows("select * from marts.programme_year order by all"):
        programmes.setdefault(row["programme"], []).append(row)
    aliases = {p["programme"]: p["aliases"] for p in source.rows("select programme, aliases from staging.programmes")}
    for programme, rows in sorted(programmes.items()):
        folder.data(f"series/{programme}", _series(rows, (*SHARED, *OF_PROGRAMME), facts, documents))
        listed.append(_entry(programme, rows, (rows[0]["programme_zh"] or programme, programme.replace("_", " "))))
        listed[-1]["aliases"] = [alias.lstrip("=") for alias in aliases.get(programme) or ()]
    folder.data("series", listed)
    return departments


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
    there = set(rows[0]) if rows else set()
    shown = [c for c in (*columns, *STATED) if c in there]
    used: dict[str, Row] = {}
    table = []
    for row in rows:
        sources = {c: _sources(row, c, facts) for c in shown if c in MEASURES and row[c] is not None}
        everything = [f for f in row["source_facts"] or () if f in facts]
        used |= {f: facts[f] for f in everything}
        files = row.get("source_files") or [row.get("source_file")]
        table.append([*(row[c] for c in shown), [documents[f] for f in files if f in documents], sources, everything])
    return {
        "columns": [*shown, "documents", "sources", "facts"],
        "rows": table,
        "places": {fact: _place(used[fact]) for fact in sorted(used)},
    }


def _sources(row: Row, column: str, facts: Mapping[str, Row]) -> list[str]:
    """The facts that one number was taken from: those that say just it, else those that add up to it."""
    stated = [facts[f] for f in row["source_facts"] or () if f in facts]
    for measures in (MEASURES[column][:1], MEASURES[column]):
        fitting = [f for f in stated if f["measure"] in measures and f["amount_yuan"] is not None]
        same = [f for f in fitting if f["amount_yuan"] == row[column]]
        if same:
            return [f["fact_id"] for f in same]
        if fitting and sum(f["amount_yuan"] for f in fitting) == row[column]:
            return [f["fact_id"] for f in fitting]
    same = [f for f in stated if f["amount_yuan"] == row[column]]
    return [f["fact_id"] for f in same or stated]


def _facts(source: Source) -> dict[str, Row]:
    return {row["fact_id"]: row for row in source.rows(_FACTS)}


def _place(fact: Row) -> list[Any]:
    """A fact as [measure, subject, as printed, unit, page, table, row, column]; the last three are null in prose."""
    return [fact[c] for c in ("measure", "subject", "as_printed", "unit", "page", "table_no", "row_no", "col_no")]
