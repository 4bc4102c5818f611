"""Tables rebuilt from text that was flowed out of a PDF or DOCX."""

from pipelines.documents.text import read_text
from pipelines.tables import continued, counted, flowed, spaced


def lines(text):
    return read_text(text.encode(), "0" * 64).lines


def rows(table):
    out = {}
    for cell in table.cells:
        out.setdefault(cell.row, []).append(cell.text)
    return list(out.values())


def test_rows_of_tabs_become_a_table_and_the_lines_around_it_stay_prose():
    tables, prose = flowed.split(lines("前言。\n收入表\n单位：万元\n项目\t年初预算数\n甲\t1\n乙\t2\n\n后记。"))
    assert [rows(t) for t in tables] == [[["项目", "年初预算数"], ["甲", "1"], ["乙", "2"]]]
    assert (tables[0].title, tables[0].unit) == ("收入表", "万元")
    assert [line.text for line in prose if line.text] == ["前言。", "后记。"]


def test_a_blank_line_inside_rows_of_tabs_is_a_page_break_not_the_end():
    tables, _ = flowed.split(lines("项目\t年初\n甲\t1\n\n乙\t2\n"))
    assert len(tables) == 1
    assert len(rows(tables[0])) == 3


def test_one_cell_a_line_keeps_blank_cells_and_opens_a_row_after_each_blank_line():
    tables, _ = flowed.split(lines("\t项目\n\t预算\n\t决算\n\n\t甲\n\t\n\t3\n\n\n后记。"))
    assert rows(tables[0]) == [["项目", "预算", "决算"], ["甲", "", "3"]]


def test_a_cell_broken_over_lines_is_one_cell():
    tables, _ = flowed.split(lines("\t效益指标\n\n（20分）\n\n　\n\t经济效\n\n益指标\n\t稳定\n\n\t乙\n\t2\n"))
    assert rows(tables[0])[0] == ["效益指标\n（20分）", "经济效\n益指标", "稳定"]


def test_a_table_that_repeats_the_heading_of_the_one_before_continues_it():
    head = "序号\t项目名称\t年初预算数\t小计\t执行数\n"
    tables, _ = flowed.split(lines(f"{head}1\t甲\t1\t1\t1\n\n填表：某局\n\n{head}2\t乙\t2\t2\t2\n"))
    assert len(tables) == 2
    joined = continued.joined(tables)
    assert len(joined) == 1
    assert [r[1] for r in rows(joined[0])] == ["项目名称", "甲", "项目名称", "乙"]


def test_a_table_with_another_heading_is_not_a_continuation():
    first = "序号\t项目名称\t年初预算数\t小计\t执行数\n1\t甲\t1\t1\t1\n"
    second = "序号\t单位名称\t决算数\t占比\t备注\n1\t乙\t2\t2\t无\n"
    tables, _ = flowed.split(lines(f"{first}\n填表：某局\n\n{second}"))
    assert len(continued.joined(tables)) == 2


FORM = """ 2023年度某项目绩效自评表
项目名称 某补助资金
预算数（A） 执行数（B） 执行率（B/A）
年度财政
资金总额
12. 5 10. 0 80. 00%
一级指标 二级指标 三级指标 年初目标值（A） 实际完成值（B） 得分
产出指标
数量指标
补贴人数 10人 9人 5
站点
数量
42（3） 36（2） 5
总分 90
"""


def test_an_indicator_form_flowed_with_spaces_is_rebuilt():
    tables, _ = spaced.split(lines(FORM), 1)
    assert len(tables) == 1
    found = rows(tables[0])
    assert ["项目名称", "某补助资金"] in found
    assert ["年度财政\n资金总额", "12. 5", "10. 0", "80. 00%"] in found
    assert ["产出指标", "数量指标", "补贴人数", "10人", "9人", "5"] in found
    assert ["站点\n数量", "42（3）", "36（2）", "5"] in found
    assert found[-1] == ["总分", "90"]


THREE_PUBLIC = """2023 年度财政拨款“三公”经费支出决算表
公开 09 表
部门： 某局 金额单位：万元
预算数 决算数
1 2 3 4 5 6 7 8 9 10 11 12
0.5 0.2 0.3 0.3 0.4 0.1 0.3 0.3
第三部分 说明
"""


def test_values_that_lost_their_blank_cells_go_where_the_sums_allow():
    tables, prose = counted.split(lines(THREE_PUBLIC), 1)
    assert len(tables) == 1
    values = {c.col: c for c in tables[0].cells if c.row == 1}
    assert values[1].text == "0.5"
    assert values[7].text == "0.4"
    assert not values[1].contested
    assert [line.text for line in prose if line.text] == ["第三部分 说明"]


def test_a_value_that_fits_several_columns_is_contested():
    tables, _ = counted.split(lines(THREE_PUBLIC.replace("0.5 0.2 0.3 0.3 0.4 0.1 0.3 0.3", "0.3 0.3 0.1 0.1")), 1)
    values = [c for c in tables[0].cells if c.row == 1]
    assert [(c.text, c.contested) for c in values] == [("0.3", False), ("0.3", True), ("0.1", False), ("0.1", True)]


def test_an_empty_published_table_is_recognised_with_its_statement():
    text = THREE_PUBLIC.replace("0.5 0.2 0.3 0.3 0.4 0.1 0.3 0.3\n", "注：本年度无支出。\n")
    tables, _ = counted.split(lines(text), 1)
    assert tables[0].notes == ("注：本年度无支出。",)
    assert {c.row for c in tables[0].cells} == {0}
