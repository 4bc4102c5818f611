"""Blocks of rows from the heights of the labels in their middles, column by column, each inside one to its left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pipelines.documents.pdf_lines import TextLine

_AWAY = 0.1  # of the height of its first row: how far the middle of a block may be from its label
_SEVERAL = 3  # labels that agree


@dataclass(frozen=True, slots=True)
class Mark:
    """A label, the height of its middle on the page, and the row on which it stands: None where it stands on none.

    `accompanied`: something else stands on that row.
    """

    middle: float
    lines: tuple[TextLine, ...]
    row: int | None = None
    accompanied: bool = True


class Bounds(NamedTuple):
    """A run of rows: the first, and the one after the last."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """Rows `first` to `last` with their label in column `col`; not `told`: with all labels that are somewhere there."""

    col: int
    first: int
    last: int
    lines: tuple[TextLine, ...]
    told: bool = True


class _Reach(NamedTuple):
    mark: Mark
    begin: int
    end: int


def blocks_of_marks(
    marks: Sequence[Sequence[Mark]], within: Bounds, edges: Sequence[float], heads: Sequence[int]
) -> list[Block]:
    """The blocks of more than one row in a run of rows; `marks[c]` are the labels of column c from the top.

    `edges[r]` is where row r begins; `heads` are rows of headings, before and after which a block may begin or end.
    """
    centred = any(m.row is None for column in marks for m in _inside(column, within, edges))
    return _solved(marks, 0, within, edges, heads, centred)


def _solved(
    marks: Sequence[Sequence[Mark]],
    col: int,
    within: Bounds,
    edges: Sequence[float],
    heads: Sequence[int],
    centred: bool,
) -> list[Block]:
    if col == len(marks):
        return []
    here = _inside(marks[col], within, edges)
    parts = [within]
    out: list[Block] = []
    ends = [within.begin, *(k for h in heads for k in (h, h + 1) if within.begin < k < within.end), within.end]
    found = _chains(here, sorted(set(ends)), edges)
    told = _agreed(found, heads)
    loose = [m for m in here if m.row is None]
    if told and (centred or not _heads_its_rows(told, heads)):
        out += [Block(col, r.begin, r.end - 1, r.mark.lines) for r in told if r.end - r.begin > 1]
        parts = _parts(within, told)
    elif loose or any(r.end - r.begin > 1 for way in found for r in way):
        begin = max((k for k in ends if not loose or edges[k] > loose[0].middle), default=within.begin)
        begin = begin if loose else min(way[0].begin for way in found)
        lines = tuple(x for m in here if edges[begin] > m.middle for x in m.lines)
        out.append(Block(col, begin, within.end - 1, lines, told=False))
    for part in parts:
        out += _solved(marks, col + 1, part, edges, heads, centred)
    return out


def _inside(marks: Sequence[Mark], within: Bounds, edges: Sequence[float]) -> list[Mark]:
    return [m for m in marks if edges[within.end] < m.middle < edges[within.begin]]


def _chains(marks: Sequence[Mark], ends: Sequence[int], edges: Sequence[float]) -> list[list[_Reach]]:
    """All ways in which the labels between two of the `ends` share the rows between them, none of the labels that
    stand on no row being left out.

    Where there is none, rows above the first label may be blank, if several labels below agree.
    """
    out = []
    for blank in (False, True):
        for k, begin in enumerate(ends):
            for end in ends[k + 1 :]:
                held = _inside(marks, Bounds(begin, end), edges)
                if not held or (blank and len(held) < _SEVERAL) or any(m.row is None and m not in held for m in marks):
                    continue
                found = _upwards(held, Bounds(begin, end), edges)
                if found is not None and (blank or found[0].begin == begin):
                    out.append(found)
        if out:
            break
    return out


def _upwards(marks: Sequence[Mark], within: Bounds, edges: Sequence[float]) -> list[_Reach] | None:
    """The rows of each label from the last one up, as many above its middle as below; None where they do not fit."""
    out: list[_Reach] = []
    end = within.end
    for m in reversed(marks):
        if end <= within.begin:
            return None
        aways = [(abs((edges[k] + edges[end]) / 2 - m.middle), k) for k in range(within.begin, end)]
        away, begin = min(aways)
        if away > _AWAY * (edges[begin] - edges[begin + 1]):
            return None
        if m.row is None and end - begin == 1:
            return None
        if m.row is not None and (not begin <= m.row < end or (end - begin > 1 and not m.accompanied)):
            return None
        out.insert(0, _Reach(m, begin, end))
        end = begin
    return out


def _agreed(found: Sequence[list[_Reach]], heads: Sequence[int]) -> list[_Reach]:
    """The longest way, if no other gives a row another label; none otherwise. Rows of headings do not count."""
    if not found:
        return []
    said: dict[int, Mark] = {}
    for way in found:
        for r in way:
            for row in range(r.begin, r.end):
                if row not in heads and said.setdefault(row, r.mark) is not r.mark:
                    return []
    return max(found, key=lambda way: way[-1].end - way[0].begin)


def _heads_its_rows(told: Sequence[_Reach], heads: Sequence[int]) -> bool:
    """Whether the first row under the headings has a label: then each may as well stand on the first of its rows."""
    first = next((k for k in range(told[0].begin, told[-1].end) if k not in heads), None)
    return any(r.mark.row == first for r in told)


def _parts(within: Bounds, told: Sequence[_Reach]) -> list[Bounds]:
    cuts = [within.begin, *(r.begin for r in told), told[-1].end, within.end]
    return [Bounds(a, b) for a, b in pairwise(cuts) if b > a]
