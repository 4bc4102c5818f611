"""Mentions of one figure: which figures of a document are, by equations that hold, the same figure printed again.

A figure that was wrong when it was first put down is wrong wherever it was carried to. Its mentions then agree with
each other, and only changing them together repairs what each of them breaks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipelines.audit.equations import Reading
from pipelines.audit.judge import Verdict


def ties(verdicts: Iterable[Verdict]) -> dict[str, list[tuple[str, Reading]]]:
    """Of each figure, the other mentions that hold with it, and the equation that says so."""
    out: dict[str, list[tuple[str, Reading]]] = defaultdict(list)
    for verdict in verdicts:
        reading = verdict.reading
        if reading.kind != "same" or verdict.verdict not in ("pass", "rounding") or len(reading.figures) != 2:
            continue
        one, other = (f.fact_id for f in reading.figures)
        out[one].append((other, reading))
        out[other].append((one, reading))
    return out


def grouped(fact_ids: Sequence[str], tied: dict[str, list[tuple[str, Reading]]]) -> list[list[str]]:
    """The figures in groups of mentions of one figure, by ties among them; groups and members in the given order."""
    left = list(fact_ids)
    out = []
    while left:
        group = [left.pop(0)]
        for member in group:
            group += [i for i in left if any(other == i for other, _ in tied.get(member, ()))]
            left = [i for i in left if i not in group]
        out.append(sorted(group, key=fact_ids.index))
    return out
