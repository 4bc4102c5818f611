"""Reading a report: bytes in, everything that was understood out. Pure, so that readings can be cached by content."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipelines.core.model import Document, Fact, Identity, Sentence, Table
from pipelines.core.relations import Reading, TableReading, sha256_of
from pipelines.core.traced import halfwidth, squeeze
from pipelines.documents.identify import identify
from pipelines.documents.prose import sentences
from pipelines.facts.bind import facts_of_table
from pipelines.facts.narrative import facts_of
from pipelines.families import families, families_titled
from pipelines.readers import Opened, opened
from pipelines.tables.unread import UnreadTable, unread_tables

FULL_YEAR = 12
_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+(?=\.))(?:\.\d+)?")  # what codes and row numbers do not look like
_MOST_NAMED = 3  # tables named one by one in a reason


def read(data: bytes, name: str, most_pages: int | None = None) -> Reading:  # noqa: ARG001 - some formats need the name
    """Everything that one report says: identity, tables, sentences and facts.

    What cannot be read gives a Reading whose document is `quarantined` with a reason, never an exception, but for
    TooManyPages: whether a file is too long follows from the limits of the day, not from the file.
    """
    return understood(opened(data, sha256_of(data), most_pages))


def understood(report: Opened) -> Reading:
    """What a file that was opened says; as pure as reading it, and much faster than opening it."""
    document = report.document
    if document.status == "quarantined":
        return Reading(document, Identity())
    said = sentences(report.prose, whole=report.whole_lines)
    captions = [c for t in report.tables for c in t.caption]
    identity = identify(document, captions, [row for t in report.tables for row in _rows(t)])
    facts: list[Fact] = []
    readings: list[TableReading] = []
    for table in report.tables:
        reading, said_there = facts_of_table(table, identity.fiscal_year)
        readings.append(reading)
        facts += said_there
    facts += facts_of(said, identity.fiscal_year)
    identity = _with_families(identity, report.tables, readings)
    judged = _judged(document, readings, said, _silent(readings, facts), unread_tables(report.prose))
    return Reading(judged, identity, tuple(readings), said, tuple(facts))


def _rows(table: Table) -> list[str]:
    """The rows of a table from the top, white space taken out of the cells, tabs between them."""
    rows: dict[int, list[str]] = defaultdict(list)
    for cell in table.cells:
        if text := squeeze(cell.text):
            rows[cell.row].append(text)
    return ["\t".join(rows[r]) for r in sorted(rows)]


def _with_families(identity: Identity, tables: Sequence[Table], readings: Sequence[TableReading]) -> Identity:
    """The families that the title, the table titles and the tables themselves show; a part-year family's period is
    the month that its headings name, every other report speaks of the whole year."""
    found = list(families_titled(identity.title or ""))
    for table, reading in zip(tables, readings, strict=True):
        found += families_titled(table.title or "")
        found += [reading.family] if reading.family else []
    auxiliary = {f.name for f in families() if f.options.get("auxiliary")}
    names = tuple(sorted(set(found) - auxiliary))
    month = identity.period_end_month
    if month is None and names and all(f.period == "year" for f in families() if f.name in names):
        month = FULL_YEAR
    return replace(identity, families=names, period_end_month=month)


def _silent(readings: Sequence[TableReading], facts: Sequence[Fact]) -> list[TableReading]:
    """The tables of a known kind that hold amounts, none of which became a fact: their headings say not what of."""
    spoke = {f.table_number for f in facts}
    return [
        r
        for r in readings
        if r.kind is not None and r.table.number not in spoke and not r.crooked_rows and _amounts(r.table) > 1
    ]


def _amounts(table: Table) -> int:
    return sum(_AMOUNT.fullmatch(halfwidth(squeeze(cell.text))) is not None for cell in table.cells)


def _judged(
    document: Document,
    readings: Sequence[TableReading],
    said: tuple[Sentence, ...],
    silent: Sequence[TableReading],
    unread: Sequence[UnreadTable],
) -> Document:
    """The document with its state: `partial` where tables are unknown, crooked, silent, or not made out at all."""
    if not readings and not said:
        return replace(document, status="quarantined", reason="未找到可读的表格或文字")
    reasons = [document.reason] if document.reason else []
    strangers = [r.table.title or f"第{r.table.number}张表" for r in readings if r.kind is None and r.table.rows > 1]
    if strangers:
        reasons.append(f"{len(strangers)} 张表未识别为已知种类：{_named(strangers)}")
    crooked = [r.table.title or f"第{r.table.number}张表" for r in readings if r.crooked_rows]
    if crooked:
        reasons.append(f"{len(crooked)} 张表有的行与表头对不上，那些行的数没有读入：{_named(crooked)}")
    if silent:
        names = [r.table.title or f"第{r.table.number}张表" for r in silent]
        reasons.append(f"{len(names)} 张表的表头没有说明金额是什么数，其中的数没有读入：{_named(names)}")
    if unread:
        lost = [u.title or f"第{u.page}页" for u in unread]
        reasons.append(f"{len(lost)} 处成列的数字未能还原为表格，没有读入：{_named(lost)}")
    if not (strangers or crooked or silent or unread):
        return document
    return replace(document, status="partial", reason="；".join(reasons))


def _named(titles: Sequence[str]) -> str:
    names = list(dict.fromkeys(titles))
    return "、".join(names[:_MOST_NAMED]) + ("等" if len(names) > _MOST_NAMED else "")
