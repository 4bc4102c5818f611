"""The judge passes what rounding explains, fails what nothing explains, and says which is which."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.audit.equations import Equation, Figure, Reading, Term
from pipelines.audit.judge import judge
from pipelines.core.numbers import clean_number, decimals_of, half_unit

WAN = Decimal(10_000)


def amount(printed: str, column: int | None = None, *, contested: bool = False) -> Figure:
    """An amount in 万元, in prose unless the decimals of its column are given."""
    value, own = clean_number(printed), decimals_of(printed)
    assert value is not None
    in_column = None if column is None else half_unit(max(own, column)) * WAN
    return Figure(printed, value * WAN, half_unit(own) * WAN, in_column, "万元", True, printed, "", contested)


def rate(printed: str) -> Figure:
    value, half = clean_number(printed.rstrip("%")), half_unit(decimals_of(printed))
    assert value is not None
    return Figure(printed, value, half, half, "%", False, printed, "execution_rate")


def sum_of(*parts: Figure | None, result: Figure | None, kind: str = "sum") -> Reading:
    terms = [Term("part", f"p{n}", f) for n, f in enumerate(parts)]
    return Reading("", kind, (*terms, Term("result", "r", result)))


def ratio(done: Figure | None, base: Figure, result: Figure, name: str = "", kind: str = "ratio") -> Reading:
    return Reading(
        name, kind, (Term("numerator", "n", done), Term("denominator", "d", base), Term("result", "r", result))
    )


def verdict(*readings: Reading) -> str:
    return judge(Equation("X", "d", "k", "", readings)).verdict


def test_a_sum_that_is_off_by_a_figures_own_rounding_is_rounding() -> None:
    total = amount("88.9", column=2)
    assert verdict(sum_of(amount("433.2", 2), amount("-344.2835", 2), result=total)) == "rounding"


def test_an_integer_in_a_column_of_decimals_is_exact() -> None:
    assert verdict(sum_of(amount("50", 2), amount("12", 2), result=amount("62", 2))) == "pass"
    assert verdict(sum_of(amount("50", 2), amount("12", 2), result=amount("63", 2))) == "fail"
    assert verdict(sum_of(amount("50.40", 2), amount("12", 2), result=amount("62", 2))) == "fail"


def test_an_integer_in_prose_may_be_rounded() -> None:
    assert verdict(sum_of(amount("50.3"), amount("12.4"), result=amount("63"))) == "pass"


def test_no_money_in_prose_is_exactly_none() -> None:
    assert verdict(sum_of(amount("0"), amount("12.41"), result=amount("12.84"))) == "fail"


def test_figures_of_different_units_are_compared_in_yuan() -> None:
    yuan = Figure("y", Decimal("218492342.07"), Decimal("0.005"), None, "元", True, "218,492,342.07")
    assert verdict(sum_of(yuan, result=amount("21849.23"), kind="same")) == "pass"
    assert verdict(sum_of(yuan, result=amount("21849.25"), kind="same")) == "fail"


def test_a_change_of_0_99_on_32_46_is_3_2_percent() -> None:
    change, now, grown = amount("0.99"), amount("32.46"), rate("3.2%")
    reading = Reading(
        "",
        "ratio",
        (
            Term("numerator", "c", change),
            Term("denominator", "n", now),
            Term("denominator", "c", change, Decimal(-1)),
            Term("result", "r", grown),
        ),
    )
    assert verdict(reading) == "pass"


def test_98_70_percent_for_98_67_is_rounding_for_its_last_zero_says_nothing() -> None:
    assert verdict(ratio(amount("1269.62", 2), amount("1286.7", 2), rate("98.70%"))) == "rounding"
    assert verdict(ratio(amount("1269.62", 2), amount("1286.7", 2), rate("98.71%"))) == "fail"


def test_a_truncated_percentage_is_rounding() -> None:
    assert verdict(ratio(amount("684.28", 2), amount("773.18", 2), rate("88%"))) == "rounding"


def test_only_what_no_rounding_explains_was_cut_off() -> None:
    def cut_off(reading: Reading) -> bool:
        return judge(Equation("X", "d", "k", "", (reading,))).cut_off

    done, base = amount("89.90", 2), amount("100.00", 2)
    assert cut_off(ratio(done, base, rate("89%")))
    assert not cut_off(ratio(done, base, rate("89.9%")))
    assert not cut_off(ratio(done, base, rate("90%")))
    assert not cut_off(ratio(done, base, rate("88%")))
    assert not cut_off(ratio(amount("1269.62", 2), amount("1286.7", 2), rate("98.70%")))


def test_parts_that_were_all_cut_off_give_less_than_their_total_never_more() -> None:
    parts = [amount(f"{n}.00", 2) for n in range(1, 5)]
    reading = sum_of(*parts, result=amount("10.03", 2))
    assert (verdict(reading), judge(Equation("X", "d", "k", "", (reading,))).cut_off) == ("rounding", True)
    assert verdict(sum_of(*parts, result=amount("9.96", 2))) == "fail"
    assert verdict(sum_of(*parts, result=amount("10.06", 2))) == "fail"


def test_nothing_is_cut_off_below_the_cents_of_an_amount_in_yuan() -> None:
    def yuan(printed: str) -> Figure:
        value = clean_number(printed)
        assert value is not None
        return Figure(printed, value, half_unit(2), half_unit(2), "元", True, printed)

    assert verdict(sum_of(*(yuan(f"{n}.00") for n in range(1, 5)), result=yuan("10.03"))) == "fail"


def test_a_percentage_rounded_twice_is_rounding() -> None:
    assert verdict(ratio(amount("17.172", 2), amount("29.866", 2), rate("58%"))) == "rounding"


def test_a_rate_that_its_figures_do_not_give_fails() -> None:
    assert verdict(ratio(amount("3496.71", 2), amount("7489.39", 2), rate("17%"))) == "fail"
    assert verdict(ratio(amount("52.48", 2), amount("216.5", 2), rate("25%"))) == "fail"


def test_another_reading_that_fits_explains_a_failure_and_does_not_excuse_it() -> None:
    done, adjusted, initial = amount("4532.05", 2), amount("4532.05", 2), amount("4572.76", 2)
    found = judge(
        Equation(
            "X", "d", "k", "", (ratio(done, adjusted, rate("99.11%")), ratio(done, initial, rate("99.11%"), "initial"))
        )
    )
    assert (found.verdict, found.reading.name, found.explained) == ("fail", "initial", True)


def test_another_reading_is_enough_where_the_report_names_none() -> None:
    moved = amount("236")
    assert (
        verdict(ratio(None, amount("236"), rate("100%")), ratio(moved, amount("236"), rate("100%"), "moved")) == "pass"
    )


def test_a_rate_over_zero_is_not_applicable_and_its_own_check_fails_it() -> None:
    zero = amount("0", 2)
    assert verdict(ratio(zero, zero, rate("100%"))) == "not_applicable"
    assert verdict(ratio(zero, zero, rate("100%"), kind="defined")) == "fail"
    assert verdict(ratio(zero, zero, rate("0"), kind="defined")) == "not_applicable"
    assert verdict(ratio(zero, amount("12", 2), rate("0"), kind="defined")) == "pass"


def test_a_missing_figure_is_insufficient_data() -> None:
    assert verdict(sum_of(amount("5"), None, result=amount("6"))) == "insufficient_data"
    assert verdict(sum_of(amount("5"), result=None)) == "insufficient_data"


def test_a_number_of_unknown_unit_is_not_compared_with_money() -> None:
    bare = Figure("b", Decimal(5), Decimal("0.5"), None, None, False, "5")
    assert verdict(sum_of(bare, result=amount("6"))) == "insufficient_data"


def test_a_contested_figure_makes_a_failure_a_doubt_and_leaves_a_pass_alone() -> None:
    assert verdict(sum_of(amount("5", contested=True), result=amount("8"))) == "parse_doubt"
    assert verdict(sum_of(amount("8", contested=True), result=amount("8"))) == "pass"


def test_parts_that_need_not_be_all_say_nothing_while_they_are_less() -> None:
    assert verdict(sum_of(amount("255.44"), amount("51.47"), result=amount("3219.95"), kind="partial_sum")) == (
        "insufficient_data"
    )
    assert verdict(sum_of(amount("64.00"), result=amount("61.8"), kind="partial_sum")) == "fail"
    assert verdict(sum_of(amount("64.00"), result=amount("64"), kind="partial_sum")) == "pass"


def test_a_bound_holds_up_to_equality() -> None:
    assert verdict(sum_of(amount("12", 2), result=amount("12", 2), kind="bound")) == "pass"
    assert verdict(sum_of(amount("11", 2), result=amount("12", 2), kind="bound")) == "pass"
    assert verdict(sum_of(amount("12.02", 2), result=amount("12", 2), kind="bound")) == "fail"


@pytest.mark.parametrize(("holds", "expected"), [(True, "pass"), (False, "fail"), (None, "insufficient_data")])
def test_a_flag_is_what_its_check_says(holds: bool | None, expected: str) -> None:
    assert verdict(Reading("", "flag", (), holds)) == expected


exact = st.lists(st.decimals(min_value=0, max_value=100000, places=6), min_size=1, max_size=12)
places = st.integers(min_value=0, max_value=4)


def shown(value: Decimal, decimals: int, rounding: str = ROUND_HALF_UP) -> str:
    return f"{value.quantize(Decimal(1).scaleb(-decimals), rounding=rounding):f}"


@given(exact, places)
def test_a_correctly_rounded_sum_never_fails(parts: list[Decimal], decimals: int) -> None:
    printed = [amount(shown(p, decimals), decimals) for p in parts]
    total = amount(shown(sum(parts, Decimal(0)), decimals), decimals)
    assert verdict(sum_of(*printed, result=total)) == "pass"


@given(exact, places)
def test_a_truncated_total_of_exact_parts_never_fails(parts: list[Decimal], decimals: int) -> None:
    printed = [amount(shown(p, 6), 6) for p in parts]
    total = amount(shown(sum(parts, Decimal(0)), decimals, ROUND_DOWN), decimals)
    assert verdict(sum_of(*printed, result=total)) in ("pass", "rounding")


@given(
    exact,
    st.integers(min_value=1, max_value=4),
    st.integers(min_value=1, max_value=9),
    st.integers(0, 3),
    st.booleans(),
)
def test_an_error_above_the_bound_of_a_sum_always_fails(
    parts: list[Decimal], decimals: int, digit: int, place: int, up: bool
) -> None:
    printed = [amount(shown(p, decimals), decimals) for p in parts]
    error = Decimal(digit).scaleb(place) * (1 if up else -1)
    # every figure is within half a place of its value, the total read as truncated within one
    bound = half_unit(decimals) * (len(parts) + 2)
    assume(abs(error) > 2 * bound)
    total = amount(shown(sum(parts, Decimal(0)) + error, decimals), decimals)
    assert verdict(sum_of(*printed, result=total)) == "fail"


positive = st.decimals(min_value=1, max_value=100000, places=4)


@given(positive, positive, st.integers(0, 2))
def test_a_correctly_rounded_rate_never_fails(done: Decimal, base: Decimal, decimals: int) -> None:
    printed = rate(shown(100 * done / base, decimals) + "%")
    found = verdict(ratio(amount(shown(done, 2), 2), amount(shown(base, 2), 2), printed))
    assert found in ("pass", "not_applicable")


@given(positive, positive, st.integers(0, 2), st.sampled_from([Decimal(2), Decimal(10), Decimal(-2), Decimal(-10)]))
def test_a_rate_off_by_more_than_its_figures_allow_always_fails(
    done: Decimal, base: Decimal, decimals: int, error: Decimal
) -> None:
    true = 100 * done / base
    assume(true + error > 0)
    slack = (Decimal("0.005") / done + Decimal("0.005") / base) * true * 2 + half_unit(decimals) * 2
    assume(abs(error) > slack + 1)
    printed = rate(shown(true + error, decimals) + "%")
    found = verdict(ratio(amount(shown(done, 2), 2), amount(shown(base, 2), 2), printed))
    assert found == "fail"


def test_whole_yuan_may_be_yuan_whose_cents_were_dropped() -> None:
    def yuan(printed: str) -> Figure:
        value = clean_number(printed)
        assert value is not None
        half = half_unit(decimals_of(printed))
        return Figure(printed, value, half, half_unit(2), "元", True, printed)

    assert verdict(sum_of(yuan("14,348,853.34"), yuan("2,925,857.00"), result=yuan("17,274,710"))) == "rounding"
    assert verdict(sum_of(yuan("14,348,853.34"), yuan("2,925,857.00"), result=yuan("17,274,709"))) == "fail"
