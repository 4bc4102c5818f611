"""Sentence shapes: declared in `vocab/sentence_shapes.yml`, compiled once to patterns with named slots."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.core.traced import halfwidth

TOKEN = "\ue000"
"""Stands for an amount or a rate that was read before, in the text that shapes are matched against."""

_FIGURE_SLOTS = ("amount", "rate", "count", "target")
_SLOTS = {
    "subject": rf"(?P<subject>[^{TOKEN}]*?)",
    "any": rf"[^{TOKEN}]*?",
    "some": rf"[^{TOKEN}]{{1,30}}?",
    "near": rf"[^{TOKEN}]{{0,8}}?",
    "base": rf"(?P<base>[^{TOKEN}]{{1,30}}?)",
    "whole": rf"(?P<whole>[^{TOKEN}]{{0,40}}?)",
    "figure": TOKEN,
}
_PATH = Path(__file__).parent.parent / "vocab" / "sentence_shapes.yml"


@dataclass(frozen=True, slots=True)
class Example:
    """A text that the shape must read, the figure it finds there (the `nth` of that text) and, if signed, its value."""

    text: str
    figure: str
    nth: int = 1
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to say one figure. `measure` is None for a bare name with its amount; `sign` 0 leaves it to `direction`."""

    name: str
    says: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    slot: str
    units: frozenset[str]
    measure: str | None
    basis: str | None
    kind: str | None
    carried: bool
    ignore: bool
    bare: bool
    sign: int
    example: Example


@dataclass(frozen=True, slots=True)
class Said:
    """A shape found before a figure: its slots as spans of the text before the figure."""

    shape: Shape
    slots: dict[str, tuple[int, int]]
    cue: int


@dataclass(frozen=True, slots=True)
class Shapes:
    """All declared shapes and the words that join clauses: comparisons and the openers of lists."""

    shapes: tuple[Shape, ...]
    up: frozenset[str]
    nouns: tuple[str, ...]
    not_names: re.Pattern[str]
    comparisons: tuple[re.Pattern[str], ...]
    list_begins: re.Pattern[str]
    list_whole: re.Pattern[str]
    list_within: re.Pattern[str]
    count_units: tuple[str, ...]

    def said_before(self, lead: str, tail: str, slot: str, unit: str) -> Said | None:
        """The first shape that the words before and after a figure fit, None where none does."""
        for shape in self.shapes:
            if shape.slot != slot or (shape.units and unit not in shape.units):
                continue
            for before, after in shape.says:
                m = before.search(lead)
                if m and after.match(tail):
                    slots = {k: m.span(k) for k, v in m.groupdict().items() if v is not None}
                    if not self._is_name(shape, lead, slots):
                        continue
                    cue = slots["subject"][1] if "subject" in slots and not shape.bare else m.start()
                    return Said(shape, slots, cue)
        return None

    def noun_of(self, name: str) -> str:
        """The noun that a half-width name ends in (`保障金` of `月保障金`)."""
        return next((n for n in self.nouns if name.endswith(n)), name[-2:])

    def target(self, clause: str) -> tuple[int, int] | None:
        """Where the words of an indicator's target stand in a clause that states one."""
        for shape in self.shapes:
            for before, _ in shape.says if shape.slot == "target" else ():
                m = before.search(clause)
                if m:
                    return m.span("target")
        return None

    def _is_name(self, shape: Shape, lead: str, slots: dict[str, tuple[int, int]]) -> bool:
        if not shape.bare:
            return True
        return self.not_names.search(lead[slice(*slots["subject"])]) is None


@cache
def shapes() -> Shapes:
    """The shapes of the vocabulary. Raises ValueError naming the shape that is not well formed."""
    data = yaml.safe_load(_PATH.read_text("utf-8"))
    grammar = _Grammar(data["words"], data["nouns"])
    found = tuple(_shape(entry, grammar) for entry in data["shapes"])
    openers = data["list_openers"]
    units = {u for s in found for u in s.units}
    return Shapes(
        found,
        frozenset(data["words"]["up"]),
        tuple(sorted(map(halfwidth, data["nouns"]), key=lambda n: (-len(n), n))),
        re.compile("|".join(data["not_names"])),
        tuple(re.compile(halfwidth(p)) for p in data["comparisons"]),
        re.compile("|".join(openers["begins"])),
        re.compile("|".join(openers["whole"])),
        re.compile(openers["within"]),
        tuple(sorted(units, key=lambda u: (-len(u), u))),
    )


