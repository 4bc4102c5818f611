"""Workbooks: tables apart from what surrounds them, spans, hidden parts, formulas, dirt and damage."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import workbooks
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.core.model import Document, Table
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.sheet import read_xls, read_xlsx

XLS = Path(__file__).parent / "files" / "report.xls"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


def texts(table: Table) -> list[list[str]]:
    return [[c.text for c in table.cells if c.row == row] for row in range(table.rows)]


def spans(table: Table) -> set[tuple[int, int, int, int]]:
    return {(c.row, c.col, c.row_span, c.col_span) for c in table.cells if (c.row_span, c.col_span) != (1, 1)}


def read(data: bytes) -> Document:
    return read_xlsx(data, "0" * 64)


@pytest.fixture(scope="module", params=["xlsx", "xls"])
def report(request: pytest.FixtureRequest) -> Document:
    if request.param == "xls":
        return read_xls(XLS.read_bytes(), "0" * 64)
    return read(workbooks.bytes_of(workbooks.report()))


def test_two_tables_on_a_sheet_have_each_their_title_unit_and_notes(report: Document) -> None:
    first, second = report.grids
    assert (first.title, first.unit) == ("收入支出决算总表", "万元")
    assert first.caption == ("收入支出决算总表", "编制单位：某区民政局", "单位：万元")
    assert first.notes[:2] == ("注：1.本表反映部门收支情况。", "2.不含结转。")
    assert (second.title, second.unit, second.notes) == ("“三公”经费支出表", None, ())


def test_cells_hold_only_the_grid_with_numbers_as_shown(report: Document) -> None:
    assert texts(report.grids[0]) == [
        ["项目", "2024年度", "完成率"],
        ["年初预算数", "决算数"],
        ["基本支出", "1,234.50", "0.3", "46.69%"],
        ["项目支出", "90.00", "0.00", ""],
        ["", "", "", ""],
        ["合计", "1,324.50", "0.3", "06"],
    ]
    assert texts(report.grids[1]) == [["填报日期", "2024年3月5日"], ["合计", "12.500"]]


def test_merged_headings_keep_their_spans(report: Document) -> None:
    assert spans(report.grids[0]) == {(0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 2, 1)}


def test_a_table_says_its_place_in_the_workbook(report: Document) -> None:
    assert [t.place for t in report.grids] == ["决算表!B6:E11", "决算表!B16:C17"]


def test_a_hidden_row_is_read_and_noted_and_a_hidden_sheet_makes_the_document_partial(report: Document) -> None:
    assert report.grids[0].notes[-1] == "工作表中隐藏的行：9"
    assert report.status == "partial"
    assert report.reason == "隐藏的工作表未读取：码表"
    assert "内部代码" not in report.text


def test_lines_and_cells_stand_in_the_text_where_they_say(report: Document) -> None:
    rows = report.text.split("\n")
    assert [line.text for line in report.lines[:3]] == ["收入支出决算总表", "编制单位：某区民政局", "单位：万元"]
    for line in report.lines:
        assert rows[line.number - 1] == line.text == report.text[line.start : line.end]
    for table in report.grids:
        for cell in table.cells:
            assert cell.line_no is not None
            assert rows[cell.line_no - 1] == cell.text
    note = next(line for line in report.lines if line.text.startswith("注"))
    first, second = report.grids
    assert max(c.line_no or 0 for c in first.cells) < note.number < min(c.line_no or 0 for c in second.cells)


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of real files is not beside the checkout")
def test_every_merged_range_of_a_real_template_is_found() -> None:
    for path in sorted(CORPUS.glob("templates/*.xlsx")):
        book = openpyxl.load_workbook(path)
        document = read(path.read_bytes())
        assert len(document.grids) == 9
        for table in document.grids:
            name, _, place = table.place.partition("!")
            sheet = next(s for s in book if s.title.strip() == name)
            left, top, right, bottom = openpyxl.utils.range_boundaries(place)
            expected = {
                (m.min_row - top, m.min_col - left, m.max_row - m.min_row + 1, m.max_col - m.min_col + 1)
                for m in sheet.merged_cells.ranges
                if m.min_row >= top and m.max_row <= bottom and m.min_col >= left and m.max_col <= right
            }
            assert spans(table) == expected, table.place
            for cell in table.cells:
                stored = sheet.cell(top + cell.row, left + cell.col).value
                assert cell.text == ("" if stored is None else str(stored).strip()), (table.place, cell)


def test_a_table_without_rules_and_without_blank_rows_around_it_is_told_from_its_title_and_note() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (
            ["2024年部门收入表"],
            ["编制单位：某局", None, "单位：元"],
            ["科目", "预算数", "决算数"],
            ["一、财政拨款收入"],
            ["一般公共预算", 1, 2],
            [],
            ["合计", 1, 2],
            ["四、其他收入"],
            ["注：本表不含上年结转。"],
            ["部门支出表"],
            ["科目", "预算数", "决算数"],
            ["工资", 5, 6],
        ):
            sheet.append(row)

    first, second = read(workbooks.saved(fill)).grids
    assert (first.title, first.unit, first.notes) == ("2024年部门收入表", "元", ("注：本表不含上年结转。",))
    assert [row[0] for row in texts(first)] == ["科目", "一、财政拨款收入", "一般公共预算", "合计", "四、其他收入"]
    assert (second.title, texts(second)[1]) == ("部门支出表", ["工资", "5", "6"])


def test_a_title_row_inside_the_rules_is_a_title_and_not_a_row() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["项目支出绩效自评表", None], ["（2023年度）", None], ["项目名称", "低保"], ["得分", 98]):
            sheet.append(row)
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("A2:B2")
        workbooks.rule(sheet, "A1:B4")

    (table,) = read(workbooks.saved(fill)).grids
    assert table.title == "项目支出绩效自评表"
    assert texts(table) == [["项目名称", "低保"], ["得分", "98"]]


def test_prose_in_one_merged_cell_becomes_lines_and_no_table() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "编制说明"
        sheet["A3"] = "一、收入预算100万元。\n二、支出预算100万元。"
        sheet.merge_cells("A3:M20")

    document = read(workbooks.saved(fill))
    assert document.grids == ()
    assert [line.text for line in document.lines] == ["编制说明", "一、收入预算100万元。", "二、支出预算100万元。"]


def test_styled_cells_far_to_the_right_and_below_are_not_part_of_the_table() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["项目", "金额"], ["合计", 1.5]):
            sheet.append(row)
        workbooks.rule(sheet, "A1:IV60")

    (table,) = read(workbooks.saved(fill)).grids
    assert (table.rows, table.cols) == (2, 2)


def test_a_table_with_no_title_is_named_by_its_sheet_unless_that_has_no_name() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["项目", "金额"])
        sheet.append(["合计", 1.5])

    assert read(workbooks.saved(fill, "三公经费表")).grids[0].title == "三公经费表"
    assert read(workbooks.saved(fill, "Sheet1")).grids[0].title is None


def test_formulas_count_by_their_stored_values_and_one_without_is_a_reason() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["项目", "金额"], ["甲", 1.5], ["合计", "=B2"], ["差额", ArrayFormula("B4", "=B2")]):
            sheet.append(row)

    data = workbooks.saved(fill)
    document = read(data)
    assert document.status == "partial"
    assert "2 个公式没有保存计算结果" in (document.reason or "")
    calculated = _changed(data, "xl/worksheets/sheet1.xml", r"(B2</f>)<v\s*(?:/>|></v>)", r"\1<v>1.5</v>")
    assert texts(read(calculated).grids[0])[2:] == [["合计", "1.5"], ["差额", "1.5"]]
    assert read(calculated).status == "parsed"


def test_an_error_in_a_cell_is_shown_and_not_taken_for_a_blank() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["项目", "金额"], ["甲", "#DIV/0!"], ["乙", 1]):
            sheet.append(row)
        assert sheet["B2"].data_type == "e"

    assert texts(read(workbooks.saved(fill)).grids[0])[1] == ["甲", "#DIV/0!"]


def test_text_in_a_box_drawn_over_the_sheet_is_read() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["项目", "金额"])
        sheet.append(["合计", 1.5])

    data = workbooks.saved(fill)
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:sp><xdr:txBody>'
        "<a:p><a:r><a:t>注：本表</a:t></a:r><a:r><a:t>已审计。</a:t></a:r></a:p>"
        "</xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" '
        'Target="../drawings/drawing1.xml"/></Relationships>'
    )
    boxed = _with(data, {"xl/drawings/drawing1.xml": drawing, "xl/worksheets/_rels/sheet1.xml.rels": relations})
    assert read(boxed).grids[0].notes == ("注：本表已审计。",)


def test_a_stray_value_in_the_last_row_of_a_sheet_costs_nothing_of_its_table() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B3"], sheet["C3"] = "项目", "金额"
        sheet["B4"], sheet["C4"] = "合计", 1.5
        sheet["A1048576"] = " "

    (table,) = read(workbooks.saved(fill)).grids
    assert (texts(table), table.place) == ([["项目", "金额"], ["合计", "1.5"]], "收支总表!B3:C4")


def test_two_values_at_opposite_corners_of_a_sheet_are_refused_before_they_are_laid_out() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = 1
        sheet["XFD1048576"] = 2

    with pytest.raises(UnreadableDocument, match="数据范围过大"):
        read(workbooks.saved(fill))


def test_a_workbook_with_an_entity_bomb_is_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "xxxxxxxx">]><sst>&x;</sst>'
    with pytest.raises(UnreadableDocument, match="实体定义"):
        read(_with(workbooks.bytes_of(workbooks.report()), {"xl/theme/theme9.xml": bomb}))


def test_a_workbook_that_unpacks_to_a_thousand_times_its_size_is_refused() -> None:
    data = _with(workbooks.bytes_of(workbooks.report()), {"xl/worksheets/sheet9.xml": " " * (16 << 20)})
    with pytest.raises(UnreadableDocument, match="压缩炸弹"):
        read(data)


def test_a_workbook_cut_short_says_so() -> None:
    data = workbooks.bytes_of(workbooks.report())
    for eighth in range(1, 8):
        with pytest.raises(UnreadableDocument, match="不完整"):
            read(data[: len(data) * eighth // 8])
    whole = XLS.read_bytes()
    with pytest.raises(UnreadableDocument):
        read_xls(whole[: len(whole) // 8], "0" * 64)


def test_an_empty_workbook_says_so() -> None:
    with pytest.raises(UnreadableDocument, match="没有任何文字"):
        read(workbooks.saved(lambda _: None))


def _changed(data: bytes, part: str, pattern: str, by: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        return _with(data, {part: re.sub(pattern, by, old.read(part).decode())})


def _with(data: bytes, parts: dict[str, str]) -> bytes:
    """The container with some parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def _beside(left: list[list[object]], right: list[list[object]], gap: int = 1) -> list[list[object]]:
    width = max(map(len, left)) + gap
    return [[*a, *[None] * (width - len(a)), *b] for a, b in zip(left, right, strict=True)]


