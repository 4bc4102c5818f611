"""Which rows a merged label covers, where flowing the text out of the page left the label in one row only.

Two habits occur: the label stands in the **first** row of its block, or in its vertical **middle**.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A label and the place (row, or half-way between two rows) where it stands."""

    place: float
    text: str


def carried_down(labels: Sequence[str | None]) -> list[str | None]:
    """Each row's label: its own, or that of the nearest row above that has one."""
    out: list[str | None] = []
    for label in labels:
        out.append(label or (out[-1] if out else None))
    return out


def centred(
    rows: int,
    labels: Sequence[Label],
    fits: Callable[[int, str], bool] = lambda _row, _label: True,
    may_begin: Callable[[int], bool] = lambda _row: True,
) -> list[str | None]:
    """Each row's label when every label stands in the middle of the rows it covers.

    Chooses the contiguous blocks, one a label in order, whose middles are nearest to their labels; `fits(row, label)`
    and `may_begin(row)` rule blocks out. Of equally good choices the block above keeps the row. No labels: all None.
    """
    if not labels:
        return [None] * rows
    infinity = float("inf")
    ends: list[Mapping[int, tuple[float, int]]] = []
    previous: Mapping[int, tuple[float, int]] = {0: (0.0, 0)}
    for k, label in enumerate(labels):
        last = k == len(labels) - 1
        current: dict[int, tuple[float, int]] = {}
        for begin, (cost, _) in previous.items():
            if begin and not may_begin(begin):
                continue
            for end in range(begin + 1, rows + 1):
                if not fits(end - 1, label.text):
                    break
                if last != (end == rows):
                    continue
                if not begin <= label.place <= end - 1:
                    continue
                total = cost + ((begin + end - 1) / 2 - label.place) ** 2
                old = current.get(end, (infinity, -1))
                if total < old[0] or (total == old[0] and begin > old[1]):
                    current[end] = (total, begin)
        ends.append(current)
        previous = current
    if rows not in ends[-1]:
        return carried_down([_at(labels, row) for row in range(rows)])
    out: list[str | None] = [None] * rows
    end = rows
    for label, reached in zip(reversed(labels), reversed(ends), strict=True):
        begin = reached[end][1]
        out[begin:end] = [label.text] * (end - begin)
        end = begin
    return out


def _at(labels: Sequence[Label], row: int) -> str | None:
    return next((label.text for label in labels if int(label.place) == row), None)
