"""The slips of the pen that turn one figure into another, the likelier the cheaper.

A cost is a probability in tenths of a power of ten: 10 is one in ten, 20 one in a hundred. It is how often people make
such a slip at all, and into how many numbers it could have turned this one: of the nine other digits in each of six
places just one was printed, of the five ways to swap neighbours just one. So costs of different slips compare, those of
changes that must come together add up, and a figure that any number could stand for is dearer the more digits it has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from math import log10

from pipelines.audit.equations import Figure, decimals_at
from pipelines.audit.judge import TWICE_ROUNDED
from pipelines.core import numbers
from pipelines.core.interval import Interval
from pipelines.core.numbers import YUAN_PER
from pipelines.vocab.lists import rows

UNEXPLAINED = "other"
_KINDS = {row["kind"]: row for row in rows("slips.csv")}
BASE_COSTS = {kind: int(row["cost"]) for kind, row in _KINDS.items()}
"""How unlikely each slip is among all slips, before it is asked what else it could have led to."""
LABELS = {kind: (row["zh"], row["en"]) for kind, row in _KINDS.items()}
"""What each slip is called, in Chinese and in English."""

LIKE_ANOTHER = 10
"""How much likelier a value within a range is that stands beside it already: a budget spent to the cent."""
NEGATIVE_COST = 20
"""Amounts and rates are not negative, but for changes and what is carried over."""
MAY_BE_NEGATIVE = frozenset(
    {"budget_adjustment", "change_amount", "change_rate", "transferred", "carried_in", "carried_out", ""}
)
"""The measures of which that is not so."""
ZERO_COST = 5
"""Nothing is the commonest figure of all, whatever was printed for it."""
UNUSUAL_COST = 5
"""Each decimal more than is customary where the figure stands, and twice as much none where there are some."""
TURNED = frozenset({"sign", "direction"})
"""The slips that leave all digits as they are and turn more into less."""
TELLING_DIGITS = 4
"""A figure of fewer digits stands twice by chance, not by copying."""
INEXACT_COST = 10
"""A value within what rounding leaves open, but not the one that makes the printed figures add up."""

_FALSE_BY_CHANCE = frozenset({"one_digit", "swapped_digits", "missing_digit", "extra_digit", "doubled_digit"})
NARROW = Decimal("0.004")
"""A value known to within this share of itself leaves little room for a slip by chance."""
MISROUNDED = 4
"""A percentage off by no more than this many half units was computed right and rounded wrong."""
USUAL_DECIMALS = 2
"""A percentage worked out anew is shown with so many."""
LEAST_MOVED = Decimal("0.1")
"""In ten thousands of yuan: nobody writes of less in yuan among them."""
_POINT_MOVES = (-3, -2, -1, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class Slip:
    """A value that a figure should have had, and the slip that explains what is printed instead.

    `half_unit` is half of the last place of that value. `alone` says that no other value is nearly as likely.
    """

    value: Decimal
    kind: str
    cost: int
    half_unit: Decimal
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the likelihood of a slip depends on besides the figure: where it stands in the equations it breaks.

    `targets` are the values with which the figures as printed agree exactly, `likely` is what is allowed if all other
    figures are exact, and `loosely` says that no sum binds the value, only percentages or bounds, so that any value in
    `likely` will do (`is_open`: only bounds). `decimals` is the most that the other figures have, `digits` the length
    of the longest, `neighbours` are their values, `stale` the sums with one part left out.
    """

    is_rate: bool
    is_result: bool
    loosely: bool
    is_open: bool
    likely: Interval
    targets: tuple[Decimal, ...] = ()
    decimals: int = 0
    digits: int = 0
    neighbours: frozenset[Decimal] = frozenset()
    stale: frozenset[Decimal] = frozenset()

    def is_chance(self, slip: Slip) -> bool:
        """Whether a slip in a digit may well meet what is likely by chance, since that leaves so much room."""
        wide = self.likely.hi - self.likely.lo > abs(self.likely.middle) * NARROW
        return self.loosely and wide and slip.kind in _FALSE_BY_CHANCE

    @property
    def is_worked_out(self) -> bool:
        """Whether the figure is a percentage that the others give."""
        return self.is_rate and self.is_result


