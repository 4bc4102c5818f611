"""Closed decimal intervals: what a rounded figure can stand for, and arithmetic on that.

Semantics of XBRL Calculations 1.1: a stated result is inconsistent only if the interval that its parts allow
and its own interval have no point in common.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

_CONTEXT = Context(prec=40, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `lo` to `hi`, both included."""

    lo: Decimal
    hi: Decimal

    def __post_init__(self) -> None:
        if self.lo > self.hi:
            raise ValueError(f"an interval needs lo <= hi, got {self.lo} > {self.hi}")

    @classmethod
    def around(cls, value: Decimal, half_unit: Decimal) -> Interval:
        """What a figure rounded to within `half_unit` can stand for."""
        return cls(value - half_unit, value + half_unit)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.lo + other.lo, self.hi + other.hi)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.lo - other.hi, self.hi - other.lo)

    def scaled(self, weight: Decimal) -> Interval:
        """Every value times `weight`."""
        a, b = self.lo * weight, self.hi * weight
        return Interval(min(a, b), max(a, b))

    def __mul__(self, other: Interval) -> Interval:
        corners = [_CONTEXT.multiply(a, b) for a in (self.lo, self.hi) for b in (other.lo, other.hi)]
        return Interval(min(corners), max(corners))

    @property
    def middle(self) -> Decimal:
        """The value halfway between both ends."""
        return (self.lo + self.hi) / 2

    def overlap(self, other: Interval) -> Interval | None:
        """What the two have in common, None where that is nothing."""
        lo, hi = max(self.lo, other.lo), min(self.hi, other.hi)
        return Interval(lo, hi) if lo <= hi else None

    def meets(self, other: Interval) -> bool:
        """Whether the two have a point in common."""
        return self.lo <= other.hi and other.lo <= self.hi

    def holds(self, value: Decimal) -> bool:
        """Whether `value` lies inside."""
        return self.lo <= value <= self.hi


def quotient(numerator: Interval, denominator: Interval, scale: Decimal = Decimal(100)) -> Interval | None:
    """`scale` · numerator ÷ denominator; None where the denominator can be zero."""
    if denominator.lo <= 0 <= denominator.hi:
        return None
    corners = [
        _CONTEXT.divide(scale * n, d) for n in (numerator.lo, numerator.hi) for d in (denominator.lo, denominator.hi)
    ]
    return Interval(min(corners), max(corners))
