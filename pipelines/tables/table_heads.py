"""What is printed around a table on a PDF page: its title, unit and captions above it, its notes below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.core.model import Box, Cell
from pipelines.core.traced import squeeze
from pipelines.documents.headings import enumerator
from pipelines.documents.pdf_lines import TextLine
from pipelines.documents.titles import is_caption, is_title, unit_of
from pipelines.tables.page_table import PageTable

_MOST_LINES = 8  # above a table that can belong to it
_FARTHEST = 8.0  # type sizes between two of them
_COLUMN_GAP = 3.0  # type sizes: what stands further apart on one line says different things
_CENTRED = 0.06  # of the page width: how far the middle of a title may be from the middle of its table or page
_LARGER = 1.15  # times the type of the table
_LONGEST = 60
_SUBTITLE = 24
_SAME_SIZE = 0.06  # of the type size: one title of two lines, or one note
_NEXT_LINE = 2.2  # type sizes from one line to the next of the same title or note
_SENTENCE = re.compile(r"[。；;！!？?，,、：:]$")
_NOTE = re.compile(r"^[(（]?(?:附?注|备注|说明|附注|注释)\s*[0-9一二三四五六七八九十]?\s*[)）]?\s*[:：.、]|^[*※]")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a table: `used` are the indices of the lines that say it, `caption` their text from the top."""

    title: str | None = None
    unit: str | None = None
    caption: tuple[str, ...] = ()
    used: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a line above the table."""

    line: int
    text: str
    size: float
    box: Box


def head_above(table: Box, type_size: float, lines: Sequence[TextLine], page_width: float) -> Head:
    """The head of a table from the lines between it and whatever stands above it (from the top; the last is nearest).

    The title is the nearest line that names a table, else the nearest that is set in the middle in larger type. Lines
    are taken upwards until one is a sentence or belongs to something else.
    """
    found: list[tuple[str, _Part]] = []
    below = table.y1
    for i in range(len(lines) - 1, max(-1, len(lines) - 1 - _MOST_LINES), -1):
        line = lines[i]
        if line.box.y0 - below > _FARTHEST * max(line.size, type_size):
            break
        roles = [(_role(p, table, type_size, page_width), p) for p in _parts(line, i)]
        if not all(role for role, _ in roles):
            break
        found += ((role, p) for role, p in reversed(roles) if role)
        below = line.box.y1
    title = _title(found)
    kept = _belonging(found, title)
    used = frozenset(p.line for p in kept)
    captions = [(p.line, squeeze(p.text)) for p in kept if p not in title]
    return Head(
        title="".join(squeeze(p.text) for p in reversed(title)) or None,
        unit=next((u for _, t in captions if (u := unit_of(t))), None),
        caption=tuple(lines[i].text for i in sorted(used)),
        used=used,
    )


def head_inside(table: PageTable) -> Head:
    """The title and unit that a table's first rows state, where each is one cell over the whole width."""
    title = unit = None
    captions = []
    for row in range(table.rows):
        across = [c for c in table.cells if c.row == row and c.col == 0 and c.col_span == table.cols]
        text = squeeze(across[0].text) if across else ""
        if not text:
            break
        if title is None and is_title(text):
            title = text
        elif unit_of(text) or is_caption(text) or (title and len(text) <= _SUBTITLE):
            unit = unit or unit_of(text)
        else:
            break
        captions.append(across[0].text)
    return Head(title, unit, tuple(captions) if title or unit else ())


def notes_below(table: Box, lines: Sequence[TextLine]) -> tuple[tuple[str, ...], frozenset[int]]:
    """The notes under a table (lines from the top, the first is nearest), and which lines they use.

    Notes begin with 注：, 备注：, 说明： or a star, and go on in lines of the same type that follow closely.
    """
    notes: list[str] = []
    used: set[int] = set()
    for i, line in enumerate(lines):
        text = line.text
        starts = bool(_NOTE.match(squeeze(text)))
        if not notes:
            if not starts or table.y0 - line.box.y1 > _FARTHEST * line.size:
                break
            notes.append(text)
        else:
            last = lines[i - 1]
            if not starts and (is_title(text) or not _goes_on(last, line)):
                break
            if starts or _SENTENCE.search(squeeze(last.text)):
                notes.append(text)
            else:
                notes[-1] += text
        used.add(i)
    return tuple(notes), frozenset(used)


def notes_inside(cells: Sequence[Cell]) -> tuple[str, ...]:
    """The notes that stand in the table's own last rows."""
    return tuple(squeeze(c.text) for c in cells if c.col_span > 1 and c.col == 0 and _NOTE.match(squeeze(c.text)))


def _goes_on(last: TextLine, line: TextLine) -> bool:
    pitch = last.box.y0 - line.box.y0
    same = abs(line.size - last.size) <= _SAME_SIZE * last.size
    return same and 0 < pitch <= _NEXT_LINE * last.size and enumerator(line.text) is None


def _parts(line: TextLine, index: int) -> list[_Part]:
    pieces = line.pieces(_COLUMN_GAP)
    if len(pieces) > 1 and all(len(p.text) <= 2 for p in pieces):
        pieces = [line]  # a title whose characters are set far apart
    return [_Part(index, p.text, p.size, p.box) for p in pieces]


def _role(p: _Part, table: Box, type_size: float, page_width: float) -> str | None:
    text = squeeze(p.text)
    if is_title(text):
        return "title"
    if is_caption(text):
        return "caption"
    if len(text) > _LONGEST or _SENTENCE.search(text) or _NOTE.match(text):
        return None
    middle = (p.box.x0 + p.box.x1) / 2
    off = min(abs(middle - (table.x0 + table.x1) / 2), abs(middle - page_width / 2))
    if off > _CENTRED * page_width:
        return None
    if p.size >= _LARGER * type_size:
        return "large"
    return "subtitle" if len(text) <= _SUBTITLE else None


def _title(found: Sequence[tuple[str, _Part]]) -> list[_Part]:
    """The parts of the title, the nearest to the table first."""
    for wanted in ("title", "large"):
        for k, (role, part) in enumerate(found):
            if role == wanted:
                return [part, *_continued(part, found[k + 1 :])]
    return []


def _continued(part: _Part, above: Sequence[tuple[str, _Part]]) -> list[_Part]:
    """The lines above that are the beginning of the same title: same type, close by, and no title of their own."""
    out: list[_Part] = []
    for role, upper in above:
        pitch = upper.box.y0 - part.box.y0
        same = abs(upper.size - part.size) <= _SAME_SIZE * part.size
        if role not in ("large", "subtitle") or not same or not 0 < pitch <= _NEXT_LINE * part.size:
            break
        out.append(upper)
        part = upper
    return out


def _belonging(found: Sequence[tuple[str, _Part]], title: Sequence[_Part]) -> list[_Part]:
    """The parts from the title down, and captions directly above it; without a title, the captions nearest below."""
    out: list[_Part] = []
    seen_title = not title
    for role, part in found:
        if part in title:
            seen_title = True
        elif role != "caption" and (seen_title or not title):
            break
        out.append(part)
    return out
