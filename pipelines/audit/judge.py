"""The judge: one verdict an equation, from the intervals that its printed figures can stand for.

Sums follow XBRL Calculations 1.1, ratios divide intervals. A figure is read strictly (as precise as its column), then
leniently (as precise as it is printed itself), then as truncated; a percentage also as rounded twice, and with its
trailing zeros dropped. What only a later reading saves is `rounding`, what none saves is `fail`. What agrees only if
digits were cut off is told as such (`Verdict.cut_off`): nothing is wrong but the way of rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipelines.audit.equations import Equation, Figure, Reading, Term
from pipelines.core.interval import Interval, quotient
from pipelines.core.numbers import half_unit

VERDICTS = ("pass", "rounding", "fail", "not_applicable", "insufficient_data", "parse_doubt")
TWICE_ROUNDED = Decimal("1.1")
"""A percentage rounded twice is off by at most this many half units."""
CENTS = 2
"""The decimals of yuan: an amount printed with them is whole."""
ZERO = Interval(Decimal(0), Decimal(0))

Free = Mapping[str, Interval]
"""Figures that are not what is printed (fact_id → what they may be): what the solver tries out."""
_NONE: Free = {}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of an equation.

    `reading` is the one that decided: the named one, or for a `fail` that another reading explains, that one
    (`explained`). `computed` is the interval that the named reading's terms give, `expected` the value that they give
    as printed, `difference` the stated result less that: in yuan, percent points or the figures' own unit.
    """

    equation: Equation
    verdict: str
    reading: Reading
    computed: Interval | None = None
    expected: Decimal | None = None
    difference: Decimal | None = None

    @property
    def cut_off(self) -> bool:
        """Whether it agrees as named only if figures were cut off where they should have been rounded."""
        named = self.equation.named
        return self.verdict == "rounding" and self.reading is named and not _is_rounded(named, _NONE)

    @property
    def may_be_blank(self) -> bool:
        """Whether it fails by what one of its blank parts may have left out."""
        short = self.difference is not None and self.difference > 0
        return self.verdict == "fail" and short and bool(self.equation.named.words.get("blanks"))

    @property
    def explained(self) -> bool:
        """Whether it fails as named, and another reading fits."""
        return self.verdict == "fail" and self.reading is not self.equation.named


def strict(figure: Figure) -> Interval:
    """What a figure stands for that is as precise as its column; an amount of a bare zero in prose is nothing."""
    half = figure.half_unit
    if figure.half_unit_column is not None:
        half = min(half, figure.half_unit_column)
    elif figure.is_amount and not figure.value and not figure.decimals:
        half = Decimal(0)
    return Interval.around(figure.value, half)


def lenient(figure: Figure) -> Interval:
    """What a figure stands for that is only as precise as it is printed.

    An integer gets no more than strictly, but for whole yuan: there the cents were dropped, not left unsaid.
    """
    dropped_cents = figure.is_amount and figure.factor == 1
    return Interval.around(figure.value, figure.half_unit) if figure.decimals or dropped_cents else strict(figure)


def truncated(figure: Figure) -> Interval:
    """What a figure stands for whose further decimals were cut off; there are none below the cents of an amount."""
    read = lenient(figure)
    if figure.is_amount and figure.factor == 1 and figure.decimals >= CENTS:
        return read
    whole = read.hi - read.lo
    if figure.value < 0:
        return Interval(figure.value - whole, figure.value)
    return Interval(figure.value, figure.value + whole)


def zeros_trimmed(figure: Figure) -> Interval:
    """What a percentage stands for whose trailing zeros carry nothing: `98.70%` as `98.7%`."""
    exponent = figure.value.normalize().as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Interval.around(
        figure.value, max(figure.half_unit, half_unit(decimals)) if figure.decimals else figure.half_unit
    )


def rounded_twice(figure: Figure) -> Interval:
    """What a percentage stands for that was first rounded to one place more: 57.497 to 57.50, then to 58."""
    return Interval.around(figure.value, figure.half_unit * TWICE_ROUNDED)


def as_printed(figure: Figure) -> Interval:
    """Just what is printed."""
    return Interval(figure.value, figure.value)


def computed(reading: Reading, read: Callable[[Figure], Interval] = strict, free: Free = _NONE) -> Interval | None:
    """What the terms without the result give: the sum, or the percentage; None where the base can be zero or less."""
    left = total(reading.left, read, free)
    if not reading.is_ratio:
        return left
    base = total(reading.base, read, free)
    return quotient(left, base) if base.lo > 0 else None


def total(terms: tuple[Term, ...], read: Callable[[Figure], Interval], free: Free) -> Interval:
    """The weighted sum of terms that all have their figure."""
    out = ZERO
    for t in terms:
        assert t.figure is not None
        interval = free.get(t.figure.fact_id) or read(t.figure)
        out = out + (interval if t.weight == 1 else interval.scaled(t.weight))
    return out


