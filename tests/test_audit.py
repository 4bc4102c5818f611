"""The audit of small hand-made reports: what is wrong is found once, where it stands; what is right is left alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from pipelines.audit.checks import discover
from pipelines.audit.examples import core_of
from pipelines.audit.ledger import REASONS
from pipelines.audit.run import AuditSummary, audit
from pipelines.audit.schema import TABLES

Fact = dict[str, Any]


def audited(*groups: Iterable[Fact], documents: Iterable[Mapping[str, Any]] = ()) -> duckdb.DuckDBPyConnection:
    """A database with the facts of all groups, audited."""
    con = core_of([fact for group in groups for fact in group], documents)
    audit(con)
    return con


def findings(*groups: Iterable[Fact]) -> list[dict[str, Any]]:
    found = audited(*groups).execute("select * from audit.findings")
    columns = [c[0] for c in found.description or []]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def project(number: int, subject: str, figures: Mapping[str, str], **more: Any) -> list[Fact]:
    """A row of a project table: a figure a measure, amounts in 万元 with two decimals customary."""
    return [
        {
            "measure": measure,
            "printed": printed,
            "subject": subject,
            "statement": f"t1r{number}",
            "row_no": number,
            "column_decimals": 2,
            **({"rate_basis": "adjusted"} if measure == "execution_rate" else {}),
            **more,
        }
        for measure, printed in figures.items()
    ]


def monitored(number: int, subject: str, *printed: str, moved: str | None = None) -> list[Fact]:
    """A row of a monitoring table: initial, added, adjusted, executed, rate; what its note says was transferred."""
    measures = ("initial_budget", "budget_adjustment", "adjusted_budget", "executed", "execution_rate")
    figures = dict(zip(measures, printed, strict=True))
    return project(number, subject, figures | ({"transferred": moved} if moved else {}))


def said(sentence: int, clause: int, subject: str, figures: Mapping[str, str], **more: Any) -> list[Fact]:
    """Figures said together in prose."""
    return [
        {
            "measure": measure,
            "printed": printed,
            "subject": subject,
            "statement": f"s{sentence}.{clause}",
            "sentence_no": sentence,
            "origin": "narrative",
            **more,
        }
        for measure, printed in figures.items()
    ]


def listed(name: str, total: Fact, parts: Iterable[Fact]) -> list[Fact]:
    return [
        total | {"list_id": name, "list_role": "total"},
        *(part | {"list_id": name, "list_role": "part"} for part in parts),
    ]


def by_fund(number: int, measure: str, total: str, **funds: str) -> list[Fact]:
    """A measure of one row by fund source, as a stated list."""
    base: Fact = {
        "measure": measure,
        "statement": f"t1r{number}",
        "row_no": number,
        "subject": f"项目{number}",
        "column_decimals": 2,
    }
    parts = [base | {"printed": printed, "fund_source": fund} for fund, printed in funds.items()]
    return listed(f"t1r{number}:{measure}", base | {"printed": total}, parts)


# ---- 东西湖 2024


def test_the_departments_rate_of_17_percent_is_46_69() -> None:
    (finding,) = findings(monitored(1, "部门整体", "6856. 91", "632. 48", "7489. 39", "3496. 71", "17%"))
    assert (finding["check_id"], finding["severity"], finding["unit"]) == ("RAT001", "error", "%")
    assert finding["reported"] == 17
    assert finding["expected_low"] <= Decimal("46.6889") <= finding["expected_high"]
    assert "46.69%" in finding["message_zh"]
    assert "46.69%" in finding["message_en"]
    assert finding["repair"] is not None


def test_the_rate_of_temporary_aid_of_13_percent_is_25_16() -> None:
    (finding,) = findings(monitored(3, "临时救助", "50", "12", "62", "15.6", "13%"))
    assert (finding["subject"], finding["repaired_value"]) == ("临时救助", Decimal("25.16"))


def test_a_subsidy_whose_total_was_left_at_zero_is_one_finding() -> None:
    (finding,) = findings(monitored(37, "养老机构运营补贴", "39.216", "0", "0", "0", "0"))
    assert finding["check_id"] == "SUM001"
    assert finding["repaired_value"] == Decimal("39.216")
    assert finding["slip"] == "not_filled"


def test_a_total_printed_with_fewer_decimals_is_right() -> None:
    row = monitored(27, "社区养老服务设施运营补贴", "433.2", "-344.2835", "88.9", "0", "0")
    con = audited(row)
    assert con.execute("select * from audit.findings").fetchall() == []
    assert con.execute("select rounding from audit.check_ledger where check_id = 'SUM001'").fetchall() == [(1,)]


def test_an_integer_in_a_column_of_decimals_is_exact() -> None:
    (finding,) = findings(monitored(1, "某项目", "50", "12", "63", "15.75", "25%"))
    assert finding["check_id"] == "SUM001"


def test_right_rows_of_the_monitoring_table_are_left_alone() -> None:
    rows = [
        monitored(1, "城乡低保补助", "423", "1174.77", "1597.77", "734.19", "46%"),
        monitored(2, "城乡特困供养人员救助", "306.68", "248.81", "555.49", "199.39", "35.9%"),
        monitored(7, "居家养老补贴", "12", "0", "12", "3.99", "33.3%"),
        monitored(25, "公益服务费", "2.4", "7.08", "9.48", "8.827", "93%"),
        monitored(31, "养老服务设施场地险", "12.694", "17.172", "29.866", "17.172", "58%"),
        monitored(4, "救急难基金补助资金", "60", "0", "60", "0", "0"),
    ]
    assert findings(*rows) == []


def test_a_transfer_that_explains_a_rate_is_told_and_is_a_warning() -> None:
    (finding,) = findings(monitored(28, "春节慰问", "9", "3", "12", "7.9", "75%", moved="1.1"))
    assert finding["severity"] == "warning"
    assert "(执行数 7.9 + 调剂数 1.1) ÷ 全年预算数 12 = 75%" in finding["message_zh"]
    assert "65.83%" in finding["message_zh"]


def test_a_transfer_over_the_initial_budget_explains_a_rate_too() -> None:
    (finding,) = findings(monitored(10, "节日慰问资金", "148", "-55.4", "92.6", "2.98", "39.4%", moved="55.4"))
    assert finding["severity"] == "warning"
    assert "年初预算数 148" in finding["message_zh"]


def test_a_percentage_over_zero_is_its_own_finding() -> None:
    rows = [
        monitored(5, "社区纳凉取暖", "133", "-133", "0", "0", "100%", moved="266"),
        monitored(13, "社区惠民项目", "1330", "-1330", "0", "0", "100%", moved="1330"),
    ]
    found = findings(*rows)
    assert [f["check_id"] for f in found] == ["RAT002", "RAT002"]
    assert [f["subject"] for f in found] == ["社区纳凉取暖", "社区惠民项目"]


def test_a_percentage_over_zero_that_nothing_explains_is_an_error() -> None:
    (finding,) = findings(monitored(5, "社区纳凉取暖", "133", "-133", "0", "0", "100%"))
    assert finding["severity"] == "error"


def test_a_wrong_total_does_not_make_its_rate_a_second_finding() -> None:
    (finding,) = findings(monitored(7, "居家养老补贴", "12", "0", "21", "3.99", "33.3%"))
    assert (finding["check_id"], finding["repaired_value"]) == ("SUM001", 12)
    assert {e["check_id"] for e in finding["equations"]} == {"SUM001", "RAT001"}


def test_fund_sources_of_a_table_add_up_for_each_measure() -> None:
    def table(other: str) -> list[Fact]:
        rows = {"all": "3496.71", "general": "3431.38", "government_fund": "61.63", "other": other}
        facts = [
            {
                "measure": "executed",
                "printed": printed,
                "fund_source": fund,
                "statement": f"t1r{n}",
                "column_decimals": 2,
                "subject_kind": "fund_source",
            }
            for n, (fund, printed) in enumerate(rows.items())
        ]
        return listed("t1:executed", facts[0], facts[1:])

    assert findings(table("3.7")) == []
    (finding,) = findings(table("37"))
    assert (finding["check_id"], finding["repaired_value"], finding["slip"]) == (
        "SUM002",
        Decimal("3.7"),
        "decimal_point",
    )


# ---- 2021 本级


def copied_rows() -> list[Fact]:
    facts: list[Fact] = []
    for number, subject in ((8, "社工助弱服务资助金"), (12, "社区服务中心运营经费")):
        facts += by_fund(number, "budget", "5906.95", general="5295.56", government_fund="311.39")
        facts += by_fund(number, "executed", "5985.53", general="5274.37", government_fund="311.16")
        facts += project(number, "", {"execution_rate": "100%"})
        facts = [f | ({"subject": subject} if f["row_no"] == number else {}) for f in facts]
    return facts


def test_one_digit_in_each_of_two_totals_is_two_findings_though_the_row_stands_twice() -> None:
    found = [f for f in findings(copied_rows()) if f["check_family"] != "copies"]
    assert sorted(f["repaired_value"] for f in found) == [Decimal("5585.53"), Decimal("5606.95")]
    for finding in found:
        assert finding["slip"] == "one_digit"
        assert "社工助弱服务资助金" in finding["subject"]
        assert "社区服务中心运营经费" in finding["subject"]
        assert {e["row_no"] for e in finding["evidence"]} == {8, 12}


def test_a_copied_row_is_its_own_warning() -> None:
    (finding,) = [f for f in findings(copied_rows()) if f["check_family"] == "copies"]
    assert finding["severity"] == "warning"


def test_two_rows_over_zero_are_not_taken_for_a_copy() -> None:
    rows = [monitored(n, f"项目{n}", "133", "-133", "0", "0", "100%") for n in (5, 13)]
    assert len(findings(*rows)) == 2


def test_one_fund_source_that_is_not_all_of_the_total_says_nothing() -> None:
    assert findings(by_fund(1, "budget", "277.99", general="218.49")) == []


def test_one_fund_source_is_the_total_where_the_table_fills_it_so() -> None:
    usual = [by_fund(n, "budget", f"{n}7.28", general=f"{n}7.28") for n in (1, 2, 3)]
    (finding,) = findings(*usual, by_fund(4, "budget", "61.8", general="64.00"))
    assert (finding["check_id"], finding["subject"]) == ("SUM002", "项目4")


def test_a_rate_of_100_percent_that_rounds_is_right_and_one_that_does_not_is_wrong() -> None:
    figures = {"budget": "24.97", "executed": "24.96", "execution_rate": "100%"}
    assert findings(project(3, "界线争议调处维权", figures, rate_basis="stated")) == []
    figures = {"budget": "4314.4", "executed": "4281.07", "execution_rate": "100%"}
    (finding,) = findings(project(7, "区人才工作专项", figures, rate_basis="stated"))
    assert (finding["check_id"], finding["reported"]) == ("RAT001", 100)
    assert "99.23%" in finding["message_zh"]


# ---- 芦淞 2024


def test_a_rate_over_the_initial_budget_is_said_to_be_one() -> None:
    figures = {
        "initial_budget": "4572.76",
        "adjusted_budget": "4532.05",
        "executed": "4532.05",
        "execution_rate": "99.11%",
    }
    (finding,) = findings(project(2, "年度资金总额", figures))
    assert finding["severity"] == "warning"
    assert "执行率以年初预算为分母" in finding["message_zh"]
    assert "initial budget" in finding["message_en"]


def test_basic_and_project_expenditure_that_do_not_make_the_total_are_shown_and_nobody_is_blamed() -> None:
    facts = listed(
        "t2:expenditure",
        {"measure": "executed", "printed": "4532.05", "subject": "年度资金总额", "statement": "t2r2"},
        [
            {"measure": "basic_expenditure", "printed": "306.91", "statement": "t2r4"},
            {"measure": "project_expenditure", "printed": "4175.33", "statement": "t2r5"},
        ],
    )
    (finding,) = findings(facts)
    assert (finding["check_id"], finding["repair"]) == ("SUM004", None)
    assert finding["difference"] == Decimal("49.81")
    assert "306.91 + 项目支出 4175.33 = 4482.24" in finding["equation"]


def scores(total: str) -> list[Fact]:
    """The execution rate's row, three indicators and the total of a self-evaluation table."""
    weighed = {"t2r1": ("10", "9"), "t2r2": ("40", "36"), "t2r3": ("30", "30"), "t2r4": ("20", "19")}
    facts: list[Fact] = []
    for measure, at, whole in (("score_weight", 0, "100"), ("score", 1, total)):
        end = {"measure": measure, "printed": whole, "subject": "总分", "statement": "t2r9"}
        parts = [{"measure": measure, "printed": pair[at], "statement": s} for s, pair in weighed.items()]
        facts += listed(f"t2:{measure}", end, parts)
    return facts


