"""Labels that stand beside several rows of a table without rules between them: each in the middle of its rows.

Such a label is told by its height on the page: it lies between two rows, or reaches over several. Which rows it is
beside follows from the labels of its column taken together. The first begins where the column begins, each reaches as
far below its own middle as above it, the next begins there, and the last must end where the column ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipelines.core.traced import squeeze
from pipelines.documents.pdf_lines import TextLine, set_lines
from pipelines.tables.headers import is_heading
from pipelines.tables.spaced_alignment import aligned
from pipelines.tables.spaced_blocks import Bounds, Mark, blocks_of_marks
from pipelines.tables.spaced_leaves import Ink
from pipelines.tables.spaced_lines import TIGHT
from pipelines.tables.spaced_rows import Strip, rows_of
from pipelines.tables.spaced_stacks import (
    Stack,
    foot_of,
    in_columns,
    is_level,
    stacks_of,
    top_of,
)
from pipelines.vocab import level1_of, level2_of

_LEVEL = 0.25  # of the type size: how far the tops, or the middles, of cells at one height may be apart
_OPENING = frozenset("（(")
_MOST_COLUMNS = 4  # of labels, from the left
_OVER = 0.2  # of the type size: how far a label reaches into a row that it stands beside
_ROOM = 0.6  # of the usual space between rows: what stands closer to the rows around it is no row of its own
_NEARER = 0.75  # of the usual space between rows: how close the lines of one label are at most
_FULL = 0.8  # of the rows of a column are filled where it holds no labels of several rows
_FEWEST_HEADINGS = 3  # known headings that make a row one of headings


@dataclass(frozen=True, slots=True)
class SideLabel:
    """A label beside the rows `first` to `last` (counted from 0) in column `col`.

    Where `told` is false it cannot be told which of these rows are whose: `lines` are then all labels of the column.
    """

    col: int
    first: int
    last: int
    lines: tuple[TextLine, ...]
    told: bool = True


def beside_rows(strip: Strip, xs: Sequence[float], size: float) -> tuple[list[Strip], list[SideLabel]] | None:
    """The rows of a strip without the labels that stand beside several of them, and these; None where none do, or where
    they are no levels and it cannot be told of any which rows are its own."""
    found = _rows_apart(strip, xs, size)
    if found is None:
        return None
    first, core = found
    sides = [p for line in strip.lines for a, b, p in in_columns(line, xs) if b < first]
    stacks = stacks_of(sides, xs, _closest(core, size))
    inks = [_ink(r.lines) for r in core]
    at_top = _is_set_at_top(core, xs, size)
    labels = _joined(stacks, inks, size, at_top)
    loose, rows = _placed(labels, core, strip, xs, size, at_top)
    if at_top:
        return (rows, []) if not loose and any(len(_over(s, inks, size)) > 1 for s in labels) else None
    if not loose:
        return None
    blocks = _blocks(rows, loose, xs, first, TIGHT * size)
    if not any(b.told or _names_levels(b) for b in blocks):
        return None
    moved = {id(g) for b in blocks for x in b.lines for g in x.glyphs}
    return [_without(row, moved) for row in rows], blocks


def _is_set_at_top(rows: Sequence[Strip], xs: Sequence[float], size: float) -> bool:
    """Whether the cells of most rows begin at one height, and have not their middles there, where they differ."""
    at_top = in_middle = 0
    for row in rows:
        stacks = stacks_of(row.lines, xs, TIGHT * size)
        if len({len(s.lines) for s in stacks}) > 1:
            tops, middles = [s.top for s in stacks], [s.middle for s in stacks]
            at_top += max(tops) - min(tops) <= _LEVEL * size
            in_middle += max(middles) - min(middles) <= _LEVEL * size
    return at_top > in_middle


def _names_levels(label: SideLabel) -> bool:
    """Whether levels of indicators are among labels of which it cannot be told which rows are whose."""
    texts = [squeeze(x.text) for x in label.lines]
    return any(level1_of(t) is not None or level2_of(t) is not None for t in texts)


def _rows_apart(strip: Strip, xs: Sequence[float], size: float) -> tuple[int, list[Strip]] | None:
    """The rows as the columns right of the labels show them, with the first of those columns: the one from which on
    the fewest rows are crooked. None where no column need be left out for that.
    """
    best: tuple[int, int, list[Strip]] | None = None
    for first in range(min(_MOST_COLUMNS, len(xs) - 3) + 1):
        parts = [p for line in strip.lines for _, last, p in in_columns(line, xs) if last >= first]
        lines = tuple(set_lines(g for p in parts for g in p.glyphs))
        if not lines:
            break
        rows = rows_of(Strip(strip.top, strip.bottom, lines), xs, size, 1)
        crooked = _crooked(rows, xs, size)
        if best is None or crooked < best[0]:
            best = crooked, first, rows
    return best[1:] if best is not None and best[1] and len(best[2]) > 1 else None


def _crooked(rows: Sequence[Strip], xs: Sequence[float], size: float) -> int:
    """How many rows have two cells of one column one above the other, or cells at no common height, or are a label
    squeezed in between the rows around it."""
    inks = [_ink(r.lines) for r in rows]
    room = _ROOM * _gap(rows)
    out = 0
    for k, row in enumerate(rows):
        stacks = stacks_of(row.lines, xs, TIGHT * size)
        columns = [c for s in stacks for c in range(s.first, s.last + 1)]
        above = inks[k - 1][1] - inks[k][0] if k else room
        below = inks[k][1] - inks[k + 1][0] if k + 1 < len(rows) else room
        squeezed = len(stacks) == 1 and stacks[0].first < _MOST_COLUMNS and max(above, below) < room
        out += len(set(columns)) < len(columns) or not is_level(stacks, size) or squeezed
    return out


def _closest(rows: Sequence[Strip], size: float) -> float:
    """How close two lines of labels may be for one label: closer than rows are, and than lines of a cell ever are."""
    return min(TIGHT * size, _NEARER * _gap(rows))


def _gap(rows: Sequence[Strip]) -> float:
    """The usual space between rows, in points."""
    return median(a[1] - b[0] for a, b in pairwise(_ink(r.lines) for r in rows)) if len(rows) > 1 else 0.0


def _ink(lines: Iterable[TextLine]) -> tuple[float, float]:
    glyphs = [g for x in lines for g in x.glyphs]
    return top_of(glyphs), foot_of(glyphs)


def _joined(stacks: Sequence[Stack], inks: Sequence[Ink], size: float, at_top: bool) -> list[Stack]:
    """The labels with those lines joined that are no labels by themselves: the first stands half beside a row, or the
    second begins with a bracket."""
    out: list[Stack] = []
    for s in sorted(stacks, key=lambda s: (s.first, -s.top)):
        above = out[-1] if out and (out[-1].first, out[-1].last) == (s.first, s.last) else None
        close = above is not None and above.bottom - s.top <= TIGHT * size
        beside = above is not None and any(i[1] < above.top and above.bottom < i[0] for i in inks)
        astride = above is not None and beside and not _stands(above, inks, size, at_top)
        if above is not None and close and (astride or s.lines[0].text[:1] in _OPENING):
            out[-1] = Stack(s.first, s.last, (*above.lines, *s.lines), above.top, s.bottom)
        else:
            out.append(s)
    return out


def _over(s: Stack, inks: Sequence[Ink], size: float) -> list[int]:
    return [k for k, i in enumerate(inks) if min(i[0], s.top) - max(i[1], s.bottom) > _OVER * size]


def _stands(s: Stack, inks: Sequence[Ink], size: float, at_top: bool) -> bool:
    """Whether a label stands beside exactly one row, at its height; or begins where one begins, if cells do so."""
    over = _over(s, inks, size)
    if at_top:
        return bool(over) and abs(inks[over[0]][0] - s.top) <= _LEVEL * size
    return len(over) == 1 and is_level((s, Stack(0, 0, (), *inks[over[0]])), size)


def _own_rows(alone: Sequence[Stack], inks: Sequence[Ink], xs: Sequence[float], size: float) -> list[list[TextLine]]:
    """The rows of nothing but labels, from the labels between one row and the next."""
    runs: dict[int, list[list[Stack]]] = {}
    for s in sorted(alone, key=lambda s: -s.top):
        run = runs.setdefault(sum(i[0] > s.top for i in inks), [])
        if run and any(s.top > o.bottom for o in run[-1]):
            run[-1].append(s)
        else:
            run.append([s])
    out: list[list[TextLine]] = []
    for run in runs.values():
        blocks = [[g for s in block for x in s.lines for g in x.glyphs] for block in run]
        for first, last in aligned(blocks, xs, size, staggered=True) or []:
            out.append(set_lines(g for block in blocks[first : last + 1] for g in block))
    return out


def _placed(
    stacks: Sequence[Stack], core: Sequence[Strip], strip: Strip, xs: Sequence[float], size: float, at_top: bool
) -> tuple[list[Stack], list[Strip]]:
    """The labels that are in no row and no row of their own, and the rows with the others in them."""
    inks = [_ink(r.lines) for r in core]
    lines = [list(r.lines) for r in core]
    room = _ROOM * _gap(core)
    loose: list[Stack] = []
    alone: list[Stack] = []
    for s in stacks:
        over = _over(s, inks, size)
        above = min((i[1] - s.top for i in inks if i[0] > s.top), default=room)
        below = min((s.bottom - i[0] for i in inks if i[1] < s.bottom), default=room)
        if _stands(s, inks, size, at_top):
            lines[over[0]] += s.lines
        elif over or min(above, below) < room:
            loose.append(s)
        else:
            alone.append(s)
    lines += _own_rows(alone, inks, xs, size)
    lines.sort(key=lambda r: -sum(_ink(r)))
    inks = [_ink(r) for r in lines]
    edges = [strip.top, *((a[1] + b[0]) / 2 for a, b in pairwise(inks)), strip.bottom]
    found = [
        Strip(a, b, tuple(set_lines(g for x in row for g in x.glyphs)))
        for (a, b), row in zip(pairwise(edges), lines, strict=True)
    ]
    return loose, found


def _blocks(
    rows: Sequence[Strip], loose: Sequence[Stack], xs: Sequence[float], first: int, closest: float
) -> list[SideLabel]:
    """Which rows the labels stand beside, stretch by stretch: a cell across label columns ends a stretch."""
    cells = [stacks_of(row.lines, xs, closest) for row in rows]
    columns = max(first, _first_full(cells, len(xs) - 1))
    across = [r for r, row in enumerate(cells) if any(s.first < columns and s.first < s.last for s in row)]
    heads = [r for r, row in enumerate(cells) if _is_heading(row)]
    edges = _edges(rows, cells, first)
    marks: list[list[Mark]] = []
    for c in range(columns):
        own = [Mark(s.middle, s.lines, r, len(row) > 1) for r, row in enumerate(cells) for s in row if s.first == c]
        aside = [Mark(s.middle, s.lines) for s in loose if s.first == c]
        marks.append(sorted((*own, *aside), key=lambda m: -m.middle))
    out: list[SideLabel] = []
    begin = 0
    for end in [*across, len(rows)]:
        if end > begin:
            found = blocks_of_marks(marks, Bounds(begin, end), edges, heads)
            out += [SideLabel(b.col, b.first, b.last, b.lines, b.told) for b in found]
        begin = end + 1
    return out


def _first_full(cells: Sequence[Sequence[Stack]], count: int) -> int:
    """The first column that is filled nearly wherever something is filled right of the labels."""
    held = [{c for s in row for c in range(s.first, s.last + 1)} for row in cells]
    rows = [h for h in held if len([c for c in h if c >= count / 2]) > 1]
    return next((c for c in range(count) if rows and sum(c in h for h in rows) >= _FULL * len(rows)), 0)


def _is_heading(cells: Sequence[Stack]) -> bool:
    texts = [squeeze("".join(x.text for x in s.lines)) for s in cells]
    known = sum(is_heading(t, None) for t in texts)
    return known >= _FEWEST_HEADINGS and 2 * known > len(texts)


def _edges(rows: Sequence[Strip], cells: Sequence[Sequence[Stack]], first: int) -> list[float]:
    """Where each row begins, from the top, and where the last one ends: half-way between the ink of neighbours.

    A label on a row's own height counts as ink only where it keeps its distance from the rows around.
    """
    core = []
    for row, stacks in zip(rows, cells, strict=True):
        held = [x for s in stacks if s.last >= first for x in s.lines]
        core.append(_ink(held or row.lines))
    spaces = [a[1] - b[0] for a, b in pairwise(core)]
    gap = min(spaces) if spaces else 0.0
    inks = []
    for k, (row, ink) in enumerate(zip(rows, core, strict=True)):
        whole = _ink(row.lines)
        above = core[k - 1][1] - whole[0] if k else gap
        below = whole[1] - core[k + 1][0] if k + 1 < len(core) else gap
        inks.append(whole if min(above, below) >= _ROOM * gap else ink)
    half = gap / 2
    return [inks[0][0] + half, *((a[1] + b[0]) / 2 for a, b in pairwise(inks)), inks[-1][1] - half]


def _without(row: Strip, moved: set[int]) -> Strip:
    kept = [[g for g in x.glyphs if id(g) not in moved] for x in row.lines]
    return Strip(row.top, row.bottom, tuple(TextLine(tuple(g)) for g in kept if g), row.inferred)
