"""A refresh, step by step: plan, read, build, audit, publish; plain functions that Dagster and the command call."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from pipelines import archives, inbox, published, readings
from pipelines.audit.run import AuditSummary, audit
from pipelines.decisions import table as decisions
from pipelines.decisions.table import NO_DECISIONS, Decisions
from pipelines.inbox import Entry
from pipelines.readings import Progress
from pipelines.settings import PROJECT, Settings
from pipelines.warehouse import build, cache, objects, publish
from pipelines.warehouse.build import SourceFile
from pipelines.warehouse.fingerprint import builder_version, fingerprint
from pipelines.warehouse.publish import Draft, Publication

SHIPPED = PROJECT / "pipelines" / "vocab"
"""Where the package keeps decisions of its own."""


class OutOfOrder(RuntimeError):
    """A step was asked for without the steps before it; a warehouse is built whole, in one run."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How data/raw differs from what the published warehouse was made of, as file names."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a refresh will work on. `fingerprint` names everything that the result depends on.

    `retry` lists documents whose reading was cut off under tighter limits than today's.
    """

    entries: tuple[Entry, ...]
    fingerprint: str
    published: str | None
    changes: Changes
    retry: tuple[str, ...]
    lonely_sidecars: tuple[str, ...]
    decided: Decisions = NO_DECISIONS

    @property
    def unchanged(self) -> bool:
        """Whether the published warehouse is already what this refresh would give."""
        return self.fingerprint == self.published and not self.retry


def plan(settings: Settings) -> Plan:
    """Looks at data/raw, at what people decided and at the published warehouse.

    Reads no report, and writes nothing but what archives hold. Raises DecisionsError where a file of decisions is none.
    """
    decided = decisions.load(settings.data, SHIPPED)
    entries = archives.opened(settings, inbox.entries(settings.raw))
    files = published_files(settings)
    return Plan(
        entries=entries,
        fingerprint=fingerprint(map(readings.unread, entries), decided.digest),
        published=publish.published_fingerprint(settings) if files is not None else None,
        changes=changes({e.file: e.sha256 for e in entries}, files or {}),
        retry=tuple(e.file for e in entries if readings.is_outgrown(settings, e)),
        lonely_sidecars=inbox.lonely_sidecars(settings.raw),
        decided=decided,
    )


def published_files(settings: Settings) -> dict[str, str] | None:
    """The files that the published warehouse was made of, as file → sha256; None where there is none, or a torn one."""
    if publish.current(settings) is None:
        return None
    try:
        with duckdb.connect(str(settings.warehouse.resolve()), read_only=True) as con:
            return dict(con.execute("select file, sha256 from staging.files").fetchall())
    except duckdb.Error:
        return None


def changes(here: Mapping[str, str], published: Mapping[str, str]) -> Changes:
    """What differs between two states of data/raw, each as file → sha256."""
    return Changes(
        new=tuple(sorted(here.keys() - published.keys())),
        changed=tuple(sorted(f for f in here.keys() & published.keys() if here[f] != published[f])),
        withdrawn=tuple(sorted(published.keys() - here.keys())),
    )


@dataclass
class Refresh:
    """A refresh in progress: the only writer, with the draft of the next warehouse and the connection to it."""

    settings: Settings
    progress: Progress
    draft: Draft
    connection: duckdb.DuckDBPyConnection
    sources: tuple[SourceFile, ...] = ()
    summary: AuditSummary | None = None
    publication: Publication | None = None
    _plan: Plan | None = None
    _built: list[str] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        """What this refresh works on. Raises OutOfOrder before `read`."""
        if self._plan is None:
            raise OutOfOrder("the reports were not read in this run: run the job `refresh` as a whole")
        return self._plan

    def read(self) -> Plan:
        """Plans, and reads every report that is not cached."""
        self.progress.stage("plan")
        self._plan = plan(self.settings)
        self.sources = readings.gather(self.settings, self._plan.entries, self.progress)
        return self._plan

    def build(self, layer: str) -> dict[str, int]:
        """Builds the tables of one SQL layer; returns rows by table."""
        self._follow(layer)
        self.progress.stage(layer)
        if layer == "staging":
            return build.load_staging(self.connection, self.sources, meta(self.plan), decided=self.plan.decided)
        return build.build_layer(self.connection, layer)

    def audit(self) -> AuditSummary:
        """Judges every equation."""
        self._follow("audit")
        self.progress.stage("audit", objects.count(self.connection, "core.documents"))
        with objects.transaction(self.connection):
            self.summary = audit(self.connection, judged=lambda file: self.progress.document(file, "judged"))
        return self.summary

    def publish(self) -> Publication:
        """Makes the draft the current warehouse; the connection to it is closed."""
        self._follow("published")
        self.progress.stage("publish")
        self.connection.close()
        made = deliverables(self.settings, self.progress)
        self.publication = publish.promote(self.settings, self.draft, self.plan.fingerprint, made)
        return self.publication

    def _follow(self, step: str) -> None:
        """Raises OutOfOrder unless every step before this one was taken in this run."""
        before = list(STEPS[: STEPS.index(step)])
        if self._plan is None or self._built != before:
            raise OutOfOrder(f"{step} needs {', '.join(['read', *before])} in the same run: run the job `refresh`")
        self._built.append(step)


STEPS = ("staging", "core", "audit", "marts", "published")


AUDITED = ("documents", "findings", "check_ledger", "obligations")
"""The marts that say what became of each report."""


@dataclass(frozen=True, slots=True)
class Examination:
    """A few files read and audited; `compared` names the published reports that they were compared with."""

    sources: tuple[SourceFile, ...]
    connection: duckdb.DuckDBPyConnection
    summary: AuditSummary
    compared: tuple[str, ...] = ()


@contextmanager
def begin(settings: Settings, progress: Progress) -> Iterator[Refresh]:
    """A refresh as the single writer; what it leaves unpublished is removed.

    Raises AnotherRefreshRunning where one is under way.
    """
    with publish.single_writer(settings):
        draft = publish.begin(settings)
        try:
            with build.open_database(draft.database) as connection:
                yield Refresh(settings, progress, draft, connection)
        finally:
            shutil.rmtree(draft.folder, ignore_errors=True)


def deliverables(settings: Settings, progress: Progress) -> dict[str, publish.Make]:
    """What people read, made from the finished database and published with it, by its name beside the database."""
    from pipelines.delivery import site, workbook  # noqa: PLC0415 - only a publication waits for them

    def make_site(database: Path, target: Path) -> None:
        kept, workers = settings.cache, settings.workers
        site.build(database, settings.raw, target, cache=kept, workers=workers, progress=progress)

    return {"gouji.xlsx": workbook.build, "site": make_site}


def meta(planned: Plan) -> dict[str, str]:
    """What core.meta publishes: nothing that differs between runs over the same files."""
    return {
        "fingerprint": planned.fingerprint,
        "parser_version": cache.parser_version(),
        "builder_version": builder_version(),
        "duckdb": duckdb.__version__,
    }


@contextmanager
def examination(
    settings: Settings, entries: Sequence[Entry], progress: Progress, *, alone: bool = False
) -> Iterator[Examination]:
    """Reads, builds and audits a few files in a temporary folder, beside whatever is published.

    Unless `alone`, they are compared with what is published of the same issuers, of which the marts then say nothing.
    """
    with tempfile.TemporaryDirectory(prefix="gouji-") as folder:
        beside = replace(settings, data=Path(folder))
        sources = readings.gather(beside, entries, progress)
        with build.open_database(Path(folder) / "examination.duckdb") as connection:
            progress.stage("audit")
            decided = decisions.load(settings.data, SHIPPED)
            others = () if alone else published.others(settings, sources)
            build.load_staging(connection, (*sources, *others), decided=decided, commented=False)
            build.build_layer(connection, "core", commented=False)
            with objects.transaction(connection):
                summary = audit(connection)
            build.build_layer(connection, "marts", commented=False)
            compared = tuple(sorted(s.file for s in others))
            for name in AUDITED if compared else ():
                connection.execute(f"delete from marts.{name} where list_contains(?, file)", [list(compared)])
            yield Examination(sources, connection, summary, compared)
