"""Write, audit, publish: a refresh builds a hidden draft, and one atomic swap makes it the warehouse.

    data/marts/versions/<time>/   gouji.duckdb, parquet/<mart>.parquet, gouji.xlsx, site/, publication.json
    data/marts/current            → versions/<time>: the one link that a publication moves
    data/marts/gouji.duckdb       → current/gouji.duckdb
    data/marts/parquet            → current/parquet, and so each deliverable

Readers open data/marts/gouji.duckdb by its plain path; an open reader keeps its version, since DuckDB follows the
links when it opens. A build that fails or is killed leaves only a hidden folder, which the next one removes.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipelines.settings import Settings
from pipelines.warehouse import datapackage, objects
from pipelines.warehouse.build import open_database

DRAFT = ".building."
LINK = ".link."
RECORD = "publication.json"

Step = Callable[[duckdb.DuckDBPyConnection], object]
Make = Callable[[Path, Path], object]
"""Writes one deliverable: from the finished database (first) to a path that does not exist yet (second)."""


class AnotherRefreshRunning(RuntimeError):
    """The folder of published warehouses is being written by another process."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A warehouse that is being built and that no reader sees."""

    folder: Path

    @property
    def database(self) -> Path:
        """Its database file."""
        return self.folder / "gouji.duckdb"


@dataclass(frozen=True, slots=True)
class Publication:
    """A published version: its folder's name, when it became current (UTC), what it was made from, rows by mart."""

    version: str
    published_at: str
    fingerprint: str
    rows: dict[str, int] = field(default_factory=dict)


def current(settings: Settings) -> Publication | None:
    """The published version, None where nothing whole is published."""
    record = settings.marts / "current" / RECORD
    if not settings.warehouse.is_file() or not record.is_file():
        return None
    return Publication(**json.loads(record.read_text(encoding="utf-8")))


def published_fingerprint(settings: Settings) -> str | None:
    """What the current warehouse was made from, None where there is none; reads one small file."""
    publication = current(settings)
    return publication.fingerprint if publication else None


@contextmanager
def single_writer(settings: Settings) -> Iterator[None]:
    """Holds the right to build and publish; the kernel gives it back when the process ends, however it ends.

    Raises AnotherRefreshRunning, naming the process, where another one holds it.
    """
    settings.marts.mkdir(parents=True, exist_ok=True)
    with (settings.marts / ".lock").open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as e:
            lock.seek(0)
            holder = lock.read().strip() or "?"
            raise AnotherRefreshRunning(
                f"另一次刷新正在写入 {settings.marts}（进程 {holder}），请等它结束后再运行 / "
                f"another refresh (process {holder}) is writing there: wait until it ends, then run again"
            ) from e
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def begin(settings: Settings) -> Draft:
    """A fresh draft, leftovers of crashed builds removed. Call it as the single writer."""
    for leftover in [*settings.marts.glob(f"{DRAFT}*"), *settings.marts.glob(f"{LINK}*")]:
        _remove(leftover)
    draft = Draft(settings.marts / f"{DRAFT}{os.getpid()}")
    draft.folder.mkdir(parents=True)
    return draft


def promote(
    settings: Settings, draft: Draft, fingerprint: str, deliverables: Mapping[str, Make] | None = None
) -> Publication:
    """Makes a built and audited draft the current version, with its marts as Parquet; keeps the last few versions.

    `deliverables` (file or folder name → how it is made) appear beside the database in the same swap; where one cannot
    be made, its error is raised and nothing is published. Call it as the single writer, with no connection open on the
    draft.
    """
    rows = _finish(draft)
    for name, make in (deliverables or {}).items():
        make(draft.database, draft.folder / name)
    now = datetime.now(UTC)
    publication = Publication(now.strftime("%Y%m%dT%H%M%S.%fZ"), now.isoformat(), fingerprint, rows)
    record = json.dumps(asdict(publication), ensure_ascii=False, indent=2, sort_keys=True)
    (draft.folder / RECORD).write_text(record + "\n", encoding="utf-8")
    for path in sorted(p for p in draft.folder.rglob("*") if p.is_file()):
        _sync(path)
    for folder in (*sorted(p for p in draft.folder.rglob("*") if p.is_dir()), draft.folder):
        _sync(folder)
    versions = settings.marts / "versions"
    versions.mkdir(exist_ok=True)
    draft.folder.rename(versions / publication.version)
    _sync(versions)
    _link(settings.warehouse, "current/gouji.duckdb")
    for name in ("parquet", *(deliverables or ())):
        _link(settings.marts / name, f"current/{name}")
    _link(settings.marts / "current", f"versions/{publication.version}")
    _sync(settings.marts)
    _prune(versions, publication.version, settings.keep_versions)
    return publication


def publish(settings: Settings, build: Step, gate: Step | None, fingerprint: str) -> Publication:
    """Builds a draft with `build`, lets `gate` look at it read-only, and makes it current.

    Whatever `build` or `gate` raises is raised on, and nothing is published.
    """
    with single_writer(settings):
        draft = begin(settings)
        try:
            with open_database(draft.database) as con:
                build(con)
            if gate is not None:
                with duckdb.connect(str(draft.database), read_only=True) as con:
                    gate(con)
            return promote(settings, draft, fingerprint)
        finally:
            _remove(draft.folder)


def _finish(draft: Draft) -> dict[str, int]:
    """Writes everything into the one database file, and each mart as Parquet; rows by mart."""
    folder = draft.folder / "parquet"
    folder.mkdir()
    with open_database(draft.database) as con:
        marts = con.execute(
            "select table_name from duckdb_tables() where database_name = 'gouji' and schema_name = 'marts' order by 1"
        ).fetchall()
        for (name,) in marts:
            path = objects.literal(str(folder / f"{name}.parquet"))
            con.execute(f"copy marts.{name} to {path} (format parquet, compression zstd)")
        datapackage.write(con, folder)
        rows = {name: objects.count(con, f"marts.{name}") for (name,) in marts}
        con.execute("checkpoint gouji")
    _remove(draft.database.with_suffix(".spill"))
    return rows


def _link(path: Path, target: str) -> None:
    """Makes `path` a relative link to `target` in one step, whatever was there."""
    if path.is_symlink() and str(path.readlink()) == target:
        return
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    temporary = path.with_name(f"{LINK}{os.getpid()}.{path.name}")
    temporary.symlink_to(target)
    temporary.replace(path)


def _prune(versions: Path, newest: str, keep: int) -> None:
    older = sorted(p for p in versions.iterdir() if p.name != newest)
    for path in older[: max(0, len(older) - max(0, keep - 1))]:
        _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
