"""A table becomes facts: its headings say what each column measures, its labels of whom each row speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.core.model import Cell, Fact, Table
from pipelines.core.numbers import clean_number, is_blank
from pipelines.core.relations import TableReading
from pipelines.core.traced import halfwidth, squeeze
from pipelines.documents.titles import unit_of
from pipelines.facts import crossed, indicators, wide
from pipelines.facts.figures import UNMAPPED, Place, customary_decimals, measured, transfers, with_list
from pipelines.facts.subjects import link
from pipelines.families import TableKind, kind_of
from pipelines.tables.headers import Column, Segment, leading, segments
from pipelines.tables.layout import Grid
from pipelines.vocab import MeasureMatch, class_names, measure_of
from pipelines.vocab.headings import RowLabel, bare_label, row_label

_IN_CELL = re.compile(r"^(?:其中[:：])?([^:：\d]{2,24})[:：](-?[\d,]+(?:\.\d+)?)(万元|元|亿元)?$")
_SUBTOTALS = ("小计", "合计")
_CODE_ROLES = ("code_class", "code_section", "code_item")
_CODE_LENGTHS = (3, 5, 7)
_WHOLES = (
    (frozenset({"basic_expenditure", "project_expenditure"}), "expenditure"),
    (frozenset({"personnel_expenditure", "public_expenditure"}), "basic_expenditure"),
)
_GENERIC = frozenset({"budget", "revenue", "expenditure", "final_account", "adjusted_budget"})
_KINDS = {"basic_expenditure": "expenditure", "project_expenditure": "expenditure"}
_TOTAL_OF = {"expenditure": ("executed", "final_account"), "revenue": ("adjusted_budget", "budget", "revenue")}
_PEOPLE = re.compile(r"编制数?$|在职人数|供养人员(?:情况)?$|人数$|^(?:在职|离退休|退休|离休)人员$")


@dataclass(frozen=True, slots=True)
class _Bound:
    facts: list[Fact]
    unmapped: list[str]


def facts_of_table(table: Table, year: int | None) -> tuple[TableReading, list[Fact]]:
    """What a table was recognised as, and every figure in it as a fact, in reading order.

    A table of no known family is read by its headings alone. Figures under headings that the vocabulary does not know
    keep the heading as their measure (`unmapped:…`).
    """
    grid = Grid.of(table)
    found = segments(grid, year)
    kind = kind_of(table.title, _words(grid, found))
    unit = table.unit or (kind.unit if kind else None)
    if kind is not None and kind.layout == "template" and found:
        bound = _Bound(*wide.facts_of(grid, found[0], kind, unit))
    elif kind is not None and kind.layout == "crossed":
        segment = leading(grid, year)
        bound = _Bound(crossed.facts_of(grid, segment, unit, year, kind.about, kind.measure) if segment else [], [])
    else:
        bound = _bind(grid, found, kind, unit, year)
    facts = _listed(bound.facts, table.number)
    reading = TableReading(
        replace(table, unit=unit),
        kind.family if kind else None,
        kind.kind if kind else None,
        tuple(dict.fromkeys(bound.unmapped)),
    )
    return reading, facts


def _words(grid: Grid, found: Sequence[Segment]) -> list[str]:
    """What may name the kind of a table: its headings, their parts and paths, and the labels before its figures."""
    words = [part for s in found for c in s.columns.values() for part in (c.label, *c.label.split(" > "))]
    for row in range(len(grid.rows)):
        for _, cell in grid.filled(row):
            if clean_number(cell.text) is not None:
                break
            words.append(squeeze(cell.text))
    return words


def _bind(grid: Grid, found: Sequence[Segment], kind: TableKind | None, unit: str | None, year: int | None) -> _Bound:
    facts: list[Fact] = []
    unmapped: list[str] = []
    goal = None
    prefix = f"t{grid.table.number}"
    first = found[0].head[0] if found else len(grid.rows)
    for row in range(first):
        goal = _goal_named(grid, row) or goal
        facts += _pairs(grid, row, unit, year)
    for segment in found:
        if indicators.is_indicator_segment(segment):
            more, goal = indicators.facts_of(grid, segment, goal, prefix)
            facts += more
        elif segment.holds_figures():
            lanes = segment.lanes()
            for side, lane in enumerate(lanes):
                clause = f".{side + 1}" if len(lanes) > 1 else ""
                more, headings = _segment_rows(grid, lane, kind, unit, year, prefix, clause)
                facts += more
                unmapped += headings
            goal = next((g for r in segment.body if (g := _goal_named(grid, r))), goal)
    return _Bound(facts, unmapped)


def _goal_named(grid: Grid, row: int) -> str | None:
    filled = grid.filled(row)
    text = squeeze(filled[0][1].text) if len(filled) == 1 else ""
    return text if re.match(r"年度(?:绩效)?目标\s*[0-9一二三四五六七八九十]", text) else None


def _segment_rows(
    grid: Grid,
    segment: Segment,
    kind: TableKind | None,
    unit: str | None,
    year: int | None,
    prefix: str,
    clause: str,
) -> tuple[list[Fact], list[str]]:
    columns = _figure_columns(grid, segment, kind)
    unit = _segment_unit(segment) or unit
    decimals = {c.index: _column_decimals(grid, segment, c) for c in columns}
    labels = _row_labels(grid, segment, columns, kind)
    listed = _list_rows(grid, segment, columns, labels)
    facts: list[Fact] = []
    for row in segment.body:
        shift = indicators.row_shift(grid, segment, row)
        if shift is None:
            facts += _pairs(grid, row, unit, year)
            continue
        place = _place(grid, segment, row, shift, columns, kind, labels)
        if place is None:
            continue
        place = replace(place, clause=clause)
        said: list[Fact] = []
        basis = (kind.rate_basis if kind else None) or _basis(columns)
        for column in columns:
            cell = grid.cell(row, column.index + shift)
            if cell is None or cell.row != row:
                continue
            match = column.measure or MeasureMatch(UNMAPPED + column.label)
            fact = measured(place, cell, match, column.label, unit, decimals[column.index], basis)
            if fact is not None:
                said.append(
                    _with_fund(_with_role(fact, labels.get(row) if row in listed else None, prefix + clause), column)
                )
        facts += _with_column_lists(said, columns, place.statement)
        facts += indicators.score_facts(grid, segment, row, shift, place, prefix)
        note = _note_cell(grid, segment, row, shift)
        if note is not None:
            facts += transfers(place, note[1], note[0].label)
    return facts, [c.label for c in columns if c.measure is None]


def _with_role(fact: Fact, label: RowLabel | None, prefix: str) -> Fact:
    if label is None or fact.amount_yuan is None:
        return fact
    return with_list(fact, f"{prefix}:{fact.measure}", label.list_role)


def _with_fund(fact: Fact, column: Column) -> Fact:
    """The fact with the fund source (or scope) that its column's heading names, where the row names none."""
    if column.fund is None or fact.fund_source != "all" or column.fund.list_role != "part":
        return fact
    return replace(fact, fund_source=column.fund.fund_source, scope=column.fund.scope)


