"""Tables that go on over pages, joined by title, unit, column positions and headings; different tables never are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from pipelines.core.model import Cell
from pipelines.core.numbers import clean_number
from pipelines.core.traced import squeeze
from pipelines.tables.headers import is_heading
from pipelines.tables.page_break import mended
from pipelines.tables.page_table import PlacedTable

_RULED = 3.0  # points: how far one ruled column boundary may move from page to page
_SPACED = 20.0  # points: the same where boundaries are the middle of the space between words
_WIDTH = 3.0  # points: how much the whole table may grow
_FULL = 0.3  # of the page height: a table that leaves more room than this, and than its next row needs, has ended
_TOP = 0.3  # of the page height: a part without a title begins no lower
_MOST_HEADINGS = 4  # rows of headings at the top of a table
_SAME_WORDS = 0.7  # of the characters of a recognised heading are those of the page before
_HEADED = 0.8  # of the columns have a heading
_CONTINUED = re.compile(r"[(（]?续(?:表)?[一二三四五六七八九十0-9]*[)）]?")


@dataclass(frozen=True, slots=True)
class Stitched:
    """A table with all its pages. Rows of `cells` count through; `xs` are its column boundaries on the first page."""

    first: PlacedTable
    last: PlacedTable
    xs: tuple[float, ...]
    rows: int
    cells: tuple[Cell, ...]
    notes: tuple[str, ...]

    @property
    def cols(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1


@dataclass(frozen=True, slots=True)
class _Fit:
    """How the columns of two parts lie on each other: the common boundaries, and where those of each part fall."""

    xs: tuple[float, ...]
    upper: tuple[int, ...]
    lower: tuple[int, ...]


def stitched(parts: Sequence[PlacedTable]) -> list[Stitched]:
    """The tables of a document from those of its pages, in reading order."""
    out: list[Stitched] = []
    for part in parts:
        joined = _joined(out[-1], part) if out else None
        if joined is not None:
            out[-1] = joined
        else:
            out.append(_alone(part))
    return out


def _alone(part: PlacedTable) -> Stitched:
    table = part.table
    return Stitched(part, part, table.xs, table.rows, table.cells, (*table.notes, *part.notes))


def _joined(above: Stitched, part: PlacedTable) -> Stitched | None:
    """The table with the part added, None where the part is another table."""
    if not _follows(above, part):
        return None
    fit = _fit(above, part)
    if fit is None:
        return None
    upper = [_moved(c, 0, fit.upper) for c in above.cells]
    lower = [_moved(c, 0, fit.lower) for c in part.table.cells]
    repeated = _repeated_rows(upper, lower, part.table.rows)
    titled = part.title is not None
    if titled and _is_next_form(upper, lower, repeated):
        return None
    if repeated == 0 and not titled and (above.notes or _begins_anew(upper, lower)):
        return None
    kept = [_moved(c, above.rows - repeated, None) for c in lower if c.row >= repeated]
    cells = tuple(mended(upper, kept, above.rows, above.last.type_size))
    return Stitched(
        first=above.first,
        last=part,
        xs=fit.xs,
        rows=max(c.row + c.row_span for c in cells),
        cells=cells,
        notes=(*above.notes, *(n for n in (*part.table.notes, *part.notes) if n not in above.notes)),
    )


def _follows(above: Stitched, part: PlacedTable) -> bool:
    last = above.last
    if part.sequence != last.sequence + 1 or not (last.ends_page and part.begins_page):
        return False
    if part.table.engine != last.table.engine:
        return False
    if part.unit is not None and above.first.unit is not None and part.unit != above.first.unit:
        return False
    if part.title is not None:
        return above.first.title is not None and _bare(part.title) == _bare(above.first.title)
    first_row = part.table.ys[0] - part.table.ys[1]
    if last.room > max(_FULL * last.page_height, first_row + 0.15 * last.page_height):
        return False
    return part.page_height - part.table.ys[0] <= _TOP * part.page_height


def _bare(title: str) -> str:
    return _CONTINUED.sub("", squeeze(title))


def _fit(above: Stitched, part: PlacedTable) -> _Fit | None:
    """How the columns fit; None where the boundaries of neither part are among those of the other.

    Boundaries in the space between words lie where the words of a page leave room; headings say which they are.
    """
    tolerance = _RULED if part.table.engine != "stream" else _SPACED
    upper, lower = above.xs, part.table.xs
    spaced = part.table.engine == "stream" and len(upper) == len(lower)
    if spaced and _repeated_rows(above.cells, part.table.cells, part.table.rows):
        same = tuple(range(len(upper)))
        return _Fit(upper, same, same)
    if abs((upper[-1] - upper[0]) - (lower[-1] - lower[0])) > max(_WIDTH, tolerance):
        return None
    shift = upper[0] - lower[0]
    moved = tuple(x + shift for x in lower)
    more, fewer = (upper, moved) if len(upper) >= len(moved) else (moved, upper)
    places = [min(range(len(more)), key=lambda k: abs(more[k] - x)) for x in fewer]
    if len(set(places)) < len(places) or any(abs(more[k] - x) > tolerance for k, x in zip(places, fewer, strict=True)):
        return None
    whole, some = tuple(range(len(more))), tuple(places)
    return _Fit(more, whole, some) if more is upper else _Fit(more, some, whole)


def _moved(cell: Cell, rows: int, columns: tuple[int, ...] | None) -> Cell:
    """The cell so many rows further down, its columns counted by the common boundaries."""
    if columns is None:
        return replace(cell, row=cell.row + rows)
    col = columns[cell.col]
    return replace(cell, row=cell.row + rows, col=col, col_span=columns[cell.col + cell.col_span] - col)


def _row(cells: Sequence[Cell], row: int) -> list[Cell]:
    return sorted((c for c in cells if c.row == row), key=lambda c: c.col)


def _filled(cells: Sequence[Cell], row: int) -> list[Cell]:
    return [c for c in _row(cells, row) if squeeze(c.text)]


def _repeated_rows(upper: Sequence[Cell], lower: Sequence[Cell], rows: int) -> int:
    """How many rows at the top of the lower part are those at the top of the upper one, printed again."""
    for row in range(rows):
        a, b = _filled(upper, row), _filled(lower, row)
        same = len(a) == len(b) and all(_is_same(x, y) for x, y in zip(a, b, strict=True))
        texts = [squeeze(c.text) for c in b]
        if not same or not (any(texts) or any(c.row < row < c.row + c.row_span for c in lower)):
            return row
        if any(clean_number(t) is not None for t in texts) and not _counts_columns(texts):
            return row
    return rows


def _is_same(a: Cell, b: Cell) -> bool:
    """Whether two cells have the same place and words; of recognised words a character may have been misread."""
    if (a.col, a.col_span, a.row_span) != (b.col, b.col_span, b.row_span):
        return False
    x, y = squeeze(a.text), squeeze(b.text)
    if x == y or min(a.confidence, b.confidence) == 1 or _digits(x) != _digits(y):
        return x == y
    return SequenceMatcher(None, x, y, autojunk=False).ratio() >= _SAME_WORDS


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdecimal())


def _counts_columns(texts: Sequence[str]) -> bool:
    numbers = [int(t) for t in texts if t.isdecimal()]
    return len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _is_next_form(upper: Sequence[Cell], lower: Sequence[Cell], repeated: int) -> bool:
    """Whether the lower part is the same form filled in again: its first row that differs has the same label."""
    a, b = _row(upper, repeated), _row(lower, repeated)
    if not a or not b:
        return False
    label = squeeze(a[0].text)
    return bool(label) and label == squeeze(b[0].text) and a[0].row_span == 1 and clean_number(label) is None


def _begins_anew(upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    """Whether the lower part has headings of its own at its top, and the upper is no form with headings in between."""
    if not any(row <= 1 for row in _heading_rows(lower)):
        return False
    return not any(row > _MOST_HEADINGS for row in _heading_rows(upper))


def _heading_rows(cells: Sequence[Cell]) -> list[int]:
    """The rows that hold nothing but words, in nearly every column, most of them known headings."""
    out = []
    for row in sorted({c.row for c in cells}):
        over = [c for c in cells if c.row <= row < c.row + c.row_span]
        words = [squeeze(c.text) for c in over if squeeze(c.text)]
        filled = sum(c.col_span for c in over if squeeze(c.text))
        if filled < _HEADED * sum(c.col_span for c in over) or any(clean_number(t) is not None for t in words):
            continue
        if len(words) >= 2 and 2 * sum(is_heading(t, None) for t in words) >= len(words):
            out.append(row)
    return out
