"""The prose of a report as paragraphs under its headings, each figure marked where it stands in its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from pipelines.core.traced import squeeze
from pipelines.delivery.site.source import Fact, Sentence
from pipelines.delivery.site.verdicts import worst

Span = tuple[int, int, tuple[int, ...]]
"""Where a figure stands in the text of its sentence, and the numbers of the facts that it states."""


@dataclass(frozen=True)
class Passage:
    """Paragraphs under one heading; `path` leads to it, `page` is where it begins."""

    path: tuple[str, ...]
    page: int
    paragraphs: tuple[Markup, ...]


def passages(sentences: Sequence[Sentence], facts: Sequence[Fact], states: Mapping[int, str]) -> Iterator[Passage]:
    """The sentences in reading order, those under one heading together."""
    said = by_sentence(facts)
    for (section, page), group in groupby(sentences, key=lambda s: (s.section, s.page)):
        paragraphs: list[list[str]] = []
        end = None
        for sentence in group:
            if end is None or sentence.start > end:
                paragraphs.append([])
            paragraphs[-1].append(_sentence(sentence, said.get(sentence.number, ()), states))
            end = sentence.end
        path = tuple(part for part in section.split(" > ") if part)
        yield Passage(path, page, tuple(Markup("".join(p)) for p in paragraphs))


def by_sentence(facts: Sequence[Fact]) -> dict[int, list[Fact]]:
    """The facts of each sentence in the order in which they are printed."""
    found: dict[int, list[Fact]] = {}
    for fact in facts:
        if fact.sentence is not None:
            found.setdefault(fact.sentence, []).append(fact)
    return {number: sorted(said, key=lambda f: (f.start or 0, f.number)) for number, said in found.items()}


def spans(text: str, facts: Sequence[Fact]) -> tuple[list[Span], list[int]]:
    """Where each figure stands in a mended sentence, in order, and the facts whose figure is not found there.

    The offsets of a fact count the source's characters, of which the sentence has dropped some: so each figure is
    looked for after the one before it, white space aside.
    """
    kept = [i for i, c in enumerate(text) if not c.isspace()]
    tight = "".join(text[i] for i in kept)
    found: list[Span] = []
    missing: list[int] = []
    after = 0
    for (_, printed), group in groupby(facts, key=lambda f: (f.start, squeeze(f.as_printed))):
        numbers = tuple(f.number for f in group)
        at = tight.find(printed, after) if printed else -1
        if at < 0:
            missing += numbers
            continue
        after = at + len(printed)
        found.append((kept[at], kept[after - 1] + 1, numbers))
    return found, missing


def _sentence(sentence: Sentence, facts: Sequence[Fact], states: Mapping[int, str]) -> str:
    found, missing = spans(sentence.text, facts)
    parts, end = [], 0
    for start, stop, numbers in found:
        parts += [escape(sentence.text[end:start]), _figure(sentence.text[start:stop], numbers, states)]
        end = stop
    parts.append(escape(sentence.text[end:]))
    for fact in facts:
        if fact.number in missing:
            parts.append(_figure(fact.as_printed, (fact.number,), states, " apart"))
    return f'<span class="sentence" id="s{sentence.number}">{"".join(parts)}</span>'


def _figure(text: str, facts: tuple[int, ...], states: Mapping[int, str], more: str = "") -> str:
    state = worst(states[n] for n in facts) or "unjudged"
    numbers = " ".join(map(str, facts))
    return f'<button type="button" class="figure is-{state}{more}" data-facts="{numbers}">{escape(text)}</button>'
