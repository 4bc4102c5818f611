"""Tables of web pages saved as text, each cell ended by a bar: rows of `项目 | 预算数 |`, or one cell a line.

Where a cell is a line, the rows are not marked: the cells are counted off by the one width at which every row begins
with words. What gives no such width is a table of one column that nobody knows, and is told as such.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pipelines.core.model import Cell, Line, Table
from pipelines.core.traced import halfwidth, squeeze
from pipelines.documents.titles import heading_above, is_title, unit_of

ENGINE = "barred"
_BARRED = re.compile(r"\|\s*$")
_FIGURE = re.compile(r"^-?[\d,]+(?:\.\d+)?%?$")
_FEWEST_LINES = 4
_MOST_COLUMNS = 16
_FEWEST_COLUMNS = 3
_LEAST_BARRED = 0.9
"""Share of a table's lines that end in a bar; the others are the first lines of cells of several."""


def split(lines: Sequence[Line], first_number: int = 1) -> tuple[list[Table], list[Line]]:
    """The barred tables among the lines, and the lines that belong to none, both in reading order."""
    tables: list[Table] = []
    taken: set[int] = set()
    for first, last in _runs(lines):
        number = first_number + len(tables)
        table, used = _table(lines, first, last, number, taken)
        tables.append(table)
        taken.update(range(first, last + 1), used)
    return tables, [line for i, line in enumerate(lines) if i not in taken]


_Row = list[tuple[str, Line]]


def _table(
    lines: Sequence[Line], first: int, last: int, number: int, taken: Collection[int]
) -> tuple[Table, list[int]]:
    heading, used = heading_above(lines, first, taken)
    caption, rows = _head(_rows(lines[first : last + 1], _is_last(lines, last)))
    if not rows:
        # Nobody can tell which cells are a row: they are kept, without the title that would say what to take them for.
        single = [[cell] for row in _cells(lines[first : last + 1]) for cell in row]
        return Table(number, lines[first].page, None, None, _placed(single), ENGINE), []
    title = next((t for t in reversed(caption) if is_title(t)), heading.title)
    unit = next((u for t in caption if (u := unit_of(t))), heading.unit)
    said = (*heading.caption, *caption)
    return Table(number, lines[first].page, title, unit, _placed(rows), ENGINE, caption=said), used


def _placed(rows: Sequence[_Row]) -> tuple[Cell, ...]:
    return tuple(
        Cell(r, c, text, page=line.page, line_no=line.number)
        for r, row in enumerate(rows)
        for c, (text, line) in enumerate(row)
    )


def _runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Where lines that end in a bar begin and end, a single line without one between two of them included."""
    marked = [i for i, line in enumerate(lines) if _BARRED.search(line.text)]
    out: list[list[int]] = []
    for i in marked:
        if out and i - out[-1][-1] <= 2:
            out[-1].append(i)
        else:
            out.append([i])
    return [
        (run[0], run[-1])
        for run in out
        if len(run) >= _FEWEST_LINES and len(run) >= _LEAST_BARRED * (run[-1] - run[0] + 1)
    ]


def _rows(lines: Sequence[Line], at_end: bool) -> list[_Row]:
    """The rows; the last may be cut off where the lines are the last of the text."""
    cells = _cells(lines)
    several = sum(len([text for text, _ in row if text]) > 1 for row in cells)
    if 2 * several > len(cells):
        return cells
    flat = [cell for row in cells for cell in row]
    for width in range(2, _MOST_COLUMNS + 1):
        rows = [flat[i : i + width] for i in range(0, len(flat), width)]
        whole = len(flat) % width == 0 or (at_end and len(rows) > _FEWEST_LINES)
        if len(rows) > 1 and whole and all(map(_begins_with_words, rows)) and _is_regular(rows):
            return rows
    return []


def _is_last(lines: Sequence[Line], last: int) -> bool:
    return len([line for line in lines[last + 1 :] if squeeze(line.text)]) <= 1


def _cells(lines: Sequence[Line]) -> list[_Row]:
    return [[(part.strip(), line) for part in line.text.rstrip().split("|")[:-1]] for line in _whole(lines)]


def _whole(lines: Sequence[Line]) -> list[Line]:
    """The lines, one without a bar joined to the cell that it begins."""
    out: list[Line] = []
    begun = ""
    for line in lines:
        text = begun + line.text.rstrip()
        begun = "" if _BARRED.search(text) else text
        if not begun:
            out.append(Line(line.page, line.number, text, line.start))
    return out


def _begins_with_words(row: _Row) -> bool:
    first = next((text for text, _ in row if text), "")
    return not _FIGURE.match(halfwidth(squeeze(first)))


def _is_regular(rows: Sequence[_Row]) -> bool:
    """Whether a row of one text is filled up with blank cells to the same width, or all rows but the first are a label
    and figures."""
    width = len(rows[0])
    if width > _FEWEST_COLUMNS and any(row[0][0] and not any(text for text, _ in row[1:]) for row in rows[:-1]):
        return True
    return all(not text or _FIGURE.match(halfwidth(squeeze(text))) for row in rows[1:] for text, _ in row[1:])


def _head(rows: Sequence[_Row]) -> tuple[list[str], list[_Row]]:
    """The titles and units in rows of one text above the first row of several, and the rows from there on."""
    caption: list[str] = []
    for i, row in enumerate(rows):
        texts = [squeeze(text) for text, _ in row if text]
        if len(texts) > 1:
            return caption, list(rows[i:])
        caption += texts
    return caption, []
