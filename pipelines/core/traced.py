"""Text that remembers where each of its characters stands in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SPACE = re.compile(r"\s")
_HALF_WIDTH = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}  # as NFKC has them


@dataclass(frozen=True, slots=True)
class Traced:
    """A string with, for each character, its offset in the source text."""

    text: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, text: str, start: int = 0) -> Traced:
        """The text itself, its first character standing at `start`."""
        return cls(text, tuple(range(start, start + len(text))))

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Traced:
        return Traced(self.text[part], self.offsets[part])

    def __add__(self, other: Traced) -> Traced:
        return Traced(self.text + other.text, self.offsets + other.offsets)

    def strip(self) -> Traced:
        """Without white space at both ends."""
        left = len(self.text) - len(self.text.lstrip())
        return self[left : len(self.text.rstrip())] if self.text.strip() else self[:0]

    def squeezed(self) -> Traced:
        """Without any white space: what patterns are matched against."""
        keep = [i for i, c in enumerate(self.text) if not _SPACE.match(c)]
        return Traced("".join(self.text[i] for i in keep), tuple(self.offsets[i] for i in keep))

    def halfwidth(self) -> Traced:
        """Full-width digits, letters and ASCII punctuation as half-width; every character keeps its place."""
        return Traced(halfwidth(self.text), self.offsets)


def joined(parts: Iterable[Traced]) -> Traced:
    """The parts one after another, white space at the seams dropped (a wrapped line is one line)."""
    whole = Traced("", ())
    for part in parts:
        whole = whole + part.strip()
    return whole


def halfwidth(text: str) -> str:
    """`１２．５％` as `12.5%`: one character stays one character."""
    return text.translate(_HALF_WIDTH)


def squeeze(text: str) -> str:
    """The text without white space: `城 乡低保` as `城乡低保`."""
    return "".join(text.split())
