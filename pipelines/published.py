"""Published reports that files handed over can be compared with: of the same issuer, for the year and near ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from pipelines.settings import Settings
from pipelines.warehouse import cache, publish
from pipelines.warehouse.build import SourceFile

SHELF = "已发布/"
"""What the names of published reports begin with, beside those of the files handed over."""
YEARS = 2
MOST = 6
"""Reports compared with: those of the nearest years, so that a check stays quick."""

_OF_ISSUER = """
select f.file, f.sha256, f.size, d.fiscal_year, d.families,
    (select map_from_entries(list((s.key, s.value))) from staging.sidecars as s where s.file = f.file) as sidecar
from core.documents as d
inner join staging.files as f using (document_id)
where d.issuer = $issuer and abs(d.fiscal_year - $year) <= $years and d.status <> 'quarantined'
order by abs(d.fiscal_year - $year), f.file
"""


@dataclass(frozen=True, slots=True)
class _Identity:
    issuer: str
    year: int
    families: frozenset[str]


def others(settings: Settings, sources: Sequence[SourceFile]) -> tuple[SourceFile, ...]:
    """The published reports to compare `sources` with, their names on the SHELF.

    None for a report that names no issuer or year; never another version of the report itself, which is of the same
    year and kind and may be what is being put right. Nothing where nothing is published, or it was read by another
    version of the program.
    """
    known = [found for s in sources if (found := _identity(s)) is not None]
    if not known or publish.current(settings) is None:
        return ()
    handed_over = {s.sha256 for s in sources}
    chosen: dict[str, SourceFile] = {}
    try:
        with duckdb.connect(str(settings.warehouse.resolve()), read_only=True) as con:
            for identity in known:
                for source in _of_issuer(con, settings, identity):
                    if source.sha256 not in handed_over and len(chosen) < MOST:
                        chosen.setdefault(source.sha256, source)
    except duckdb.Error:  # torn, or of a version that has not these columns
        return ()
    return tuple(chosen.values())


def _identity(source: SourceFile) -> _Identity | None:
    """Of whom and when a report is, by its sidecar or by itself."""
    if source.folder is None:
        return None
    ((issuer, year, families),) = duckdb.execute(
        "select issuer, fiscal_year, families from read_parquet(?)", [str(source.folder / "documents.parquet")]
    ).fetchall()
    stated = source.sidecar or {}
    issuer, year = stated.get("issuer", issuer), stated.get("fiscal_year", year)
    return _Identity(str(issuer), year, frozenset(families or ())) if issuer and isinstance(year, int) else None


def _of_issuer(con: duckdb.DuckDBPyConnection, settings: Settings, identity: _Identity) -> list[SourceFile]:
    rows = con.execute(_OF_ISSUER, {"issuer": identity.issuer, "year": identity.year, "years": YEARS}).fetchall()
    found = []
    for file, sha256, size, year, families, sidecar in rows:
        folder = cache.folder_of(settings.cache, sha256)
        itself = year == identity.year and not identity.families.isdisjoint(families or ())
        if not itself and cache.has(folder):
            found.append(SourceFile(SHELF + file, sha256, size, folder, sidecar=sidecar, sidecar_file=None))
    return found
