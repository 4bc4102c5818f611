"""Equations over figures: what a check says must agree, with every figure's value and printed precision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from pipelines.audit.places import Place
from pipelines.core.numbers import YUAN_PER

ONE = Decimal(1)
KINDS = ("sum", "same", "partial_sum", "doubtful_sum", "ratio", "defined", "bound", "order", "flag")
"""`sum`: parts = result; `same`: two mentions of one figure; `partial_sum`: parts that may not be all of the result;
`doubtful_sum`: parts among which something is printed that could not be read;
`ratio`: 100 · numerators ÷ denominators = result; `defined`: a percentage needs a base that is not zero;
`bound`: parts ≤ result; `order`: the same, but said in words or demanded by a rule, so that a failure blames no figure;
`flag`: the SQL itself decides (`holds`), over figures or places in the text."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure as the judge sees it; amounts in yuan, percentages in percent points.

    `in_words` tells a change that words before it, 增加 or 减少, make positive or negative.
    """

    fact_id: str
    value: Decimal
    half_unit: Decimal
    half_unit_column: Decimal | None = None
    unit: str | None = None
    is_amount: bool = True
    printed: str = ""
    measure: str = ""
    contested: bool = False
    document_id: str | None = None
    in_words: bool = False
    table_id: str | None = None

    @property
    def factor(self) -> Decimal:
        """Yuan in one of the printed unit; 1 for what is not an amount."""
        return YUAN_PER.get(self.unit or "", ONE) if self.is_amount else ONE

    @property
    def decimals(self) -> int:
        """How many decimals it is printed with."""
        return decimals_at(self.half_unit, self.factor)

    @property
    def column_decimals(self) -> int:
        """How many decimals its column customarily shows, at least those printed."""
        return max(self.decimals, decimals_at(self.half_unit_column or self.half_unit, self.factor))

    @property
    def in_unit(self) -> Decimal:
        """The value in the printed unit."""
        return self.value / self.factor


def decimals_at(half_unit: Decimal, factor: Decimal) -> int:
    """How many decimals a figure has whose last printed place is twice `half_unit`, in a unit of `factor` yuan."""
    place = 2 * half_unit / factor
    return max(0, -place.adjusted()) if place else 0


@dataclass(frozen=True, slots=True)
class Term:
    """A figure in an equation: its role (`part`, `numerator`, `denominator`, `result`) and its weight."""

    role: str
    fact_id: str | None
    figure: Figure | None
    weight: Decimal = ONE


@dataclass(frozen=True)
class Reading:
    """One way to state an equation. `name` is empty for the way that the report itself names.

    A flag may also point at places in the text, and give words for the messages of its check. The word `blanks` names
    the parts that are left blank: a blank is no zero, and what is short of the result may be missing there.
    """

    name: str
    kind: str
    terms: tuple[Term, ...]
    holds: bool | None = None
    places: tuple[Place, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def result(self) -> Term | None:
        """The stated result, None where the equation names none."""
        return next((t for t in self.terms if t.role == "result"), None)

    @cached_property
    def left(self) -> tuple[Term, ...]:
        """The parts, or the numerators."""
        return tuple(t for t in self.terms if t.role in ("part", "numerator"))

    @cached_property
    def base(self) -> tuple[Term, ...]:
        """The denominators."""
        return tuple(t for t in self.terms if t.role == "denominator")

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of all terms that have one, each once."""
        return tuple({t.figure.fact_id: t.figure for t in self.terms if t.figure}.values())

    @property
    def is_ratio(self) -> bool:
        """Whether it divides."""
        return self.kind in ("ratio", "defined")

    @property
    def is_open(self) -> bool:
        """Whether its parts may be less than the result."""
        return self.kind in ("bound", "order", "partial_sum")

    @property
    def complete(self) -> bool:
        """Whether every term has its figure, and all that are added or divided are of one sort."""
        if any(t.figure is None for t in self.terms) or not self.terms:
            return False
        alike = self.left + self.base if self.is_ratio else self.terms
        return len({t.figure.is_amount for t in alike if t.figure}) <= 1


@dataclass(frozen=True)
class Equation:
    """What one check says must agree at one place of one document, in the report's own reading and in others.

    Its terms may be figures of other documents too (`crosses`): it is told of `document_id` all the same.
    """

    check_id: str
    document_id: str
    key: str
    subject: str
    readings: tuple[Reading, ...]
    severity: str = "error"

    @property
    def named(self) -> Reading:
        """The reading that the report names."""
        return self.readings[0]

    @cached_property
    def crosses(self) -> bool:
        """Whether a figure of another document stands in it."""
        return bool(self.others)

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The other documents whose figures stand in it."""
        documents = {f.document_id for r in self.readings for f in r.figures if f.document_id}
        return tuple(sorted(documents - {self.document_id}))
