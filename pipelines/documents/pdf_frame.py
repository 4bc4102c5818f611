"""How a PDF page's own coordinates map to the page as shown, and to the frame in which its text is upright."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.core.model import Box

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f) as in a PDF: x' = a·x + c·y + e, y' = b·x + d·y + f."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def then(first: Matrix, second: Matrix) -> Matrix:
    """The map that applies `first` and then `second`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point mapped."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _quarter_turns(degrees: int, width: float, height: float) -> Matrix:
    """Clockwise turn of a `width` × `height` area that leaves its bottom left corner at the origin."""
    return {
        0: IDENTITY,
        90: (0.0, -1.0, 1.0, 0.0, 0.0, width),
        180: (-1.0, 0.0, 0.0, -1.0, width, height),
        270: (0.0, 1.0, -1.0, 0.0, height, 0.0),
    }[degrees]


@dataclass(frozen=True, slots=True)
class Frame:
    """Three views of one page.

    *User space* is what the file's operators use. The page *as shown* is what a viewer displays: `crop` (x0, y0, x1,
    y1 in user space) turned clockwise by `rotation` degrees, its bottom left corner at the origin; boxes of cells
    and lines are given in it. The page *as read* is the page as shown, turned clockwise by `turn` degrees more, so
    that sideways text runs from left to right.
    """

    crop: Box
    rotation: int = 0
    turn: int = 0

    @property
    def read_size(self) -> tuple[float, float]:
        """Width and height of the page as read, in points."""
        return self._size(self.rotation + self.turn)

    @property
    def shown_size(self) -> tuple[float, float]:
        """Width and height of the page as shown, in points."""
        return self._size(self.rotation)

    def to_read(self) -> Matrix:
        """The map from user space to the page as read."""
        return self._from_user((self.rotation + self.turn) % 360)

    def shown(self, box: Box) -> Box:
        """A box of the page as read, on the page as shown."""
        width, height = self.read_size
        return _boxed(_quarter_turns(-self.turn % 360, width, height), box)

    def user(self, box: Box) -> Box:
        """A box of the page as shown, in user space (where annotations are placed)."""
        width, height = self.shown_size
        back = _quarter_turns(-self.rotation % 360, width, height)
        return _boxed(then(back, (1.0, 0.0, 0.0, 1.0, self.crop.x0, self.crop.y0)), box)

    def _size(self, degrees: int) -> tuple[float, float]:
        width, height = self.crop.x1 - self.crop.x0, self.crop.y1 - self.crop.y0
        return (height, width) if degrees % 180 else (width, height)

    def _from_user(self, degrees: int) -> Matrix:
        width, height = self._size(0)
        shift: Matrix = (1.0, 0.0, 0.0, 1.0, -self.crop.x0, -self.crop.y0)
        return then(shift, _quarter_turns(degrees, width, height))


def _boxed(matrix: Matrix, box: Box) -> Box:
    xa, ya = apply(matrix, box.x0, box.y0)
    xb, yb = apply(matrix, box.x1, box.y1)
    return Box(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
