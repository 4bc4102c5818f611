"""Tables whose cells hold paragraphs and further tables, as Word and HTML have them, turned into flat blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipelines.core.model import Cell
from pipelines.documents.flow import Block, Grid, Paragraph

_LEAST_PAIRS = 2


@dataclass(frozen=True, slots=True)
class Holder:
    """A cell with its place, spans and everything inside it in order."""

    row: int
    col: int
    row_span: int
    col_span: int
    content: tuple[Block, ...]

    @property
    def text(self) -> str:
        """Its own paragraphs; the tables inside it are not its text."""
        own = (b.text.strip() for b in self.content if isinstance(b, Paragraph))
        return "\n".join(t for t in own if t)


def table_blocks(holders: Sequence[Holder], title: str | None = None) -> list[Block]:
    """One table as a grid followed by the grids nested in it; a table that only lays out a page as what it holds.

    A table lays out if it has one column, or if it holds tables and fewer than two of its rows have two cells with
    text of their own. A table without any text gives nothing.
    """
    inner = [b for h in holders for b in h.content if isinstance(b, Grid)]
    texts = [h.text for h in holders]
    if not inner and not any(texts):
        return []
    if _lays_out(holders, texts, bool(inner)):
        return [b for h in holders for b in h.content]
    cells = tuple(Cell(h.row, h.col, text, h.row_span, h.col_span) for h, text in zip(holders, texts, strict=True))
    return [Grid(cells, title=title), *(replace(g, nested=True) for g in inner)]


def _lays_out(holders: Iterable[Holder], texts: Iterable[str], has_inner: bool) -> bool:
    if max(h.col for h in holders) == 0:
        return True
    filled = Counter(h.row for h, text in zip(holders, texts, strict=True) if text)
    return has_inner and sum(n > 1 for n in filled.values()) < _LEAST_PAIRS


def within(holders: Sequence[Holder]) -> list[Holder]:
    """The cells with spans cut that reach past the last column in which any cell begins."""
    last = max((h.col for h in holders), default=-1)
    columns = max((h.col + h.col_span for h in holders if h.col == last), default=0)
    return [replace(h, col_span=min(h.col_span, columns - h.col)) for h in holders]
