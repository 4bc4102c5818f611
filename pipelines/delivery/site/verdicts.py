"""What the checks say of each figure of a report, in one word: the colour that its cell is drawn in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipelines.delivery.site.source import Equation, Fact, Row

STATES = ("error", "warning", "hint", "involved", "doubt", "agreeing", "unjudged")
"""From what must be seen first to what needs no look: held to be wrong (by severity), part of an equation that fails,
of doubtful reading, in agreement with every equation it stands in, and in no equation that could be judged."""


def states(
    document_id: str, facts: Sequence[Fact], equations: Iterable[Equation], findings: Iterable[Row]
) -> dict[int, str]:
    """Fact number → state. The first figure of a finding is the one held to be wrong, the others prove it.

    Of a finding that people accept no figure is held to be wrong.
    """
    found: dict[int, str] = {fact.number: "unjudged" for fact in facts}

    def mark(fact_id: str | None, state: str) -> None:
        number = number_of(document_id, fact_id)
        if number in found and STATES.index(state) < STATES.index(found[number]):
            found[number] = state

    for equation in equations:
        state = {"pass": "agreeing", "rounding": "agreeing", "fail": "involved", "parse_doubt": "doubt"}.get(
            equation.verdict
        )
        for term in equation.terms if state else ():
            mark(term["fact_id"], state or "unjudged")
    for fact in facts:
        if fact.contested:
            mark(f"{document_id}:f{fact.number}", "doubt")
    for finding in findings:
        for place, fact_id in enumerate(finding["fact_ids"]):
            mark(fact_id, "involved" if place or finding["acknowledged"] else finding["severity"])
    return found


def number_of(document_id: str, fact_id: str | None) -> int | None:
    """The number of a fact in its own document, None where the fact is another document's."""
    document, _, number = (fact_id or "").rpartition(":f")
    return int(number) if document == document_id and number.isdigit() else None


def worst(states: Iterable[str]) -> str | None:
    """The state to draw a cell in that states several figures."""
    return min(states, key=STATES.index, default=None)
