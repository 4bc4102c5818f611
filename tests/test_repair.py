"""The solver blames the figure that is wrong, not the equations that it breaks, and claims only what it can tell."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipelines.audit.blame import solve
from pipelines.audit.equations import Equation, Figure, Reading, Term
from pipelines.audit.judge import Verdict, judge
from pipelines.audit.repair import Component
from pipelines.audit.search import LARGEST_SET
from pipelines.core.numbers import clean_number, decimals_of, half_unit

WAN = Decimal(10_000)


def amount(name: str, printed: str, column: int = 2) -> Figure:
    value, own = clean_number(printed), decimals_of(printed)
    assert value is not None
    return Figure(name, value * WAN, half_unit(own) * WAN, half_unit(max(own, column)) * WAN, "万元", True, printed)


def rate(name: str, printed: str) -> Figure:
    value, half = clean_number(printed.rstrip("%")), half_unit(decimals_of(printed))
    assert value is not None
    return Figure(name, value, half, half, "%", False, printed, "execution_rate")


def sum_of(key: str, parts: list[Figure], result: Figure) -> Verdict:
    terms = (*(Term("part", p.fact_id, p) for p in parts), Term("result", result.fact_id, result))
    return judge(Equation("SUM", "d", key, "", (Reading("", "sum", terms),)))


def ratio_of(key: str, done: Figure, base: Figure, result: Figure) -> Verdict:
    terms = (
        Term("numerator", done.fact_id, done),
        Term("denominator", base.fact_id, base),
        Term("result", result.fact_id, result),
    )
    return judge(Equation("RAT", "d", key, "", (Reading("", "ratio", terms),)))


def claimed(component: Component) -> dict[str, tuple[Decimal, str]]:
    """What a component's claimed repair changes: figure → (value in its unit, slip)."""
    changes = [c for figure in component.claimed for c in figure]
    return {c.figure.fact_id: (c.slip.value / c.figure.factor, c.slip.kind) for c in changes}


def test_two_totals_with_one_wrong_digit_each_repair_two_sums_and_a_rate() -> None:
    budget, general, fund = amount("b", "5906.95"), amount("bg", "5295.56"), amount("bf", "311.39")
    executed, spent, from_fund = amount("e", "5985.53"), amount("eg", "5274.37"), amount("ef", "311.16")
    (component,) = solve(
        [
            sum_of("budget", [general, fund], budget),
            sum_of("executed", [spent, from_fund], executed),
            ratio_of("rate", executed, budget, rate("r", "100%")),
        ]
    )
    assert claimed(component) == {
        "b": (Decimal("5606.95"), "one_digit"),
        "e": (Decimal("5585.53"), "one_digit"),
    }


def test_a_figure_that_a_passing_equation_holds_is_not_blamed() -> None:
    wages, goods, basic = amount("w", "465.96"), amount("g", "32.46"), amount("basic", "498.42")
    project, total = amount("p", "10725.30"), amount("t", "11323.72")
    (component,) = solve(
        [
            sum_of("basic", [wages, goods], basic),
            sum_of("total", [basic, project], total),
            ratio_of("share", project, amount("of", "10725.3"), rate("r", "100.0%")),
        ]
    )
    assert claimed(component) == {"t": (Decimal("11223.72"), "one_digit")}


def test_an_isolated_sum_that_several_slips_explain_is_shown_and_not_claimed() -> None:
    (component,) = solve([sum_of("s", [amount("a", "5295.56"), amount("b", "311.39")], amount("t", "5906.95"))])
    assert not component.claimed
    assert [len(r.changes) for r in component.repairs] == [1, 1, 1]
    assert len(component.options) > 1


def test_swapped_digits_are_found() -> None:
    now, before = amount("now", "498.42"), amount("before", "492.85")

    def change(name: str, printed: str) -> Verdict:
        stated = amount(name, printed)
        terms = (
            Term("part", "now", now),
            Term("part", "before", before, Decimal(-1)),
            Term("result", name, stated),
        )
        return judge(Equation("CHG", "d", name, "", (Reading("", "sum", terms),)))

    (component,) = solve([change("once", "5.57"), change("twice", "5.75")])
    assert claimed(component) == {"twice": (Decimal("5.57"), "swapped_digits")}


def test_a_lost_decimal_point_is_found() -> None:
    (component,) = solve([sum_of("s", [amount("a", "28959"), amount("b", "10.41")], amount("t", "300.00"))])
    assert claimed(component) == {"a": (Decimal("289.59"), "decimal_point")}