def _shape(entry: dict[str, Any], grammar: _Grammar) -> Shape:
    compiled = [grammar.compiled(text) for text in entry["says"]]
    slots = {slot for _, _, slot, _ in compiled}
    if len(slots) != 1:
        raise ValueError(f"shape {entry['name']}: every way of saying it needs one figure of the same kind")
    example = entry["example"]
    value = example.get("value")
    return Shape(
        name=entry["name"],
        says=tuple((before, after) for before, after, _, _ in compiled),
        slot=slots.pop(),
        units=frozenset(u for _, _, _, units in compiled for u in units),
        measure=entry.get("measure"),
        basis=entry.get("basis"),
        kind=entry.get("kind"),
        carried=entry.get("subject") == "carried",
        ignore=bool(entry.get("ignore")),
        bare=bool(entry.get("bare")),
        sign=int(entry.get("sign", 0)),
        example=Example(
            example["text"],
            example["figure"],
            int(example.get("nth", 1)),
            None if value is None else Decimal(str(value)),
        ),
    )


class _Grammar:
    """The small language that shapes are written in, turned into regular expressions."""

    def __init__(self, words: dict[str, Any], nouns: Sequence[str]) -> None:
        self.words = words
        self.nouns = nouns

    def compiled(self, says: str) -> tuple[re.Pattern[str], re.Pattern[str], str, tuple[str, ...]]:
        before: list[str] = []
        after: list[str] = []
        slot, units = "", ()
        for kind, piece in _pieces(says):
            name, _, rest = piece.partition(" ")
            if kind == "slot" and name in _FIGURE_SLOTS:
                if slot:
                    raise ValueError(f"two figures in {says!r}")
                slot, units = name, tuple(rest.split("|")) if rest else ()
                continue
            (after if slot else before).append(self._expression(kind, piece))
        if not slot:
            raise ValueError(f"no figure in {says!r}")
        body = "".join(before)
        if slot == "target":
            return re.compile(rf"{body}(?P<target>[^,;。]+)$"), re.compile(""), slot, units
        lead = re.compile(rf"(?:^|(?<={TOKEN}))[、和及以,]*{body}$")
        return lead, re.compile("".join(after)), slot, units

    def _expression(self, kind: str, piece: str) -> str:
        if kind == "slot":
            name, _, rest = piece.partition(" ")
            if name == "direction":
                return f"(?P<direction>{self._word('up')}|{self._word('down')})"
            if name in ("thing", "name"):
                nouns = "|".join(re.escape(halfwidth(n)) for n in (rest.split("|") if rest else self.nouns))
                return rf"(?P<subject>[^{TOKEN}]*?(?:{nouns}))"
            return _SLOTS[name]
        if kind == "word":
            return self._word(piece)
        if kind == "literal":
            return re.escape(halfwidth(piece))
        kind, _, times = kind.partition(":")
        inner = "|".join("".join(self._expression(k, p) for k, p in _pieces(part)) for part in _alternatives(piece))
        return f"(?:{inner}){times or ('?' if kind == 'optional' else '')}"

    def _word(self, name: str) -> str:
        repeat = name.endswith("*")
        entry = self.words[name.rstrip("*")]
        if isinstance(entry, dict):
            inner = str(entry["pattern"])
        else:
            inner = "|".join(re.escape(halfwidth(w)) for w in sorted(entry, key=len, reverse=True))
        return f"(?:{inner})" + ("{0,3}" if repeat else "")


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    closing = {"{": "}", "<": ">", "[": "]", "(": ")"}
    kinds = {"{": "slot", "<": "word", "[": "optional", "(": "group"}
    i = 0
    while i < len(text):
        c = text[i]
        if c not in closing:
            yield "literal", c
            i += 1
            continue
        depth, end = 0, i
        for end in range(i, len(text)):
            depth += (text[end] == c) - (text[end] == closing[c])
            if depth == 0:
                break
        if depth:
            raise ValueError(f"{c} without {closing[c]} in {text!r}")
        piece, repeat = text[i + 1 : end], text[end + 1 : end + 2] == "*"
        kind = kinds[c]
        if kind == "word":
            yield kind, piece + ("*" if repeat else "")
        elif repeat:
            yield kind + ":{0,3}", piece
        else:
            yield kind, piece
        i = end + 1 + repeat


def _alternatives(text: str) -> list[str]:
    out, depth, last = [], 0, 0
    for i, c in enumerate(text):
        depth += (c in "[({<") - (c in "])}>")
        if c == "|" and depth == 0:
            out.append(text[last:i])
            last = i + 1
    return [*out, text[last:]]
