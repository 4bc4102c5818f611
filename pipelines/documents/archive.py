"""ZIP archives of reports, one level deep: their members one by one, each within limits, their names as data."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import IO

from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.media import ZIP
from pipelines.documents.package import BOMB, LOCKED, damage_explained, is_bomb, open_zip
from pipelines.documents.sniff import sniff

_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field for a name in UTF-8
_CLUTTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", "~$")
_SYMLINK, _KIND = 0o120000, 0o170000
_UNIX = 3


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How many members an archive may have, and the bytes of one and of all of them when unpacked."""

    members: int = 500
    member_bytes: int = 256 << 20
    total_bytes: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its name as the archive says it, to show and never to open; its bytes, or why not.

    `number` counts the files of the archive from 0, for names may repeat.
    """

    name: str
    data: bytes | None
    reason: str | None = None
    number: int = 0


def members(data: bytes | IO[bytes], limits: ArchiveLimits | None = None) -> Iterator[Member]:
    """The files in a ZIP archive in its own order, unpacked one at a time.

    Folders and what operating systems leave behind are passed over. A member that is encrypted, damaged, a link, an
    archive itself or out of proportion has a reason in place of its bytes; the others are not touched by it. Raises
    UnreadableDocument for an archive that is broken, empty, or beyond the limits as a whole.
    """
    limits = limits or ArchiveLimits()
    container = open_zip(data)
    for number, entry in enumerate(_entries(container, limits)):
        yield _member(container, entry, limits, number)


def member(data: bytes | IO[bytes], number: int, limits: ArchiveLimits | None = None) -> Member:
    """The file of that number, the others left packed. Raises UnreadableDocument as `members` does, and IndexError."""
    limits = limits or ArchiveLimits()
    container = open_zip(data)
    return _member(container, _entries(container, limits)[number], limits, number)


def _entries(container: zipfile.ZipFile, limits: ArchiveLimits) -> list[zipfile.ZipInfo]:
    named = [(i, _name(i)) for i in container.infolist()]
    entries = [i for i, name in named if not (name.endswith("/") and not i.file_size) and not _is_clutter(name)]
    if not entries:
        raise UnreadableDocument("压缩包里没有文件")
    if len(entries) > limits.members:
        raise UnreadableDocument(f"压缩包内有 {len(entries)} 个文件，超过 {limits.members} 个的上限")
    if sum(i.file_size for i in entries) > limits.total_bytes or _overlap(entries):
        raise UnreadableDocument(BOMB)
    return entries


def _member(container: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: ArchiveLimits, number: int) -> Member:
    name = _name(entry)
    try:
        return Member(name, _unpacked(container, entry, limits), number=number)
    except UnreadableDocument as e:
        return Member(name, None, e.reason, number)


def _unpacked(container: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: ArchiveLimits) -> bytes:
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableDocument(LOCKED)
    if entry.create_system == _UNIX and (entry.external_attr >> 16) & _KIND == _SYMLINK:
        raise UnreadableDocument("压缩包中的链接不予读取")
    if entry.file_size > limits.member_bytes or is_bomb(entry.file_size, entry.compress_size):
        raise UnreadableDocument(BOMB)
    with damage_explained():
        content = container.read(entry)
    if sniff(content) == ZIP:
        raise UnreadableDocument("压缩包中还有压缩包，只打开一层；请解压后提交其中的文件")
    return content


def _name(entry: zipfile.ZipInfo) -> str:
    """The name with `/` between folders. Chinese systems store GBK where the format's default is code page 437."""
    return _decoded_name(entry).replace("\\", "/").replace("\0", r"\x00") or "（无名）"


def _decoded_name(entry: zipfile.ZipInfo) -> str:
    stated = entry.orig_filename
    raw = stated.encode("utf-8" if entry.flag_bits & _UTF8_NAME else "cp437", "replace")
    if not entry.flag_bits & _UTF8_NAME:
        raw = _unicode_path(entry.extra) or raw
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return stated


def _unicode_path(extra: bytes) -> bytes | None:
    while len(extra) >= 4:
        kind, length = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == _UNICODE_PATH and length > 5:
            return extra[9 : 4 + length]  # after the version and the checksum of the other name
        extra = extra[4 + length :]
    return None


def _is_clutter(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(_CLUTTER)


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether members share packed bytes, which only bombs do."""
    places = sorted((i.header_offset, i.header_offset + i.compress_size) for i in entries)
    return any(end > start for (_, end), (start, _) in pairwise(places))
