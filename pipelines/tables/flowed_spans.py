"""Merged cells in text of one cell a line, where each is one cell and what follows it stands too far left.

Under a heading that reaches down a row there is a blank cell, under one that reaches over several columns its own
headings: that tells where each belongs. The label of a total reaches as far as its figures then stand under figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.core.model import Cell
from pipelines.core.numbers import clean_number, is_blank
from pipelines.core.traced import squeeze
from pipelines.vocab.headings import row_label

Row = Sequence[Cell]


def aligned(rows: Sequence[Row]) -> list[list[Cell]]:
    """The rows with upper headings and figures of totals moved into their columns; what fits in no way stays."""
    out = [list(row) for row in rows]
    for k in range(1, len(out)):
        out[k] = _total_row(out[k], out[:k]) or out[k]
    for upper in range(len(out) - 2, -1, -1):
        lower = out[upper + 1]
        if len(out[upper]) < len(lower) and not _states(out[upper]) and not _states(lower):
            out[upper] = _placed(out[upper], lower) or out[upper]
    return out


def _total_row(row: Row, above: Sequence[Row]) -> list[Cell] | None:
    """A row `合计 | 12 | 34` whose label reaches over the columns before its figures; None where it is no such row."""
    missing = len(above[-1]) - len(row)
    at = next((k for k, cell in enumerate(row) if squeeze(cell.text)), None)
    label = row_label(row[at].text) if at is not None else None
    if missing <= 0 or at is None or label is None or label.list_role != "total":
        return None
    figures = [cell.col + missing for cell in row if clean_number(cell.text) is not None]
    seen = {c.col for r in above if len(r) == len(above[-1]) for c in r if clean_number(c.text) is not None}
    blank = {c.col for c in above[-1] if is_blank(c.text)}
    if not figures or min(figures) not in seen or not (seen | blank).issuperset(figures):
        return None
    total = replace(row[at], col_span=missing + 1)
    return [*row[:at], total, *(replace(c, col=c.col + missing) for c in row[at + 1 :])]


def _states(row: Row) -> bool:
    return any(clean_number(cell.text) is not None for cell in row)


def _placed(upper: Row, lower: Row) -> list[Cell] | None:
    """The upper cells over the lower ones: one over each blank, one over each run of headings; None if that fails."""
    groups: list[list[Cell]] = []
    for cell in lower:
        if not squeeze(cell.text):
            groups.append([cell])
        elif groups and squeeze(groups[-1][-1].text):
            groups[-1].append(cell)
        else:
            groups.append([cell])
    runs = [g for g in groups if squeeze(g[0].text)]
    if len(runs) == len(groups):
        return None
    if len(runs) == 1 and len(groups) < len(upper):
        groups = _parted(groups, runs[0], len(upper) - len(groups) + 1)
    fits = len(groups) == len(upper) and all(
        squeeze(above.text) or not squeeze(g[0].text) for above, g in zip(upper, groups, strict=True)
    )
    if not fits:
        return None
    return [
        replace(above, col=g[0].col, col_span=g[-1].col + g[-1].col_span - g[0].col)
        for above, g in zip(upper, groups, strict=True)
    ]


def _parted(groups: list[list[Cell]], run: list[Cell], parts: int) -> list[list[Cell]]:
    """A run of headings that says the same several times (`合计 | 基本 | 项目 | 合计 | 基本 | 项目`), cut up."""
    width = len(run) // parts
    texts = [squeeze(c.text) for c in run]
    if width * parts != len(run) or texts != texts[:width] * parts:
        return groups
    at = groups.index(run)
    return [*groups[:at], *(run[k : k + width] for k in range(0, len(run), width)), *groups[at + 1 :]]
