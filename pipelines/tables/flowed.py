"""Tables whose text was flowed out of a PDF or DOCX, rebuilt from tabs and blank lines.

Two forms occur. **Rows of tabs**: one line a row, cells between tabs; a blank line is a page break.
**One cell a line**: a line that begins with a tab opens a cell, a blank line before it opens a row, and lines
without a tab continue the cell that is open. Where a converter writes more blank lines, `blank_lines` counts them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.core.model import Cell, Line, Table
from pipelines.core.traced import squeeze
from pipelines.documents.titles import Heading, heading_above, is_title, unit_of
from pipelines.tables.blank_lines import is_blank, opens_cell, paced
from pipelines.tables.flowed_spans import aligned

ENGINE_ROWS = "flowed-rows"
ENGINE_CELLS = "flowed-cells"
_CONTINUATION = 14  # characters: the longest line that may continue a cell across a blank line
_LOOK_AHEAD = 12  # lines: how far the next cell of a broken cell may be
_FEWEST_ROWS = 2


@dataclass(slots=True)
class _Block:
    """Lines `first`..`last` (indices, both included) that hold the rows."""

    engine: str
    first: int
    last: int
    rows: list[list[Cell]] = field(default_factory=list)


def split(lines: Sequence[Line], first_number: int = 1) -> tuple[list[Table], list[Line]]:
    """The flowed tables among the lines, and the lines that are prose, both in reading order."""
    lines = paced(lines)
    blocks = _blocks(lines)
    tables: list[Table] = []
    taken: set[int] = set()
    for block in blocks:
        taken.update(range(block.first, block.last + 1))
    for block in blocks:
        heading, used = heading_above(lines, block.first, taken)
        tables.append(_table(block, heading, first_number + len(tables)))
        taken.update(used)
    return tables, [line for i, line in enumerate(lines) if i not in taken]


def _blocks(lines: Sequence[Line]) -> list[_Block]:
    out = []
    i = 0
    while i < len(lines):
        if opens_cell(lines[i]):
            block = _cells_block(lines, i)
        elif lines[i].text.strip("\t \r").count("\t") >= 1 or lines[i].text.count("\t") > 1:
            block = _rows_block(lines, i)
        else:
            i += 1
            continue
        if len(block.rows) >= _FEWEST_ROWS:
            out.append(block)
        i = block.last + 1
    return out


def _rows_block(lines: Sequence[Line], first: int) -> _Block:
    block = _Block(ENGINE_ROWS, first, first)
    i = first
    while i < len(lines):
        line = lines[i]
        if "\t" in line.text:
            row = len(block.rows)
            texts = line.text.rstrip("\r").split("\t")
            block.rows.append(
                [Cell(row, c, t.strip(), page=line.page, line_no=line.number) for c, t in enumerate(texts)]
            )
            block.last = i
        elif not is_blank(line):
            break
        i += 1
    return block


def _cells_block(lines: Sequence[Line], first: int) -> _Block:
    block = _Block(ENGINE_CELLS, first, first)
    blanks = 1
    i = first
    while i < len(lines):
        line = lines[i]
        if line.text.startswith("\t"):
            if blanks or not block.rows:
                block.rows.append([])
            row = block.rows[-1]
            text = line.text[1:].rstrip("\r")
            row.append(Cell(len(block.rows) - 1, len(row), text.strip(" "), page=line.page, line_no=line.number))
            block.last, blanks = i, 0
        elif is_blank(line):
            blanks += 1
        elif _continues(lines, i, blanks):
            row = block.rows[-1]
            cell = row[-1]
            row[-1] = Cell(
                cell.row,
                cell.col,
                f"{cell.text}\n{line.text.strip()}".strip("\n"),
                page=cell.page,
                line_no=cell.line_no,
            )
            block.last, blanks = i, 0
        else:
            break
        i += 1
    return block


def _continues(lines: Sequence[Line], i: int, blanks: int) -> bool:
    """Whether the line goes on inside the open cell: short, and the next cell follows without a blank line."""
    if blanks > 1 or len(squeeze(lines[i].text)) > _CONTINUATION or is_title(lines[i].text):
        return False
    gap = 0
    for line in lines[i + 1 : i + 1 + _LOOK_AHEAD]:
        if line.text.startswith("\t"):
            return True
        if is_blank(line):
            gap += 1
            if gap > _LOOK_AHEAD // 2:
                return False
        elif len(squeeze(line.text)) > _CONTINUATION or is_title(line.text):
            return False
    return False


def _table(block: _Block, heading: Heading, number: int) -> Table:
    title, unit, caption = heading.title, heading.unit, list(heading.caption)
    rows = aligned(block.rows) if block.engine == ENGINE_CELLS else block.rows
    for row in block.rows:
        texts = [t for c in row if (t := squeeze(c.text))]
        if len(row) > 2 or len(texts) > 2 or not texts:
            break
        title = title or next((t for t in texts if is_title(t)), None)
        unit = unit or next((u for t in texts if (u := unit_of(t))), None)
        caption += texts
    return Table(
        number=number,
        page=block.rows[0][0].page,
        title=title,
        unit=unit,
        cells=tuple(c for row in rows for c in row),
        engine=block.engine,
        caption=tuple(caption),
    )
