"""What an equation says once figures that another finding blames are put right.

A sentence copied from another item has a wrong amount and a wrong percentage: the amount is told by the table, and the
percentage is judged, and told, with the amount that the table gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipelines.audit.equations import Figure, Reading
from pipelines.audit.judge import Verdict, judge
from pipelines.audit.repair import Change


def corrected(verdict: Verdict, changes: Iterable[Change]) -> Verdict:
    """A failing verdict with changed figures put right; as it was where none is in it, or where it no longer fails."""
    right = {c.figure.fact_id: _right(c) for c in changes}
    if not any(f.fact_id in right for f in verdict.equation.named.figures):
        return verdict
    readings = tuple(_put_right(r, right) for r in verdict.equation.readings)
    judged = judge(replace(verdict.equation, readings=readings))
    return judged if judged.verdict == "fail" and not judged.explained else verdict


def _put_right(reading: Reading, right: Mapping[str, Figure]) -> Reading:
    terms = tuple(replace(t, figure=right.get(t.fact_id or "", t.figure)) for t in reading.terms)
    return replace(reading, terms=terms)


def _right(change: Change) -> Figure:
    value = change.slip.value / change.figure.factor
    return replace(change.figure, value=change.slip.value, printed=f"{abs(value):f}{change.figure.unit or ''}")
