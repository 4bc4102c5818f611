"""What stands in data/raw: which entries are reports, which are refused and why, and what their sidecars state.

Skipped by rule, because nobody means them as reports: names that begin with `.` or `~$`, `*.meta.yml` (sidecars),
`Thumbs.db` and `desktop.ini`. Every other entry is one row of the warehouse, readable or not; in place of a ZIP
archive stand its members (`archives`).
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import yaml

SIDECAR = ".meta.yml"
SKIPPED_NAMES = frozenset({"Thumbs.db", "desktop.ini"})
SKIPPED_PREFIXES = (".", "~$")
SIDECAR_BYTES = 64 * 1024
"""A larger sidecar is not a sidecar."""
BLOCK = 1 << 20
LARGEST_FILE = 1 << 30
"""Bytes; the longest scanned report at hand has a hundredth of that."""
UNOPENED = {
    errno.EACCES: "没有权限，请修改权限后重新刷新",
    errno.ENAMETOOLONG: "路径过长，请缩短文件夹或文件的名字",
    errno.ENOENT: "文件已不在，下次刷新时不再列出",
    errno.EISDIR: "这是文件夹",
    errno.ENXIO: "不是普通文件（设备、管道或套接字）",
    errno.ELOOP: "符号链接互相指向，没有尽头",
    errno.EFBIG: f"文件超过 {LARGEST_FILE >> 30} GB，请拆分后再提交",
}
"""What the system says of a file that does not open, in the words of who can mend it."""
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file below data/raw, `file` being its path there with `/`, undecodable bytes of a name as `\\xNN`.

    `sha256` is that of its bytes; of an entry that is not read, that of its name and `refused`, the reason (Chinese).
    `sidecar` is what `sidecar_file` states: `<file>.meta.yml`, or that of the archive for each of its members. `packed`
    says that the bytes begin as those of a ZIP archive do, office files included; `member` is the number of the file
    inside the archive at `path`, None for a file by itself.
    """

    file: str
    path: Path
    sha256: str
    size: int
    refused: str | None = None
    sidecar: Mapping[str, Any] | None = None
    sidecar_file: str | None = None
    packed: bool = False
    member: int | None = None


class SidecarError(ValueError):
    """A sidecar is not a YAML mapping of names to plain values; the message (Chinese) says where."""


def entries(raw: Path) -> tuple[Entry, ...]:
    """All entries below `raw`, by name. A folder that is missing has none."""
    return told_apart([_entry(raw, path) for path in _walk(raw)])


