"""The nine tables of a made department's final accounts as a workbook: they tie into each other to the cent.

`TABLES` holds each sheet: its title, the heading rows, the merged heading cells, and the rows. A blank is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from workbooks import bytes_of

Value = str | float | None
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Sheet:
    """One published table: rows 1 and 2 are its title and its unit, the headings begin in row 3."""

    title: str
    head: tuple[Row, ...]
    merged: tuple[str, ...]
    body: tuple[Row, ...]


_ITEMS = {
    "20802": "民政管理事务",
    "2080201": "行政运行",
    "2080299": "其他民政管理事务支出",
    "21011": "行政事业单位医疗",
    "2101101": "行政单位医疗",
    "21208": "国有土地使用权出让收入安排的支出",
    "2120899": "其他国有土地使用权出让收入安排的支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
    "22960": "彩票公益金安排的支出",
    "2296002": "用于社会福利的彩票公益金支出",
}
_CLASSES = {
    "208": "社会保障和就业支出",
    "210": "卫生健康支出",
    "212": "城乡社区支出",
    "221": "住房保障支出",
    "229": "其他支出",
}
_NAMES = _CLASSES | _ITEMS


def _accounts(*rows: tuple[str, *tuple[float | None, ...]]) -> tuple[Row, ...]:
    """Rows of accounts with their names; the row of the class and section repeats where an account stands alone."""
    return tuple((code, _NAMES[code], *figures) for code, *figures in rows)


def _alone(item: str, *figures: float | None) -> list[tuple[str, *tuple[float | None, ...]]]:
    """An item that is all of its section and class."""
    return [(code, *figures) for code in (item[:3], item[:5], item)]


_CODED = ("科目编码", "科目名称")
_OTHER_REVENUE = ("经营收入", "附属单位上缴收入", "其他收入")
_FUNDS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
TABLES = (
    Sheet(
        "2024年度收入支出决算总表",
        (("收入", None, "支出", None), ("项目", "决算数", "项目", "决算数")),
        ("A3:B3", "C3:D3"),
        (
            ("一、一般公共预算财政拨款收入", 1150.00, "一、一般公共服务支出", None),
            ("二、政府性基金预算财政拨款收入", 200.00, "二、外交支出", None),
            ("三、国有资本经营预算财政拨款收入", None, "三、社会保障和就业支出", 1150.00),
            ("四、上级补助收入", 10.00, "四、卫生健康支出", 50.00),
            ("五、事业收入", 20.00, "五、城乡社区支出", 30.00),
            ("六、经营收入", 5.00, "六、住房保障支出", 25.50),
            ("七、附属单位上缴收入", 3.00, "七、其他支出", 20.00),
            ("八、其他收入", 2.00, None, None),
            ("本年收入合计", 1390.00, "本年支出合计", 1275.50),
            ("使用非财政拨款结余（含专用结余）", 5.00, "结余分配", 1.50),
            ("年初结转和结余", 60.00, "年末结转和结余", 178.00),
            ("总计", 1455.00, "总计", 1455.00),
        ),
    ),
    Sheet(
        "收入决算表",
        (
            ("项目", None, "本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", None, *_OTHER_REVENUE),
            (*_CODED, None, None, None, "小计", "其中：教育收费", None, None, None),
            ("栏次", None, *map(str, range(1, 9))),
        ),
        ("A3:B3", "C3:C4", "D3:D4", "E3:E4", "F3:G3", "H3:H4", "I3:I4", "J3:J4"),
        (
            ("合计", None, 1390.00, 1350.00, 10.00, 20.00, 6.00, 5.00, 3.00, 2.00),
            *_accounts(
                ("208", 1114.50, 1074.50, 10.00, 20.00, 6.00, 5.00, 3.00, 2.00),
                ("20802", 1114.50, 1074.50, 10.00, 20.00, 6.00, 5.00, 3.00, 2.00),
                ("2080201", 364.50, 324.50, 10.00, 20.00, 6.00, 5.00, 3.00, 2.00),
                ("2080299", 750.00, 750.00),
                *_alone("2101101", 50.00, 50.00),
                *_alone("2120899", 180.00, 180.00),
                *_alone("2210201", 25.50, 25.50),
                *_alone("2296002", 20.00, 20.00),
            ),
        ),
    ),
    Sheet(
        "支出决算表",
        (
            ("项目", None, "本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"),
            (*_CODED,),
            ("栏次", None, *map(str, range(1, 7))),
        ),
        ("A3:B3",),
        (
            ("合计", None, 1275.50, 400.00, 865.50, 2.00, 5.00, 3.00),
            *_accounts(
                ("208", 1150.00, 324.50, 815.50, 2.00, 5.00, 3.00),
                ("20802", 1150.00, 324.50, 815.50, 2.00, 5.00, 3.00),
                ("2080201", 334.50, 324.50, None, 2.00, 5.00, 3.00),
                ("2080299", 815.50, None, 815.50),
                *_alone("2101101", 50.00, 50.00),
                *_alone("2120899", 30.00, None, 30.00),
                *_alone("2210201", 25.50, 25.50),
                *_alone("2296002", 20.00, None, 20.00),
            ),
        ),
    ),
    Sheet(
        "财政拨款收入支出决算总表",
        (
            ("收入", None, "支出", None, None, None, None),
            ("项目", "金额", "项目", "合计", *_FUNDS),
        ),
        ("A3:B3", "C3:G3"),
        (
            ("一、一般公共预算财政拨款", 1150.00, "一、一般公共服务支出", None, None, None, None),
            ("二、政府性基金预算财政拨款", 200.00, "二、社会保障和就业支出", 1110.00, 1110.00, None, None),
            ("三、国有资本经营预算财政拨款", None, "三、卫生健康支出", 50.00, 50.00, None, None),
            (None, None, "四、城乡社区支出", 30.00, None, 30.00, None),
            (None, None, "五、住房保障支出", 25.50, 25.50, None, None),
            (None, None, "六、其他支出", 20.00, None, 20.00, None),
            ("本年收入合计", 1350.00, "本年支出合计", 1235.50, 1185.50, 50.00, None),
            ("年初财政拨款结转和结余", 58.00, "年末财政拨款结转和结余", 172.50, 22.50, 150.00, None),
            ("一般公共预算财政拨款", 58.00, None, None, None, None, None),
            ("政府性基金预算财政拨款", None, None, None, None, None, None),
            ("国有资本经营预算财政拨款", None, None, None, None, None, None),
            ("总计", 1408.00, "总计", 1408.00, 1208.00, 200.00, None),
        ),
    ),
    Sheet(
        "一般公共预算财政拨款支出决算表",
        (
            ("项目", None, "本年支出", None, None),
            (*_CODED, "小计", "基本支出", "项目支出"),
            ("栏次", None, "1", "2", "3"),
        ),
        ("A3:B3", "C3:E3"),
        (
            ("合计", None, 1185.50, 400.00, 785.50),
            *_accounts(
                ("208", 1110.00, 324.50, 785.50),
                ("20802", 1110.00, 324.50, 785.50),
                ("2080201", 324.50, 324.50),
                ("2080299", 785.50, None, 785.50),
                *_alone("2101101", 50.00, 50.00),
                *_alone("2210201", 25.50, 25.50),
            ),
        ),
    ),
    Sheet(
        "一般公共预算财政拨款基本支出决算明细表",
        (
            ("人员经费", None, None, "公用经费", None, None, None, None, None),
            (*_CODED, "金额", *_CODED, "金额", *_CODED, "金额"),
        ),
        ("A3:C3", "D3:I3", "A10:B10", "D10:H10"),
        (
            ("301", "工资福利支出", 330.00, "302", "商品和服务支出", 45.00, "307", "债务利息及费用支出", None),
            ("30101", "基本工资", 200.00, "30201", "办公费", 20.00, "310", "资本性支出", 5.00),
            ("30102", "津贴补贴", 130.00, "30202", "印刷费", 5.00, "31002", "办公设备购置", 5.00),
            ("303", "对个人和家庭的补助", 20.00, "30217", "公务接待费", 2.50, None, None, None),
            ("30302", "退休费", 20.00, "30211", "差旅费", 17.50, None, None, None),
            ("人员经费合计", None, 350.00, "公用经费合计", None, None, None, None, 50.00),
        ),
    ),
    Sheet(
        "政府性基金预算财政拨款收入支出决算表",
        (
            ("项目", None, "年初结转和结余", "本年收入", "本年支出", None, None, "年末结转和结余"),
            (*_CODED, None, None, "小计", "基本支出", "项目支出", None),
            ("栏次", None, *map(str, range(1, 7))),
        ),
        ("A3:B3", "E3:G3", "C3:C4", "D3:D4", "H3:H4"),
        (
            ("合计", None, None, 200.00, 50.00, None, 50.00, 150.00),
            *_accounts(
                *_alone("2120899", None, 180.00, 30.00, None, 30.00, 150.00),
                *_alone("2296002", None, 20.00, 20.00, None, 20.00),
            ),
        ),
    ),
    Sheet(
        "国有资本经营预算财政拨款支出决算表",
        (("项目", None, "本年支出", None, None), (*_CODED, "合计", "基本支出", "项目支出")),
        ("A3:B3", "C3:E3"),
        (("合计", None, None, None, None),),
    ),
    Sheet(
        "财政拨款“三公”经费支出决算表",
        (
            ("预算数", None, None, None, None, None, "决算数", None, None, None, None, None),
            2 * ("合计", "因公出国（境）费", "公务用车购置及运行维护费", None, None, "公务接待费"),
            2 * (None, None, "小计", "公务用车购置费", "公务用车运行维护费", None),
            tuple(map(str, range(1, 13))),
        ),
        ("A3:F3", "G3:L3", "C4:E4", "I4:K4"),
        ((8.00, None, 5.00, None, 5.00, 3.00, 6.50, None, 4.00, None, 4.00, 2.50),),
    ),
)


def workbook(changes: Mapping[tuple[int, str], float | None] | None = None) -> bytes:
    """The nine tables, with the cells of `changes` ((table from 1, cell as in a spreadsheet) → value) misprinted."""
    book = Workbook()
    book.remove(book.active)
    for number, table in enumerate(TABLES, 1):
        sheet = book.create_sheet(f"公开{number:02d}")
        sheet.append([table.title])
        sheet.append(["编制单位：某市某区民政局", None, None, None, "单位：万元"])
        for row in (*table.head, *table.body):
            sheet.append(row)
        for cells in table.merged:
            sheet.merge_cells(cells)
        for row in sheet.iter_rows(min_row=3):
            for cell in row:
                if isinstance(cell.value, float):
                    cell.number_format = "#,##0.00"
    for (number, cell), value in (changes or {}).items():
        book.worksheets[number - 1][cell] = value
    return bytes_of(book)


def write(folder: Path, changes: Mapping[tuple[int, str], float | None] | None = None) -> None:
    """The workbook as the only report of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "某市某区民政局2024年度部门决算.xlsx").write_bytes(workbook(changes))
