"""Figures of a form that stand beside their own label, outside any table of columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipelines.core.model import Cell, Fact
from pipelines.core.numbers import clean_number
from pipelines.core.traced import halfwidth, squeeze
from pipelines.facts.figures import Place, measured, with_list
from pipelines.facts.row_labels import is_deep
from pipelines.tables.answered_rows import states_figure
from pipelines.tables.layout import Grid
from pipelines.vocab import MeasureMatch, measure_of
from pipelines.vocab.headings import bare_label, row_label

_IN_CELL = re.compile(r"^(?:其中[:：])?([^:：\d]{2,24})[:：](-?[\d,]+(?:\.\d+)?)(万元|元|亿元)?$")
_UNMERGED = frozenset({"flowed-rows", "markdown"})  # a merged cell is followed by blank ones there
_KINDS = {"basic_expenditure": "expenditure", "project_expenditure": "expenditure"}
_TOTAL_OF = {
    "expenditure": ("executed", "final_account", "adjusted_budget", "budget"),
    "revenue": ("adjusted_budget", "budget", "revenue"),
}


def pairs(
    grid: Grid, row: int, unit: str | None, year: int | None, counted: frozenset[int] = frozenset()
) -> list[Fact]:
    """Figures beside their own label: `基本支出总额 | 789.94万元`, or in one cell: `其中：基本支出：306.91`.

    The columns in `counted` number or code the rows: what stands in them is no figure.
    """
    out = []
    cells = [cell for _, cell in (grid.filled(row) if grid.table.engine in _UNMERGED else grid.own(row))]
    cells = [cell for cell in cells if cell.col not in counted]
    for k, cell in enumerate(cells):
        text = halfwidth(squeeze(cell.text))
        inside = _IN_CELL.match(text)
        if inside:
            out += _labelled(grid, row, inside[1], cell, inside[2], inside[3] or unit, year)
        elif k + 1 < len(cells) and states_figure(squeeze(cells[k + 1].text)) and not _is_series(cells[k + 1 :]):
            out += _labelled(grid, row, text, cells[k + 1], cells[k + 1].text, unit, year)
    return out


def _is_series(cells: Sequence[Cell]) -> bool:
    """Whether several figures stand one beside the other: a row of columns, whose label does not say what each is."""
    return len(cells) > 1 and all(clean_number(cell.text) is not None for cell in cells[:2])


def _labelled(
    grid: Grid, row: int, label: str, cell: Cell, number: str, unit: str | None, year: int | None
) -> list[Fact]:
    name = bare_label(label)
    match, fund = measure_of(name, year), row_label(name)
    if match is None and fund is None:
        return []
    kind = fund.subject_kind if fund else "department_total"
    place = Place(
        grid.table.number,
        row,
        name,
        kind,
        label,
        fund_source=fund.fund_source if fund else "all",
        clause=f"c{cell.col}",
    )
    use = match if match is not None and fund is None else MeasureMatch("revenue")
    figure_cell = replace(cell, text=number)
    fact = measured(place, figure_cell, use, label, unit, 0, None)
    if fact is None:
        return []
    scope = fund.scope if fund else None
    return [replace(fact, quote=cell.text, as_printed=_as_printed(cell.text, number), scope=scope or fact.scope)]


def _as_printed(text: str, number: str) -> str:
    return number if number in text else text.strip()


def listed(facts: list[Fact], table_number: int) -> list[Fact]:
    """Form figures beside a total of the same table become parts of its list (基本 + 项目 of the executed total).

    Parts that cannot be told apart make no list; a part of a part (`1.一般公共预算` of `一、财政拨款`) is no part.
    Groups of amounts side by side (项目资金总额 | 年度资金申请总额) are a list each where each column has its total.
    """
    parts = [(k, _list_name(f)) for k, f in enumerate(facts) if f.list_id is None and _list_name(f)]
    out = list(facts)
    for name in dict.fromkeys(str(n) for _, n in parts):
        members = [k for k, n in parts if n == name]
        members = [k for k in members if not is_deep(facts[k].row_label or "", under_a_total=True)] or members
        for list_id, total, some in _groups(facts, name, members, f"t{table_number}"):
            out[total] = with_list(out[total], list_id, "total")
            for k in some:
                out[k] = with_list(out[k], list_id, "part")
    return out


def _groups(
    facts: Sequence[Fact], name: str, members: Sequence[int], table: str
) -> Iterator[tuple[str, int, Sequence[int]]]:
    """The lists that form figures are parts of: name, total and parts, these as their places among the facts."""
    columns = sorted({facts[k].col or 0 for k in members})
    lanes = {c: [k for k in members if (facts[k].col or 0) == c] for c in columns}
    totals = {c: _total(facts, (name,), [facts[k] for k in lanes[c]], column=c) for c in columns}
    groups: list[tuple[str, int | None, Sequence[int]]]
    if len(columns) > 1 and None not in totals.values():
        groups = [(f"{table}c{c}:{name}", totals[c], lanes[c]) for c in columns]
    else:
        groups = [(f"{table}:{name}", _total(facts, _TOTAL_OF[name], [facts[k] for k in members]), members)]
    for list_id, total, some in groups:
        distinct = {(facts[k].measure, facts[k].fund_source, facts[k].scope) for k in some}
        if total is not None and len(some) >= 2 and len(distinct) == len(some):
            yield list_id, total, some


def _total(
    facts: Sequence[Fact], measures: Sequence[str], members: Sequence[Fact], column: int | None = None
) -> int | None:
    """The total of a form's parts: the first of these measures that is stated, or one that the parts do add up to.

    With a `column`, only what stands there counts.

    A form that says 基本支出总额 does not say whether it means the budget or what was spent.
    """
    stated = [
        k
        for wanted in measures
        for k, f in enumerate(facts)
        if f.subject_kind == "department_total"
        and f.fund_source == "all"
        and f.measure == wanted
        and column in (None, f.col)
    ]
    amounts = [f.amount_yuan for f in members if f.amount_yuan is not None]
    fitting = (k for k in stated if len(amounts) == len(members) and facts[k].amount_yuan == sum(amounts))
    return next(fitting, next(iter(stated), None))


def _list_name(fact: Fact) -> str | None:
    if fact.measure == "revenue" and fact.subject_kind == "fund_source":
        return "revenue"
    return _KINDS.get(fact.measure) if fact.subject_kind == "department_total" else None
