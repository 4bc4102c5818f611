"""Tables whose columns name the subjects: 公务接待费 › 预算数, 公务接待费 › 决算数."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.core.model import Fact
from pipelines.facts.figures import Place, customary_decimals, measured, with_list
from pipelines.tables.headers import Column, Segment
from pipelines.tables.layout import Grid
from pipelines.vocab import MeasureMatch, measure_of

_TOTALS = frozenset({"合计", "总计", "小计"})
_SHORTEST_SUBJECT = 2
_AMOUNTS = frozenset(
    {"budget", "final_account", "executed", "initial_budget", "prior_year_budget", "prior_year_final_account"}
)


def facts_of(
    grid: Grid, segment: Segment, unit: str | None, year: int | None, about: str, default: str | None
) -> list[Fact]:
    """The facts of every figure under heading paths that hold a subject and a measure in any order.

    `about` is the subject of the whole (`“三公”经费`), `default` the measure where no heading names one. Columns of
    one group and their total form one stated list for each row and measure.
    """
    out: list[Fact] = []
    banners = _in_every_path(segment)
    paths = {col: tuple(_meaning(c, year, default, banners)[1]) for col, c in segment.columns.items()}
    divided = frozenset(path[:-1] for path in paths.values() if path and path[-1] in _TOTALS)
    decimals = customary_decimals(grid.text(row, col) for row in segment.body for col in segment.columns)
    for row in segment.body:
        for col, column in sorted(segment.columns.items()):
            cell = grid.cell(row, col)
            match, path = _meaning(column, year, default, banners)
            if cell is None or cell.row != row or match is None or not path:
                continue
            total = path[-1] in _TOTALS
            subject = path[-1] if not total else path[-2] if len(path) > 1 else about
            place = Place(grid.table.number, row, subject, "other", subject, clause=f".{'/'.join(path)}")
            fact = measured(place, cell, match, column.label, unit, decimals, None)
            if fact is None:
                continue
            group, role = _place_in_list(tuple(path), divided)
            list_id = f"t{grid.table.number}r{row}:{match.measure}:{'/'.join(group)}"
            out.append(with_list(fact, list_id, role))
    return out


def _place_in_list(path: tuple[str, ...], divided: frozenset[tuple[str, ...]]) -> tuple[tuple[str, ...], str]:
    """The group of columns that a column belongs to, as its total or a part; a group's total is a part one level up."""
    group = path[:-1]
    if path[-1] not in _TOTALS:
        return group, "part"
    return (group[:-1], "part") if group and group[:-1] in divided else (group, "total")


def _meaning(
    column: Column, year: int | None, default: str | None, banners: frozenset[str]
) -> tuple[MeasureMatch | None, Sequence[str]]:
    """What a column measures, and the path of subjects that its headings name below the whole."""
    match = MeasureMatch(default) if default else None
    path = []
    for part in column.parts:
        found = measure_of(part, year)
        subject: str | None = part
        if found is not None and found.measure in _AMOUNTS:
            match = found
            subject = _subject_in(part)
        if subject and part not in banners and subject not in path:
            path.append(subject)
    return match, path


def _subject_in(heading: str) -> str | None:
    """The subject that a heading names before its measure: 机关运行经费 in `2023年机关运行经费预算数`."""
    subject = re.sub(r"^\d{4}年(?:度)?|(?:预算|决算|执行)数?$", "", heading)
    return subject if len(subject) > _SHORTEST_SUBJECT else None


def _in_every_path(segment: Segment) -> frozenset[str]:
    """Headings over all figures: what the table is about, not a subject of its own."""
    paths = [set(c.parts) for c in segment.columns.values()]
    return frozenset(set.intersection(*paths)) if len(paths) > 1 else frozenset()
