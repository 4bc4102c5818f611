"""Slips of the pen: a printed number, and what a hurried hand makes of it; None where the number has no room for it.

Every slip keeps the way in which the number is written (thousands separators, decimals) unless that is the slip.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

_PLAIN = re.compile(r"([-－−]?)(\d[\d,]*)(?:\.(\d+))?")
LEAST_CHANGE, MOST_CHANGE = Decimal("0.02"), Decimal("0.6")
"""Of the figure: how much a part changes of which the total was not told."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed: sign, digits before and after the point, and whether thousands are parted."""

    sign: str
    whole: str
    decimals: str
    parted: bool

    @property
    def value(self) -> Decimal:
        """What it says."""
        return Decimal(f"{'-' if self.sign else ''}{self.whole}.{self.decimals or '0'}")

    @property
    def digits(self) -> str:
        """All digits in a row."""
        return self.whole + self.decimals

    def with_digits(self, digits: str, decimals: int | None = None) -> str:
        """The same number with other digits, the last `decimals` of them after the point (as many as before)."""
        after = len(self.decimals) if decimals is None else decimals
        digits = digits.rjust(after + 1, "0")
        whole, rest = (digits[:-after], digits[-after:]) if after else (digits, "")
        whole = whole.lstrip("0") or "0"
        return self.sign + (f"{int(whole):,}" if self.parted else whole) + (f".{rest}" if rest else "")


@dataclass(frozen=True, slots=True)
class Context:
    """What else is at hand when a number is written: numbers beside it, and rates over the wrong denominators.

    `factor` is yuan in one of its unit, 1 where it is no amount.
    """

    neighbours: tuple[str, ...] = ()
    wrong_rates: tuple[Decimal, ...] = ()
    factor: Decimal = Decimal(1)
    is_amount: bool = False


Slip = Callable[[Number, Context, Random], str | None]


def number_of(text: str) -> Number | None:
    """A printed number in its pieces."""
    m = _PLAIN.fullmatch(text)
    if m is None:
        return None
    return Number(m[1], m[2].replace(",", ""), m[3] or "", "," in m[2])


def one_digit(n: Number, _: Context, chance: Random) -> str | None:
    """Another digit in one place."""
    at = chance.randrange(len(n.digits))
    least = 1 if at == 0 and len(n.whole) > 1 else 0
    options = [d for d in map(str, range(least, 10)) if d != n.digits[at]]
    return n.with_digits(n.digits[:at] + chance.choice(options) + n.digits[at + 1 :])


def swapped_digits(n: Number, _: Context, chance: Random) -> str | None:
    """Two neighbouring digits change places."""
    d = n.digits
    places = [i for i in range(len(d) - 1) if d[i] != d[i + 1] and not (i == 0 and d[1] == "0" and len(n.whole) > 1)]
    if not places:
        return None
    at = chance.choice(places)
    return n.with_digits(d[:at] + d[at + 1] + d[at] + d[at + 2 :])


def dropped_point(n: Number, _: Context, __: Random) -> str | None:
    """The decimal point is lost, as recognition loses it."""
    return n.with_digits(n.digits, 0) if n.decimals and n.value else None


def moved_point(n: Number, _: Context, chance: Random) -> str | None:
    """The decimal point stands one place further on."""
    if not n.decimals or not n.value:
        return None
    return n.with_digits(n.digits, len(n.decimals) + chance.choice((-1, 1)))


def sign(n: Number, _: Context, __: Random) -> str | None:
    """A minus is put or lost."""
    printed = n.with_digits(n.digits)
    return (printed.removeprefix(n.sign) if n.sign else f"-{printed}") if n.value else None


def unit(n: Number, around: Context, _: Random) -> str | None:
    """Yuan among ten thousands of yuan, or the other way round."""
    if not around.is_amount or not n.value:
        return None
    if around.factor == 1:
        return n.with_digits(n.digits, len(n.decimals) + 4).rstrip("0").rstrip(".")
    return n.with_digits(n.digits + "0" * (4 - len(n.decimals)), 0) if len(n.decimals) <= 4 else None


def dropped_digit(n: Number, _: Context, chance: Random) -> str | None:
    """A digit before the point is left out."""
    places = [i for i in range(len(n.whole)) if not (i == 0 and n.whole[1:2] == "0")]
    if len(n.whole) < 2 or not places:
        return None
    at = chance.choice(places)
    return n.with_digits(n.digits[:at] + n.digits[at + 1 :])


def doubled_digit(n: Number, _: Context, chance: Random) -> str | None:
    """A digit before the point stands twice."""
    if not n.value or n.whole == "0":
        return None
    at = chance.randrange(len(n.whole))
    return n.with_digits(n.digits[: at + 1] + n.digits[at:])


def copied_neighbour(_: Number, around: Context, chance: Random) -> str | None:
    """The number of the cell beside it."""
    return chance.choice(around.neighbours) if around.neighbours else None


def stale_total(n: Number, _: Context, chance: Random) -> str | None:
    """A new figure of which nobody told the totals it stands in."""
    if not n.value:
        return None
    share = LEAST_CHANGE + (MOST_CHANGE - LEAST_CHANGE) * chance.randrange(1000) / 1000
    places = Decimal(1).scaleb(-len(n.decimals))
    new = (abs(n.value) * (1 + share * chance.choice((-1, 1)))).quantize(places)
    return n.with_digits("".join(c for c in f"{new}" if c.isdigit()))


def wrong_denominator(n: Number, around: Context, chance: Random) -> str | None:
    """A rate over another budget of its row."""
    if not around.wrong_rates:
        return None
    rate = chance.choice(around.wrong_rates).quantize(Decimal(1).scaleb(-len(n.decimals)))
    return f"{rate}"


SLIPS: dict[str, Slip] = {
    "one_digit": one_digit,
    "swapped_digits": swapped_digits,
    "dropped_point": dropped_point,
    "moved_point": moved_point,
    "sign": sign,
    "unit": unit,
    "dropped_digit": dropped_digit,
    "doubled_digit": doubled_digit,
    "copied_neighbour": copied_neighbour,
    "stale_total": stale_total,
    "wrong_denominator": wrong_denominator,
}
"""Name → slip."""
