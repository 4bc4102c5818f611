"""The search for the smallest sets of figures whose change repairs failing equations that hang together.

A change may break no equation that holds, but that a figure is another mention of it: then both change (see copies.py).
The search counts its steps, not seconds, so that its outcome is the same on every machine; where it stops before it has
tried everything, it says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations

from pipelines.audit.copies import grouped, ties
from pipelines.audit.domains import EVERYTHING, exact, implied
from pipelines.audit.equations import Figure, Reading
from pipelines.audit.judge import Verdict, as_printed, holds
from pipelines.audit.repair import Change, Component, Repair
from pipelines.audit.slips import TURNED, UNEXPLAINED, Surroundings, figure_length, likeliest
from pipelines.core.interval import Interval

LARGEST_SET = 4
STEPS_PER_COMPONENT = 3000
STEPS_PER_DOCUMENT = 12000
_ROUNDS = 4
COST_OF_UNEXPLAINED = 15
"""What is left to be explained by another reading, in the costs of slips."""
COST_OF_ORDER = 6
"""What is left of too much spent, or of words that say otherwise: by itself it decides nothing."""
COST_OF_COPY = 10
"""A wrong figure that is carried into another table is one slip more, but hardly another accident."""


def is_blamable(verdict: Verdict) -> bool:
    """Whether a failing equation is one that a changed figure repairs (and no other reading explains).

    Two reports may differ and both be right (figures are restated), so an equation across them blames none.
    """
    if verdict.verdict != "fail" or verdict.explained or verdict.equation.crosses:
        return False
    return verdict.reading.kind not in ("flag", "order")


@dataclass
class Search:
    """The equations of one document, indexed by figure, and the steps left."""

    verdicts: list[Verdict]
    steps: int = STEPS_PER_DOCUMENT
    failing: list[Verdict] = field(init=False)
    explained: list[Verdict] = field(init=False)
    figures: dict[str, Figure] = field(init=False)
    touching: dict[str, list[Reading]] = field(init=False)
    ties: dict[str, list[tuple[str, Reading]]] = field(init=False)
    idle: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        self.failing = [v for v in self.verdicts if is_blamable(v)]
        self.explained = [
            v for v in self.verdicts if v.explained or (v.verdict == "fail" and v.reading.kind == "order")
        ]
        self.idle = frozenset(id(v.reading) for v in self.verdicts if v.verdict == "not_applicable")
        self.figures, self.touching, self.ties = {}, defaultdict(list), ties(self.verdicts)
        for v in self.verdicts:
            if not v.reading.complete or v.reading.kind == "flag" or v.verdict == "parse_doubt" or v.explained:
                continue
            if v.reading.kind != "order" or v.verdict != "fail":
                for f in v.reading.figures:
                    self.figures[f.fact_id] = f
                    self.touching[f.fact_id].append(v.reading)

    def component(self, failing: tuple[Verdict, ...]) -> Component:
        budget = min(self.steps, STEPS_PER_COMPONENT)
        left = budget
        found: set[frozenset[str]] = set()
        for size in range(1, LARGEST_SET + 1):
            left = self._sets((), frozenset(), size, [v.reading for v in failing], found, left)
            if found or left <= 0:
                break
        self.steps -= budget - max(0, left)
        repairs = [r for ids in found if (r := self._repair(ids, failing)) is not None]
        repairs.sort(key=lambda r: (r.cost, [c.figure.fact_id for c in r.changes]))
        return Component(failing, tuple(repairs), searched=bool(found) and left > 0)

    def _sets(
        self,
        named: tuple[str, ...],
        chosen: frozenset[str],
        size: int,
        failing: list[Reading],
        found: set[frozenset[str]],
        left: int,
    ) -> int:
        """Adds to `found` every set that repairs, of `size` figures with their mentions, `chosen` (for `named`) among
        them; returns the steps left."""
        broken = self._broken(chosen, failing)
        if broken is None:
            found.add(chosen)
            return left
        if len(named) == size:
            return left
        for figure in broken.figures:
            if figure.fact_id in chosen:
                continue
            if left <= 0:
                return left
            more = self._with_mentions(chosen | {figure.fact_id})
            left = self._sets((*named, figure.fact_id), more, size, failing, found, left - 1)
        return left

    def _with_mentions(self, chosen: frozenset[str]) -> frozenset[str]:
        """The chosen figures with those that agree with them as printed and no longer can when they change."""
        while outside := [(i, j, r) for i in sorted(chosen) for j, r in self.ties.get(i, ()) if j not in chosen]:
            allowed, broken = self._allowed(chosen, {}, without={id(r) for _, _, r in outside})
            if broken is not None:
                break
            parted = {
                j
                for i, j, r in outside
                if (possible := implied(r, i, allowed)) is None or allowed[i].overlap(possible) is None
            }
            if not parted:
                break
            chosen |= parted
        return chosen

    def _broken(self, chosen: frozenset[str], failing: list[Reading]) -> Reading | None:
        """An equation that cannot hold when just the chosen figures may change, None where all can."""
        for reading in failing:
            if not any(f.fact_id in chosen for f in reading.figures):
                return reading
        allowed, broken = self._allowed(chosen, {})
        if broken is not None:
            return broken
        return next((r for r in self._touched(chosen) if holds(r, allowed) is False), None)

    def _touched(self, chosen: Iterable[str]) -> list[Reading]:
        return list({id(r): r for i in sorted(chosen) for r in self.touching[i]}.values())

    def _allowed(
        self, chosen: Iterable[str], fixed: dict[str, Interval], without: Container[int] = ()
    ) -> tuple[dict[str, Interval], Reading | None]:
        """What each chosen figure may be, by narrowing until nothing changes; with an equation left without a value.

        `without` are the ids of readings that do not count.
        """
        free = {i: fixed.get(i, EVERYTHING) for i in sorted(chosen)}
        # what does not apply need not come to: a percentage of nothing leaves its figures free
        readings = [r for r in self._touched(free) if id(r) not in without and id(r) not in self.idle]
        for _ in range(_ROUNDS):
            before = dict(free)
            for reading in readings:
                for figure in reading.figures:
                    i = figure.fact_id
                    if i not in free or i in fixed:
                        continue
                    others = {k: v for k, v in free.items() if k != i}
                    possible = implied(reading, i, others)
                    narrowed = free[i].overlap(possible) if possible else None
                    if narrowed is None:
                        return free, reading
                    free[i] = narrowed
            if free == before:
                break
        return free, None

    def _repair(self, ids: frozenset[str], failing: Sequence[Verdict]) -> Repair | None:
        """Values for all figures of a set, one after another, each within what the former ones leave it."""
        fixed: dict[str, Interval] = {}
        values: dict[str, Decimal] = {}
        changes: dict[str, Change] = {}
        proven = {f.fact_id for v in failing for f in v.reading.figures}
        pending = sorted(ids, key=lambda i: (-len(self._own(i, ids, failing)), i))
        in_order = grouped(sorted(ids, key=lambda i: (len(i), i)), self.ties)
        several = len(in_order) > 1
        while pending:
            # a mention that breaks nothing itself takes its value from one that has its own
            ready = (i for i in pending if i in proven or any(j in values for j, _ in self.ties.get(i, ())))
            i = next(ready, pending[0])
            pending.remove(i)
            allowed, broken = self._allowed(ids, fixed)
            if broken is not None:
                return None
            figure, own = self.figures[i], self._own(i, ids, failing)
            sums = [r for r in own if not r.is_ratio]
            known = [(j, r) for j, r in self.ties.get(i, ()) if j in values]
            bound_by = sums or own or [v.reading for v in failing if figure in v.reading.figures]
            bound_by = bound_by or [r for _, r in known] or self.touching[i]
            targets = [t for r in bound_by if (t := exact(r, i, values)) is not None and allowed[i].holds(t)]
            target = targets[0] if targets else allowed[i].middle
            around = self._surroundings(figure, bound_by, allowed[i], fixed, targets)
            slip = likeliest(figure, allowed[i], target, around)
            if slip is None:
                return None
            known_slip = slip.kind != UNEXPLAINED and slip.alone and not (several and around.is_chance(slip))
            known_slip = known_slip and not (around.is_open and slip.kind in TURNED)  # a minus meets every bound
            sure = not around.loosely or around.is_worked_out or known_slip
            sure = sure and (bool(own) or all(c.sure for c in changes.values()))
            copied = next((changes[j] for j, _ in known if figure.value == changes[j].figure.value), None)
            if copied is not None:
                slip, sure = replace(slip, kind=copied.slip.kind, cost=COST_OF_COPY), sure and copied.sure
            changes[i] = Change(figure, allowed[i], slip, sure)
            values[i] = slip.value
            fixed[i] = changes[i].repaired
        if any(holds(r, fixed) is False for r in self._touched(ids)):
            return None
        here = {f.fact_id for v in failing for f in v.reading.figures}
        unexplained = sum(
            COST_OF_UNEXPLAINED if v.explained else COST_OF_ORDER
            for v in self.explained
            if any(f.fact_id in here for f in v.equation.named.figures) and holds(v.equation.named, fixed) is False
        )
        figures = tuple(tuple(changes[i] for i in group) for group in in_order)
        return Repair(tuple(changes.values()), unexplained, figures)

    def _own(self, fact_id: str, ids: frozenset[str], failing: Sequence[Verdict]) -> list[Reading]:
        """The failing equations that hold no other figure of the set: they alone fix this one's value."""
        return [v.reading for v in failing if {f.fact_id for f in v.reading.figures} & ids == {fact_id}]

    def _surroundings(
        self,
        figure: Figure,
        bound_by: Sequence[Reading],
        allowed: Interval,
        fixed: dict[str, Interval],
        targets: Sequence[Decimal],
    ) -> Surroundings:
        results = [r for r in bound_by if r.result and r.result.fact_id == figure.fact_id]
        likely = allowed
        for r in bound_by:
            narrowed = implied(r, figure.fact_id, fixed, as_printed) if r.is_ratio else None
            likely = (likely.overlap(narrowed) if narrowed else None) or likely
        return Surroundings(
            is_result=bool(results),
            is_rate=any(r.is_ratio for r in results),
            likely=likely,
            targets=tuple(targets),
            decimals=max((f.decimals for r in bound_by for f in r.figures if f.fact_id != figure.fact_id), default=0),
            digits=max((figure_length(f, f.column_decimals) for r in bound_by for f in r.figures), default=0),
            is_open=all(r.is_open for r in bound_by),
            loosely=all(r.kind not in ("sum", "same") for r in bound_by),
            neighbours=frozenset(f.value for r in bound_by for f in r.figures if f.fact_id != figure.fact_id),
            stale=frozenset(
                sum((t.figure.value * t.weight for t in rest if t.figure), Decimal(0))
                for r in results
                if not r.is_ratio and len(r.left) > 1
                for rest in combinations(r.left, len(r.left) - 1)
            ),
        )
