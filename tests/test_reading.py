"""The five reports, by figures read from them by eye."""

from decimal import Decimal

import pytest
from reports import ALL, BENJI, CAIDIAN, DONGXIHU, LUSONG, QINGSHAN, figures, reading

from pipelines.core.traced import squeeze
from pipelines.reading import read


def facts(name, **want):
    return [f for f in reading(name).facts if all(getattr(f, k) == v for k, v in want.items())]


def test_the_monitoring_table_gives_the_department_and_forty_projects_as_printed():
    rows = {f.statement: f.subject for f in facts(DONGXIHU, measure="adjusted_budget")}
    assert len(rows) == 41
    assert len({f.subject for f in facts(DONGXIHU, subject_kind="programme")}) == 40
    assert list(rows.values())[:2] == ["部门整体", "城乡低保补助"]
    assert figures(DONGXIHU, "部门整体") == {
        "initial_budget": "6856. 91",
        "budget_adjustment": "632. 48",
        "adjusted_budget": "7489. 39",
        "executed": "3496. 71",
        "execution_rate": "17%",
    }
    assert figures(DONGXIHU, "其他民政管理事务(婚姻登记)")["executed"] == "11.99"


def test_amounts_are_yuan_and_rates_percent_points():
    (budget,) = facts(DONGXIHU, subject="城乡低保补助", measure="budget_adjustment")
    (rate,) = facts(DONGXIHU, subject="城乡低保补助", measure="execution_rate")
    assert (budget.amount_yuan, budget.value) == (Decimal("11747700"), None)
    assert (rate.amount_yuan, rate.value, rate.period_end_month) == (None, Decimal(46), 7)


def test_a_fund_whose_label_was_lost_is_known_by_its_place_among_the_others():
    funds = {
        f.fund_source: f.as_printed for f in facts(DONGXIHU, measure="budget_adjustment", subject_kind="fund_source")
    }
    assert funds == {"general": "359.12", "government_fund": "273.36", "other": "0"}


def test_levels_and_goals_that_stand_in_the_middle_of_their_rows_cover_them_all():
    targets = facts(DONGXIHU, measure="target")
    assert len(targets) == 29
    by_name = {f.subject: (f.goal, f.level1, f.level2) for f in targets}
    assert by_name["低保金应发尽发"] == ("年度绩效目标1", "产出指标", "数量指标")
    assert by_name["资金拨付足额及时"] == ("年度绩效目标2", "产出指标", "时效指标")
    assert by_name["居家上门服务对象数量"] == ("年度绩效目标3", "产出指标", "数量指标")
    assert by_name["运营主体满意率"] == ("年度绩效目标3", "满意度指标", "服务对象满意度指标")


def test_a_note_that_moves_money_gives_the_amount_moved():
    moved = {f.subject: f.as_printed for f in facts(DONGXIHU, measure="transferred")}
    assert moved["春节慰问"] == "1.1万元"
    assert moved["社区纳凉取暖"] == "266万"


def test_the_self_evaluation_table_gives_fifteen_scored_rows_and_their_total():
    scores = [f for f in facts(LUSONG, measure="score") if f.list_role == "part"]
    weights = [f for f in facts(LUSONG, measure="score_weight") if f.list_role == "part"]
    assert len(scores) == len(weights) == 15
    assert sum(f.value for f in weights) == 100
    assert sum(f.value for f in scores) == 94
    assert figures(LUSONG, "总分") == {"score_weight": "100", "score": "94"}


def test_base_data_keeps_its_blanks_blank():
    rows = {}
    for f in facts(LUSONG, table_number=1, origin="table"):
        if f.amount_yuan is not None:
            rows.setdefault(f.subject, {})[f.measure] = f.as_printed
    assert len(rows) == 18
    assert rows["公用经费"] == {"prior_year_final_account": "24.48", "budget": "21.42", "final_account": "51.47"}
    assert rows["收养评估"] == {"budget": "4", "final_account": "0"}


def test_figures_inside_one_cell_with_their_label_are_read():
    said = {f.subject: f.as_printed for f in facts(LUSONG, table_number=2) if f.list_role == "part" and f.amount_yuan}
    assert said == {
        "一般公共预算": "3219.95",
        "基本支出": "306.91",
        "政府性基金拨款": "205.49",
        "项目支出": "4175.33",
        "其他资金": "1056.85",
    }


def test_a_table_in_yuan_and_one_in_ten_thousand_yuan_agree():
    (detailed,) = facts(CAIDIAN, table_number=1, subject="总计", measure="final_account")
    (whole,) = facts(CAIDIAN, table_number=2, subject="部门整体支出总额", measure="executed")
    assert detailed.amount_yuan == Decimal("233669964.12")
    assert whole.amount_yuan == Decimal("233670000")