def _table(title: str, unit: str, *rows: list[object]) -> list[list[object]]:
    return [[title], [f"单位：{unit}"], *rows]


LOW = _table("低保支出表", "万元", ["项目", "预算数", "执行数"], ["城市低保", 100, 90.5], ["农村低保", 50, 40])
AGED = _table("养老支出表", "元", ["项目", "预算数", "执行数"], ["养老服务", 2000, 1900], ["高龄津贴", 300, 300])


@pytest.mark.parametrize("gap", [1, 3])
def test_two_tables_beside_each_other_have_each_their_title_and_unit(gap: int) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in [["2024年度支出情况"], *_beside(LOW, AGED, gap), [], *LOW]:
            sheet.append(row)

    left, right, below = read(workbooks.saved(fill)).grids
    assert [(t.title, t.unit) for t in (left, right, below)] == [
        ("低保支出表", "万元"),
        ("养老支出表", "元"),
        ("低保支出表", "万元"),
    ]
    assert texts(left)[-1] == ["农村低保", "50", "40"]
    assert texts(right)[-1] == ["高龄津贴", "300", "300"]
    assert right.place == f"收支总表!{'E' if gap == 1 else 'G'}4:{'G' if gap == 1 else 'I'}6"


def test_tables_beside_each_other_without_a_column_between_are_parted_where_their_titles_are_merged() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in _beside(LOW, AGED, 0):
            sheet.append(row)
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("D1:F1")

    left, right = read(workbooks.saved(fill)).grids
    assert (left.title, right.title) == ("低保支出表", "养老支出表")
    assert texts(right)[1] == ["养老服务", "2000", "1900"]


def test_two_sides_under_one_title_and_columns_that_are_called_tables_stay_one_table() -> None:
    def two_sides(sheet: Worksheet) -> None:
        for row in [["收支总表"], *_beside(LOW[2:], AGED[2:])]:
            sheet.append(row)

    def called_tables(sheet: Worksheet) -> None:
        for row in [["收支总表", None, "支出明细表"], ["有", None, "无"], ["无", None, "有"], ["有", None, "有"]]:
            sheet.append(row)

    (whole,) = read(workbooks.saved(two_sides)).grids
    assert texts(whole)[-1] == ["农村低保", "50", "40", "", "高龄津贴", "300", "300"]
    assert len(read(workbooks.saved(called_tables)).grids) == 1


def test_a_sheet_of_nothing_but_pairs_of_tables_is_parted_in_order() -> None:
    pairs = 40

    def fill(sheet: Worksheet) -> None:
        for row in _beside(LOW, AGED) * pairs:
            sheet.append(row)

    assert [t.title for t in read(workbooks.saved(fill)).grids] == ["低保支出表", "养老支出表"] * pairs
