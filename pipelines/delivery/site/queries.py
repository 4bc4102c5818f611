"""SQL to begin with: the files of `queries/`, each run against the warehouse of the site and shown with its answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from pipelines.delivery.site.folder import HERE, Folder
from pipelines.delivery.site.source import Source
from pipelines.delivery.site.words import pair
from pipelines.delivery.terminal import is_numeric, shown

SHOWN = 12
"""Rows of an answer that the page shows."""


@dataclass(frozen=True)
class Query:
    """A query with its question; the columns of its answer as (name, whether numbers), and the first of its rows."""

    name: str
    question: Markup
    sql: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    more: int


def write(source: Source, folder: Folder) -> None:
    """Writes the page."""
    folder.page("sql", "sql.html", queries=[answered(source, path) for path in files()])


def files() -> list[Path]:
    """The queries in the order in which they are shown."""
    return sorted((HERE / "queries").glob("*.sql"))


def answered(source: Source, path: Path) -> Query:
    """One query with its answer; raises duckdb.Error where the warehouse cannot answer it."""
    question, _, sql = path.read_text(encoding="utf-8").partition("\n")
    zh, _, en = question.removeprefix("-- ").partition(" / ")
    found = source.con.execute(sql)
    names = [d[0] for d in found.description or ()]
    rows = found.fetchall()
    columns = tuple((name, is_numeric([row[i] for row in rows])) for i, name in enumerate(names))
    first = tuple(tuple(shown(v, n) for v, n in zip(row, names, strict=True)) for row in rows[:SHOWN])
    return Query(path.stem.partition("-")[2], pair(zh, en), sql.strip(), columns, first, max(0, len(rows) - SHOWN))
