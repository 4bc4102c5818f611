"""Column headings and indicator levels mean what the forms mean by them, however broken."""

import re

import pytest

from pipelines.vocab import MeasureMatch, level1_of, level2_of, measure_of, parent_of
from pipelines.vocab.lists import rows

CONTRACT = {
    "initial_budget", "budget_adjustment", "adjusted_budget", "executed", "forecast_executed", "final_account",
    "prior_year_final_account", "prior_year_budget", "prior_year_executed", "budget", "basic_expenditure",
    "project_expenditure", "personnel_expenditure", "public_expenditure", "revenue", "expenditure", "carried_in",
    "carried_out", "change_amount", "execution_rate", "completion_rate", "change_rate", "share", "score_weight",
    "score", "target", "actual", "count",
}  # fmt: skip


def test_every_measure_of_the_list_is_one_of_the_contract():
    listed = rows("measures.csv")
    assert {r["measure"] for r in listed} - {""} <= CONTRACT
    assert {r["prior_year_measure"] for r in listed} - {""} <= CONTRACT
    assert {r["rate_basis"] for r in listed} <= {"", "initial", "adjusted", "stated", "prior"}
    for r in listed:
        re.compile(r["pattern"])


@pytest.mark.parametrize(
    ("heading", "measure"),
    [
        ("年初 预算数", "initial_budget"),
        ("年中追加数 /调减数", "budget_adjustment"),
        ("追加 预算数", "budget_adjustment"),
        ("小计", "adjusted_budget"),
        ("全年预算数 > 小计", "adjusted_budget"),
        ("全年预算数（A）", "adjusted_budget"),
        ("预算数（A）", "adjusted_budget"),
        ("调整预算数", "adjusted_budget"),
        ("预算调整数", "budget_adjustment"),
        ("执行数（B）", "executed"),
        ("实际支出金额", "executed"),
        ("决算数", "final_account"),
        ("预算数", "budget"),
        ("项目年度预算金额 > 其中：财政拨款 > 一般公共预算", "budget"),
        ("预算数 > 公务用车购置及运行维护费 > 小计", "budget"),
        ("决算数 > 合计", "final_account"),
        ("基本支出", "basic_expenditure"),
        ("项目支出", "project_expenditure"),
        ("人员经费", "personnel_expenditure"),
        ("公用经费", "public_expenditure"),
        ("本年收入合计", "revenue"),
        ("本年支出合计", "expenditure"),
        ("年初结转和结余", "carried_in"),
        ("上年结转", "carried_in"),
        ("年末结转和结余", "carried_out"),
        ("分值", "score_weight"),
        ("得分（20分*执行率）（20分）", "score"),
        ("年初目标值（A）", "target"),
        ("年度指标值", "target"),
        ("实际完成值（B）", "actual"),
        ("编制数", "count"),
        ("控制率", "share"),
    ],
)
def test_what_a_heading_measures(heading, measure):
    match = measure_of(heading, 2024)
    assert match is not None
    assert match.measure == measure


@pytest.mark.parametrize(
    "heading", ["项目名称", "合计", "全年预算数 > 指标偏差大或未完成原因分析(简要概述)", "贝亚木你"]
)
def test_a_heading_that_says_no_measure_gives_none(heading):
    assert measure_of(heading, 2024) is None


def test_months_in_a_heading_are_its_period():
    executed = MeasureMatch("executed", period_end_month=7)
    assert measure_of("1-7月执行 数", 2024) == executed
    assert measure_of("一至七月执行数", 2024) == executed
    assert measure_of("截至7月底执行数", 2024) == executed
    assert measure_of("上半年执行数", 2024) == MeasureMatch("executed", period_end_month=6)
    assert measure_of("全年预计 执行数", 2024) == MeasureMatch("forecast_executed", period_end_month=12)


def test_a_printed_year_counts_from_the_reports_own():
    assert measure_of("2023年决算数", 2024) == MeasureMatch("prior_year_final_account", year_offset=-1)
    assert measure_of("2024年决算数", 2024) == MeasureMatch("final_account")
    assert measure_of("2023年度 > 预算数 > 合计", 2024) == MeasureMatch("prior_year_budget", year_offset=-1)
    assert measure_of("上年决算数", None) == MeasureMatch("prior_year_final_account", year_offset=-1)
    assert measure_of("2025年当年预算执行数", 2026) == MeasureMatch("prior_year_executed", year_offset=-1)


def test_a_rate_says_which_denominator_its_words_name():
    basis = {
        heading: getattr(measure_of(heading, 2024), "rate_basis", None)
        for heading in ("完成年初预算的%", "完成预算的%", "完成调整预算的%", "执行率（B/A）", "增长（%）", "占比")
    }
    assert basis == {
        "完成年初预算的%": "initial", "完成预算的%": "stated", "完成调整预算的%": "adjusted", "执行率（B/A）": "stated",
        "增长（%）": "prior", "占比": "stated",
    }  # fmt: skip


def test_a_unit_in_the_brackets_of_a_heading_is_kept():
    assert measure_of("年初预算数（万元）", 2024) == MeasureMatch("initial_budget", unit="万元")
    assert measure_of("增减（万元）", 2024) == MeasureMatch("change_amount", unit="万元")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("产出\n\n指标", "产出指标"),
        ("产出指标\n(40分)", "产出指标"),
        ("效益指标\n（20分）\n　", "效益指标"),
        ("满意度指 标", "满意度指标"),
        ("产出效益", "产出指标"),
        ("社会效益", "效益指标"),
        ("成本指标（20分）", "成本指标"),
        ("双平1日你", None),
        ("", None),
    ],
)
def test_level_1_of_a_broken_cell(text, name):
    assert level1_of(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("社会效益指", "社会效益指标"),
        ("经济效\n\n益指标", "经济效益指标"),
        ("服务对象满 意度指标", "服务对象满意度指标"),
        ("经济成本指", "经济成本指标"),
        ("生态环境成本指标", "生态环境成本指标"),
        ("可持续影响", "可持续影响指标"),
        ("经济", None),
        ("灰重钼你", None),
    ],
)
def test_level_2_of_a_broken_cell(text, name):
    assert level2_of(text) == name


def test_every_level_2_has_its_level_1():
    assert parent_of("时效指标") == "产出指标"
    assert parent_of("经济成本指标") == "成本指标"
    level1 = {r["name"] for r in rows("indicator_levels.csv") if r["level"] == "1"}
    assert {r["parent"] for r in rows("indicator_levels.csv") if r["level"] == "2"} <= level1
