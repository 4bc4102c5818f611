"""Workbooks that tests read, made by openpyxl; `files/report.xls` is `report()` saved as XLS by LibreOffice."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

_THIN = Side(style="thin")
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def saved(fill: Callable[[Worksheet], None], name: str = "收支总表") -> bytes:
    """A workbook of one sheet, filled by the function, as bytes."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    fill(sheet)
    return bytes_of(book)


def bytes_of(book: Workbook) -> bytes:
    """The workbook as a file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rule(sheet: Worksheet, cells: str) -> None:
    """Draws a box around each cell of a range."""
    for row in sheet[cells]:
        for cell in row:
            cell.border = BOX


def report() -> Workbook:
    """Two ruled tables on one sheet, with titles, units, notes, merged headings, formats, a hidden row and blanks."""
    book = Workbook()
    sheet = book.active
    sheet.title = "决算表"
    sheet["B2"] = "收入支出决算总表"
    sheet.merge_cells("B2:E2")
    sheet["B4"], sheet["E4"] = "编制单位：某区民政局", "单位：万元"
    rows = [
        ["项目", "2024年度", None, "完成率"],
        [None, "年初预算数", "决算数", None],
        ["基本支出", 1234.5, 0.1 + 0.2, 0.4669],
        ["项目支出", 90, 0, None],
        [None, None, None, None],
        ["合计", 1324.5, 0.3, "06"],
    ]
    for r, row in enumerate(rows, 6):
        for c, value in enumerate(row, 2):
            sheet.cell(r, c, value)
    sheet.merge_cells("B6:B7")
    sheet.merge_cells("C6:D6")
    sheet.merge_cells("E6:E7")
    rule(sheet, "B6:E11")
    for cell in ("C8", "C9", "C11"):
        sheet[cell].number_format = "#,##0.00"
    sheet["D9"].number_format = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '
    sheet["E8"].number_format = "0.00%"
    sheet["B12"] = "注：1.本表反映部门收支情况。"
    sheet["B13"] = "2.不含结转。"
    sheet.row_dimensions[9].hidden = True
    sheet["B15"] = "“三公”经费支出表"
    sheet["B16"], sheet["C16"] = "填报日期", dt.date(2024, 3, 5)
    sheet["C16"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["B17"], sheet["C17"] = "合计", 12.5
    sheet["C17"].number_format = "0.000"
    rule(sheet, "B16:C17")
    hidden = book.create_sheet("码表")
    hidden["A1"] = "内部代码"
    hidden.sheet_state = "hidden"
    return book
