"""Characters of a PDF page set into printed lines, and lines into pieces parted by wide gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.core.model import Box
from pipelines.documents.pdf_glyphs import Glyph

_SAME_LINE = 0.5  # of the lower character's height: baselines no further apart are one line
_LETTER_GAP = 0.25  # of the type size: between Latin words, where the file prints no space
_PIECE_GAP = 1.2  # of the type size: wider gaps part what stands in different columns
_WORD_GAP = 0.8  # of the type size: wider gaps are printed as a space


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line, or a piece of one: its glyphs from left to right, in the frame of the page as read."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """The line as printed, spaces at both ends dropped."""
        return spelled(self.glyphs).strip()

    @property
    def box(self) -> Box:
        """The smallest box that holds its characters."""
        return bounds(self.glyphs)

    @property
    def size(self) -> float:
        """Its most usual type size in points (the larger half decides)."""
        sizes = sorted(g.size for g in self.glyphs)
        return sizes[len(sizes) // 2]

    def pieces(self, gap: float = _PIECE_GAP) -> list[TextLine]:
        """The parts between gaps of more than `gap` type sizes; spaces at their ends are dropped."""
        parts: list[list[Glyph]] = []
        last: Glyph | None = None
        for g in self.glyphs:
            if g.text.isspace():
                continue
            if last is None or _distance(last, g) > gap * min(last.size, g.size):
                parts.append([])
            parts[-1].append(g)
            last = g
        return [TextLine(self._between(p[0], p[-1])) for p in parts]

    def _between(self, first: Glyph, last: Glyph) -> tuple[Glyph, ...]:
        start = self.glyphs.index(first)
        return self.glyphs[start : self.glyphs.index(last, start) + 1]


def set_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """The glyphs as printed lines from top to bottom; sideways glyphs form lines of their own, after the upright."""
    upright: list[Glyph] = []
    turned: dict[int, list[Glyph]] = {}
    for g in glyphs:
        if g.turn == 0:
            upright.append(g)
        else:
            turned.setdefault(g.turn, []).append(g)
    lines = _clustered(upright, 0)
    for turn in sorted(turned):
        lines += _clustered(turned[turn], turn)
    return [TextLine(tuple(line)) for line in lines if any(not g.text.isspace() for g in line)]


def spelled(glyphs: Sequence[Glyph]) -> str:
    """The glyphs of one line as text; a space is put in between Latin words and across wide gaps."""
    out: list[str] = []
    last: Glyph | None = None
    for g in glyphs:
        if last is not None and not g.text.isspace() and not last.text.isspace():
            gap = _distance(last, g) / max(min(last.size, g.size), 1e-6)
            words = last.text.isascii() and g.text.isascii() and last.text.isalpha() and g.text.isalpha()
            if gap > _WORD_GAP or (words and gap > _LETTER_GAP):
                out.append(" ")
        out.append(g.text)
        last = g
    return "".join(out)


def bounds(glyphs: Iterable[Glyph]) -> Box:
    """The smallest box that holds all the glyphs (there must be one)."""
    seen = list(glyphs)
    return Box(min(g.x0 for g in seen), min(g.y0 for g in seen), max(g.x1 for g in seen), max(g.y1 for g in seen))


def _distance(left: Glyph, right: Glyph) -> float:
    """The empty space between two neighbours on a line, in points, along the direction that they run in."""
    if left.turn == 0:
        return right.x0 - left.x1
    return max(right.y0 - left.y1, left.y0 - right.y1)


def _clustered(glyphs: list[Glyph], turn: int) -> list[list[Glyph]]:
    """Lines of glyphs that all have the same turn, each from its first character to its last."""
    lines: list[list[Glyph]] = []
    for g in sorted(glyphs, key=lambda g: _down(g, turn)):
        head = lines[-1][0] if lines else None
        near = _SAME_LINE * max(1.0, min(_height(g), _height(head))) if head is not None else 0.0
        if head is not None and _down(g, turn) - _down(head, turn) <= near:
            lines[-1].append(g)
        else:
            lines.append([g])
    for line in lines:
        line.sort(key=lambda g: _along(g, turn))
    return lines


def _down(g: Glyph, turn: int) -> float:
    """How far down the page a character is for the reader of text turned counter-clockwise by so much."""
    if turn == 0:
        return -g.base
    return g.x if turn == 90 else g.base if turn == 180 else -g.x


def _along(g: Glyph, turn: int) -> float:
    """How far along its line a character is for that reader."""
    if turn == 0:
        return g.x
    return g.base if turn == 90 else -g.x if turn == 180 else -g.base


def _height(g: Glyph) -> float:
    return g.y1 - g.y0 if g.turn in (0, 180) else g.x1 - g.x0
