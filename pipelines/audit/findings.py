"""Findings: what failed becomes one thing a cause, with its proof and the figure to blame.

What differs from one other report is one finding a check, whatever the number of figures: it has one cause, most often
that the figures were restated as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pipelines.audit.blame import solve
from pipelines.audit.checks import SEVERITIES, Check
from pipelines.audit.correction import corrected
from pipelines.audit.equations import Figure
from pipelines.audit.judge import Verdict, holds
from pipelines.audit.places import Place
from pipelines.audit.repair import Change, Component, Repair
from pipelines.audit.search import is_blamable
from pipelines.audit.slips import UNEXPLAINED
from pipelines.core.interval import Interval

CUT_OFF_SEVERITY = "hint"
"""Of figures that were cut off and not rounded: no figure is wrong by more than its last place."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: the verdicts that prove it, the first of which words it, and the figure blamed.

    `blamed` is None where no figure can be blamed before all others; `alternatives` are then the equally good repairs.
    `also` are the changes of the other mentions of the figure blamed, `twins` the same fault in copied rows.
    """

    check: Check
    severity: str
    proof: tuple[Verdict, ...]
    blamed: Change | None = None
    alternatives: tuple[Repair, ...] = ()
    searched: bool = True
    twins: tuple[Finding, ...] = ()
    also: tuple[Change, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The verdict that words the finding."""
        return self.proof[0]

    @property
    def figure(self) -> Figure | None:
        """The figure held to be wrong: the one blamed, else the stated result."""
        if self.blamed:
            return self.blamed.figure
        result = self.verdict.equation.named.result
        return result.figure if result else None

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """The figure held to be wrong, its other mentions, then those that prove it, then those of its copies."""
        first = [self.figure.fact_id] if self.figure else []
        first += [c.figure.fact_id for c in self.also]
        proof = [t.fact_id for v in self.proof for r in (v.equation.named, v.reading) for t in r.terms if t.fact_id]
        return tuple(dict.fromkeys([*first, *proof, *(i for twin in self.twins for i in twin.fact_ids)]))

    @property
    def alternative_ids(self) -> tuple[str, ...]:
        """The figures that the equally good repairs would change."""
        return tuple(dict.fromkeys(c.figure.fact_id for r in self.alternatives for c in r.changes))

    @property
    def places(self) -> tuple[Place, ...]:
        """The places in the text that it points at."""
        return tuple(dict.fromkeys(p for v in self.proof for p in v.equation.named.places))


def found(verdicts: Sequence[Verdict], checks: Mapping[str, Check]) -> list[Finding]:
    """The findings of one document, cascades solved into their causes and copied rows told once."""
    out = [f for component in solve(verdicts) for f in _of_component(component, checks)]
    across: dict[tuple[Any, ...], list[Verdict]] = {}
    for v in verdicts:
        if v.verdict != "fail" or is_blamable(v):
            continue
        cause = next((n for n, f in enumerate(out) if _repairs(f, v) or _follows(f, v)), None)
        if cause is not None:
            out[cause] = replace(out[cause], proof=(*out[cause].proof, v))
        elif v.equation.crosses and v.equation.named.kind != "flag":
            across.setdefault((v.equation.check_id, v.equation.others, v.reading.name), []).append(v)
        else:
            out.append(_unblamed([v], checks))
    out += [_unblamed(sorted(group, key=_by_size), checks) for group in across.values()]
    return [*_copies_once(out), *_cut_off(verdicts, out, checks)]


def _cut_off(verdicts: Sequence[Verdict], others: Sequence[Finding], checks: Mapping[str, Check]) -> Iterable[Finding]:
    """What agrees only as cut off, told once for each check, table and measure: one way of rounding has led to it.

    Figures that another finding holds to be wrong say nothing of how they were rounded.
    """
    wrong = {c.figure.fact_id for f in others if f.blamed for c in (f.blamed, *f.also)}
    groups: dict[tuple[Any, ...], list[Verdict]] = {}
    for v in verdicts:
        result = v.reading.result
        if not v.cut_off or v.equation.crosses or result is None or result.figure is None:
            continue
        if wrong.isdisjoint(f.fact_id for f in v.reading.figures):
            groups.setdefault((v.equation.check_id, result.figure.table_id, result.figure.measure), []).append(v)
    for group in groups.values():
        yield Finding(checks[group[0].equation.check_id], CUT_OFF_SEVERITY, tuple(group))


def _unblamed(proof: Sequence[Verdict], checks: Mapping[str, Check]) -> Finding:
    check = checks[proof[0].equation.check_id]
    return Finding(check, _milder(check.severity) if proof[0].explained else check.severity, tuple(proof))


def _by_size(verdict: Verdict) -> tuple[Decimal, str]:
    """The largest difference first."""
    return -abs(verdict.difference or Decimal(0)), verdict.equation.key


def _repairs(finding: Finding, verdict: Verdict) -> bool:
    """Whether the change proposed by a finding also makes an equation hold as the report names it."""
    if finding.blamed is None or finding.blamed.figure not in verdict.equation.named.figures:
        return False
    figure, value = finding.blamed.figure, finding.blamed.slip.value
    half = figure.half_unit_column or figure.half_unit
    return holds(verdict.equation.named, {figure.fact_id: Interval.around(value, half)}) is True


