"""Mutants: a report with one figure, one word, one year or one row changed, in its printed text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import Any

from benchmarks.mutation.slips import SLIPS, Context, number_of
from benchmarks.mutation.specimens import Audited, Spot, spot_of
from pipelines.core.model import Document, Line, Table
from pipelines.core.numbers import NUMBER, YUAN_PER
from pipelines.readers import Opened

BUDGETS = frozenset({"initial_budget", "adjusted_budget", "budget", "prior_year_budget"})
EXECUTED = frozenset({"executed", "final_account", "forecast_executed"})
OPPOSITES = (("增加", "减少"), ("增长", "下降"), ("大于", "小于"), ("高于", "低于"), ("上升", "下降"))
TRIES = 60
_YEAR = re.compile(r"20[12]\d(?=年)")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed report: the slip, what stood there and what stands there now, and where.

    `spot` is the figure's (or for a deleted row the table's, for a word the sentence's) place; `start`, `end` and
    `shift` say which characters of the text changed, and by how much all that follows moved.
    """

    slip: str
    old: str
    new: str
    spot: Spot
    report: Opened
    start: int = -1
    end: int = -1
    shift: int = 0


def figure_mutants(report: Opened, base: Audited, count: int, chance: Random) -> list[Mutant]:
    """So many mutants of single figures: every slip in turn, each at a figure drawn by lot."""
    facts = _figures(report, base)
    kinds = list(SLIPS)
    chance.shuffle(kinds)
    out: list[Mutant] = []
    seen: set[tuple[Spot, str]] = set()
    for turn in range(count):
        kind = kinds[turn % len(kinds)]
        for _ in range(TRIES):
            if not facts:
                return out
            found = _mutant(report, base, chance.choice(facts), kind, chance)
            if found is not None and (found.spot, found.new) not in seen:
                seen.add((found.spot, found.new))
                out.append(found)
                break
    return out


def text_mutants(report: Opened, count: int, chance: Random) -> list[Mutant]:
    """Up to so many mutants of words and years in the prose, and of rows taken out of tables, in turn."""
    sorts = [list(_turned_words(report)), list(_other_years(report, chance)), list(_without_rows(report))]
    for sort in sorts:
        chance.shuffle(sort)
    out = []
    for turn in range(count):
        sort = sorts[turn % len(sorts)]
        if sort:
            out.append(sort.pop())
    return out


def _figures(report: Opened, base: Audited) -> list[dict[str, Any]]:
    """The figures that are printed as a plain number, each once."""
    found = {spot_of(f): f for f in reversed(base.facts.values()) if _is_figure(f)}
    return [f for f in reversed(found.values()) if _printed(report, f) is not None]


def _is_figure(fact: dict[str, Any]) -> bool:
    return (
        fact["half_unit"] is not None
        and fact["measure"] not in ("target", "actual")
        and (fact["comparator"] or "=") == "="
        and not fact["measure"].startswith("unmapped")
    )


def _printed(report: Opened, fact: dict[str, Any]) -> tuple[str, int] | None:
    """The text that holds a figure, and where its number begins there; None where it is not the only one."""
    text = _cell_text(report, spot_of(fact)) if fact["table_id"] else _prose_text(report.document, fact)
    m = NUMBER.search(text) if text else None
    if text is None or m is None or "\n" in text or number_of(_bare(m[0])) is None or NUMBER.search(text, m.end()):
        return None
    return text, m.end() - len(_bare(m[0]))


def _bare(number: str) -> str:
    return number.strip().lstrip("+＋")


def _cell_text(report: Opened, spot: Spot) -> str | None:
    _, number, row, col = spot
    table = next(t for t in report.tables if t.number == number)
    return next((c.text for c in table.cells if (c.row, c.col) == (row, col)), None)


def _prose_text(document: Document, fact: dict[str, Any]) -> str:
    return document.text[fact["char_start"] : fact["char_end"]]


def _mutant(report: Opened, base: Audited, fact: dict[str, Any], kind: str, chance: Random) -> Mutant | None:
    printed = _printed(report, fact)
    assert printed is not None
    text, at = printed
    m = NUMBER.search(text)
    assert m is not None
    old = text[at : m.end()]
    number = number_of(old)
    assert number is not None
    new = SLIPS[kind](number, _context(report, base, fact, old), chance)
    changed = number_of(new) if new else None
    if new is None or changed is None or changed.value == number.value:
        return None
    if fact["table_id"] is None:
        if kind == "sign":  # prose says with words whether a figure is negative
            return None
        start = fact["char_start"] + at
        return _in_prose(report, kind, old, new, start)
    return _in_cell(report, kind, spot_of(fact), text, (at, m.end()), old, new)


