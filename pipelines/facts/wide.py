"""Tables whose columns drifted because blank cells were lost: rows are read by the order and type of their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pipelines.core.model import Cell, Fact
from pipelines.core.numbers import clean_number, is_blank, read_figure
from pipelines.core.traced import squeeze
from pipelines.facts.figures import Place, customary_decimals, measured, stated, with_list
from pipelines.families import TableKind
from pipelines.tables.headers import Segment
from pipelines.tables.layout import Grid
from pipelines.vocab import MeasureMatch

_GROUPS = {"budget": MeasureMatch("budget"), "executed": MeasureMatch("executed")}
_GROUP_LABELS = {"budget": "项目年度预算金额", "executed": "实际支出金额"}
_FUND_LABELS = {"general": "一般公共预算", "government_fund": "政府性基金", "other": "非财政资金"}


def facts_of(grid: Grid, segment: Segment, kind: TableKind, unit: str | None) -> tuple[list[Fact], list[str]]:
    """The facts of every row that fits the template, and the subjects of the rows that do not.

    A row is: texts, the last of which is its subject; numbers, half of them the first group's and half the second's
    (a total, then its funds in the template's order); a percentage; texts; pairs of indicator and result.
    """
    facts: list[Fact] = []
    unread: list[str] = []
    decimals = customary_decimals(cell.text for row in segment.body for _, cell in grid.own(row))
    for row in segment.body:
        cells = [cell for _, cell in grid.own(row) if squeeze(cell.text)]
        read = _row_facts(grid, row, cells, kind, unit, decimals)
        if read is not None:
            facts += read
        elif grid.numbers(row):
            unread.append(f"第{row + 1}行")
    return facts, unread


def _row_facts(
    grid: Grid, row: int, cells: Sequence[Cell], kind: TableKind, unit: str | None, decimals: int
) -> list[Fact] | None:
    rate = next((k for k, c in enumerate(cells) if _is_percent(c.text)), None)
    if rate is None:
        return None
    first = rate
    while first > 0 and clean_number(cells[first - 1].text) is not None:
        first -= 1
    numbers = cells[first:rate]
    names = [c for c in cells[:first] if clean_number(c.text) is None]
    groups = [step for step in kind.template if "group" in step]
    if not names or not numbers or len(numbers) % len(groups):
        return None
    subject = squeeze(names[-1].text)
    place = Place(grid.table.number, row, subject, kind.subject_kind or "programme", subject)
    size = len(numbers) // len(groups)
    facts: list[Fact] = []
    for g, step in enumerate(groups):
        facts += _group_facts(place, step, numbers[g * size : (g + 1) * size], unit, decimals)
    reported = measured(
        place, cells[rate], MeasureMatch("execution_rate"), "预算支出执行率", None, 0, kind.rate_basis or "stated"
    )
    return facts + ([reported] if reported else []) + _indicator_facts(place, kind, cells[rate + 1 :])


def _group_facts(
    place: Place, step: dict[str, Any], cells: Sequence[Cell], unit: str | None, decimals: int
) -> list[Fact]:
    out = []
    name = step["group"]
    for fund, cell in zip(step["funds"], cells, strict=False):
        label = _GROUP_LABELS[name] if fund == "all" else f"{_GROUP_LABELS[name]} > {_FUND_LABELS[fund]}"
        fact = measured(replace(place, fund_source=fund), cell, _GROUPS[name], label, unit, decimals, None)
        if fact is not None:
            role = "total" if fund == "all" else "part"
            out.append(with_list(fact, f"{place.statement}:{name}", role) if len(cells) > 1 else fact)
    return out


def _indicator_facts(place: Place, kind: TableKind, cells: Sequence[Cell]) -> list[Fact]:
    """Pairs of indicator and result. Which indicator column a pair belongs to is told only where none was lost."""
    texts = sum(1 for step in kind.template if step.get("role") in ("goal_text", "goal_result"))
    levels: list[str] = next((step["indicators"] for step in kind.template if "indicators" in step), [])
    goal = squeeze(cells[0].text) if cells else None
    rest = [c for c in cells[texts:]]
    pairs = [(rest[k], rest[k + 1]) for k in range(0, len(rest) - 1, 2)]
    told = len(pairs) == len(levels)
    out = []
    for k, (name, result) in enumerate(pairs):
        level1, _, level2 = levels[k].partition(" > ") if told else ("", "", "")
        indicator = replace(
            place,
            subject=squeeze(name.text),
            subject_kind="indicator",
            row_label=place.subject,
            note=f"项目：{place.subject}",
        )
        for measure, cell, label in (("target", name, "年度指标内容"), ("actual", result, "完成情况")):
            fact = stated(indicator, cell, measure, label)
            if fact is not None:
                out.append(
                    replace(
                        fact,
                        statement=f"{place.statement}.{k + 1}",
                        level1=level1 or None,
                        level2=level2 or None,
                        goal=goal,
                        contested=not told,
                    )
                )
    return out


def _is_percent(text: str) -> bool:
    figure = None if is_blank(text) else read_figure(text)
    return figure is not None and figure.unit == "%" and not figure.qualifier
