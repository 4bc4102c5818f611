"""Automatic numbers of Word paragraphs (`一、`, `（二）`, `3.`), which stand in no text of the file but in print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipelines.documents.package import Package, attribute, child, local

_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
        "japaneseDigitalTenThousand",
    }
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MOST_LINKS = 20  # how long a chain of styles based on one another may be
_ENDS_LABEL = re.compile(r"[、）)．.：:】\]]$")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    legal: bool


class Numbering:
    """Counts a document's numbered paragraphs. `label` must be asked for each paragraph in reading order."""

    def __init__(self, package: Package, main: str) -> None:
        styles, numbering = package.related(main, "styles"), package.related(main, "numbering")
        self._styles = _styles(package.xml(styles) if styles else None)
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        root = package.xml(numbering) if numbering else None
        for element in root if root is not None else ():
            if local(element) == "abstractNum":
                self._levels[attribute(element, "abstractNumId") or ""] = dict(_levels(element))
            elif local(element) == "num":
                self._add_list(element)

    def label(self, properties: etree._Element | None) -> str:
        """The number printed before the paragraph with these properties; empty where there is none, or a bullet."""
        number, level = self._numbered(properties)
        abstract = self._lists.get(number, "")
        definition = self._levels.get(abstract, {}).get(level)
        if definition is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if (number, level) in self._restarts:
            counts[level] = self._restarts.pop((number, level)) - 1
        counts[level] = counts.get(level, definition.start - 1) + 1
        for deeper in [d for d in counts if d > level]:
            del counts[deeper]
        return self._printed(abstract, definition)

    def _numbered(self, properties: etree._Element | None) -> tuple[str, int]:
        number, level = _numbering_of(properties)
        style = child(properties, "pStyle")
        if number is None and style is not None:
            number, of_style = self._of_style(attribute(style, "val") or "")
            level = of_style if level is None else level
        return number or "", level or 0

    def _of_style(self, style: str) -> tuple[str | None, int | None]:
        level = None
        for _ in range(_MOST_LINKS):
            number, own, base = self._styles.get(style, (None, None, ""))
            level = own if level is None else level
            if number is not None or not base:
                return number, level
            style = base
        return None, None

    def _printed(self, abstract: str, definition: _Level) -> str:
        if definition.form in ("bullet", "none"):
            return ""
        levels, counts = self._levels[abstract], self._counts[abstract]

        def number(m: re.Match[str]) -> str:
            level = int(m[1]) - 1
            at = levels.get(level, definition)
            return in_form(counts.get(level, at.start), "decimal" if definition.legal else at.form)

        label = re.sub(r"%([1-9])", number, definition.text).strip()
        return label if not label or _ENDS_LABEL.search(label) else f"{label} "

    def _add_list(self, element: etree._Element) -> None:
        number = attribute(element, "numId") or ""
        link = child(element, "abstractNumId")
        abstract = (attribute(link, "val") or "") if link is not None else ""
        self._lists[number] = abstract
        for override in element:
            if local(override) != "lvlOverride":
                continue
            start = child(override, "startOverride")
            if start is not None:
                self._restarts[number, _integer(attribute(override, "ilvl"))] = _integer(attribute(start, "val"))


def in_form(number: int, form: str) -> str:
    """A number in one of Word's number formats (ECMA-376 part 1, 17.18.59); decimal for those not used in China."""
    if form in _CHINESE:
        return _chinese(number)
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 1000 else str(number)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form == "ideographTraditional" and 1 <= number <= len(_STEMS):
        return _STEMS[number - 1]
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _chinese(number: int) -> str:
    if not 0 < number < 100:
        return "".join(_DIGITS[int(d)] for d in str(abs(number)))
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    if not 0 < number < 90:
        return str(number)
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def _levels(abstract: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in abstract:
        if local(level) == "lvl":
            value = {local(e): attribute(e, "val") or "" for e in level}
            start = _integer(value.get("start", "1"))
            legal = "isLgl" in value
            yield (
                _integer(attribute(level, "ilvl")),
                _Level(start, value.get("numFmt", "decimal"), value.get("lvlText", ""), legal),
            )


def _styles(root: etree._Element | None) -> dict[str, tuple[str | None, int | None, str]]:
    out = {}
    for style in root if root is not None else ():
        if local(style) == "style":
            base = child(style, "basedOn")
            number, level = _numbering_of(child(style, "pPr"))
            parent = (attribute(base, "val") or "") if base is not None else ""
            out[attribute(style, "styleId") or ""] = (number, level, parent)
    return out


def _numbering_of(properties: etree._Element | None) -> tuple[str | None, int | None]:
    number, level = child(properties, "numPr", "numId"), child(properties, "numPr", "ilvl")
    return (
        attribute(number, "val") if number is not None else None,
        _integer(attribute(level, "val")) if level is not None else None,
    )


def _integer(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else 0