def test_yuan_printed_in_a_column_of_ten_thousand_yuan_is_found() -> None:
    (component,) = solve([sum_of("s", [amount("a", "2895900"), amount("b", "10.41")], amount("t", "300.00"))])
    assert claimed(component) == {"a": (Decimal("289.59"), "unit")}


def test_a_total_left_at_zero_is_the_sum_of_its_parts() -> None:
    initial, added, total = amount("i", "39.216"), amount("a", "0"), amount("t", "0")
    (component,) = solve(
        [
            sum_of("s", [initial, added], total),
            ratio_of("r", amount("e", "0"), total, rate("r", "0")),
        ]
    )
    assert claimed(component) == {"t": (Decimal("39.216"), "not_filled")}


def test_a_rate_is_blamed_where_no_slip_in_its_figures_explains_it() -> None:
    (component,) = solve([ratio_of("r", amount("e", "15.6"), amount("b", "62"), rate("r", "13%"))])
    assert claimed(component) == {"r": (Decimal("25.16"), "recomputed")}


def test_a_rate_off_by_one_in_its_last_place_was_misrounded() -> None:
    (component,) = solve([ratio_of("r", amount("e", "2233.13"), amount("b", "3348.98"), rate("r", "66.69%"))])
    assert claimed(component) == {"r": (Decimal("66.68"), "misrounded")}


def test_a_slip_that_meets_a_precise_rate_exactly_is_blamed_before_the_rate() -> None:
    budget = amount("b", "40.57")
    initial = sum_of("s", [amount("i", "40.50"), amount("a", "0.07")], budget)
    (component,) = solve([initial, ratio_of("r", amount("e", "45.07"), budget, rate("r", "100%"))])
    assert claimed(component) == {"e": (Decimal("40.57"), "swapped_digits")}


def test_a_slip_that_either_operand_may_have_made_is_not_claimed() -> None:
    (component,) = solve([ratio_of("r", amount("e", "45.07"), amount("b", "40.57"), rate("r", "100%"))])
    assert not component.claimed


def test_what_every_likely_repair_changes_is_claimed_though_the_rest_is_open() -> None:
    budget, spent = amount("b", "7925"), amount("s", "79.25")
    parts = [amount("p1", "12.00"), amount("p2", "31.00")]
    (component,) = solve(
        [
            ratio_of("rate", spent, budget, rate("r", "100%")),
            sum_of("rows", [budget, *parts], amount("t", "722.25")),
        ]
    )
    assert claimed(component) == {"b": (Decimal("79.25"), "decimal_point")}
    assert {c.figure.fact_id for r in component.options for c in r.changes} >= {"b", "p1", "p2", "t"}


def test_a_point_that_moved_left_all_digits_and_the_customary_decimals() -> None:
    parts = [amount("a", "0.00"), amount("b", "12060")]
    (component,) = solve([sum_of("s", parts, amount("t", "120.60"))])
    assert claimed(component) == {"b": (Decimal("120.60"), "decimal_point")}


def test_yuan_are_too_many_among_ten_thousands_of_them_and_never_too_few() -> None:
    (component,) = solve([sum_of("s", [amount("a", "5.1"), amount("b", "0")], amount("t", "51000"))])
    assert claimed(component) == {"t": (Decimal("5.1"), "unit")}


def test_yuan_among_ten_thousands_of_them_are_told_by_a_table_in_yuan() -> None:
    table = Figure("x", Decimal(4608515), Decimal("0.5"), Decimal("0.5"), "元", True, "4,608,515")
    said, again = amount("z", "4608500", 0), amount("y", "460.85")
    (component,) = solve([same("one", table, said), same("two", said, again)])
    assert claimed(component) == {"z": (Decimal("460.85"), "unit")}


def test_a_negative_budget_is_wrong_before_a_positive_one() -> None:
    def named(figure: Figure) -> Figure:
        return replace(figure, measure="initial_budget")

    parts = [named(amount("a", "-1330")), replace(amount("b", "-1330"), measure="budget_adjustment")]
    (component,) = solve([sum_of("s", parts, named(amount("t", "0")))])
    assert claimed(component) == {"a": (Decimal("1330"), "sign")}


