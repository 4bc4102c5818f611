"""The lines above a table: its title, its amount unit, its number (公开01表) and who filled it in."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipelines.core.model import Line
from pipelines.core.traced import halfwidth, squeeze

_LOOK_BACK = 8  # lines with text: how far above its table a title may stand
_LONGEST_TITLE = 60
_LONGEST_CAPTION = 80
_TITLE = re.compile(r"(?:表|表格|一览|明细|统计|情况|结果|报告)(?:[(（][^()（）]{1,12}[)）])?[:：]?$")
_TABLE_TITLE = re.compile(r"表(?:[(（][^()（）]{1,12}[)）])?$")
_NUMBERED = re.compile(
    r"^(?:公开|附|预算|决算)?表?\s*[0-9一二三四五六七八九十]{1,3}\s*(?:表|[:：、])?$|^附(?:件|表)\s*\d*[:：]?$"
)
_UNIT = re.compile(
    r"(?:金额)?单位[:：]?[(（]?(亿元|百万元|万元|千元|元)(?![\u4e00-\u9fff])|[(（](?:单位[:：])?(亿元|万元|千元|元)[)）]"
)
_KEY_VALUE = re.compile(r"^(?:填报|编制|预算|部门|单位|填表|联系|填制|制表|财决|公开)[^。；]{0,40}$")
_PERIOD = re.compile(
    r"^\(?20\d\d年度?(?:[1一][-—–~至到].{1,3}月份?|\d{1,2}月(?:\d{1,2}日)?|上半年|[前第]?[一二三]季度)?\)?$"
)
_SENTENCE_END = re.compile(r"[。；;!！?？]$")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a table; `caption` holds every line used, in reading order."""

    title: str | None
    unit: str | None
    caption: tuple[str, ...]


def is_title(text: str) -> bool:
    """Whether a line names a table: short, and ends in 表 (or 表(年度))."""
    t = squeeze(text)
    return 3 <= len(t) <= _LONGEST_TITLE and bool(_TABLE_TITLE.search(t)) and "，" not in t and not table_number(t)


def unit_of(text: str) -> str | None:
    """The amount unit that a `单位：万元` or `（万元）` states, None where there is none."""
    m = _UNIT.search(halfwidth(squeeze(text)))
    return (m[1] or m[2]) if m else None


def table_number(text: str) -> str | None:
    """`公开01表` from a line that says it, None otherwise."""
    m = re.search(r"公开\s*0?(\d{1,2})\s*表", text)
    return f"公开{int(m[1]):02d}表" if m else None


def is_caption(text: str) -> bool:
    """Whether a line belongs to the head of a table: unit, filler, table number; not a sentence."""
    t = squeeze(text)
    if not t or len(t) > _LONGEST_CAPTION or _SENTENCE_END.search(t):
        return False
    return bool(
        _PERIOD.match(halfwidth(t)) or _KEY_VALUE.match(t) or _NUMBERED.match(t) or unit_of(t) or table_number(t)
    )


def heading_above(lines: Sequence[Line], first: int, taken: Collection[int]) -> tuple[Heading, list[int]]:
    """The heading of the table that begins at `lines[first]`, and which lines it used.

    Looks upwards over lines that are blank, captions or a title, and stops at the first sentence.
    A title of two lines (`2024年度株洲市芦淞区民政局整体支出` / `绩效自评报告`) is joined elsewhere, by identity.
    """
    title = unit = None
    caption: list[str] = []
    used: list[int] = []
    for i in range(first - 1, max(-1, first - 1 - 3 * _LOOK_BACK), -1):
        if i in taken:
            break
        t = squeeze(lines[i].text)
        if not t:
            continue
        if len(used) >= _LOOK_BACK:
            break
        if title is None and is_title(t):
            title = t
        elif not is_caption(t):
            break
        unit = unit or unit_of(t)
        caption.append(lines[i].text.strip())
        used.append(i)
    return Heading(title, unit, tuple(reversed(caption))), used
