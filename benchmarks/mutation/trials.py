"""Trials: a mutant audited, and what the audit made of it against what it says of the report unchanged.

A slip is *applicable* where the figure stands in an equation that held before, and the slip moves it further than the
equation can give way: whatever the right figures are behind the printed ones, the equation is then sure to fail.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from benchmarks.mutation.mutants import Mutant, figure_mutants, text_mutants
from benchmarks.mutation.slips import number_of
from benchmarks.mutation.specimens import Audited, Spot, audited, batches, opened_specimen, spot_of
from pipelines.audit.equations import Figure, Reading
from pipelines.audit.findings import Finding
from pipelines.audit.judge import Verdict, as_printed, computed, leeway
from pipelines.core.interval import Interval

AT_ONCE = 50
"""Mutants in one database."""

WORDS = frozenset({"direction", "year"})
"""What is changed in the words around figures."""

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A specimen and how many of its figures and of its words to change, by which seed."""

    specimen: str
    figures: int
    texts: int
    seed: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mutant.

    `sure` are the checks sure to catch it, `told` those whose equations the findings about it show, `severity` the
    worst of these findings (None: not detected). `blame` is `right`, `wrong` (another figure was claimed), `tied` (none
    was, and it stands among several figures each of which alone restores every equation and breaks none), `shown`
    (among the repairs shown otherwise), or `none`. `elsewhere` are new errors that do not concern it; `notes` tell in
    short the findings that do.
    """

    specimen: str
    slip: str
    old: str
    new: str
    spot: Spot
    sure: tuple[str, ...]
    told: tuple[str, ...]
    severity: str | None
    blame: str
    repaired: bool
    elsewhere: tuple[str, ...]
    notes: tuple[str, ...] = ()


def run(task: Task) -> list[Outcome]:
    """All trials of one specimen."""
    report = opened_specimen(task.specimen)
    (base,) = audited([report])
    chance = Random(f"{task.seed} {task.specimen.rpartition('/')[2]}")
    mutants = figure_mutants(report, base, task.figures, chance) + text_mutants(report, task.texts, chance)
    known = known_of(base)
    out: list[Outcome] = []
    for some in batches(mutants, AT_ONCE):
        for mutant, audit in zip(some, audited([m.report for m in some]), strict=True):
            out.append(_outcome(task.specimen, base, known, mutant, audit))
    return out


def known_of(base: Audited) -> set[Key]:
    """What the report shows before anything in it is changed: the equations of its findings, and its claims."""
    claims = {_claim(f, base, None) for f in base.findings if f.blamed}
    return claims | {_key(v, base, None) for f in base.findings for told in (f, *f.twins) for v in told.proof}


def _outcome(specimen: str, base: Audited, known: set[Key], mutant: Mutant, audit: Audited) -> Outcome:
    here = _changed_facts(mutant, audit)
    new = [f for f in audit.findings if any(_key(v, audit, mutant) not in known for v in f.proof)]
    about = [
        f
        for f in audit.findings
        if (f in new or (f.blamed and _claim(f, audit, mutant) not in known)) and _concerns(f, mutant, audit, here)
    ]
    elsewhere = [f for f in new if f.severity == "error" and f not in about]
    claims = [f.blamed for f in about if f.blamed]
    right = [c for c in claims if c.figure.fact_id in here]
    options = [r for f in about if not f.blamed for r in f.alternatives]
    shown = [
        r
        for r in options
        if any(c.figure.fact_id in here and _restores(c.slip.value, c.figure, mutant) for c in r.changes)
    ]
    read_otherwise = [f for f in about if f.verdict.explained and f.figure and f.figure.fact_id in here]
    blame = "none"
    if right or (read_otherwise and not claims):
        blame = "right"
    elif claims:
        blame = "wrong"
    elif shown:
        blame = "tied" if len(options) > 1 and all(len(r.changes) == 1 for r in options) else "shown"
    return Outcome(
        specimen,
        mutant.slip,
        mutant.old,
        mutant.new,
        mutant.spot,
        _sure(base, mutant),
        tuple(sorted({v.equation.check_id for f in about for v in f.proof})),
        min((f.severity for f in about), key=("error", "warning", "hint").index, default=None),
        blame,
        any(_restores(c.slip.value, c.figure, mutant) for c in right)
        or any(_expects(f, mutant) for f in read_otherwise),
        tuple(f"{f.check.id} {_worded(f, audit)}" for f in elsewhere),
        tuple(f"{f.check.id} {f.severity} {_worded(f, audit)}" for f in about),
    )


def _changed_facts(mutant: Mutant, audit: Audited) -> set[str]:
    """The facts that are printed where the mutant differs; of a turned word, the figure next after it."""
    if mutant.spot[0] == "table":
        return {i for i, f in audit.facts.items() if f["table_no"] == mutant.spot[1]}
    if mutant.spot[0] == "cell":
        return {i for i, f in audit.facts.items() if f["table_id"] and spot_of(f) == mutant.spot}
    end = mutant.end + mutant.shift
    if mutant.slip == "direction":
        following = {i: f["char_start"] for i, f in audit.facts.items() if (f["char_start"] or 0) >= end}
        return {i for i, start in following.items() if start == min(following.values())}
    return {
        i
        for i, f in audit.facts.items()
        if f["char_start"] is not None and f["char_start"] < end and mutant.start < f["char_end"]
    }


def _concerns(finding: Finding, mutant: Mutant, audit: Audited, here: set[str]) -> bool:
    """Whether a finding shows the changed figure; a turned word or year concerns all that is said of its sentence."""
    if not here.isdisjoint(finding.fact_ids):
        return True
    kind = mutant.spot[0]
    if kind == "cell":
        return any(
            (p.row_no, p.col_no) == mutant.spot[2:] and _number(p.table_id) == mutant.spot[1] for p in finding.places
        )
    if kind == "table":
        return any(_number(p.table_id) == mutant.spot[1] for p in finding.places)
    said_there = audit.sentence_at(mutant.start)
    if any(_number(p.sentence_id) == said_there for p in finding.places if p.sentence_id):
        return True
    about = [audit.facts[i] for i in finding.fact_ids if i in audit.facts]
    return mutant.slip in WORDS and any(f["sentence_no"] == said_there for f in about)


def _number(name: str | None) -> int | None:
    """The number of a table (`…:t3`) or sentence (`…:s12`)."""
    return int(name.rpartition(":")[2][1:]) if name else None


def _key(verdict: Verdict, audit: Audited, mutant: Mutant | None) -> Key:
    """What makes two equations the same: check, figures by place, and the places in the text."""
    return verdict.equation.check_id, *sorted(map(str, _places(verdict, audit, mutant)))


def _claim(finding: Finding, audit: Audited, mutant: Mutant | None) -> Key:
    assert finding.blamed is not None
    return "claim", _spot(audit.facts[finding.blamed.figure.fact_id], mutant), str(finding.blamed.slip.value)


def _places(verdict: Verdict, audit: Audited, mutant: Mutant | None) -> Iterable[Any]:
    for t in verdict.equation.named.terms:
        if t.fact_id in audit.facts:
            yield _spot(audit.facts[t.fact_id], mutant)
    for p in verdict.equation.named.places:
        yield (p.sentence_id or p.table_id or ":").rpartition(":")[2], p.row_no, p.col_no


def _spot(fact: dict[str, Any], mutant: Mutant | None) -> Spot:
    """Where a fact stood before characters were put in or taken out."""
    spot = spot_of(fact)
    if mutant is None or spot[0] == "cell" or mutant.start < 0 or spot[1] <= mutant.start:
        return spot
    return spot[0], spot[1] - mutant.shift


def _restores(value: Decimal, figure: Figure, mutant: Mutant) -> bool:
    old, new = number_of(mutant.old), number_of(mutant.new)
    if old is None or new is None:
        return False
    right = figure.value * old.value / new.value if new.value else old.value * figure.factor
    return abs(value - right) < Decimal("0.000001")


def _expects(finding: Finding, mutant: Mutant) -> bool:
    """Whether a rate that fits another reading is told with the value that it had."""
    old, expected = number_of(mutant.old), finding.verdict.expected
    return old is not None and expected is not None and round(expected, len(old.decimals)) == old.value


def _sure(base: Audited, mutant: Mutant) -> tuple[str, ...]:
    """The checks with an equation that held before and is sure to fail now."""
    old, new = number_of(mutant.old), number_of(mutant.new)
    if old is None or new is None or mutant.slip in WORDS:
        return ()
    here = {
        i
        for i, f in base.facts.items()
        if spot_of(f) == mutant.spot
        or (
            mutant.spot[0] == "text" and f["char_start"] is not None and f["char_start"] <= mutant.start < f["char_end"]
        )
    }
    found = set()
    for v in base.verdicts:
        reading = v.reading
        if (
            v.verdict not in ("pass", "rounding")
            or reading.kind not in ("sum", "same", "ratio")
            or not reading.complete
        ):
            continue
        changed = {
            f.fact_id: f.value * new.value / old.value if old.value else new.value * f.factor
            for f in reading.figures
            if f.fact_id in here
        }
        if changed and _is_sure(reading, changed):
            found.add(v.equation.check_id)
    return tuple(sorted(found))


def _is_sure(reading: Reading, changed: dict[str, Decimal]) -> bool:
    """Whether the change moves the difference between what is computed and what is stated beyond all leeway."""
    exactly = {i: Interval(v, v) for i, v in changed.items()}
    around = {
        f.fact_id: Interval.around(changed[f.fact_id], f.half_unit) for f in reading.figures if f.fact_id in changed
    }
    gives, gave = computed(reading, as_printed, exactly), computed(reading, as_printed)
    assert reading.result is not None and reading.result.figure is not None
    stated = reading.result.figure
    if gives is None or gave is None:
        return False
    moved = (gives.lo - gave.lo) - (changed.get(stated.fact_id, stated.value) - stated.value)
    before, after = leeway(reading), leeway(reading, around)
    return before is not None and after is not None and abs(moved) > max(before, after)


def _worded(finding: Finding, audit: Audited) -> str:
    """A finding in short, for those who read the failures one by one."""

    def figure(f: Figure) -> str:
        fact = audit.facts[f.fact_id]
        return f"{f.in_unit.normalize():f}@{spot_of(fact)[1:]}"

    def change(c: Any) -> str:
        return f"{figure(c.figure)} → {c.slip.value / c.figure.factor:f} ({c.slip.kind} {c.slip.cost})"

    text = " | ".join(
        f"{v.equation.check_id} {v.reading.name or v.reading.kind}: "
        + " ".join(
            f"{t.role[0]}{'-' if t.weight < 0 else ''}{figure(t.figure)}" for t in v.equation.named.terms if t.figure
        )
        for v in finding.proof
    )
    if finding.blamed:
        return f"{text} => {change(finding.blamed)}"
    options = " or ".join(" & ".join(change(c) for c in r.changes) for r in finding.alternatives)
    return f"{text} => ? {options}" + ("" if finding.searched else " (bounded)")
