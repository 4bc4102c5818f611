"""Enumerators and headings: how the parts of a report are numbered, and how deep each kind of number stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.core.numbers import chinese_numeral
from pipelines.core.traced import halfwidth, squeeze

_CN = "[一二三四五六七八九十百]"
_STYLES: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("part", 0, re.compile(rf"第\s*({_CN}+)\s*(?:部分|章|篇)")),
    ("annex", 0.5, re.compile(rf"附(?:件|表)\s*(\d{{0,2}}|{_CN}{{0,2}})\s*(?:[:：、]|(?=\s|$))\s*")),
    ("chinese", 2, re.compile(rf"({_CN}{{1,3}})\s*[、．.](?!{_CN}+[、级])")),
    ("chinese_bracket", 3, re.compile(rf"[(（]\s*({_CN}{{1,3}})\s*[)）]\s*、?")),
    ("goal", 3.5, re.compile(rf"年度(?:绩效)?目标\s*(\d{{1,2}}|{_CN}{{1,3}})\s*[:：]")),
    ("arabic", 4, re.compile(r"(\d{1,3})\s*[、．.](?:(?!\s*\d)|(?=\s*20\d\d\s*年))")),
    ("arabic_bracket", 5, re.compile(r"[(（]\s*(\d{1,3})\s*[)）]\s*、?")),
    ("circled", 6, re.compile(r"([①-⑳])")),
)
_LONGEST_HEADING = 60
_LONGEST_PLAIN_HEADING = 40
_LONGEST_NAME = 40
_FURTHEST = 500  # characters to the end of a name, what stands in brackets included
_MOST_WORDS = 2  # spaced words: a line of more is the rest of a table, not a heading
_ENDS = "。；;！!？?，,、：:"
_FIGURE = re.compile(r"\d[\d,，.]*\s*(?:余|多)?\s*(?:亿|万|千)?\s*元|\d\s*[%％]")
_AMOUNT_HERE = re.compile(r"\d[\d,，]*(?:\.\d+)?\s*(?:余|多)?\s*(?:亿元|万元|千元|元|亿|万)")
_PLAIN_START = re.compile(r"[\u4e00-\u9fff“《【（(]|20\d\d")
_DATE = re.compile(r"(?:20)?\d\d年\d{1,2}月(?:\d{1,2}日)?")
_CUE = re.compile(
    r"(?:(?:支出|收入)?决算|年初预算|(?<!公共)(?<!基金)(?<!经营)预算)(?:数|安排|支出)?(?:总计|合计|为|是)*$|(?:为|是)$"
)
_ACCOUNT = re.compile(r"[(（][类款项][)）](?:支出)?[。：:]?$")
"""How the name of an account ends that stands in a line of its own, its figures in the lines below."""
_UPPER_ACCOUNTS = re.compile(r"[^（()）]*[(（][类款][)）]")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]|“[^“”]*”")


@dataclass(frozen=True, slots=True)
class Enumerator:
    """The number before a heading or an item: its style, level (0 outermost), value, and length in characters."""

    style: str
    level: float
    ordinal: int | None
    length: int


def enumerator(text: str) -> Enumerator | None:
    """The enumerator that a paragraph begins with (第一部分, 一、, （一）, 1., （1）, ①, 附件, 年度目标1：), if any."""
    plain = halfwidth(text)
    for style, level, pattern in _STYLES:
        m = pattern.match(plain)
        if m:
            return Enumerator(style, level, _ordinal(m[1]), m.end())
    return None


def is_heading(text: str) -> bool:
    """Whether a whole paragraph is a heading: short, unpunctuated at its end, stating no figure.

    The name of an account may end in a full stop: `2、…（类）行政运行（项）。` heads the figures below it.
    """
    t = squeeze(text)
    if _ACCOUNT.search(t):
        t = t.rstrip("。：:")
    if len(t) > 2 * _LONGEST_HEADING or not t or t[-1] in _ENDS or "。" in t or _FIGURE.search(t):
        return False
    number = enumerator(text)
    if number is None:
        return _is_plain_heading(text, t)
    printed = t[min(number.length, len(t)) :]
    name = _UPPER_ACCOUNTS.sub("", printed) or printed
    if number.style in ("goal", "annex"):
        return len(t) <= _LONGEST_HEADING
    return bool(name) and len(name) <= _LONGEST_HEADING and not re.search("[:：；;]", name)


def _is_plain_heading(text: str, squeezed: str) -> bool:
    if not 2 <= len(squeezed) <= _LONGEST_PLAIN_HEADING or "\t" in text:
        return False
    if re.search("[:：，,；;]", _BRACKETED.sub("", squeezed)) or len(text.split()) > _MOST_WORDS + 1:
        return False
    plain = halfwidth(squeezed)
    return bool(_PLAIN_START.match(plain)) and not _DATE.fullmatch(plain)


def item_name(text: str) -> tuple[int, int] | None:
    """Where the name of a numbered item stands that runs into its text, as (start, end), or None where it has none.

    The name ends at the first 。 or ： or before the first amount: `2.行政运行。年初预算数…`, `（一）基本支出：…`,
    `1.一般公共服务（类）支出 0.89 万元，…`.
    """
    number = enumerator(text)
    if number is None:
        return None
    start = number.length + len(text[number.length :]) - len(text[number.length :].lstrip())
    end, depth = start, 0
    while end < len(text):
        c = text[end]
        if c in "（(“《":
            depth += 1
        elif c in "）)”》":
            depth = max(0, depth - 1)
        elif depth == 0 and (c in "。：:" or _AMOUNT_HERE.match(text, end)):
            break
        elif (depth == 0 and c in "，,；;") or end - start > _FURTHEST:
            return None
        end += 1
    if end == len(text) or (text[end] == "。" and not text[end + 1 :].strip()):
        return None
    if text[end] not in "。：:":
        end = start + len(_without_cue(text[start:end]))
    name = _BRACKETED.sub("", squeeze(text[start:end]))
    plain = squeeze(text[start:end])
    if len(plain) < 2 or len(name) > _LONGEST_NAME or plain[0].isdigit() or plain == "其中":
        return None
    return start, start + len(text[start:end].rstrip())


def _without_cue(name: str) -> str:
    """`因公出国（境）费预算为` as `因公出国（境）费`: the words that announce the figure are not part of the name."""
    m = _CUE.search(name.rstrip())
    return name[: m.start()].rstrip() if m and m.start() > 0 else name


def _ordinal(text: str) -> int | None:
    if not text:
        return None
    if text.isdigit() and text.isascii():
        return int(text)
    return ord(text) - ord("①") + 1 if "①" <= text <= "⑳" else chinese_numeral(text)
