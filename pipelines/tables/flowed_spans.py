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
_SIDES = 2  # a heading over a whole row is none: revenue stands beside expenditure, the budget beside the account
_LEVELS = ("类", "款", "项")


def aligned(rows: Sequence[Row]) -> list[list[Cell]]:
    """The rows with upper headings and figures of totals moved into their columns; what fits in no way stays."""
    out = [list(row) for row in rows]
    for k in range(1, len(out)):
        out[k] = _coded_row(out[k], out[:k]) or _total_row(out, k) or out[k]
    for upper in range(len(out) - 2, -1, -1):
        lower = out[upper + 1]
        if _is_levels(lower) and len(out[upper]) == len(lower) - len(_LEVELS) + 1:
            out[upper] = _over_levels(out[upper])
        elif len(out[upper]) < len(lower) and not _states(out[upper]) and not _states(lower):
            out[upper] = _placed(out[upper], lower) or out[upper]
    return out


def _total_row(rows: Sequence[Row], number: int) -> list[Cell] | None:
    """A row `合计 | 12 | 34` whose label reaches over the columns before its figures; None where it is no such row."""
    row, full = rows[number], len(rows[number - 1])
    missing = full - len(row)
    at = next((k for k, cell in enumerate(row) if squeeze(cell.text)), None)
    label = row_label(row[at].text) if at is not None else None
    if missing <= 0 or at is None or label is None or label.list_role != "total":
        return None
    figures = [cell.col + missing for cell in row if clean_number(cell.text) is not None]
    whole = [r for r in rows if len(r) == full and _states(r)]
    seen = {c.col for r in whole for c in r if clean_number(c.text) is not None}
    blank = {c.col for r in whole for c in r if is_blank(c.text)}
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
    if len(runs) == len(groups) and len(upper) < _SIDES:
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
    """A run of headings that begins the same several times (`合计 | 基本 | 合计 | 基本`), cut up there."""
    first = squeeze(run[0].text)
    starts = [k for k, cell in enumerate(run) if squeeze(cell.text) == first]
    if len(starts) != parts:
        return groups
    at = groups.index(run)
    cut = [run[a:b] for a, b in zip(starts, [*starts[1:], len(run)], strict=True)]
    return [*groups[:at], *cut, *groups[at + 1 :]]


def _coded_row(row: Row, above: Sequence[Row]) -> list[Cell] | None:
    """A row whose code is one cell under the three headings 类 | 款 | 项; None where it is no such row."""
    head = next((r for r in reversed(above) if _is_levels(r)), None)
    if head is None or len(row) != len(head) - len(_LEVELS) + 1 or not squeeze(row[0].text).isdigit():
        return None
    return _over_levels(row)


def _is_levels(row: Row) -> bool:
    return tuple(squeeze(c.text) for c in row[: len(_LEVELS)]) == _LEVELS


def _over_levels(row: Row) -> list[Cell]:
    more = len(_LEVELS) - 1
    return [replace(row[0], col_span=len(_LEVELS)), *(replace(c, col=c.col + more) for c in row[1:])]