def results(reading: Reading, free: Free = _NONE) -> tuple[Interval, ...]:
    """The intervals that the stated result can stand for, the strict one first."""
    assert reading.result is not None and reading.result.figure is not None
    figure = reading.result.figure
    if figure.fact_id in free:
        return (free[figure.fact_id],)
    return (*_rounded(reading, figure), truncated(figure))


def _rounded(reading: Reading, figure: Figure) -> tuple[Interval, ...]:
    """What a stated result can stand for that was rounded one way or another."""
    plainly = (strict(figure), lenient(figure))
    return (*plainly, rounded_twice(figure), zeros_trimmed(figure)) if reading.is_ratio else plainly


def _cut_off(reading: Reading, free: Free) -> Interval | None:
    """What the parts of a sum give if all of them were cut off; None for what is no sum.

    A percentage is worked out from its figures as printed: it alone may be cut off.
    """
    return computed(reading, truncated, free) if reading.kind in ("sum", "same") else None


def _is_rounded(reading: Reading, free: Free) -> bool:
    """Whether a complete reading that is not open agrees with its figures read as rounded."""
    assert reading.result is not None and reading.result.figure is not None
    figure = reading.result.figure
    stated = (free[figure.fact_id],) if figure.fact_id in free else _rounded(reading, figure)
    wide = computed(reading, lenient, free)
    return wide is not None and any(wide.meets(s) for s in stated)


def leeway(reading: Reading, free: Free = _NONE) -> Decimal | None:
    """How far apart two stated results can lie that both agree: a larger misprint is sure to be told by the reading.

    In yuan, percent points or the figures' own unit; None where the reading cannot tell.
    """
    if not reading.complete or reading.result is None:
        return None
    gives = computed(reading, lenient, free)
    if gives is None:
        return None
    stated, cut = results(reading, free), _cut_off(reading, free)
    apart = [gives - s for s in stated] + ([cut - stated[-1]] if cut else [])
    return max(a.hi for a in apart) - min(a.lo for a in apart)


def judge(equation: Equation) -> Verdict:
    """The verdict on an equation; where the named reading fails, the first other one that fits is told."""
    named = equation.named
    verdict = _judge_reading(named)
    if verdict in ("fail", "insufficient_data"):
        for other in equation.readings[1:]:
            if _judge_reading(other) in ("pass", "rounding"):
                return _verdict(equation, "fail" if verdict == "fail" else "pass", other)
    if verdict == "fail" and any(f.contested for f in named.figures):
        verdict = "parse_doubt"
    return _verdict(equation, verdict, named)


def _verdict(equation: Equation, verdict: str, reading: Reading) -> Verdict:
    measured = equation.named if verdict == "fail" else reading
    if not measured.complete or measured.kind == "flag":
        return Verdict(equation, verdict, reading)
    gives, exactly = computed(measured), computed(measured, as_printed)
    if gives is None or exactly is None or measured.result is None or measured.result.figure is None:
        return Verdict(equation, verdict, reading, gives)
    return Verdict(equation, verdict, reading, gives, exactly.lo, measured.result.figure.value - exactly.lo)


def holds(reading: Reading, free: Free) -> bool | None:
    """Whether a reading agrees with some figures replaced, leniently; None where it cannot be told."""
    if not reading.complete or reading.kind == "flag":
        return None
    verdict = _compare(reading, free)
    return None if verdict in ("not_applicable", "insufficient_data", "parse_doubt") else verdict != "fail"


def _judge_reading(reading: Reading) -> str:
    if reading.kind == "flag":
        return {True: "pass", False: "fail", None: "insufficient_data"}[reading.holds]
    if not reading.complete or reading.result is None:
        return "insufficient_data"
    return _compare(reading, _NONE)


def _compare(reading: Reading, free: Free) -> str:
    exact, wide = computed(reading, strict, free), computed(reading, lenient, free)
    stated = results(reading, free)
    if exact is None or wide is None:
        return _over_zero(reading, free)
    if reading.kind == "defined":
        return "pass"
    if reading.is_open:
        if any(wide.meets(s) for s in stated):
            return "pass"
        if wide.lo > max(s.hi for s in stated):
            return "fail"
        return "insufficient_data" if reading.kind == "partial_sum" else "pass"
    if exact.meets(stated[0]):
        return "pass"
    if any(wide.meets(s) for s in stated):
        return "rounding"
    cut = _cut_off(reading, free)
    if cut is not None and cut.meets(stated[-1]):
        return "rounding"
    return "parse_doubt" if reading.kind == "doubtful_sum" else "fail"


def _over_zero(reading: Reading, free: Free) -> str:
    """A percentage whose base can be zero: meaningless, and wrong to print where its base is zero and it is not."""
    base = total(reading.base, strict, free)
    says_something = not any(s.holds(Decimal(0)) for s in results(reading, free)[:1])
    if reading.kind == "defined" and base.holds(Decimal(0)) and not base.middle and says_something:
        return "fail"
    return "not_applicable"
