"""Text to figure: value, unit, printed precision and comparator, or None where the text is not a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pipelines.core.traced import halfwidth, squeeze

YUAN_PER = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "万": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
    "亿": Decimal(100_000_000),
}
"""Yuan in one of each amount unit."""

_DIGITS = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
NUMBER = re.compile(rf"[-+－−＋—﹣]?\s*(?:{_DIGITS})")
"""A printed number, thousands separators and sign included, on half-width text without white space."""

_COMPARATORS = {
    "≥": ">=",
    "＞=": ">=",
    ">=": ">=",
    "不低于": ">=",
    "不少于": ">=",
    "不小于": ">=",
    "至少": ">=",
    "大于等于": ">=",
    "大于或等于": ">=",
    "高于或等于": ">=",
    "≤": "<=",
    "<=": "<=",
    "不超过": "<=",
    "不高于": "<=",
    "不大于": "<=",
    "小于等于": "<=",
    "小于或等于": "<=",
    "至多": "<=",
    ">": ">",
    "大于": ">",
    "超过": ">",
    "高于": ">",
    "<": "<",
    "小于": "<",
    "低于": "<",
    "约": "~",
    "大约": "~",
    "近": "~",
    "左右": "~",
    "=": "=",
    "达到": "=",
    "达": "=",
}
_SUFFIXES = {"以上": ">=", "及以上": ">=", "以下": "<=", "及以下": "<=", "以内": "<=", "左右": "~", "余": ">="}
_BEFORE = "|".join(sorted(map(re.escape, _COMPARATORS), key=len, reverse=True))
_AFTER = "|".join(sorted(_SUFFIXES, key=len, reverse=True))
_UNIT = r"%|‰|[^\d\s.,;:()（）%，。；：、+\-=≥≤<>]{1,8}(?:/[^\d\s()（）]{1,6}){0,3}"
_FIGURE = re.compile(
    rf"^(?P<qualifier>[^\d()（）.≥≤<>=+\-]{{0,12}}?)(?P<cmp>{_BEFORE})?(?P<sign>[-+])?(?P<number>{_DIGITS})"
    rf"(?P<tail>余|多)?(?P<unit>{_UNIT})?(?:[(（](?P<bracket>{_DIGITS})(?P<bunit>{_UNIT})?[)）](?P<unit2>{_UNIT})?)?"
    rf"(?P<suffix>{_AFTER})?$"
)
_DASHES = frozenset("-－—–―─/／\\＼*")
_BLANK_WORDS = frozenset({"无", "空", "不适用", "N/A", "n/a", "NA"})
_CN_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_CN_UNIT = {"十": 10, "百": 100, "千": 1000}
_CN_NUMERAL = re.compile(r"^([零〇一二两兩三四五六七八九十百千万亿]+)(个|人|次|家|户|项|张|名|套|件|所|%)?$")
# A space inside digits parts numbers; a line end may break one.
_SEVERAL = re.compile(r"\d[ \t\u3000\u00a0\u2000-\u200a\u202f]+\d")
_NOT_UNITS = re.compile(r"^(?:月|号|日|年|时|点|[号日]前)|[前后]$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure. `half_unit` is half of its last printed place, in its own unit.

    `comparator` is one of `=`, `>=`, `<=`, `>`, `<`, `~`. `bracket` is the second figure of `42（3）`.
    `qualifier` holds the words before it (`计划拨付` in `计划拨付53万元`).
    """

    value: Decimal
    unit: str | None
    decimals: int
    comparator: str = "="
    bracket: Decimal | None = None
    qualifier: str = ""

    @property
    def half_unit(self) -> Decimal:
        """Half of the last printed place."""
        return half_unit(self.decimals)

    @property
    def yuan_factor(self) -> Decimal | None:
        """Yuan in one of this figure's unit, None where the unit is not an amount."""
        return YUAN_PER.get(self.unit or "")


def half_unit(decimals: int) -> Decimal:
    """Half of the last place of a number printed with so many decimals."""
    return Decimal(5).scaleb(-decimals - 1)


