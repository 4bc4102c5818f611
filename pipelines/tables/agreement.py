"""Two readings of one ruled table compared cell by cell: where they differ the cell is contested, and one is chosen.

The rule of choice, first that applies:

1. A reading with characters that its font does not explain gives way to one without.
2. Where one is blank, the other is taken, unless our grid has the same words in a neighbouring cell: camelot cuts
   words at the rules they run over, our grid keeps what was printed at one go together.
3. Where one is a number and the other is not, the number.
4. Otherwise our grid, which orders characters by where they were printed from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.core.model import Box, Cell
from pipelines.core.numbers import clean_number
from pipelines.core.traced import squeeze
from pipelines.tables.page_table import PageTable

_SAME_EDGE = 4.0  # points: how far the two engines may put one rule apart
_SAME_TABLE = 0.5  # of the smaller table must be common to both readings


@dataclass(frozen=True, slots=True)
class Dispute:
    """A cell (of a page's table, row and column as read there) with the text taken and what the other engine read."""

    page: int
    row: int
    col: int
    box: Box | None
    taken: str
    other: str


def compared(own: PageTable, second: Sequence[PageTable]) -> tuple[PageTable, list[Dispute]]:
    """Our table with the differing cells contested and the likelier text in them, and what they differ in.

    A table that the other engine did not find at all is returned as it is, with a note that says so.
    """
    other = _counterpart(own, second)
    if other is None:
        return replace(own, notes=(*own.notes, "本表仅由一种方法读出")), []
    cells, disputes = [], []
    for cell in own.cells:
        theirs = _cell_at(other, cell)
        if theirs is not None and _agree(cell, theirs):
            cells.append(cell)
            continue
        their_text = theirs.text if theirs is not None else ""
        if not squeeze(cell.text) and not squeeze(their_text):
            cells.append(cell)
            continue
        taken = _likelier(cell, their_text, own)
        rejected = their_text if taken == cell.text else cell.text
        cells.append(replace(cell, text=taken, contested=True, other=rejected))
        disputes.append(Dispute(own.page, cell.row, cell.col, cell.box, taken, rejected))
    return replace(own, cells=tuple(cells)), disputes


def unmatched(own: Sequence[PageTable], second: Sequence[PageTable]) -> list[PageTable]:
    """Tables that only the other engine found, all their cells contested; single frames are none."""
    return [
        replace(t, cells=tuple(replace(c, contested=True) for c in t.cells))
        for t in second
        if len(t.cells) > 1 and any(squeeze(c.text) for c in t.cells) and _counterpart(t, own) is None
    ]


def _counterpart(table: PageTable, others: Sequence[PageTable]) -> PageTable | None:
    common = [(_common(table.box, o.box), o) for o in others]
    best = max(common, key=lambda pair: pair[0], default=(0.0, None))
    if best[1] is None:
        return None
    smaller = min(_area(table.box), _area(best[1].box))
    return best[1] if best[0] >= _SAME_TABLE * smaller > 0 else None


def _area(b: Box) -> float:
    return max(0.0, b.x1 - b.x0) * max(0.0, b.y1 - b.y0)


def _common(a: Box, b: Box) -> float:
    return max(0.0, min(a.x1, b.x1) - max(a.x0, b.x0)) * max(0.0, min(a.y1, b.y1) - max(a.y0, b.y0))


def _cell_at(table: PageTable, cell: Cell) -> Cell | None:
    """The cell of the other reading that shares most of this cell's area."""
    if cell.box is None:
        return None
    box = cell.box
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return next((c for c in table.cells if c.box and c.box.x0 <= x <= c.box.x1 and c.box.y0 <= y <= c.box.y1), None)


def _agree(a: Cell, b: Cell) -> bool:
    if squeeze(a.text) != squeeze(b.text) or a.box is None or b.box is None:
        return False
    edges = ((a.box.x0, b.box.x0), (a.box.x1, b.box.x1), (a.box.y0, b.box.y0), (a.box.y1, b.box.y1))
    return all(abs(p - q) <= _SAME_EDGE for p, q in edges)


def _likelier(cell: Cell, theirs: str, own: PageTable) -> str:
    ours = cell.text
    if _is_unexplained(ours) != _is_unexplained(theirs):
        return theirs if _is_unexplained(ours) else ours
    if not squeeze(ours) or not squeeze(theirs):
        return theirs if squeeze(theirs) and not _is_beside(cell, theirs, own) else ours
    if clean_number(ours) is None and clean_number(theirs) is not None and not _is_beside(cell, theirs, own):
        return theirs
    return ours


def _is_unexplained(text: str) -> bool:
    return any(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text)


def _is_beside(cell: Cell, text: str, own: PageTable) -> bool:
    """Whether our reading has these words in another cell that touches this one."""
    words = squeeze(text)
    box = cell.box
    return box is not None and any(
        c is not cell
        and c.box is not None
        and words in squeeze(c.text)
        and c.box.x0 <= box.x1 + _SAME_EDGE
        and c.box.x1 >= box.x0 - _SAME_EDGE
        and c.box.y0 <= box.y1 + _SAME_EDGE
        and c.box.y1 >= box.y0 - _SAME_EDGE
        for c in own.cells
    )