def test_goals_between_the_rows_of_an_indicator_table_hold_for_the_rows_below():
    goals = {f.subject: f.goal for f in facts(CAIDIAN, measure="target", origin="table")}
    assert len(goals) == 34
    assert goals["适老化改造户数"].startswith("年度目标1")
    assert goals["未成年人保护工作站建设"].startswith("年度目标2")
    assert goals["建设社工站"].startswith("年度目标4")


def test_a_project_form_flowed_with_spaces_gives_its_rate_and_its_scores():
    assert figures(QINGSHAN, "养老服务体系建设运营补助资金", table=1) == {
        "adjusted_budget": "1286. 7",
        "executed": "1269. 62",
        "execution_rate": "98. 70%",
        "score": "20",
    }
    assert sum(f.value for f in facts(QINGSHAN, measure="score", list_role="part")) == 100
    (count,) = facts(QINGSHAN, subject="享受运营补贴老年人服务中心(站)数量", measure="target")
    assert (count.value, count.text_value) == (Decimal(42), "42（3）")


def test_the_three_public_table_is_read_though_its_blanks_were_lost():
    said = {(f.subject, f.measure): (f.as_printed, f.contested) for f in facts(QINGSHAN, table_number=3)}
    assert said[("“三公”经费", "budget")] == ("0.3", False)
    assert said[("“三公”经费", "final_account")] == ("0.17", False)
    assert said[("公务接待费", "final_account")] == ("0.17", True)


def test_a_row_whose_columns_drifted_is_read_by_the_order_of_its_cells():
    said = {(f.measure, f.fund_source): f.as_printed for f in facts(BENJI, subject="社工助弱服务资助金")}
    assert said == {
        ("budget", "all"): "5906.95",
        ("budget", "general"): "5295.56",
        ("budget", "government_fund"): "311.39",
        ("executed", "all"): "5985.53",
        ("executed", "general"): "5274.37",
        ("executed", "government_fund"): "311.16",
        ("execution_rate", "all"): "100%",
    }
    assert len({f.subject for f in facts(BENJI, measure="execution_rate")}) == 16


@pytest.mark.parametrize(
    ("name", "issuer", "district", "year", "month"),
    [
        (DONGXIHU, "武汉市东西湖区民政局", "东西湖区", 2024, 7),
        (LUSONG, "株洲市芦淞区民政局", "芦淞区", 2024, 12),
        (CAIDIAN, "武汉市蔡甸区民政局", "蔡甸区", 2022, 12),
        (QINGSHAN, "武汉市青山区民政局", "青山区", 2023, 12),
        (BENJI, "民政局", None, 2021, 12),
    ],
)
def test_who_reports_about_which_year(name, issuer, district, year, month):
    identity = reading(name).identity
    assert (identity.issuer, identity.district) == (issuer, district)
    assert (identity.fiscal_year, identity.period_end_month) == (year, month)
    assert identity.evidence["district"]


@pytest.mark.parametrize("name", ALL)
def test_every_fact_stands_where_it_says(name):
    report = reading(name)
    cells = {(t.table.number, c.row, c.col): c.text for t in report.tables for c in t.table.cells}
    said = {s.number: s.text for s in report.sentences}
    assert report.facts
    for fact in report.facts:
        if fact.origin == "table":
            text = cells[(fact.table_number, fact.row, fact.col)]
        else:
            text = said[fact.sentence_number]
            assert squeeze(report.document.text[fact.start : fact.end]) == squeeze(fact.as_printed)
        assert fact.as_printed in text
        assert fact.quote == text


@pytest.mark.parametrize("name", ALL)
def test_money_is_yuan_everything_else_is_a_value_and_nothing_is_both(name):
    for fact in reading(name).facts:
        assert fact.amount_yuan is None or fact.value is None
        assert fact.amount_yuan is not None or fact.value is not None or fact.text_value is not None


def test_bytes_that_are_no_text_are_quarantined_with_a_reason():
    report = read(bytes(range(256)) * 40, "x.txt")
    assert report.document.status == "quarantined"
    assert report.document.reason
    assert not report.facts


def test_a_row_under_a_class_of_one_digit_has_no_code():
    """A real budget prints 事业单位医疗 as 7 | 11 | 02, below 210 | 11."""
    rows = (
        "类\t款\t项\t功能分类科目名称\t合计\t基本支出\t项目支出",
        "210\t\t\t卫生健康支出\t5037.24\t5037.24\t",
        "210\t11\t1\t行政单位医疗\t1.50\t1.50\t",
        "7\t11\t02\t事业单位医疗\t5035.74\t5035.74\t",
    )
    table = "\n".join(["2024年部门支出预算总表", "单位：万元", *rows, ""])
    codes = {f.subject: f.subject_code for f in read(table.encode(), "x.txt").facts}
    assert codes == {"卫生健康支出": "210", "行政单位医疗": "2101101", "事业单位医疗": None}
