"""The marts as one workbook for people who live in Excel: a sheet a mart, Chinese headings, amounts in 万元.

Figures are numbers, text is text: nothing that a report prints can become a formula or a link. The links are those to
the site beside the workbook, by the numbers of documents and findings. The same warehouse gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from rich.cells import cell_len

from pipelines.delivery.answers import open_published
from pipelines.delivery.workbook_text import text

_FIXED = dt.datetime(2000, 1, 1)  # a time of writing would make two equal workbooks differ
_SCHEMA = "marts_zh"
_ORDER = ("区县年度", "项目年度", "预算执行", "核对发现", "绩效指标", "决算与预算公开", "核对台账", "核对目录", "文档")
_MOST_ROWS = 1_048_575  # what a sheet holds below its heading
_MOST_CHARACTERS = 32_767  # what a cell holds
_WIDEST, _NARROWEST = 60, 8
_LIST_WIDTH = 24
_SAMPLE = 200  # rows that decide a column's width
_DATA = "数据"  # one row a figure: what Parquet and the database are for
_COLUMN_NOTES = "各列说明"
_CONTENTS = "目录"
_LAST = ("编号", "英文说明", "英文名称", "散列", "依据", "对比行", "特征", "不成立的等式", "填报者")
"""Ends of the names of columns for machines and for tracing: they stand to the right of what people read."""
_PLACE = ("区县", "市", "部门简称", "年度", "截止月份", "口径")
_AMOUNTS = ("年初预算数（万元）", "调整预算数（万元）", "预算数（万元）", "执行数（万元）", "执行率（%）")
_FIRST = {
    "区县年度": (*_PLACE, *_AMOUNTS),
    "填报单位年度": ("编制单位", *_PLACE, *_AMOUNTS),
    "项目年度": ("规范项目名称", *_PLACE, "资金来源", *_AMOUNTS),
    "核对发现": ("严重程度", "核对项", "文件", "页码", "表名", "事项", "问题说明", "建议更正", "算式"),
}
_LINKED = {"核对发现": ("核对项", "问题编号"), "文档": ("文件", None)}
"""Sheet → the column that links to the site's page of the report, and the column of what to open there."""
_NOTES = (
    "金额以万元计，比率以百分点计；空格表示报告没有这样写，不是零。",
    "“核对发现”的核对项、“文档”的文件是链接，打开同一文件夹里网页（site）的相应报告。",
    "逐条数据（每个数一行）很长，不在本工作簿里，见 gouji.duckdb 或 parquet 文件夹。",
)
_MOST_LINKS = 60_000  # a sheet holds 65,530


def build(database: Path, target: Path) -> dict[str, int]:
    """Writes the workbook of a warehouse to `target`; returns rows by sheet.

    A mart that is longer than a sheet is cut, and its heading row says so. The long list of single figures is left to
    the database and Parquet.
    """
    rows: dict[str, int] = {}
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
    }
    with open_published(database) as con, xlsxwriter.Workbook(str(target), options) as book:
        book.set_properties({"title": "勾稽", "created": _FIXED})
        formats = _formats(book)
        views = _views(con)
        _contents_sheet(con, book, views, formats)
        for view in views:
            rows[view] = _sheet(con, book, view, formats)
        _columns_sheet(con, book, formats)
    return rows


def _views(con: duckdb.DuckDBPyConnection) -> list[str]:
    found = con.execute(
        "select view_name from duckdb_views() where schema_name = ? and not internal order by view_name", [_SCHEMA]
    ).fetchall()
    names = [name for (name,) in found if name != _DATA]
    return sorted(names, key=lambda n: (_ORDER.index(n) if n in _ORDER else len(_ORDER), n))


def _formats(book: xlsxwriter.Workbook) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8ECEF", "bottom": 1}),
        "text": book.add_format({"valign": "top", "text_wrap": True}),
        "amount": book.add_format({"num_format": "#,##0.00####;[Red]-#,##0.00####", "valign": "top"}),
        "whole": book.add_format({"num_format": "0", "valign": "top"}),
        "number": book.add_format({"num_format": "#,##0.##", "valign": "top"}),
        "percent": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
        "long": book.add_format({"valign": "top"}),
        "link": book.add_format({"valign": "top", "text_wrap": True, "font_color": "#0B5C6B", "underline": 1}),
    }


def _sheet(con: duckdb.DuckDBPyConnection, book: xlsxwriter.Workbook, view: str, formats: dict[str, Any]) -> int:
    relation = con.sql(f'select * from {_SCHEMA}."{view}"')
    columns = _ordered(view, dict(zip(relation.columns, map(str, relation.types), strict=True)))
    shown = ", ".join(f'"{name}"' for name in columns)
    rows = con.sql(f'select {shown} from {_SCHEMA}."{view}"').limit(_MOST_ROWS + 1).fetchall()
    cut = len(rows) > _MOST_ROWS
    rows = rows[:_MOST_ROWS]
    sheet = book.add_worksheet(view[:31])
    for c, width in enumerate(_widths(columns, rows)):
        sheet.set_column(c, c, width)
    for c, name in enumerate(columns):
        sheet.write_string(0, c, f"{name}（只列前 {len(rows)} 行）" if cut and c == 0 else name, formats["head"])
    linked = _LINKED.get(view, ("", None))[0]
    for r, row in enumerate(rows, 1):
        address = _address(view, dict(zip(columns, row, strict=True))) if r <= _MOST_LINKS else None
        for c, value in enumerate(row):
            if address is not None and columns[c] == linked and value is not None:
                sheet.write_url(r, c, address, formats["link"], text(value, linked)[:_MOST_CHARACTERS])
            else:
                _write(sheet, r, c, value, columns[c], formats)
    sheet.freeze_panes(1, 1)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    _for_paper(sheet, view)
    return len(rows)