def _follows(finding: Finding, verdict: Verdict) -> bool:
    """Whether an order fails over figures that a finding already says do not fit together."""
    if verdict.reading.kind != "order" or finding.verdict.equation.named.kind in ("flag", "order"):
        return False
    known = {f.fact_id for v in finding.proof for f in v.reading.figures}
    return all(f.fact_id in known for f in verdict.reading.figures)


def _milder(severity: str) -> str:
    """What another reading explains, or a cell left blank may, is at most a warning."""
    return max(severity, "warning", key=SEVERITIES.index)


def _of_component(component: Component, checks: Mapping[str, Check]) -> Iterable[Finding]:
    claimed = component.claimed
    repaired = {c.figure.fact_id: c.repaired for figure in claimed for c in figure}
    mended = [v for v in component.failing if claimed and holds(v.reading, repaired) is not False]
    told: list[Verdict] = []
    blamed: set[str] = set()
    for change, *also in claimed:
        wrong = {c.figure.fact_id for c in (change, *also)}
        proof = [v for v in mended if any(f.fact_id in wrong for f in v.reading.figures)]
        if proof:
            finding = _finding(proof, checks, blamed=change, searched=component.searched, also=tuple(also))
            yield _put_right(finding, [c for figure in claimed for c in figure if c.figure.fact_id not in wrong])
            told += proof
            blamed |= wrong
    options = [tuple(f for f in r.figures if f[0].figure.fact_id not in blamed) for r in component.options]
    left = [v for v in component.failing if v not in told]
    for proof in _shares(left, [c for f in options[:1] for figure in f for c in figure]):
        ids = {f.fact_id for v in proof for f in v.reading.figures}
        here = [tuple(f for f in option if any(c.figure.fact_id in ids for c in f)) for option in options]
        alternatives = {tuple((f[0].figure.fact_id, f[0].slip.value) for f in o): _alternative(o) for o in here if o}
        finding = _finding(proof, checks, alternatives=tuple(alternatives.values()), searched=component.searched)
        yield _put_right(finding, [c for figure in claimed for c in figure if c.figure.fact_id in blamed])


def _put_right(finding: Finding, others: Sequence[Change]) -> Finding:
    """A finding worded with the figures put right that other findings blame."""
    first, *rest = finding.proof
    return replace(finding, proof=(corrected(first, others), *rest))


def _alternative(figures: tuple[tuple[Change, ...], ...]) -> Repair:
    return Repair(tuple(c for figure in figures for c in figure), figures=figures)


def _shares(failing: Sequence[Verdict], changes: Sequence[Change]) -> list[list[Verdict]]:
    """Failing equations by the figure that the first of several equal repairs would change; each alone without any."""
    shares: dict[str, list[Verdict]] = {c.figure.fact_id: [] for c in changes}
    places = {id(v): [i for i in shares if i in {f.fact_id for f in v.reading.figures}] for v in failing}
    out = [[v] for v in failing if not places[id(v)]]
    for v in sorted((v for v in failing if places[id(v)]), key=lambda v: len(places[id(v)])):
        shares[min(places[id(v)], key=lambda i: len(shares[i]))].append(v)
    return out + [share for share in shares.values() if share]


def _finding(
    proof: Sequence[Verdict],
    checks: Mapping[str, Check],
    blamed: Change | None = None,
    alternatives: tuple[Repair, ...] = (),
    searched: bool = True,
    also: tuple[Change, ...] = (),
) -> Finding:
    def first(v: Verdict) -> tuple[bool, bool, bool, str, str]:
        result = v.reading.result
        is_result = blamed is not None and result is not None and result.fact_id == blamed.figure.fact_id
        return (not is_result, v.reading.is_ratio, v.reading.is_open, v.equation.check_id, v.equation.key)

    ordered = tuple(sorted(proof, key=first))
    severity = min((checks[v.equation.check_id].severity for v in ordered), key=SEVERITIES.index)
    proving = [v for v in ordered if v.reading.kind != "order"]
    if proving and all(v.may_be_blank for v in proving):
        severity = _milder(severity)
        if blamed is not None and blamed.slip.kind == UNEXPLAINED:
            blamed, also = None, ()
    return Finding(checks[ordered[0].equation.check_id], severity, ordered, blamed, alternatives, searched, also=also)


def _copies_once(findings: list[Finding]) -> list[Finding]:
    """The same fault in rows that carry the same figures throughout (a copied row), told once with all its places."""
    kept: dict[tuple[Any, ...], Finding] = {}
    for number, finding in enumerate(findings):
        key = _signature(finding) or (number,)
        twin = kept.get(key)
        kept[key] = replace(twin, twins=(*twin.twins, finding)) if twin else finding
    return list(kept.values())


def _signature(finding: Finding) -> tuple[Any, ...] | None:
    """What two findings of copied rows share; None where the figures are too few or too round to tell a copy."""
    proof = [v for v in finding.proof if v.equation.named.kind != "order"]
    figures = [f for v in proof for f in v.equation.named.figures]
    telling = {f.value for f in figures if f.is_amount and len(f.in_unit.normalize().as_tuple().digits) >= 4}
    if len(telling) < 3 or finding.verdict.equation.named.kind == "flag":
        return None
    blamed = (finding.blamed.figure.measure, finding.blamed.slip.value) if finding.blamed else None
    return finding.check.id, blamed, tuple(sorted((f.measure, f.value) for f in figures))
