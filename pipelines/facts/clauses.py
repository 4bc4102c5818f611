"""A sentence as clauses: where it pauses, what stands in brackets, and where its figures are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pipelines.core.numbers import YUAN_PER
from pipelines.facts.shape_grammar import TOKEN

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_AMOUNT = re.compile(
    rf"(?<![\d.])(?P<number>-?{_NUMBER})(?P<more>余|多)?"
    r"(?P<unit>亿元|万余元|亿余元|百万元|千元|万元|元|亿(?![\u4e00-\u9fff])|万(?=[,;。、:!?)]|$|左右|以上|以内))(?!/(?!\d)|每)"
)
_RATE = re.compile(rf"(?<![\d.])(?P<number>-?{_NUMBER})%(?!以上)")
_PAIRS = {"(": ")", "“": "”", "‘": "’", "《": "》", "[": "]", "〔": "〕", "【": "】"}
_LONGEST_LEAD = 120  # characters before a figure that may announce it
_LONGEST_TAIL = 40
_DEEPEST = 8  # brackets and quotes open at once
_PAUSES = ",;。!?"
_NOTE = re.compile(r"\((?:以(?!上|下\))|不?含(?!\))|详见|上一年|下同|以下简称|单位:)")
_REASON = re.compile(r"(?:原因是|原因为|导致|使得|主要是)(?!:)")
_ABOUT = ("约", "近", "大约")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in prose; `start` and `end` are places in the squeezed half-width sentence."""

    start: int
    end: int
    kind: str
    value: Decimal
    unit: str
    decimals: int
    comparator: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two pauses. `chars` are its places in the sentence, brackets with figures of their own left
    out: those are in `inner`, with the place where each opens. `after_comma` says that a 、 stands before it."""

    chars: tuple[int, ...]
    figures: tuple[Figure, ...]
    inner: tuple[tuple[int, tuple[Clause, ...]], ...]
    after_comma: bool

    def text(self, half: str) -> str:
        """The words of the clause."""
        return "".join(half[i] for i in self.chars)

    def before(self, half: str, figure: Figure) -> tuple[str, tuple[int, ...]]:
        """The words before a figure, each earlier amount or rate as one TOKEN, and where each character stands."""
        end = bisect_left(self.chars, figure.start)
        return self._tokens(half, self.chars[max(0, end - _LONGEST_LEAD) : end])

    def after(self, half: str, figure: Figure) -> str:
        """The words after a figure, later amounts and rates as TOKENs."""
        start = bisect_left(self.chars, figure.end)
        return self._tokens(half, self.chars[start : start + _LONGEST_TAIL])[0]

    def _tokens(self, half: str, chars: Sequence[int]) -> tuple[str, tuple[int, ...]]:
        text: list[str] = []
        places: list[int] = []
        near = self.figures[slice(*self._around(chars))]
        inside = {i: f.start for f in near if f.kind != "count" for i in range(f.start, f.end)}
        for i in chars:
            start = inside.get(i)
            if start is None or start == i:
                text.append(half[i] if start is None else TOKEN)
                places.append(i)
        return "".join(text), tuple(places)

    def _around(self, chars: Sequence[int]) -> tuple[int, int]:
        if not chars:
            return 0, 0
        first = bisect_left(self.figures, chars[0], key=lambda f: f.end)
        return first, bisect_right(self.figures, chars[-1], key=lambda f: f.start)


def figures_of(half: str, count_units: Iterable[str]) -> list[Figure]:
    """Every amount of money, percentage and count in a unit of `count_units`, in reading order, none overlapping."""
    found = [_figure(m, "amount", m["unit"]) for m in _AMOUNT.finditer(half)]
    found += [_figure(m, "rate", "%") for m in _RATE.finditer(half)]
    found += [_figure(m, "count", m["unit"]) for m in _count_pattern(tuple(count_units)).finditer(half)]
    found.sort(key=lambda f: (f.start, -f.end))
    out: list[Figure] = []
    for figure in found:
        if not out or figure.start >= out[-1].end:
            out.append(figure)
    return out


@cache
def _count_pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.])(?P<number>{_NUMBER})(?P<unit>{'|'.join(map(re.escape, units))})(?!次)")


def _figure(m: re.Match[str], kind: str, unit: str) -> Figure:
    number = m["number"].replace(",", "")
    comparator = None
    if kind == "amount" and (m["more"] or "余" in unit):
        comparator, unit = ">=", unit.replace("余", "")
    elif m.string[: m.start()].endswith(_ABOUT):
        comparator = "~"
    decimals = len(number.partition(".")[2])
    return Figure(m.start(), m.end(), kind, Decimal(number), unit, decimals, comparator)


def yuan(figure: Figure) -> Decimal:
    """Yuan in one of the figure's unit."""
    return YUAN_PER[figure.unit]


def clauses_of(half: str, figures: Sequence[Figure]) -> tuple[Clause, ...]:
    """The clauses of a squeezed half-width sentence, in reading order; quotes and other brackets stay whole."""
    return _Cutter(half, figures).cut(0, len(half))


class _Cutter:
    def __init__(self, half: str, figures: Sequence[Figure]) -> None:
        self.half = half
        self.starts = {f.start: f for f in figures}
        self.ends = {f.end for f in figures}
        self.partner = _partners(half)
        self.reasons = {m.end() for m in _REASON.finditer(half)}
        money = [f.start for f in figures if f.kind != "count"]
        self.nested = {o for o, c in self.partner.items() if half[o] == "(" and any(o < start < c for start in money)}

    def cut(self, start: int, end: int) -> tuple[Clause, ...]:
        out: list[Clause] = []
        chars: list[int] = []
        figures: list[Figure] = []
        inner: list[tuple[int, tuple[Clause, ...]]] = []
        opened_by = ""

        def close(pause: str) -> None:
            nonlocal opened_by
            if chars or inner:
                out.append(Clause(tuple(chars), tuple(figures), tuple(inner), opened_by == "、"))
            chars.clear()
            figures.clear()
            inner.clear()
            opened_by = pause

        i = start
        while i < end:
            if i in self.reasons:
                close(":")
            closing = self.partner.get(i)
            closing = closing if closing is not None and closing < end else None
            if closing is not None and _NOTE.match(self.half, i):
                i = closing + 1
            elif closing is not None and i in self.nested:
                inner.append((i, self.cut(i + 1, closing)))
                i = closing + 1
            elif closing is not None:
                chars += range(i, closing + 1)
                i = closing + 1
            elif i in self.starts:
                figure = self.starts[i]
                figures.append(figure)
                chars += range(i, figure.end)
                i = figure.end
            elif self._pauses(i, bool(inner)):
                close(self.half[i])
                i += 1
            else:
                chars.append(i)
                i += 1
        close("")
        return tuple(out)

    def _pauses(self, i: int, after_bracket: bool) -> bool:
        c = self.half[i]
        if c == ":":
            return i + 1 not in self.starts and self.half[i + 1 : i + 2] not in ("≥", "≤")
        if c == "、":
            return i in self.ends or (after_bracket and self.half[i - 1] == ")")
        return c in _PAUSES


def _partners(half: str) -> dict[int, int]:
    out: dict[int, int] = {}
    waiting: list[tuple[str, int]] = []
    for i, c in enumerate(half):
        if c in _PAIRS:
            waiting.append((_PAIRS[c], i))
            continue
        for k in range(len(waiting) - 1, max(-1, len(waiting) - 1 - _DEEPEST), -1):
            if waiting[k][0] == c:
                out[waiting[k][1]] = i
                del waiting[k:]
                break
    return out
