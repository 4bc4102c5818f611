"""What is wrong: a short index of all findings to filter by, and each report's findings in full."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.core.traced import halfwidth, squeeze
from pipelines.delivery.site.folder import Folder
from pipelines.delivery.site.grids import cell_name
from pipelines.delivery.site.source import Contents, Row, Source
from pipelines.delivery.site.verdicts import number_of

_INDEX = """
select finding_id, document_id, check_id, severity, subject, page, acknowledged from marts.findings
order by acknowledged, case severity when 'error' then 0 when 'warning' then 1 else 2 end, file, page, finding_id
"""
_DOCUMENTS = """
select distinct d.document_id, coalesce(d.title, d.file) as title, coalesce(d.district, d.city, d.province) as place,
    d.fiscal_year
from marts.documents as d inner join marts.findings as f on f.document_id = d.document_id order by d.document_id
"""
SHORTEST = 6
"""Characters of a sentence that tell it from others on its page."""
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
    """Writes the page and the index: [finding, report, check, severity, subject, page, acknowledged],
    the worst first."""
    folder.page("findings", "findings.html")
    folder.data(
        "findings",
        {
            "findings": [list(row.values()) for row in source.rows(_INDEX)],
            "documents": {d.pop("document_id"): list(d.values()) for d in source.rows(_DOCUMENTS)},
            "checks": {name: [row["title_zh"], row["title_en"], row["family"]] for name, row in checks.items()},
        },
    )


def write_of(folder: Folder, document_id: str, contents: Contents, titles: Mapping[str, tuple[str, str]]) -> None:
    """Writes the findings of one report in full, where it has any; `titles` are document and title by file."""
    if contents.findings:
        folder.data(
            f"findings/{document_id}",
            {f["finding_id"]: _full(document_id, f, contents, titles) for f in contents.findings},
        )


def _full(document_id: str, finding: Row, contents: Contents, titles: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """A finding with its evidence, the wrong one first: [place, page, row, column, text as printed, other report].

    A place is the number of a fact of this report, the name of another report's, or the cell, sentence or table where
    words stand; None where only the page is known. The other report is named where the place is not in this one.
    """
    facts = finding["fact_ids"]
    evidence = []
    for n, e in enumerate(finding["evidence"] or ()):
        other, title = titles.get(e["file"], (document_id, e["file"]))
        here = other == document_id
        place: int | str | None
        if n < len(facts):
            place = number_of(document_id, facts[n]) or facts[n]
        else:
            place = place_of(contents, e) if here else f"{other}:"
        evidence.append([place, e["page"], e["row_no"], e["col_no"], e["quote"], None if here else title])
    said = {c: finding[c] for c in _FULL if finding[c] is not None}
    if finding["acknowledged"]:
        said["acknowledged"] = [str(finding[f"acknowledged_{what}"]) for what in ("reason", "by", "on")]
    if finding["alternatives"]:
        said["alternatives"] = [_alternative(document_id, change) for change in finding["alternatives"]]
    return {**said, "evidence": evidence, "more": max(0, len(facts) - len(evidence))}


def _alternative(document_id: str, change: Row) -> list[Any]:
    """A change of one of several repairs: [repair, place, page, row, column, Chinese, English]."""
    place = number_of(document_id, change["fact_id"]) or change["fact_id"]
    where = [change[key] for key in ("page", "row_no", "col_no")]
    return [change["option"], place, *where, change["change_zh"], change["change_en"]]


def place_of(contents: Contents, spot: Row) -> str | None:
    """The cell, sentence or table of the report that holds the words of a spot, by its name in the page.

    Words that run on over several sentences stand where the first of them does, a heading where its part begins.
    """
    words = _plain(spot["quote"] or "")
    if not words:
        return None
    cells = [c for c in contents.cells if c.page == spot["page"]]
    if spot["row_no"] is not None:
        at = (spot["row_no"], spot["col_no"])
        return next((cell_name(c) for c in cells if (c.row, c.col) == at and words in _plain(c.text)), None)
    sentences = [(s, _plain(s.text), _plain(s.section)) for s in contents.sentences if s.page == spot["page"]]
    for stands in (
        lambda text, _: words in text,
        lambda text, _: len(text) >= SHORTEST and text in words,
        lambda _, section: words in section,
    ):
        for sentence, text, section in sentences:
            if stands(text, section):
                return f"s{sentence.number}"
    for cell in cells:
        if words in _plain(cell.text):
            return cell_name(cell)
    noting = (t for t in contents.tables for note in t["notes"] or () if words in _plain(note))
    return next((f"t{table['table_no']}" for table in noting), None)


def _plain(text: str) -> str:
    """Text as it is sought: checks quote without spaces, and brackets and colons in one width."""
    return squeeze(halfwidth(text))
