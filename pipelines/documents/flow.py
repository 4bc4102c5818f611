"""What a reader meets on its way through a file, paragraphs and grids in order, assembled into a Document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from pipelines.core.model import Cell, Document, Line, Table
from pipelines.core.traced import squeeze
from pipelines.documents.table_edges import is_caption_text, is_note, split_edges
from pipelines.documents.titles import Heading, heading_above, is_title, unit_of

_LONGEST_NAME = 40
_NOT_A_NAME = re.compile(r"[。；;：:，,！!？?…]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_KEY_VALUE = re.compile(r"^[^:：。，]{2,10}[:：][^。]+$")
_LOOK_BACK = 6  # lines: how far above its table a title may stand
_NOTE_ITEM = re.compile(r"^(?:[（(]?\d{1,2}[)）]|\d{1,2}[.．、])")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose; line ends inside it are kept."""

    text: str
    page: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as the format draws it, title and note rows still inside it.

    `title` is what the format itself declares as its caption, `name` what it may be called if nothing above it says
    (a sheet's name); `remarks` are the reader's own (hidden rows); `place` says where it stands in a workbook.
    `nested` marks a table that stands in a cell of the one before it: notes below both belong to the outer one.
    """

    cells: tuple[Cell, ...]
    page: int = 1
    title: str | None = None
    name: str | None = None
    remarks: tuple[str, ...] = ()
    place: str = ""
    nested: bool = False


Block = Paragraph | Grid


@dataclass(slots=True)
class _Page:
    """The text laid out so far. Line numbers count the lines of the text from 1, those of cells included."""

    rows: list[str]
    lines: list[Line]
    length: int = 0

    def add(self, text: str) -> int:
        """Appends text, one line or several; returns the number of its first line."""
        number = len(self.rows) + 1
        self.rows.extend(text.split("\n"))
        self.length += len(text) + 1
        return number

    def say(self, paragraph: Paragraph) -> None:
        """Appends the lines of a paragraph that are not blank, as prose."""
        for text in paragraph.text.splitlines():
            if text.strip():
                start = self.length
                self.lines.append(Line(paragraph.page, self.add(text), text, start))


def assemble(
    blocks: Iterable[Block],
    *,
    sha256: str,
    media_type: str,
    engine: str,
    pages: int = 1,
    reason: str | None = None,
) -> Document:
    """The blocks as a Document. `text` is every prose line and cell text in reading order, joined by line ends.

    `Line.number` and `Cell.line_no` both count the lines of `text` from 1, so a table stands between the lines whose
    numbers are below and above those of its cells. With a `reason` the document is `partial`.
    """
    parts = _edges_apart(blocks)
    page = _Page([], [])
    grids: list[Table] = []
    since = 0
    for i, part in enumerate(parts):
        if isinstance(part, Paragraph):
            page.say(part)
            continue
        above = [line for line in page.lines[since:] if line.page == part.page]
        table = _table(part, len(grids) + 1, engine, above, page)
        grids.append(replace(table, notes=(() if part.nested else _notes_below(parts, i)) + part.remarks))
        since = len(page.lines)
    return Document(
        sha256=sha256,
        media_type=media_type,
        text="\n".join(page.rows),
        lines=tuple(page.lines),
        pages=pages,
        grids=tuple(grids),
        status="partial" if reason else "parsed",
        reason=reason,
    )


def _edges_apart(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with title, unit and note rows taken out of their grids as paragraphs."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            out.append(block)
            continue
        edges = split_edges(block.cells)
        out.extend(Paragraph(t, block.page) for t in edges.above)
        if edges.cells:
            out.append(replace(block, cells=edges.cells))
        out.extend(Paragraph(t, block.page) for t in edges.below)
    return out


def _table(grid: Grid, number: int, engine: str, above: Sequence[Line], page: _Page) -> Table:
    heading = _heading(above)
    cells = tuple(replace(c, line_no=page.add(c.text)) for c in sorted(grid.cells, key=lambda c: (c.row, c.col)))
    return Table(
        number=number,
        page=grid.page,
        title=grid.title or heading.title or grid.name,
        unit=heading.unit,
        cells=cells,
        engine=engine,
        caption=heading.caption,
        place=grid.place,
    )


def _heading(above: Sequence[Line]) -> Heading:
    """What stands above a table: its head by `titles`, else the lines from the one that names it."""
    head, _ = heading_above(above, len(above), ())
    start = _name_above(above) if head.title is None else None
    if start is None:
        return head
    lines = [line.text.strip() for line in above[start:]]
    unit = next((u for line in reversed(lines) if (u := unit_of(line))), None)
    return Heading(squeeze(lines[0]), unit, tuple(lines))


def _name_above(above: Sequence[Line]) -> int | None:
    """The number of the title that stands above with only short lines between, else of a short line directly above.

    Caption lines are passed over; a sentence ends the search.
    """
    name = None
    between = 0
    for i in range(len(above) - 1, max(-1, len(above) - 1 - _LOOK_BACK), -1):
        t = squeeze(above[i].text)
        if is_title(t):
            return i
        if is_caption_text(t):
            continue
        is_name = 2 <= len(t) <= _LONGEST_NAME and _CHINESE.search(t) and not _NOT_A_NAME.search(t)
        if not is_name and not _KEY_VALUE.match(t):
            break
        name = i if is_name and between == 0 else name
        between += 1
    return name


def _notes_below(parts: Sequence[Block], at: int) -> tuple[str, ...]:
    """The note lines that follow a table (`注：…` and the numbered items under it), up to the first other line."""
    notes: list[str] = []
    for block in islice(parts, at + 1, None):
        if isinstance(block, Grid) and block.nested:
            continue
        if isinstance(block, Grid) or block.page != parts[at].page:
            break
        for text in filter(str.strip, block.text.splitlines()):
            if not (is_note(text) or (notes and _NOTE_ITEM.match(squeeze(text)))):
                return tuple(notes)
            notes.append(text.strip())
    return tuple(notes)
