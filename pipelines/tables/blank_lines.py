"""The rhythm of blank lines in text of one cell a line: how many part two rows, and whether any part two cells.

Converters differ: most write one blank line between two rows, others two, others one after every line. What the cells
of a text have between them tells which; `paced` writes it as if by the most usual converter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from pipelines.core.model import Line


def opens_cell(line: Line) -> bool:
    """Whether a line is a cell of its own: one tab, at its beginning."""
    return line.text.startswith("\t") and line.text.count("\t") == 1


def is_blank(line: Line) -> bool:
    """Whether nothing is printed on a line. An ideographic space is the content of an empty cell, not a blank line."""
    return not line.text.strip(" \t\r\f")


def paced(lines: Sequence[Line]) -> list[Line]:
    """The lines without the blank ones that the rhythm of the text adds: none between cells, one between rows.

    Runs of more blank lines than part two rows stay longer than one. A text of rows of tabs, or whose cells show no
    other rhythm, stays as it is.
    """
    within, between = _rhythm(lines)
    if (within, between) == (0, 1):
        return list(lines)
    out: list[Line] = []
    for blank, run in groupby(lines, key=_parts):
        run_lines = list(run)
        beats = -(-max(0, len(run_lines) - within) // (between - within))
        out += run_lines[:beats] if blank else run_lines
    return out


def _rhythm(lines: Sequence[Line]) -> tuple[int, int]:
    """How many blank lines part two cells of a row, and two rows."""
    cells = [i for i, line in enumerate(lines) if opens_cell(line)]
    if 2 * len(cells) <= sum("\t" in line.text for line in lines):
        return 0, 1
    gaps = Counter(b - a - 1 for a, b in pairwise(cells) if all(_parts(line) for line in lines[a + 1 : b]))
    least = min(gaps, default=0)
    more = {gap: count for gap, count in gaps.items() if gap > 2 * least}
    # Writing a blank line after every line makes n of them 2n + 1; cells that stand one by one are rows.
    within = least if more and gaps[least] >= sum(more.values()) else 0
    wider = {gap: count for gap, count in gaps.items() if gap > within}
    return within, min(wider, key=lambda gap: (-wider[gap], gap), default=within + 1)


def _parts(line: Line) -> bool:
    return is_blank(line) and not line.text.startswith("\t")