def clean_number(text: str) -> Decimal | None:
    """A bare printed number (`6856. 91`, `1,234.5`, `－133`, `(12.3)`) as Decimal, None if it is anything else."""
    if _is_row_of_numbers(text):
        return None
    t = _normal(text)
    if re.fullmatch(rf"[(（](?:{_DIGITS})[)）]", t):
        return None if "." not in t else -_decimal(t[1:-1])
    m = re.fullmatch(rf"([-+])?({_DIGITS})", t)
    return _decimal((m[1] or "") + m[2]) if m else None


def is_blank(text: str) -> bool:
    """Whether a cell states no figure: empty, dashes, or a word that says none. A blank is never a zero."""
    t = squeeze(text)
    return not t or t in _BLANK_WORDS or set(t) <= _DASHES


def chinese_numeral(text: str) -> int | None:
    """`一百二十三` as 123, `两万` as 20000; None where the text is not a Chinese numeral."""
    total = section = digit = 0
    if not text:
        return None
    for c in text:
        if c in _CN_DIGIT:
            digit = _CN_DIGIT[c]
        elif c in _CN_UNIT:
            section += (digit or 1) * _CN_UNIT[c]
            digit = 0
        elif c == "万":
            total += (section + digit) * 10_000
            section = digit = 0
        elif c == "亿":
            total = (total + section + digit) * 100_000_000
            section = digit = 0
        else:
            return None
    return total + section + digit


def read_figure(text: str) -> Figure | None:
    """The one figure that a cell states, with its unit and comparator, or None where it states none or several.

    A date (`每月10号前`), a list, a code or a sentence is not a figure.
    """
    t = _normal(text)
    if is_blank(t) or _is_row_of_numbers(text):
        return None
    m = _FIGURE.match(t)
    if m is None:
        c = _CN_NUMERAL.match(t)
        numeral = chinese_numeral(c[1]) if c else None
        if c is None or numeral is None or (len(t) == 1 and c[2] is None):
            return None
        return Figure(Decimal(numeral), c[2], 0)
    unit = m["unit"] or m["unit2"] or m["bunit"]
    suffix = m["suffix"]
    if unit and not suffix:
        for word in sorted(_SUFFIXES, key=len, reverse=True):
            if unit.endswith(word) and unit != word:
                unit, suffix = unit.removesuffix(word), word
                break
            if unit == word:
                unit, suffix = None, word
                break
    if unit and _NOT_UNITS.search(unit):
        return None
    comparator = _COMPARATORS.get(m["cmp"] or "", "=")
    qualifier = m["qualifier"]
    if suffix:
        comparator = _SUFFIXES[suffix]
    elif m["tail"]:
        comparator = ">="
    if comparator == "=":
        for word, symbol in _COMPARATORS.items():
            if len(word) > 1 and qualifier.startswith(word):
                comparator = symbol
                break
            if qualifier.endswith(word):
                comparator, qualifier = symbol, qualifier.removesuffix(word)
                break
    number = m["number"]
    return Figure(
        value=_decimal((m["sign"] or "") + number),
        unit=unit,
        decimals=len(number.partition(".")[2]),
        comparator=comparator,
        bracket=_decimal(m["bracket"]) if m["bracket"] else None,
        qualifier=qualifier,
    )


def decimals_of(text: str) -> int:
    """How many decimals the first number in the text is printed with."""
    m = NUMBER.search(_normal(text))
    return len(m[0].partition(".")[2]) if m else 0


def _is_row_of_numbers(text: str) -> bool:
    return _SEVERAL.search(text.strip()) is not None


def _normal(text: str) -> str:
    t = halfwidth(squeeze(text)).replace("−", "-").replace("﹣", "-").replace("％", "%")
    t = t.replace("〔", "(").replace("〕", ")")
    return re.sub(r"^[—–](?=\d)", "-", t).replace("，", ",") if NUMBER.search(t) else t


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation as e:  # pragma: no cover - the patterns above admit only numbers
        raise ValueError(f"not a number: {text!r}") from e
