"""`gouji acknowledge` and `gouji correct`: a decision checked against what is there, and written down."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines import archives
from pipelines.core.traced import squeeze
from pipelines.decisions import acknowledgements, corrections, table
from pipelines.decisions.table import DecisionsError, Row
from pipelines.readings import Silence, read_beside
from pipelines.refresh import examination
from pipelines.settings import Settings

_CELL = re.compile(r"t(\d+)r(\d+)c(\d+)")
_SPAN = re.compile(r"(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides, why, and on which day (ISO)."""

    by: str
    reason: str
    on: str


def acknowledge(settings: Settings, finding_id: str, decider: Decider, file: Path | None = None) -> tuple[str, str]:
    """Writes down that a finding is accepted; returns its file and message.

    The finding is sought in the published warehouse, or among those of `file`. Raises DecisionsError where it is
    not there or the decision is not in form.
    """
    with _audited(settings, file) as con:
        found = con.execute(
            "select file, signature, message_zh from marts.findings where finding_id = ?", [finding_id]
        ).fetchall()
    if not found:
        where = file or settings.warehouse
        raise DecisionsError(f"{where} 里没有编号为 {finding_id} 的问题 / no such finding there")
    ((name, signature, message),) = found
    values = {"finding_id": finding_id, "file": name, "signature": signature, **_decided(decider)}
    _refuse(acknowledgements.fault(Row("", 0, values)))
    table.append(settings.data / table.ACKNOWLEDGEMENTS, values)
    return str(name), str(message)


def correct(
    settings: Settings, file: Path, place: str, corrected: str, decider: Decider, printed: str | None = None
) -> str:
    """Writes down what a printed figure should be, or that it is right as printed; returns what is printed there.

    `place` is a cell (`t3r5c2`: table from 1, row and column from 0) or a span of the text (`120-128`); `corrected`
    a number in the printed unit, or corrections.CONFIRMED. Raises DecisionsError, or FileNotFoundError.
    """
    cell, span = _CELL.fullmatch(place), _SPAN.fullmatch(place)
    names = ("table_no", "row_no", "col_no") if cell else ("char_start", "char_end")
    match = cell or span
    if match is None:
        raise DecisionsError(
            f"位置 {place} 应写作 t3r5c2（第 3 张表、行 5、列 2，行列从 0 起）或 120-128 / not a place"
        )
    (understood, *more) = read_beside(settings, archives.handed_over(settings, [file]), Silence())
    if more or understood.reading is None:
        raise DecisionsError(
            f"{file}：{understood.reason or '是压缩包，请给出其中的文件'} / cannot be read as one report"
        )
    numbers = tuple(int(n) for n in match.groups())
    there = [
        f.as_printed
        for f in understood.reading.facts
        if numbers == ((f.table_number, f.row, f.col) if cell else (f.start, f.end))
        and (cell is None) == (f.table_number is None)
    ]
    meant = list(dict.fromkeys(t for t in there if printed is None or squeeze(t) == squeeze(printed)))
    if len(meant) != 1:
        said = "、".join(f"“{t}”" for t in dict.fromkeys(there)) or "没有读到数"
        raise DecisionsError(f"{file} 的 {place} 处：{said}；请用 --printed 写明是哪一个 / which figure is meant?")
    values = dict(zip(names, map(str, numbers), strict=True)) | {
        "sha256": understood.reading.document.sha256,
        "printed": meant[0],
        "corrected": corrected,
        **_decided(decider),
    }
    stated = corrections.understood(Row("", 0, {c: values.get(c, "") for c in table.COLUMNS[table.CORRECTIONS]}))
    _refuse(stated if isinstance(stated, str) else None)
    table.append(settings.data / table.CORRECTIONS, values)
    return meant[0]


@contextlib.contextmanager
def _audited(settings: Settings, file: Path | None) -> Iterator[duckdb.DuckDBPyConnection]:
    if file is not None:
        with examination(settings, archives.handed_over(settings, [file]), Silence()) as examined:
            yield examined.connection
        return
    if not settings.warehouse.exists():
        raise DecisionsError(
            "还没有发布的数据；请先运行 gouji refresh，或用 --file 指明报告 / nothing is published yet"
        )
    with duckdb.connect(str(settings.warehouse.resolve()), read_only=True) as con:
        yield con


def _decided(decider: Decider) -> dict[str, str]:
    return {
        "reason": " ".join(decider.reason.split()),
        "decided_by": " ".join(decider.by.split()),
        "decided_on": decider.on,
    }


def _refuse(fault: str | None) -> None:
    if fault:
        raise DecisionsError(fault)
