"""What the labels of rows say: a total, a fund source, a part of the row above; and which rows form a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.core.numbers import clean_number
from pipelines.core.traced import halfwidth, squeeze
from pipelines.facts.indicators import row_shift
from pipelines.families import TableKind
from pipelines.tables.headers import Column, Segment
from pipelines.tables.layout import Grid
from pipelines.vocab.headings import RowLabel, row_label

_SUBTOTALS = ("小计", "合计")


def row_labels(grid: Grid, segment: Segment, columns: Sequence[Column], kind: TableKind | None) -> dict[int, RowLabel]:
    """What the rows' labels say of funds and totals; one unreadable label in a known order of rows is inferred."""
    out: dict[int, RowLabel] = {}
    gaps: list[int] = []
    for row in segment.body:
        shift = row_shift(grid, segment, row)
        if shift is None or not any(clean_number(grid.text(row, c.index + shift)) is not None for c in columns):
            continue
        text = label_text(grid, segment, row, shift, columns)
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


def list_rows(grid: Grid, segment: Segment, columns: Sequence[Column], labels: dict[int, RowLabel]) -> frozenset[int]:
    """The rows of the table's first list of fund sources: its total, before or after, and parts that are not parts of
    parts. Figures between them under a label that says no fund leave the list incomplete: then only a total is said."""
    totals = [row for row, label in labels.items() if label.list_role == "total"]
    deep = {
        row: is_deep(label_text(grid, segment, row, 0, columns), under_a_total=_above(row, labels) in totals)
        or _under_a_merged_label(grid, segment, row)
        for row in labels
    }
    parts = [row for row, label in labels.items() if label.list_role == "part"]
    if not all(deep[row] for row in parts):
        parts = [row for row in parts if not deep[row]]
    if not parts or not totals:
        return frozenset(totals[:1])
    if totals[0] < parts[0]:
        total = totals[0]
        end = next((row for row in totals[1:] if row > parts[0]), len(grid.rows))
        parts = [row for row in parts if row < end]
    else:
        last = next((row for row in totals if row > parts[0]), None)
        if last is None:
            return frozenset(parts)
        total = last
        parts = [row for row in parts if row < total]
    between = range(min(total, parts[0]) + 1, max(total, parts[-1]))
    if any(_is_a_stranger(grid, segment, row, columns, labels) for row in between):
        return frozenset([total])
    return frozenset([total, *parts])


def _above(row: int, labels: dict[int, RowLabel]) -> int | None:
    return max((other for other in labels if other < row), default=None)


def _is_a_stranger(
    grid: Grid, segment: Segment, row: int, columns: Sequence[Column], labels: dict[int, RowLabel]
) -> bool:
    """Whether a row among those of a list holds figures of something that is no fund source, nor a part of one."""
    shift = row_shift(grid, segment, row)
    if row in labels or shift is None:
        return False
    figures = [clean_number(grid.text(row, c.index + shift)) for c in columns]
    if not any(figures) or is_deep(label_text(grid, segment, row, shift, columns), under_a_total=False):
        return False
    return not _under_a_merged_label(grid, segment, row)


def _under_a_merged_label(grid: Grid, segment: Segment, row: int) -> bool:
    column = segment.by_role("subject")
    cell = grid.cell(row, column.index) if column else None
    return cell is not None and cell.row < row


def is_deep(label: str, *, under_a_total: bool) -> bool:
    """Whether an enumerator (or `其中：`, but for that of the whole) marks a row as a part of the row above it."""
    text = halfwidth(label)
    if re.match(r"其中[:：]", text):
        return not under_a_total
    return re.match(r"[(（]?[\d一二三四五六七八九十]{1,2}[)）]|\d{1,2}[.．、]", text) is not None


def label_text(grid: Grid, segment: Segment, row: int, shift: int, columns: Sequence[Column]) -> str:
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
