"""Stated lists in prose: `X万元，其中：a…、b…`, and numbered items under the sentence that states their totals.

A list ties its total and its parts by `list_id`. It may be partial: whether the parts must add up is not judged here.
A figure that is the total of one list and a part of another is stated once for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipelines.core.model import Fact, Sentence
from pipelines.core.traced import halfwidth, squeeze
from pipelines.documents.headings import Enumerator, enumerator
from pipelines.documents.prose import SEPARATOR
from pipelines.facts.shapes import shapes

SPENT = frozenset(
    {
        "final_account",
        "executed",
        "forecast_executed",
        "expenditure",
        "basic_expenditure",
        "project_expenditure",
        "personnel_expenditure",
        "public_expenditure",
    }
)
EXECUTED = frozenset({"final_account", "executed", "forecast_executed"})
BUDGETED = frozenset({"budget", "initial_budget", "adjusted_budget"})
_NOT_LISTED = frozenset({"change_amount", "budget_adjustment", "transferred", "carried_in", "carried_out", "target"})
_LEAD_TOTAL = 4  # characters: the shortest subject that an opener (`…按项级科目…具体情况如下：`) is recognised by
_FEWEST = 2


@dataclass(slots=True)
class OpenList:
    """A list that was opened in a sentence: `candidates` are the facts (indices) that may be its total, nearest last."""

    name: str
    section: str
    candidates: list[int]
    parts: list[int] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)


def may_be_listed(fact: Fact) -> bool:
    """Whether a fact can be the total or a part of a stated list."""
    countable = fact.amount_yuan is not None or fact.measure == "count"
    return countable and fact.measure not in _NOT_LISTED and not fact.measure.startswith("prior_")


def total_for(part: Fact, facts: Sequence[Fact], candidates: Sequence[int]) -> int | None:
    """Which candidate is the total of a part: the nearest of its own measure, else of its family."""
    able = [k for k in reversed(candidates) if _alike(facts[k], part)]
    same = next((k for k in able if facts[k].measure == part.measure), None)
    if same is not None:
        return same
    family = next((f for f in (SPENT, BUDGETED) if part.measure in f), None)
    if family is not None:
        near = next((k for k in able if facts[k].measure in family), None)
        if near is not None:
            return near
    budgeted = part.measure in (SPENT - EXECUTED) or part.measure == "revenue"
    return next((k for k in able if budgeted and facts[k].measure in BUDGETED), None)


def _alike(total: Fact, part: Fact) -> bool:
    if total.subject == part.subject and total.measure == part.measure:
        return False
    return (total.amount_yuan is None) == (part.amount_yuan is None) and total.year_offset == part.year_offset


def join(open_list: OpenList, facts: list[Fact], index: int) -> None:
    """Make the fact at `index` a part of the list, if it can be one and its total is among the candidates."""
    part = facts[index]
    key = (part.subject, part.measure)
    if not may_be_listed(part) or key in open_list.seen:
        return
    total = total_for(part, facts, open_list.candidates)
    if total is None:
        return
    open_list.seen.add(key)
    open_list.parts.append(index)
    tie(facts, total, [index], f"{open_list.name}:{facts[total].measure}")


def tie(facts: list[Fact], total: int, parts: Sequence[int], list_id: str) -> None:
    """Write a list's name on its total and its parts; a fact of another list already is stated once more."""
    _mark(facts, total, list_id, "total")
    for part in parts:
        _mark(facts, part, list_id, "part")


def _mark(facts: list[Fact], index: int, list_id: str, role: str) -> None:
    fact = facts[index]
    place = (fact.sentence_number, fact.start, fact.end, fact.measure)
    if any(f.list_id == list_id and (f.sentence_number, f.start, f.end, f.measure) == place for f in facts[index:]):
        return
    marked = replace(fact, list_id=list_id, list_role=role)
    if fact.list_id is None:
        facts[index] = marked
    else:
        facts.append(marked)


def opens_below(text: str) -> bool:
    """Whether a sentence ends in words that announce a list in the paragraphs after it (`其中：`, `具体情况如下：`)."""
    words = halfwidth(squeeze(text))
    if not words.endswith(":"):
        return False
    last = words[:-1].replace("。", ",").replace(";", ",").rsplit(",", 1)[-1]
    return bool(shapes().list_whole.search(last))


