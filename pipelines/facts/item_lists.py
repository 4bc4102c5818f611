"""Lists set out below a sentence: the numbered items (or paragraphs) whose figures add up to the totals it states.

`…年初预算为5745.06万元，支出决算为11223.72万元，…具体情况如下：` leads the items `1.…。年初预算为…，支出决算为…`: each
measure of the lead is one list (`sec99:initial_budget`, `sec99:final_account`), named by the opening sentence's number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.core.model import Fact, Sentence
from pipelines.core.traced import halfwidth, squeeze
from pipelines.documents.headings import Enumerator, enumerator
from pipelines.documents.prose import SEPARATOR
from pipelines.facts.lists import mark, may_be_listed, total_for
from pipelines.facts.shapes import shapes

_SHORTEST_NAME = 4  # characters: the shortest subject by which an opener names its total
_BARE_OPENER = 4  # characters: `其中：` and the like name nothing
_LOOK_BACK = 60  # sentences of the section above an opener that may state its totals
_LONGEST = 300  # sentences that one list may hold
_FEWEST = 2
_AFTER = 3  # sentences of the last item that may stand in paragraphs of their own


@dataclass(slots=True)
class _Item:
    ordinal: int | None
    section: str
    sentences: list[int]


def tie_items(sentences: Sequence[Sentence], facts: list[Fact], *, cut_off: bool = False) -> None:
    """Tie the items of every list set out below its opener to the totals stated above them.

    A list whose numbering has a gap is left alone: an item may not have been read; so is one that the end of the text
    cuts off.
    """
    of_sentence: dict[int, list[int]] = {}
    for k, fact in enumerate(facts):
        if may_be_listed(fact) and fact.year_offset == 0:
            of_sentence.setdefault(fact.sentence_number or 0, []).append(k)
    shares = {f.statement for f in facts if f.measure == "share"}
    numbers = [enumerator(s.text) for s in sentences]
    above: dict[str, list[int]] = {}
    for i, sentence in enumerate(sentences):
        base = _base(sentence, numbers[i])
        if opens_below(sentence.text):
            earlier = above.get(sentence.section, above.get(base, []))[-_LOOK_BACK:]
            totals = _totals(sentence, [of_sentence.get(n, []) for n in earlier], of_sentence, facts, shares)
            if totals:
                items = list(_items(i, sentences, numbers, base))
                if _is_complete(items) and not (cut_off and _reaches(items, sentences[-1].number)):
                    _tie(sentence, items, of_sentence, facts, totals)
        for section in {base, sentence.section}:
            above.setdefault(section, []).append(sentence.number)


def _reaches(items: Sequence[_Item], last: int) -> bool:
    """Whether the items go on to the last sentences, of which an item's own paragraphs may be all."""
    return any(number >= last - _AFTER for item in items for number in item.sentences)


def opens_below(text: str) -> bool:
    """Whether a sentence ends in words that announce a list in the paragraphs after it (`其中：`, `具体情况如下：`)."""
    words = halfwidth(squeeze(text))
    if not words.endswith(":"):
        return False
    last = words[:-1].replace("。", ",").replace(";", ",").rsplit(",", 1)[-1]
    return bool(shapes().list_whole.search(last))


def _base(sentence: Sentence, number: Enumerator | None) -> str:
    """The section of a sentence without the item that it itself begins."""
    parts = sentence.section.split(SEPARATOR) if sentence.section else []
    if number is not None and parts and squeeze(sentence.text).startswith(squeeze(parts[-1])):
        parts.pop()
    return SEPARATOR.join(parts)