def test_a_rate_over_a_hundred_percent_is_blamed_before_its_figures_as_one_below_is() -> None:
    def grown(before: str, after: str, printed: str) -> Component:
        old, new, result = amount("x", before), amount("y", after), rate("r", printed)
        terms = (
            Term("numerator", "y", new),
            Term("numerator", "x", old, Decimal(-1)),
            Term("denominator", "x", old),
            Term("result", "r", result),
        )
        verdict = judge(Equation("CHG", "d", "k", "", (Reading("", "ratio", terms),)))
        (component,) = solve([verdict, sum_of("table", [new], amount("t", after))])
        return component

    assert claimed(grown("11.67", "45.41", "314.82%")) == {"r": (Decimal("289.12"), "recomputed")}
    assert claimed(grown("241.76", "207.00", "21.74%")) == {"r": (Decimal("-14.38"), "recomputed")}


def test_a_turned_rate_keeps_the_digits_that_the_rounding_of_its_figures_leaves_open() -> None:
    old, new = amount("x", "50.78"), amount("y", "98.27")
    said = replace(rate("r", "-93.51%"), measure="change_rate", in_words=True)
    terms = (
        Term("numerator", "y", new),
        Term("numerator", "x", old, Decimal(-1)),
        Term("denominator", "x", old),
        Term("result", "r", said),
    )
    (component,) = solve([judge(Equation("CHG", "d", "k", "", (Reading("", "ratio", terms),)))])
    assert claimed(component) == {"r": (Decimal("93.51"), "direction")}


def test_round_figures_that_stand_twice_were_not_copied() -> None:
    parts = [amount("a", "60000"), amount("b", "60000"), amount("c", "888900"), amount("d", "1206000")]
    (component,) = solve([sum_of("s", parts, amount("t", "1414890"))])
    assert {figure: value for figure, (value, _) in claimed(component).items()} == {"c": Decimal(88890)}


def test_equations_that_share_no_figure_are_solved_apart() -> None:
    components = solve(
        [
            sum_of("one", [amount("a", "1.00"), amount("b", "2.00")], amount("c", "3.09")),
            sum_of("two", [amount("d", "4.00"), amount("e", "5.00")], amount("f", "9.08")),
        ]
    )
    assert [len(c.failing) for c in components] == [1, 1]


def test_more_errors_than_the_search_tries_are_left_open_and_said_to_be() -> None:
    shared = amount("x", "1.00")
    failing = [
        sum_of(f"s{n}", [shared, *(amount(f"p{n}{k}", f"{n + k}.13") for k in range(6))], amount(f"t{n}", "999.99"))
        for n in range(1, LARGEST_SET + 4)
    ]
    (component,) = solve(failing)
    assert not component.claimed
    assert not component.searched


cents = st.integers(min_value=1000, max_value=999999)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(cents, min_size=3, max_size=3), min_size=3, max_size=3), st.integers(0, 8), st.data())
def test_one_wrong_digit_in_a_table_with_row_and_column_totals_is_found_and_repaired(
    grid: list[list[int]], place: int, data: st.DataObject
) -> None:
    row, col = divmod(place, 3)
    true = f"{grid[row][col] / 100:.2f}"
    digits = [i for i, c in enumerate(true) if c.isdigit()]
    at = data.draw(st.sampled_from(digits))
    wrong = true[:at] + data.draw(st.sampled_from([d for d in "0123456789" if d != true[at]])) + true[at + 1 :]
    assume(abs(Decimal(wrong) - Decimal(true)) > Decimal("0.1"))

    def shown(r: int, c: int) -> str:
        return wrong if (r, c) == (row, col) else f"{grid[r][c] / 100:.2f}"

    cells = [[amount(f"{r}{c}", shown(r, c)) for c in range(3)] for r in range(3)]
    equations = [
        *(sum_of(f"row{r}", cells[r], amount(f"r{r}", f"{sum(grid[r]) / 100:.2f}")) for r in range(3)),
        *(
            sum_of(f"col{c}", [cells[r][c] for r in range(3)], amount(f"c{c}", f"{sum(g[c] for g in grid) / 100:.2f}"))
            for c in range(3)
        ),
    ]
    (component,) = solve(equations)
    assert claimed(component) == {f"{row}{col}": (Decimal(true), claimed(component)[f"{row}{col}"][1])}


def same(key: str, one: Figure, other: Figure) -> Verdict:
    terms = (Term("part", one.fact_id, one), Term("result", other.fact_id, other))
    return judge(Equation("TIE", "d", key, "", (Reading("", "same", terms),)))