def _with_column_lists(facts: list[Fact], columns: Sequence[Column], statement: str) -> list[Fact]:
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


def _figure_columns(grid: Grid, segment: Segment, kind: TableKind | None) -> list[Column]:
    """The columns that hold figures, from the left, each with what it measures (None where nobody knows).

    A total (`合计` beside 基本支出 and 项目支出) measures what its neighbours divide; a plain `金额`, and a fund's
    column under no measure, measure what the kind of table says.
    """
    default = kind.measure if kind else None
    measured = segment.measured()
    out = []
    for index, column in sorted(segment.columns.items()):
        is_total = column.fund is not None and column.fund.list_role == "total"
        neighbours = {c.measure.measure for c in measured if c.measure and c.index != index and _beside(c, column)}
        whole = next((total for parts, total in _WHOLES if parts & neighbours), None)
        if whole is None and len(neighbours) == 1:
            whole = next(iter(neighbours))
        if column.measure is not None:
            generic = column.measure.measure in _GENERIC and is_total and whole is not None
            out.append(replace(column, measure=replace(column.measure, measure=whole)) if generic else column)
        elif column.role == "amount" or (column.role is None and _holds_numbers(grid, segment, index)):
            name = (whole or default) if is_total else default if column.role or column.fund else None
            out.append(replace(column, measure=MeasureMatch(name) if name else None))
    return out


