"""Rows of a segment become facts: one statement a row, each figure under what its column measures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.core.model import Cell, Fact
from pipelines.core.numbers import is_blank
from pipelines.core.traced import halfwidth, squeeze
from pipelines.facts.figure_columns import (
    column_decimals,
    figure_columns,
    rate_basis,
    segment_unit,
    with_column_lists,
    with_fund,
)
from pipelines.facts.figures import UNMAPPED, Place, measured, transfers, with_list
from pipelines.facts.form_pairs import pairs
from pipelines.facts.indicators import row_shift, score_facts
from pipelines.facts.row_labels import label_text, list_rows, row_labels
from pipelines.facts.subjects import link
from pipelines.families import TableKind
from pipelines.tables.headers import Column, Segment
from pipelines.tables.layout import Grid
from pipelines.vocab import MeasureMatch, class_names
from pipelines.vocab.headings import RowLabel, bare_label, row_label

_CODE_ROLES = ("code_class", "code_section", "code_item")
_NO_FIGURES = frozenset({"sequence", "code", *_CODE_ROLES})
_CODE_LENGTHS = (3, 5, 7)
_CODE_KINDS = {"2": "functional_item", "3": "economic_item", "5": "economic_item"}  # others are codes of units
_CODE_PART = 2  # digits of a 款 or 项
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]*")
_COUNTED = re.compile(r"\((个|人|辆|批次?|人次|次|台|户|套)\)$")
_PEOPLE = re.compile(r"编制数?$|在职人数|供养人员(?:情况)?$|人数$|^(?:在职|离退休|退休|离休)人员$")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What holds for a whole table: its kind, amount unit and the year of its report. `side` tells its lanes apart."""

    kind: TableKind | None
    unit: str | None
    year: int | None
    side: str = ""


def facts_of(grid: Grid, segment: Segment, sheet: Sheet) -> tuple[list[Fact], list[str]]:
    """The facts of every row of a segment, and the headings over figures that the vocabulary does not know."""
    kind = sheet.kind
    columns = figure_columns(grid, segment, kind)
    if not columns:
        return [], []
    unit = segment_unit(segment, columns) or sheet.unit
    decimals = {c.index: column_decimals(grid, segment, c) for c in columns}
    labels = row_labels(grid, segment, columns, kind)
    listed = list_rows(grid, segment, columns, labels)
    counted = [i for i, c in segment.columns.items() if c.role in _NO_FIGURES]
    prefix = f"t{grid.table.number}"
    basis = (kind.rate_basis if kind else None) or rate_basis(columns)
    facts: list[Fact] = []
    for row in segment.body:
        shift = row_shift(grid, segment, row)
        if shift is None:
            facts += [] if counted else pairs(grid, row, unit, sheet.year)
            continue
        place = _place(grid, segment, row, shift, columns, kind, labels)
        if place is None:
            continue
        place = replace(place, clause=sheet.side)
        role = labels.get(row) if row in listed else None
        said: list[Fact] = []
        taken: set[int] = set()
        for column in columns:
            cell = grid.cell(row, column.index + shift)
            if cell is None or cell.row != row or id(cell) in taken:
                continue
            taken.add(id(cell))
            match = _counted(place.row_label) or column.measure or MeasureMatch(UNMAPPED + column.label)
            fact = measured(place, cell, match, column.label, unit, decimals[column.index], basis)
            if fact is not None:
                said.append(with_fund(_with_role(fact, role, prefix + sheet.side), column))
        if not said and not sheet.side:
            facts += pairs(grid, row, unit, sheet.year, frozenset(c + shift for c in counted))
        facts += with_column_lists(said, columns, place.statement)
        facts += score_facts(grid, segment, row, shift, place, prefix)
        note = _note_cell(grid, segment, row, shift)
        if note is not None:
            facts += transfers(place, note[1], note[0].label)
    return facts, [c.label for c in columns if c.measure is None]


