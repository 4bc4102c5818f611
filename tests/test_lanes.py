"""Two-sided tables fall into lanes; tables with one set of labels do not."""

from __future__ import annotations

import pytest

from pipelines.core.model import Cell, Table
from pipelines.tables.lanes import Lane, lanes_of
from tests.pdf_corpus import CAIZHENGJU_2024, FULIYUAN_2024, TEMPLATE, ZHENGXIE_2017, corpus_reading


def _table(rows: list[list[str]], spans: dict[tuple[int, int], tuple[int, int]] | None = None) -> Table:
    """A table of single cells; `spans` gives the rows and columns that the cell at a place covers."""
    spans = spans or {}
    covered = {
        (r + i, c + k) for (r, c), (h, w) in spans.items() for i in range(h) for k in range(w) if (i, k) != (0, 0)
    }
    cells = [
        Cell(r, c, text, *spans.get((r, c), (1, 1)))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if (r, c) not in covered
    ]
    return Table(1, 1, "收入支出决算总表", "万元", tuple(cells), "grid")


def _outline(lanes: tuple[Lane, ...]) -> list[tuple[str | None, int, int]]:
    return [(x.side, x.first, x.last) for x in lanes]


REVENUE_AND_EXPENDITURE = _table(
    [
        ["收入", "", "支出", ""],
        ["项目", "决算数", "项目", "决算数"],
        ["一、财政拨款收入", "2,940.05", "一、一般公共服务支出", "2,106.66"],
        ["总计", "2,995.39", "总计", "2,995.39"],
    ],
    {(0, 0): (1, 2), (0, 2): (1, 2)},
)


def test_revenue_and_expenditure_side_by_side_are_two_lanes():
    lanes = lanes_of(REVENUE_AND_EXPENDITURE)
    assert _outline(lanes) == [("收入", 0, 1), ("支出", 2, 3)]
    assert [[c.text for c in x.table.cells if c.row == 2] for x in lanes] == [
        ["一、财政拨款收入", "2,940.05"],
        ["一、一般公共服务支出", "2,106.66"],
    ]


def test_cells_of_a_lane_keep_their_place_in_the_whole_table():
    _, right = lanes_of(REVENUE_AND_EXPENDITURE)
    assert {(c.row, c.col) for c in right.table.cells} == {(r, c) for r in (1, 2, 3) for c in (2, 3)} | {(0, 2)}
    assert (right.table.number, right.table.title, right.table.unit) == (1, "收入支出决算总表", "万元")


def test_two_economic_classes_side_by_side_are_two_lanes_without_a_side():
    rows = [
        ["科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"],
        ["301", "工资福利支出", "2,082.85", "302", "商品和服务支出", "171.07"],
    ]
    assert _outline(lanes_of(_table(rows))) == [(None, 0, 2), (None, 3, 5)]


def test_a_code_split_over_two_columns_stays_in_one_lane():
    rows = [
        ["科目编码", "", "科目名称", "决算数", "科目编码", "", "科目名称", "决算数"],
        ["类", "款", "", "", "类", "款", "", ""],
        ["301", "01", "基本工资", "262.33", "302", "01", "办公费", "21.21"],
    ]
    spans = {(0, 0): (1, 2), (0, 4): (1, 2), (0, 2): (2, 1), (0, 3): (2, 1), (0, 6): (2, 1), (0, 7): (2, 1)}
    assert [(x.first, x.last) for x in lanes_of(_table(rows, spans))] == [(0, 3), (4, 7)]


def test_a_total_over_two_lanes_is_in_both():
    rows = [
        ["项目名称", "金额", "功能科目名称", "金额", "项目名称", "金额"],
        ["一、财政拨款", "9,066.79", "一、一般公共服务支出", "6,543.55", "一、基本支出", "5,916.27"],
        ["收入合计", "9,146.79", "支出合计", "", "", "9,146.79"],
    ]
    _, middle, right = lanes_of(_table(rows, {(2, 2): (1, 3)}))
    assert "支出合计" in [c.text for c in middle.table.cells]
    assert [c.text for c in right.table.cells if c.row == 2] == ["支出合计", "9,146.79"]


@pytest.mark.parametrize(
    "head",
    [
        ["序号", "项目名称", "年初预算数", "执行数", "执行率", "备注"],
        ["科目编码", "科目名称", "年初结转和结余", "本年收入", "本年支出", "年末结转和结余"],
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "得分"],
        ["项目名称", "预算数", "执行数", "年度指标内容", "指标值", "完成情况"],
    ],
)
def test_a_table_with_one_set_of_labels_is_one_lane(head: list[str]):
    found = _table([head, ["1", "城乡低保", "423", "1174.77", "46%", "9"]])
    (lane,) = lanes_of(found)
    assert (lane.first, lane.last, lane.table) == (0, 5, found)


def test_a_table_without_headings_is_one_lane():
    assert len(lanes_of(_table([["城乡低保", "423"], ["临时救助", "50"]]))) == 1


@pytest.mark.parametrize(
    ("name", "number", "outline"),
    [
        (CAIZHENGJU_2024, 2, [("收入", 0, 1), ("支出", 2, 3)]),
        (CAIZHENGJU_2024, 5, [("收入", 0, 1), ("支出", 2, 6)]),
        (CAIZHENGJU_2024, 7, [(None, 0, 3), (None, 4, 7)]),
        (TEMPLATE, 2, [("收入", 0, 1), ("支出", 2, 3)]),
        (TEMPLATE, 7, [(None, 0, 2), (None, 3, 5)]),
        (FULIYUAN_2024, 1, [("本年收入", 0, 1), ("本年支出", 2, 6)]),
        (ZHENGXIE_2017, 1, [("收入", 0, 1), ("支出 > 功能分类", 2, 3), ("支出 > 支出用途", 4, 5)]),
        (ZHENGXIE_2017, 4, [("收入", 0, 1), ("支出 > 支出用途", 2, 3)]),
    ],
)
def test_published_two_sided_tables_fall_into_their_sides(
    name: str, number: int, outline: list[tuple[str | None, int, int]]
):
    assert _outline(lanes_of(corpus_reading(name).document.grids[number - 1])) == outline


def test_no_other_published_table_is_two_sided():
    two_sided = {t.number for t in corpus_reading(CAIZHENGJU_2024).document.grids if len(lanes_of(t)) > 1}
    assert two_sided == {2, 5, 7}
