"""Findings: what failed becomes one row a cause, with its message, proof, repair and the places of its figures."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pipelines.audit.checks import SEVERITIES, Check
from pipelines.audit.equations import Figure
from pipelines.audit.judge import Verdict
from pipelines.audit.repair import Change, Component, Repair, is_blamable, solve
from pipelines.audit.slips import LABELS
from pipelines.audit.wording import LANGUAGES, Said, fields, name, percent, plain, printed, with_unit

MOST_EVIDENCE = 60
MOST_ALTERNATIVES = 3
_KEEP = Decimal("0.00000001")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: the verdicts that prove it, the first of which words it, and the figure blamed.

    `blamed` is None where no figure can be blamed before all others; `alternatives` are then the equally good repairs.
    """

    check: Check
    severity: str
    proof: tuple[Verdict, ...]
    blamed: Change | None = None
    alternatives: tuple[Repair, ...] = ()
    searched: bool = True
    twins: tuple[Finding, ...] = ()

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
        """The figure held to be wrong, then those that prove it, then those of its copies."""
        first = [self.figure.fact_id] if self.figure else []
        proof = [f.fact_id for v in self.proof for r in (v.equation.named, v.reading) for f in r.figures]
        return tuple(dict.fromkeys([*first, *proof, *(i for twin in self.twins for i in twin.fact_ids)]))


def found(verdicts: Sequence[Verdict], checks: Mapping[str, Check]) -> list[Finding]:
    """The findings of one document, cascades solved into their causes and copied rows told once."""
    out = [f for component in solve(verdicts) for f in _of_component(component, checks)]
    for v in verdicts:
        if v.verdict == "fail" and not is_blamable(v):
            check = checks[v.equation.check_id]
            severity = _milder(check.severity) if v.explained else check.severity
            out.append(Finding(check, severity, (v,)))
    return _copies_once(out)


def _milder(severity: str) -> str:
    """What another reading explains is at most a warning."""
    return max(severity, "warning", key=SEVERITIES.index)


def _of_component(component: Component, checks: Mapping[str, Check]) -> Iterable[Finding]:
    claimed = component.claimed
    if claimed is not None:
        for change in claimed.changes:
            proof = [v for v in component.failing if change.figure in v.reading.figures]
            yield _finding(proof, checks, blamed=change, searched=component.searched)
        return
    best = [r for r in component.repairs if r.cost == component.repairs[0].cost]
    for proof in _shares(component.failing, best):
        ids = {f.fact_id for v in proof for f in v.reading.figures}
        here = tuple(r for r in best if all(c.figure.fact_id in ids for c in r.changes))
        yield _finding(proof, checks, alternatives=here, searched=component.searched)


def _shares(failing: Sequence[Verdict], repairs: Sequence[Repair]) -> list[list[Verdict]]:
    """Failing equations by the figure that the first of several equal repairs would change; each alone without any."""
    if not repairs:
        return [[v] for v in failing]
    shares: dict[str, list[Verdict]] = defaultdict(list)
    for v in failing:
        ids = {f.fact_id for f in v.reading.figures}
        shares[next(c.figure.fact_id for c in repairs[0].changes if c.figure.fact_id in ids)].append(v)
    return list(shares.values())


def _finding(
    proof: Sequence[Verdict],
    checks: Mapping[str, Check],
    blamed: Change | None = None,
    alternatives: tuple[Repair, ...] = (),
    searched: bool = True,
) -> Finding:
    def first(v: Verdict) -> tuple[bool, bool, str, str]:
        result = v.reading.result
        is_result = blamed is not None and result is not None and result.fact_id == blamed.figure.fact_id
        return (not is_result, v.reading.is_ratio, v.equation.check_id, v.equation.key)

    ordered = tuple(sorted(proof, key=first))
    severity = min((checks[v.equation.check_id].severity for v in ordered), key=SEVERITIES.index)
    return Finding(checks[ordered[0].equation.check_id], severity, ordered, blamed, alternatives, searched)


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
    figures = [f for v in finding.proof for f in v.equation.named.figures]
    telling = {f.value for f in figures if f.is_amount and len(f.in_unit.normalize().as_tuple().digits) >= 4}
    if len(telling) < 3 or finding.verdict.equation.named.kind == "flag":
        return None
    blamed = (finding.blamed.figure.measure, finding.blamed.slip.value) if finding.blamed else None
    return finding.check.id, blamed, tuple(sorted((f.measure, f.value) for f in figures))


