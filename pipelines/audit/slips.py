"""The slips of the pen that turn one figure into another, the likelier the cheaper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from pipelines.audit.equations import Figure
from pipelines.audit.judge import TWICE_ROUNDED
from pipelines.core.interval import Interval
from pipelines.core.numbers import half_unit

COSTS = {
    "decimal_point": 1,
    "unit": 1,
    "misrounded": 1,
    "one_digit": 2,
    "swapped_digits": 2,
    "sign": 2,
    "missing_digit": 3,
    "extra_digit": 3,
    "not_filled": 3,
    "stale_total": 3,
    "copied_neighbour": 4,
    "recomputed": 5,
    "other": 9,
}
"""How unlikely each slip is, in ranks: a lower cost is believed before a higher one."""

LABELS = {
    "decimal_point": ("小数点错位", "the decimal point moved"),
    "unit": ("元与万元混用", "yuan and 10,000 yuan confused"),
    "misrounded": ("末位取舍有误", "misrounded"),
    "one_digit": ("错了一位数字", "one digit"),
    "swapped_digits": ("相邻两位数字颠倒", "two digits swapped"),
    "sign": ("正负号错误", "the sign"),
    "missing_digit": ("漏了一位数字", "a digit dropped"),
    "extra_digit": ("多了一位数字", "a digit too many"),
    "not_filled": ("合计未填（为零）", "a total left at zero"),
    "stale_total": ("合计漏加了一项", "a total without one of its parts"),
    "copied_neighbour": ("抄成了相邻的数", "copied from a neighbour"),
    "recomputed": ("比率未按表内数字计算", "a rate not computed from its figures"),
    "other": ("", ""),
}
"""What each slip is called, in Chinese and in English."""

_FALSE_BY_CHANCE = frozenset({"one_digit", "swapped_digits", "missing_digit", "extra_digit"})
_CHANCE_COST = 3
MISROUNDED = 4
"""A percentage off by no more than this many half units was computed right and rounded wrong."""
TELLING_DIGITS = 3
NARROW = Decimal("0.004")
"""A value known to within this share of itself leaves little room for a slip by chance."""
_POINT_MOVES = (-3, -2, -1, 1, 2, 3)
_UNIT_MOVES = (-4, 4)


@dataclass(frozen=True, slots=True)
class Slip:
    """A value that a figure should have had, and the slip that explains what is printed instead.

    `by_chance` says that so many values would do that some slip or other leads to one of them.
    """

    value: Decimal
    kind: str
    cost: int
    by_chance: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the likelihood of a slip depends on besides the figure: where it stands in the equations it breaks.

    `decimals` is the most that any of their figures has, `neighbours` are the other figures' values, `stale` the sums
    with one part left out; `loosely` says that no sum binds the value, only percentages or bounds, which leave room
    for many a slip by chance (`is_open`: only bounds). A slip is sought in `likely`, what is allowed if all other
    figures are exact.
    """

    is_result: bool
    is_rate: bool
    loosely: bool
    is_open: bool
    likely: Interval
    decimals: int = 0
    neighbours: frozenset[Decimal] = frozenset()
    stale: frozenset[Decimal] = frozenset()

    @property
    def is_narrow(self) -> bool:
        """Whether the likely values are so close to each other that a slip among them is hardly chance."""
        return self.likely.hi - self.likely.lo <= abs(self.likely.middle) * NARROW


def likeliest(figure: Figure, allowed: Interval, target: Decimal, around: Surroundings) -> Slip | None:
    """The likeliest way in which a figure that should lie in `allowed`, best at `target`, became what is printed.

    None where no figure of the printed precision lies in `allowed`.
    """
    target, allowed, around = _in_print(figure, allowed, target, around)
    # a percentage that is the result is right where it rounds to what its figures give
    right = (
        Interval.around(target, figure.half_unit * TWICE_ROUNDED)
        if around.is_rate and around.is_result
        else around.likely
    )
    found = [
        _slip(value, kind, _is_chance(kind, around, value == target), meets=around.loosely or value == target)
        for value, kind in _slips_of(figure)
        if value != figure.value
        and right.holds(value)
        and _is_printable(figure, value)
        and (around.loosely or value == target or _is_telling(figure))
    ]
    best = min(found, key=lambda s: (s.cost, abs(s.value - target), s.value), default=None)
    plain = _plain(figure, allowed, target, around)
    options = [s for s in (best, plain) if s is not None]
    return min(options, key=lambda s: s.cost, default=None)


