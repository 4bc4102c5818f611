"""What was checked: the catalogue with its basis, and for every check each report's account or the reason for none."""

from __future__ import annotations

from itertools import groupby

from pipelines.delivery.site.folder import Folder
from pipelines.delivery.site.source import Row, Source

_CATALOGUE = """
select c.check_id, c.family, c.severity, c.title_zh, c.title_en, c.formula, c.basis, c.smallest_error_caught,
    coalesce(sum(l.passed), 0)::bigint as passed, coalesce(sum(l.rounding), 0)::bigint as rounding,
    coalesce(sum(l.failed), 0)::bigint as failed, count(l.document_id) as documents,
    count(l.document_id) filter (where l.passed + l.rounding + l.failed > 0) as evaluated,
    (select count(*) from marts.findings as f where f.check_id = c.check_id) as findings
from marts.check_catalogue as c left join marts.check_ledger as l on l.check_id = c.check_id
group by all order by c.check_id
"""
_LEDGER = """
select check_id, document_id, passed, rounding, failed, not_applicable, insufficient_data, parse_doubt,
    not_evaluated_reason
from marts.check_ledger order by check_id, file
"""


def catalogue(source: Source) -> dict[str, Row]:
    """Every check by its name, with how it fared over all reports."""
    return {row["check_id"]: row for row in source.rows(_CATALOGUE)}


def write(source: Source, folder: Folder, checks: dict[str, Row]) -> None:
    """Writes the page, and the ledger a file a check."""
    folder.page("checks", "checks.html", families=[(f, list(g)) for f, g in _by_family(checks)])
    for check, group in groupby(source.rows(_LEDGER), key=lambda row: row["check_id"]):
        folder.data(f"ledger/{check}", [list(row.values())[1:] for row in group])


def titles(checks: dict[str, Row]) -> dict[str, list[str]]:
    """Check → its title in Chinese and English."""
    return {name: [row["title_zh"], row["title_en"]] for name, row in checks.items()}


def _by_family(checks: dict[str, Row]) -> list[tuple[str, list[Row]]]:
    rows = sorted(checks.values(), key=lambda row: (row["family"], row["check_id"]))
    return [(family, list(group)) for family, group in groupby(rows, key=lambda row: row["family"])]
