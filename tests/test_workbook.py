"""The workbook of the five reports, opened again as a spreadsheet program would."""

import openpyxl
import pytest

from pipelines.delivery import workbook, workbook_text


@pytest.fixture(scope="module")
def book(published, tmp_path_factory):
    target = tmp_path_factory.mktemp("workbook") / "gouji.xlsx"
    rows = workbook.build(published.settings.warehouse.resolve(), target)
    return target, rows


def test_each_mart_is_a_sheet_with_chinese_headings_frozen_and_filtered(book):
    opened = openpyxl.load_workbook(book[0])
    assert opened.sheetnames[:5] == ["目录", "区县年度", "项目年度", "预算执行", "核对发现"]
    sheet = opened["预算执行"]
    heads = [cell.value for cell in sheet[1]]
    assert "年初预算数（万元）" in heads
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref is not None
    assert sheet.max_row == book[1]["预算执行"] + 1


def test_amounts_are_numbers_in_ten_thousand_yuan(book):
    sheet = openpyxl.load_workbook(book[0])["预算执行"]
    heads = [cell.value for cell in sheet[1]]
    rows = {row[heads.index("事项")]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert rows["城乡低保补助"][heads.index("年初预算数（万元）")] == 423
    assert rows["城乡低保补助"][heads.index("调整预算数（万元）")] == 1597.77


def test_the_first_sheet_names_every_other_with_what_it_holds_and_leads_there(book):
    opened = openpyxl.load_workbook(book[0])
    rows = {row[0].value: row for row in opened["目录"].iter_rows(min_row=2, max_row=len(opened.sheetnames))}
    assert set(rows) == set(opened.sheetnames) - {"目录"}
    for name, (link, said, count) in rows.items():
        assert link.hyperlink.location == f"'{name}'!A1"
        assert said.value
        assert name not in book[1] or count.value == book[1][name]


def test_a_finding_leads_to_its_place_on_the_site(book, published):
    sheet = openpyxl.load_workbook(book[0])["核对发现"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:4] == ["严重程度", "核对项", "文件", "页码"]
    site = published.settings.warehouse.parent / "site"
    for row in sheet.iter_rows(min_row=2):
        link = row[1].hyperlink
        # Spreadsheet programs write the ways to files with backslashes.
        assert (site / "reports" / link.target.removeprefix("site\\reports\\")).is_file()
        assert link.location == f"finding={row[heads.index('问题编号')].value}"


def test_codes_of_the_warehouse_are_told_in_chinese(book):
    opened = openpyxl.load_workbook(book[0])
    told = set()
    for sheet in opened:
        heads = [cell.value for cell in sheet[1]]
        for column in workbook_text.codes():
            if column in heads:
                told |= {(column, row[heads.index(column)]) for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert ("严重程度", "错误") in told and ("核对类别", "加总") in told
    assert sorted(f"{c}: {v}" for c, v in told if v and v.isascii() and not v.startswith("unmapped")) == []


def test_an_equally_good_repair_is_told_with_its_number_and_its_cell():
    change = {"option": 2, "page": 3, "row_no": 11, "col_no": 2, "change_zh": "预算数 18.10 → 18.01万元"}
    assert workbook_text.text([change], "可能的改法") == "2. 第 3 页 行 12 列 3 预算数 18.10 → 18.01万元"
    in_prose = change | {"row_no": None, "col_no": None}
    assert workbook_text.text([in_prose], "可能的改法") == "2. 第 3 页 预算数 18.10 → 18.01万元"


def test_no_cell_is_a_formula_whatever_a_report_prints(book):
    opened = openpyxl.load_workbook(book[0])
    assert all(cell.data_type != "f" for sheet in opened for row in sheet.iter_rows() for cell in row)


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    import duckdb  # noqa: PLC0415 - only this test makes a warehouse of its own

    database = tmp_path / "w.duckdb"
    with duckdb.connect(str(database)) as con:
        con.execute("create schema marts_zh")
        con.execute(
            "create view marts_zh.文档 as select '=cmd|''/c calc''!A1' as 文件, '@SUM(1)' as 标题, 'http://x' as 网址"
        )
    workbook.build(database, tmp_path / "w.xlsx")
    row = next(openpyxl.load_workbook(tmp_path / "w.xlsx")["文档"].iter_rows(min_row=2))
    assert [cell.value for cell in row] == ["=cmd|'/c calc'!A1", "@SUM(1)", "http://x"]
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in row)


def test_the_same_warehouse_gives_the_same_bytes(book, published, tmp_path):
    again = tmp_path / "again.xlsx"
    workbook.build(published.settings.warehouse.resolve(), again)
    assert again.read_bytes() == book[0].read_bytes()