def table(name: str, printed: list[str], total: str) -> tuple[list[Figure], Verdict]:
    """The items of a table, then its total; and the sum that it states."""
    figures = [amount(f"{name}{n}", p) for n, p in enumerate(printed)]
    whole = amount(f"{name}t", total)
    return [*figures, whole], sum_of(name, figures, whole)


def test_a_wrong_figure_that_another_table_prints_right_is_blamed_and_not_the_other() -> None:
    one, adds = table("a", ["326.72", "60.99", "445.69"], "833.40")
    other, fails = table("b", ["326.27", "60.99", "445.69"], "833.40")
    ties = [same(f"tie{n}", x, y) for n, (x, y) in enumerate(zip(one, other, strict=True))]
    (component,) = solve([adds, fails, *ties])
    assert claimed(component) == {"b0": (Decimal("326.72"), "swapped_digits")}


def test_a_wrong_figure_carried_into_another_table_is_one_fault_with_two_places() -> None:
    one, fails = table("a", ["326.27", "60.99", "445.69"], "833.40")
    other, fails_too = table("b", ["326.27", "60.99", "445.69"], "833.40")
    ties = [same(f"tie{n}", x, y) for n, (x, y) in enumerate(zip(one, other, strict=True))]
    (component,) = solve([fails, fails_too, *ties])
    assert claimed(component) == {
        "a0": (Decimal("326.72"), "swapped_digits"),
        "b0": (Decimal("326.72"), "swapped_digits"),
    }
    assert [[c.figure.fact_id for c in mentions] for mentions in component.claimed] == [["a0", "b0"]]


def test_a_mention_too_coarse_to_show_the_fault_is_left_as_it_is() -> None:
    exact, fails = table("a", ["1434.8953", "2170.3947"], "3605.2800")
    coarse = amount("c", "1434.9", 1)
    (component,) = solve([fails, same("tie", exact[0], coarse)])
    assert {c.figure.fact_id for r in component.repairs for c in r.changes} == {"a0", "a1", "at"}


def test_of_three_mentions_the_one_that_differs_is_blamed() -> None:
    first, second, third = amount("x", "2946.25"), amount("y", "2964.25"), amount("z", "2946.25")
    (component,) = solve([same("xy", first, second), same("xz", first, third), same("yz", second, third)])
    assert claimed(component) == {"y": (Decimal("2946.25"), "swapped_digits")}


def test_two_mentions_that_differ_with_no_sum_behind_them_are_shown_and_neither_is_blamed() -> None:
    (component,) = solve([same("tie", amount("x", "2946.25"), amount("y", "2964.25"))])
    assert not component.claimed
    assert {c.figure.fact_id for r in component.repairs for c in r.changes} == {"x", "y"}


def test_a_part_is_not_blamed_by_one_sum_for_what_no_slip_explains() -> None:
    general, fund, other, total = (
        amount("g", "3219.95"),
        amount("f", "205.49"),
        amount("o", "1056.85"),
        amount("t", "4532.05"),
    )
    vouched = [sum_of(f.fact_id, [f], replace(f, fact_id=f"{f.fact_id}2")) for f in (general, fund, total)]
    (component,) = solve([sum_of("funds", [general, fund, other], total), *vouched])
    assert claimed(component) == {}
    assert {c.figure.fact_id for r in component.options for c in r.changes} >= {"o"}


def test_a_percentage_of_nothing_does_not_bind_the_figure_that_makes_it_one() -> None:
    table, said, more, growth = amount("t", "0.13"), amount("s", "0.13"), amount("m", "0.13"), rate("g", "100%")
    wrong = replace(amount("w", "0"), half_unit_column=None)
    terms = (
        Term("numerator", "m", more),
        Term("denominator", "w", wrong),
        Term("denominator", "m", more, Decimal(-1)),
        Term("result", "g", growth),
    )
    over_zero = judge(Equation("RAT", "d", "g", "", (Reading("", "ratio", terms),)))
    assert over_zero.verdict == "not_applicable"
    (component,) = solve([same("ts", table, said), same("tw", table, wrong), same("sw", said, wrong), over_zero])
    assert claimed(component) == {"w": (Decimal("0.13"), "not_filled")}


def test_a_minus_that_would_meet_a_bound_is_no_slip_that_the_bound_shows() -> None:
    grown, now = amount("grown", "1421.25"), replace(amount("now", "0"), half_unit_column=None)
    terms = (Term("part", "grown", grown), Term("result", "now", now))
    (component,) = solve([judge(Equation("CHG", "d", "c", "", (Reading("", "bound", terms),)))])
    assert claimed(component) == {}