def test_scores_add_up_with_the_execution_rate_as_a_scored_row() -> None:
    assert findings(scores("94")) == []
    (finding,) = findings(scores("95"))
    assert (finding["check_id"], finding["difference"]) == ("SCO001", 1)


def test_scores_short_of_the_total_say_nothing_where_rows_may_be_unread() -> None:
    parts = [{"measure": "score", "printed": "20", "statement": f"t2r{n}"} for n in range(3)]
    assert findings(listed("t2:score", {"measure": "score", "printed": "100", "statement": "t2r9"}, parts)) == []


def test_project_expenditure_adds_up_and_public_and_personnel_are_not_all_of_it() -> None:
    total = {"measure": "expenditure", "printed": "3219.95", "statement": "s31.1", "origin": "narrative"}
    parts = [
        {"measure": "personnel_expenditure", "printed": "255.44", "statement": "s31.2", "origin": "narrative"},
        {"measure": "public_expenditure", "printed": "51.47", "statement": "s31.3", "origin": "narrative"},
    ]
    assert findings(listed("s31:expenditure", total, parts)) == []


# ---- 蔡甸 2022


def test_yuan_in_the_table_and_ten_thousand_yuan_in_prose_are_compared_in_yuan() -> None:
    total = {"measure": "adjusted_budget", "printed": "233,669,964.12", "unit": "元", "statement": "t1r6"}
    funds = {"general": "218,492,342.07", "government_fund": "11,831,432.45", "other": "3,346,189.60"}
    parts = [
        {"measure": "adjusted_budget", "printed": p, "unit": "元", "fund_source": f, "statement": f"t1{f}"}
        for f, p in funds.items()
    ]
    prose = said(42, 1, "整体", {"initial_budget": "27,799.22"})
    prose += said(43, 1, "整体", {"budget_adjustment": "-4,432.22", "adjusted_budget": "23,367.00"})
    assert findings(listed("t1:adjusted_budget", total, parts), prose) == []


