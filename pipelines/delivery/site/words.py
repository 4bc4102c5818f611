"""The site's own words in Chinese and English: `words.csv`, and the names of measures, funds, families and reasons.

A page holds both languages and shows one, so that switching needs no second page and no reload.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

from pipelines.audit import wording
from pipelines.delivery.findings_view import REASONS
from pipelines.families import families

WORDS = Path(__file__).parent / "words.csv"


@cache
def words() -> dict[str, tuple[str, str]]:
    """Every word by its key, as Chinese and English. Keys of lists hold a dot: `measure.executed`, `family.budgets`."""
    with WORDS.open(encoding="utf-8", newline="") as f:
        own = {row["key"]: (row["zh"], row["en"]) for row in csv.DictReader(f)}
    measures = {f"measure.{key}": said for key, said in wording.names().items()}
    report_kinds = {f"family.{f.name}": (f.title_zh, f.title_en) for f in families()}
    reasons = {f"reason.{english}": (chinese, english) for english, chinese in REASONS.items()}
    return {**measures, **report_kinds, **reasons, **own}


def both(key: str, **values: object) -> Markup:
    """A word in both languages, for a page that shows one of them; raises KeyError where there is no such word."""
    if not values:
        return _fixed(key)
    zh, en = words()[key]
    return pair(zh.format(**values), en.format(**values))


@cache
def _fixed(key: str) -> Markup:
    return pair(*words()[key])


def pair(zh: str, en: str) -> Markup:
    """Two texts of which a page shows one."""
    if zh == en:
        return escape(zh)
    return Markup('<span data-say="zh" lang="zh-CN">{}</span><span data-say="en" lang="en">{}</span>').format(zh, en)


def said(text: str) -> Markup:
    """A text of the warehouse that says the same twice, `中文 / English`; one without English is shown in both."""
    zh, _, en = text.partition(" / ")
    return pair(zh, en or zh)


def known(key: str, otherwise: str) -> Markup:
    """A word in both languages, or the text itself where there is none (a kind or reason that is new)."""
    return both(key) if key in words() else escape(otherwise)


def script(checks: Mapping[str, list[str]]) -> str:
    """The words as the script that pages load, `checks` giving the title of each check in both languages."""
    said = {**{f"check.{name}": titles for name, titles in checks.items()}, **words()}
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"gouji.words={body};\n"