def _beside(a: Column, b: Column) -> bool:
    """Whether two columns stand under the same first heading, or under none."""
    return (a.parts[0] == b.parts[0]) or (len(a.parts) == 1 and len(b.parts) == 1)


def _holds_numbers(grid: Grid, segment: Segment, col: int) -> bool:
    cells = [grid.cell(r, col) for r in segment.body]
    return any(c is not None and clean_number(c.text) is not None for c in cells)


def _segment_unit(segment: Segment) -> str | None:
    return next((u for c in segment.columns.values() if c.measure is None and (u := unit_of(c.label))), None)


def _column_decimals(grid: Grid, segment: Segment, column: Column) -> int:
    texts = []
    for row in segment.body:
        shift = indicators.row_shift(grid, segment, row)
        if shift is not None:
            texts.append(grid.text(row, column.index + shift))
    return customary_decimals(texts)


def _basis(columns: Sequence[Column]) -> str | None:
    measures = {c.measure.measure for c in columns if c.measure}
    if "adjusted_budget" in measures:
        return "adjusted"
    if "budget" in measures:
        return "stated"
    return "initial" if "initial_budget" in measures else None


def _row_labels(grid: Grid, segment: Segment, columns: Sequence[Column], kind: TableKind | None) -> dict[int, RowLabel]:
    """What the rows' labels say of funds and totals; one unreadable label in a known order of rows is inferred."""
    out: dict[int, RowLabel] = {}
    gaps: list[int] = []
    for row in segment.body:
        shift = indicators.row_shift(grid, segment, row)
        if shift is None or not any(clean_number(grid.text(row, c.index + shift)) is not None for c in columns):
            continue
        text = _label_text(grid, segment, row, shift, columns)
        known = row_label(text) if text else None
        if known is not None:
            out[row] = known
        else:
            gaps.append(row)
    order = [row_label(name) for name in kind.fund_rows] if kind else []
    missing = [x for x in order if x is not None and x not in out.values()]
    if len(gaps) == 1 and len(missing) == 1 and len(out) + 1 == len(order):
        out[gaps[0]] = missing[0]
    return out


def _list_rows(grid: Grid, segment: Segment, columns: Sequence[Column], labels: dict[int, RowLabel]) -> frozenset[int]:
    """The rows of the table's first list of fund sources: its total, before or after, and parts that are not parts of
    parts."""
    deep = {
        row: _is_deep(_label_text(grid, segment, row, 0, columns)) or _under_a_merged_label(grid, segment, row)
        for row in labels
    }
    parts = [row for row, label in labels.items() if label.list_role == "part"]
    if not all(deep[row] for row in parts):
        parts = [row for row in parts if not deep[row]]
    totals = [row for row, label in labels.items() if label.list_role == "total"]
    if not parts or not totals:
        return frozenset(totals[:1])
    if totals[0] < parts[0]:
        end = next((row for row in totals[1:] if row > parts[0]), len(grid.rows))
        return frozenset([totals[0], *(row for row in parts if row < end)])
    total = next((row for row in totals if row > parts[0]), None)
    return frozenset(
        [*(row for row in parts if total is not None and row < total), *([] if total is None else [total])]
    )


def _under_a_merged_label(grid: Grid, segment: Segment, row: int) -> bool:
    column = segment.by_role("subject")
    cell = grid.cell(row, column.index) if column else None
    return cell is not None and cell.row < row


def _is_deep(label: str) -> bool:
    """Whether an enumerator (or `其中：`) marks a row as a part of the row above it."""
    return re.match(r"其中[:：]|[(（]?[\d一二三四五六七八九十]{1,2}[)）]|\d{1,2}[.．、]", halfwidth(label)) is not None


