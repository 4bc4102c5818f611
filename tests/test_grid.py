"""Tables on one PDF page: ruled, with merged cells, blank, or held together by nothing but spaces."""

from __future__ import annotations

from itertools import pairwise

import pytest
from reportlab.lib.colors import HexColor, white
from reportlab.pdfgen.canvas import Canvas

from pipelines.core.model import Box, Cell, Table
from pipelines.core.numbers import clean_number
from pipelines.documents.pdf import read_pages
from pipelines.tables import camelot
from pipelines.tables.agreement import compared, unmatched
from pipelines.tables.grid import rectangles, ruled_tables
from pipelines.tables.page_table import PageTable
from pipelines.tables.pdf_tables import read_pdf
from tests.pdf_corpus import (
    CAIZHENGJU_2024,
    FULIYUAN_2024,
    SIFAJU_2026,
    TEMPLATE,
    WANLI_2023,
    WANLI_2024,
    ZHENGXIE_2017,
    corpus_bytes,
    corpus_reading,
)
from tests.pdf_samples import Span, drawn, line, pdf, table

MONITORING = [
    ["序号", "项目名称", "年初预算数", "追加/调减数", "小计", "1-7月执行数", "执行率", "原因"],
    [
        "1",
        "城乡低保补助",
        "423",
        "1174.77",
        "1597.77",
        "734.19",
        "46%",
        "低保对象扩围，对象的确定为当时的实际符合条件对象，难以预测",
    ],
    ["2", "城乡特困供养人员救助", "306.68", "248.81", "555.49", "199.39", "35.9%", ""],
    ["3", "临时救助", "50", "12", "62", "15.6", "13%", "临时救助主要针对因病因灾等原因导致生活陷入困难的对象"],
    ["4", "社区纳凉取暖", "133", "-133", "0", "0", "100%", "全年调剂支出266万至街道"],
]
WIDTHS = [30, 110, 70, 75, 70, 80, 55, 180]
REVENUE = [
    ["项目", "", "收入", ""],
    ["科目编码", "科目名称", "合计", "财政拨款收入"],
    ["201", "一般公共服务支出", "2,112.86", "2,106.66"],
    ["06", "财政事务", "2,112.86", "2,106.66"],
    ["合计", "", "2,946.25", "2,940.05"],
]
REVENUE_SPANS: list[Span] = [((0, 0), (1, 0)), ((2, 0), (3, 0)), ((0, 4), (1, 4))]


def _only(data: bytes) -> Table:
    (found,) = read_pdf(data, "x").document.grids
    return found


def _texts(found: Table) -> list[list[str]]:
    return [[c.text.replace("\n", "") for c in found.cells if c.row == r] for r in range(found.rows)]


def _spans(found: Table) -> set[tuple[int, int, int, int]]:
    return {(c.row, c.col, c.row_span, c.col_span) for c in found.cells if (c.row_span, c.col_span) != (1, 1)}


@pytest.mark.parametrize("style", ["ruled", "open_sides"])
@pytest.mark.parametrize("valign", ["TOP", "MIDDLE", "BOTTOM"])
def test_a_ruled_table_is_read_cell_for_cell(style: str, valign: str):
    found = _only(pdf(table(MONITORING, style, widths=WIDTHS, valign=valign)))
    assert _texts(found) == MONITORING
    assert found.engine == "grid"
    assert not any(c.contested for c in found.cells)


def test_merged_cells_are_one_cell_over_all_their_places():
    found = _only(pdf(table(REVENUE, spans=REVENUE_SPANS, widths=[80, 160, 100, 100])))
    assert _spans(found) == {(0, 0, 1, 2), (0, 2, 1, 2), (4, 0, 1, 2)}
    assert [c.text for c in found.cells if c.row == 4] == ["合计", "2,946.25", "2,940.05"]


def test_a_code_keeps_its_leading_zero():
    found = _only(pdf(table(REVENUE, spans=REVENUE_SPANS, widths=[80, 160, 100, 100])))
    assert next(c.text for c in found.cells if (c.row, c.col) == (3, 0)) == "06"


