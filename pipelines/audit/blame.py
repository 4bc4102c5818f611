"""Blame: all failing equations of a document at once, those that hang together solved as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipelines.audit.judge import Verdict
from pipelines.audit.repair import Component
from pipelines.audit.search import Search


def solve(verdicts: Iterable[Verdict]) -> list[Component]:
    """The components of one document's failing equations, in the order of their first equation.

    Where the likeliest repair of one changes a figure of another (a mention of what it blames), both are solved as one.
    Equations across documents take no part: what is proposed for a report follows from the report alone.
    """
    verdicts = [v for v in verdicts if not v.equation.crosses]
    search = Search(verdicts)
    solved = [search.component(group) for group in _components(search.failing)]
    while (pair := _entangled(solved)) is not None:
        one, other = sorted(pair)
        order = {id(v): n for n, v in enumerate(search.failing)}
        failing = sorted((*solved[one].failing, *solved[other].failing), key=lambda v: order[id(v)])
        solved[one] = search.component(tuple(failing))
        del solved[other]
    return solved


def _entangled(solved: Sequence[Component]) -> tuple[int, int] | None:
    for one, component in enumerate(solved):
        changed = {c.figure.fact_id for r in component.repairs[:1] for c in r.changes}
        for other, neighbour in enumerate(solved):
            if other != one and any(f.fact_id in changed for v in neighbour.failing for f in v.reading.figures):
                return one, other
    return None


def _components(failing: Sequence[Verdict]) -> list[tuple[Verdict, ...]]:
    group_of: dict[str, int] = {}
    groups: dict[int, list[Verdict]] = {}
    for number, verdict in enumerate(failing):
        ids = [f.fact_id for f in verdict.reading.figures]
        joined = sorted({group_of[i] for i in ids if i in group_of})
        members = [v for g in joined for v in groups.pop(g)] + [verdict]
        groups[number] = members
        for member in members:
            for f in member.reading.figures:
                group_of[f.fact_id] = number
    order = {id(v): n for n, v in enumerate(failing)}
    sorted_groups = [tuple(sorted(g, key=lambda v: order[id(v)])) for g in groups.values()]
    return sorted(sorted_groups, key=lambda g: order[id(g[0])])
