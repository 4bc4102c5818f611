"""Which characters of a page stand in which cell of a grid, and what a cell says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pipelines.core.model import Cell
from pipelines.documents.pdf_glyphs import Glyph
from pipelines.documents.pdf_lines import set_lines

_INK = 0.36  # of the type size above the baseline: the middle of an ideograph or a digit
_TIGHT = 0.2  # of the type size: the widest gap inside a word
_OVER = 0.2  # of the type size: a character that reaches so far to both sides of a rule is printed across it
_FLUSH = 0.6  # of the type size: a word that begins (ends) so near its cell's edge is set to the left (right)
_AT_RULE = 0.08  # of the type size: a character whose middle is so near a rule above or below may belong to either


def filled(cells: Sequence[Cell], xs: Sequence[float], ys: Sequence[float], glyphs: Sequence[Glyph]) -> list[Cell]:
    """The cells with their text: the characters whose middle lies in them, set into lines.

    A word printed across an upright rule is kept whole: it belongs to the cell at whose left edge it begins, else to
    the one at whose right edge it ends, else to the one that holds its middle. Its cell and those that it runs over
    become `contested`, since their text is inferred.
    """
    places = _Places(cells, xs, ys)
    holders: list[list[Glyph]] = [[] for _ in cells]
    doubted: set[int] = set()
    inside = [g for g in glyphs if places.holds(g)]
    for line in set_lines(g for g in inside if g.turn == 0):
        for word in _words(line.glyphs, places):
            owner, over = places.owner_of_word(word)
            holders[owner] += word
            if len(over) > 1:
                doubted |= over
            elif places.is_at_rule(word[0], owner):
                doubted.add(owner)
    for g in inside:
        if g.turn:
            holders[places.owner(g)].append(g)
    return [
        replace(cell, text=text_of(held), contested=cell.contested or k in doubted) if held or k in doubted else cell
        for k, (cell, held) in enumerate(zip(cells, holders, strict=True))
    ]


def text_of(glyphs: Sequence[Glyph]) -> str:
    """What a cell's characters say, one printed line a line."""
    return "\n".join(line.text for line in set_lines(glyphs))


def middle(g: Glyph) -> tuple[float, float]:
    """The point that says where a character stands: the middle of its ink."""
    if g.turn == 0:
        return (g.x0 + g.x1) / 2, g.base + _INK * g.size
    return (g.x0 + g.x1) / 2, (g.y0 + g.y1) / 2


class _Places:
    """The places of a grid and the cell that covers each."""

    def __init__(self, cells: Sequence[Cell], xs: Sequence[float], ys: Sequence[float]) -> None:
        self._cells, self._xs, self._up = cells, xs, [-y for y in ys]
        self._owners = [[0] * (len(xs) - 1) for _ in range(len(ys) - 1)]
        for k, cell in enumerate(cells):
            for r in range(cell.row, cell.row + cell.row_span):
                for c in range(cell.col, cell.col + cell.col_span):
                    self._owners[r][c] = k

    def holds(self, g: Glyph) -> bool:
        x, y = middle(g)
        return self._xs[0] <= x <= self._xs[-1] and self._up[0] <= -y <= self._up[-1]

    def owner(self, g: Glyph) -> int:
        """The index of the cell that holds the middle of a character."""
        return self._at(*middle(g))

    def _at(self, x: float, y: float) -> int:
        row = min(max(bisect_right(self._up, -y) - 1, 0), len(self._owners) - 1)
        col = min(max(bisect_right(self._xs, x) - 1, 0), len(self._owners[0]) - 1)
        return self._owners[row][col]

    def owner_of_word(self, word: Sequence[Glyph]) -> tuple[int, set[int]]:
        """The cell that a word belongs to, and all that it stands on."""
        over = {self.owner(g) for g in word}
        if len(over) == 1:
            return next(iter(over)), over
        first, last = word[0], word[-1]
        size = first.size
        begins, ends = self.owner(first), self.owner(last)
        if first.x0 - self._left(begins) <= _FLUSH * size:
            return begins, over
        if self._right(ends) - last.x1 <= _FLUSH * size:
            return ends, over
        return self._at((first.x0 + last.x1) / 2, middle(first)[1]), over

    def runs_over(self, left: Glyph, right: Glyph) -> bool:
        """Whether two neighbours in different cells are one word printed across the rule between the cells."""
        rule = self._right(self.owner(left))
        if left.run == right.run:
            return True
        return any(g.x0 < rule - _OVER * g.size and g.x1 > rule + _OVER * g.size for g in (left, right))

    def is_at_rule(self, g: Glyph, owner: int) -> bool:
        """Whether a character's middle lies on the rule above or below its cell."""
        box = self._cells[owner].box
        y = middle(g)[1]
        return box is not None and min(abs(box.y0 - y), abs(box.y1 - y)) < _AT_RULE * g.size

    def _left(self, cell: int) -> float:
        return self._xs[self._cells[cell].col]

    def _right(self, cell: int) -> float:
        return self._xs[self._cells[cell].col + self._cells[cell].col_span]


def _words(glyphs: Sequence[Glyph], places: _Places) -> list[list[Glyph]]:
    """A line's characters in parts that each belong to one cell; spaces stay with the word before them."""
    words: list[list[Glyph]] = []
    for g in glyphs:
        last = words[-1][-1] if words else None
        if last is None:
            words.append([g])
        elif places.owner(last) == places.owner(g) or (_is_tight(last, g) and places.runs_over(last, g)):
            words[-1].append(g)
        else:
            words.append([g])
    return words


def _is_tight(left: Glyph, right: Glyph) -> bool:
    if left.text.isspace() or right.text.isspace():
        return False
    return right.x0 - left.x1 <= _TIGHT * min(left.size, right.size)