# ---- 青山 2023


def test_a_change_said_once_as_5_57_and_once_as_5_75_is_5_57() -> None:
    facts = said(31, 1, "基本支出", {"prior_year_final_account": "492.85"}, year_offset=-1)
    facts += said(31, 1, "基本支出", {"final_account": "498.42"})
    facts += said(31, 1, "基本支出", {"change_amount": "5.57"}, rate_basis="prior")
    facts += said(39, 2, "基本支出", {"change_amount": "5.75"}, rate_basis="prior")
    (finding,) = findings(facts)
    assert (finding["reported"], finding["repaired_value"]) == (Decimal("5.75"), Decimal("5.57"))
    assert finding["slip"] == "swapped_digits"


def test_two_equally_good_repairs_are_a_row_each_and_none_is_claimed() -> None:
    (finding,) = findings(monitored(1, "社会救助", "18.10", "0", "18.01", "9", "50%"))
    rows = finding["alternatives"]
    assert finding["repair"] is None and len({r["option"] for r in rows}) == len(rows) > 1
    assert {(r["printed"], r["proposed"], r["slip"]) for r in rows} >= {
        ("18.10", Decimal("18.01"), "swapped_digits"),
        ("18.01", Decimal("18.10"), "swapped_digits"),
    }
    assert all(r["change_zh"] and r["change_en"] and r["fact_id"] in finding["fact_ids"] for r in rows)


