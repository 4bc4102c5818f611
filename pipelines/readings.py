"""The reading of every file: from the parse cache, else made in a guarded worker process, else a reason why not.

What a limit cut off says nothing about the file alone, so it never enters the cache; it is noted beside it, with the
limits of that day, and tried again under wider ones.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from pipelines import reading
from pipelines.core.relations import Reading, sha256_of
from pipelines.documents import archive
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.guard import CannotRun, Failure, Limits
from pipelines.inbox import Entry, regular_file
from pipelines.settings import Settings
from pipelines.spread import Outcome, spread
from pipelines.warehouse import cache
from pipelines.warehouse.build import SourceFile

CHANGED_MEANWHILE = "文件在刷新期间发生了变化，下次刷新时重新读取"
REASONS = {
    "time": "读取超过 {seconds:g} 秒的时限，已中止",
    "memory": "读取所需内存超过 {megabytes} MB 的上限，已中止",
    "pages": "文件有 {detail} 页，超过 {pages} 页的上限，请拆分后再提交",
    "crash": "读取时程序意外终止（{detail}），文件可能已损坏，或展开后过于庞大",
    "error": "读取时出错（{detail}），文件可能已损坏，或用了未曾见过的写法；请另存一份再试，或交给维护人员",
}


WORTH_A_LINE = frozenset({"read", "changed", "failed"})
"""Outcomes that a log tells of each document; of others it is enough to say now and then how far they are."""


class Progress(Protocol):
    """Who watches documents pass through a stage."""

    def stage(self, name: str, total: int = 0) -> None:
        """A stage begins; `total` documents pass through it, 0 where it works on all of them at once."""

    def document(self, file: str, outcome: str) -> None:
        """A document has passed: `cached`, `read`, `changed` or `failed`; later `judged`, `drawn` or `written`."""


class Silence:
    """Nobody watches."""

    def stage(self, name: str, total: int = 0) -> None:
        """Nothing."""

    def document(self, file: str, outcome: str) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read: its bytes must have the hash that it is cached under.

    `member` is its number in the archive at `path`, None for a file by itself; `pages` is how many it may have.
    """

    file: str
    path: Path
    sha256: str
    folder: Path
    pages: int
    member: int | None = None


class CacheUnwritable(CannotRun):
    """A reading could not be kept: the disk is full, or the cache folder may not be written to."""


def gather(settings: Settings, entries: Sequence[Entry], progress: Progress) -> tuple[SourceFile, ...]:
    """What the warehouse needs to know of each entry, in the order of `entries`; reads what is not cached.

    Raises CacheUnwritable, and what `spread` raises where no worker can be had.
    """
    readable = {e.sha256: e for e in reversed(entries) if e.refused is None}  # of copies, the first
    folders = {sha256: cache.folder_of(settings.cache, sha256) for sha256 in readable}
    limits = limits_of(settings)
    progress.stage("read", len(readable))
    tasks = []
    # The largest first: a long one started last would keep everybody waiting.
    for e in sorted(readable.values(), key=lambda e: (-e.size, e.file)):
        if is_settled(folders[e.sha256], limits):
            progress.document(e.file, "cached")
        else:
            tasks.append(task_of(settings, e))
    changed: set[str] = set()
    for outcome in spread(read_into_cache, tasks, limits, settings.workers, settings.dask):
        if outcome.result == "unwritable":
            raise CacheUnwritable(f"无法写入 {settings.cache}：磁盘是否已满？ / cannot write there: is the disk full?")
        if outcome.result == "changed":
            changed.add(outcome.item.sha256)
        note(outcome, limits)
        progress.document(outcome.item.file, outcome.result or "failed")
    return tuple(_source(e, folders.get(e.sha256), e.sha256 in changed) for e in entries)


def read_into_cache(task: Task) -> str:
    """Reads one file and keeps the reading: `read`; `changed` where it is no longer the planned file; `unwritable`."""
    data = _bytes(task.path, task.member)
    if data is None or sha256_of(data) != task.sha256:
        return "changed"
    result = reading.read(data, task.file, task.pages)
    try:
        cache.save(result, task.folder)
    except OSError:
        return "unwritable"
    return "read"


@dataclass(frozen=True, slots=True)
class Understood:
    """One file with its reading, or with the reason (Chinese) why there is none."""

    entry: Entry
    reading: Reading | None
    reason: str | None = None


