"""What an XLS sheet shows besides its values, from the records of its BIFF8 stream."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from pipelines.documents.compound import Compound
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.number_format import BUILT_IN
from pipelines.documents.package import LOCKED
from pipelines.documents.sheet_looks import Looks

# Record numbers and layouts: [MS-XLS] 2.3 and 2.4.
_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _FORMAT, _XF = 0x0809, 0x000A, 0x002F, 0x0085, 0x041E, 0x00E0
_ROW, _COLINFO, _BLANK, _MULBLANK, _MULRK = 0x0208, 0x007D, 0x0201, 0x00BE, 0x00BD
_FORMULA, _BOOLERR = 0x0006, 0x0205
_VALUES = frozenset({_FORMULA, _BOOLERR, 0x0203, 0x0204, 0x027E, 0x00FD, 0x00D6})
_BIFF8 = 0x0600
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x1
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}

Record = tuple[int, bytes]


def looks_of_xls(data: bytes) -> list[Looks]:
    """The looks of each sheet, in workbook order; empty for a file older than Excel 97. Raises UnreadableDocument."""
    compound = Compound(data)
    stream = compound.read("Workbook")
    if stream is None:
        return []
    book = list(_records(stream, 0))
    if not book or book[0][0] != _BOF or _u16(book[0][1], 0) != _BIFF8:
        return []
    if any(kind == _FILEPASS for kind, _ in book):
        raise UnreadableDocument(LOCKED)
    styles = _Styles(book)
    starts = [int.from_bytes(body[:4], "little") for kind, body in book if kind == _BOUNDSHEET]
    return [_sheet(stream, start, styles) for start in starts]


class _Styles:
    """By the number of a cell's XF record: its format code, and whether it has a rule at its left or right side."""

    def __init__(self, book: list[Record]) -> None:
        codes = dict(BUILT_IN)
        for kind, body in book:
            if kind == _FORMAT:
                codes[_u16(body, 0)] = _unicode(body[2:])
        xfs = [body for kind, body in book if kind == _XF]
        self.codes = [codes.get(_u16(body, 2)) for body in xfs]
        self.ruled = [_u16(body, 10) & 0xFF != 0 for body in xfs]


def _sheet(stream: bytes, start: int, styles: _Styles) -> Looks:
    looks = Looks()
    depth = 0
    for kind, body in _records(stream, start, nested=True):
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            break
        if depth == 1:  # charts embedded in the sheet have records of their own
            _READERS.get(kind, _cell)(kind, body, styles, looks)
    return looks


def _row(_kind: int, body: bytes, _styles: _Styles, looks: Looks) -> None:
    if _u16(body, 12) & _ROW_HIDDEN:
        looks.hidden_rows.add(_u16(body, 0))


def _columns(_kind: int, body: bytes, _styles: _Styles, looks: Looks) -> None:
    if _u16(body, 8) & _COLUMN_HIDDEN:
        looks.hidden_columns.update(range(_u16(body, 0), min(_u16(body, 2), 255) + 1))


def _many(kind: int, body: bytes, styles: _Styles, looks: Looks) -> None:
    row, first = _u16(body, 0), _u16(body, 2)
    step = 6 if kind == _MULRK else 2
    for i, at in enumerate(range(4, len(body) - 2 - step + 1, step)):
        _seen((row, first + i), _u16(body, at), kind == _MULRK, styles, looks)


def _cell(kind: int, body: bytes, styles: _Styles, looks: Looks) -> None:
    if kind != _BLANK and kind not in _VALUES:
        return
    place = _u16(body, 0), _u16(body, 2)
    _seen(place, _u16(body, 4), kind in _VALUES, styles, looks)
    if kind == _BOOLERR and body[7:8] == b"\1":
        looks.errors[place] = _ERRORS.get(body[6], "#N/A")
    elif kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6:7] == b"\2":
        looks.errors[place] = _ERRORS.get(body[8], "#N/A")


_READERS: dict[int, Callable[[int, bytes, _Styles, Looks], None]] = {
    _ROW: _row,
    _COLINFO: _columns,
    _MULRK: _many,
    _MULBLANK: _many,
}


def _seen(place: tuple[int, int], style: int, valued: bool, styles: _Styles, looks: Looks) -> None:
    if style < len(styles.ruled) and styles.ruled[style]:
        looks.ruled.add(place)
    if valued:
        looks.reach(place)
        if style < len(styles.codes) and (code := styles.codes[style]):
            looks.formats[place] = code


def _records(stream: bytes, start: int, nested: bool = False) -> Iterator[Record]:
    at = start
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == _EOF and not nested:
            return
        at += 4 + length


def _u16(body: bytes, at: int) -> int:
    return int.from_bytes(body[at : at + 2], "little")


def _unicode(body: bytes) -> str:
    length, wide = _u16(body, 0), body[2:3] == b"\1"
    text = body[3 : 3 + length * (2 if wide else 1)]
    return text.decode("utf-16-le" if wide else "latin-1", "replace")
