"""What a figure may be, if an equation is to hold with all its other figures as they are."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pipelines.audit.equations import Reading, Term
from pipelines.audit.judge import lenient, results, total
from pipelines.core.interval import Interval, quotient

EVERYTHING = Interval(Decimal(-(10**18)), Decimal(10**18))
_HUNDREDTH = Decimal("0.01")


def implied(reading: Reading, fact_id: str, free: Mapping[str, Interval]) -> Interval | None:
    """The values of one figure with which the reading can hold; EVERYTHING where it says nothing, None where none can.

    `free` gives the other figures that are not what is printed. A figure that stands twice in the equation is not solved.
    """
    places = [t for t in reading.terms if t.fact_id == fact_id]
    if len(places) != 1 or not reading.complete:
        return EVERYTHING
    term = places[0]
    if term.role == "result":
        return _of_result(reading, free)
    stated = _hull(reading, free)
    if reading.is_ratio:
        return _of_operand(reading, term, stated, free)
    others = total(_without(reading.left, term), lenient, free)
    gap = stated - others
    if reading.kind in ("bound", "partial_sum"):
        gap = Interval(EVERYTHING.lo, gap.hi)
    return gap.scaled(1 / term.weight)


def exact(reading: Reading, fact_id: str, values: Mapping[str, Decimal]) -> Decimal | None:
    """The one value with which the printed (or already repaired) figures make the equation exact, None where none."""
    term = next(t for t in reading.terms if t.fact_id == fact_id)

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


def _of_result(reading: Reading, free: Mapping[str, Interval]) -> Interval | None:
    left = total(reading.left, lenient, free)
    if reading.is_ratio:
        return quotient(left, total(reading.base, lenient, free)) or EVERYTHING
    if reading.kind in ("bound", "partial_sum"):
        return Interval(left.lo, EVERYTHING.hi)
    return left


def _of_operand(reading: Reading, term: Term, stated: Interval, free: Mapping[str, Interval]) -> Interval | None:
    if term.role == "numerator":
        whole = (stated * total(reading.base, lenient, free)).scaled(_HUNDREDTH)
        return (whole - total(_without(reading.left, term), lenient, free)).scaled(1 / term.weight)
    whole = quotient(total(reading.left, lenient, free), stated)
    if whole is None:
        return EVERYTHING
    return (whole - total(_without(reading.base, term), lenient, free)).scaled(1 / term.weight)


def _hull(reading: Reading, free: Mapping[str, Interval]) -> Interval:
    stated = results(reading, free)
    return Interval(min(s.lo for s in stated), max(s.hi for s in stated))


def _without(terms: tuple[Term, ...], term: Term) -> tuple[Term, ...]:
    return tuple(t for t in terms if t is not term)


def _value(term: Term) -> Decimal:
    assert term.figure is not None
    return term.figure.value
