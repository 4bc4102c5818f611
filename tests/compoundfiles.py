"""OLE2 compound files as old Office and WPS write them, made from streams and storages of any names."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.documents.compound import SIGNATURE, Compound

SECTOR, MINI, CUTOFF = 512, 64, 4096
END, FREE, OF_FAT, NOTHING = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5

Tree = Mapping[str, "bytes | Tree"]


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    right: int = NOTHING
    child: int = NOTHING
    start: int = END


def streams_of(data: bytes) -> dict[str, bytes]:
    """The streams of a compound file by name."""
    found = Compound(data)
    return {name: found.read(name) or b"" for name in found.streams}


def compound(tree: Tree) -> bytes:
    """A compound file of streams (bytes) and storages (mappings), nested as given."""
    entries = [_Entry("Root Entry", ROOT)]
    entries[0].child = _enter(entries, tree)
    sectors: list[bytes] = []
    fat: list[int] = []
    mini_fat: list[int] = []
    small = b""
    for entry in entries:
        if entry.kind == STREAM and 0 < len(entry.data) < CUTOFF:
            entry.start = len(mini_fat)
            count = -(-len(entry.data) // MINI)
            mini_fat += [*range(entry.start + 1, entry.start + count), END]
            small += entry.data.ljust(count * MINI, b"\0")
        elif entry.kind == STREAM and entry.data:
            entry.start = _store(entry.data, sectors, fat)
    entries[0].data = small
    entries[0].start = _store(small, sectors, fat)
    mini = _store(struct.pack(f"<{len(mini_fat)}I", *mini_fat), sectors, fat, FREE)
    directory = _store(b"".join(map(_directory_entry, entries)), sectors, fat)
    tables = 1
    while tables * SECTOR // 4 < len(fat) + tables:
        tables += 1
    numbers = range(len(fat), len(fat) + tables)
    fat += [OF_FAT] * tables
    fat += [FREE] * (tables * SECTOR // 4 - len(fat))
    sectors += [struct.pack("<128I", *fat[i : i + 128]) for i in range(0, len(fat), 128)]
    mini_sectors = -(-len(mini_fat) * 4 // SECTOR)
    head = SIGNATURE + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, tables, directory, 0, CUTOFF, mini, mini_sectors, END, 0)
    return head + struct.pack("<109I", *[*numbers, *[FREE] * (109 - tables)]) + b"".join(sectors)


def _enter(entries: list[_Entry], tree: Tree) -> int:
    """Appends what a storage holds, in the order that readers search by; returns the number of the first entry."""
    first = before = NOTHING
    for name, held in sorted(tree.items(), key=lambda pair: (len(pair[0]), pair[0].upper())):
        number = len(entries)
        entry = _Entry(name, STREAM, held) if isinstance(held, bytes) else _Entry(name, STORAGE)
        entries.append(entry)
        if not isinstance(held, bytes):
            entry.child = _enter(entries, held)
        if before == NOTHING:
            first = number
        else:
            entries[before].right = number
        before = number
    return first


def _store(data: bytes, sectors: list[bytes], fat: list[int], fill: int = 0) -> int:
    """Appends data in whole sectors; returns the number of the first, END where there is none."""
    if not data:
        return END
    start = len(sectors)
    padded = data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\xff" if fill else b"\0")
    sectors += [padded[i : i + SECTOR] for i in range(0, len(padded), SECTOR)]
    fat += [*range(start + 1, len(sectors)), END]
    return start


def _directory_entry(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le")
    head = struct.pack("<64sHBB", name, len(name) + 2, entry.kind, 1)
    links = struct.pack("<III", NOTHING, entry.right, entry.child)
    return head + links + bytes(36) + struct.pack("<IQ", entry.start if entry.data else END, len(entry.data))