def test_a_table_without_figures_is_kept_with_its_headings():
    blank = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"], *([[""] * 5] * 12)]
    flowables = [line("政府性基金预算支出表", size=16, align="centre"), table(blank, widths=[100] * 5)]
    found = _only(pdf(*flowables))
    assert (found.rows, found.cols, found.title) == (13, 5, "政府性基金预算支出表")
    assert sum(not c.text for c in found.cells) == 60
    assert found.notes == ()


def test_title_unit_and_number_stand_above_and_notes_below():
    found = _only(
        pdf(
            line("公开02表"),
            line("2024年度收入决算表", size=18, align="centre"),
            line("编制部门：上海市普陀区财政局"),
            line("单位：万元", align="right"),
            table(MONITORING, widths=WIDTHS),
            line("注：本表反映部门本年度取得的各项收入情况。"),
            line("说明：本年度没有其他收入，故此列为空。"),
        )
    )
    assert found.title == "2024年度收入决算表"
    assert found.unit == "万元"
    assert found.caption == ("公开02表", "2024年度收入决算表", "编制部门：上海市普陀区财政局", "单位：万元")
    assert found.notes == ("注：本表反映部门本年度取得的各项收入情况。", "说明：本年度没有其他收入，故此列为空。")


def test_a_sentence_before_a_table_is_not_its_title():
    found = _only(
        pdf(line("纳入上海市普陀区财政局2024年度部门决算编制范围的单位包括："), table(MONITORING, widths=WIDTHS))
    )
    assert found.title is None


def test_a_title_in_the_first_row_of_the_grid_is_the_title():
    form = [
        ["财政项目支出绩效目标填报表", "", ""],
        ["（2023年度）", "", ""],
        ["项目名称", "社区公共服务中心", "4,100,000.00"],
    ]
    found = _only(pdf(table(form, spans=[((0, 0), (2, 0)), ((0, 1), (2, 1))], widths=[200] * 3)))
    assert found.title == "财政项目支出绩效目标填报表"
    assert found.rows == 3


def test_two_tables_on_one_page_keep_their_own_titles_and_notes():
    data = pdf(
        line("收入决算表", size=14, align="centre"),
        table(MONITORING, widths=WIDTHS),
        line("注：收入的注。"),
        line("支出决算表", size=14, align="centre"),
        table(MONITORING, widths=WIDTHS),
    )
    first, second = read_pdf(data, "x").document.grids
    assert (first.title, first.notes, second.title, second.notes) == (
        "收入决算表",
        ("注：收入的注。",),
        "支出决算表",
        (),
    )


def test_a_frame_around_a_notice_is_not_a_table():
    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 600, 400, 100)
        canvas.drawString(60, 650, "本表为空表")

    assert read_pdf(drawn(draw), "x").document.grids == ()


def test_a_drawing_of_ten_thousand_rules_is_not_a_table():
    def draw(canvas: Canvas) -> None:
        for k in range(5000):
            canvas.line(50, 50 + k * 0.14, 545, 50 + k * 0.14)
            canvas.line(50 + k * 0.098, 50, 50 + k * 0.098, 750)
        canvas.drawString(60, 760, "示意图")

    assert read_pdf(drawn(draw), "x").document.grids == ()


def test_white_strokes_part_no_cells_unless_they_cross_a_shade():
    def draw(canvas: Canvas, shaded: bool) -> None:
        if shaded:
            canvas.setFillColor(HexColor("#b4c6e7"))
            canvas.rect(60, 640, 200, 60, stroke=0, fill=1)
            canvas.setFillColor(HexColor("#000000"))
        canvas.rect(60, 640, 200, 60)
        canvas.line(60, 670, 260, 670)
        canvas.setStrokeColor(white)
        canvas.line(160, 640, 160, 700)
        canvas.drawString(70, 680, "合计")
        canvas.drawString(170, 680, "12.50")

    assert {c.col_span for c in _only(drawn(lambda c: draw(c, True))).cells} == {1}
    assert _only(drawn(lambda c: draw(c, True))).cols == 2
    assert _only(drawn(lambda c: draw(c, False))).cols == 1