def test_what_is_claimed_leaves_no_alternatives() -> None:
    (finding,) = findings(monitored(3, "临时救助", "50", "12", "62", "15.6", "13%"))
    assert finding["repair"] and finding["alternatives"] == []


def test_rates_of_a_table_that_were_cut_off_are_one_hint_and_no_error() -> None:
    rows = [
        monitored(1, "部门整体", "7489.39", "0", "7489.39", "3496.71", "46.6%"),
        monitored(2, "临时救助", "50", "12", "62", "19.95", "32.1%"),
        monitored(3, "春节慰问", "12", "0", "12", "9", "75%"),
    ]
    (finding,) = findings(*rows)
    assert (finding["severity"], finding["check_id"], finding["repair"]) == ("hint", "RAT001", None)
    assert "按截尾" in finding["message_zh"] and "32.18% ≠ 执行率 32.1%" in finding["message_zh"]
    assert "cut off" in finding["message_en"] and "春节慰问" not in finding["message_zh"]
    assert len(finding["evidence"]) == 6


def test_cut_off_figures_of_two_tables_are_two_hints() -> None:
    row = monitored(1, "临时救助", "50", "12", "62", "19.95", "32.1%")
    other = [f | {"table_no": 2, "table_id": "d1:t2", "statement": "t2r1"} for f in row]
    assert [f["severity"] for f in findings(row, other)] == ["hint", "hint"]


