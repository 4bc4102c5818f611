"""Sentence shapes: declared in `vocab/sentence_shapes.yml`, compiled once to patterns with named slots."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.core.traced import halfwidth
from pipelines.facts.shape_grammar import Grammar

_PATH = Path(__file__).parent.parent / "vocab" / "sentence_shapes.yml"


@dataclass(frozen=True, slots=True)
class Example:
    """A text that the shape must read, the figure it finds there (the `nth` of that text) and, if signed, its value."""

    text: str
    figure: str
    nth: int = 1
    within: str | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to say one figure. `measure` is None for a bare name; `sign` 0 leaves it to the direction slot."""

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
    in_list: bool
    base: bool
    aside: bool
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

    def said_before(self, lead: str, tail: str, slot: str, unit: str, *, in_list: bool = False) -> Said | None:
        """The first shape that the words before and after a figure fit, None where none does.

        `in_list` says that a stated list is open, whose parts may be named by any words.
        """
        for shape in self.shapes:
            if shape.slot != slot or (shape.in_list and not in_list) or (shape.units and unit not in shape.units):
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
        plain = re.sub(r"(?:合计|总计|总额)$", "", name)
        return next((n for n in self.nouns if plain.endswith(n)), plain[-2:])

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
    grammar = Grammar(data["words"], data["nouns"], data["noun_patterns"])
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


def _shape(entry: dict[str, Any], grammar: Grammar) -> Shape:
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
        in_list=bool(entry.get("in_list")),
        base=bool(entry.get("base")),
        aside=bool(entry.get("aside")),
        sign=int(entry.get("sign", 0)),
        example=Example(
            example["text"],
            example["figure"],
            int(example.get("nth", 1)),
            example.get("within"),
            None if value is None else Decimal(str(value)),
        ),
    )
