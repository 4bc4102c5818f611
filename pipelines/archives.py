"""The reports inside ZIP archives: each member an entry of its own, listed in a guarded worker, read from the archive.

What an archive holds follows from its bytes and the parser, so its listing is kept beside the parse cache, by hash.
An archive that does not open stays one entry, whose reading says why. Names that inbox passes over are passed over in
archives too; the sidecar of an archive speaks for each of its members.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pipelines import inbox, readings
from pipelines.core.relations import sha256_of
from pipelines.documents.archive import members
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.media import ZIP
from pipelines.documents.sniff import sniff
from pipelines.inbox import Entry
from pipelines.readings import Task
from pipelines.settings import Settings
from pipelines.spread import spread


@dataclass(frozen=True, slots=True)
class Listed:
    """A member as listed: its number in the archive, the hash and size of its bytes, or why it is refused (Chinese)."""

    number: int
    name: str
    sha256: str | None
    size: int
    refused: str | None = None


def opened(settings: Settings, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries by name, each archive among them replaced by its members; lists what was not listed before.

    Raises what `spread` raises where no worker can be had.
    """
    packed = {e.sha256: e for e in reversed(entries) if e.packed and e.refused is None}
    listings = {sha256: _kept(_listing_file(settings, e)) for sha256, e in packed.items()}
    limits = readings.limits_of(settings)
    tasks = [readings.task_of(settings, packed[sha256]) for sha256, found in listings.items() if found is None]
    unsettled = [task for task in tasks if not readings.is_settled(task.folder, limits)]
    for outcome in spread(listed, unsettled, limits, settings.workers, settings.dask):
        sha256 = outcome.item.sha256
        listings[sha256] = outcome.result
        if outcome.result is None:
            readings.note(outcome, limits)
        else:
            _keep(_listing_file(settings, packed[sha256]), outcome.result)
    found = [inner for e in entries for inner in _inside(e, listings.get(e.sha256) if e.packed else None)]
    return inbox.told_apart(found)


def handed_over(settings: Settings, paths: Sequence[Path]) -> tuple[Entry, ...]:
    """The entries of paths from anywhere: files, members as `archive.zip/name`, and for an archive all its members.

    Raises FileNotFoundError, with the path, where there is no such file or member.
    """
    files = {path: _file_on_disk(path) for path in paths}
    with tempfile.TemporaryDirectory(prefix="gouji-") as beside:
        whole = [inbox.single(file) for file in dict.fromkeys(files.values())]
        found = opened(replace(settings, data=Path(beside)), whole)
    chosen: dict[str, Entry] = {}
    for path, file in files.items():
        wanted = [e for e in found if e.path == file and (path == file or e.file == inbox.text_of(path))]
        if not wanted:
            raise FileNotFoundError(path)
        chosen |= {e.file: e for e in wanted}
    return tuple(chosen.values())


def listed(task: Task) -> list[Listed]:
    """What an archive holds; nothing where the file is none, is no longer the planned one, or does not open."""
    try:
        with inbox.regular_file(task.path) as file:
            data = file.read()
        if sha256_of(data) != task.sha256 or sniff(data) != ZIP:
            return []
        return [
            Listed(m.number, m.name, sha256_of(m.data) if m.data is not None else None, len(m.data or b""), m.reason)
            for m in members(data)
            if not _is_skipped(m.name)
        ]
    except (OSError, UnreadableDocument):
        return []


def _inside(archive: Entry, listing: Sequence[Listed] | None) -> list[Entry]:
    if not listing:
        return [archive]
    return [_entry(archive, m) for m in listing]


def _entry(archive: Entry, m: Listed) -> Entry:
    file = f"{archive.file}/{m.name}"
    if m.sha256 is None:
        return inbox.refused(file, archive.path, m.refused or "")
    return replace(archive, file=file, sha256=m.sha256, size=m.size, packed=False, member=m.number)


def _is_skipped(name: str) -> bool:
    """As below data/raw; but `..` is no hidden folder: a name that climbs is kept, as a name."""
    *folders, base = [part for part in name.split("/") if part not in ("", ".", "..")] or [""]
    return inbox.is_skipped(base) or any(folder.startswith(inbox.SKIPPED_PREFIXES) for folder in folders)


def _file_on_disk(path: Path) -> Path:
    """The path itself, or the file that it leads into. Raises FileNotFoundError where there is neither."""
    found = next((p for p in (path, *path.parents) if p.exists()), path)
    if found != path and not found.is_file():
        raise FileNotFoundError(path)
    return found


def _listing_file(settings: Settings, archive: Entry) -> Path:
    folder = readings.task_of(settings, archive).folder
    return folder.with_name(f"{folder.name}.members.json")


def _kept(file: Path) -> list[Listed] | None:
    try:
        return [Listed(**m) for m in json.loads(file.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):  # not there, or torn by a crash: list it again
        return None


def _keep(file: Path, listing: Sequence[Listed]) -> None:
    """Writes the listing in one step; where that fails it is made again next time."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{file.name[:16]}.", dir=file.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump([asdict(m) for m in listing], out)
        Path(temporary).replace(file)
