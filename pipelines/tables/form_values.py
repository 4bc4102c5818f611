"""Into which columns the values of rows go that have lost their blank cells."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal
from math import prod

from pipelines.core.numbers import clean_number
from pipelines.families import Form
from pipelines.tables.counted import placements
from pipelines.tables.form_rows import Item

_MOST_WAYS = 20_000  # joint ways to place an account and its parts; beyond, their sums are not tried
_CLASS_DIGITS = 3
_TOTALS = ("合计", "总计")
_LAST_PLACE = Decimal("0.01")

Ways = list[tuple[int, ...]]
Columns = list[set[int]]


def settled(items: Sequence[Item], form: Form) -> list[Columns]:
    """For every row the columns that each of its values may be in: one where it is settled.

    A row's own sums are tried first, then those of an account and its parts, column by column.
    """
    columns = len(form.columns)
    ways = [placements(_numbers(i), columns, form.sums) for i in items]
    narrowest = _families(items)
    for parent, parts in (*narrowest, *reversed(narrowest), *narrowest):
        _narrow(parent, parts, items, ways, columns)
    return [_possible(w, len(i.values), columns) for i, w in zip(items, ways, strict=True)]


def _numbers(item: Item) -> list[Decimal]:
    return [clean_number(v.text) or Decimal(0) for v in item.values]


def _possible(ways: Ways, values: int, columns: int) -> Columns:
    """The columns of each value over all ways; where there is none, the sums do not hold, and it may be anywhere."""
    return [{w[k] for w in ways} or set(range(k, columns - values + k + 1)) for k in range(values)]


def _families(items: Sequence[Item]) -> list[tuple[int, list[int]]]:
    """Rows and those they are made of, the narrowest first: codes two digits longer, or the classes of a total."""
    out: list[tuple[int, list[int]]] = []
    for n, item in enumerate(items):
        if item.code:
            size = len(item.digits) + 2
            parts = [k for k, i in enumerate(items) if len(i.digits) == size and i.digits.startswith(item.digits)]
        elif item.label in _TOTALS:
            parts = [k for k, i in enumerate(items) if len(i.digits) == _CLASS_DIGITS]
        else:
            continue
        if parts:
            out.append((n, parts))
    return sorted(out, key=lambda f: (-len(items[f[0]].digits), f[0]))


def _narrow(parent: int, parts: Sequence[int], items: Sequence[Item], ways: list[Ways], columns: int) -> None:
    """Keeps the ways in which every column of the parts adds up to the parent's, where there is any."""
    family = [parent, *parts]
    if all(len(ways[k]) == 1 for k in family) or prod(len(ways[k]) for k in family) not in range(1, _MOST_WAYS):
        return
    laid = {k: [_row(_numbers(items[k]), way, columns) for way in ways[k]] for k in family}
    near = _LAST_PLACE * len(parts)
    kept: dict[int, set[int]] = {k: set() for k in family}
    for chosen in itertools.product(*(range(len(ways[k])) for k in family)):
        whole, *rows = (laid[k][c] for k, c in zip(family, chosen, strict=True))
        if all(abs(whole[c] - sum(r[c] for r in rows)) <= near for c in range(columns)):
            for k, c in zip(family, chosen, strict=True):
                kept[k].add(c)
    if kept[parent]:
        for k in family:
            ways[k] = [ways[k][c] for c in sorted(kept[k])]


def _row(values: Sequence[Decimal], way: Sequence[int], columns: int) -> list[Decimal]:
    row = [Decimal(0)] * columns
    for value, column in zip(values, way, strict=True):
        row[column] = value
    return row
