"""The OLE2 container of old Word, Excel and WPS files: which streams it holds, and their bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.package import TRUNCATED

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_REGULAR = 0xFFFFFFFA
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_HEADER_FAT_SLOTS = 109


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int
    siblings: tuple[int, int]
    child: int


class Compound:
    """A compound file. `streams` maps the name of each stream to its (first sector, size), those at the top before
    those inside storages, where embedded objects keep theirs; `top` names the former. Raises UnreadableDocument.

    Source: [MS-CFB] Compound File Binary File Format, sections 2.2–2.6.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(SIGNATURE):
            raise UnreadableDocument(TRUNCATED)
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise UnreadableDocument(TRUNCATED)
        self._sector, self._mini = 1 << shift, 1 << mini_shift
        directory, self._cutoff = struct.unpack_from("<I4xI", data, 48)
        first_mini_fat, _, first_difat, difats = struct.unpack_from("<4I", data, 60)
        self._fat = self._read_fat(first_difat, difats)
        self.streams: dict[str, tuple[int, int]] = {}
        self._mini_stream = b""
        entries = list(self._entries(directory))
        top = _children(entries)
        for entry in [*(entries[i] for i in sorted(top)), *entries]:
            if entry.kind == _ROOT:
                self._mini_stream = self._chain(entry.start)[: entry.size]
            elif entry.kind == _STREAM:
                self.streams.setdefault(entry.name, (entry.start, entry.size))
        self.top = frozenset(entries[i].name for i in top if entries[i].kind == _STREAM)
        self._mini_fat = _words(self._chain(first_mini_fat))

    def read(self, name: str) -> bytes | None:
        """The bytes of a stream, as many as the file still holds; None where there is no such stream."""
        if name not in self.streams:
            return None
        start, size = self.streams[name]
        if size >= self._cutoff:
            return self._chain(start)[:size]
        pieces, seen = [], set()
        while start < len(self._mini_fat) and start not in seen:
            seen.add(start)
            pieces.append(self._mini_stream[start * self._mini : (start + 1) * self._mini])
            start = self._mini_fat[start]
        return b"".join(pieces)[:size]

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        return self._data[start : start + self._sector]

    def _chain(self, number: int) -> bytes:
        pieces, seen = [], set()
        while number <= _LAST_REGULAR and number not in seen and (piece := self._at(number)):
            seen.add(number)
            pieces.append(piece)
            if number >= len(self._fat):
                break
            number = self._fat[number]
        return b"".join(pieces)

    def _read_fat(self, difat: int, count: int) -> list[int]:
        sectors = list(struct.unpack_from(f"<{_HEADER_FAT_SLOTS}I", self._data.ljust(512, b"\0"), 76))
        for _ in range(min(count, len(self._data) // self._sector)):
            more = _words(self._at(difat))
            if len(more) < 2:
                break
            sectors += more[:-1]
            difat = more[-1]
        return [n for s in sectors if s <= _LAST_REGULAR for n in _words(self._at(s))]

    def _entries(self, directory: int) -> Iterator[_Entry]:
        table = self._chain(directory)
        for at in range(0, len(table) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", table, at + 64)
            start, size = struct.unpack_from("<II", table, at + 116)
            name = table[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            left, right, child = struct.unpack_from("<III", table, at + 68)
            yield _Entry(name, kind, start, size, (left, right), child)


def _children(entries: Sequence[_Entry]) -> set[int]:
    """The numbers of the entries right below the root; none where its tree is broken at its top."""
    found: set[int] = set()
    ahead = [e.child for e in entries[:1] if e.kind == _ROOT]
    while ahead:
        number = ahead.pop()
        if number < len(entries) and number not in found:
            found.add(number)
            ahead += entries[number].siblings
    return found


def _words(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))
