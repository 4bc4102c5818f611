"""What a figure may be, if an equation is to hold with all its other figures as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from pipelines.audit.equations import Figure, Reading, Term
from pipelines.audit.judge import as_printed, lenient, results, total
from pipelines.core.interval import Interval, quotient

EVERYTHING = Interval(Decimal(-(10**18)), Decimal(10**18))
Read = Callable[[Figure], Interval]
_HUNDREDTH = Decimal("0.01")


def implied(reading: Reading, fact_id: str, free: Mapping[str, Interval], read: Read = lenient) -> Interval | None:
    """The values of one figure with which the reading can hold; EVERYTHING where it says nothing, None where none.

    `free` gives the other figures that are not what is printed, `read` what the rest stand for.
    """
    places = [t for t in reading.terms if t.fact_id == fact_id]
    if not places or not reading.complete:
        return EVERYTHING
    if len(places) > 1:
        return _of_both_sides(reading, places, free, read)
    term = places[0]
    if term.role == "result":
        return _of_result(reading, free, read)
    stated = _hull(reading, free)
    if reading.is_ratio:
        return _of_operand(reading, term, stated, free, read)
    others = total(_without(reading.left, term), read, free)
    gap = stated - others
    if reading.is_open:
        gap = Interval(EVERYTHING.lo, gap.hi)
    return gap.scaled(1 / term.weight)


def exact(reading: Reading, fact_id: str, values: Mapping[str, Decimal]) -> Decimal | None:
    """The one value with which the printed (or already repaired) figures make the equation exact, None where none."""
    places = [t for t in reading.terms if t.fact_id == fact_id]
    term = places[0]
    if len(places) > 1:
        only = _of_both_sides(reading, places, {i: Interval(v, v) for i, v in values.items()}, as_printed, exactly=True)
        return only.lo if only is not EVERYTHING else None

    def sum_of(terms: tuple[Term, ...]) -> Decimal:
        return sum((values.get(t.fact_id or "", _value(t)) * t.weight for t in terms), Decimal(0))

    if reading.result is None:
        return None
    stated = values.get(reading.result.fact_id or "", _value(reading.result))
    if not reading.is_ratio:
        if term.role == "result":
            return sum_of(reading.left)
        return (stated - sum_of(_without(reading.left, term))) / term.weight
    if term.role == "result":
        base = sum_of(reading.base)
        return 100 * sum_of(reading.left) / base if base else None
    if term.role == "numerator":
        return (stated * sum_of(reading.base) / 100 - sum_of(_without(reading.left, term))) / term.weight
    if not stated:
        return None
    return (100 * sum_of(reading.left) / stated - sum_of(_without(reading.base, term))) / term.weight


def _of_result(reading: Reading, free: Mapping[str, Interval], read: Read) -> Interval | None:
    left = total(reading.left, read, free)
    if reading.is_ratio:
        base = total(reading.base, read, free)
        return (quotient(left, base) if base.lo > 0 else None) or EVERYTHING
    if reading.is_open:
        return Interval(left.lo, EVERYTHING.hi)
    return left


def _of_operand(
    reading: Reading, term: Term, stated: Interval, free: Mapping[str, Interval], read: Read
) -> Interval | None:
    if term.role == "numerator":
        base = total(reading.base, read, free)
        if base.lo <= 0:
            return EVERYTHING
        product = (stated * base).scaled(_HUNDREDTH)
        return (product - total(_without(reading.left, term), read, free)).scaled(1 / term.weight)
    whole = quotient(total(reading.left, read, free), stated)
    if whole is None:
        return EVERYTHING
    return (whole - total(_without(reading.base, term), read, free)).scaled(1 / term.weight)


def _of_both_sides(
    reading: Reading, places: list[Term], free: Mapping[str, Interval], read: Read, *, exactly: bool = False
) -> Interval:
    """A change that stands over the figure it led to less itself: x of n + a·x over d + b·x gives r percent."""
    roles = [t.role for t in places]
    if roles != ["numerator", "denominator"] or not reading.is_ratio:
        return EVERYTHING
    above, below = places
    assert reading.result is not None and reading.result.figure is not None
    rate = Interval(reading.result.figure.value, reading.result.figure.value) if exactly else _hull(reading, free)
    n0 = total(_without(reading.left, above), read, free)
    d0 = total(_without(reading.base, below), read, free)
    slope = Interval(above.weight, above.weight) - rate.scaled(below.weight * _HUNDREDTH)
    return quotient((rate * d0).scaled(_HUNDREDTH) - n0, slope, Decimal(1)) or EVERYTHING


def _hull(reading: Reading, free: Mapping[str, Interval]) -> Interval:
    stated = results(reading, free)
    return Interval(min(s.lo for s in stated), max(s.hi for s in stated))


def _without(terms: tuple[Term, ...], term: Term) -> tuple[Term, ...]:
    return tuple(t for t in terms if t is not term)


def _value(term: Term) -> Decimal:
    assert term.figure is not None
    return term.figure.value
