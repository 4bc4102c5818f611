"""A workbook's stored number as its cell shows it: decimals, grouping, percent, scale and words of its format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: "¥#,##0",
    6: "¥#,##0",
    7: "¥#,##0.00",
    8: "¥#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "yyyy/m/d",
    16: "m/d",
    17: "yyyy/m",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    41: "#,##0",
    42: "¥#,##0",
    43: "#,##0.00",
    44: "¥#,##0.00",
    45: "mm:ss",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""Formats that a file names by number alone, as Chinese Excel and WPS show them (ECMA-376 part 1, 18.8.30)."""

NOT_A_NUMBER = "#NUM!"
"""What Excel itself shows for a number beyond its range."""

_EXACT = Context(prec=15)  # what a double holds, and what Excel shows: 0.1 + 0.2 is 0.3
_MOST_DECIMALS = Decimal("1e-9")  # of a number without a format: beyond lies the noise of sums
_TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|[_*](.)|\[([^\]]*)\]|(General|G/通用格式)|(.)', re.DOTALL | re.IGNORECASE)
_CONDITION = re.compile(r"^(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_CURRENCY = re.compile(r"^\$([^-]*)")
_SIGNS = "-+()"
_LARGEST = 20  # digits before the point; no amount has as many
_UNSHOWABLE = re.compile(r"[eE][+-]|[#?0]\s*/\s*[#?0-9]")


@dataclass(frozen=True, slots=True)
class _Section:
    """One part of a format. `tokens` are (kind, text): `d` a digit's place, `g` General, `literal`, `.` `,` `%`."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None

    @property
    def shows_digits(self) -> bool:
        return any(kind in "dg" for kind, _ in self.tokens)


def plain(value: float) -> str:
    """A number as its shortest text, without the noise of binary fractions: `0.3`, `205`, `11223.72`."""
    exact = _EXACT.create_decimal_from_float(value)
    if not exact.is_finite():
        return NOT_A_NUMBER
    if exact.adjusted() < 15 and -exact.as_tuple().exponent > 9:  # type: ignore[operator]
        exact = exact.quantize(_MOST_DECIMALS, ROUND_HALF_UP)
    text = format(exact, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def shown(value: float, code: str | None) -> str:
    """A number as a cell with that format shows it, else `plain`.

    What a format hides is not hidden here: a zero shown as a dash or as nothing is `0` with the format's decimals,
    and a negative number shown in brackets or only in red carries a minus sign.
    """
    if not code or code.lower() in ("general", "@") or _UNSHOWABLE.search(re.sub(r'"[^"]*"', "", code)):
        return plain(value)
    sections = [_section(s) for s in _split(code)]
    exact = _EXACT.create_decimal_from_float(value)
    if not exact.is_finite() or exact.adjusted() > _LARGEST:
        return plain(value)
    for section in (_chosen(sections, exact), sections[0]):
        text = _rendered(section, abs(exact)) if section.shows_digits else ""
        if re.search(r"\d", text):
            return f"-{text}" if exact < 0 and re.search(r"[1-9]", text) else text
    return plain(value)


def _split(code: str) -> list[str]:
    masked = re.sub(r'"[^"]*"|[\\!].|\[[^\]]*\]', lambda m: "x" * len(m[0]), code, flags=re.DOTALL)
    ends = [m.start() for m in re.finditer(";", masked)] + [len(code)]
    return [code[start:end] for start, end in zip([0, *(e + 1 for e in ends)], ends, strict=False)][:3]


def _section(code: str) -> _Section:
    tokens: list[tuple[str, str]] = []
    condition = None
    for quoted, escaped, _, bracket, general, other in _TOKEN.findall(code):
        if quoted or escaped:
            literal = quoted or escaped
            tokens.append(("literal", literal if literal.strip(_SIGNS) else ""))
        elif bracket:
            if m := _CONDITION.match(bracket):
                condition = (m[1], Decimal(m[2]))
            elif m := _CURRENCY.match(bracket):
                tokens.append(("literal", m[1]))
        elif general:
            tokens.append(("g", general))
        elif other in "0#?" and other:
            tokens.append(("d", other))
        elif other in ".,%":
            tokens.append((other, other))
        elif other and other not in _SIGNS + "@":
            tokens.append(("literal", other))
    return _Section(tuple(tokens), condition)


def _chosen(sections: list[_Section], value: Decimal) -> _Section:
    if any(s.condition for s in sections):
        return next((s for s in sections if s.condition is None or _holds(s.condition, value)), sections[-1])
    if len(sections) > 1 and value < 0:
        return sections[1]
    return sections[2] if len(sections) > 2 and value == 0 else sections[0]


def _holds(condition: tuple[str, Decimal], value: Decimal) -> bool:
    sign, bound = condition
    order = {"<": value < bound, ">": value > bound, "=": value == bound}
    return not order["="] if sign == "<>" else any(order[c] for c in sign)


def _rendered(section: _Section, value: Decimal) -> str:
    kinds = [kind for kind, _ in section.tokens]
    if "d" not in kinds:
        return "".join(plain(float(value)) if k == "g" else t for k, t in section.tokens if k not in ".,").strip()
    point = kinds.index(".") if "." in kinds else len(kinds)
    places = [i for i, k in enumerate(kinds) if k == "d"]
    last_whole = max((i for i in places if i < point), default=-1)
    commas = [i for i, k in enumerate(kinds) if k == ","]
    grouped = any(places[0] < i < last_whole for i in commas)
    thousands = sum(last_whole < i < point or i > places[-1] for i in commas)
    decimals = sum(i > point for i in places)
    scaled = value.scaleb(2 * kinds.count("%") - 3 * thousands)
    whole, _, fraction = format(scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), "f").partition(".")
    integer = _integer(section.tokens[:point], whole, grouped)
    return (integer + _fraction(section.tokens[point:], fraction)).strip()


def _integer(tokens: tuple[tuple[str, str], ...], whole: str, grouped: bool) -> str:
    """The digits put into their places from the right, literals between them kept (`0!.0` makes 12 into 1.2)."""
    places = sum(k == "d" for k, _ in tokens)
    least = sum(t == "0" for k, t in tokens if k == "d")
    digits = whole.lstrip("0").rjust(least, "0")
    if grouped:
        digits = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", digits)
        return "".join(t for t in _around(tokens, digits) if t)
    out, left = [], places
    for kind, text in tokens:
        if kind != "d":
            out.append("" if kind == "," else text)
            continue
        cut = len(digits) - left + 1
        taken, digits = (digits[:cut], digits[cut:]) if cut > 0 else ("", digits)
        out.append(taken)
        left -= 1
    return "".join(out)


def _around(tokens: tuple[tuple[str, str], ...], digits: str) -> list[str]:
    first = next(i for i, (k, _) in enumerate(tokens) if k == "d")
    before = [t for k, t in tokens[:first] if k not in ",d"]
    return [*before, digits, *(t for k, t in tokens[first:] if k not in ",d")]


def _fraction(tokens: tuple[tuple[str, str], ...], digits: str) -> str:
    optional = [t for k, t in tokens if k == "d"]
    while digits and optional and optional[-1] != "0" and digits.endswith("0"):
        digits, optional = digits[:-1], optional[:-1]
    out, left = [], list(digits)
    for kind, text in tokens:
        if kind == "d":
            out.append(left.pop(0) if left else "")
        elif kind == ".":
            out.append("." if digits else "")
        elif kind != ",":
            out.append(text)
    return "".join(out)