def test_a_growth_told_as_a_fall_has_its_direction_turned_round_not_its_sign() -> None:
    facts = said(31, 1, "基本支出", {"prior_year_final_account": "1,096.67"}, year_offset=-1)
    facts += said(31, 1, "基本支出", {"final_account": "1,822.95"})
    facts += said(31, 1, "基本支出", {"change_rate": "66.23"}, rate_basis="prior", value=Decimal("-66.23"))
    (finding,) = findings(facts)
    assert (finding["slip"], finding["repaired_value"]) == ("direction", Decimal("66.23"))
    assert "减少66.23 → 增加66.23%（增减方向写反）" in finding["message_zh"]
    assert "less by 66.23 → more by 66.23% (the direction turned round)" in finding["message_en"]
    assert "正负号" not in finding["message_zh"]


def items(initial_total: str) -> list[Fact]:
    """Three of the numbered items of a section whose lead states both totals."""
    figures = {"s88.1": ("0", "0.89"), "s89.1": ("264.32", "314.55"), "s92.1": ("79.25", "79.25")}
    facts: list[Fact] = []
    for measure, at, whole in (("initial_budget", 0, initial_total), ("final_account", 1, "394.69")):
        end = {"measure": measure, "printed": whole, "statement": "s63.1", "origin": "narrative", "subject": "支出"}
        parts = [
            {"measure": measure, "printed": pair[at], "statement": s, "origin": "narrative"}
            for s, pair in figures.items()
        ]
        facts += listed(f"sec87:{measure}", end, parts)
    return facts


def test_items_whose_final_accounts_add_up_must_add_up_in_the_budget_too() -> None:
    assert findings(items("343.57")) == []
    (finding,) = findings(items("461.57"))
    assert (finding["check_id"], finding["difference"]) == ("SUM008", 118)


def test_a_growth_of_0_99_on_32_46_is_3_2_percent() -> None:
    facts = said(151, 1, "机关运行经费支出", {"expenditure": "32.46"})
    facts += said(151, 1, "机关运行经费支出", {"change_amount": "0.99", "change_rate": "3.2%"}, rate_basis="initial")
    assert findings(facts) == []


def test_a_rate_of_a_kind_of_expenditure_is_checked_against_what_was_said_before() -> None:
    facts = said(386, 2, "基本支出", {"budget": "448.2"}) + said(387, 2, "基本支出", {"executed": "498.43"})
    assert findings(facts, said(388, 1, "基本支出", {"execution_rate": "111.2%"})) == []
    (finding,) = findings(facts, said(388, 1, "基本支出", {"execution_rate": "112.1%"}))
    assert (finding["check_id"], finding["repaired_value"]) == ("RAT004", Decimal("111.2"))