def likeliest(figure: Figure, allowed: Interval, target: Decimal, around: Surroundings) -> Slip | None:
    """The likeliest way in which a figure that should lie in `allowed`, best at `target`, became what is printed.

    None where no figure of the printed precision lies in `allowed`.
    """
    target, allowed, around = _in_print(figure, allowed, target, around)
    cheapest: dict[Decimal, Slip] = {}
    for slip in [*_slips(figure, allowed, target, around), *_plain(figure, allowed, target, around)]:
        known = cheapest.get(slip.value)
        if slip.value != figure.value and (known is None or slip.cost < known.cost):
            cheapest[slip.value] = slip
    if not cheapest:
        return None
    best, *rest = sorted(cheapest.values(), key=lambda s: (s.cost, abs(s.value - target), s.value))
    return replace(best, alone=all(s.cost >= best.cost + MARGIN for s in rest))


MARGIN = 10
"""What is dearer by this much is ten times less likely, and no longer doubts what is cheaper."""


def _in_print(
    figure: Figure, allowed: Interval, target: Decimal, around: Surroundings
) -> tuple[Decimal, Interval, Surroundings]:
    """The same with the target as the figure would be printed, where the others are printed finer than it can be: an
    amount in 万元 that should be 561,240.00 yuan is 56.12."""
    decimals = max(figure.column_decimals, around.decimals)
    value, half = _rounded(figure, target, decimals), numbers.half_unit(decimals) * figure.factor
    if around.is_rate or allowed.holds(value) or not Interval.around(value, half).meets(allowed):
        return target, allowed, around
    likely = _wider(around.likely, half)
    return value, _wider(allowed, half), replace(around, likely=likely, targets=(*around.targets, value))


def _wider(interval: Interval, half: Decimal) -> Interval:
    return Interval(interval.lo - half, interval.hi + half)


def _slips(figure: Figure, allowed: Interval, target: Decimal, around: Surroundings) -> Iterable[Slip]:
    """The known slips from values that the equations allow."""
    for value, kind, how_rare, half_unit in _slips_of(figure, around.decimals):
        if around.is_worked_out:
            # a percentage is right where it rounds to what its figures give; one turned round keeps its own rounding
            right = Interval.around(target, half_unit * TWICE_ROUNDED).holds(value)
            right = right or (kind in TURNED and allowed.holds(value))
        else:
            right = around.likely.holds(value)
        if right:
            cost = how_rare
            if not around.loosely and value not in around.targets:
                cost += INEXACT_COST
            if around.loosely and value in around.neighbours:
                cost -= LIKE_ANOTHER
            yield Slip(value, kind, cost + _sign_cost(figure, value), half_unit)


def _plain(figure: Figure, allowed: Interval, target: Decimal, around: Surroundings) -> Iterable[Slip]:
    """What explains any value at all: worked out anew, left out, copied, or simply wrong."""
    if around.is_worked_out:
        off = abs(target - figure.value)
        if off <= MISROUNDED * figure.half_unit:
            cost = _cost("misrounded", MISROUNDED)
            yield Slip(_rounded(figure, target, figure.decimals), "misrounded", cost, figure.half_unit)
        value = _rounded(figure, target, max(USUAL_DECIMALS, figure.decimals))
        numbers_as_large = int(abs(figure.value).scaleb(figure.decimals))
        cost = _cost("recomputed", max(10 ** (2 + figure.decimals), numbers_as_large))
        yield Slip(value, "recomputed", cost, figure.half_unit)
        return
    decimals = max(figure.column_decimals, around.decimals)
    value = _rounded(figure, target, decimals)
    if not allowed.holds(value):
        value = _rounded(figure, allowed.middle, figure.column_decimals)
    if not allowed.holds(value):
        return
    half_unit = figure.half_unit_column or figure.half_unit
    if around.is_result and not around.loosely and not figure.value:
        yield Slip(value, "not_filled", _cost("not_filled"), half_unit)
    if figure.value and figure.value in around.stale:
        yield Slip(value, "stale_total", _cost("stale_total", len(around.stale)), half_unit)
    telling = len(figure.in_unit.normalize().as_tuple().digits) >= TELLING_DIGITS
    if telling and not around.loosely and figure.value in around.neighbours:
        cost = _cost("copied_neighbour", len(around.neighbours))
        yield Slip(value, "copied_neighbour", cost + _sign_cost(figure, value), half_unit)
    cost = _cost(UNEXPLAINED, _room(figure, around)) if value else _cost(UNEXPLAINED) + ZERO_COST
    yield Slip(value, UNEXPLAINED, cost + _sign_cost(figure, value), half_unit)


def _sign_cost(figure: Figure, value: Decimal) -> int:
    """What it costs that a value is negative, or gains that it no longer is."""
    if figure.measure in MAY_BE_NEGATIVE or (value < 0) == (figure.value < 0):
        return 0
    return NEGATIVE_COST if value < 0 else -NEGATIVE_COST


