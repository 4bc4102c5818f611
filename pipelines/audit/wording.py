"""Readable equations and the fields that message templates may use, in Chinese and in English.

Fields: {subject}, {reported} (the stated result as printed), {expected} (what its figures give), {difference},
{equation}, {result_label}, {base_label} (the first denominator), {named} (the one that the report names), {fits} and
{fits_equation} (the reading that fits), {figures} (the figures as printed), {quote} (the words of the places that a
flag points at); each also with `_en`. A flag may give words of its own.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from pipelines.audit.checks import Check
from pipelines.audit.equations import Figure, Reading, Term
from pipelines.audit.judge import Verdict, as_printed, computed
from pipelines.core.numbers import NUMBER
from pipelines.core.traced import halfwidth, squeeze

LANGUAGES = ("zh", "en")
MOST_LABELLED = 6
_OPEN, _CLOSE = {"zh": "（", "en": " ("}, {"zh": "）", "en": ")"}


@dataclass(frozen=True, slots=True)
class Said:
    """What a report says around a figure: its subject, fund source and origin tell it from its neighbours."""

    subject: str
    measure: str
    fund_source: str
    origin: str = ""


@lru_cache(maxsize=1)
def names() -> dict[str, tuple[str, str]]:
    """Measures and fund sources by their key, in Chinese and in English."""
    text = (files("pipelines.vocab") / "names.csv").read_text(encoding="utf-8")
    return {row["key"]: (row["zh"], row["en"]) for row in csv.DictReader(text.splitlines())}


def name(key: str, language: str) -> str:
    """A measure's or fund source's name, the key itself where it has none."""
    return names().get(key, (key, key))[LANGUAGES.index(language)]


def printed(figure: Figure) -> str:
    """The number of a figure as printed, without unit and white space; what words make negative gets its sign."""
    text = halfwidth(squeeze(figure.printed))
    match = NUMBER.search(text)
    if match is None:
        return plain(figure.in_unit)
    number = match[0].lstrip("-－−＋+—﹣")
    return f"-{number}" if figure.value < 0 else number


def with_unit(number: str, figure: Figure, *, rate: bool = False) -> str:
    """A number with the figure's unit."""
    return f"{number}{'%' if rate else (figure.unit or '') if figure.is_amount or figure.unit == '%' else ''}"


