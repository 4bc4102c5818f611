"""Totals made up in a sentence: `一般公共预算收入a，…加上上级补助收入b、上年结转c，一般公共预算收入总计d`.

The amount that the total is named after, and those listed after `加上`, are all there is to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.core.model import Fact, Sentence
from pipelines.core.traced import halfwidth
from pipelines.facts.lists import mark

_ADDS = re.compile(r"(?:^|[,;。])加上")
_TOTAL = re.compile(r"(?:总计|总量)$")
_LESS = re.compile(r"减去|扣除|剔除|减除")
_ITEMS = re.compile(r"[、,]|(?<=元)[和及]")
_AMOUNT = re.compile(r"\d\s*(?:亿|万|千)?元")
_SIDE = {"收入": "预算收入", "支出": "预算支出"}
_LOOK_BACK = 8  # sentences above in which the amount that is added to may stand
_FEWEST = 2


def tie_additions(sentences: Sequence[Sentence], facts: list[Fact]) -> None:
    """Tie the parts and the total of every such sentence as a list. Left alone is one that names a part without its
    amount, or whose first amount is not found under the total's own name."""
    amounts: dict[int, list[int]] = {}
    for k, fact in enumerate(facts):
        if fact.amount_yuan is not None and fact.year_offset == 0 and fact.measure != "change_amount":
            amounts.setdefault(fact.sentence_number or 0, []).append(k)
    for sentence in sentences:
        text = halfwidth(sentence.text)
        adds = _ADDS.search(text)
        if adds is None:
            continue
        start = sentence.offsets[adds.end() - 1]
        said = {facts[k].start or 0: k for k in amounts.get(sentence.number, [])}
        after = [said[place] for place in sorted(said) if place >= start]
        total = next((k for k in after if _TOTAL.search(facts[k].subject)), None)
        if total is None:
            continue
        parts = after[: after.index(total)]
        listed = text[adds.end() : sentence.offsets.index(facts[total].start or 0)]
        items = _ITEMS.split(listed)[:-1]
        whole = all(map(_AMOUNT.search, items)) and len(items) == len(parts) and not _LESS.search(listed)
        main = _main(sentence, facts, amounts, facts[total], start)
        if whole and main is not None and len(parts) >= _FEWEST:
            list_id = f"s{sentence.number}.added:{facts[total].measure}"
            mark(facts, total, list_id, "total")
            for k in (main, *parts):
                mark(facts, k, list_id, "part")


def _main(
    sentence: Sentence, facts: Sequence[Fact], amounts: dict[int, list[int]], total: Fact, start: int
) -> int | None:
    """The last amount before the addition that bears the total's own name (`一般公共预算收入` of `…收入总计`)."""
    root = _TOTAL.sub("", total.subject)
    root = _SIDE.get(root, root)
    near = range(max(1, sentence.number - _LOOK_BACK), sentence.number + 1)
    before = [k for n in near for k in amounts.get(n, []) if (facts[k].start or 0) < start]
    named = [k for k in before if facts[k].subject.endswith(root) and facts[k].fund_source == total.fund_source]
    return max(named, key=lambda k: facts[k].start or 0) if named and len(root) > len("收入") else None