def _in_print(
    figure: Figure, allowed: Interval, target: Decimal, around: Surroundings
) -> tuple[Decimal, Interval, Surroundings]:
    """The same with the target as the figure would be printed, where the others are printed finer than it can be: an
    amount in 万元 that should be 561,240.00 yuan is 56.12."""
    decimals = max(figure.column_decimals, around.decimals)
    value, half = _rounded(figure, target, decimals), half_unit(decimals) * figure.factor
    if around.is_rate or allowed.holds(value) or not Interval.around(value, half).meets(allowed):
        return target, allowed, around
    return value, _wider(allowed, half), replace(around, likely=_wider(around.likely, half))


def _wider(interval: Interval, half: Decimal) -> Interval:
    return Interval(interval.lo - half, interval.hi + half)


def _plain(figure: Figure, allowed: Interval, target: Decimal, around: Surroundings) -> Slip | None:
    if around.is_rate and around.is_result:
        if abs(target - figure.value) <= MISROUNDED * figure.half_unit:
            # whole percent are so far apart that other slips come as near
            cost = COSTS["misrounded"] + (0 if figure.decimals else 1)
            return Slip(_rounded(figure, target, figure.decimals), "misrounded", cost)
        return Slip(_rounded(figure, target, max(2, figure.decimals)), "recomputed", COSTS["recomputed"])
    value = _rounded(figure, target, max(figure.column_decimals, around.decimals))
    if not allowed.holds(value):
        value = _rounded(figure, allowed.middle, figure.column_decimals)
    if not allowed.holds(value) or value == figure.value:
        return None
    kind = "other"
    if around.is_result and not around.loosely and not figure.value:
        kind = "not_filled"
    elif figure.value and figure.value in around.stale:
        kind = "stale_total"
    elif figure.value and not around.loosely and figure.value in around.neighbours:
        kind = "copied_neighbour"
    return Slip(value, kind, COSTS[kind])


def _is_telling(figure: Figure) -> bool:
    """Whether a figure has enough digits for a slip that does not quite meet the sum to be more than chance."""
    return len(figure.in_unit.normalize().as_tuple().digits) >= TELLING_DIGITS


def _is_printable(figure: Figure, value: Decimal) -> bool:
    """Whether a value has no more decimals than the figure's column."""
    exponent = (value / figure.factor).normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= figure.column_decimals


def _slip(value: Decimal, kind: str, by_chance: bool, meets: bool) -> Slip:
    return Slip(value, kind, COSTS[kind] + (_CHANCE_COST if by_chance or not meets else 0), by_chance)


def _is_chance(kind: str, around: Surroundings, exact: bool) -> bool:
    """Whether a slip may fit by chance: only a bound, or widely a percentage, binds it, and it does not fit exactly."""
    if exact or not around.loosely or (around.is_rate and around.is_result):
        return False
    return around.is_open or (kind in _FALSE_BY_CHANCE and not around.is_narrow)


def _rounded(figure: Figure, value: Decimal, decimals: int) -> Decimal:
    return (value / figure.factor).quantize(Decimal(1).scaleb(-decimals)) * figure.factor


def _slips_of(figure: Figure) -> Iterable[tuple[Decimal, str]]:
    """Every figure from which one slip makes the printed one, each with its slip."""
    number, factor = figure.in_unit, figure.factor
    if not number:
        return
    for kind, moves in (("decimal_point", _POINT_MOVES), ("unit", _UNIT_MOVES)):
        for move in moves:
            yield number.scaleb(move) * factor, kind
    yield -number * factor, "sign"
    for digits, kind in _digit_slips(f"{abs(number):.{figure.column_decimals}f}"):
        value = Decimal(digits)
        yield (value if number > 0 else -value) * factor, kind


def _digit_slips(text: str) -> Iterable[tuple[str, str]]:
    places = [i for i, c in enumerate(text) if c.isdigit()]
    for i in places:
        for d in "0123456789":
            if d != text[i] and not (d == "0" and i == 0 and text[1:2].isdigit()):
                yield text[:i] + d + text[i + 1 :], "one_digit"
    for i, j in pairwise(places):
        if text[i] != text[j]:
            swapped = list(text)
            swapped[i], swapped[j] = swapped[j], swapped[i]
            yield "".join(swapped), "swapped_digits"
    whole = text.partition(".")[0]
    for i in range(len(whole) + 1):
        for d in "0123456789":
            yield text[:i] + d + text[i:], "missing_digit"
    if len(whole) > 1:
        for i in range(len(whole)):
            yield text[:i] + text[i + 1 :], "extra_digit"