def read_beside(settings: Settings, entries: Sequence[Entry], progress: Progress) -> list[Understood]:
    """Reads files for themselves, in guarded workers and without the cache, in the order given."""
    limits = limits_of(settings)
    tasks = [task_of(settings, e) for e in entries if e.refused is None]
    progress.stage("read", len(tasks))
    outcomes = {}
    for outcome in spread(read_for_itself, tasks, limits, settings.workers):
        outcomes[outcome.item.file] = outcome
        progress.document(outcome.item.file, "failed" if outcome.failure else "read")
    found = []
    for entry in entries:
        read = outcomes.get(entry.file)
        if read is None or read.failure is not None:
            reason = reason_of(read.failure, limits) if read and read.failure else entry.refused
            found.append(Understood(entry, None, reason))
        else:
            found.append(Understood(entry, read.result))
    return found


def read_for_itself(task: Task) -> Reading:
    """The reading of one file, whatever it has become since it was planned. Raises FileNotFoundError."""
    data = _bytes(task.path, task.member)
    if data is None:
        raise FileNotFoundError(task.file)
    return reading.read(data, task.file, task.pages)


def task_of(settings: Settings, entry: Entry) -> Task:
    """The task of reading an entry."""
    folder = cache.folder_of(settings.cache, entry.sha256)
    return Task(entry.file, entry.path, entry.sha256, folder, settings.document_pages, entry.member)


def bytes_of(entry: Entry) -> bytes | None:
    """The bytes of an entry, None where they are no longer there."""
    return _bytes(entry.path, entry.member)


def _bytes(path: Path, member: int | None) -> bytes | None:
    """The bytes of a file or of an archive's member, None where it is no longer there, or no longer such a file."""
    try:
        with regular_file(path) as file:
            return file.read() if member is None else archive.member(file, member).data
    except (OSError, UnreadableDocument, IndexError):
        return None


def unread(entry: Entry) -> SourceFile:
    """The entry as the warehouse sees it before any reading."""
    return SourceFile(
        entry.file, entry.sha256, entry.size, None, sidecar=entry.sidecar, sidecar_file=entry.sidecar_file
    )


def limits_of(settings: Settings) -> Limits:
    """What reading one document may cost."""
    return Limits(settings.document_seconds, settings.document_megabytes, settings.document_pages)


def is_outgrown(settings: Settings, entry: Entry) -> bool:
    """Whether the entry was cut off under tighter limits than today's."""
    noted = _noted(cache.folder_of(settings.cache, entry.sha256))
    return noted is not None and _wider(limits_of(settings), *noted)


def forget_failures(settings: Settings, entries: Sequence[Entry]) -> None:
    """Lets everything that could not be read be tried again."""
    for entry in entries:
        _note_file(cache.folder_of(settings.cache, entry.sha256)).unlink(missing_ok=True)


def is_settled(folder: Path, limits: Limits) -> bool:
    """Whether the reading is there, or is known to need more than these limits."""
    noted = _noted(folder)
    return cache.has(folder) or (noted is not None and not _wider(limits, *noted))


def _wider(limits: Limits, failure: Failure, then: Limits) -> bool:
    if failure.kind == "time":
        return limits.seconds > then.seconds
    if failure.kind == "pages":
        return limits.pages > then.pages
    return failure.kind in ("memory", "crash") and limits.megabytes > then.megabytes


def _source(entry: Entry, folder: Path | None, changed: bool) -> SourceFile:
    if folder is not None and cache.has(folder):
        return SourceFile(
            entry.file, entry.sha256, entry.size, folder, sidecar=entry.sidecar, sidecar_file=entry.sidecar_file
        )
    reason = entry.refused or CHANGED_MEANWHILE
    noted = _noted(folder) if folder and not changed else None
    if noted:
        reason = reason_of(*noted)
    return SourceFile(
        entry.file,
        entry.sha256,
        entry.size,
        None,
        "quarantined",
        reason,
        sidecar=entry.sidecar,
        sidecar_file=entry.sidecar_file,
    )


def reason_of(failure: Failure, limits: Limits) -> str:
    """In words for the person who sent the file: of an error or a death its kind alone, the rest is in the note."""
    return REASONS[failure.kind].format(detail=failure.detail.partition(":")[0], **asdict(limits))


def note(outcome: Outcome[Task, Any], limits: Limits) -> None:
    """Notes beside the cache what a limit cut off, with the limits of today; a success wipes the note away."""
    place = _note_file(outcome.item.folder)
    if outcome.failure is None:
        place.unlink(missing_ok=True)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(
        json.dumps({"failure": asdict(outcome.failure), "limits": asdict(limits)}, ensure_ascii=False),
        encoding="utf-8",
    )


def _noted(folder: Path) -> tuple[Failure, Limits] | None:
    try:
        note = json.loads(_note_file(folder).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Failure(**note["failure"]), Limits(**note["limits"])


def _note_file(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.failure.json")
