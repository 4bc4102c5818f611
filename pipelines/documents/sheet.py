"""XLSX and XLS workbooks: every sheet that is shown, its tables apart, numbers as their cells show them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pipelines.core.model import Document
from pipelines.documents.area import Area, Place
from pipelines.documents.biff import looks_of_xls
from pipelines.documents.date_format import is_date, serial, shown_date
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.flow import Block, Paragraph, assemble
from pipelines.documents.media import XLS, XLSX
from pipelines.documents.number_format import shown
from pipelines.documents.package import LOCKED, TRUNCATED
from pipelines.documents.regions import blocks_of
from pipelines.documents.sheet_looks import Looks, looks_of_xlsx

MOST_CELLS = 8_000_000
"""Rows times columns of one sheet, blank ones between included, which calamine holds in memory (24 bytes each): room
for a stray value in the last row of a sheet, but not for one in its last row and last column."""

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def read_xlsx(data: bytes, sha256: str) -> Document:
    """An XLSX (or XLSM, ET of today) workbook. Page numbers count the shown sheets. Raises UnreadableDocument.

    Hidden sheets are not read, which makes the document `partial`; hidden rows and columns are, with a note.
    """
    return _workbook(data, sha256, XLSX, looks_of_xlsx(data))


def read_xls(data: bytes, sha256: str) -> Document:
    """An XLS (or ET) workbook, read like `read_xlsx`. Raises UnreadableDocument."""
    return _workbook(data, sha256, XLS, looks_of_xls(data))


def _workbook(data: bytes, sha256: str, media_type: str, looks: list[Looks]) -> Document:
    with _damage_explained():
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [m for m in workbook.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
        names = [m.name for m in sheets if m.visible == SheetVisibleEnum.Visible]
        hidden = [m.name for m in sheets if m.visible != SheetVisibleEnum.Visible]
        by_name = dict(zip((m.name for m in workbook.sheets_metadata), looks, strict=False))
        pages = [_sheet(workbook, name, by_name.get(name, Looks()), page) for page, name in enumerate(names, 1)]
    reason = _reason(hidden, sum(len(by_name[n].uncalculated) for n in names if n in by_name))
    blocks = [block for page in pages for block in page]
    if not blocks:
        raise UnreadableDocument("；".join(["工作簿中没有任何文字或数字", *([reason] if reason else [])]))
    return assemble(blocks, sha256=sha256, media_type=media_type, engine="sheet", pages=len(names), reason=reason)


@contextmanager
def _damage_explained() -> Iterator[None]:
    """Turns what calamine raises over a broken workbook into UnreadableDocument."""
    try:
        yield
    except PasswordError as e:
        raise UnreadableDocument(LOCKED) from e
    except CalamineError as e:
        raise UnreadableDocument(TRUNCATED) from e
    except BaseException as e:
        # An index out of range inside calamine arrives as a type that can neither be imported nor is an Exception.
        if type(e).__name__ != "PanicException":
            raise
        raise UnreadableDocument(TRUNCATED) from e


def _reason(hidden: list[str], uncalculated: int) -> str | None:
    reasons = []
    if hidden:
        reasons.append(f"隐藏的工作表未读取：{'、'.join(hidden)}")
    if uncalculated:
        reasons.append(f"有 {uncalculated} 个公式没有保存计算结果，按空白读取；请用 Excel 或 WPS 打开并保存后再提交")
    return "；".join(reasons) or None


def _sheet(workbook: CalamineWorkbook, name: str, looks: Looks, page: int) -> list[Block]:
    if looks.rows * looks.columns > MOST_CELLS:
        raise UnreadableDocument(f"工作表“{name}”的数据范围过大（{looks.rows} 行 × {looks.columns} 列），不予读取")
    sheet = workbook.get_sheet_by_name(name)
    texts: dict[Place, str] = {}
    _, left = sheet.start or (0, 0)
    for r, row in enumerate(sheet.iter_rows()):  # from the sheet's first row, but from the first column with values
        for c, value in enumerate(row, left):
            if value != "" or (r, c) in looks.errors:
                texts[r, c] = _text(value, (r, c), looks)
    area = Area(
        texts,
        sheet.merged_cell_ranges or [],
        looks.ruled,
        looks.hidden_rows,
        looks.hidden_columns,
        sheet.name.strip(),
    )
    return blocks_of(area, page) + [Paragraph(text, page) for text in looks.floating]


def _text(value: Value, place: Place, looks: Looks) -> str:
    if place in looks.errors:
        return looks.errors[place]
    code = looks.formats.get(place)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return shown(value, code)
    if code is not None and not is_date(code) and (number := serial(value)) is not None:
        return shown(number, code)
    return shown_date(value, code)