def test_text_that_runs_over_a_rule_stays_whole_and_is_contested():
    def draw(canvas: Canvas) -> None:
        for y in (700, 680, 660):
            canvas.line(60, y, 300, y)
        for x in (60, 120, 220, 300):
            canvas.line(x, 660, x, 700)
        canvas.drawString(64, 686, "机关事业单位养老保险")
        canvas.drawRightString(296, 686, "160.75")
        canvas.drawString(64, 666, "津贴")
        canvas.drawString(124, 666, "补贴")

    cells = {(c.row, c.col): c for c in _only(drawn(draw)).cells}
    assert cells[0, 0].text == "机关事业单位养老保险"
    assert cells[0, 1].text == ""
    assert cells[0, 0].contested
    assert cells[0, 1].contested
    assert (cells[0, 2].text, cells[0, 2].contested) == ("160.75", False)
    assert (cells[1, 0].text, cells[1, 1].text, cells[1, 0].contested) == ("津贴", "补贴", False)


def test_a_figure_set_close_to_the_next_label_is_not_joined_to_it():
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 680, 240, 20)
        canvas.line(160, 680, 160, 700)
        canvas.drawRightString(159, 686, "9,066.79")
        canvas.drawString(161, 686, "一、一般公共服务支出")

    assert _texts(_only(drawn(draw))) == [["9,066.79", "一、一般公共服务支出"]]


def test_words_set_sideways_in_a_cell_are_read_in_their_own_direction():
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 600, 240, 100)
        canvas.line(90, 600, 90, 700)
        canvas.saveState()
        canvas.translate(80, 620)
        canvas.rotate(90)
        canvas.drawString(0, 0, "产出指标")
        canvas.restoreState()
        canvas.drawString(100, 650, "补贴发放准确率")

    assert _texts(_only(drawn(draw))) == [["产出指标", "补贴发放准确率"]]


def test_an_area_that_is_no_rectangle_is_cut_into_rectangles():
    corner = [(0, 0), (0, 1), (1, 0)]
    assert sorted(rectangles(corner)) == [(0, 0, 1, 2), (1, 0, 1, 1)]


def _reading(*texts: str, engine: str = "grid") -> PageTable:
    cells = tuple(Cell(0, c, t, box=Box(100 * c, 0, 100 * c + 100, 20)) for c, t in enumerate(texts))
    return PageTable(1, engine, tuple(100.0 * c for c in range(len(texts) + 1)), (20.0, 0.0), cells)


def test_cells_that_both_engines_read_alike_are_not_contested():
    table_, disputes = compared(_reading("合计", "12.50"), [_reading("合 计", "12.50", engine="camelot-lattice")])
    assert disputes == []
    assert not any(c.contested for c in table_.cells)


def test_a_cell_that_the_engines_read_differently_is_contested_with_both_readings():
    table_, (dispute,) = compared(_reading("合计", "12.50"), [_reading("合计", "12.5O")])
    assert (dispute.taken, dispute.other) == ("12.50", "12.5O")
    assert [c.other for c in table_.cells] == [None, "12.5O"]
    assert [c.contested for c in table_.cells] == [False, True]


def test_between_a_number_and_something_else_the_number_is_taken():
    table_, _ = compared(_reading("合计", "l2.50"), [_reading("合计", "12.50")])
    assert table_.cells[1].text == "12.50"


def test_a_reading_with_characters_that_the_font_does_not_explain_gives_way():
    table_, _ = compared(_reading("\ufffd计", "12.50"), [_reading("合计", "12.50")])
    assert (table_.cells[0].text, table_.cells[0].contested) == ("合计", True)


