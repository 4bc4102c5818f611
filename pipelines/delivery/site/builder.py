"""Builds the whole site of one warehouse into a new folder; the same warehouse and files give the same bytes."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipelines.delivery.site import (
    checks,
    comparison,
    dictionary,
    findings,
    overview,
    pages,
    queries,
    report,
    search,
    words,
)
from pipelines.delivery.site.folder import HERE, Folder
from pipelines.delivery.site.source import Row, Source, opened
from pipelines.readings import Progress, Silence

SILENCE = Silence()
STAMP = 12
"""Digits of the warehouse's fingerprint that pages and data carry."""
FIRST_PAGE = ("index.html", "data/overview.js")


@dataclass(frozen=True, slots=True)
class SiteSummary:
    """What was written: files, bytes, reports, page images (of which `drawn` reports were drawn anew), and the bytes
    that the first page loads."""

    files: int
    bytes: int
    reports: int
    images: int
    drawn: int
    first_page_bytes: int


def build(
    database: Path,
    raw: Path,
    target: Path,
    *,
    cache: Path | None = None,
    workers: int = 2,
    progress: Progress = SILENCE,
) -> SiteSummary:
    """Writes the site of a warehouse into the folder `target`, which must not exist yet.

    `database` is opened read-only; `raw` is the folder of reports, from which the pages of PDFs are drawn; `cache`
    keeps the drawn pages between builds (None: they are drawn each time), `workers` processes draw them, and
    `progress` watches. A report whose pages cannot be drawn has a page without images. Raises FileExistsError where
    `target` exists, duckdb.Error where the database lacks a table of the marts.
    """
    target.mkdir(parents=True)
    with opened(database) as source, tempfile.TemporaryDirectory(prefix="gouji-pages-") as beside:
        folder = Folder(target, _stamp(source))
        drawn = _reports(source, folder, raw, cache or Path(beside), workers, progress)
        catalogue = checks.catalogue(source)
        overview.write(source, folder, *comparison.write(source, folder))
        findings.write_index(source, folder, catalogue)
        checks.write(source, folder, catalogue)
        dictionary.write(source, folder)
        queries.write(source, folder)
        search.write(source, folder, catalogue)
        for name in ("compare", "reports"):
            folder.page(name, f"{name}.html")
        _assets(folder, checks.titles(catalogue))
        reports = source.rows("select count(*) as n from marts.documents")[0]["n"]
    return SiteSummary(
        files=folder.files,
        bytes=folder.bytes,
        reports=reports,
        images=sum(name.startswith("pages/") for name in folder.sizes),
        drawn=drawn,
        first_page_bytes=sum(
            size
            for name, size in folder.sizes.items()
            if name in FIRST_PAGE or (name.startswith("assets/") and "echarts" not in name)
        ),
    )


def _stamp(source: Source) -> str:
    found = source.rows("select value from core.meta where key = 'fingerprint'")
    return str(found[0]["value"])[:STAMP] if found else ""


def _reports(source: Source, folder: Folder, raw: Path, cache: Path, workers: int, progress: Progress) -> int:
    """Writes the page of every report; returns how many PDFs were drawn for it."""
    documents = source.rows("select * from marts.documents order by file")
    by_id = {row["document_id"]: row for row in documents}
    catalogue = checks.catalogue(source)
    titles = {row["file"]: (row["document_id"], row["title"] or row["file"]) for row in documents}
    tasks = {row["document_id"]: _task(source, row, raw, cache) for row in documents if _has_pages(row)}
    drawn = pages.draw_missing(list(tasks.values()), workers, progress)
    progress.stage("site", len(documents))
    for name, contents in source.contents(list(by_id)):
        images = pages.drawn(tasks[name]) if name in tasks else pages.Drawn(cache)
        report.write(folder, by_id[name], contents, images, catalogue)
        findings.write_of(folder, name, contents, titles)
        progress.document(by_id[name]["file"], "written")
    folder.data("reports", {"columns": report.REPORTS, "rows": report.summary(documents)})
    return drawn


def _has_pages(document: Row) -> bool:
    return pages.can_draw(document["media_type"], document["status"])


def _task(source: Source, document: Row, raw: Path, cache: Path) -> pages.Task:
    sentences = source.con.execute(
        "select sentence_no, page, text from staging.sentences where document_id = ? order by sentence_no",
        [document["document_id"]],
    ).fetchall()
    return pages.task_of(cache, raw, document["file"], document["sha256"], sentences)


def _assets(folder: Folder, titles: dict[str, list[str]]) -> None:
    """Styles and scripts, the words, and the vendored chart library with its licence."""
    for path in sorted((HERE / "assets").iterdir()):
        folder.copy(path, f"assets/{path.name}")
    for name in ("echarts.min.js", "LICENSE", "NOTICE"):
        folder.copy(HERE / "vendor" / name, f"assets/echarts/{name}")
    folder.script("words", words.script(titles))