def _room(figure: Figure, around: Surroundings) -> int:
    """Of how many numbers that might as well be printed one fits: all of that length, but for those in `likely`."""
    if around.is_open:
        return 1
    if not around.loosely:
        return int(10 ** max(around.digits, figure_length(figure, figure.column_decimals)))
    width = around.likely.hi - around.likely.lo
    return max(1, int(abs(around.likely.middle) / width)) if width else int(10**around.digits)


def figure_length(figure: Figure, decimals: int) -> int:
    """How many digits a figure has with so many decimals."""
    text = f"{abs(figure.in_unit):.{decimals}f}"
    return max(1, len(text.replace(".", "").lstrip("0")))


def _cost(kind: str, ways: int = 1) -> int:
    """What a slip costs that could have led to so many numbers just as well."""
    return BASE_COSTS[kind] + round(10 * log10(max(1, ways)))


def _rounded(figure: Figure, value: Decimal, decimals: int) -> Decimal:
    return (value / figure.factor).quantize(Decimal(1).scaleb(-decimals)) * figure.factor


def _slips_of(figure: Figure, decimals: int) -> Iterable[tuple[Decimal, str, int, Decimal]]:
    """Every figure from which one slip makes the printed one: value, slip, cost, and half of its last place.

    `decimals` is the most that its neighbours have.
    """
    number, factor = figure.in_unit, figure.factor
    customary = _customary(figure, decimals)
    too_many = max(0, figure.decimals - customary) * UNUSUAL_COST
    if number:
        for move in _POINT_MOVES:
            # a point that moves leaves the digits as they are
            after = figure.decimals - move
            if after >= 0:
                unusual = max(0, after - customary) if after or not customary else 2
                cost = _cost("decimal_point", len(_POINT_MOVES) // 2) + unusual * UNUSUAL_COST
                yield number.scaleb(move) * factor, "decimal_point", cost, figure.half_unit.scaleb(move)
        for move in _unit_moves(figure):
            if abs(number).scaleb(move) >= LEAST_MOVED:
                half = max(figure.half_unit.scaleb(move), numbers.half_unit(customary) * factor)
                yield number.scaleb(move) * factor, "unit", _cost("unit"), half
        turned = "direction" if figure.in_words else "sign"
        yield -number * factor, turned, _cost(turned) + too_many, figure.half_unit
    for digits, kind, ways in _digit_slips(f"{abs(number):.{figure.column_decimals}f}"):
        value = Decimal(digits)
        yield (value if number >= 0 else -value) * factor, kind, _cost(kind, ways) + too_many, figure.half_unit


def _customary(figure: Figure, decimals: int) -> int:
    """How many decimals figures have where this one stands: those around it, or else those of its column."""
    if decimals and figure.is_amount:
        return decimals
    return decimals_at(figure.half_unit_column or figure.half_unit, figure.factor)


def _unit_moves(figure: Figure) -> tuple[int, ...]:
    """Yuan printed among ten thousands of them are too many, ten thousands of yuan among yuan too few."""
    return {1: (4,), YUAN_PER["万元"]: (-4,)}.get(figure.factor, ()) if figure.is_amount else ()


def _digit_slips(text: str) -> Iterable[tuple[str, str, int]]:
    """The numbers that a slip in one digit or two turns into this one, with how many others it could have become."""
    places = [i for i, c in enumerate(text) if c.isdigit()]
    for i in places:
        for d in "0123456789":
            if d != text[i] and not (d == "0" and i == 0 and text[1:2].isdigit()):
                yield text[:i] + d + text[i + 1 :], "one_digit", 9 * len(places)
    for i, j in pairwise(places):
        if text[i] != text[j] and not (i == 0 and text[j] == "0" and j == 1):
            swapped = list(text)
            swapped[i], swapped[j] = swapped[j], swapped[i]
            yield "".join(swapped), "swapped_digits", len(places) - 1
    whole = text.partition(".")[0]
    for i in range(len(whole) + 1):
        for d in "0123456789":
            if not (d == "0" and i == 0):
                yield text[:i] + d + text[i:], "missing_digit", len(whole) + 1
    if len(whole) > 1:
        for i in range(len(whole)):
            rest = text[:i] + text[i + 1 :]
            if whole[i] in (whole[i - 1 : i], whole[i + 1 : i + 2]):
                yield rest, "doubled_digit", len(whole) - 1
            else:
                yield rest, "extra_digit", 10 * len(whole)