def test_words_that_camelot_cuts_at_a_rule_stay_in_the_cell_where_our_grid_has_them():
    table_, _ = compared(_reading("机关养老保险", ""), [_reading("机关养老", "保险")])
    assert [c.text for c in table_.cells] == ["机关养老保险", ""]
    assert all(c.contested for c in table_.cells)


def test_a_table_that_one_engine_alone_found_says_so():
    table_, _ = compared(_reading("合计", "12.50"), [])
    assert table_.notes == ("本表仅由一种方法读出",)
    (other,) = unmatched([], [_reading("合计", "12.50", engine="camelot-lattice")])
    assert all(c.contested for c in other.cells)


@pytest.mark.parametrize("style", ["three_line", "rows_only", "shaded"])
def test_a_table_without_uprights_is_read_by_the_spaces_between_its_words(style: str):
    flowables = [line("绩效运行监控情况统计表", size=16, align="centre"), line("单位：万元", align="right")]
    found = _only(pdf(*flowables, table(MONITORING, style, widths=WIDTHS)))
    assert _texts(found) == MONITORING
    assert (found.engine, found.title, found.unit) == ("stream", "绩效运行监控情况统计表", "万元")


def test_a_borderless_table_under_its_title_is_read_by_its_columns():
    rows = [["科目编码", "科目名称", "金额"], *([f"3020{k}", "办公费" + "用" * k, f"{k}10.00"] for k in range(1, 7))]
    found = _only(pdf(line("基本支出表", size=16, align="centre"), table(rows, "borderless", widths=[120, 200, 120])))
    assert _texts(found) == rows
    assert found.title == "基本支出表"


def test_a_column_without_figures_is_kept_for_its_heading():
    rows = [["项目", "合计", "事业收入", "其他收入"], *([f"支出{k}", f"{k}12.50", "", f"{k}.50"] for k in range(1, 6))]
    found = _only(
        pdf(line("收入决算表", size=16, align="centre"), table(rows, "three_line", widths=[150, 120, 120, 120]))
    )
    assert _texts(found) == rows


def test_the_heading_of_a_group_stands_over_its_columns_in_a_three_line_table():
    rows = [
        ["项目", "三公经费", "", "会议费"],
        ["", "小计", "接待费", ""],
        *([f"单位{k}", "6.5", "1.5", "9"] for k in range(1, 5)),
    ]
    spans: list[Span] = [((0, 0), (0, 1)), ((1, 0), (2, 0)), ((3, 0), (3, 1))]
    found = _only(
        pdf(
            line("经费表格一览表", size=16, align="centre"),
            table(rows, "three_line", heads=2, spans=spans, widths=[120] * 4),
        )
    )
    head = [(c.row, c.col, c.row_span, c.col_span, c.text) for c in found.cells if c.row < 2]
    assert head == [
        (0, 0, 2, 1, "项目"),
        (0, 1, 1, 2, "三公经费"),
        (0, 3, 2, 1, "会议费"),
        (1, 1, 1, 1, "小计"),
        (1, 2, 1, 1, "接待费"),
    ]


def test_prose_with_figures_and_a_table_of_contents_are_not_tables():
    contents = [[f"{n}、情况说明", str(3 + 2 * k)] for k, n in enumerate("一二三四五六")]
    flowables = [
        table(contents, "borderless", widths=[400, 60]),
        line("一、收入决算情况说明" + "…" * 30 + "3"),
        line("二、支出决算情况说明" + "…" * 30 + "5"),
        line("三、财政拨款情况说明" + "…" * 30 + "8"),
        *[line(f"（{k}）基本支出{k}12.50万元，占{k}5.00%；项目支出{k}01.00万元。") for k in range(1, 6)],
    ]
    assert read_pdf(pdf(*flowables), "x").document.grids == ()