def tie_items(sentences: Sequence[Sentence], facts: list[Fact]) -> None:
    """Tie the numbered items (or paragraphs) of every list to the figures of the sentence that leads it."""
    of_sentence: dict[int, list[int]] = {}
    for k, fact in enumerate(facts):
        of_sentence.setdefault(fact.sentence_number or 0, []).append(k)
    in_section: dict[str, list[int]] = {}
    for i, sentence in enumerate(sentences):
        if opens_below(sentence.text):
            totals = _totals(sentence, sentences, in_section.get(_base(sentence), []), of_sentence, facts)
            if totals:
                _tie_below(i, sentences, of_sentence, facts, totals)
        for section in {_base(sentence), sentence.section}:
            in_section.setdefault(section, []).append(i)


def _base(sentence: Sentence) -> str:
    """The section of a sentence without the item that it itself begins or belongs to."""
    number = enumerator(sentence.text)
    parts = sentence.section.split(SEPARATOR) if sentence.section else []
    if number is not None and parts and squeeze(sentence.text).startswith(squeeze(parts[-1])):
        parts.pop()
    return SEPARATOR.join(parts)


def _totals(
    opener: Sentence,
    sentences: Sequence[Sentence],
    earlier: Sequence[int],
    of_sentence: dict[int, list[int]],
    facts: list[Fact],
) -> list[int]:
    """The figures that a list below adds up to: the opener's own, else those said of the subject that the opener names,
    else those of the nearest sentence of the section that states any."""

    def able(number: int) -> list[int]:
        return [k for k in of_sentence.get(number, []) if may_be_listed(facts[k]) and facts[k].year_offset == 0]

    own = able(opener.number)
    if own:
        return own
    before = [able(sentences[i].number) for i in earlier]
    words = squeeze(opener.text)
    named = [k for group in before for k in group if len(facts[k].subject) >= _LEAD_TOTAL and facts[k].subject in words]
    if named:
        best = [k for k in named if facts[k].list_role != "part"] or named
        richest = max(len({facts[j].measure for j in best if facts[j].statement == facts[k].statement}) for k in best)
        lead = [
            k
            for k in best
            if len({facts[j].measure for j in best if facts[j].statement == facts[k].statement}) == richest
        ][-1]
        return [k for k in best if facts[k].statement == facts[lead].statement]
    if len(words) > _LEAD_TOTAL:
        return next((group for group in before if group), [])
    return next((group for group in reversed(before) if group), [])


def _tie_below(
    at: int, sentences: Sequence[Sentence], of_sentence: dict[int, list[int]], facts: list[Fact], totals: Sequence[int]
) -> None:
    opener = sentences[at]
    items = _items(at, sentences)
    by_total: dict[int, list[int]] = {}
    for group in items:
        members = [k for n in group for k in of_sentence.get(n, []) if may_be_listed(facts[k])]
        if not members:
            continue
        first = facts[members[0]].subject
        taken: set[int] = set()
        for k in members:
            if facts[k].subject != first:
                continue
            total = total_for(facts[k], facts, totals)
            if total is not None and total not in taken:
                taken.add(total)
                by_total.setdefault(total, []).append(k)
    for total, parts in by_total.items():
        if len(parts) >= _FEWEST:
            tie(facts, total, parts, f"sec{opener.number}:{facts[total].measure}")


def _items(at: int, sentences: Sequence[Sentence]) -> list[list[int]]:
    """The sentence numbers of each item below an opener, until the list's section or its level of numbering ends."""
    opener = sentences[at]
    base, own = _base(opener), enumerator(opener.text)
    out: list[list[int]] = []
    style: Enumerator | None = None
    plain: bool | None = None
    leaf = ""
    for sentence in sentences[at + 1 :]:
        inside = sentence.section == base or sentence.section.startswith(base + SEPARATOR) or not base
        number = enumerator(sentence.text)
        if not inside or (own is not None and number is not None and number.level <= own.level):
            break
        if plain is None:
            plain, style = number is None, number
        if plain:
            if number is not None:
                break
            if out and sentence.section == leaf != base:
                out[-1].append(sentence.number)
            else:
                out.append([sentence.number])
            leaf = sentence.section
        elif number is not None and style is not None and number.level < style.level:
            break
        elif number is not None and style is not None and number.style == style.style:
            out.append([sentence.number])
            leaf = sentence.section
        elif number is None and out and leaf and sentence.section == leaf != base:
            out[-1].append(sentence.number)
    return out