def row(finding: Finding, details: Mapping[str, Mapping[str, Any]], document: Mapping[str, Any]) -> dict[str, Any]:
    """A finding as a row of audit.findings. `details` are the core.facts rows of its figures, by fact_id."""
    said = {i: Said(d["subject"], d["measure"], d["fund_source"]) for i, d in details.items()}
    verdict, figure, blamed = finding.verdict, finding.figure, finding.blamed
    words = fields(verdict, finding.check, said)
    places = [details[i] for i in finding.fact_ids if i in details]
    subject = "；".join(dict.fromkeys(f.verdict.equation.subject for f in (finding, *finding.twins)))
    words["subject"] = subject
    rate = figure is not None and _is_rate(verdict, figure)
    low, high = _expected(finding)
    middle = _repaired(blamed) if blamed else (low + high) / 2 if low is not None and high is not None else None
    reported = figure.in_unit if figure is not None else None
    return {
        "finding_id": _finding_id(finding, places, document["document_id"]),
        "check_id": finding.check.id,
        "check_family": finding.check.family,
        "severity": finding.severity,
        "document_id": document["document_id"],
        "file": document["file"],
        "district": document["district"],
        "fiscal_year": document["fiscal_year"],
        "page": places[0]["page"] if places else None,
        "table_title": places[0]["table_title"] if places else None,
        "subject": subject,
        "message_zh": _message(finding, words, said, "zh"),
        "message_en": _message(finding, words, said, "en"),
        "reported": reported,
        "expected_low": low,
        "expected_high": high,
        "difference": reported - middle if reported is not None and middle is not None else None,
        "unit": None if figure is None else "%" if rate else figure.unit,
        "equation": words["fits_equation"] or words["equation"],
        "repair": _change_text(blamed, said, "zh") if blamed else None,
        "repaired_value": _repaired(blamed) if blamed else None,
        "slip": blamed.slip.kind if blamed else None,
        "search": "complete" if finding.searched else "bounded",
        "fact_ids": list(finding.fact_ids),
        "equations": [
            {"check_id": v.equation.check_id, "equation_key": v.equation.key}
            for f in (finding, *finding.twins)
            for v in f.proof
        ],
        "evidence": [
            {k: p[k] for k in ("file", "page", "row_no", "col_no", "x0", "y0", "x1", "y1", "quote")}
            for p in places[:MOST_EVIDENCE]
        ],
    }


def _expected(finding: Finding) -> tuple[Decimal | None, Decimal | None]:
    figure = finding.figure
    interval = finding.blamed.allowed if finding.blamed else finding.verdict.computed
    if figure is None or interval is None:
        return None, None
    return tuple((end / figure.factor).quantize(_KEEP) for end in (interval.lo, interval.hi))  # type: ignore[return-value]


def _repaired(change: Change) -> Decimal:
    return change.slip.value / change.figure.factor


def _is_rate(verdict: Verdict, figure: Figure) -> bool:
    result = verdict.equation.named.result
    return verdict.equation.named.is_ratio and result is not None and result.fact_id == figure.fact_id


def _message(finding: Finding, words: Mapping[str, str], said: Mapping[str, Said], language: str) -> str:
    templates = finding.check.fits if finding.verdict.explained else finding.check.message
    text = templates[language].format_map(words)
    zh = language == "zh"
    if finding.blamed:
        others = len(finding.proof) - 1
        change = _change_text(finding.blamed, said, language)
        restored = (
            (f"，可使{others + 1}个等式同时成立" if zh else f", which restores {others + 1} equations")
            if others
            else ""
        )
        text += f"建议：{change}{restored}。" if zh else f" Proposed: {change}{restored}."
    elif finding.alternatives and _worth_telling(finding.alternatives):
        options = ["、".join(_change_text(c, said, language) for c in r.changes) for r in finding.alternatives]
        text += (
            f"可能的改法有：{'；或'.join(options)}，仅凭本文件不能断定。"
            if zh
            else f" Possible repairs: {'; or '.join(options)}; the report alone does not tell which."
        )
    if finding.twins:
        text += "各处数字逐项相同。" if zh else " The same figures stand in each of these places."
    return text


def _worth_telling(repairs: Sequence[Repair]) -> bool:
    """Whether a few repairs are left, each of them a slip that people make."""
    slips = [c.slip.kind for r in repairs for c in r.changes]
    return len(repairs) <= MOST_ALTERNATIVES and "other" not in slips


def _change_text(change: Change, said: Mapping[str, Said], language: str) -> str:
    figure = change.figure
    s = said.get(figure.fact_id)
    rate = change.slip.kind == "recomputed"
    label = name(figure.measure, language)
    if s and s.fund_source != "all":
        label += f"（{name(s.fund_source, 'zh')}）" if language == "zh" else f" ({name(s.fund_source, 'en')})"
    elif s and not rate and language == "zh" and s.subject not in ("", label):
        label = f"{s.subject}{label}"
    value = percent(_repaired(change)) if rate else plain(_repaired(change))
    slip = LABELS[change.slip.kind][LANGUAGES.index(language)]
    if language == "zh":
        return f"{label} {printed(figure)} → {with_unit(value, figure, rate=rate)}" + (f"（{slip}）" if slip else "")
    return f"{label} {printed(figure)} → {with_unit(value, figure, rate=rate)}" + (f" ({slip})" if slip else "")


def _finding_id(finding: Finding, places: Sequence[Mapping[str, Any]], document_id: str) -> str:
    cells = sorted("|".join(str(p[k]) for k in ("statement", "measure", "fund_source", "as_printed")) for p in places)
    text = "\n".join([document_id, finding.check.id, *cells])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
