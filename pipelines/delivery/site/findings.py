"""What is wrong: a short index of all findings to filter by, and each report's findings in full."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.delivery.site.folder import Folder
from pipelines.delivery.site.source import Row, Source
from pipelines.delivery.site.verdicts import number_of

_INDEX = """
select finding_id, document_id, check_id, severity, subject, page from marts.findings
order by acknowledged, case severity when 'error' then 0 when 'warning' then 1 else 2 end, file, page, finding_id
"""
_DOCUMENTS = """
select distinct d.document_id, coalesce(d.title, d.file) as title, coalesce(d.district, d.city, d.province) as place,
    d.fiscal_year
from marts.documents as d inner join marts.findings as f on f.document_id = d.document_id order by d.document_id
"""
_FULL = (
    "finding_id",
    "check_id",
    "severity",
    "page",
    "table_title",
    "subject",
    "message_zh",
    "message_en",
    "reported",
    "expected_low",
    "expected_high",
    "difference",
    "unit",
    "equation",
    "repair",
    "repaired_value",
    "slip",
    "search",
)


def write_index(source: Source, folder: Folder, checks: Mapping[str, Row]) -> None:
    """Writes the page and the index: [finding, report, check, severity, subject, page], the worst first."""
    folder.page("findings", "findings.html")
    folder.data(
        "findings",
        {
            "findings": [list(row.values()) for row in source.rows(_INDEX)],
            "documents": {d.pop("document_id"): list(d.values()) for d in source.rows(_DOCUMENTS)},
            "checks": {name: [row["title_zh"], row["title_en"], row["family"]] for name, row in checks.items()},
        },
    )


def write_of(folder: Folder, document_id: str, findings: list[Row]) -> None:
    """Writes the findings of one report in full, where it has any."""
    if findings:
        folder.data(f"findings/{document_id}", {f["finding_id"]: _full(document_id, f) for f in findings})


def _full(document_id: str, finding: Row) -> dict[str, Any]:
    """A finding with its evidence: [fact number or name, page, row, column, text as printed], the wrong one first."""
    facts = finding["fact_ids"]
    evidence = [
        [number_of(document_id, fact) or fact, e["page"], e["row_no"], e["col_no"], e["quote"]]
        for fact, e in zip(facts, finding["evidence"] or (), strict=False)
    ]
    said = {c: finding[c] for c in _FULL if finding[c] is not None}
    if finding["acknowledged"]:
        said["acknowledged"] = [str(finding[f"acknowledged_{what}"]) for what in ("reason", "by", "on")]
    return {**said, "evidence": evidence, "more": len(facts) - len(evidence)}
