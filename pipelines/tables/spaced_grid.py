"""A table without uprights put together: headings apart from rows, columns, and the rows one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.core.traced import squeeze
from pipelines.documents.headings import enumerator
from pipelines.documents.pdf_lines import TextLine
from pipelines.tables.spaced_area import Area
from pipelines.tables.spaced_columns import boundaries, settled
from pipelines.tables.spaced_labels import SideLabel, beside_rows
from pipelines.tables.spaced_lines import is_figure, pieces_of
from pipelines.tables.spaced_rows import FEWEST_RULED, Strip, rows_of

_CUT = 0.1  # of the pieces may run over a column boundary: section titles
_MOST_HEADINGS = 5  # strips of headings, one under another
_FIGURES = 0.5  # of the pieces of a heading at most: years, or columns counted from one


@dataclass(frozen=True, slots=True)
class SpacedGrid:
    """The column boundaries `xs`, the heading strip if any, the rows, and the labels that stand beside several."""

    xs: tuple[float, ...]
    heading: Strip | None
    rows: tuple[Strip, ...]
    labels: tuple[SideLabel, ...] = ()


def spaced_grid(area: Area, before: SpacedGrid | None = None) -> SpacedGrid | None:
    """Rows and columns of an area, None where it does not fall into at least two columns and one row.

    `before` is the table at the end of the page before. Where its headings stand here again they are known to be
    headings; where there are none, or the same, its columns are taken if the words keep within them.
    """
    repeated = _repeated(area, before) if before else 0
    heading, body = _parted(area, repeated)
    size = _type_size(area.lines)
    lines = [x for s in body for x in s.lines]
    if before is not None and (heading is None or repeated) and _keeps_within(lines, before.xs, size):
        xs = settled(before.xs, lines, size)
    else:
        xs = boundaries(heading.lines if heading else (), lines, area.box, size)
    if len(xs) < 3:
        return None
    rows: list[Strip] = []
    labels: list[SideLabel] = []
    for strip in body:
        found = beside_rows(strip, xs, size) if len(body) < FEWEST_RULED else None
        if found is not None:
            labels += [replace(x, first=x.first + len(rows), last=x.last + len(rows)) for x in found[1]]
        rows += found[0] if found is not None else rows_of(strip, xs, size, len(body))
    return SpacedGrid(xs, heading, tuple(rows), tuple(labels)) if rows else None


def _type_size(lines: Sequence[TextLine]) -> float:
    sizes = sorted(x.size for x in lines)
    return sizes[len(sizes) // 2]


def _repeated(area: Area, before: SpacedGrid) -> int:
    """How many lines at the top of the area are the headings of the table before."""
    printed = [squeeze(x.text) for x in before.heading.lines] if before.heading else []
    return len(printed) if printed and printed == [squeeze(x.text) for x in area.lines[: len(printed)]] else 0


def _keeps_within(lines: Sequence[TextLine], xs: Sequence[float], size: float) -> bool:
    pieces = [p.box for x in lines for p in pieces_of(x)]
    outside = [b for b in pieces if b.x0 < xs[0] - size or b.x1 > xs[-1] + size]
    cut = [b for b in pieces if any(b.x0 + 1 < x < b.x1 - 1 for x in xs[1:-1])]
    return not outside and len(cut) <= _CUT * len(pieces)


def _parted(area: Area, repeated: int) -> tuple[Strip | None, list[Strip]]:
    """The heading strip and the strips of the body, parted by the full-width rules or before the first figure.

    `repeated` lines at the top are known to be headings.
    """
    if len(area.rules) > 2 and not repeated:
        strips = [
            Strip(a, b, tuple(x for x in area.lines if b < (x.box.y0 + x.box.y1) / 2 < a))
            for a, b in pairwise(area.rules)
        ]
        strips = [s for s in strips if s.lines]
        count = _heading_strips(strips)
        if not count:
            return None, strips
        lines = tuple(x for s in strips[:count] for x in s.lines)
        return Strip(strips[0].top, strips[count - 1].bottom, lines), strips[count:]
    figured = (i for i, x in enumerate(area.lines) if any(is_figure(p.text) for p in pieces_of(x)))
    first = repeated or next(figured, 0)
    seam = (area.lines[first - 1].box.y0 + area.lines[first].box.y1) / 2 if first else area.box.y1
    body = [Strip(seam, area.box.y0, area.lines[first:])]
    return (Strip(area.box.y1, seam, area.lines[:first]) if first else None), body


def _heading_strips(strips: Sequence[Strip]) -> int:
    """How many strips from the top are headings: the first if it is, and those after it with several words but no
    figure, code or item number.
    """
    if not strips or _figure_share(strips[0].lines) >= _FIGURES:
        return 0
    count = 1
    while count < min(_MOST_HEADINGS, len(strips) - 1):
        pieces = [p.text for x in strips[count].lines for p in pieces_of(x)]
        if len(pieces) < 2 or any(is_figure(t) or enumerator(t) is not None for t in pieces):
            break
        count += 1
    return count


def _figure_share(lines: Iterable[TextLine]) -> float:
    parts = [p for x in lines for p in pieces_of(x)]
    return sum(is_figure(p.text) for p in parts) / max(1, len(parts))