def _counted(label: str) -> MeasureMatch | None:
    """`公务用车保有量（辆）`: a row that counts things, whatever its column measures."""
    m = _COUNTED.search(halfwidth(label))
    return MeasureMatch("count", unit=m[1]) if m else None


def _with_role(fact: Fact, label: RowLabel | None, prefix: str) -> Fact:
    if label is None or fact.amount_yuan is None:
        return fact
    return with_list(fact, f"{prefix}:{fact.measure}", label.list_role)


def _place(
    grid: Grid,
    segment: Segment,
    row: int,
    shift: int,
    columns: Sequence[Column],
    kind: TableKind | None,
    labels: dict[int, RowLabel],
) -> Place | None:
    printed = label_text(grid, segment, row, shift, columns)
    subject = bare_label(halfwidth(printed)) if printed else ""
    if not subject:
        head = squeeze(segment.columns[0].label) if 0 in segment.columns else ""
        subject = re.sub(r"[(（].*[)）]$", "", head)
        if not subject or not any(grid.text(row, c.index + shift) for c in columns):
            return None
    code = _code(grid, segment, row, shift)
    label = labels.get(row) or (None if printed else row_label(subject))
    if label is not None:
        subject_kind = label.subject_kind
    elif kind is not None and kind.subject_kind and kind.layout == "rows":
        subject_kind = kind.subject_kind
    elif _PEOPLE.search(subject):
        subject_kind = "headcount"
    elif code and len(code) in _CODE_LENGTHS and code[0] in _CODE_KINDS:
        subject_kind = _CODE_KINDS[code[0]]
    elif subject in class_names():
        subject_kind = "functional_item"
    else:
        subject_kind = "programme" if link(subject, code or None) else "other"
    if kind is not None and kind.layout == "indicators" and subject_kind == "department_total":
        owner = _owner(grid, segment.body[0])
        subject, subject_kind = (owner, kind.subject_kind or subject_kind) if owner else (subject, subject_kind)
    note = _note_cell(grid, segment, row, shift)
    return Place(
        grid.table.number,
        row,
        subject,
        subject_kind,
        printed,
        subject_code=code,
        fund_source=label.fund_source if label else "all",
        note=squeeze(note[1].text) if note else None,
    )


def _code(grid: Grid, segment: Segment, row: int, shift: int) -> str | None:
    """The classification code of a row, put together where 类, 款 and 项 stand in columns of their own.

    A 款 or 项 that lost its leading zero (`301 | 2`) gets it back: both have two digits. A 类 has three: a row under a
    shorter one (`7 | 11 | 02`, as a real budget prints) has no code.
    """
    columns = [c for role in _CODE_ROLES if (c := segment.by_role(role)) is not None]
    whole = segment.by_role("code")
    if not columns:
        text = halfwidth(grid.text(row, whole.index + shift)) if whole else ""
        return text if _CODE.fullmatch(text) else None
    cells = [grid.cell(row, column.index + shift) for column in columns]
    once = {id(cell): cell for cell in cells if cell is not None}
    parts = [part for cell in once.values() if (part := squeeze(cell.text)).isdigit()]
    if parts and columns[0].role == _CODE_ROLES[0] and len(parts[0]) < _CODE_LENGTHS[0]:
        return None
    return "".join(part.zfill(_CODE_PART) for part in parts) or None


def _owner(grid: Grid, before: int) -> str | None:
    """The project that a form names above its figures (`项目名称 | 养老服务体系建设运营补助资金`)."""
    for row in range(before):
        texts = [squeeze(cell.text) for _, cell in grid.filled(row)]
        for label, value in pairwise(texts):
            if label.rstrip(":：") == "项目名称":
                return value
    return None


def _note_cell(grid: Grid, segment: Segment, row: int, shift: int) -> tuple[Column, Cell] | None:
    column = segment.by_role("note")
    cell = grid.cell(row, column.index + shift) if column else None
    return (column, cell) if column and cell and not is_blank(cell.text) else None
