"""A printed figure stands for an interval; arithmetic on intervals keeps every value that figures can stand for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.core.interval import Interval, quotient

numbers = st.decimals(min_value=-(10**7), max_value=10**7, places=4, allow_nan=False, allow_infinity=False)
halves = st.sampled_from([Decimal("0.5"), Decimal("0.05"), Decimal("0.005"), Decimal("0.0005")])


@st.composite
def intervals(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    """An interval and a value inside it."""
    value, half = draw(numbers), draw(halves)
    within = draw(st.decimals(min_value=-1, max_value=1, places=3))
    return Interval.around(value, half), value + half * within


@given(intervals(), intervals())
def test_a_sum_of_values_lies_in_the_sum_of_their_intervals(
    a: tuple[Interval, Decimal], b: tuple[Interval, Decimal]
) -> None:
    assert (a[0] + b[0]).holds(a[1] + b[1])
    assert (a[0] - b[0]).holds(a[1] - b[1])


@given(intervals(), intervals())
def test_a_product_of_values_lies_in_the_product_of_their_intervals(
    a: tuple[Interval, Decimal], b: tuple[Interval, Decimal]
) -> None:
    assert (a[0] * b[0]).holds(a[1] * b[1])


@given(intervals(), intervals())
def test_a_quotient_of_values_lies_in_the_quotient_of_their_intervals(
    a: tuple[Interval, Decimal], b: tuple[Interval, Decimal]
) -> None:
    rates = quotient(a[0], b[0])
    assume(rates is not None)
    assert rates is not None
    tiny = Decimal("1e-20")
    assert rates.lo - tiny <= 100 * a[1] / b[1] <= rates.hi + tiny


@given(intervals())
def test_there_is_no_quotient_where_the_denominator_can_be_zero(a: tuple[Interval, Decimal]) -> None:
    assert quotient(a[0], Interval(Decimal("-0.005"), Decimal("0.005"))) is None


@given(intervals(), st.decimals(min_value=-3, max_value=3, places=1))
def test_a_weighted_value_lies_in_the_weighted_interval(a: tuple[Interval, Decimal], weight: Decimal) -> None:
    assert a[0].scaled(weight).holds(a[1] * weight)


@given(intervals(), intervals())
def test_two_intervals_meet_exactly_where_they_overlap(
    a: tuple[Interval, Decimal], b: tuple[Interval, Decimal]
) -> None:
    common = a[0].overlap(b[0])
    assert a[0].meets(b[0]) == (common is not None)
    if common is not None:
        assert a[0].holds(common.middle)
        assert b[0].holds(common.middle)


def test_an_interval_needs_its_lower_end_first() -> None:
    with pytest.raises(ValueError, match="lo <= hi"):
        Interval(Decimal(2), Decimal(1))