def _label_text(grid: Grid, segment: Segment, row: int, shift: int, columns: Sequence[Column]) -> str:
    """The label of a row: its innermost subject cell; a `小计` there belongs to the label before it."""
    named = [c.index for c in segment.columns.values() if c.role == "subject"]
    first = min((c.index for c in columns if not named or c.index > named[0]), default=0)
    unnamed = [col for col in range(named[-1] + 1, first) if col not in segment.columns] if named else []
    subjects = [grid.text(row, col + shift) for col in [*named, *unnamed]]
    texts = [t for t in dict.fromkeys(subjects) if t and clean_number(t) is None]
    if not texts:
        before = min(c.index for c in columns) + shift
        texts = [squeeze(c.text) for col, c in grid.filled(row) if col < before and clean_number(c.text) is None]
        return texts[-1] if texts else ""
    return texts[-2] if len(texts) > 1 and texts[-1] in _SUBTOTALS else texts[-1]


def _place(
    grid: Grid,
    segment: Segment,
    row: int,
    shift: int,
    columns: Sequence[Column],
    kind: TableKind | None,
    labels: dict[int, RowLabel],
) -> Place | None:
    printed = _label_text(grid, segment, row, shift, columns)
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
    elif code and len(code) in _CODE_LENGTHS:
        subject_kind = "functional_item" if code.startswith("2") else "economic_item"
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
    """The classification code of a row, put together where 类, 款 and 项 stand in columns of their own."""
    columns = [c for role in _CODE_ROLES if (c := segment.by_role(role)) is not None]
    whole = segment.by_role("code")
    texts = [grid.text(row, c.index + shift) for c in (columns or ([whole] if whole else []))]
    digits = [t for t in dict.fromkeys(texts) if t.isdigit()]
    return "".join(digits) if columns and digits else (texts[0] or None) if texts and not columns else None


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


def _pairs(grid: Grid, row: int, unit: str | None, year: int | None) -> list[Fact]:
    """Figures beside their own label: `基本支出总额 | 789.94`, or in one cell: `其中：基本支出：306.91`."""
    out = []
    cells = [cell for _, cell in grid.own(row)]
    for k, cell in enumerate(cells):
        text = halfwidth(squeeze(cell.text))
        inside = _IN_CELL.match(text)
        if inside:
            out += _labelled(grid, row, inside[1], cell, inside[2], inside[3] or unit, year)
        elif k + 1 < len(cells) and clean_number(cells[k + 1].text) is not None:
            out += _labelled(grid, row, text, cells[k + 1], cells[k + 1].text, unit, year)
    return out


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
    return [replace(fact, quote=cell.text, as_printed=_as_printed(cell.text, number))]


def _as_printed(text: str, number: str) -> str:
    return number if number in text else text.strip()


def _listed(facts: list[Fact], table_number: int) -> list[Fact]:
    """Form figures beside a total of the same table become parts of its list (基本 + 项目 of the executed total)."""
    parts = [(k, _list_name(f)) for k, f in enumerate(facts) if f.list_id is None and _list_name(f)]
    out = list(facts)
    for name in dict.fromkeys(n for _, n in parts):
        total = next(
            (
                k
                for wanted in _TOTAL_OF[str(name)]
                for k, f in enumerate(facts)
                if f.subject_kind == "department_total" and f.fund_source == "all" and f.measure == wanted
            ),
            None,
        )
        members = [k for k, n in parts if n == name]
        if total is None or len(members) < 2:
            continue
        list_id = f"t{table_number}:{name}"
        out[total] = with_list(out[total], list_id, "total")
        for k in members:
            out[k] = with_list(out[k], list_id, "part")
    return out


def _list_name(fact: Fact) -> str | None:
    if fact.measure == "revenue" and fact.subject_kind == "fund_source":
        return "revenue"
    return _KINDS.get(fact.measure) if fact.subject_kind == "department_total" else None
