"""The rows of tables without rules between them, and the labels beside several rows, told as a reader tells them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipelines.core.model import Table
from pipelines.core.traced import squeeze
from pipelines.facts.bind import facts_of_table
from pipelines.tables.pdf_tables import read_pdf
from pipelines.tables.spaced_blocks import Bounds, Mark, blocks_of_marks
from tests.pdf_samples import Span, line, pdf, table

PROJECTS = [
    ["序号", "项目名称", "年初预算数", "完成情况说明", "执行率"],
    ["1", "低保", "423", "按月足额发放保障金，惠及困难群众，保障对象动态管理，应保尽保，无一遗漏", "46%"],
    ["2", "特困人员救助供养", "306.68", "已完成", "35.9%"],
    ["3", "临时救助", "62", "因病因灾致困家庭得到及时救助", "13%"],
    [
        "4",
        "社区纳凉取暖点运行补助",
        "133",
        "全年调剂支出至街道，由街道统筹使用，年底前全部支付到位",
        "100%",
    ],
]
NARROW = [30, 60, 70, 100, 60]

INDICATORS = [
    ["一级指标", "二级指标", "三级指标", "年初目标值", "实际完成值", "得分"],
    ["产出指标", "数量指标", "发放人数", "100人", "100人", "10"],
    ["", "", "覆盖社区", "20个", "20个", "10"],
    ["", "质量指标", "准确率", "99%", "99%", "10"],
    ["", "", "合格率", "95%", "96%", "10"],
    ["效益指标", "社会效益指标", "生活水平", "提升", "提升", "20"],
    ["", "", "知晓程度", "提升", "提升", "10"],
    ["", "", "安全事故", "0起", "0起", "10"],
    ["满意度指标", "服务对象满意度指标", "群众满意度", "90%", "92%", "20"],
]
INDICATOR_WIDTHS = [90, 110, 90, 80, 80, 50]
BESIDE: list[Span] = [
    ((0, 1), (0, 4)),
    ((1, 1), (1, 2)),
    ((1, 3), (1, 4)),
    ((0, 5), (0, 7)),
    ((1, 5), (1, 7)),
]


def _only(data: bytes) -> Table:
    (found,) = read_pdf(data, "x").document.grids
    return found


def _printed(rows: Sequence[Sequence[str]], widths: Sequence[float], **style: object) -> Table:
    title = line("项目支出绩效自评情况表", size=16, align="centre")
    return _only(pdf(title, table(rows, "three_line", widths=widths, by_column=True, **style)))  # type: ignore[arg-type]


def _texts(found: Table) -> list[list[str]]:
    return [
        [squeeze(c.text) for c in sorted(found.cells, key=lambda c: c.col) if c.row == r] for r in range(found.rows)
    ]


def _levels(found: Table) -> dict[str, tuple[str | None, str | None]]:
    return {f.subject: (f.level1, f.level2) for f in facts_of_table(found, 2024)[1] if f.measure == "actual"}


@pytest.mark.parametrize("padding", [0, 3])
@pytest.mark.parametrize("valign", ["TOP", "MIDDLE"])
def test_rows_of_wrapped_words_are_told_apart_although_they_stand_as_close_as_lines(padding: float, valign: str):
    assert _texts(_printed(PROJECTS, NARROW, valign=valign, padding=padding)) == PROJECTS


def test_a_figure_broken_in_a_narrow_column_is_one_figure():
    rows = [
        ["项目名称", "预算数", "执行数", "绩效目标", "完成情况"],
        ["社工服务", "5295.56", "12.5", "培训社会工作者", "已完成"],
        ["社会组织管理", "97.00", "96.8", "按期完成年检并开展等级评估工作", "已完成"],
        ["养老服务", "3226113.25", "31.77", "新建社区养老服务设施", "已完成"],
    ]
    assert _texts(_printed(rows, [80, 36, 60, 80, 60])) == rows


def test_rows_of_one_line_are_rows_although_labels_without_figures_stand_among_them():
    rows = [["项目", "预算数", "决算数"], ["三公经费", "", ""], ["公务接待费", "6.50", "1.50"], ["项目支出", "", ""]]
    rows += [["一般业务工作经费", "", ""], ["运行费", "3.00", "2.00"], ["其他", "", ""], ["合计", "9.50", "3.50"]]
    assert _texts(_printed(rows, [120, 80, 80], padding=0)) == rows


def test_a_mark_that_hangs_over_the_edge_of_its_column_does_not_join_it_to_the_next():
    rows = [["项目名称", "年度目标", "完成情况", "预算数"]]
    rows += [[f"项目{k}", "提高救助水平，保证质量。按期拨付到位。", "达成预期的目标", f"{k}2.5"] for k in range(1, 5)]
    assert _texts(_printed(rows, [60, 66, 60, 60])) == rows


def test_a_label_set_in_the_middle_of_its_rows_stands_beside_all_of_them():
    found = _printed(INDICATORS, INDICATOR_WIDTHS, spans=BESIDE)
    labels = {(c.row, c.col, c.row_span, squeeze(c.text)) for c in found.cells if c.row_span > 1}
    assert labels == {
        (1, 0, 4, "产出指标"),
        (1, 1, 2, "数量指标"),
        (3, 1, 2, "质量指标"),
        (5, 0, 3, "效益指标"),
        (5, 1, 3, "社会效益指标"),
    }
    assert not any(c.contested for c in found.cells if c.row_span > 1)
    assert _levels(found)["覆盖社区"] == ("产出指标", "数量指标")
    assert _levels(found)["安全事故"] == ("效益指标", "社会效益指标")


def test_the_points_of_a_level_that_stand_under_its_name_belong_to_it():
    rows = [[t.replace("产出指标", "产出指标\n（40分）") for t in row] for row in INDICATORS]
    found = _printed(rows, INDICATOR_WIDTHS, spans=BESIDE)
    totals = [f for f in facts_of_table(found, 2024)[1] if f.list_role == "group_total"]
    assert [(f.level1, f.value) for f in totals] == [("产出指标", 40)]


def test_labels_at_the_top_of_their_rows_are_carried_down():
    found = _printed(INDICATORS, INDICATOR_WIDTHS, spans=BESIDE, valign="TOP")
    assert _levels(found)["合格率"] == ("产出指标", "质量指标")
    assert _levels(found)["安全事故"] == ("效益指标", "社会效益指标")


def test_levels_of_which_it_cannot_be_told_whose_rows_are_whose_are_not_stated():
    # Blank cells of their own under a merged label: where the next block begins is nowhere on the page.
    rows = [row if k == 0 else ["", *row[1:]] for k, row in enumerate(INDICATORS)]
    rows[1][0], rows[4][0] = "产出指标", "效益指标"
    found = _printed(rows, INDICATOR_WIDTHS, spans=[((0, 1), (0, 2)), ((0, 4), (0, 5))])
    (untold,) = [c for c in found.cells if c.row_span > 1]
    assert (untold.col, untold.contested, squeeze(untold.text)) == (0, True, "产出指标效益指标")
    assert _levels(found)["覆盖社区"] == (None, None)
    assert _levels(found)["发放人数"] == ("产出指标", "数量指标")


def test_the_title_rows_of_a_form_that_stand_across_its_columns_part_no_columns():
    rows = [
        ["项目", "预算数", "执行数", "执行率"],
        ["项目支出总额", "120.00", "119.00", "99.17%"],
        ["目标1：健全服务体系", "", "", ""],
        ["一级指标", "三级指标", "目标值", "完成值"],
        ["产出指标", "新增床位", "20张", "20张"],
        ["效益指标", "服务水平", "提升", "提升"],
        ["满意度指标", "群众满意度", "90%", "91%"],
    ]
    found = _printed(rows, [100, 100, 80, 80], spans=[((0, 2), (3, 2))])
    assert found.cols == 4
    assert _texts(found)[4] == rows[4]


def test_headings_on_three_levels_are_told_by_the_spaces_between_them():
    rows = [
        ["项目名称", "年度\n预算金额", "实际\n支出金额"],
        ["", "其中：\n财政拨款", "其中：\n财政拨款"],
        ["", "一般\n公共预算", "政府性\n基金预算"],
        ["低保", "12.00", "11.00"],
        ["特困", "13.00", "12.00"],
    ]
    found = _printed(rows, [100, 90, 90], heads=3, spans=[((0, 0), (0, 2))])
    assert [c.text.replace("\n", "") for c in found.cells if c.col == 1 and c.row < 3] == [
        "年度预算金额",
        "其中：财政拨款",
        "一般公共预算",
    ]


def test_a_rule_under_two_headings_parts_the_columns_between_them():
    rows = [
        ["预算数", "", "", "决算数", "", ""],
        ["合计", "接待费", "用车费", "合计", "接待费", "用车费"],
        ["0.30", "0.20", "0.10", "0.17", "0.07", "0.10"],
    ]
    spans: list[Span] = [((0, 0), (2, 0)), ((3, 0), (5, 0))]
    flowable = table(rows, "three_line", widths=[70] * 6, heads=2, spans=spans)
    flowable.setStyle([("LINEBELOW", (0, 0), (-1, 0), 0.5, "black")])
    found = _only(pdf(line("三公经费支出决算表", size=16, align="centre"), flowable))
    assert {(c.col, c.col_span, c.text) for c in found.cells if c.row == 0} == {(0, 3, "预算数"), (3, 3, "决算数")}


def test_a_column_that_only_the_next_page_fills_is_a_column_of_the_table():
    rows = [["项目", "预算数", "执行数", "说明"], *([f"项目{k}", f"{k}.50", f"{k}.25", ""] for k in range(10, 75))]
    rows += [["项目75", "7.50", "7.25", "已结转"], ["项目76", "7.60", "7.35", "已收回"]]
    found = _only(
        pdf(
            line("支出决算明细表", size=16, align="centre"),
            table(rows, "three_line", widths=[90, 80, 80, 120], repeat=1, by_column=True),
        )
    )
    assert found.cols == 4
    assert _texts(found)[-1] == rows[-1]


def _mark(middle: float, row: int | None = None) -> Mark:
    return Mark(middle, (), row)


def _told(marks: Sequence[Sequence[Mark]], edges: Sequence[float]) -> list[tuple[int, int, int, bool]]:
    found = blocks_of_marks(marks, Bounds(0, len(edges) - 1), edges, [])
    return [(b.col, b.first, b.last, b.told) for b in found]


EDGES = [100, 90, 80, 60, 50, 40, 30]  # six rows, the third of two lines


def test_each_block_begins_where_the_one_above_ends():
    assert _told([[_mark(90), _mark(65), _mark(40)]], EDGES) == [(0, 0, 1, True), (0, 2, 3, True), (0, 4, 5, True)]


def test_blocks_lie_inside_those_of_the_column_to_their_left():
    first = [_mark(80), _mark(45)]
    second = [_mark(90), _mark(70, 2), _mark(45)]
    assert _told([first, second], EDGES) == [
        (0, 0, 2, True),
        (0, 3, 5, True),
        (1, 0, 1, True),
        (1, 3, 5, True),
    ]


def test_labels_that_do_not_come_out_even_are_not_told():
    assert _told([[_mark(90), _mark(50)]], EDGES) == [(0, 0, 5, False)]


def test_several_labels_that_agree_may_leave_rows_above_them_blank():
    marks = [_mark(75, 2), _mark(60), _mark(45, 5)]
    assert _told([marks], [100, 90, 80, 70, 60, 50, 40]) == [(0, 3, 4, True)]


def test_labels_that_may_stand_on_the_first_of_their_rows_or_in_the_middle_are_not_told():
    # Two labels beside six rows, on the first and the fourth: of three rows each, or of one and of five.
    equal = [60, 50, 40, 30, 20, 10, 0]
    assert _told([[_mark(55, 0), _mark(25, 3)]], equal) == [(0, 0, 5, False)]
