"""The two files of decisions: their columns, how they are read, and how a row is added to one.

A file is UTF-8 (with or without a byte order mark) or, as spreadsheet programs in China save it, GB 18030. A row that
is not in form is no reason to stop: it is kept with what is wrong with it, and listed.
"""

from __future__ import annotations

import csv
import fcntl
import hashlib
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CORRECTIONS = "corrections.csv"
ACKNOWLEDGEMENTS = "acknowledgements.csv"
COLUMNS = {
    CORRECTIONS: (
        "sha256",
        "table_no",
        "row_no",
        "col_no",
        "char_start",
        "char_end",
        "printed",
        "corrected",
        "reason",
        "decided_by",
        "decided_on",
    ),
    ACKNOWLEDGEMENTS: ("finding_id", "file", "signature", "reason", "decided_by", "decided_on"),
}
"""The columns of each file: of a correction, the place is a cell (table_no from 1, row_no and col_no from 0, as in
staging.cells) or a span of the text (char_start to char_end, as in marts.facts); `printed` is what stood there."""
LARGEST = 16 * 1024 * 1024


class DecisionsError(ValueError):
    """A file of decisions as a whole cannot be used; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One decision as written: `source` and `line` say where."""

    source: str
    line: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class Decisions:
    """All decisions, those of the package before those of the data folder, and a name for the files' bytes."""

    corrections: tuple[Row, ...] = ()
    acknowledgements: tuple[Row, ...] = ()
    digest: str = ""
    files: tuple[Path, ...] = field(default=(), compare=False)


NO_DECISIONS = Decisions()


def load(data: Path, package: Path | None = None) -> Decisions:
    """The decisions of the data folder, after those that the package ships. Raises DecisionsError."""
    digest = hashlib.sha256()
    rows: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    read = []
    for source, folder in (("package", package), ("data", data)):
        for name in COLUMNS:
            path = folder / name if folder else None
            if path is None or not path.is_file():
                continue
            content = _bytes(path)
            digest.update(f"{source}/{name}\0{len(content)}\0".encode() + content)
            rows[name] += parse(content, name, f"{source}/{name}")
            read.append(path)
    return Decisions(
        tuple(rows[CORRECTIONS]),
        tuple(rows[ACKNOWLEDGEMENTS]),
        digest.hexdigest() if read else "",
        tuple(read),
    )


def look(data: Path) -> list[str]:
    """A short name for the state of each file of decisions there is, by size and time alone."""
    found = []
    for name in COLUMNS:
        path = data / name
        if path.is_file():
            stat = path.stat()
            found.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
    return found


def parse(content: bytes, name: str, source: str) -> list[Row]:
    """The rows of one file. Raises DecisionsError where it is no such table."""
    reader = csv.reader(io.StringIO(_text(content, source), newline=""))
    try:
        head = [cell.strip() for cell in next(reader, [])]
        missing = [column for column in COLUMNS[name] if column not in head]
        if missing:
            raise DecisionsError(f"{source} 缺少列 {', '.join(missing)}，请补上表头 / lacks columns")
        rows = []
        for cells in reader:
            values = {h: c.strip() for h, c in zip(head, cells, strict=False) if h in COLUMNS[name]}
            if any(values.values()):
                rows.append(Row(source, reader.line_num, {c: values.get(c, "") for c in COLUMNS[name]}))
    except csv.Error as e:
        raise DecisionsError(f"{source} 第 {reader.line_num} 行不是有效的 CSV：{e} / not CSV") from e
    return rows


def append(path: Path, values: Mapping[str, str]) -> None:
    """Adds one row, in one step that a crash cannot tear; whoever else adds one at the same time waits.

    Raises DecisionsError where what is there already is no such table, OSError where it cannot be written.
    """
    columns = COLUMNS[path.name]
    path.parent.mkdir(parents=True, exist_ok=True)
    with (path.with_name(f".{path.name}.lock")).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        before = parse(_bytes(path), path.name, path.name) if path.is_file() else []
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([columns, *(_cells(row.values, columns) for row in before), _cells(values, columns)])
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        # the mark tells Excel that it is UTF-8
        temporary.write_bytes(out.getvalue().encode("utf-8-sig"))
        temporary.replace(path)


def _cells(values: Mapping[str, str], columns: Sequence[str]) -> list[str]:
    return [" ".join(values.get(c, "").split()) for c in columns]


def _bytes(path: Path) -> bytes:
    if path.is_symlink():
        raise DecisionsError(f"{path.name} 是符号链接，不予读取 / is a symbolic link")
    try:
        if path.stat().st_size > LARGEST:
            raise DecisionsError(f"{path.name} 超过 {LARGEST >> 20} MB / is too large")
        return path.read_bytes()
    except OSError as e:
        raise DecisionsError(f"无法读取 {path.name}：{e.strerror} / cannot be read") from e


def _text(content: bytes, source: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DecisionsError(f"{source} 不是 UTF-8 或 GB 18030 的文本 / is not text in UTF-8 or GB 18030")
