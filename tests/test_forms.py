"""Published forms whose rows were flowed out of a page without their blank cells."""

from pipelines.documents.text import read_text
from pipelines.reading import read
from pipelines.tables import forms
from pipelines.tables.layout import Grid

EXPENDITURE = """2025年部门支出预算总表
编制部门：某区商务局 单位：元
项目 支出预算
功能分类科目编码
功能分类科目名称 合计 基本支出 项目支出
类 款 项
201 一般公共服务支出 21,601.00 12,291.00 9,310.00
201 13 商贸事务 21,601.00 12,291.00 9,310.00
201 13 01 行政运行 12,291.00 12,291.00
201 13 02 一般行政管理事务 9,310.00 9,310.00
208 社会保障和就业支出 2,119.00 2,119.00
208 05 行政事业单位养老支出 2,119.00 2,119.00
208 05 05 机关事业单位基本养老保险缴费支出 1,413.00 1,413.00
208 05 06
机关事业单位职业年金缴费
支出
706.00 706.00
合计 23,720.00 14,410.00 9,310.00
"""

REVENUE = """收入决算表
单位：万元
项目
本年收入合
计
财政拨款收
入
上级补助
收入
事业收
入
经营收入
附属单
位上
缴收入
其他收
入
支出功能分类
科目名称
科目编码
类 款 项
合计 2,946.25 2,940.05 6.20
201 一般公共服务支出 2,946.25 2,940.05 6.20
201 06 财政事务 2,946.25 2,940.05 6.20
"""

TOTAL = """收入支出决算总表
单位：万元
收入 支出
项目 决算数 项目 决算数
一、一般公共预算财政拨款收入 2,940.05 一、一般公共服务支出 2,500.00
二、政府性基金预算财政拨款收入 二、外交支出
八、其他收入 6.20 八、社会保障和就业支出 440.05
十九、住房保障支出
本年收入合计 2,946.25 本年支出合计 2,940.05
年初结转和结余 49.14 年末结转和结余 55.34
总计 2,995.39 总计 2,995.39
"""


def lines(text):
    return read_text(text.encode(), "0" * 64).lines


def texts(table):
    grid = Grid.of(table)
    return [[grid.text(r, c) for c in range(table.cols)] for r in range(table.rows)]


def test_a_figure_that_lost_its_blank_neighbour_goes_where_the_accounts_add_up():
    (table,), _, told = forms.split(lines(EXPENDITURE), 1)
    rows = {row[0]: row[2:] for row in texts(table)[1:]}
    assert told == []
    assert rows["2011301"] == ["12,291.00", "12,291.00", ""]
    assert rows["2011302"] == ["9,310.00", "", "9,310.00"]
    assert rows["2080506"] == ["706.00", "706.00", ""]


def test_a_name_broken_over_lines_is_one_name():
    (table,), _, _ = forms.split(lines(EXPENDITURE), 1)
    assert {row[0]: row[1] for row in texts(table)}["2080506"] == "机关事业单位职业年金缴费支出"


def test_columns_that_the_sums_do_not_tell_apart_are_left_out_and_told():
    (table,), _, told = forms.split(lines(REVENUE), 1)
    assert [(row[2], any(row[3:])) for row in texts(table)[1:]] == [("2,946.25", False)] * 3
    assert told == ["收入决算表的财政拨款收入、上级补助收入、事业收入、经营收入、附属单位上缴收入、其他收入"]


def test_what_was_left_out_makes_the_report_partial():
    document = read(f"某区财政局2024年度部门决算\n{REVENUE}".encode(), "x.txt").document
    assert document.status == "partial"
    assert "收入决算表的财政拨款收入" in document.reason


def test_revenue_and_expenditure_are_told_apart_by_their_labels():
    (table,), _, _ = forms.split(lines(TOTAL), 1)
    rows = texts(table)[2:]
    assert rows[0] == ["一、一般公共预算财政拨款收入", "2,940.05", "一、一般公共服务支出", "2,500.00"]
    assert rows[3] == ["", "", "十九、住房保障支出", ""]
    assert rows[-1] == ["总计", "2,995.39", "总计", "2,995.39"]


def test_figures_whose_labels_stand_on_other_lines_leave_the_table_unread():
    torn = TOTAL.replace("本年收入合计 2,946.25 本年支出合计 2,940.05", "2,946.25 2,940.05\n本年收入合计 本年支出合计")
    tables, prose, _ = forms.split(lines(torn), 1)
    assert tables == []
    assert any("总计" in line.text for line in prose)


def test_a_table_that_breaks_off_at_a_line_nobody_understands_is_not_read():
    broken = EXPENDITURE.replace("208 社会保障", "此处为无法辨认的一行 12\n208 社会保障")
    assert forms.split(lines(broken), 1)[0] == []


def test_headings_of_another_form_leave_the_table_unread():
    other = EXPENDITURE.replace("合计 基本支出 项目支出", "合计 人员经费 公用经费 发展经费")
    assert forms.split(lines(other), 1)[0] == []


def test_headings_and_page_numbers_repeated_on_the_next_page_are_no_rows():
    again = EXPENDITURE.replace("208 05 06\n", "— 12 —\n项目 支出预算\n功能分类科目编码\n类 款 项\n208 05 06\n")
    (table,), _, _ = forms.split(lines(again), 1)
    assert texts(table) == texts(forms.split(lines(EXPENDITURE), 1)[0][0])


def test_figures_in_columns_that_no_reader_understands_make_the_report_partial():
    rows = "\n".join(f"第{n}小学 {n}1.25 {n}2.50" for n in range(1, 7))
    document = read(f"某区教育局2024年度部门决算\n学校情况明细表\n{rows}".encode(), "x.txt").document
    assert document.status == "partial"
    assert "学校情况明细表" in document.reason


def test_amounts_in_sentences_are_no_unread_table():
    prose = "\n".join(f"{n}、教育支出年初预算为{n}1.25万元，支出决算为{n}2.50万元。" for n in range(1, 9))
    assert read(f"某区教育局2024年度部门决算\n{prose}".encode(), "x.txt").document.status == "parsed"