def _context(report: Opened, base: Audited, fact: dict[str, Any], old: str) -> Context:
    neighbours = []
    if fact["table_id"] is not None:
        _, number, row, col = spot_of(fact)
        table = next(t for t in report.tables if t.number == number)
        beside = {(row, col - 1), (row, col + 1), (row - 1, col), (row + 1, col)}
        neighbours = [c.text.strip() for c in table.cells if (c.row, c.col) in beside]
        neighbours = [t for t in neighbours if number_of(t) is not None and t != old]
    rates: list[Decimal] = []
    if fact["measure"] == "execution_rate":
        row_of = [f for f in base.facts.values() if f["statement"] == fact["statement"] and f["amount_yuan"]]
        done = [f["amount_yuan"] for f in row_of if f["measure"] in EXECUTED]
        right = fact["value"]
        rates = [
            100 * d / f["amount_yuan"]
            for d in done[:1]
            for f in row_of
            if f["measure"] in BUDGETS and abs(100 * d / f["amount_yuan"] - right) > 1
        ]
    factor = YUAN_PER.get(fact["unit"] or "", Decimal(1))
    return Context(tuple(neighbours), tuple(rates), factor, fact["amount_yuan"] is not None)


def _in_cell(report: Opened, kind: str, spot: Spot, text: str, span: tuple[int, int], old: str, new: str) -> Mutant:
    _, number, row, col = spot
    changed = text[: span[0]] + new + text[span[1] :]
    tables = tuple(
        replace(t, cells=tuple(replace(c, text=changed) if (c.row, c.col) == (row, col) else c for c in t.cells))
        if t.number == number
        else t
        for t in report.tables
    )
    return Mutant(kind, old, new, spot, replace(report, tables=tables))


def _in_prose(report: Opened, kind: str, old: str, new: str, start: int) -> Mutant | None:
    """The report with some characters of one of its lines replaced, and all that follows moved."""
    document, end, shift = report.document, start + len(old), len(new) - len(old)
    held = [line for line in report.prose if line.start <= start and end <= line.end]
    if not held:
        return None

    def moved(line: Line) -> Line:
        if line.start <= start and end <= line.end:
            at = start - line.start
            return replace(line, text=line.text[:at] + new + line.text[at + len(old) :])
        return replace(line, start=line.start + shift) if line.start >= end else line

    text = document.text[:start] + new + document.text[end:]
    changed = replace(document, text=text, lines=tuple(moved(line) for line in document.lines))
    prose = tuple(moved(line) for line in report.prose)
    return Mutant(kind, old, new, ("text", start), replace(report, document=changed, prose=prose), start, end, shift)


def _turned_words(report: Opened) -> Iterator[Mutant]:
    for line in report.prose:
        for pair in OPPOSITES:
            for word, other in (pair, pair[::-1]):
                for m in re.finditer(word, line.text):
                    if NUMBER.search(line.text):
                        found = _in_prose(report, "direction", word, other, line.start + m.start())
                        if found:
                            yield found


def _other_years(report: Opened, chance: Random) -> Iterator[Mutant]:
    for line in report.prose:
        for m in _YEAR.finditer(line.text):
            year = str(int(m[0]) + chance.choice((-3, -2, -1, 1, 2)))
            found = _in_prose(report, "year", m[0], year, line.start + m.start())
            if found:
                yield found


def _without_rows(report: Opened) -> Iterator[Mutant]:
    """The report with one row of figures taken out of a table, where no cell spans it and others."""
    for table in report.tables:
        spanned = {r for c in table.cells if c.row_span > 1 for r in range(c.row, c.row + c.row_span)}
        for row in range(table.rows):
            texts = [c.text.strip() for c in table.cells if c.row == row]
            figures = sum(n is not None and bool(n.value) for n in map(number_of, texts))
            if row in spanned or figures < 2 or number_of(texts[-1]) is None:
                continue
            yield Mutant("row_deleted", " ".join(texts), "", ("table", table.number), _without_row(report, table, row))


def _without_row(report: Opened, table: Table, row: int) -> Opened:
    cells = tuple(replace(c, row=c.row - (c.row > row)) for c in table.cells if c.row != row)
    tables = tuple(replace(t, cells=cells) if t is table else t for t in report.tables)
    return replace(report, tables=tables)
