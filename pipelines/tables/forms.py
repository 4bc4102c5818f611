"""Published tables of a known form whose text was flowed out of a page, row after row, the blank cells lost.

A family states the columns of such a form. What stands between the title and the first row must be these headings and
nothing else; otherwise the table is left unread. A column is read whole or not at all: where the table's own sums do
not fix into which of several columns a value goes, all of these are left out, so that no sum misses a part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipelines.core.model import Cell, Line, Table
from pipelines.core.traced import halfwidth, squeeze
from pipelines.documents.titles import is_caption, is_title, unit_of
from pipelines.families import Form, kind_titled
from pipelines.tables.form_rows import Item, Rows, account_begins, account_rows, sided_begins, sided_rows
from pipelines.tables.form_values import Columns, settled

ENGINE = "flowed-form"
_LONGEST_HEAD = 90  # lines with text between a title and the first row
_SHORTEST_HEAD = 3  # characters: shorter lines may be the rest of a name, too
_FEWEST_ROWS = 3
_COUNTED = re.compile(r"^(?:栏次)?[\d\s]+$")
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_FURNITURE = frozenset("项目本年支出功能经济分类科目编码名称代款栏行次收入决算预数金额合计小元")
_PATH = " > "
_SIDES = {"left": -1, "right": 1, "": 0}  # of revenue and expenditure, or neither: where the code of a row would stand
_STRAY = 3  # characters of the headings that no column accounts for


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table of a known form, the last of its lines, and the headings of the columns that were left out."""

    table: Table
    last: int
    left_out: tuple[str, ...]


def split(lines: Sequence[Line], first_number: int) -> tuple[list[Table], list[Line], list[str]]:
    """The tables of a known form among the lines, the other lines, both in reading order, and what was left out.

    What was left out is told a table (Chinese): its title and the headings of the columns.
    """
    found: list[FormTable] = []
    taken: set[int] = set()
    for index, line in enumerate(lines):
        if index in taken or not is_title(line.text):
            continue
        kind = kind_titled(squeeze(line.text))
        for form in kind.forms if kind else ():
            read = _read(lines, index, form, first_number + len(found))
            if read is not None:
                found.append(read)
                taken.update(range(index, read.last + 1))
                break
    told = [f"{f.table.title}的{'、'.join(f.left_out)}" for f in found if f.left_out]
    return [f.table for f in found], [line for i, line in enumerate(lines) if i not in taken], told


def _read(lines: Sequence[Line], title_at: int, form: Form, number: int) -> FormTable | None:
    """The table under a title; None where its headings or rows are not those of the form."""
    begins, rows_from = (sided_begins, sided_rows) if form.is_sided else (account_begins, account_rows)
    first = _first_row(lines, title_at, begins)
    if first is None or not _heads(lines[title_at:first], form):
        return None
    heads = frozenset(t for line in lines[title_at:first] if len(t := squeeze(line.text)) >= _SHORTEST_HEAD)
    rows = rows_from(lines, first, heads)
    if (
        not rows.whole
        or len(rows.items) < _FEWEST_ROWS
        or any(len(i.values) > form.most_values(i.side) for i in rows.items)
    ):
        return None
    above = [line.text.strip() for line in lines[title_at:first] if is_caption(line.text) or is_title(line.text)]
    unit = next((u for text in above if (u := unit_of(text))), None)
    head = lines[title_at]
    ways = _ways(rows.items, form)
    doubtful = {c for side in ways.values() for columns in side for value in columns if len(value) > 1 for c in value}
    cells = [*_head_cells(form, head), *_cells(rows, form, ways, doubtful)]
    table = Table(
        number, head.page, squeeze(head.text), unit, tuple(cells), ENGINE, notes=rows.notes, caption=tuple(above)
    )
    return FormTable(table, rows.last, tuple(form.columns[c].replace(_PATH, "") for c in sorted(doubtful)))


def _first_row(lines: Sequence[Line], title_at: int, begins: Callable[[Sequence[Line], int], bool]) -> int | None:
    """The line on which the rows begin; None where there is none before the next title."""
    seen = 0
    for i in range(title_at + 1, len(lines)):
        if not squeeze(lines[i].text):
            continue
        if is_title(lines[i].text) or seen > _LONGEST_HEAD:
            return None
        if begins(lines, i):
            return i
        seen += 1
    return None


def _heads(lines: Sequence[Line], form: Form) -> bool:
    """Whether the lines under a title hold the headings of a form, in whatever order they were flowed, and little else.

    What the title says may be said again.
    """
    title, *below = lines
    printed: Counter[str] = Counter()
    for line in below:
        if not is_caption(line.text) and not _COUNTED.match(halfwidth(line.text).strip()):
            printed.update(_WORDS.findall(line.text))
    expected = Counter(c for heading in form.printed for c in _WORDS.findall(heading))
    stray = sum(n for c, n in (printed - expected).items() if c not in _FURNITURE and c not in title.text)
    return not expected - printed and stray <= _STRAY


def _head_cells(form: Form, line: Line) -> Iterator[Cell]:
    """The headings, one row a level of their paths; what heads several columns is one cell over them."""
    paths = [h.split(_PATH) for h in form.headings]
    for level in range(form.depth):
        for above, run in groupby(enumerate(paths), key=lambda p: p[1][: level + 1]):
            columns = [c for c, _ in run]
            if len(above) > level:
                rows = form.depth - level if len(paths[columns[0]]) == level + 1 else 1
                yield Cell(level, columns[0], above[-1], rows, len(columns), page=line.page, line_no=line.number)


def _ways(items: Sequence[Item], form: Form) -> dict[str, list[Columns]]:
    """For the rows of each side the columns that their values may be in; revenue has only the one."""
    left, right, only = ([i for i in items if i.side == side] for side in _SIDES)
    return dict(
        zip(_SIDES, ([[{0}] * len(i.values) for i in left], settled(right, form), settled(only, form)), strict=True)
    )


def _cells(rows: Rows, form: Form, ways: dict[str, list[Columns]], doubtful: Collection[int]) -> Iterator[Cell]:
    """The cells of all rows below the headings; what stands on the right belongs to the row of what comes before it."""
    numbers = list(_row_numbers(rows.items, form.depth))
    for side, at in _SIDES.items():
        left_out = frozenset[int]() if side == "left" else frozenset(doubtful)
        placed = [(row, item) for row, item in zip(numbers, rows.items, strict=True) if item.side == side]
        for (row, item), columns in zip(placed, ways[side], strict=True):
            yield from _row(item, row, [None if c & left_out else min(c) for c in columns], at)


def _row_numbers(items: Sequence[Item], first: int) -> Iterator[int]:
    row, before = first - 1, "right"
    for item in items:
        row += not (before == "left" and item.side == "right")
        before = item.side
        yield row


def _row(item: Item, row: int, columns: Sequence[int | None], at: int) -> Iterator[Cell]:
    """Code, name and values, the code in column `at`; values without a column are left out."""
    if item.code:
        yield Cell(row, at, item.code, page=item.line.page, line_no=item.line.number)
    yield Cell(row, at + 1, item.label, page=item.line.page, line_no=item.line.number)
    for value, column in zip(item.values, columns, strict=True):
        if column is not None:
            yield Cell(row, at + 2 + column, value.text, page=value.line.page, line_no=value.line.number)
