"""The ledger: of every document and every check, how many equations were judged how, or why there was none."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pipelines.audit.checks import Check
from pipelines.audit.judge import VERDICTS, Verdict, computed, lenient, results
from pipelines.audit.wording import plain

DOCUMENT_NOT_READ = "document not read"
NO_SUCH_TABLE = "no such table in this family"
NO_FACTS = "no facts of this kind"
HEADING_NOT_MAPPED = "heading not mapped"
NOT_SAID_TOGETHER = "figures not stated together"
REASONS = (DOCUMENT_NOT_READ, NO_SUCH_TABLE, NO_FACTS, HEADING_NOT_MAPPED, NOT_SAID_TOGETHER)
"""The closed list of reasons why a check found nothing to evaluate in a document."""

_COLUMN = {"pass": "passed", "fail": "failed"}


@dataclass(frozen=True, slots=True)
class Material:
    """What a document offers to checks: its measures by origin, and whether some heading was not understood.

    Besides measures, `list` stands for stated lists, `fund_source` for figures by fund, `text` for sentences or cells.
    """

    document_id: str
    file: str
    read: bool
    has_tables: bool = False
    has_unmapped: bool = False
    in_tables: frozenset[str] = frozenset()
    in_prose: frozenset[str] = frozenset()

    def offers(self, need: str, origin: str) -> bool:
        """Whether one need (`a|b`: either) is met where the check looks for it."""
        there = {"table": self.in_tables, "narrative": self.in_prose}.get(origin, self.in_tables | self.in_prose)
        return not there.isdisjoint(need.split("|"))


@dataclass
class Ledger:
    """Counts verdicts as they come, and the smallest errors that the equations of each check are sure to catch."""

    checks: Sequence[Check]
    counts: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    smallest: dict[str, dict[str, Decimal]] = field(default_factory=lambda: defaultdict(dict))

    def enter(self, verdicts: Iterable[Verdict]) -> None:
        """Counts the verdicts of a document."""
        for v in verdicts:
            self.counts[v.equation.document_id, v.equation.check_id][v.verdict] += 1
            slack = _slack(v)
            if slack is not None:
                unit, size = slack
                known = self.smallest[v.equation.check_id]
                known[unit] = max(known.get(unit, size), size)

    def rows(self, materials: Iterable[Material]) -> list[dict[str, Any]]:
        """One row a document and check."""
        return [self._row(check, m) for m in materials for check in self.checks]

    def smallest_error(self, check: Check) -> str | None:
        """The smallest deviation sure to be caught in every equation of a check, by unit; None without any."""
        known = self.smallest.get(check.id)
        return "；".join(f"{plain(size)}{unit}" for unit, size in sorted(known.items())) if known else None

    def _row(self, check: Check, material: Material) -> dict[str, Any]:
        counts = self.counts.get((material.document_id, check.id), Counter())
        total = sum(counts.values())
        return {
            "check_id": check.id,
            "document_id": material.document_id,
            "file": material.file,
            "candidates": total,
            **{_COLUMN.get(v, v): counts[v] for v in VERDICTS},
            "not_evaluated_reason": None if total else reason(check, material),
        }


def reason(check: Check, material: Material) -> str:
    """Why a check found nothing to evaluate in a document, from the closed list."""
    if not material.read:
        return DOCUMENT_NOT_READ
    missing = [need for need in check.needs if not material.offers(need, check.origin)]
    if not missing:
        return NOT_SAID_TOGETHER
    if material.has_unmapped:
        return HEADING_NOT_MAPPED
    if check.origin == "table" and not material.has_tables:
        return NO_SUCH_TABLE
    return NO_FACTS


def materials(documents: Sequence[Mapping[str, Any]], measures: Iterable[tuple[str, str, str]]) -> list[Material]:
    """What each document offers; `measures` are (document_id, origin, measure), `list` and `fund_source` among them."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: {"table": set(), "narrative": set()})
    for document_id, origin, measure in measures:
        found[document_id][origin].add(measure)
    out = []
    for d in documents:
        tables, prose = found[d["document_id"]]["table"], found[d["document_id"]]["narrative"]
        out.append(
            Material(
                d["document_id"],
                d["file"],
                d["status"] != "quarantined",
                bool(tables - {"text"}),
                any(m.startswith("unmapped:") for m in tables | prose),
                frozenset(tables),
                frozenset(prose),
            )
        )
    return out


def _slack(verdict: Verdict) -> tuple[str, Decimal] | None:
    """How far the stated result may be off before the equation is sure to fail, in its printed unit."""
    reading = verdict.reading if verdict.verdict == "pass" else verdict.equation.named
    if verdict.computed is None or reading.result is None or verdict.verdict not in ("pass", "rounding", "fail"):
        return None
    figure, wide = reading.result.figure, computed(reading, lenient)
    if figure is None or wide is None:
        return None
    stated = results(reading)
    reach = max(max(s.hi for s in stated) - figure.value, figure.value - min(s.lo for s in stated))
    width = (wide.hi - wide.lo) / 2
    unit = "%" if reading.is_ratio else figure.unit or ""
    return unit, round((reach + width) / figure.factor, 4)
