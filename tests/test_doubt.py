"""What a recogniser cannot tell surely is mended where only one way is left, and bears a mark that people see."""

from __future__ import annotations

import pytest

from pipelines.core.model import Box, Cell, Table
from pipelines.documents.recogniser import Reading
from pipelines.documents.scan_figures import mended
from pipelines.documents.scan_spelling import spelled
from pipelines.tables.moved_points import with_offers
from pipelines.tables.page_table import PageTable, PlacedTable
from pipelines.tables.stitch import stitched


def _read(text: str, unsure: str, instead: str) -> Reading:
    sure = tuple(0.6 if c == unsure else 1.0 for c in text)
    return Reading(text, (), sure, tuple(instead if c == unsure else "" for c in text))


def _table(*rows: tuple[str, ...], page: int = 1) -> Table:
    cells = tuple(Cell(r, c, text, page=page) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Table(1, page, "预算表", "万元", cells, "ocr-grid")


def test_an_unsure_character_gives_way_to_the_one_that_makes_a_known_word():
    assert spelled(_read("部内整体支出", "内", "囟门肉")) == "部门整体支出"
    assert spelled(_read("上内服务", "内", "门")) == "上门服务"


def test_a_sure_character_and_one_in_a_known_word_stay():
    assert spelled(Reading("部内整体", (), (1.0,) * 4, ("", "门", "", ""))) == "部内整体"
    assert spelled(_read("预算内资金", "内", "门")) == "预算内资金"


def test_a_full_stop_after_a_percentage_is_no_zero():
    assert spelled(Reading("满意度大于等于95%0", (), (1.0,) * 11, ("",) * 11)) == "满意度大于等于95%。"
    assert spelled(Reading("95%", (), (1.0,) * 3, ("",) * 3)) == "95%"


@pytest.mark.parametrize(
    ("read", "printed"), [("2.336.91", "2,336.91"), ("80,00", "80.00"), ("1O0", "100"), ("189,767.551", "189,767.551")]
)
def test_marks_of_a_figure_are_mended_only_where_one_way_is_left(read: str, printed: str):
    assert mended(read) == printed


SUMS = (
    ("项目", "年初预算数", "追加数", "小计"),
    ("低保", "10.50", "2.00", "12.50"),
    ("特困", "20.25", "1.25", "21.50"),
    ("临时救助", "15.00", "0.60", "15.60"),
)


def test_a_lost_decimal_point_is_offered_by_the_sum_that_it_would_close_and_never_taken():
    table, offers = with_offers(_table(*SUMS, ("慰问", "7.90", "1.10", "900")), {1})
    assert [(d.taken, d.other) for d in offers] == [("900", "9.00")]
    doubted = [c for c in table.cells if c.contested]
    assert [(c.text, c.other) for c in doubted] == [("900", "9.00")]
    assert any("识别为“900”" in note and "9.00" in note for note in table.notes)


def test_no_other_reading_is_offered_where_the_sums_hold_or_on_pages_with_printed_text():
    assert with_offers(_table(*SUMS), {1}) == (_table(*SUMS), [])
    wrong = _table(*SUMS, ("慰问", "7.90", "1.10", "900"))
    assert with_offers(wrong, {2}) == (wrong, [])


def test_an_error_of_the_report_is_no_slip_of_the_point():
    table, offers = with_offers(_table(*SUMS, ("慰问", "7.90", "1.10", "9.50")), {1})
    assert not offers
    assert not any(c.contested for c in table.cells)


def _page(number: int, heading: str, confidence: float, figure: str) -> PlacedTable:
    xs, ys = (0.0, 100.0, 200.0), (800.0, 400.0, 40.0)
    rows = ((heading, "金额"), ("低保", figure))
    cells = tuple(
        Cell(r, c, text, page=number, box=Box(xs[c], ys[r + 1], xs[c + 1], ys[r]), confidence=confidence)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    table = PageTable(number, "grid", xs, ys, cells)
    return PlacedTable(table, number, begins_page=True, ends_page=True)


@pytest.mark.parametrize(
    ("again", "confidence", "rows"), [("部内名称", 0.7, 3), ("部内名称", 1.0, 4), ("单位编码", 0.7, 4)]
)
def test_a_heading_printed_again_is_known_although_a_character_was_misread(again: str, confidence: float, rows: int):
    found = stitched([_page(1, "部门名称", confidence, "1.00"), _page(2, again, confidence, "2.00")])
    assert sum(t.rows for t in found) == rows
