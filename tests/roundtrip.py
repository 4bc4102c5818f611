"""The tables of the five reports as a clerk has them on paper.

A table read from flowed text has lost what paper shows: merged labels, headings over several columns. They are put
back here, so that every form in which a table is printed again (`printing.py`) must give the same facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import reports

from pipelines.core.model import Cell, Fact, Table
from pipelines.core.traced import squeeze
from pipelines.tables.headers import segments
from pipelines.tables.layout import Grid

_AS_PRINTED = {
    (reports.DONGXIHU, 1): {
        19: ["", "", "时效指标", "资金拨付足额及时", "100%", "100%", "确定能", ""],
    },
    (reports.DONGXIHU, 3): {
        0: ["", "", "", "", "", "", "", "全年预算数", "", "", "", ""],
    },
}
"""Rows of which recognition made rubbish or lost a blank cell, as the paper has them."""

_SPANNING = {
    (reports.QINGSHAN, 1): {1: (1, 5)},
    (reports.DONGXIHU, 2): {7: (6, 8)},
    (reports.DONGXIHU, 3): {7: (6, 8)},
}
"""Upper headings by their column, with the columns (first, last) they stand over: flowed text does not say."""

_LEVEL3 = "三级指标"
_PATH = " > "
_FEWEST_HEADINGS = 4
_SAME_HEADINGS = 0.7  # of the words of a heading, printed again on the next page

Texts = dict[tuple[int, int], str]
"""What stands in each place of a table."""

Key = tuple[Any, ...]
"""What a fact says: subject, measure, amount, value, words, levels."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell on paper: where it begins, how far it reaches, what it says."""

    row: int
    col: int
    text: str
    rows: int = 1
    cols: int = 1


@dataclass(frozen=True, slots=True)
class Paper:
    """A table as it is printed, with what stands above it; its first `heads` rows are headings."""

    title: str | None
    unit: str | None
    cells: tuple[Placed, ...]
    heads: int = 1

    @property
    def rows(self) -> int:
        """Number of rows."""
        return max(c.row + c.rows for c in self.cells)

    @property
    def cols(self) -> int:
        """Number of columns."""
        return max(c.col + c.cols for c in self.cells)

    def only_heads_merged(self) -> Paper:
        """It as tables without uprights are set: each place a cell of its own but for headings on several levels."""
        levels = self.heads if self.heads > 1 else 0
        heads = [c for c in self.cells if c.row < levels]
        texts = {(c.row, c.col): c.text for c in self.cells}
        below = [Placed(r, c, texts.get((r, c), "")) for r in range(levels, self.rows) for c in range(self.cols)]
        return replace(self, cells=(*heads, *below))

    def texts(self) -> list[list[str]]:
        """All rows; what a merged cell covers is blank."""
        out = [[""] * self.cols for _ in range(self.rows)]
        for c in self.cells:
            out[c.row][c.col] = c.text
        return out

    def table(self) -> Table:
        """It as read without a fault."""
        cells = tuple(Cell(c.row, c.col, c.text, c.rows, c.cols) for c in self.cells)
        return Table(1, 1, self.title, self.unit, cells, "paper")

    def above(self) -> list[str]:
        """The lines above it."""
        return [t for t in (self.title, f"单位：{self.unit}" if self.unit else None) if t]


def said(facts: Iterable[Fact]) -> Counter[Key]:
    """What the facts of tables say, and how often."""
    return Counter(
        (squeeze(f.subject), f.measure, _plain(f.amount_yuan), _plain(f.value), _words(f), f.level1, f.level2)
        for f in facts
        if f.origin == "table"
    )


def said_in_text(report: str, number: int) -> Counter[Key]:
    """What the text of a report says in one of its tables."""
    return said(f for f in reports.reading(report).facts if f.table_number == number)


def _plain(value: Decimal | None) -> Decimal | None:
    return value.normalize() if value is not None else None


def _words(f: Fact) -> str | None:
    return squeeze(f.text_value) if f.text_value else None


def on_paper(report: str, number: int, *, merged: bool = True) -> Paper:
    """A table of one of the five reports on paper; without `merged`, every place of it is a cell of its own."""
    table = next(t.table for t in reports.reading(report).tables if t.table.number == number)
    cells = {(c.row, c.col): c.text for c in table.cells}
    for row, texts in _AS_PRINTED.get((report, number), {}).items():
        cells = {place: t for place, t in cells.items() if place[0] != row} | {(row, c): t for c, t in enumerate(texts)}
    paths = [t for (r, _), t in cells.items() if r == 0 and _PATH in t]
    if paths:
        blank = min(c for (_, c), t in cells.items() if squeeze(t))
        cells = {(r, c - blank): t for (r, c), t in cells.items() if c >= blank}
        heads = max(t.count(_PATH) for t in paths) + 1
        placed = [*_path_headings(cells, heads), *_below_paths(cells, heads)]
    else:
        cells = _without_page_heads(_with_side_label(_without_caption(cells, table), table.cols))
        cols = max(c for (_, c), t in cells.items() if squeeze(t)) + 1
        cells = {(r, c): t for (r, c), t in cells.items() if c < cols}
        heads = _heading_rows(cells, table)
        spanning = _SPANNING.get((report, number), {})
        placed = _merged(cells, cols, heads, spanning) if merged else _unmerged(cells, cols)
    return Paper(table.title, table.unit, tuple(sorted(placed, key=lambda c: (c.row, c.col))), heads)


def _row(cells: Texts, row: int) -> dict[int, str]:
    return {c: t for (r, c), t in sorted(cells.items()) if r == row}