def plain(value: Decimal) -> str:
    """A number without trailing zeros and without exponent."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def like(value: Decimal, figures: Sequence[Figure]) -> str:
    """A number with thousands separators where one of the figures is printed with them."""
    text = plain(value)
    if not any("," in printed(f) for f in figures):
        return text
    whole, dot, decimals = text.partition(".")
    return f"{int(whole):,}{dot}{decimals}" if whole not in ("", "-0") else text


def percent(value: Decimal) -> str:
    """A percentage to two places."""
    return plain(value.quantize(Decimal("0.01")))


def equation(
    reading: Reading, said: dict[str, Said], language: str, *, agrees: bool = False, short: bool = False
) -> str:
    """A reading with its figures as printed: what it computes, and the result that is printed.

    `short` tells many parts by their number only.
    """
    result = reading.result
    if result is None or result.figure is None or not reading.complete:
        return " ".join(printed(f) for f in reading.figures)
    labels = _labels(reading, said, language)
    unit = _common_unit(reading)
    left = _side(reading.left, labels, unit)
    if short and len(reading.left) > MOST_LABELLED:
        left = f"{len(reading.left)}项之和" if language == "zh" else f"the sum of {len(reading.left)} items"
    gives = computed(reading, as_printed)
    stated = _side((result,), labels, unit)
    if reading.is_ratio:
        base = _side(reading.base, labels, unit)
        value = f" = {percent(gives.lo)}%" if gives else ""
        relation = "≈" if agrees else "≠"
        return f"{_grouped(left, reading.left)} ÷ {_grouped(base, reading.base)}{value} {relation} {stated}%"
    assert gives is not None
    total = like(gives.lo / result.figure.factor, reading.figures)
    relation = ">" if reading.is_open else "≠"
    body = f"{left} = {total} {relation} {stated}" if len(reading.left) > 1 else f"{left} {relation} {stated}"
    return body + (f"{_OPEN[language]}{unit}{_CLOSE[language]}" if unit else "")


def fields(verdict: Verdict, check: Check, said: dict[str, Said]) -> dict[str, str]:
    """Everything that the message templates of a check may say of a verdict."""
    named = verdict.equation.named
    out = {"subject": verdict.equation.subject, **verdict.equation.named.words}
    for language in LANGUAGES:
        end = "" if language == "zh" else "_en"
        for key, text in _of_language(verdict, named, check, said, language).items():
            out[key + end] = text
    return out


def _of_language(
    verdict: Verdict, named: Reading, check: Check, said: dict[str, Said], language: str
) -> dict[str, str]:
    out = {
        "equation": equation(named, said, language, short=True),
        "full_equation": equation(named, said, language),
        "figures": "、".join(dict.fromkeys(printed(f) for f in named.figures)),
        "reported": "",
        "result_label": "",
        "expected": "",
        "difference": "",
        "base_label": name(named.base[0].figure.measure, language) if named.base and named.base[0].figure else "",
        "named": "",
        "fits": "",
        "fits_equation": "",
    }
    out["named"] = out["base_label"]
    result = named.result.figure if named.result else None
    if result is not None:
        out["reported"] = with_unit(printed(result), result, rate=named.is_ratio)
        out["result_label"] = name(result.measure, language)
    if result is not None and verdict.expected is not None and verdict.difference is not None:
        if named.is_ratio:
            out["expected"] = f"{percent(verdict.expected)}%"
            out["difference"] = percent(abs(verdict.difference))
        else:
            out["expected"] = with_unit(like(verdict.expected / result.factor, named.figures), result)
            out["difference"] = with_unit(like(abs(verdict.difference) / result.factor, named.figures), result)
    if verdict.explained:
        out["fits"] = check.readings[verdict.reading.name][LANGUAGES.index(language)]
        out["fits_equation"] = equation(verdict.reading, said, language, agrees=True)
    return out


def _labels(reading: Reading, said: dict[str, Said], language: str) -> dict[str, str]:
    """What tells the terms apart: their measures, else their subjects, else their fund sources."""
    ids = [t.fact_id for t in reading.terms if t.fact_id in said]
    if len(reading.left) > MOST_LABELLED:
        return {}
    if reading.kind == "same" and any(said[i].origin == "narrative" for i in ids if i):
        return _of_mentions([i for i in ids if i], said, language)
    for tell in (
        lambda s: name(s.measure, language),
        lambda s: name(s.fund_source, language),
        lambda s: s.subject,
    ):
        labels = {i: tell(said[i]) for i in ids if i}
        if len(set(labels.values())) == len(reading.terms):
            return labels
    return {i: name(said[i].measure, language) for i in ids if i} if reading.is_ratio else {}


def _of_mentions(ids: list[str], said: dict[str, Said], language: str) -> dict[str, str]:
    """Two mentions of one figure by where they stand: in a table and in the text, or in two places of the text."""
    both = all(said[i].origin == "narrative" for i in ids)
    keys = ("earlier", "later") if both else tuple(said[i].origin for i in ids)
    return dict(zip(ids, (name(key, language) for key in keys), strict=False))


def _side(terms: tuple[Term, ...], labels: dict[str, str], common_unit: str | None) -> str:
    out = ""
    for term in terms:
        assert term.figure is not None
        number = printed(term.figure)
        if common_unit is None and term.figure.is_amount:
            number += term.figure.unit or ""
        label = labels.get(term.fact_id or "", "")
        sign = "-" if term.weight < 0 else "+"
        body = f"{label} {number}".strip()
        out = f"{out} {sign} {body}" if out else (f"-{body}" if sign == "-" else body)
    return out


def _grouped(text: str, terms: tuple[Term, ...]) -> str:
    return f"({text})" if len(terms) > 1 else text


def _common_unit(reading: Reading) -> str | None:
    """The unit of all amounts, empty where there are none, None where they differ."""
    amounts = [f for f in reading.figures if f.is_amount]
    if len({f.factor for f in amounts}) > 1:
        return None
    return max((f.unit or "" for f in amounts), key=len, default="")
