"""Lines as the rows of a table: their pieces, the figures among them, and runs of lines that fall into columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.core.numbers import clean_number
from pipelines.core.traced import squeeze
from pipelines.documents.pdf_lines import TextLine
from pipelines.documents.titles import is_caption, is_title

_GAP = 0.8  # of the type size: what stands further apart on a line may be in different columns
_WIDE = 0.6  # of the table's width: a line of one piece as long as this is prose
FARTHEST = 3.0  # type sizes from line to line inside a table without rules
TIGHT = 0.7  # of the type size: the widest space between the lines of one cell
_FEWEST_LINES = 3
_MOST_HEADINGS = 4  # lines above the first figure of a table without rules
_MOST_PAGES = 1000
_LEADERS = re.compile(r"[.．…·]{4,}|…{2,}")
_SENTENCE = re.compile(r"[。；;]")


def pieces_of(line: TextLine) -> list[TextLine]:
    """The parts of a line that may stand in different columns."""
    return line.pieces(_GAP)


def is_figure(text: str) -> bool:
    """Whether a piece is a figure of a table: a number, with its % or not."""
    return clean_number(squeeze(text).rstrip("%％")) is not None


def figures_of(line: TextLine) -> list[TextLine]:
    """The figures of a line that has something beside them."""
    parts = pieces_of(line)
    return [p for p in parts if is_figure(p.text)] if len(parts) > 1 else []


def rows_without_rules(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Runs of lines that fall into columns with figures in them, the headings above the first figure included."""
    out = []
    for run in _runs(lines):
        first = next((i for i, x in enumerate(run) if figures_of(x)), None)
        if first is None:
            continue
        kept = run[max(0, first - _MOST_HEADINGS) :]
        figured = [x for x in kept if figures_of(x)]
        if len(figured) >= _FEWEST_LINES and _is_aligned(figured) and not _is_contents(figured):
            out.append(kept)
    return out


def can_be_row(line: TextLine, run: Sequence[TextLine]) -> bool:
    """Whether a line may be the next row after `run`: no title, sentence, or line of a table of contents."""
    text = line.text
    if is_title(text) or _SENTENCE.search(text) or _LEADERS.search(squeeze(text)):
        return False
    parts = pieces_of(line)
    if len(parts) > 1:
        return not all(is_caption(p.text) for p in parts)
    if not run or is_caption(text):
        return False
    width = max(x.box.x1 for x in run) - min(x.box.x0 for x in run)
    return line.box.x1 - line.box.x0 <= _WIDE * width


def trimmed(run: list[TextLine]) -> list[TextLine]:
    """Without lines of one piece at the end: they belong to what follows, but for the last lines of a cell."""
    kept = run
    while kept and len(pieces_of(kept[-1])) == 1 and not _ends_cell(kept):
        kept = kept[:-1]
    return kept


def _ends_cell(run: Sequence[TextLine]) -> bool:
    """Whether the last line stands close under others where a column begins that is not the first."""
    last, above = run[-1], run[:-1]
    lefts = [p.box.x0 for x in above if len(pieces_of(x)) > 1 for p in pieces_of(x)]
    inner = [x for x in lefts if x > min(lefts) + last.size]
    close = any(0 <= x.box.y0 - last.box.y1 <= TIGHT * last.size for x in above)
    return close and sum(abs(x - last.box.x0) < 0.5 * last.size for x in inner) > 1


def _runs(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    runs: list[list[TextLine]] = [[]]
    for line in lines:
        last = runs[-1][-1] if runs[-1] else None
        if not can_be_row(line, runs[-1]):
            runs.append([])
            continue
        if last is not None and last.box.y0 - line.box.y1 > FARTHEST * line.size:
            runs.append([])
        runs[-1].append(line)
    return [trimmed(r) for r in runs]


def _is_contents(rows: Sequence[TextLine]) -> bool:
    """Whether rows are a table of contents: one whole number each, at the end, never falling from row to row."""
    numbers = [[squeeze(p.text) for p in figures_of(row)] for row in rows]
    last = [squeeze(pieces_of(row)[-1].text) for row in rows]
    if any(len(n) != 1 or n[0] != end or not end.isdecimal() for n, end in zip(numbers, last, strict=True)):
        return False
    pages = [int(end) for end in last]
    return pages == sorted(pages) and pages[-1] < _MOST_PAGES


def _is_aligned(rows: Sequence[TextLine]) -> bool:
    """Whether most rows have a figure that ends, or begins, or is centred, where one of another row does."""
    spots = [[(p.box.x0, (p.box.x0 + p.box.x1) / 2, p.box.x1) for p in figures_of(row)] for row in rows]
    size = rows[0].size
    aligned = 0
    for i, here in enumerate(spots):
        others = [s for j, row in enumerate(spots) if j != i for s in row]
        aligned += any(abs(a - b) < 0.5 * size for s in here for o in others for a, b in zip(s, o, strict=True))
    return aligned >= 0.8 * len(rows)
