"""A cell and what its column measures become one fact; every table reader makes its facts here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from pipelines.core.model import Cell, Fact
from pipelines.core.numbers import YUAN_PER, Figure, clean_number, decimals_of, half_unit, is_blank, read_figure
from pipelines.core.traced import halfwidth, squeeze
from pipelines.vocab import MeasureMatch

PERCENT = frozenset({"execution_rate", "completion_rate", "change_rate", "share"})
PLAIN = frozenset({"score_weight", "score", "target", "actual", "count"})
_EXACT = frozenset({"score_weight", "score", "count"})  # points and people are counted, not rounded
UNMAPPED = "unmapped:"
"""What the measure of a figure begins with whose heading the vocabulary does not know."""
_BASES = frozenset({"execution_rate", "completion_rate"})
_TRANSFER = re.compile(
    r"(?:调剂|调拨|划转|调整)[^，。；,;\d]{0,12}?(?P<amount>\d+(?:\.\d+)?\s*(?:万元|亿元|元|万))|"
    r"(?P<before>\d+(?:\.\d+)?\s*(?:万元|亿元|元|万))(?:资金)?(?:已)?(?:调剂|调拨|划转)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the facts of one row stand and whom they speak of."""

    table_number: int
    row: int
    subject: str
    subject_kind: str
    row_label: str
    subject_code: str | None = None
    fund_source: str = "all"
    note: str | None = None
    clause: str = ""

    @property
    def statement(self) -> str:
        """The name of this row (or of the clause within it) among the statements of the document."""
        return f"t{self.table_number}r{self.row}{self.clause}"


def measured(
    place: Place, cell: Cell, match: MeasureMatch, label: str, unit: str | None, column_decimals: int, basis: str | None
) -> Fact | None:
    """The fact that a cell under a measure's heading states, None where it states no figure.

    `unit` is the table's amount unit, which the heading's and then the cell's own unit override. An amount of unknown
    unit keeps its number in `value` and has no `amount_yuan`: it is never taken for yuan.
    """
    if is_blank(cell.text):
        return None
    figure = _figure(cell.text)
    if figure is None:
        return None
    fact = _blank_fact(place, cell, label, match.measure)
    fact = replace(fact, year_offset=match.year_offset, period_end_month=match.period_end_month)
    column_half = half_unit(max(figure.decimals, column_decimals))
    if match.measure in PERCENT:
        rate_basis = match.rate_basis
        if match.measure in _BASES and rate_basis in (None, "stated"):
            rate_basis = basis or rate_basis
        own_unit = "%" if figure.unit == "%" else None
        return replace(
            fact,
            value=figure.value,
            unit=own_unit,
            half_unit=figure.half_unit,
            half_unit_column=figure.half_unit,
            rate_basis=rate_basis,
        )
    if match.measure in PLAIN:
        return replace(
            fact,
            value=figure.value,
            unit=figure.unit or match.unit,
            half_unit=figure.half_unit,
            half_unit_column=Decimal(0) if match.measure in _EXACT else column_half,
            comparator=figure.comparator,
        )
    if match.measure.startswith(UNMAPPED):
        return replace(
            fact, value=figure.value, unit=figure.unit, half_unit=figure.half_unit, half_unit_column=column_half
        )
    amount_unit = figure.unit or match.unit or unit
    factor = YUAN_PER.get(amount_unit or "")
    if factor is None:
        return replace(
            fact, value=figure.value, unit=amount_unit, half_unit=figure.half_unit, half_unit_column=column_half
        )
    return replace(
        fact,
        amount_yuan=figure.value * factor,
        unit=amount_unit,
        half_unit=figure.half_unit * factor,
        half_unit_column=column_half * factor,
    )


def stated(place: Place, cell: Cell, measure: str, label: str) -> Fact | None:
    """The fact of an indicator's cell: a figure where it is one, else its words; None where it is empty."""
    if not squeeze(cell.text) or (is_blank(cell.text) and measure != "actual"):
        return None
    fact = _blank_fact(place, cell, label, measure)
    figure = read_figure(cell.text)
    if figure is None:
        return replace(fact, text_value=squeeze(cell.text), comparator="text")
    factor = YUAN_PER.get(figure.unit or "")
    fact = replace(fact, comparator=figure.comparator, unit=figure.unit, text_value=squeeze(cell.text))
    if factor is not None and not figure.qualifier.endswith(("每月", "每人")):
        return replace(fact, amount_yuan=figure.value * factor, half_unit=figure.half_unit * factor)
    return replace(fact, value=figure.value, half_unit=figure.half_unit)


def transfers(place: Place, cell: Cell, label: str) -> list[Fact]:
    """The amounts that a note says were moved to somebody else (`向卫生院调剂1.1万元`)."""
    out = []
    for match in _TRANSFER.finditer(halfwidth(cell.text)):
        group = "amount" if match["amount"] else "before"
        figure = read_figure(match[group])
        if figure is None or figure.yuan_factor is None:
            continue
        fact = _blank_fact(place, cell, label, "transferred")
        out.append(
            replace(
                fact,
                as_printed=cell.text[match.start(group) : match.end(group)],
                amount_yuan=figure.value * figure.yuan_factor,
                half_unit=figure.half_unit * figure.yuan_factor,
                half_unit_column=figure.half_unit * figure.yuan_factor,
                unit=figure.unit,
            )
        )
    return out


def customary_decimals(texts: Iterable[str]) -> int:
    """How many decimals a column customarily shows: the commonest number above none, the larger of equals."""
    counts = Counter(d for t in texts if clean_number(t) is not None and (d := decimals_of(t)) > 0)
    return max(counts, key=lambda d: (counts[d], d), default=0)


def _figure(text: str) -> Figure | None:
    number = clean_number(text)
    if number is not None:
        return Figure(number, None, decimals_of(text))
    figure = read_figure(text)
    return figure if figure is not None and not figure.qualifier else None


def _blank_fact(place: Place, cell: Cell, label: str, measure: str) -> Fact:
    return Fact(
        measure=measure,
        subject_kind=place.subject_kind,
        subject=place.subject,
        subject_code=place.subject_code,
        fund_source=place.fund_source,
        as_printed=cell.text.strip(),
        origin="table",
        page=cell.page,
        quote=cell.text,
        statement=place.statement,
        table_number=place.table_number,
        row=cell.row,
        col=cell.col,
        row_label=place.row_label or None,
        column_label=label or None,
        note=place.note,
        contested=cell.contested,
    )


def with_list(fact: Fact, list_id: str, role: str) -> Fact:
    """The same fact as the total or a part of a stated list."""
    return replace(fact, list_id=list_id, list_role=role)
