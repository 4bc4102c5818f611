"""A sentence as it is matched, and a figure with the words that announce it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.core.model import Sentence
from pipelines.core.traced import Traced, halfwidth
from pipelines.facts.clauses import Clause, Figure, clauses_of, figures_of
from pipelines.facts.shapes import Said, shapes

_FAR = 8  # characters of the source between two of a figure; more is a page's foot, not a line end
_UNTIL = re.compile(r"截[至止]到?(?:20\d\d年)?(\d{1,2})月|(?<!\d)1[-—~至](\d{1,2})月")
_QUALIFIER = re.compile(r"\(((?:不含|含)[^()]{2,12})\)")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence without white space: `raw` as printed, `half` in half-width; `at[i]` is the place of character `i` in
    the sentence's text."""

    sentence: Sentence
    raw: str
    half: str
    at: tuple[int, ...]
    clauses: tuple[Clause, ...]
    months: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, sentence: Sentence) -> Spoken:
        """The sentence squeezed and cut into clauses."""
        traced = Traced.of(sentence.text).squeezed()
        half = halfwidth(traced.text)
        figures = figures_of(half, shapes().count_units)
        months = tuple((m.end(), int(m[1] or m[2])) for m in _UNTIL.finditer(half))
        return cls(sentence, traced.text, half, traced.offsets, clauses_of(half, figures), months)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch stands in the sentence's text; a stretch cut by a page's foot keeps its longer side."""
        first, last = self.at[start], self.at[end - 1] + 1
        offsets = self.sentence.offsets
        cuts = [k for k in range(first + 1, last) if offsets[k] - offsets[k - 1] > _FAR]
        return max(pairwise([first, *cuts, last]), key=lambda side: side[1] - side[0])

    def words(self, chars: Sequence[int]) -> str:
        """The printed characters at some places."""
        return "".join(self.raw[i] for i in chars)

    def month_before(self, place: int) -> int | None:
        """The month up to which the figures after it count (`截至11月底`, `1-7月`), None where none is said."""
        k = bisect_right(self.months, place, key=lambda m: m[0])
        return self.months[k - 1][1] if k else None


@dataclass(frozen=True, slots=True)
class Announced:
    """A figure with the shape that announces it; `places` are those of the words before it in the sentence."""

    spoken: Spoken
    clause: Clause
    figure: Figure
    said: Said
    places: tuple[int, ...]

    @property
    def cue(self) -> str:
        """The words that announce the figure, as printed (`完成年初预算的`)."""
        return self.spoken.words(self.places[self.said.cue :])

    @property
    def subject(self) -> tuple[int, ...]:
        """The places of the words that may name the subject."""
        return self.slot("subject")

    def slot(self, name: str) -> tuple[int, ...]:
        """The places of a slot's words, none where the shape has no such slot."""
        start, end = self.said.slots.get(name, (0, 0))
        return self.places[start:end]

    @property
    def sign(self) -> int:
        """-1 for a reduction."""
        direction = halfwidth(self.spoken.words(self.slot("direction")))
        return self.said.shape.sign or (-1 if direction and direction not in shapes().up else 1)

    @property
    def qualifier(self) -> str | None:
        """What a bracket after the figure says that it includes or leaves out (`含调拨资金`)."""
        m = _QUALIFIER.match(self.spoken.half, self.figure.end)
        return m[1] if m else None

    @property
    def printed(self) -> tuple[int, int]:
        """Where the figure with its unit stands in the sentence's text."""
        return self.spoken.place(self.figure.start, self.figure.end)


def announced(spoken: Spoken, clause: Clause, figure: Figure, *, in_list: bool = False) -> Announced | None:
    """The figure with what announces it, None where no shape does."""
    lead, places = clause.before(spoken.half, figure)
    said = shapes().said_before(lead, clause.after(spoken.half, figure), figure.kind, figure.unit, in_list=in_list)
    return Announced(spoken, clause, figure, said, places) if said else None


def figures_in(clauses: Sequence[Clause]) -> Iterator[tuple[Clause, Figure]]:
    """Every figure of some clauses and of the brackets inside them."""
    for clause in clauses:
        for figure in clause.figures:
            yield clause, figure
        for _, inner in clause.inner:
            yield from figures_in(inner)
