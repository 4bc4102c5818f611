"""The ledger: of every document and every check, how many equations were judged how, or why there was none."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from statistics import median_low
from typing import Any

from pipelines.audit.checks import Check
from pipelines.audit.judge import VERDICTS, Verdict, leeway
from pipelines.audit.wording import plain
from pipelines.families import families

DOCUMENT_NOT_READ = "document not read"
SCAN_ILLEGIBLE = "scan illegible"
NO_SUCH_TABLE = "no such table in this family"
TABLE_NOT_READ = "table not read"
TABLE_EMPTY = "table holds no figures"
NO_FACTS = "no facts of this kind"
HEADING_NOT_MAPPED = "heading not mapped"
NOT_SAID_TOGETHER = "figures not stated together"
NO_OTHER_REPORT = "no other report to compare with"
REASONS = (
    DOCUMENT_NOT_READ,
    SCAN_ILLEGIBLE,
    NO_SUCH_TABLE,
    TABLE_NOT_READ,
    TABLE_EMPTY,
    NO_FACTS,
    HEADING_NOT_MAPPED,
    NOT_SAID_TOGETHER,
    NO_OTHER_REPORT,
)
"""The closed list of reasons why a check found nothing to evaluate in a document. All but NO_SUCH_TABLE leave open what
the report's family demands."""

_COLUMN = {"pass": "passed", "fail": "failed"}
_ILLEGIBLE = re.compile("扫描|无法辨认|图片")
"""What the readers of scans say of a document that they could not read, or not all of."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a document offers to checks: its measures by origin, and whether some heading was not understood.

    Besides measures, `list` stands for stated lists, `fund_source` for figures by fund, `text` for sentences or cells,
    and the kind of a table for figures in it. `expected` are the kinds of table that reports of its families hold,
    `present` those that were read, with or without figures; `legible` is False for a scan that cannot be read.
    `others` are the relations in which other reports stand to it.
    """

    document_id: str
    file: str
    read: bool
    has_tables: bool = False
    has_unmapped: bool = False
    in_tables: frozenset[str] = frozenset()
    in_prose: frozenset[str] = frozenset()
    expected: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()
    legible: bool = True
    others: frozenset[str] = frozenset()

    def offers(self, need: str, origin: str) -> bool:
        """Whether one need (`a|b`: either) is met where the check looks for it."""
        there = {"table": self.in_tables, "narrative": self.in_prose}.get(origin, self.in_tables | self.in_prose)
        return not there.isdisjoint(need.split("|"))


@dataclass
class Ledger:
    """Counts verdicts as they come, and the smallest errors that the equations of each check are sure to catch.

    `smallest` holds, by check and unit, the typical size of each document that has such equations, and the largest.
    """

    checks: Sequence[Check]
    counts: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    smallest: dict[tuple[str, str], list[tuple[Decimal, Decimal]]] = field(default_factory=lambda: defaultdict(list))

    def enter(self, verdicts: Iterable[Verdict]) -> None:
        """Counts the verdicts of one document."""
        sizes: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
        for v in verdicts:
            self.counts[v.equation.document_id, v.equation.check_id][v.verdict] += 1
            if (sure := _surely_caught(v)) is not None:
                unit, size = sure
                sizes[v.equation.check_id, unit].append(size)
        for key, of_document in sizes.items():
            self.smallest[key].append((median_low(of_document), max(of_document)))

    def rows(self, materials: Iterable[Material]) -> list[dict[str, Any]]:
        """One row a document and check."""
        return [self._row(check, m) for m in materials for check in self.checks]

    def smallest_error(self, check: Check) -> str | None:
        """The smallest misprint that the equations of a check are sure to catch, by unit; None without any.

        It is that of the middle equation of the middle document, so that a report printed more coarsely than the
        others, or a sum of very many items, does not stand for all; the largest of all follows where it differs.
        """
        told = []
        for (check_id, unit), sizes in sorted(self.smallest.items()):
            if check_id == check.id:
                typical, most = median_low(s for s, _ in sizes), max(m for _, m in sizes)
                told.append(f"{plain(typical)}{unit}" + (f"（至多{plain(most)}{unit}）" if most != typical else ""))
        return "；".join(told) or None

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
        return DOCUMENT_NOT_READ if material.legible else SCAN_ILLEGIBLE
    missing = [need for need in check.needs if not material.offers(need, check.origin)]
    if not missing:
        if not (material.in_tables | material.in_prose) - {"text"}:
            return NO_FACTS
        return NO_OTHER_REPORT if check.across and material.others.isdisjoint(check.across) else NOT_SAID_TOGETHER
    tables = [_of_table(kinds, material) for need in missing if (kinds := frozenset(need.split("|"))) <= _kinds()]
    if tables:
        return min(tables, key=REASONS.index)
    if material.has_unmapped:
        return HEADING_NOT_MAPPED
    if check.origin == "table" and not material.has_tables:
        return TABLE_NOT_READ if material.expected else NO_SUCH_TABLE
    return NO_FACTS


