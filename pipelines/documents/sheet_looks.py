"""What a workbook's sheet shows besides its values: number formats, rules, hidden rows, errors (XLSX by lxml)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

from pipelines.documents.number_format import BUILT_IN
from pipelines.documents.package import Package, attribute, child, local

Place = tuple[int, int]
"""Row and column of a cell, both from 0."""

_REFERENCE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384


@dataclass(slots=True)
class Looks:
    """`formats` holds the format code of valued cells, `ruled` the cells with a rule at their left or right side,
    `errors` the error that a cell shows, `uncalculated` the formulas saved without a result; `floating` is the
    text of boxes drawn over the sheet. `rows` and `columns` bound the cells with values."""

    formats: dict[Place, str] = field(default_factory=dict)
    ruled: set[Place] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    uncalculated: set[Place] = field(default_factory=set)
    floating: tuple[str, ...] = ()
    rows: int = 0
    columns: int = 0

    def reach(self, place: Place) -> None:
        """Widens the bounds to hold a cell with a value."""
        self.rows, self.columns = max(self.rows, place[0] + 1), max(self.columns, place[1] + 1)


@dataclass(frozen=True, slots=True)
class _Styles:
    """By style number: the format code, and whether there is a rule at the left or right side."""

    codes: tuple[str | None, ...]
    ruled: tuple[bool, ...]


def looks_of_xlsx(data: bytes) -> list[Looks]:
    """The looks of each sheet, in workbook order. Raises UnreadableDocument."""
    package = Package(data)
    workbook = package.related("", "officeDocument")
    root = package.xml(workbook) if workbook else None
    sheets = child(root, "sheets")
    if root is None or sheets is None or workbook is None:
        return []
    styles = _styles(package, package.related(workbook, "styles"))
    relations = package.relations(workbook)
    out = []
    for sheet in sheets:
        _, part = relations.get(attribute(sheet, "id") or "", ("", ""))
        looks = Looks()
        with package.stream(part) as stream:
            if stream is not None:
                _read_sheet(stream, styles, looks)
        drawing = package.related(part, "drawing") if part else None
        looks.floating = _drawn_text(package, drawing)
        out.append(looks)
    return out


def _styles(package: Package, name: str | None) -> _Styles:
    root = package.xml(name) if name else None
    if root is None:
        return _Styles((), ())
    codes: dict[int, str] = dict(BUILT_IN)
    for f in _children(root, "numFmts"):
        codes[_number(f.get("numFmtId"))] = f.get("formatCode", "")
    borders = [_is_ruled(b) for b in _children(root, "borders")]
    xfs = _children(root, "cellXfs")
    sides = [_number(x.get("borderId")) for x in xfs]
    return _Styles(
        tuple(codes.get(_number(x.get("numFmtId"))) for x in xfs),
        tuple(borders[s] if s < len(borders) else False for s in sides),
    )


def _children(root: etree._Element, name: str) -> list[etree._Element]:
    element = child(root, name)
    return list(element) if element is not None else []


def _is_ruled(border: etree._Element) -> bool:
    return any(
        local(side) in ("left", "right", "start", "end") and side.get("style", "none") != "none" for side in border
    )


def _read_sheet(stream: IO[bytes], styles: _Styles, looks: Looks) -> None:
    row = column = -1
    events = etree.iterparse(
        stream, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    for event, element in events:
        name = local(element)
        if event == "start":
            if name == "row":
                row, column = _row_number(element, row), -1
            continue
        if name == "c":
            place = _place(element.get("r"), row, column)
            column = place[1]
            _read_cell(element, place, styles, looks)
        elif name == "row":
            if element.get("hidden") in ("1", "true"):
                looks.hidden_rows.add(row)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        elif name == "col" and element.get("hidden") in ("1", "true"):
            first, last = _number(element.get("min")), _number(element.get("max"))
            looks.hidden_columns.update(range(first - 1, min(last, MOST_COLUMNS)))


def _read_cell(cell: etree._Element, place: Place, styles: _Styles, looks: Looks) -> None:
    style = _number(cell.get("s"))
    if style < len(styles.ruled) and styles.ruled[style]:
        looks.ruled.add(place)
    value = child(cell, "v")
    text = (value.text or "") if value is not None else ""
    if not text and child(cell, "is") is None:
        if child(cell, "f") is not None and cell.get("t") != "str":
            looks.uncalculated.add(place)
        return
    looks.reach(place)
    if cell.get("t") == "e":
        looks.errors[place] = text
    elif style < len(styles.codes) and (code := styles.codes[style]):
        looks.formats[place] = code


def _row_number(row: etree._Element, previous: int) -> int:
    stated = row.get("r", "")
    return int(stated) - 1 if stated.isdecimal() and len(stated) <= 7 else previous + 1


def _place(reference: str | None, row: int, previous_column: int) -> Place:
    m = _REFERENCE.match(reference or "")
    if m is None:
        return row, previous_column + 1
    column = 0
    for letter in m[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(m[2]) - 1, column - 1


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= 9 else 0


def _drawn_text(package: Package, drawing: str | None) -> tuple[str, ...]:
    root = package.xml(drawing) if drawing else None
    if root is None:
        return ()
    paragraphs = (e for e in root.iter() if local(e) == "p")
    texts = ("".join(t.text or "" for t in p.iter() if local(t) == "t") for p in paragraphs)
    return tuple(t for t in texts if t.strip())
