"""Indicator levels: which level-1 or level-2 name a broken or partial cell text stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipelines.core.traced import halfwidth, squeeze
from pipelines.vocab.lists import rows

_BRACKETS = re.compile(r"\([^()]*\)?")
_WORD = "指标"
_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class _Level:
    level: int
    name: str
    parent: str | None
    spellings: frozenset[str]


def level1_of(text: str) -> str | None:
    """The level-1 name (`产出指标`) that a cell stands for, None where it is none.

    A level-2 name in a level-1 cell (`社会效益`) gives the level 1 it belongs to; `产出指标(40分)` and a text broken by
    line ends are understood.
    """
    found = _named(text, 1)
    if found is not None:
        return found.name
    below = _named(text, 2)
    return below.parent if below is not None else None


def level2_of(text: str) -> str | None:
    """The level-2 name that a cell stands for, also cut short (`社会效益指` is 社会效益指标); None where it is none."""
    found = _named(text, 2)
    return found.name if found is not None else None


def parent_of(level2: str) -> str | None:
    """The level-1 name that a level-2 name belongs to, None for an unknown name."""
    return next((x.parent for x in _levels() if x.level == 2 and x.name == level2), None)


@lru_cache(maxsize=4096)
def _named(text: str, level: int) -> _Level | None:
    t = _BRACKETS.sub("", halfwidth(squeeze(text))).strip(":、.")
    if not t:
        return None
    here = [x for x in _levels() if x.level == level]
    exact = next((x for x in here if t in x.spellings), None)
    if exact is not None or len(t) < _SHORTEST_PART:
        return exact
    begun = {x for x in here if any(s.startswith(t) for s in x.spellings)}
    return begun.pop() if len(begun) == 1 else None


@lru_cache(maxsize=1)
def _levels() -> tuple[_Level, ...]:
    out = []
    for r in rows("indicator_levels.csv"):
        names = [r["name"], *(r["aliases"].split("|") if r["aliases"] else ())]
        spellings = (
            {n for n in names} | {n.removesuffix(_WORD) for n in names} | {n.removesuffix(_WORD) + _WORD for n in names}
        )
        out.append(_Level(int(r["level"]), r["name"], r["parent"] or None, frozenset(spellings)))
    return tuple(out)
