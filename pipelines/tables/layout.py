"""A table's cells as rows that can be walked, merged cells standing in every place they cover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.core.model import Cell, Table
from pipelines.core.numbers import clean_number, is_blank
from pipelines.core.traced import squeeze


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows[r][c]` is the cell that covers row r, column c, or None; rows may differ in length."""

    table: Table
    rows: tuple[tuple[Cell | None, ...], ...]

    @classmethod
    def of(cls, table: Table) -> Grid:
        """The grid of a table; a row is as long as its own last cell."""
        places: list[dict[int, Cell]] = [{} for _ in range(table.rows)]
        for cell in table.cells:
            for r in range(cell.row, cell.row + cell.row_span):
                for c in range(cell.col, cell.col + cell.col_span):
                    places[r][c] = cell
        return cls(table, tuple(tuple(p.get(c) for c in range(max(p, default=-1) + 1)) for p in places))

    def text(self, row: int, col: int) -> str:
        """The squeezed text that covers a place, empty where nothing does."""
        cells = self.rows[row]
        cell = cells[col] if 0 <= col < len(cells) else None
        return squeeze(cell.text) if cell else ""

    def cell(self, row: int, col: int) -> Cell | None:
        """The cell that covers a place."""
        cells = self.rows[row]
        return cells[col] if 0 <= col < len(cells) else None

    def own(self, row: int) -> Iterator[tuple[int, Cell]]:
        """Column and cell of the cells that begin in this row, from the left."""
        for col, cell in enumerate(self.rows[row]):
            if cell is not None and cell.row == row and cell.col == col:
                yield col, cell

    def filled(self, row: int) -> list[tuple[int, Cell]]:
        """The cells of `own` that are not blank."""
        return [(col, cell) for col, cell in self.own(row) if not is_blank(cell.text)]

    def numbers(self, row: int) -> list[int]:
        """The columns of this row that hold a bare number."""
        return [col for col, cell in self.own(row) if clean_number(cell.text) is not None]
