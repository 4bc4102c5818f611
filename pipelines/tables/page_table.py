"""A table as one PDF page shows it, before its title is known and its pages are joined."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.core.model import Box, Cell


@dataclass(frozen=True, slots=True)
class PageTable:
    """Cells with boxes in the frame of the page as read (points, origin bottom left).

    `xs` are the column boundaries from left to right, `ys` the row boundaries from top to bottom, so that cell (r, c)
    of a plain grid lies between xs[c], xs[c + 1] and ys[r], ys[r + 1]. `notes` are the reader's own remarks.
    """

    page: int
    engine: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]
    notes: tuple[str, ...] = ()

    @property
    def box(self) -> Box:
        """The whole table."""
        return Box(self.xs[0], self.ys[-1], self.xs[-1], self.ys[0])

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.ys) - 1

    @property
    def cols(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with what stands around it on its page.

    `sequence` counts the pages that hold anything, so that a blank page parts nothing; `begins_page` and `ends_page`
    say that nothing but its own head and notes stands above and below it.
    """

    table: PageTable
    sequence: int
    title: str | None = None
    unit: str | None = None
    caption: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    begins_page: bool = False
    ends_page: bool = False
    page_height: float = 842.0
    type_size: float = 10.5

    @property
    def room(self) -> float:
        """The height below the table that is left on its page, in points."""
        return self.table.ys[-1]
