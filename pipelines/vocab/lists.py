"""The vocabulary's CSV lists as typed rows, each read once."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

_BETWEEN = "|"


_CLASS_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Programme:
    """A canonical programme.

    `parent` is the wider programme it is part of; `kind` is `benefit`, `service`, `administration`, `operation` or
    `fund`; `work_cost` is the programme that bears the cost of administering it. An alias that begins with `=` names
    the programme only as a whole subject, never inside a longer one.
    """

    programme: str
    programme_zh: str
    parent: str | None
    kind: str
    work_cost: str | None
    aliases: tuple[str, ...]
    functional_codes: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ProgrammeRule:
    """A word with a part in linking: `suffix`, `work`, `join`, `aside` or `mask` (see `facts/subjects.py`)."""

    rule: str
    word: str
    source: str


@dataclass(frozen=True, slots=True)
class Code:
    """A functional or economic classification code under one of its names.

    `level` is `class`, `section` or `item`. A name is in use from `valid_from` to `valid_to`, both included; None is no
    known limit within the years 2018 to 2026. Where the year of a renaming is not established, the ranges overlap.
    """

    code: str
    name: str
    level: str
    parent: str | None
    valid_from: int | None
    valid_to: int | None
    source: str

    def in_use(self, year: int) -> bool:
        """Whether the name belongs to the code in that year's classification."""
        return (self.valid_from or year) <= year <= (self.valid_to or year)


@dataclass(frozen=True, slots=True)
class District:
    """A row of GB/T 2260. A province has no `city`, a city no `district`; `valid_to` is the year it was abolished."""

    code: str
    province: str
    city: str | None
    district: str | None
    aliases: tuple[str, ...]
    valid_to: int | None
    source: str

    @property
    def name(self) -> str:
        """The name of the place itself."""
        return self.district or self.city or self.province


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement: one of it is `factor` of `base`."""

    unit: str
    kind: str
    base: str
    factor: Decimal
    aliases: tuple[str, ...]
    source: str


@lru_cache(maxsize=1)
def programmes() -> tuple[Programme, ...]:
    """Every canonical programme."""
    return tuple(
        Programme(
            programme=r["programme"],
            programme_zh=r["programme_zh"],
            parent=r["parent"] or None,
            kind=r["kind"],
            work_cost=r["work_cost"] or None,
            aliases=_parts(r["aliases"]),
            functional_codes=_parts(r["functional_codes"]),
            source=r["source"],
        )
        for r in rows("programmes.csv")
    )


@lru_cache(maxsize=1)
def programme_rules() -> tuple[ProgrammeRule, ...]:
    """The words that linking goes by."""
    return tuple(ProgrammeRule(r["rule"], r["word"], r["source"]) for r in rows("programme_rules.csv"))


@lru_cache(maxsize=1)
def functional_codes() -> tuple[Code, ...]:
    """支出功能分类科目, a row for each name of a code."""
    return _codes("functional_codes.csv")


@lru_cache(maxsize=1)
def economic_codes() -> tuple[Code, ...]:
    """部门预算支出经济分类科目, a row for each name of a code."""
    return _codes("economic_codes.csv")


@lru_cache(maxsize=1)
def districts() -> tuple[District, ...]:
    """Provinces, cities, districts and counties of China."""
    return tuple(
        District(
            code=r["code"],
            province=r["province"],
            city=r["city"] or None,
            district=r["district"] or None,
            aliases=_parts(r["aliases"]),
            valid_to=_year(r["valid_to"]),
            source=r["source"],
        )
        for r in rows("districts.csv")
    )


@lru_cache(maxsize=1)
def units() -> tuple[Unit, ...]:
    """Units of amounts, rates and counts."""
    return tuple(
        Unit(r["unit"], r["kind"], r["base"], Decimal(r["factor"]), _parts(r["aliases"]), r["source"])
        for r in rows("units.csv")
    )


@lru_cache(maxsize=1024)
def unit_of(text: str) -> Unit | None:
    """The unit that a word names (`名` is 人, `平方米` is ㎡), None where it is no unit that is known."""
    return next((u for u in units() if text == u.unit or text in u.aliases), None)


def rows(name: str) -> list[dict[str, str]]:
    """A list of the vocabulary as it stands, a dictionary a row."""
    text = files("pipelines.vocab").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def _codes(name: str) -> tuple[Code, ...]:
    return tuple(
        Code(
            code=r["code"],
            name=r["name"],
            level=r["level"],
            parent=r["parent"] or None,
            valid_from=_year(r["valid_from"]),
            valid_to=_year(r["valid_to"]),
            source=r["source"],
        )
        for r in rows(name)
    )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split(_BETWEEN)) if text else ()


def _year(text: str) -> int | None:
    return int(text) if text else None


@lru_cache(maxsize=1)
def class_names() -> frozenset[str]:
    """The names of all functional classes (类) in any year: 一般公共服务支出, 社会保障和就业支出 …"""
    return frozenset(code.name for code in functional_codes() if len(code.code) == _CLASS_DIGITS)
