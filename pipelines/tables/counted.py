"""Published tables flowed out of a page whose columns are counted by a line `1 2 3 …`, the blank cells lost.

The columns of such a table are known from its family. A row that has lost its blanks fits several columns; its
values go where the table's own sums allow, and a value that still fits several columns is marked contested.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from decimal import Decimal

from pipelines.core.model import Cell, Line, Table
from pipelines.core.numbers import clean_number
from pipelines.core.traced import halfwidth, squeeze
from pipelines.documents.titles import is_caption, is_title, unit_of
from pipelines.families import TableKind, kind_titled

ENGINE = "flowed-counted"
_INDEX = re.compile(r"^(?:栏次\s*)?(?P<numbers>1(?:\s+\d{1,2})+)$")
_NOTE = re.compile(r"^注[:：]")
_END = re.compile(r"^第[一二三四五六七八九十]+部分")
_MOST_COLUMNS = 14  # beyond this the ways to place lost blanks are too many to search
_LOOK_BACK = 150  # lines, blank ones too, between a title and the line that counts its columns


def split(lines: Sequence[Line], first_number: int) -> tuple[list[Table], list[Line]]:
    """The counted tables of known kind among the lines, and the other lines, both in reading order."""
    tables: list[Table] = []
    taken: set[int] = set()
    for index, line in enumerate(lines):
        match = _INDEX.match(halfwidth(line.text).strip())
        if match is None or index in taken:
            continue
        found = _table(lines, index, len(match["numbers"].split()), first_number + len(tables))
        if found is not None:
            table, first, last = found
            tables.append(table)
            taken.update(range(first, last + 1))
    return tables, [line for i, line in enumerate(lines) if i not in taken]


def _table(lines: Sequence[Line], index: int, columns: int, number: int) -> tuple[Table, int, int] | None:
    title_at = next((i for i in range(index - 1, max(-1, index - _LOOK_BACK), -1) if is_title(lines[i].text)), None)
    if title_at is None:
        return None
    title = squeeze(lines[title_at].text)
    kind = kind_titled(title)
    if kind is None or (kind.columns and len(kind.columns) != columns):
        return None
    caption = [
        lines[i].text.strip() for i in range(title_at, index) if is_title(lines[i].text) or is_caption(lines[i].text)
    ]
    unit = next((u for text in caption if (u := unit_of(text))), None)
    cells = [
        Cell(0, c + 1, path, page=lines[index].page, line_no=lines[index].number) for c, path in enumerate(kind.columns)
    ]
    notes: list[str] = []
    row, last = 1, index
    for i in range(index + 1, len(lines)):
        text = lines[i].text.strip()
        if not squeeze(text):
            continue
        if _NOTE.match(squeeze(text)):
            notes.append(text)
            last = i
            continue
        placed = _row(lines[i], row, kind, columns)
        if placed is None:
            break
        cells += placed
        row, last = row + 1, i
    return (
        Table(number, lines[index].page, title, unit, tuple(cells), ENGINE, notes=tuple(notes), caption=tuple(caption)),
        title_at,
        last,
    )


def _row(line: Line, row: int, kind: TableKind, columns: int) -> list[Cell] | None:
    """The cells of a row of values with an optional label before them; None where the line is none."""
    tokens = line.text.split()
    label = tokens[0] if tokens and clean_number(tokens[0]) is None else None
    values = tokens[1:] if label else tokens
    if any(clean_number(v) is None for v in values) or (label and (len(label) > 12 or _END.match(label))):
        return None
    where = placements([clean_number(v) or Decimal(0) for v in values], columns, kind.sums)
    cells = [Cell(row, 0, label, page=line.page, line_no=line.number)] if label else []
    if not where or not kind.columns:
        return cells if label and not values else None
    certain = [len({w[k] for w in where}) == 1 for k in range(len(values))]
    for k, value in enumerate(values):
        if certain[k]:
            cells.append(Cell(row, where[0][k] + 1, value, page=line.page, line_no=line.number))
        else:
            cells.append(Cell(row, where[-1][k] + 1, value, page=line.page, line_no=line.number, contested=True))
    return cells


def placements(values: Sequence[Decimal], columns: int, sums: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """Every way to put the values, in order, into columns so that each sum `[total, part, …]` holds, blanks as zero.

    Ways that put values into the same relative columns of two equal halves come last, so the last is the likeliest.
    """
    if len(values) == columns:
        return [tuple(range(columns))]
    if columns > _MOST_COLUMNS or len(values) > columns:
        return []
    out = []
    for where in itertools.combinations(range(columns), len(values)):
        at = dict(zip(where, values, strict=True))
        zero = Decimal(0)
        if all(at.get(total, zero) == sum((at.get(p, zero) for p in parts), zero) for total, *parts in sums):
            out.append(where)
    half = columns // 2
    return sorted(out, key=lambda w: ([c for c in w if c < half] == [c - half for c in w if c >= half], w))


__all__ = ["placements", "split"]