def _rows(cells: Texts) -> int:
    return max(r for r, _ in cells) + 1


def _moved_up(cells: Texts, dropped: Collection[int]) -> Texts:
    """Without these rows."""
    place = {r: k for k, r in enumerate(sorted({r for r, _ in cells} - set(dropped)))}
    return {(place[r], c): t for (r, c), t in cells.items() if r in place}


def _without_caption(cells: Texts, table: Table) -> Texts:
    """Without the rows at the top that say the title and unit again: on paper they stand above the table."""
    above = {squeeze(t) for t in table.caption}
    caption = 0
    while all(squeeze(t) in above or not squeeze(t) for t in _row(cells, caption).values()):
        caption += 1
    return _moved_up(cells, range(caption))


def _without_page_heads(cells: Texts) -> Texts:
    """Without the headings that were printed again on each page, and what stood above them."""
    words = [{squeeze(t) for t in _row(cells, r).values()} - {""} for r in range(_rows(cells))]
    again = [
        r
        for r in range(len(words))
        for first in range(min(2, r))
        if len(words[first]) >= _FEWEST_HEADINGS and len(words[r] & words[first]) >= _SAME_HEADINGS * len(words[first])
    ]
    return _moved_up(cells, [*again, *(r - 1 for r in again if words[r - 1] & words[0])])


def _with_side_label(cells: Texts, cols: int) -> Texts:
    """A label that flowed into a row of its own is put back beside the rows it names, which had moved left by one."""
    out: Texts = {}
    down = 0
    for r in range(_rows(cells)):
        here, below = _row(cells, r), _row(cells, r + 1)
        if len(here) == 1 and len(below) == cols - 1 and _LEVEL3 in {squeeze(t) for t in below.values()}:
            out[r - down, 0] = here[0]
            down += 1
            continue
        shift = 1 if (r - down, 0) in out else 0
        out.update({(r - down, c + shift): t for c, t in here.items()})
    return out


def _heading_rows(cells: Texts, table: Table) -> int:
    """How many rows at the top are headings: none where the table begins with a form."""
    grid = Grid.of(replace(table, engine="paper", cells=tuple(Cell(r, c, t) for (r, c), t in sorted(cells.items()))))
    found = segments(grid, None)
    return found[0].head[-1] + 1 if found and found[0].head[0] == 0 else 0


def _unmerged(cells: Texts, cols: int) -> list[Placed]:
    return [Placed(r, c, cells.get((r, c), "")) for r in range(_rows(cells)) for c in range(cols)]


def _path_headings(cells: Texts, heads: int) -> list[Placed]:
    """Headings said as paths (`预算数 > 小计`) in as many rows as they have levels."""
    paths = {c: tuple(squeeze(p) for p in t.split(_PATH)) for c, t in _row(cells, 0).items()}
    cols = max(c for _, c in cells) + 1
    out: list[Placed] = []
    for level in range(heads):
        c = 0
        while c < cols:
            path = paths.get(c, ())
            last = c
            while level + 1 < len(path) and paths.get(last + 1, ())[: level + 1] == path[: level + 1]:
                last += 1
            if level < len(path):
                rows = heads - level if level + 1 == len(path) else 1
                out.append(Placed(level, c, path[level], rows, last - c + 1))
            elif level == 0:
                out.append(Placed(0, c, "", heads))
            c = last + 1
    return out


def _below_paths(cells: Texts, heads: int) -> list[Placed]:
    cols = max(c for _, c in cells) + 1
    return [Placed(r + heads - 1, c, cells.get((r, c), "")) for r in range(1, _rows(cells)) for c in range(cols)]


def _merged(cells: Texts, cols: int, heads: int, spanning: dict[int, tuple[int, int]]) -> list[Placed]:
    """Headings of one level are as high as those of two; labels reach down over the blanks under them as far as their
    block of indicators goes; the last cell of a short row reaches to the right edge."""
    out = _two_levels(cells, cols, spanning) if heads == 2 else []
    above: dict[int, int] = {}
    level3 = None
    for r in range(heads if heads == 2 else 0, _rows(cells)):
        here = _row(cells, r)
        heading = next((c for c, t in here.items() if squeeze(t) == _LEVEL3), None)
        labels = level3 if heading is None and level3 is not None else 0
        level3 = heading if heading is not None else level3
        last = max(here)
        reached = 0
        while reached < labels and not here.get(reached) and reached in above and out[above[reached]].text:
            out[above[reached]] = replace(out[above[reached]], rows=out[above[reached]].rows + 1)
            reached += 1
        above = {c: k for c, k in above.items() if c < reached}
        for c in range(reached, last + 1):
            wide = cols - c if c == last else 1
            out.append(Placed(r, c, here.get(c, ""), 1, wide))
            if wide == 1:
                above[c] = len(out) - 1
    return out


def _two_levels(cells: Texts, cols: int, spanning: dict[int, tuple[int, int]]) -> list[Placed]:
    """Two rows of headings; `spanning` says over which columns (first, last) the upper one at a column reaches."""
    upper, lower = _row(cells, 0), _row(cells, 1)
    under = {k: c for c, (first, last) in spanning.items() for k in range(first, last + 1)}
    out = []
    for c in range(cols):
        if c in under:
            first, last = spanning[under[c]]
            out += [Placed(0, c, upper[under[c]], 1, last - first + 1)] if c == first else []
            out.append(Placed(1, c, lower.get(c, "")))
        elif upper.get(c) and lower.get(c):
            out += [Placed(0, c, upper[c]), Placed(1, c, lower[c])]
        else:
            out.append(Placed(0, c, upper.get(c) or lower.get(c, ""), 2))
    return out