def _totals(
    opener: Sentence,
    above: Sequence[Sequence[int]],
    of_sentence: dict[int, list[int]],
    facts: Sequence[Fact],
    shares: Collection[str],
) -> list[int]:
    """The figures that a list below adds up to: the opener's own; else those said of the subject that it names; else
    those of the last sentence before it that states any, if that speaks of one subject only."""
    own = of_sentence.get(opener.number, [])
    if own:
        return list(own)
    words = squeeze(opener.text)
    named: dict[str, list[int]] = {}
    for k in (k for group in above for k in group):
        if len(facts[k].subject) >= _SHORTEST_NAME and facts[k].subject in words:
            named.setdefault(facts[k].statement, []).append(k)
    if named:
        return max(reversed(named.values()), key=lambda ks: len({facts[k].measure for k in ks}))
    nearest = next((group for group in reversed(above) if group), [])
    if len(words) <= _BARE_OPENER and any(facts[k].statement in shares for k in nearest):
        return []  # `项目支出b万元，占总支出的5%。其中：` goes on about the whole that b is a share of
    alone = len({facts[k].subject for k in nearest}) == 1
    return list(nearest) if len(words) <= _BARE_OPENER or alone else []


def _tie(
    opener: Sentence,
    items: Sequence[_Item],
    of_sentence: dict[int, list[int]],
    facts: list[Fact],
    totals: Sequence[int],
) -> None:
    by_total: dict[int, list[int]] = {}
    for item in items:
        members = [k for number in item.sentences for k in of_sentence.get(number, [])]
        taken: set[int] = set()
        for k in members:
            total = total_for(facts[k], facts, totals) if facts[k].subject == facts[members[0]].subject else None
            if total is not None and total not in taken:
                taken.add(total)
                by_total.setdefault(total, []).append(k)
    for total, parts in by_total.items():
        whole = facts[total].subject
        overlaps = any(_same_thing(whole, facts[k].subject) for k in parts)
        if len(parts) >= _FEWEST and not overlaps:
            list_id = f"sec{opener.number}:{facts[total].measure}"
            mark(facts, total, list_id, "total")
            for k in parts:
                mark(facts, k, list_id, "part")


def _same_thing(whole: str, part: str) -> bool:
    """`公务接待费支出` is no total of a list that holds `公务接待费`."""
    return len(part) >= _SHORTEST_NAME and whole.startswith(part)


def _items(at: int, sentences: Sequence[Sentence], numbers: Sequence[Enumerator | None], base: str) -> Iterator[_Item]:
    """Each item below an opener, until the list's section or its level of numbering ends.

    Items stand straight under the opener's section, or under headings inside it that group them (then a numbered
    paragraph beside those headings is an item as well).
    """
    base, own = _scope(at, sentences, base, numbers[at])
    following = list(zip(sentences[at + 1 : at + 1 + _LONGEST], numbers[at + 1 : at + 1 + _LONGEST], strict=True))
    if not following:
        return
    style = following[0][1]
    straight = _base(*following[0]) == base
    item: _Item | None = None
    for sentence, number in following:
        inside = not base or sentence.section == base or sentence.section.startswith(base + SEPARATOR)
        beside = number is not None and (style is None or (own is not None and number.level <= own.level))
        leaf = item.section if item else base
        elsewhere = straight and _base(sentence, number) not in (base, leaf)
        above = number is not None and style is not None and number.level < style.level
        if not inside or beside or elsewhere or (above and straight):
            break
        if item is not None and number is None and sentence.section == leaf != base:
            item.sentences.append(sentence.number)
        elif (style is None) or (number is not None and (above or number.style == style.style)):
            if item is not None:
                yield item
            item = _Item(number.ordinal if number and not above else None, sentence.section, [sentence.number])
    if item is not None:
        yield item


def _is_complete(items: Sequence[_Item]) -> bool:
    """Whether no number is missing: after n comes n again (a slip), n + 1, or 1 under the next heading."""
    ordinals = [1, *(i.ordinal for i in items if i.ordinal is not None)]
    return all(b in (a, a + 1, 1) for a, b in pairwise(ordinals))


def _scope(at: int, sentences: Sequence[Sentence], base: str, own: Enumerator | None) -> tuple[str, Enumerator | None]:
    """The section that a list below fills, and the enumerator of the item that opens it: `（二）支出预算总计…。包括：`
    leads the items 1., 2. … up to （三）, which stand beside it."""
    parts = base.split(SEPARATOR)
    leads = at + 1 < len(sentences) and not (sentences[at + 1].section + SEPARATOR).startswith(base + SEPARATOR)
    if own is None and leads:
        own = enumerator(parts[-1])
        base = SEPARATOR.join(parts[:-1]) if own is not None else base
    return base, own
