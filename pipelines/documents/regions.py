"""The tables and the prose on one sheet of cells: where a grid begins and ends, and what stands around it."""

from __future__ import annotations

from itertools import groupby

from pipelines.core.numbers import clean_number
from pipelines.core.traced import squeeze
from pipelines.documents.area import Area, grid_of, trimmed
from pipelines.documents.beside import apart
from pipelines.documents.flow import Block, Paragraph
from pipelines.documents.table_edges import is_caption_text, is_note
from pipelines.documents.titles import is_title

_LONGEST_LABEL = 40  # characters of a row label that stands alone


def blocks_of(area: Area, page: int = 1) -> list[Block]:
    """The sheet as paragraphs and grids from top to bottom; a grid's `place` is its range (`A6:G21`).

    A grid is a run of rows that are ruled, or that hold several cells; blank rows end it unless they are ruled
    themselves, or the next row goes on with figures under no heading of its own. Title, unit and note rows around it
    are paragraphs. Trailing blank rows and columns are cut, so stray formats far to the right do not count. Tables
    beside each other, each under its title, are grids from left to right.
    """
    return [block for part in apart(area) for block in _part_blocks(part, page)]


def _part_blocks(area: Area, page: int) -> list[Block]:
    bands = _joined([_kinds(area, band) for band in _bands(area)], area)
    return [block for band in bands for block in _band_blocks(area, band, page)]


Kinds = list[tuple[int, str]]
"""Rows of a band with what they are: `grid`, `single` (one text, no rules) or `caption`."""


def _bands(area: Area) -> list[list[int]]:
    """Runs of rows that hold text, are covered by a merged text, or are ruled; each ends in a row with text."""
    end = max(area.by_row, default=-1)
    rows = set(area.by_row) | {row for row in area.ruled_rows if row <= end}
    for (first, column), (last, _) in area.merges:
        if area.texts.get((first, column), "").strip():
            rows.update(range(first + 1, min(last, end) + 1))
    runs = [[r for _, r in run] for _, run in groupby(enumerate(sorted(rows)), lambda pair: pair[1] - pair[0])]
    return [band for run in runs if (band := trimmed(area, run))]


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
        grid = grid_of(area, rows, page) if is_grid else None
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
    return out


def _is_label(area: Area, row: int, kind: str) -> bool:
    text = next(iter(area.by_row[row].values()))
    return kind == "single" and len(squeeze(text)) <= _LONGEST_LABEL and not is_title(text) and not is_note(text)