def test_a_decrease_said_in_words_gets_its_sign_in_the_equation() -> None:
    facts = said(189, 1, "机关运行经费", {"budget": "1,115.85"})
    facts += said(189, 1, "机关运行经费", {"change_amount": "-2,233.13", "change_rate": "-69.66%"}, rate_basis="prior")
    for fact in facts[1:]:
        fact["as_printed"] = fact["printed"].lstrip("-")
    (finding,) = findings(facts)
    assert "增减额 -2,233.13 ÷ (预算数 1,115.85 - 增减额 -2,233.13) = -66.68%" in finding["equation"]


def test_a_share_that_includes_transferred_money_is_not_compared_with_what_does_not() -> None:
    facts = said(64, 2, "项目支出", {"project_expenditure": "10725.3"})
    facts += said(158, 1, "自评资金", {"expenditure": "11164.08"}, scope="含调拨资金")
    quote = "资金11164.08万元（含调拨资金），占一般公共预算项目支出总额的99.5%。"
    facts += said(158, 1, "自评资金", {"share": "99.5%"}, quote=quote)
    assert findings(facts) == []


def test_a_completion_over_a_budget_added_in_the_year_is_right() -> None:
    figures = {"initial_budget": "0", "budget_adjustment": "205.9", "executed": "129.43", "completion_rate": "62.9%"}
    assert findings(said(130, 1, "突发公共卫生事件应急处理", figures, rate_basis="stated")) == []


def test_completing_a_budget_whose_amount_is_not_said_is_not_a_percentage_over_zero() -> None:
    figures = {"initial_budget": "0", "final_account": "10", "completion_rate": "100%"}
    assert findings(said(91, 1, "一般行政管理事务", figures, rate_basis="stated")) == []


def test_a_programme_handed_over_in_whole_is_executed_in_whole() -> None:
    figures = {"budget": "236", "transferred": "236", "execution_rate": "100%"}
    con = audited(said(181, 1, "纳凉取暖经费", figures, rate_basis="stated"))
    assert con.execute("select verdict, reading from audit.verdicts where check_id = 'RAT001'").fetchall() == [
        ("pass", "moved_adjusted")
    ]


def test_a_percentage_with_trailing_zeros_is_right() -> None:
    figures = {"adjusted_budget": "1286. 7", "executed": "1269. 62", "execution_rate": "98. 70%"}
    assert findings(project(2, "养老服务体系建设运营补助资金", figures)) == []


def test_the_same_figure_as_the_total_of_two_lists_is_one_figure() -> None:
    shared = {"sentence_id": "d1:s63", "row_no": None, "col_no": None, "char_start": 10, "char_end": 18}
    total = {"measure": "final_account", "printed": "394.69", "statement": "s63.1", "origin": "narrative", **shared}
    rate = said(63, 1, "支出", {"initial_budget": "343.57", "completion_rate": "114.9%"}, rate_basis="initial")
    first = [{"measure": "final_account", "printed": "394.69", "statement": "s64.1", "origin": "narrative"}]
    con = audited(listed("a", total, first), listed("b", total, first), rate)
    assert con.execute("select verdict from audit.verdicts where check_id = 'RAT003'").fetchall() == [("pass",)]


# ---- what the audit writes


def test_a_failure_over_a_contested_figure_is_a_doubt_and_no_finding() -> None:
    row = monitored(3, "临时救助", "50", "12", "62", "15.6", "13%")
    doubted = [f | {"contested": f["measure"] == "executed"} for f in row]
    con = audited(doubted)
    assert con.execute("select count(*) from audit.findings").fetchall() == [(0,)]
    assert con.execute("select parse_doubt from audit.check_ledger where check_id = 'RAT001'").fetchall() == [(1,)]


def test_evidence_names_the_place_of_the_wrong_figure_first() -> None:
    (finding,) = findings(monitored(3, "临时救助", "50", "12", "62", "15.6", "13%"))
    first = finding["evidence"][0]
    assert (first["file"], first["page"], first["row_no"], first["quote"]) == ("d1.txt", 1, 3, "13%")
    assert finding["fact_ids"][0] == "d1:f5"


