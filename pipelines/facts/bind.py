"""A table becomes facts: its headings say what each column measures, its labels of whom each row speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.core.model import Fact, Table
from pipelines.core.numbers import clean_number
from pipelines.core.relations import TableReading
from pipelines.core.traced import halfwidth, squeeze
from pipelines.documents.titles import unit_of
from pipelines.facts import crossed, indicators, rows, upright, wide
from pipelines.facts.crooked import crooked_figures, crooked_indicators
from pipelines.facts.form_pairs import listed, pairs
from pipelines.facts.rows import Sheet
from pipelines.families import TableKind, kind_of
from pipelines.tables.headers import Segment, leading, segments
from pipelines.tables.layout import Grid

_FEWEST_FUNDS = 2
_UNIT = re.compile(r"[(（]?(?:金额)?单位[:：]")


def facts_of_table(table: Table, year: int | None) -> tuple[TableReading, list[Fact]]:
    """What a table was recognised as, and every figure in it as a fact, in reading order.

    A table of no known family is read by its headings alone. Figures under headings that the vocabulary does not know
    keep the heading as their measure (`unmapped:…`).
    """
    grid = Grid.of(table)
    found = segments(grid, year)
    kind = kind_of(table.title, _words(grid, found)) if any(cell.col for cell in table.cells) else None
    unit = table.unit or _unit_above(grid, found) or (kind.unit if kind else None)
    facts: list[Fact]
    unmapped: list[str] = []
    crooked = 0
    if kind is not None and kind.layout == "template" and found:
        facts, unmapped = wide.facts_of(grid, found[0], kind, unit)
    elif kind is not None and kind.layout == "crossed" and upright.is_upright(_labels(grid)):
        facts, unmapped = _segmented(grid, found, found, Sheet(kind, unit, year))
        facts = upright.listed(table, facts, kind.about)
    elif kind is not None and kind.layout == "crossed":
        segment = leading(grid, year)
        facts = crossed.facts_of(grid, segment, unit, year, kind.about, kind.measure) if segment else []
    else:
        straight = [s for s in found if kind is not None or not crooked_figures(grid, s)]
        facts, unmapped = _segmented(grid, found, straight, Sheet(kind, unit, year))
        crooked = sum(_crooked(grid, s, kind is None) for s in found)
    reading = TableReading(
        replace(table, unit=unit),
        kind.family if kind else None,
        kind.kind if kind else None,
        tuple(dict.fromkeys(unmapped)),
        crooked,
    )
    return reading, listed(facts, table.number)


def _unit_above(grid: Grid, found: Sequence[Segment]) -> str | None:
    """The unit that a cell of its own over the first figures states (`单位：万元`)."""
    texts = [cell.text for row in range(found[0].head[-1] + 1 if found else 0) for _, cell in grid.filled(row)]
    return next((u for text in texts if _UNIT.match(squeeze(text)) and (u := unit_of(text))), None)


def _labels(grid: Grid) -> list[str]:
    """The first text of every row."""
    return [squeeze(filled[0][1].text) for row in range(len(grid.rows)) if (filled := grid.filled(row))]


def _words(grid: Grid, found: Sequence[Segment]) -> list[str]:
    """What may name the kind of a table: its headings, their parts and paths, and the labels before its figures."""
    words = [part for s in found for c in s.columns.values() for part in (c.label, *c.label.split(" > "))]
    for row in range(len(grid.rows)):
        for _, cell in grid.filled(row):
            if clean_number(cell.text) is not None:
                break
            words.append(squeeze(cell.text))
    return words


def _crooked(grid: Grid, segment: Segment, unknown: bool) -> int:
    """How many rows of a segment give no figures, because they do not stand under their headings."""
    if indicators.is_indicator_segment(segment):
        return len(crooked_indicators(grid, segment))
    return len(segment.body) if unknown and segment.holds_figures() and crooked_figures(grid, segment) else 0


def _segmented(
    grid: Grid, found: Sequence[Segment], straight: Sequence[Segment], sheet: Sheet
) -> tuple[list[Fact], list[str]]:
    """The facts of the segments, those of rows of figures only where they are `straight`; headings nobody mapped."""
    facts: list[Fact] = []
    unmapped: list[str] = []
    goal = None
    prefix = f"t{grid.table.number}"
    first = found[0].head[0] if found else len(grid.rows)
    for row in range(first):
        goal = _goal_named(grid, row) or goal
        facts += pairs(grid, row, sheet.unit, sheet.year)
    for segment in found:
        if indicators.is_indicator_segment(segment):
            more, goal = indicators.facts_of(grid, segment, goal, prefix)
            facts += more
        elif (segment.holds_figures() or _of_funds(segment, sheet.kind)) and segment in straight:
            lanes = segment.lanes()
            for number, lane in enumerate(lanes, 1):
                side = f".{number}" if len(lanes) > 1 else ""
                more, headings = rows.facts_of(grid, lane, replace(sheet, side=side))
                facts += more
                unmapped += headings
            goal = next((g for r in segment.body if (g := _goal_named(grid, r))), goal)
    return facts, unmapped


def _of_funds(segment: Segment, kind: TableKind | None) -> bool:
    """Whether the columns are funds, or a total alone, and the kind of the table says what their amounts measure."""
    funds = [c.fund for c in segment.columns.values() if c.fund is not None and c.role is None]
    plain = len(funds) >= _FEWEST_FUNDS or any(f.list_role == "total" for f in funds)
    return kind is not None and kind.measure is not None and plain


def _goal_named(grid: Grid, row: int) -> str | None:
    filled = grid.filled(row)
    text = squeeze(filled[0][1].text) if len(filled) == 1 else ""
    return text if re.match(r"年度(?:绩效)?目标[0-9一二三四五六七八九十]", halfwidth(text)) else None
