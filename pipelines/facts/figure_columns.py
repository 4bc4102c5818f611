"""Which columns of a segment hold figures, and what each measures in the light of its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.core.model import Fact
from pipelines.core.numbers import clean_number, is_blank
from pipelines.documents.titles import unit_of
from pipelines.facts.figures import PERCENT, PLAIN, customary_decimals, with_list
from pipelines.facts.indicators import row_shift
from pipelines.families import TableKind
from pipelines.tables.headers import Column, Segment
from pipelines.tables.layout import Grid
from pipelines.vocab import MeasureMatch

_WHOLES = (
    (frozenset({"basic_expenditure", "project_expenditure"}), "expenditure"),
    (frozenset({"personnel_expenditure", "public_expenditure"}), "basic_expenditure"),
)
_LOOKS_LIKE_A_FIGURE = re.compile(r"[\d０-９]")
_NO_WHOLES = frozenset({"carried_in", "carried_out", "change_amount", "budget_adjustment", *PERCENT, *PLAIN})
_GENERIC = frozenset({"budget", "revenue", "expenditure", "final_account", "adjusted_budget"})


def figure_columns(grid: Grid, segment: Segment, kind: TableKind | None) -> list[Column]:
    """The columns that hold figures, from the left, each with what it measures (None where nobody knows).

    A total (`合计` beside 基本支出 and 项目支出) measures what its neighbours divide; a plain `金额`, and a fund's
    column under no measure, measure what the kind of table says.
    """
    default = kind.measure if kind else None
    measured = segment.measured()
    out = []
    for index, column in sorted(segment.columns.items()):
        if _holds_labels(grid, segment, index):
            continue
        is_total = column.fund is not None and column.fund.list_role == "total"
        neighbours = {c.measure.measure for c in measured if c.measure and c.index != index and _beside(c, column)}
        whole = next((total for parts, total in _WHOLES if parts & neighbours), None)
        if whole is None and len(neighbours) == 1 and not neighbours & _NO_WHOLES:
            whole = next(iter(neighbours))
        if column.measure is not None:
            divided = whole if is_total and column.measure.measure in _GENERIC else None
            out.append(replace(column, measure=replace(column.measure, measure=divided)) if divided else column)
        elif column.role == "amount" or (column.role is None and _holds_numbers(grid, segment, index)):
            name = (whole or default) if is_total else default if column.role or column.fund else None
            match = MeasureMatch(name, unit=unit_of(column.label)) if name else None
            out.append(replace(column, measure=match))
    return out


def _beside(a: Column, b: Column) -> bool:
    """Whether two columns stand under the same first heading, or under none."""
    return (a.parts[0] == b.parts[0]) or (len(a.parts) == 1 and len(b.parts) == 1)


def _holds_numbers(grid: Grid, segment: Segment, col: int) -> bool:
    cells = [grid.cell(r, col) for r in segment.body]
    return any(c is not None and clean_number(c.text) is not None for c in cells)


def segment_unit(segment: Segment, columns: Sequence[Column]) -> str | None:
    """The amount unit that a heading over labels states (`经费控制情况（万元）`); `columns` are those of figures."""
    figures = {c.index for c in columns if c.measure is not None}
    return next((u for i, c in segment.columns.items() if i not in figures and (u := unit_of(c.label))), None)


def _holds_labels(grid: Grid, segment: Segment, col: int) -> bool:
    """Whether a column under a measure's heading (`年度预算数（万元）`) names the rows: words alone, and several."""
    texts = [cell.text for r in segment.body if (cell := grid.cell(r, col)) is not None and not is_blank(cell.text)]
    return len(set(texts)) > 1 and not any(_LOOKS_LIKE_A_FIGURE.search(text) for text in texts)


def column_decimals(grid: Grid, segment: Segment, column: Column) -> int:
    """How many decimals the figures of a column customarily show."""
    texts = []
    for row in segment.body:
        shift = row_shift(grid, segment, row)
        if shift is not None:
            texts.append(grid.text(row, column.index + shift))
    return customary_decimals(texts)


def rate_basis(columns: Sequence[Column]) -> str | None:
    """The denominator that an execution rate among these columns has, where its heading does not say."""
    measures = {c.measure.measure for c in columns if c.measure}
    if "adjusted_budget" in measures:
        return "adjusted"
    if "budget" in measures:
        return "stated"
    return "initial" if "initial_budget" in measures else None


def with_fund(fact: Fact, column: Column) -> Fact:
    """The fact with the fund source (or scope) that its column's heading names, where the row names none."""
    if column.fund is None or fact.fund_source != "all" or column.fund.list_role != "part":
        return fact
    return replace(fact, fund_source=column.fund.fund_source, scope=column.fund.scope)


def with_column_lists(facts: list[Fact], columns: Sequence[Column], statement: str) -> list[Fact]:
    """Facts of one row whose columns divide one measure by fund become a stated list, the undivided one its total."""
    roles = {c.index: c.fund.list_role for c in columns if c.fund is not None}
    out = list(facts)
    for measure in dict.fromkeys(f.measure for f in facts):
        parts = [k for k, f in enumerate(facts) if f.measure == measure and roles.get(_column_of(f)) == "part"]
        rest = [k for k, f in enumerate(facts) if f.measure == measure and k not in parts]
        if len(parts) < 2 or len(rest) != 1:
            continue
        for k in parts:
            out[k] = with_list(facts[k], f"{statement}:{measure}", "part")
        out[rest[0]] = with_list(facts[rest[0]], f"{statement}:{measure}", "total")
    return out


def _column_of(fact: Fact) -> int:
    return -1 if fact.col is None else fact.col
