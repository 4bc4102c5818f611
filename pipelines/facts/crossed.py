"""Tables whose columns name the subjects: 公务接待费 › 预算数, 公务接待费 › 决算数."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.core.model import Fact
from pipelines.facts.figures import Place, customary_decimals, measured, with_list
from pipelines.tables.headers import Column, Segment
from pipelines.tables.layout import Grid
from pipelines.vocab import MeasureMatch, measure_of

_TOTALS = frozenset({"合计", "总计", "小计"})
_FIRST_LEVEL = 1


def facts_of(
    grid: Grid, segment: Segment, unit: str | None, year: int | None, about: str, default: str | None
) -> list[Fact]:
    """The facts of every figure under heading paths that hold a subject and a measure in any order.

    `about` is the subject of the whole (`“三公”经费`), `default` the measure where no heading names one. The
    first-level total and its parts form one stated list for each row and measure.
    """
    out: list[Fact] = []
    decimals = customary_decimals(grid.text(row, col) for row in segment.body for col in segment.columns)
    for row in segment.body:
        for col, column in sorted(segment.columns.items()):
            cell = grid.cell(row, col)
            match, path = _meaning(column, year, about, default)
            if cell is None or cell.row != row or match is None or not path:
                continue
            total = path[-1] in _TOTALS
            whole = total and len(path) == _FIRST_LEVEL
            subject = about if whole else path[-2] if total else path[-1]
            place = Place(grid.table.number, row, subject, "other", subject, clause=f".{'/'.join(path)}")
            fact = measured(place, cell, match, column.label, unit, decimals, None)
            if fact is None:
                continue
            if len(path) == _FIRST_LEVEL or total:
                fact = with_list(fact, f"t{grid.table.number}r{row}:{match.measure}", "total" if whole else "part")
            out.append(fact)
    return out


def _meaning(
    column: Column, year: int | None, about: str, default: str | None
) -> tuple[MeasureMatch | None, Sequence[str]]:
    """What a column measures, and the path of subjects that its headings name below the whole."""
    match = MeasureMatch(default) if default else None
    path = []
    for part in column.parts:
        found = measure_of(part, year)
        if found is not None and found.measure in ("budget", "final_account", "executed", "initial_budget"):
            match = found
        elif about.strip("“”") not in part.replace("“", "").replace("”", "") and part not in path:
            path.append(part)
    return match, path
