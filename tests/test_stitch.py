"""Tables that go on over pages are one table; tables that only follow each other stay two."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable

from pipelines.core.model import Box, Cell, Table
from pipelines.tables.page_table import PageTable, PlacedTable
from pipelines.tables.pdf_tables import read_pdf
from pipelines.tables.stitch import stitched
from tests.pdf_corpus import (
    CAIZHENGJU_2024,
    SIFAJU_2026,
    TEMPLATE,
    WANLI_2023,
    WANLI_2024,
    ZHENGXIE_2017,
    corpus_reading,
)
from tests.pdf_samples import line, pdf, table

HEAD = ["科目编码", "科目名称", "合计", "基本支出"]
LONG = [HEAD, *([f"20{k:03}", f"第{k}项支出", f"{k}12.50", f"{k}.50"] for k in range(1, 90))]
WIDTHS = [80, 200, 100, 100]


def _tables(*flowables: Flowable | None) -> tuple[Table, ...]:
    return read_pdf(pdf(*flowables, pagesize=A4), "x").document.grids


def _texts(found: Table) -> list[list[str]]:
    return [[c.text.replace("\n", "") for c in found.cells if c.row == r] for r in range(found.rows)]


def _title(text: str = "支出决算表") -> Flowable:
    return line(text, size=16, align="centre")


def test_a_table_over_three_pages_is_one_table_and_its_cells_know_their_page():
    (found,) = _tables(_title(), line("单位：万元", align="right"), table(LONG, widths=WIDTHS))
    assert _texts(found) == LONG
    assert (found.page, found.title, found.unit) == (1, "支出决算表", "万元")
    pages = [next(c.page for c in found.cells if c.row == r) for r in range(found.rows)]
    assert pages == sorted(pages)
    assert set(pages) == {1, 2, 3}


def test_headings_repeated_on_each_page_are_dropped():
    (found,) = _tables(_title(), table(LONG, widths=WIDTHS, repeat=1))
    assert _texts(found) == LONG


@pytest.mark.parametrize("style", ["three_line", "rows_only"])
def test_a_table_without_uprights_is_joined_over_pages_too(style: str):
    (found,) = _tables(_title(), table(LONG, style, widths=WIDTHS, repeat=1))
    assert _texts(found) == LONG
    assert found.engine == "stream"


def _parts(*parts: Sequence[Flowable]) -> tuple[Table, ...]:
    flowables: list[Flowable | None] = []
    for part in parts:
        flowables += [*part, None]
    return _tables(*flowables[:-1])


FULL = LONG[:34]
REST = [["20990", "最后一项支出", "7.50", "7.50"], ["合计", "", "100.00", "90.00"]]


def test_a_title_marked_as_continued_continues_the_table_of_that_title():
    (found,) = _parts(
        [_title(), table(FULL, widths=WIDTHS)], [_title("支出决算表（续）"), table([HEAD, *REST], widths=WIDTHS)]
    )
    assert _texts(found) == [*FULL, *REST]
    assert found.title == "支出决算表"


def test_a_table_with_another_title_is_another_table_even_if_its_columns_are_the_same():
    first, second = _parts(
        [_title(), table(FULL, widths=WIDTHS)], [_title("收入决算表"), table([HEAD, *REST], widths=WIDTHS)]
    )
    assert (first.title, second.title) == ("支出决算表", "收入决算表")


def test_a_table_in_another_unit_is_another_table():
    first, second = _parts(
        [_title(), line("单位：元", align="right"), table(FULL, widths=WIDTHS)],
        [_title(), line("单位：万元", align="right"), table([HEAD, *REST], widths=WIDTHS)],
    )
    assert (first.unit, second.unit) == ("元", "万元")


def test_a_table_with_other_columns_is_another_table():
    assert len(_parts([_title(), table(FULL, widths=WIDTHS)], [table(REST, widths=[120, 160, 100, 100])])) == 2


def test_a_table_with_headings_of_its_own_is_another_table():
    own = [["项目名称", "年初预算数", "执行数", "执行率"], ["城乡低保补助", "423", "734.19", "46%"]]
    assert len(_parts([_title(), table(FULL, widths=WIDTHS)], [table(own, widths=WIDTHS)])) == 2


def test_a_table_that_leaves_its_page_half_empty_does_not_go_on():
    assert len(_parts([_title(), table(LONG[:8], widths=WIDTHS)], [table(REST, widths=WIDTHS)])) == 2


def test_prose_between_two_tables_keeps_them_apart():
    flowables = [_title(), table(FULL, widths=WIDTHS)]
    assert len(_parts(flowables, [line("上述支出均已完成。"), table(REST, widths=WIDTHS)])) == 2


def test_a_note_ends_its_table_and_is_kept_with_it():
    first, second = _parts([table(FULL, widths=WIDTHS), line("注：本表反映各项支出。")], [table(REST, widths=WIDTHS)])
    assert first.notes == ("注：本表反映各项支出。",)
    assert second.notes == ()


def test_the_same_form_filled_in_for_the_next_project_is_another_table():
    def form(project: str) -> list[Flowable]:
        rows = [
            ["项目名称", project, "项目类别", "特定目标类"],
            ["主管部门", "民政局", "实施单位", "低保中心"],
            *([f"指标{k}", "数量指标", "≥90%", f"{k}%"] for k in range(40, 70)),
        ]
        return [_title("项目支出绩效自评表"), table(rows, widths=WIDTHS)]

    first, second = _parts(form("城乡低保补助"), form("临时救助"))
    assert [c.text for t in (first, second) for c in t.cells if (c.row, c.col) == (0, 1)] == [
        "城乡低保补助",
        "临时救助",
    ]


def _part(sequence: int, rows: Sequence[Sequence[str]], *, top: float, bottom: float, spans: int = 1) -> PlacedTable:
    step = (top - bottom) / len(rows)
    ys = tuple(top - step * k for k in range(len(rows) + 1))
    xs = (50.0, 150.0, 250.0, 350.0)
    cells = [
        Cell(r, c, text, page=sequence, box=Box(xs[c], ys[r + 1], xs[c + 1], ys[r]))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    if spans > 1:
        tall = [c for c in cells if c.col == 0 and c.row < spans]
        merged = Cell(0, 0, tall[0].text, spans, 1, page=sequence, box=tall[0].box)
        cells = [merged, *(c for c in cells if c not in tall)]
    page_table = PageTable(sequence, "grid", xs, ys, tuple(cells))
    return PlacedTable(page_table, sequence, begins_page=True, ends_page=True, type_size=10)


def test_a_row_that_the_page_break_cut_is_made_whole_and_contested():
    upper = _part(1, [["项目", "金额", "原因"], ["低保", "12.50", "低保对象扩围难以预"]], top=780, bottom=60)
    lower = _part(2, [["", "", "测"], ["救助", "3.50", "按季度发放"]], top=780, bottom=700)
    (whole,) = stitched([upper, lower])
    assert [c.text for c in whole.cells if c.row == 1] == ["低保", "12.50", "低保对象扩围难以预\n测"]
    assert [c.text for c in whole.cells if c.row == 2] == ["救助", "3.50", "按季度发放"]
    assert [c.contested for c in whole.cells if c.row == 1] == [False, False, True]


@pytest.mark.parametrize("words", ["二、外交支出", "结余分配"])
def test_a_row_of_its_own_is_not_joined_to_the_row_above_the_break(words: str):
    upper = _part(1, [["项目", "金额", "项目"], ["收入合计", "12.50", "支出合计"]], top=780, bottom=60)
    lower = _part(2, [["", "", words], ["总计", "3.50", "总计"]], top=780, bottom=700)
    (whole,) = stitched([upper, lower])
    assert [c.text for c in whole.cells if c.row == 2] == ["", "", words]


def test_a_merged_label_that_goes_on_blank_below_the_break_covers_the_rows_of_both_pages():
    upper = _part(1, [["产出指标", "数量", "1"], ["", "质量", "2"]], top=780, bottom=60, spans=2)
    lower = _part(2, [["", "时效", "3"], ["", "成本", "4"]], top=780, bottom=700, spans=2)
    (whole,) = stitched([upper, lower])
    (label,) = [c for c in whole.cells if c.col == 0]
    assert (label.text, label.row, label.row_span, label.contested) == ("产出指标", 0, 4, True)


@pytest.mark.parametrize(
    ("name", "number", "pages", "rows"),
    [
        (WANLI_2023, 2, {11, 12, 13, 14}, 70),
        (WANLI_2024, 2, {11, 12, 13, 14, 15}, 70),
        (WANLI_2024, 3, {16, 17, 18, 19, 20}, 70),
        (SIFAJU_2026, 5, {14, 15}, 25),
        (CAIZHENGJU_2024, 2, {6, 7}, 32),
        (CAIZHENGJU_2024, 5, {12, 13}, 34),
        (TEMPLATE, 5, {8, 9}, 32),
        (ZHENGXIE_2017, 12, {12, 13}, 41),
    ],
)
def test_a_published_table_over_pages_is_one_table(name: str, number: int, pages: set[int], rows: int):
    found = corpus_reading(name).document.grids[number - 1]
    assert {c.page for c in found.cells} == pages
    assert found.rows == rows


def test_the_last_row_alone_on_its_page_belongs_to_the_table_before():
    found = corpus_reading(WANLI_2024).document.grids[1]
    last = [(c.text, c.col_span, c.page) for c in found.cells if c.row == found.rows - 1]
    assert last[:2] == [("合计", 4, 15), ("156,211,123", 1, 15)]


def test_five_forms_on_five_pages_with_the_same_columns_stay_five():
    forms = [t for t in corpus_reading(WANLI_2023).document.grids if t.title == "财政项目支出绩效目标填报表"]
    projects = [next(c.text for c in t.cells if (c.row, c.col) == (2, 2)) for t in forms]
    assert len(set(projects)) == 5
