"""What a column heading or row label measures: budget, execution, rate, target, score …"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from pipelines.core.numbers import chinese_numeral
from pipelines.core.traced import halfwidth, squeeze
from pipelines.vocab.lists import rows

_LEVEL_SEPARATOR = ">"
_UNIT = re.compile(r"\((?:金额)?(?:单位:?)?(亿元|百万元|万元|千元|元|㎡|人|户|个|张|床)\)")
_PERCENT = re.compile(r"\((?:单位:?)?%\)")
_MAXIMUM = re.compile(r"\(\d+分[^()]*\)")
_FOOTNOTE = re.compile(r"[①-⑳*※]")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:年度|年)?(?!\d)")
_PRIOR = re.compile(r"(?<![比较与同])(?:上一?年|去年)度?(?=决算|预算|执行|实际|完成|支出|收入|数)")
_MONTHS = re.compile(
    r"(?:截[至止])?(?<!\d)(?:[1一]月?[-—–―~至到](?P<last>\d{1,2}|[一二三四五六七八九十]{1,2})月|(?P<until>\d{1,2})月(?=[底末]))[份底末]?"
)
_PARTS_OF_YEAR = (("上半年", 6), ("前三季度", 9), ("三季度", 9), ("一季度", 3))


@dataclass(frozen=True, slots=True)
class MeasureMatch:
    """What a heading measures.

    `rate_basis` is the denominator that the heading's own words name (`initial`, `adjusted`, `stated`, `prior`);
    `year_offset` is the heading's year less the report's (-1: last year's figure); `period_end_month` is 7 for 1-7月;
    `unit` is the one in the heading's brackets.
    """

    measure: str
    rate_basis: str | None = None
    year_offset: int = 0
    period_end_month: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class _Pattern:
    level: str
    pattern: re.Pattern[str]
    measure: str | None
    prior_year_measure: str | None
    match: MeasureMatch


@dataclass(frozen=True, slots=True)
class _Heading:
    """One level of a heading without its unit, year and months, and these."""

    core: str
    unit: str | None
    year: int | None
    prior: bool
    month: int | None


@lru_cache(maxsize=8192)
def measure_of(heading: str, report_year: int | None) -> MeasureMatch | None:
    """The measure that a heading names, None where the vocabulary has none for it.

    `heading` may be broken by white space and may be a path of levels joined by ` > `. The lowest level decides,
    unless it only divides the one above (合计, 一般公共预算, 公务接待费). A printed year counts from `report_year`;
    where that is None, only words (上年) make a figure last year's.
    """
    levels = [_read(part) for part in halfwidth(squeeze(heading)).split(_LEVEL_SEPARATOR)]
    found = _of_path(levels) or _of_lowest(levels)
    if found is None or found.measure is None:
        return None
    offset = _year_offset(levels, report_year)
    own_month = next((level.month for level in reversed(levels) if level.month), None)
    own_unit = next((level.unit for level in reversed(levels) if level.unit), None)
    return replace(
        found.match,
        measure=found.prior_year_measure or found.measure if offset == -1 else found.measure,
        year_offset=offset,
        period_end_month=own_month or found.match.period_end_month,
        unit=own_unit or found.match.unit,
    )


@lru_cache(maxsize=4096)
def divides(heading: str) -> bool:
    """Whether a heading only divides what the one above it measures: 合计, 公务接待费, a bare `（万元）`."""
    core = _read(halfwidth(squeeze(heading))).core
    return not core or any(p.measure is None and p.pattern.fullmatch(core) for p in _patterns() if p.level == "leaf")


def _of_path(levels: list[_Heading]) -> _Pattern | None:
    path = _LEVEL_SEPARATOR.join(level.core for level in levels)
    return next((p for p in _patterns() if p.level == "path" and p.pattern.fullmatch(path)), None)


def _of_lowest(levels: list[_Heading]) -> _Pattern | None:
    single = len(levels) == 1
    for level in reversed(levels):
        found = next((p for p in _leaf_patterns(single) if p.pattern.fullmatch(level.core)), None)
        if found is None or found.measure is not None:
            return found
    return None


def _year_offset(levels: list[_Heading], report_year: int | None) -> int:
    year = next((level.year for level in reversed(levels) if level.year), None)
    if year is not None:
        return year - report_year if report_year is not None else 0
    return -1 if any(level.prior for level in levels) else 0


def _read(part: str) -> _Heading:
    text = _PERCENT.sub("%", _FOOTNOTE.sub("", _MAXIMUM.sub("", part)))
    unit = _UNIT.search(text)
    text = _UNIT.sub("", text)
    months = _MONTHS.search(text)
    month = _month(months) if months else None
    text = _MONTHS.sub("", text)
    for word, last in _PARTS_OF_YEAR:
        if word in text:
            month, text = month or last, text.replace(word, "")
    year = _YEAR.search(text)
    text = _YEAR.sub("", text)
    prior = _PRIOR.search(text) is not None
    text = _PRIOR.sub("", text)
    return _Heading(text.rstrip(":、"), unit[1] if unit else None, int(year[1]) if year else None, prior, month)


def _month(match: re.Match[str]) -> int | None:
    text = match["last"] or match["until"]
    month = int(text) if text.isdigit() else chinese_numeral(text)
    return month if month is not None and 1 <= month <= 12 else None


@lru_cache(maxsize=2)
def _leaf_patterns(single: bool) -> tuple[_Pattern, ...]:
    """The patterns of one level. 小计 is the adjusted budget as a heading of its own; below another it divides that."""
    leaves = tuple(p for p in _patterns() if p.level == "leaf")
    if single:
        return leaves
    divisions = tuple(p for p in leaves if p.measure is None)
    return divisions + tuple(p for p in leaves if p.measure is not None)


@lru_cache(maxsize=1)
def _patterns() -> tuple[_Pattern, ...]:
    return tuple(
        _Pattern(
            level=r["level"],
            pattern=re.compile(r["pattern"]),
            measure=r["measure"] or None,
            prior_year_measure=r["prior_year_measure"] or None,
            match=MeasureMatch(
                measure=r["measure"],
                rate_basis=r["rate_basis"] or None,
                period_end_month=int(r["period_end_month"]) if r["period_end_month"] else None,
                unit=r["unit"] or None,
            ),
        )
        for r in rows("measures.csv")
    )
