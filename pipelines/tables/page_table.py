"""A table as one PDF page shows it, before its title is known and its pages are joined."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.core.model import Box, Cell


@dataclass(frozen=True, slots=True)
class PageTable:
    """Cells with boxes in the frame of the page as read (points, origin bottom left).

    `xs` are the column boundaries from left to right, `ys` the row boundaries from top to bottom, so that cell (r, c)
    of a plain grid lies between xs[c], xs[c + 1] and ys[r], ys[r + 1]. `boxless` tables were read without rules.
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