TITLES = {
    CAIZHENGJU_2024: [
        None,
        "收入支出决算总表",
        "收入决算表",
        "支出决算表",
        "财政拨款收入支出决算总表",
        "一般公共预算财政拨款支出决算表",
        "一般公共预算财政拨款基本支出决算表",
        "财政拨款“三公”经费支出决算表",
        "政府性基金预算财政拨款收入支出决算表",
        "国有资本经营预算财政拨款收入支出决算表",
    ],
    ZHENGXIE_2017: [
        "收支预算总表",
        "收入预算总表",
        "支出预算总表",
        "财政拨款收支预算总表",
        "财政拨款支出预算表",
        "财政拨款基本支出预算表",
        "财政拨款政府性基金支出预算表",
        "一般公共预算支出预算表",
        "一般公共预算基本支出预算表",
        "一般公共预算机关运行经费支出预算表",
        "“三公”经费、会议费、培训费支出预算表（一般公共预算）",
        "2017年政府采购预算表",
    ],
}


@pytest.mark.parametrize("name", sorted(TITLES))
def test_every_table_of_a_published_file_has_its_printed_title_and_unit(name: str):
    grids = corpus_reading(name).document.grids
    assert [t.title for t in grids] == TITLES[name]
    assert {t.unit for t in grids if t.title} == {"万元"}


def test_the_template_gives_its_nine_tables_although_all_are_blank():
    grids = corpus_reading(TEMPLATE).document.grids
    assert [t.title for t in grids] == TITLES[CAIZHENGJU_2024]
    figures = [c.text for t in grids[1:] for c in t.cells if "." in c.text and clean_number(c.text) is not None]
    assert figures == []


@pytest.mark.parametrize("name", [FULIYUAN_2024, SIFAJU_2026, WANLI_2024])
def test_a_budget_has_eight_tables_in_yuan_and_one_in_ten_thousand(name: str):
    units = [t.unit for t in corpus_reading(name).document.grids]
    assert units == ["元"] * 8 + ["万元"]


@pytest.mark.parametrize("name", [CAIZHENGJU_2024, FULIYUAN_2024, SIFAJU_2026, TEMPLATE, ZHENGXIE_2017])
def test_both_engines_agree_on_every_cell_of_a_published_file(name: str):
    data = corpus_bytes(name)
    pages = read_pages(data).pages
    own = {p.number: ruled_tables(p, p.glyphs) for p in pages}
    second = camelot.lattice(data, [p for p in pages if own[p.number]])
    assert second.failures == {}
    for number, tables in own.items():
        for found in tables:
            assert compared(found, second.tables[number]) == (found, [])
        assert unmatched(tables, second.tables.get(number, [])) == []


def test_five_labels_that_camelot_loses_in_one_budget_are_contested_and_no_figure_is():
    reading = corpus_reading(WANLI_2023)
    assert [(d.taken, d.other) for d in reading.disputes] == [("其他资金", "")] * 5
    contested = [c for t in reading.document.grids for c in t.cells if c.contested]
    assert [c.text for c in contested] == ["其他资金"] * 5


def test_a_figure_that_stands_alone_on_the_page_has_the_box_of_its_cell():
    (table_,) = [t for t in corpus_reading(SIFAJU_2026).document.grids if t.unit == "万元"]
    cells = {c.col: c for c in table_.cells if c.row == 3}
    assert [cells[c].text for c in range(7)] == ["10.71", "0.00", "0.73", "9.98", "0.00", "9.98", "184.59"]
    boxes = [cells[c].box for c in range(7)]
    assert all(a and b and abs(a.x1 - b.x0) < 1 for a, b in pairwise(boxes))


def test_a_file_that_only_pdfium_can_mend_is_read_by_our_grid_alone_and_says_so():
    whole = pdf(table(MONITORING, widths=WIDTHS))
    place = whole.index(b" 00000 n")
    mended = whole[: place - 1] + b"x" + whole[place:]
    assert set(camelot.lattice(mended, read_pages(mended).pages).failures) == {1}
    found = _only(mended)
    assert _texts(found) == MONITORING
    assert found.notes == ("本表仅由一种方法读出",)