def test_the_ledger_has_every_check_of_every_document_and_a_reason_for_each_without_an_equation() -> None:
    con = audited(
        monitored(1, "部门整体", "6856.91", "632.48", "7489.39", "3496.71", "17%"),
        documents=[{"document_id": "scan", "status": "quarantined"}, {"document_id": "prose"}],
    )
    rows = con.execute(
        "select document_id, candidates, not_evaluated_reason from audit.check_ledger order by check_id"
    ).fetchall()
    assert len(rows) == 3 * len(discover())
    assert all((candidates == 0) == (reason is not None) for _, candidates, reason in rows)
    assert {reason for _, _, reason in rows if reason} <= set(REASONS)
    assert {reason for d, _, reason in rows if d == "scan"} == {"document not read"}


def test_a_heading_that_nobody_mapped_is_the_reason_why_a_check_found_nothing() -> None:
    con = audited([{"measure": "unmapped:累计拨付", "printed": "5"}])
    rows = con.execute("select not_evaluated_reason from audit.check_ledger where check_id = 'RAT001'").fetchall()
    assert rows == [("heading not mapped",)]


def test_the_ledger_counts_are_the_verdicts() -> None:
    con = audited(
        monitored(3, "临时救助", "50", "12", "62", "15.6", "13%"),
        monitored(5, "社区纳凉取暖", "133", "-133", "0", "0", "100%"),
    )
    counted = con.execute(
        """
        select sum(candidates), sum(passed + rounding + failed + not_applicable + insufficient_data + parse_doubt)
        from audit.check_ledger
        """
    ).fetchall()
    (verdicts,) = con.execute("select count(*) from audit.verdicts").fetchall()
    assert counted == [(verdicts[0], verdicts[0])]


def test_the_same_facts_give_the_same_findings_in_the_same_order() -> None:
    facts = [*copied_rows(), *monitored(3, "临时救助", "50", "12", "62", "15.6", "13%")]
    assert findings(facts) == findings(facts)


def test_a_finding_keeps_its_name_until_its_figures_change() -> None:
    row = monitored(3, "临时救助", "50", "12", "62", "15.6", "13%")
    (before,) = findings(row)
    after = findings(monitored(9, "另一项目", "50", "12", "62", "15.6", "14%"), row)
    assert before["finding_id"] in {f["finding_id"] for f in after}
    (changed,) = findings(monitored(3, "临时救助", "50", "12", "62", "15.6", "14%"))
    assert changed["finding_id"] != before["finding_id"]


def test_every_finding_has_a_name_of_its_own() -> None:
    rows = [monitored(n, f"项目{n}", "50", "12", "62", "15.6", "13%") for n in range(1, 6)]
    assert len({f["finding_id"] for f in findings(*rows)}) == 5


def test_a_document_without_facts_and_a_database_without_documents_are_audited_too() -> None:
    assert audit(core_of([])) == AuditSummary(0, len(discover()), 0, {}, {"error": 0, "warning": 0, "hint": 0}, 0)
    con = audited(documents=[{"document_id": "empty"}])
    assert con.execute("select count(*) from audit.check_ledger").fetchall() == [(len(discover()),)]


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_audit_table_and_column_is_described_in_two_languages(table: Any) -> None:
    con = audited(monitored(3, "临时救助", "50", "12", "62", "15.6", "13%"))
    described = con.execute(
        "select column_name, comment from duckdb_columns() where schema_name = 'audit' and table_name = ?", [table.name]
    ).fetchall()
    assert [name for name, _ in described] == [c.name for c in table.columns]
    assert all(comment and " / " in comment for _, comment in described)


def test_the_catalogue_says_how_small_an_error_is_sure_to_be_caught() -> None:
    con = audited(monitored(1, "城乡低保补助", "423", "1174.77", "1597.77", "734.19", "46%"))
    rows = dict(con.execute("select check_id, smallest_error_caught from audit.check_catalogue").fetchall())
    assert rows["SUM001"] == "0.04万元"
    assert rows["SCO001"] is None