def told_apart(found: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries by name; where a name comes again, as in archives it may, a number follows it."""
    entries: dict[str, Entry] = {}
    for entry in sorted(found, key=lambda e: (e.file, e.path, e.member or 0)):
        file, copy = entry.file, 1
        while file in entries:
            copy += 1
            file = f"{entry.file} ({copy})"
        entries[file] = replace(entry, file=file)
    return tuple(entries[file] for file in sorted(entries))


def single(path: Path) -> Entry:
    """A file from anywhere, named as it was given: what a user hands over directly needs no guard against links."""
    return _opened(text_of(path), path)


def look(raw: Path) -> str:
    """A short name for the state of `raw` by names, sizes and times alone: cheap, and enough to see that it moved."""
    found = []
    for folder, _, names in os.walk(raw):
        for path in (Path(folder) / n for n in names):
            try:
                state = path.lstat()
            except OSError:  # gone meanwhile, or too deep to be reached: the next look, or a refresh, tells
                continue
            found.append(f"{display_name(raw, path)}\0{state.st_size}\0{state.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()


def lonely_sidecars(raw: Path) -> tuple[str, ...]:
    """Sidecars whose report is not there: probably a slip in a name."""
    found = (p for folder, _, names in os.walk(raw) for p in (Path(folder) / n for n in names))
    sidecars = (p for p in found if p.name.endswith(SIDECAR) and not p.name.startswith(SKIPPED_PREFIXES))
    missing = (p for p in sidecars if not os.path.lexists(str(p).removesuffix(SIDECAR)))
    return tuple(sorted(display_name(raw, p) for p in missing))


def display_name(raw: Path, path: Path) -> str:
    """The path below `raw` as text that every database and terminal can hold."""
    return text_of(path.relative_to(raw))


def text_of(path: Path) -> str:
    """The path as text, bytes that are in no encoding as `\\xNN`."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def is_skipped(name: str) -> bool:
    """Whether a file or folder of this name is passed over by rule."""
    return name.startswith(SKIPPED_PREFIXES) or name.endswith(SIDECAR) or name in SKIPPED_NAMES


def _walk(folder: Path) -> Iterator[Path]:
    """Every entry that is not skipped; of a folder that cannot be listed, the folder itself."""
    try:
        found = list(os.scandir(folder))
    except FileNotFoundError:
        return
    except OSError:
        yield folder
        return
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith(SKIPPED_PREFIXES):
                yield from _walk(Path(entry.path))
        elif not is_skipped(entry.name):
            yield Path(entry.path)


def _entry(raw: Path, path: Path) -> Entry:
    file = display_name(raw, path)
    reason = _refusal(raw, path)
    return _opened(file, path) if reason is None else refused(file, path, reason)


def _opened(file: str, path: Path) -> Entry:
    try:
        sha256, size, packed = _hash(path)
        return Entry(file, path, sha256, size, None, _sidecar(path), f"{file}{SIDECAR}", packed)
    except OSError as e:
        return refused(file, path, _unopened(e))
    except SidecarError as e:
        return refused(file, path, str(e))


def refused(file: str, path: Path, reason: str) -> Entry:
    """An entry that is not read, for this reason (Chinese)."""
    return Entry(file, path, hashlib.sha256(f"{file}\0{reason}".encode()).hexdigest(), 0, refused=reason)


def _refusal(raw: Path, path: Path) -> str | None:
    """Why an entry is not opened at all, None where it may be."""
    try:
        if path.is_symlink():
            target = Path(os.path.realpath(path))
            if not target.exists():
                return "符号链接失效：所指的文件不存在"
            if not target.is_relative_to(raw.resolve()):
                return "符号链接指向 data/raw 之外，出于安全不予读取；请把文件本身放入 data/raw"
        mode = path.stat().st_mode
    except OSError as e:
        return _unopened(e)
    if stat.S_ISDIR(mode):
        if path.is_symlink():
            return "符号链接指向文件夹，不予读取；请直接放入文件"
        return "文件夹无法打开（没有权限），其中的文件没有读取；请修改权限后重新刷新"
    if not stat.S_ISREG(mode):
        return "不是普通文件（设备、管道或套接字），不予读取"
    return None


def _unopened(error: OSError) -> str:
    return f"无法读取：{UNOPENED.get(error.errno or 0, error.strerror)}"


def _hash(path: Path) -> tuple[str, int, bool]:
    """Hash and size of a file, and whether it begins as a ZIP archive does. Raises OSError."""
    digest, size, packed = hashlib.sha256(), 0, False
    with regular_file(path) as f:
        if os.fstat(f.fileno()).st_size > LARGEST_FILE:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), os.fspath(path))
        while block := f.read(BLOCK):
            packed = packed or (size == 0 and block.startswith(ZIP_STARTS))
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size, packed


def regular_file(path: Path) -> BinaryIO:
    """A file open for reading. Raises OSError, also where it is (by now) a folder, a pipe or a device: never waits."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        code = errno.EISDIR if stat.S_ISDIR(mode) else errno.ENXIO
        raise OSError(code, os.strerror(code), os.fspath(path))
    return os.fdopen(handle, "rb")


def _sidecar(path: Path) -> Mapping[str, Any] | None:
    sidecar = path.with_name(path.name + SIDECAR)
    if not os.path.lexists(sidecar):
        return None
    if sidecar.is_symlink() or not sidecar.is_file():
        raise SidecarError(f"旁注文件 {sidecar.name} 是链接、文件夹或设备，出于安全不予读取；请换成普通文件")
    data = sidecar.read_bytes()
    if len(data) > SIDECAR_BYTES:
        raise SidecarError(f"旁注文件 {sidecar.name} 过大（超过 {SIDECAR_BYTES // 1024} KB）")
    try:
        stated = yaml.safe_load(data)
    except (yaml.YAMLError, ValueError, RecursionError) as e:  # what YAML raises over dates and numbers that cannot be
        mark = getattr(e, "problem_mark", None)
        place = f"第 {mark.line + 1} 行" if mark else "编码、日期、数字或嵌套层数"
        raise SidecarError(f"旁注文件 {sidecar.name} 不是有效的 YAML（{place}），请修正后重新刷新") from e
    if not isinstance(stated, dict) or any(isinstance(v, (dict, list, set)) for v in stated.values()):
        raise SidecarError(f"旁注文件 {sidecar.name} 应为“名称: 值”逐行列出，请修正后重新刷新")
    return {str(key): value for key, value in stated.items()}
