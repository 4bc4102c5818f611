"""Rows inside a grid that are not its figures: the title, unit and filler rows at its head, the notes at its foot."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipelines.core.model import Cell
from pipelines.core.traced import halfwidth, squeeze
from pipelines.documents.titles import is_caption, is_title, table_number, unit_of

_NOTE = re.compile(r"^(?:[*＊※]|(?:附?注|备注|(?:填[报表写]|编制)?说明)\d{0,2}[:：.．、])")
_YEAR = re.compile(r"^[(（]?\d{4}年(?:度|\d{1,2}月(?:\d{1,2}日)?)?[)）]?$")
_FORM = re.compile(
    r"^(?:公开|附|预算|决算|财决|部门|单位)*表\s*[0-9一二三四五六七八九十]{1,3}(?:[-－]\d{1,2})?[:：]?$|^附(?:件|表)[\d一二三四五六七八九十]*[:：]?$"
)
_LEAST_ROWS = 2


@dataclass(frozen=True, slots=True)
class Edges:
    """A grid without its edge rows, rows counted from 0 again; `above` and `below` are the texts of those rows."""

    above: tuple[str, ...]
    cells: tuple[Cell, ...]
    below: tuple[str, ...]


def is_note(text: str) -> bool:
    """Whether a line is a note under a table: `注：…`, `备注：…`, `说明：…`, `*…`."""
    return _NOTE.match(squeeze(text)) is not None


def is_caption_text(text: str) -> bool:
    """Whether a text is of a table's head wherever it stands: `单位：万元`, `编制单位：X`, `公开01表`, `（2023年度）`.

    Stricter than `titles.is_caption`, which looks at lines above a table: a heading cell such as `预算科目` or
    `收入（万元）` is none.
    """
    t = halfwidth(squeeze(text))
    if _YEAR.match(t) or _FORM.match(t) or (table_number(t) and len(t) <= 8):
        return True
    if re.fullmatch(r"[(（](?:亿|百?万|千)?元[)）]", t):
        return True
    return ":" in t and (is_caption(t) or (unit_of(t) is not None and len(t) <= 20))


def split_edges(cells: Sequence[Cell]) -> Edges:
    """Takes the title, unit, filler and date rows off the head of a grid, and note and signature rows off its foot.

    Only rows that say by their words what they are: a row `基本情况` over the whole width stays. Blank rows beyond
    them go too. A grid of which fewer than two rows would be left is returned whole.
    """
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        rows[cell.row].append(cell)
    last = max(rows, default=-1)
    top = _edge(rows, range(last + 1), _is_head)
    bottom = last + 1 - _edge(rows, range(last, -1, -1), _is_foot)
    if bottom - top < min(_LEAST_ROWS, last + 1):
        return Edges((), tuple(cells), ())
    kept = tuple(replace(c, row=c.row - top) for c in cells if top <= c.row < bottom)
    return Edges(_texts(rows, range(top)), kept, _texts(rows, range(bottom, last + 1)))


def _edge(rows: dict[int, list[Cell]], order: Sequence[int], belongs: Callable[[list[str]], bool]) -> int:
    """How many rows, taken in that order, belong to the edge; blank ones only before one that does."""
    taken = 0
    for count, row in enumerate(order, 1):
        printed = [c for c in rows[row] if c.text.strip()]
        if any(c.row_span > 1 for c in printed):
            break
        if not printed:
            continue
        if not belongs([c.text for c in printed]):
            break
        taken = count
    return taken


def _is_head(texts: list[str]) -> bool:
    return all(is_caption_text(t) for t in texts) or (len(texts) == 1 and is_title(texts[0]))


def _is_foot(texts: list[str]) -> bool:
    return is_note(texts[0]) if len(texts) == 1 else all(_is_signature(t) for t in texts)


def _is_signature(text: str) -> bool:
    return ":" in halfwidth(text) and is_caption_text(text)


def _texts(rows: dict[int, list[Cell]], numbers: Sequence[int]) -> tuple[str, ...]:
    cells = (c for n in numbers for c in sorted(rows[n], key=lambda c: c.col))
    return tuple(c.text for c in cells if c.text.strip())
