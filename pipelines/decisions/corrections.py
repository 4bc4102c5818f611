"""Corrections of figures: which printed figures a person corrected or confirmed, and which decisions fit no figure.

A correction names the bytes of the file, the place (a cell, or a span of the text) and what was printed there. It
applies to the figures read from just that place with just that text; where there are none it is stale, and says why.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipelines.core.numbers import YUAN_PER, clean_number, decimals_of, half_unit
from pipelines.core.traced import halfwidth, squeeze
from pipelines.decisions.table import Row

CONFIRMED = "confirmed as printed"
CONFIRMATIONS = frozenset({CONFIRMED, "确认无误", "原文如此"})
STATES = ("corrected", "confirmed", "stale", "superseded", "invalid")
"""What became of a correction: the figure has another value, is confirmed, or the decision applies to nothing."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TAIL = re.compile(r"[%％]$|(?:万|亿|千|百万)?元$|[万亿]$")

Fact = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction in form: of a cell (`cell` is table_no, row_no, col_no), else of a `span` of the text.

    `value` is the corrected number in the printed unit, None where the figure is confirmed.
    """

    row: Row
    sha256: str
    cell: tuple[int, int, int] | None
    span: tuple[int, int] | None
    printed: str
    value: Decimal | None
    decimals: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """A figure that a decision applies to, with its values after it: `amount_yuan` and `value` as in core.facts."""

    sha256: str
    fact_no: int
    decision_no: int
    is_confirmed: bool
    amount_yuan: Decimal | None
    value: Decimal | None
    half_unit: Decimal | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one correction (`number` is its place among all): a state of STATES, and why (Chinese)."""

    number: int
    row: Row
    state: str
    why: str | None = None


def understood(row: Row) -> Correction | str:
    """A correction in form, or what is wrong with it (Chinese)."""
    v = row.values
    if not _SHA256.fullmatch(v["sha256"].lower()):
        return "sha256 应为文件内容的 64 位十六进制散列"
    cell, span = (_whole(v, "table_no", "row_no", "col_no"), _whole(v, "char_start", "char_end"))
    if (cell is None) == (span is None):
        return "应写明一个位置：table_no、row_no、col_no，或者 char_start、char_end，均为非负整数"
    if not v["printed"]:
        return "printed 应写明作出决定时该处印的是什么"
    if not v["reason"] or not v["decided_by"]:
        return "reason 与 decided_by 不能空着"
    if not _is_day(v["decided_on"]):
        return "decided_on 应为日期，例如 2025-03-01"
    value = None if v["corrected"] in CONFIRMATIONS else clean_number(_TAIL.sub("", halfwidth(squeeze(v["corrected"]))))
    if value is None and v["corrected"] not in CONFIRMATIONS:
        return f"corrected 应为与原文同一单位的数，或“{CONFIRMED}”"
    return Correction(
        row,
        v["sha256"].lower(),
        (cell[0], cell[1], cell[2]) if cell else None,
        (span[0], span[1]) if span else None,
        v["printed"],
        value,
        decimals_of(v["corrected"]) if value is not None else 0,
    )


def applied(rows: Sequence[Row], files: Iterable[str], facts: Iterable[Fact]) -> tuple[list[Outcome], list[Corrected]]:
    """What becomes of each correction, in the order given, and the figures that have another value or are confirmed.

    `files` are the hashes of the files that were read, `facts` the figures of the files that corrections name. Of
    several decisions about one figure the latest counts, of one day the last written.
    """
    there = set(files)
    at_place: dict[tuple[Any, ...], list[Fact]] = {}
    for fact in facts:
        for place in _places(fact):
            at_place.setdefault(place, []).append(fact)
    outcomes: dict[int, Outcome] = {}
    holds: dict[tuple[str, int], tuple[int, Correction, Fact]] = {}
    taken: dict[int, int] = {}
    stated = [(n, row, understood(row)) for n, row in enumerate(rows, 1)]
    for number, row, correction in sorted(stated, key=lambda s: (s[1].values["decided_on"], s[0])):
        if isinstance(correction, str):
            outcomes[number] = Outcome(number, row, "invalid", correction)
            continue
        found = at_place.get((correction.sha256, correction.cell or correction.span), [])
        meant = [f for f in found if squeeze(f["as_printed"] or "") == squeeze(correction.printed)]
        if not meant:
            outcomes[number] = Outcome(number, row, "stale", _why_stale(correction, there, found))
            continue
        outcomes[number] = Outcome(number, row, "confirmed" if correction.value is None else "corrected")
        for fact in meant:
            key = (fact["sha256"], fact["fact_no"])
            if key in holds:
                taken[holds[key][0]] = number
            holds[key] = (number, correction, fact)
    for number, by in taken.items():
        if all(n != number for n, _, _ in holds.values()):
            why = f"已被第 {by} 项决定取代"
            outcomes[number] = Outcome(number, outcomes[number].row, "superseded", why)
    corrected = [_corrected(number, correction, fact) for number, correction, fact in holds.values()]
    return [outcomes[n] for n in sorted(outcomes)], sorted(corrected, key=lambda c: (c.sha256, c.fact_no))


def _places(fact: Fact) -> list[tuple[Any, ...]]:
    if fact["table_no"] is not None and fact["row_no"] is not None:
        return [(fact["sha256"], (fact["table_no"], fact["row_no"], fact["col_no"]))]
    return [(fact["sha256"], (fact["char_start"], fact["char_end"]))]


def _why_stale(correction: Correction, there: set[str], found: Sequence[Fact]) -> str:
    if correction.sha256 not in there:
        return "没有内容与此相同的文件：报告已更换或撤回"
    if not found:
        return "该处没有读到数"
    printed = "、".join(dict.fromkeys(str(f["as_printed"]) for f in found))
    return f"该处现在读作“{printed}”，与作出决定时不同"


def _corrected(number: int, correction: Correction, fact: Fact) -> Corrected:
    if correction.value is None:
        return Corrected(
            fact["sha256"], fact["fact_no"], number, True, fact["amount_yuan"], fact["value"], fact["half_unit"]
        )
    is_amount = fact["amount_yuan"] is not None
    factor = YUAN_PER.get(fact["unit"] or "", Decimal(1)) if is_amount else Decimal(1)
    # what words make negative (“减少”) is corrected by its amount, as it is printed
    unsigned = correction.value >= 0 and not re.search(r"[-－−﹣]", fact["as_printed"])
    sign = -1 if (fact["amount_yuan"] or fact["value"] or 0) < 0 and unsigned else 1
    value = correction.value * sign * factor
    half = half_unit(correction.decimals) * factor
    return Corrected(
        fact["sha256"],
        fact["fact_no"],
        number,
        False,
        value if is_amount else None,
        None if is_amount else value,
        half,
    )


def _whole(values: Mapping[str, str], *names: str) -> tuple[int, ...] | None:
    texts = [values[n] for n in names]
    return tuple(int(t) for t in texts) if all(t.isascii() and t.isdigit() for t in texts) else None


def _is_day(text: str) -> bool:
    try:
        return bool(dt.date.fromisoformat(text))
    except ValueError:
        return False
