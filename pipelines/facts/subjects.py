"""Which canonical programme a subject names, and on what ground: its own words first, its code last.

The rules, in this order:

1. The whole subject, without enumerator, quotation marks and trailing words such as 项目支出 or 补助资金, is an alias.
2. Words in brackets name the project inside an account, `其他民政管理事务(婚姻登记)`, and decide when they can be
   linked; brackets that begin with 含 or 包括 only add to the subject and do not.
3. The longest alias inside the subject wins; a fund or an operating cost only where nothing else is named.
4. The cost of administering a benefit (低保工作经费, 高龄津贴监管) is not the benefit: it goes to the programme that
   `work_cost` names, so that a benefit's total holds payments to people only.
5. Two programmes joined by 和, 及, 与 or 、 give the nearest programme that both are part of, or none.
6. A classification code gives the programme that the code as a whole belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipelines.core.traced import halfwidth, squeeze
from pipelines.vocab import Programme, programme_rules, programmes

_LONGEST_SUBJECT = 60
_QUOTES = re.compile("[“”‘’\"'「」『』《》]")
_ENUMERATOR = re.compile(r"^(?:其中:|[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．](?!\d)|[①-⑳])+")
_ACCOUNT_LEVEL = re.compile(r"\(\d*(?:类|款|项)\)")
_BRACKETS = re.compile(r"\(([^()]*)\)?")
_WHOLE_ONLY = "="
_MASKED = "〇"
_RANK = {"benefit": 0, "service": 0, "administration": 1, "operation": 2, "fund": 3}


@dataclass(frozen=True, slots=True)
class Link:
    """A programme and the ground of the link (`alias 高龄津贴`, `containment 特困`, `code 2081901` …)."""

    programme: str
    basis: str

    def __iter__(self) -> Iterator[str]:
        return iter((self.programme, self.basis))


@dataclass(frozen=True, slots=True)
class _Mention:
    """An alias standing inside a subject."""

    start: int
    end: int
    alias: str
    programme: Programme


def link(subject: str, subject_code: str | None = None) -> Link | None:
    """The programme that a subject as printed belongs to, None where neither its words nor its code name one.

    `subject_code` is a functional classification code of three, five or seven digits.
    """
    return _by_words(_normal(subject)) or _by_code(subject_code)


@lru_cache(maxsize=8192)
def _by_words(text: str) -> Link | None:
    if not text or len(text) > _LONGEST_SUBJECT:
        return None
    whole = _whole(text)
    if whole is not None:
        return whole
    account = [part for part in _ACCOUNT_LEVEL.split(text) if part]
    if len(account) > 1:
        return _by_words(account[-1])
    inner = [m[1] for m in _BRACKETS.finditer(text) if m[1] and not m[1].startswith(_words("aside"))]
    outer = _BRACKETS.sub("", text)
    if outer == text:
        return _inside(text)
    details = [found for part in inner if (found := _whole(part) or _inside(part))]
    single = [d for d in details if not d.basis.startswith("composite")]
    main = _whole(outer) or _inside(outer)
    if len({d.programme for d in single}) == 1 and len(single) == len(details):
        return single[0]
    return main or (details[0] if len(details) == 1 else None)


def _whole(text: str) -> Link | None:
    programme = _aliases().get(text)
    alias = text
    while programme is None:
        suffix = next((s for s in _words("suffix") if alias.endswith(s) and len(alias) > len(s) + 1), None)
        if suffix is None:
            return None
        alias = alias.removesuffix(suffix)
        programme = _aliases().get(alias)
    return Link(programme.programme, f"alias {alias}")


def _inside(text: str) -> Link | None:
    mentions = _mentions(text)
    if not mentions:
        return None
    first_rank = min(_RANK[m.programme.kind] for m in mentions)
    mentions = [m for m in mentions if _RANK[m.programme.kind] == first_rank]
    if _joined(text, mentions):
        return _common(mentions)
    best = max(mentions, key=lambda m: (m.end - m.start, m.start))
    if best.programme.work_cost is not None:
        rest = text[: best.start] + text[best.end :]
        work = next((w for w in _words("work") if w in rest), None)
        if work is not None:
            return Link(best.programme.work_cost, f"work_cost {best.alias}+{work}")
    return Link(best.programme.programme, f"containment {best.alias}")


def _mentions(text: str) -> list[_Mention]:
    """The aliases in a text that do not overlap a longer one, from the left."""
    for word in _words("mask"):
        text = text.replace(word, _MASKED * len(word))
    taken = [False] * len(text)
    found: list[_Mention] = []
    for alias, programme in _inner_aliases():
        for match in re.finditer(re.escape(alias), text):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                found.append(_Mention(start, end, alias, programme))
    return sorted(found, key=lambda m: m.start)


def _joined(text: str, mentions: Sequence[_Mention]) -> bool:
    """Whether different programmes stand on both sides of a joining word that is no part of an alias."""
    return any(
        a.programme != b.programme and any(word in text[a.end : b.start] for word in _words("join"))
        for a, b in pairwise(mentions)
    )


def _common(mentions: Sequence[_Mention]) -> Link | None:
    lines = [_lineage(m.programme.programme) for m in mentions]
    shared = next((p for p in lines[0] if all(p in line for line in lines[1:])), None)
    if shared is None:
        return None
    return Link(shared, "composite " + "+".join(dict.fromkeys(m.alias for m in mentions)))


def _lineage(programme: str) -> list[str]:
    by_id = {p.programme: p for p in programmes()}
    line = [programme]
    while (parent := by_id[line[-1]].parent) is not None:
        line.append(parent)
    return line


def _by_code(code: str | None) -> Link | None:
    digits = re.sub(r"\D", "", code or "")
    found = next((p for p in programmes() if digits in p.functional_codes), None)
    return Link(found.programme, f"code {digits}") if found is not None else None


def _normal(text: str) -> str:
    return _ENUMERATOR.sub("", _QUOTES.sub("", halfwidth(squeeze(text))))


@lru_cache(maxsize=1)
def _aliases() -> dict[str, Programme]:
    """Every alias, whole, with its programme."""
    return {_normal(alias.removeprefix(_WHOLE_ONLY)): p for p in programmes() for alias in p.aliases}


@lru_cache(maxsize=1)
def _inner_aliases() -> tuple[tuple[str, Programme], ...]:
    """The aliases that also count inside a longer subject, the longest first."""
    pairs = [(_normal(a), p) for p in programmes() for a in p.aliases if not a.startswith(_WHOLE_ONLY)]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


@lru_cache(maxsize=8)
def _words(rule: str) -> tuple[str, ...]:
    """The words of one rule, the longest first."""
    return tuple(sorted((r.word for r in programme_rules() if r.rule == rule), key=lambda w: (-len(w), w)))