def _of_table(kinds: frozenset[str], material: Material) -> str:
    """Why none of some kinds of table gives figures."""
    if kinds.isdisjoint(material.expected):
        return NO_SUCH_TABLE
    if kinds.isdisjoint(material.present):
        return TABLE_NOT_READ if material.legible else SCAN_ILLEGIBLE
    return HEADING_NOT_MAPPED if material.has_unmapped else TABLE_EMPTY


@lru_cache(maxsize=1)
def _kinds() -> frozenset[str]:
    return frozenset(kind.kind for family in families() for kind in family.tables)


def _expected(names: Iterable[str], present: frozenset[str]) -> frozenset[str]:
    """The kinds of table of the named families, and of those that tables which were read belong to."""
    wanted = set(names)
    return frozenset(
        kind.kind
        for family in families()
        if family.name in wanted or any(kind.kind in present for kind in family.tables)
        for kind in family.tables
    )


def materials(
    documents: Sequence[Mapping[str, Any]],
    measures: Iterable[tuple[str, str, str]],
    tables: Iterable[tuple[str, str]] = (),
) -> list[Material]:
    """What each document offers; `measures` are (document_id, origin, measure), `list` and `fund_source` among them,
    and of origin `other` the relations of other reports; `tables` are (document_id, kind) of the tables read."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: {"table": set(), "narrative": set(), "other": set()})
    for document_id, origin, measure in measures:
        found[document_id][origin].add(measure)
    kinds: dict[str, set[str]] = defaultdict(set)
    for document_id, kind in tables:
        kinds[document_id].add(kind)
    out = []
    for d in documents:
        in_tables, in_prose = found[d["document_id"]]["table"], found[d["document_id"]]["narrative"]
        present = frozenset(kinds[d["document_id"]])
        out.append(
            Material(
                d["document_id"],
                d["file"],
                d["status"] != "quarantined",
                bool(in_tables - {"text"}),
                any(m.startswith("unmapped:") for m in in_tables | in_prose),
                frozenset(in_tables),
                frozenset(in_prose),
                _expected(d["families"] or (), present),
                present,
                not _ILLEGIBLE.search(d["status_reason"] or ""),
                frozenset(found[d["document_id"]]["other"]),
            )
        )
    return out


def _surely_caught(verdict: Verdict) -> tuple[str, Decimal] | None:
    """The size in its printed unit beyond which any misprint of the stated result makes the equation fail.

    Whatever the right figure was, the misprint then leaps over all stated results that would agree. For a bound it is
    how far the right side of it may be overstepped.
    """
    reading = verdict.reading if verdict.verdict == "pass" else verdict.equation.named
    if verdict.computed is None or reading.result is None or verdict.verdict not in ("pass", "rounding", "fail"):
        return None
    figure, size = reading.result.figure, leeway(reading)
    if figure is None or size is None:
        return None
    return "%" if reading.is_ratio else figure.unit or "", round(size / figure.factor, 4)
