"""Whom a figure in prose is about: from the words before it, from the headings above it, or the department."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.core.traced import halfwidth, squeeze
from pipelines.documents.headings import enumerator
from pipelines.documents.prose import SEPARATOR

DEPARTMENT = "本部门"
_PATH = Path(__file__).parent.parent / "vocab" / "sentence_subjects.yml"
_YEAR = re.compile(r"(?:截[至止]到?)?(20\d\d)年(?:度|初|末|底)?(?:\d{1,2}月(?:\d{1,2}日)?(?:底|末|份)?)?")
_YEAR_AFTER = re.compile(r"(20\d\d)年度?$|(?<=\))(20\d\d)年度?支出$")
_LAST_YEAR = re.compile(r"(?:上一?年度?|去年)(?!结)")
_CODE = re.compile(r"\((\d{3})类\)[^()]*\((\d{2})款\)(?:[^()]*\((\d{2})项\))?")
_LONGEST = 60

_ACCOUNT = re.compile(r"\(\d{0,3}[类款项]\)(?:支出)?$")


@dataclass(frozen=True, slots=True)
class Name:
    """A subject: its words as printed, what kind of thing they name, and the fund source and scope that they say.

    `year` is the year printed before the name, `last_year` says that 上年 stood there.
    """

    text: str
    kind: str
    fund: str | None = None
    scope: str | None = None
    code: str | None = None
    year: int | None = None
    last_year: bool = False


@dataclass(frozen=True, slots=True)
class Bare:
    """What a name beside its amount measures: `measure` None where the context must say; `dropped` where the measure
    is all that the name says, so that the figure is about the item or the department."""

    measure: str | None
    name: Name
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Tidied:
    """A stretch of words without what is not part of the name: (start, end) in the words, and the year said."""

    start: int
    end: int
    year: int | None
    last_year: bool


class Names:
    """The vocabulary of subjects, compiled."""

    def __init__(self, data: dict[str, Any]) -> None:
        fund = data["fund_words"]
        self.connectors = re.compile("|".join(data["connectors"]))
        self.before = re.compile("|".join([*data["before"], *data["issuers"]]))
        self.after = re.compile("|".join(data["after"]))
        self.generic = frozenset(data["generic"])
        self.announcing = re.compile("|".join(data["announcing"]))
        self.heading = re.compile(data["before_colon"])
        self.levels = re.compile(data["levels"])
        self.funds = [(re.compile(f["match"]), f["fund"], f.get("scope")) for f in data["funds"]]
        self.measures = [{**m, "match": re.compile(m["match"].replace("{fund}", fund))} for m in data["measures"]]
        self.kinds = [_rule(k, fund) for k in data["kinds"]]
        self.heading_kinds = [_rule(k, fund) for k in data["heading_kinds"]]
        self.heading_endings = re.compile("|".join(data["heading_endings"]))
        self.heading_generic = re.compile(data["heading_generic"])
        self.fund_only = re.compile(f"^{fund}$")
        self.section_basis = [(re.compile(b["match"]), b["basis"]) for b in data["section_basis"]]

    def tidied(self, half: str) -> Tidied:
        """Where the name stands in some words before a figure."""
        start, end = 0, len(half)
        year: int | None = None
        last_year = False
        for m in self.connectors.finditer(half):
            start = m.end()
        while start < end:
            rest = half[start:end]
            m_year, m_last = _YEAR.match(rest), _LAST_YEAR.match(rest)
            if m_year:
                year, start = int(m_year[1]), start + m_year.end()
            elif m_last:
                last_year, start = True, start + m_last.end()
            elif (noise := self.before.match(rest)) and noise.end():
                start += noise.end()
            else:
                break
        while start < end:
            m_after = _YEAR_AFTER.search(half[start:end])
            cut = m_after or self.after.search(half[start:end])
            if cut is None:
                break
            if m_after and year is None:
                year = int(m_after[1] or m_after[2])
            end = start + cut.start()
        if end - start > 1 and half[start] in '“"' and (half[end - 1] in '”"' or "”" not in half[start:end]):
            end -= half[end - 1] in '”"'
            start += 1
        return Tidied(start, end, year, last_year)

    def is_generic(self, name: str) -> bool:
        """Whether a name names nothing of its own (`项目`, `该项目经费`)."""
        return not name or name in self.generic or len(name) > _LONGEST

    def named(self, printed: str, tidied: Tidied, section: str, given: str | None, likely: str) -> Name:
        """The name that some words give; its kind is `given`, else what words and headings show, else `likely`."""
        half = halfwidth(printed)
        kind = given or _first(self.kinds, half, halfwidth(squeeze(section))) or likely
        text = printed.removesuffix("项目") if kind == "programme" and half != "项目" else printed
        fund, scope = self.fund_of(half)
        return Name(text, kind, fund, scope, _code(half), tidied.year, tidied.last_year)

    def bare(self, name: Name, section: str) -> Bare:
        """What a name beside its amount measures."""
        half = halfwidth(name.text)
        for rule in self.measures:
            if not rule["match"].search(half):
                continue
            if rule.get("drop"):
                return Bare(rule["measure"], name, True)
            cut = rule.get("cut")
            if cut:
                rest = name.text.removesuffix(cut)
                if self.is_generic(halfwidth(rest)) or self.fund_only.match(halfwidth(rest)):
                    return Bare(rule["measure"], name, True)
                kind = _first(self.kinds, halfwidth(rest), halfwidth(squeeze(section)))
                kind = kind if kind in ("functional_item", "fund_source", "economic_item") else "programme"
                return Bare(rule["measure"], replace(name, text=rest, kind=kind))
            return Bare(rule["measure"], name)
        return Bare(None, name)

    def fund_of(self, half: str) -> tuple[str | None, str | None]:
        """The fund source and scope that some words say, (None, None) where they say none."""
        return next(((fund, scope) for pattern, fund, scope in self.funds if pattern.search(half)), (None, None))

    def from_section(self, section: str) -> Name:
        """The subject that the headings name, the nearest first; the department where none names one."""
        parts = section.split(SEPARATOR) if section else []
        fund, scope = self.section_fund(parts)
        for k in range(len(parts) - 1, -1, -1):
            name = self._heading_name(parts[k], parts[: k + 1])
            if name is not None:
                return replace(name, fund=name.fund or fund, scope=name.scope or scope)
        return Name(DEPARTMENT, "department_total", fund, scope)

    def section_fund(self, parts: Sequence[str]) -> tuple[str | None, str | None]:
        """The fund source that the nearest heading says."""
        for part in reversed(parts):
            fund, scope = self.fund_of(halfwidth(squeeze(part)))
            if fund is not None:
                return fund, scope
        return None, None

    def basis_of(self, section: str) -> str | None:
        """`budget` or `final`: which of the two the nearest heading that says so speaks of, else None."""
        for part in reversed(section.split(SEPARATOR) if section else []):
            words = re.sub("一般公共预算|政府性基金预算|国有资本经营预算|社会保险基金预算", "", squeeze(part))
            for pattern, basis in self.section_basis:
                if pattern.search(words):
                    return None if basis == "none" else str(basis)
        return None

    def _heading_name(self, heading: str, path: Sequence[str]) -> Name | None:
        printed = squeeze(heading)
        number = enumerator(printed)
        printed = printed[number.length :] if number else printed
        half = halfwidth(printed)
        above = halfwidth(squeeze(SEPARATOR.join(path)))
        for rule in self.heading_kinds:
            m = rule.match.search(half) if rule.match else None
            if rule.take and m:
                return Name(printed[m.start() : m.end()], rule.kind, *self.fund_of(half))
        words = half
        while (m := self.heading_endings.search(words)) and m.start() > 0:
            words = words[: m.start()]
        tidied = self.tidied(words)
        shown, words = printed[tidied.start : tidied.end], words[tidied.start : tidied.end]
        # The kind shows in the whole heading, or in what is left of it: 科技创新专项经费 of 科技创新专项经费情况说明.
        kind = _first(self.heading_kinds, half, above) or _first(self.heading_kinds, words, above)
        # 基层医疗卫生机构（款）乡镇卫生院（项） is an account, not a heading about an institution.
        vague = self.heading_generic.search(words) and not _ACCOUNT.search(words)
        if self.is_generic(words) or vague or kind is None:
            return None
        return Name(shown, kind, *self.fund_of(words), _code(words))


@cache
def names() -> Names:
    """The vocabulary of subjects in `vocab/sentence_subjects.yml`."""
    return Names(yaml.safe_load(_PATH.read_text("utf-8")))


@dataclass(frozen=True, slots=True)
class _Rule:
    match: re.Pattern[str] | None
    section: re.Pattern[str] | None
    kind: str
    take: bool


def _rule(entry: dict[str, Any], fund: str) -> _Rule:
    match, section = entry.get("match"), entry.get("section")
    return _Rule(
        re.compile(match.replace("{fund}", fund)) if match else None,
        re.compile(section) if section else None,
        entry["kind"],
        bool(entry.get("take")),
    )


def _first(rules: Iterable[_Rule], half: str, above: str) -> str | None:
    for rule in rules:
        if (rule.match is None or rule.match.search(half)) and (rule.section is None or rule.section.search(above)):
            return rule.kind
    return None


def _code(half: str) -> str | None:
    """`2040601` from `公共安全支出(204类)司法(06款)行政运行(01项)`."""
    m = _CODE.search(half)
    return "".join(g for g in m.groups() if g) if m else None
