"""Tables whose rows name the three public expenses, one under another: which rows are parts of which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.core.model import Fact, Table
from pipelines.core.traced import halfwidth, squeeze
from pipelines.facts.lists import mark

_KINDS = (
    ("purchase", re.compile(r"(?:公务用车|公车)购置(?:费用?|经费|支出)*$")),
    ("running", re.compile(r"(?:公务用车|公车)运行(?:维护)?(?:费用?|经费|支出)*$")),
    ("vehicles", re.compile(r"(?:公务用车|公车)(?:购置[及和与、]运行(?:维护)?)?(?:费用?|经费|支出|小计)*$")),
    ("abroad", re.compile(r"因公出国(?:\(境\))?(?:费用?|经费|支出)*$")),
    ("reception", re.compile(r"公务接待(?:费用?|经费|支出)*$")),
    ("total", re.compile(r"(?:“?三公”?经费)?(?:支出)?(?:合计|总计|总额)$|“?三公”?经费(?:支出)?$")),
)
_NUMBER = re.compile(r"^(?:其中[:：]?)?(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）.、．]?)?")
_FEWEST = 2


def is_upright(labels: Sequence[str]) -> bool:
    """Whether two or more rows are the three public expenses."""
    kinds = {_kind(label) for label in labels} - {"total", None}
    return len(kinds & {"abroad", "reception", "vehicles", "running"}) >= _FEWEST


def listed(table: Table, facts: list[Fact], about: str) -> list[Fact]:
    """The facts of such a table, those of the total, of the expenses and of the two of vehicles tied as lists.

    `about` is the subject of the total. Only a column all of whose expenses have a row is tied; a row left
    blank adds nothing.
    """
    rows = {kind for cell in table.cells if (kind := _kind(cell.text)) is not None}
    complete = {"abroad", "reception"} <= rows and ("vehicles" in rows or {"purchase", "running"} <= rows)
    parts = {"abroad", "reception"} | ({"vehicles"} if "vehicles" in rows else {"purchase", "running"})
    by_column: dict[int | None, dict[str, int]] = {}
    for k, fact in enumerate(facts):
        kind = _kind(fact.subject)
        if kind == "total":
            facts[k] = replace(fact, subject=about, subject_kind="other")
        if kind is not None and fact.amount_yuan is not None:
            by_column.setdefault(fact.col, {}).setdefault(kind, k)
    for col, known in by_column.items():
        if complete:
            _tie(facts, known, "total", parts, f"t{table.number}c{col}:three")
        if {"purchase", "running"} <= rows:
            _tie(facts, known, "vehicles", {"purchase", "running"}, f"t{table.number}c{col}:vehicles")
    return facts


def _tie(facts: list[Fact], known: dict[str, int], whole: str, parts: set[str], name: str) -> None:
    said = [known[kind] for kind in sorted(parts) if kind in known]
    if whole in known and said:
        list_id = f"{name}:{facts[known[whole]].measure}"
        mark(facts, known[whole], list_id, "total")
        for k in said:
            mark(facts, k, list_id, "part")


def _kind(label: str) -> str | None:
    words = _NUMBER.sub("", halfwidth(squeeze(label)))
    words = _NUMBER.sub("", words) if words.startswith(("(", "其中")) else words
    return next((kind for kind, pattern in _KINDS if pattern.match(words)), None)
