"""The search index: reports, programmes, subjects, tables and checks by their words, loaded when somebody searches."""

from __future__ import annotations

from pipelines.delivery.site.folder import Folder
from pipelines.delivery.site.source import Row, Source

MOST_REPORTS = 40
"""Reports named for one subject: whoever finds more of them narrows the words."""
MOST_SUBJECTS = 30_000

_DOCUMENTS = """
select document_id, title, file, issuer, district, city, province, fiscal_year from marts.documents order by file
"""
_SUBJECTS = """
select subject, list(distinct document_id order by document_id) as documents from marts.facts
where subject_kind in ('programme', 'functional_item', 'economic_item', 'indicator') and len(subject) > 1
group by subject order by len(documents) desc, count(*) desc, subject limit ?
"""
_TABLES = """
select table_title, list(document_id || ':t' || table_no order by file, table_no) as places from staging.tables
where table_title is not null group by table_title order by table_title
"""


def write(source: Source, folder: Folder, checks: dict[str, Row]) -> None:
    """Writes the page and the index; reports are named by their place in the list of them."""
    documents = source.rows(_DOCUMENTS)
    places = {row["document_id"]: n for n, row in enumerate(documents)}
    folder.page("search", "search.html")
    folder.data(
        "search",
        {
            "documents": [list(row.values()) for row in documents],
            "subjects": [
                [row["subject"], [places[d] for d in row["documents"][:MOST_REPORTS]], len(row["documents"])]
                for row in source.rows(_SUBJECTS, MOST_SUBJECTS)
            ],
            "tables": [
                [row["table_title"], [_table(p, places) for p in row["places"][:MOST_REPORTS]], len(row["places"])]
                for row in source.rows(_TABLES)
            ],
            "checks": [[name, row["title_zh"], row["title_en"]] for name, row in checks.items()],
        },
    )


def _table(place: str, places: dict[str, int]) -> list[int]:
    document, _, number = place.rpartition(":t")
    return [places[document], int(number)]
