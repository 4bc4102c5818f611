"""The tables and the prose on one sheet of cells: where a grid begins and ends, and what stands around it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pipelines.core.model import Cell
from pipelines.core.numbers import clean_number
from pipelines.core.traced import squeeze
from pipelines.documents.flow import Block, Grid, Paragraph
from pipelines.documents.table_edges import is_caption_text, is_note
from pipelines.documents.titles import is_title

Place = tuple[int, int]
Range = tuple[Place, Place]
"""The first and the last cell of a merged range."""

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_UNNAMED = re.compile(r"^工作表\d*$")
_LONGEST_LABEL = 40
_LEAST_ROWS = 2
_LEAST_RULED = 2


@dataclass(frozen=True, slots=True)
class Area:
    """One sheet: texts by (row, column) from 0, merged ranges, the cells with a rule at their side, what is hidden.

    `name` is what the sheet is called; it names a table above which nothing else does.
    """

    texts: Mapping[Place, str]
    merges: Sequence[Range] = ()
    ruled: Collection[Place] = ()
    hidden_rows: Collection[int] = ()
    hidden_columns: Collection[int] = ()
    name: str = ""
    by_row: Mapping[int, Mapping[int, str]] = field(init=False)
    ruled_rows: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        rows: dict[int, dict[int, str]] = defaultdict(dict)
        for (row, column), text in sorted(self.texts.items()):
            if text.strip():
                rows[row][column] = text
        counts: dict[int, int] = defaultdict(int)
        for row, _ in self.ruled:
            counts[row] += 1
        object.__setattr__(self, "by_row", dict(rows))
        object.__setattr__(self, "ruled_rows", frozenset(r for r, n in counts.items() if n >= _LEAST_RULED))


def blocks_of(area: Area, page: int = 1) -> list[Block]:
    """The sheet as paragraphs and grids from top to bottom; a grid's `place` is its range (`A6:G21`).

    A grid is a run of rows that are ruled, or that hold several cells; blank rows end it unless they are ruled
    themselves, or the next row goes on with figures under no heading of its own. Title, unit and note rows around it
    are paragraphs. Trailing blank rows and columns are cut, so stray formats far to the right do not count.
    """
    bands = _joined([_kinds(area, band) for band in _bands(area)], area)
    return [block for band in bands for block in _band_blocks(area, band, page)]


Kinds = list[tuple[int, str]]
"""Rows of a band with what they are: `grid`, `single` (one text, no rules) or `caption`."""


def _bands(area: Area) -> list[list[int]]:
    """Runs of rows that hold text, are covered by a merged text, or are ruled; each ends in a row with text."""
    covered = {
        row
        for (first, column), (last, _) in area.merges
        if area.texts.get((first, column), "").strip()
        for row in range(first + 1, last + 1)
    }
    rows = sorted(set(area.by_row) | {r for r in covered | area.ruled_rows if r <= max(area.by_row, default=-1)})
    runs = [[r for _, r in run] for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0])]
    return [trimmed for run in runs if (trimmed := _trimmed(area, run))]


def _trimmed(area: Area, rows: list[int]) -> list[int]:
    printed = [i for i, row in enumerate(rows) if row in area.by_row]
    return rows[printed[0] : printed[-1] + 1] if printed else []


def _kinds(area: Area, band: list[int]) -> Kinds:
    kinds = [(row, _kind(area, row)) for row in band]
    return [(row, "single" if _heads_another(area, kinds, i) else kind) for i, (row, kind) in enumerate(kinds)]


def _kind(area: Area, row: int) -> str:
    texts = area.by_row.get(row, {}).values()
    if row in area.ruled_rows:
        return "grid"
    if texts and all(is_caption_text(t) for t in texts):
        return "caption"
    if len(texts) > 1:
        return "grid"
    return "single" if texts else "grid"


def _heads_another(area: Area, kinds: Kinds, i: int) -> bool:
    """Whether a ruled row is the title of a further table: it says so, and a blank row stands above it."""
    texts = list(area.by_row.get(kinds[i][0], {}).values())
    return i > 0 and kinds[i - 1][0] not in area.by_row and len(texts) == 1 and is_title(texts[0])


def _joined(bands: list[Kinds], area: Area) -> list[Kinds]:
    """The bands, one that only goes on with the figures of the band above it appended to that."""
    out: list[Kinds] = []
    for band in bands:
        if out and _goes_on(area, out[-1], band):
            out[-1] = out[-1] + band
        else:
            out.append(band)
    return out


def _goes_on(area: Area, above: Kinds, band: Kinds) -> bool:
    first, last = band[0], above[-1]
    if first[1] != "grid" or last[1] != "grid" or first[0] in area.ruled_rows or last[0] in area.ruled_rows:
        return False
    cells = area.by_row[first[0]]
    wide = {c for row, kind in above if kind == "grid" for c in area.by_row.get(row, {})}
    figures = [c for c, text in cells.items() if clean_number(text) is not None]
    return bool(figures) and min(wide) <= min(cells) and max(cells) <= max(wide)


def _band_blocks(area: Area, band: Kinds, page: int) -> list[Block]:
    blocks: list[Block] = []
    for is_grid, run in groupby(_settled(area, band), lambda pair: pair[1]):
        rows = [row for row, _ in run]
        grid = _grid(area, rows, page) if is_grid else None
        blocks += [grid] if grid else [Paragraph(t, page) for row in rows for t in area.by_row.get(row, {}).values()]
    return blocks


def _settled(area: Area, band: Kinds) -> list[tuple[int, bool]]:
    """For each row of a band, whether it is of a grid.

    A single text between grid rows, or one short label after them, is a row of the grid (`一、收入` with its figures
    blank); a title, caption or note is not, nor anything before the grid, nor what stands outside the rules.
    """
    ruled = any(row in area.ruled_rows for row, _ in band)
    grid = [i for i, (_, kind) in enumerate(band) if kind == "grid"]
    if not grid:
        return [(row, False) for row, _ in band]
    out = []
    ended = False
    for i, (row, kind) in enumerate(band):
        if kind == "grid":
            ended = False
        elif i > grid[-1]:
            ended = ended or ruled or not _is_label(area, row, kind)
        else:
            ended = ended or i < grid[0] or not _is_label(area, row, kind)
        out.append((row, not ended))
    return _whole_runs(band, out)


def _whole_runs(band: Kinds, settled: list[tuple[int, bool]]) -> list[tuple[int, bool]]:
    """A run of single rows between two grids is either all label rows or, if it holds a title, all prose."""
    out: list[tuple[int, bool]] = []
    for kind, run in groupby(zip(band, settled, strict=True), lambda pair: pair[0][1] == "grid"):
        rows = [pair[1] for pair in run]
        mixed = not kind and not all(s for _, s in rows) and out and len(out) + len(rows) < len(settled)
        out += [(row, False) for row, _ in rows] if mixed else rows
    return out


def _is_label(area: Area, row: int, kind: str) -> bool:
    text = next(iter(area.by_row[row].values()))
    return kind == "single" and len(squeeze(text)) <= _LONGEST_LABEL and not is_title(text) and not is_note(text)


def _grid(area: Area, rows: Sequence[int], page: int) -> Grid | None:
    """The rows as a grid between the first and last column with text; None where that is not a table."""
    rows = _trimmed(area, list(rows))
    columns = _columns(area, rows)
    if not rows or len(columns) < 2 or (len(rows) < _LEAST_ROWS and not area.ruled_rows.intersection(rows)):
        return None
    number = {row: i for i, row in enumerate(rows)}
    spans, covered = _spans(area, number, columns)
    cells = []
    for row in rows:
        for column in columns:
            if (row, column) not in covered:
                height, width = spans.get((row, column), (1, 1))
                text = area.texts.get((row, column), "").strip()
                cells.append(Cell(number[row], column - columns[0], text, height, width, page))
    place = f"{_letters(columns[0])}{rows[0] + 1}:{_letters(columns[-1])}{rows[-1] + 1}"
    return Grid(
        tuple(cells),
        page,
        name=area.name if _CHINESE.search(area.name) and not _UNNAMED.match(area.name) else None,
        remarks=_remarks(area, rows, columns),
        place=f"{area.name}!{place}" if area.name else place,
    )


def _remarks(area: Area, rows: Sequence[int], columns: range) -> tuple[str, ...]:
    hidden_rows = "、".join(str(r + 1) for r in rows if r in area.hidden_rows)
    hidden_columns = "、".join(_letters(c) for c in columns if c in area.hidden_columns)
    remarks = (("行", hidden_rows), ("列", hidden_columns))
    return tuple(f"工作表中隐藏的{what}：{which}" for what, which in remarks if which)


def _columns(area: Area, rows: Iterable[int]) -> range:
    used = [c for row in rows for c in area.by_row.get(row, {})]
    if not used:
        return range(0)
    inside = set(rows)
    reach = [
        last
        for (row, column), (_, last) in area.merges
        if row in inside and area.by_row.get(row, {}).get(column) and not _is_spread(area, row)
    ]
    return range(min(used), max([*used, *reach]) + 1)


def _is_spread(area: Area, row: int) -> bool:
    """Whether a row is one text merged over everything, which says nothing of how far the columns go."""
    return len(area.by_row.get(row, {})) == 1


def _spans(area: Area, number: Mapping[int, int], columns: range) -> tuple[dict[Place, tuple[int, int]], set[Place]]:
    """The spans of the merged ranges, cut to the grid, by their first cell, and the cells that they cover."""
    spans: dict[Place, tuple[int, int]] = {}
    covered: set[Place] = set()
    for (top, left), (bottom, right) in area.merges:
        rows = [row for row in range(top, bottom + 1) if row in number]
        inside = range(max(left, columns.start), min(right + 1, columns.stop))
        if rows and inside:
            origin = rows[0], inside[0]
            spans[origin] = len(rows), len(inside)
            covered.update((r, c) for r in rows for c in inside if (r, c) != origin)
    return spans, covered


def _letters(column: int) -> str:
    """The name of a column counted from 0: 0 is `A`, 26 is `AA`."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
