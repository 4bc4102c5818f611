"""Where an organisation is: the province, city and district that its name begins with, by GB/T 2260."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipelines.core.traced import squeeze
from pipelines.vocab.lists import District, districts

_COMMON_NAME = re.compile(r"^.区$")  # 城区, 郊区, 东区 are names of places only behind their city's name
_ZONE = re.compile(r"^[一-龥]{0,10}?(?:新区|开发区|高新区|经开区|示范区|管理区|风景区|度假区|工业园区|保税区)")


@dataclass(frozen=True, slots=True)
class Place:
    """The places at the beginning of a name.

    `rest` is what follows them. `candidates` holds the rows that a district's name may mean where the name alone does
    not tell (青山区 of 武汉市 and of 包头市); then `city` is None, and `province` too unless all are in one.
    """

    province: str | None
    city: str | None
    district: str | None
    matched: str
    rest: str
    candidates: tuple[District, ...] = ()


@lru_cache(maxsize=4096)
def place_of(name: str) -> Place | None:
    """The places that a name begins with, None where it begins with none.

    Full names only, except that a province or a city may be shortened in front of a place of its own
    (`湖北武汉市`, `武汉东西湖区`) or of a zone (`武汉东湖新技术开发区`). A name inside the text (`区人才`,
    `建设龙南区`) is never taken for a place.
    """
    text = squeeze(name)
    province, rest = _province(text)
    city, rest = _city(rest, province)
    found, rest = _district(rest, province, city)
    matched = text[: len(text) - len(rest)]
    if not matched:
        return None
    if len(found) > 1:
        provinces = {row.province for row in found}
        return Place(provinces.pop() if len(provinces) == 1 else None, None, found[0].district, matched, rest, found)
    if found:
        row = found[0]
        return Place(row.province, row.city, row.district, matched, rest)
    if city is not None:
        return Place(city.province, city.city, None, matched, rest)
    return Place(province, None, None, matched, rest)


def _province(text: str) -> tuple[str | None, str]:
    for row in _provinces():
        if text.startswith(row.province) and row.city is None:
            return row.province, text.removeprefix(row.province)
        short = next((a for a in row.aliases if text.startswith(a)), None)
        if short is not None:
            rest = text.removeprefix(short)
            if _city(rest, row.province)[0] is not None or _district(rest, row.province, None)[0]:
                return row.province, rest
    return None, text


def _city(text: str, province: str | None) -> tuple[District | None, str]:
    for row in _cities():
        if province is not None and row.province != province:
            continue
        if text.startswith(row.name):
            return row, text.removeprefix(row.name)
        short = next((a for a in row.aliases if text.startswith(a)), None)
        if short is not None:
            rest = text.removeprefix(short)
            if _district(rest, row.province, row)[0] or _ZONE.match(rest):
                return row, rest
    return None, text


def _district(text: str, province: str | None, city: District | None) -> tuple[tuple[District, ...], str]:
    for length in range(min(len(text), _longest_name()), 1, -1):
        rows = [
            row
            for row in _by_name().get(text[:length], ())
            if (city is None or row.city == city.city) and (province is None or row.province == province)
        ]
        if rows and (city is not None or not _COMMON_NAME.match(text[:length])):
            return tuple(rows), text[length:]
    return (), text


@lru_cache(maxsize=1)
def _provinces() -> tuple[District, ...]:
    return tuple(r for r in districts() if r.code.endswith("0000"))


@lru_cache(maxsize=1)
def _cities() -> tuple[District, ...]:
    """Cities, the longest name first; a municipality such as 上海市 is a city of its own."""
    return _longest_first(r for r in districts() if r.city and not r.district)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, list[District]]:
    names: dict[str, list[District]] = defaultdict(list)
    for row in districts():
        if row.district:
            names[row.district].append(row)
    return names


@lru_cache(maxsize=1)
def _longest_name() -> int:
    return max(map(len, _by_name()))


def _longest_first(rows: Iterable[District]) -> tuple[District, ...]:
    return tuple(sorted(rows, key=lambda r: (-len(r.name), r.code)))
