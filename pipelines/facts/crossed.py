"""Tables whose columns name the subjects: 预算数 › 公务接待费, 决算数 › 公务接待费."""

from __future__ import annotations

from dataclasses import replace

from pipelines.core.model import Fact
from pipelines.core.traced import squeeze
from pipelines.facts.figures import Place, customary_decimals, measured, with_list
from pipelines.tables.layout import Grid
from pipelines.vocab import measure_of

_PATH = " > "
_TOTALS = frozenset({"合计", "总计", "小计"})


def facts_of(
    grid: Grid, head: int, body: tuple[int, ...], unit: str | None, year: int | None, about: str
) -> list[Fact]:
    """The facts of a table with heading paths `measure > subject > part` in row `head`; `about` names what it totals.

    The first-level total and its parts form one stated list for each measure.
    """
    out: list[Fact] = []
    paths = {col: squeeze(cell.text).split(">") for col, cell in grid.own(head) if ">" in cell.text}
    for row in body:
        texts = [grid.text(row, col) for col in paths]
        decimals = customary_decimals(texts)
        for col, (measure_name, *subject) in paths.items():
            cell = grid.cell(row, col)
            match = measure_of(measure_name, year)
            if cell is None or match is None:
                continue
            total = subject[-1] in _TOTALS
            name = (subject[-2] if len(subject) > 1 else about) if total else subject[-1]
            place = Place(grid.table.number, row, name, "other", name, clause=f".{'/'.join(subject)}")
            fact = measured(place, cell, match, _PATH.join([measure_name, *subject]), unit, decimals, None)
            if fact is None:
                continue
            fact = replace(fact, fund_source="all", scope="财政拨款")
            first_level = len(subject) == 1 or (total and len(subject) == 2)
            if first_level:
                role = "total" if len(subject) == 1 and total else "part"
                fact = with_list(fact, f"t{grid.table.number}r{row}:{match.measure}", role)
            out.append(fact)
    return out