def _ordered(view: str, types: Mapping[str, str]) -> list[str]:
    """What people read first stands first; numbers of documents, lists and the like come last."""
    first = [name for name in _FIRST.get(view, ()) if name in types]
    lists = [name for name, kind in types.items() if kind.endswith(("]", ")")) and "DECIMAL" not in kind]
    last = [name for name in types if (name in lists or name.endswith(_LAST)) and name not in first]
    return [*first, *(name for name in types if name not in first and name not in last), *last]


def _address(view: str, row: dict[str, Any]) -> str | None:
    """The site's page of the report of a row, None where the sheet links to none."""
    document = row.get("文档编号")
    if view not in _LINKED or document is None:
        return None
    finding = _LINKED[view][1]
    return f"external:site/reports/{document}.html" + (f"#finding={row[finding]}" if finding else "")


def _for_paper(sheet: Any, view: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L勾稽 · {view}&R第 &P 页，共 &N 页")


def _write(sheet: Any, row: int, col: int, value: Any, name: str, formats: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_string(row, col, "是" if value else "否", formats["text"])
    elif isinstance(value, int):
        sheet.write_number(row, col, value, formats["whole"])
    elif isinstance(value, (Decimal, float)):
        kind = "amount" if "万元" in name else "percent" if name.endswith("（%）") else "number"
        sheet.write_number(row, col, float(value), formats[kind])
    else:
        # Lists of places and facts stay on one line: wrapped, they would make a row taller than the screen.
        form = formats["text" if isinstance(value, str) else "long"]
        sheet.write_string(row, col, text(value, name)[:_MOST_CHARACTERS], form)


def _widths(columns: list[str], rows: list[tuple[Any, ...]]) -> list[int]:
    out = []
    for c, name in enumerate(columns):
        said = [row[c] for row in rows[:_SAMPLE] if row[c] is not None]
        longest = max((cell_len(text(value, name)) for value in said), default=0)
        widest = _WIDEST if all(isinstance(value, str) for value in said) else _LIST_WIDTH
        out.append(min(widest, max(_NARROWEST, longest + 2, min(cell_len(name) + 4, 24))))
    return out


def _contents_sheet(
    con: duckdb.DuckDBPyConnection, book: xlsxwriter.Workbook, views: list[str], formats: dict[str, Any]
) -> None:
    """The first sheet: what every sheet holds, with links to them."""
    comments = dict(
        con.execute("select view_name, comment from duckdb_views() where schema_name = ?", [_SCHEMA]).fetchall()
    )
    sheet = book.add_worksheet(_CONTENTS)
    for c, (name, width) in enumerate((("表", 22), ("内容", 90), ("行数", 10))):
        sheet.set_column(c, c, width)
        sheet.write_string(0, c, name, formats["head"])
    for r, view in enumerate(views, 1):
        (count,) = con.sql(f'select count(*) from {_SCHEMA}."{view}"').fetchall()[0]
        sheet.write_url(r, 0, f"internal:'{view[:31]}'!A1", formats["link"], view)
        sheet.write_string(r, 1, (comments.get(view) or "").partition(" / ")[0], formats["text"])
        sheet.write_number(r, 2, count, formats["whole"])
    sheet.write_url(len(views) + 1, 0, f"internal:'{_COLUMN_NOTES}'!A1", formats["link"], _COLUMN_NOTES)
    sheet.write_string(len(views) + 1, 1, "各表每一列的意思", formats["text"])
    for r, note in enumerate(_NOTES, len(views) + 3):
        sheet.write_string(r, 1, note, formats["text"])
    sheet.freeze_panes(1, 0)
    _for_paper(sheet, _CONTENTS)


def _columns_sheet(con: duckdb.DuckDBPyConnection, book: xlsxwriter.Workbook, formats: dict[str, Any]) -> None:
    """What every column means, from the comments of the warehouse itself."""
    found = con.execute(
        """
        select table_name, column_name, comment from duckdb_columns()
        where schema_name = ? order by table_name, column_index
        """,
        [_SCHEMA],
    ).fetchall()
    sheet = book.add_worksheet(_COLUMN_NOTES)
    for c, (name, width) in enumerate((("表", 20), ("列", 28), ("说明", 90))):
        sheet.set_column(c, c, width)
        sheet.write_string(0, c, name, formats["head"])
    for r, row in enumerate(found, 1):
        for c, value in enumerate(row):
            sheet.write_string(r, c, value or "", formats["text"])
    sheet.freeze_panes(1, 0)
