"""The language that sentence shapes are written in (`vocab/sentence_shapes.yml` says how), as regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

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


class Grammar:
    """Compiles shapes; `words` and `nouns` are the vocabulary that they refer to."""

    def __init__(self, words: dict[str, Any], nouns: Sequence[str], noun_patterns: Sequence[str]) -> None:
        self.words = words
        self.nouns = "|".join([*(re.escape(halfwidth(n)) for n in nouns), *noun_patterns])

    def compiled(self, says: str) -> tuple[re.Pattern[str], re.Pattern[str], str, tuple[str, ...]]:
        """The patterns before and after the figure, what the figure is (`amount`, `rate`, `count`, `target`) and in
        which units. Raises ValueError where a shape has no figure, two, or an open bracket."""
        before: list[str] = []
        after: list[str] = []
        slot = ""
        units: tuple[str, ...] = ()
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
                words = [w for w in (*self.words["up"], *self.words["down"]) if w not in rest.split("|")]
                return f"(?P<direction>{'|'.join(sorted(words, key=len, reverse=True))})"
            if name in ("thing", "name"):
                nouns = "|".join(re.escape(halfwidth(n)) for n in rest.split("|")) if rest else self.nouns
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
