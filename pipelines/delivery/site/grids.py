"""A table as read, as an HTML table: every cell where it stands, with its spans, in the colour of its figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from pipelines.delivery.site.source import Cell
from pipelines.delivery.site.verdicts import worst
from pipelines.delivery.site.words import both

MOST_ROWS = 1_500
"""Rows of a table that are drawn: more make a page that no browser scrolls; they stay in staging.cells."""
_NUMBER = re.compile(r"[-+−－—(（]?[\d,，.\s]+[%％]?[)）]?")
_SEEN = frozenset({"error", "warning", "hint", "involved", "doubt"})


def cell_name(cell: Cell) -> str:
    """The name of a cell in its document, by which pages and addresses refer to it: `t1r3c2`."""
    return f"t{cell.table_no}r{cell.row}c{cell.col}"


def drawn(cells: Sequence[Cell], facts: Mapping[tuple[int, int], Sequence[int]], states: Mapping[int, str]) -> Markup:
    """The body of the table. `facts` gives the fact numbers of a cell by its row and column."""
    head, side = _headings(facts)
    taken: dict[int, set[int]] = {}
    rows = []
    for row, of_row in groupby((c for c in cells if c.row < MOST_ROWS), key=lambda c: c.row):
        parts = _row(list(of_row), taken.pop(row, set()), taken, head, side, facts, states)
        rows.append(f"<tr>{''.join(parts)}</tr>\n")
    # Everything from outside passed through escape() in _cell.
    return Markup("".join(rows))


def undrawn(cells: Sequence[Cell]) -> int:
    """How many rows are too many to draw."""
    return max(0, max((c.row for c in cells), default=0) + 1 - MOST_ROWS)


def _headings(facts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """How many rows stand above all figures and how many columns to their left."""
    places = list(facts)
    return min((r for r, _ in places), default=0), min((c for _, c in places), default=0)


def _row(
    cells: list[Cell],
    taken: set[int],
    below: dict[int, set[int]],
    head: int,
    side: int,
    facts: Mapping[tuple[int, int], Sequence[int]],
    states: Mapping[int, str],
) -> Iterator[str]:
    col = 0
    for cell in cells:
        while col < cell.col:
            if col not in taken:
                yield "<td></td>"
            col += 1
        yield _cell(cell, head, side, facts.get((cell.row, cell.col), ()), states)
        for row in range(cell.row + 1, min(cell.row + cell.rows, MOST_ROWS)):
            below.setdefault(row, set()).update(range(cell.col, cell.col + cell.cols))
        col = max(col, cell.col + cell.cols)


def _cell(cell: Cell, head: int, side: int, facts: Sequence[int], states: Mapping[int, str]) -> str:
    tag, scope = "td", ""
    if cell.text and not facts:
        if cell.row < head:
            tag, scope = "th", ' scope="colgroup"' if cell.cols > 1 else ' scope="col"'
        elif cell.col < side:
            tag, scope = "th", ' scope="rowgroup"' if cell.rows > 1 else ' scope="row"'
    state = worst(states[n] for n in facts if n in states) or ("doubt" if cell.contested else None)
    classes = [f"is-{state}"] if state else []
    if _NUMBER.fullmatch(cell.text):
        classes.append("number")
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (f' colspan="{cell.cols}"' if cell.cols > 1 else "")
    named = f' class="{" ".join(classes)}"' if classes else ""
    numbers = f' data-facts="{" ".join(map(str, facts))}"' if facts else ""
    said = f'<span class="heard">{both(f"state.{state}")}</span>' if state in _SEEN else ""
    return f'<{tag} id="{cell_name(cell)}"{scope}{spans}{named}{numbers}>{escape(cell.text)}{said}</{tag}>'
