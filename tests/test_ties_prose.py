"""The same figure twice, in prose and tables or twice in prose: what agrees, contradicts or cannot be compared."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from handmade import cached
from pdf_corpus import FULIYUAN_2024, SIFAJU_2026, WANLI_2024, corpus_bytes

from pipelines.audit.checks import discover
from pipelines.audit.examples import core_of
from pipelines.audit.run import audit
from pipelines.reading import read
from pipelines.warehouse import build

CHECKS = {c.id: c for c in discover()}
OWN = ("TIE101", "TIE102", "TIE103", "TIE104", "TIE105", "CHG002", "CHG004", "CHG005", "RAT006", "SUM018")
BUDGETS = {"report": {"families": ["budgets"]}}
FINAL = {"report": {"families": ["final_accounts"]}}


def audited(said: list[dict[str, Any]], *ids: str) -> duckdb.DuckDBPyConnection:
    con = core_of(said)
    audit(con, [CHECKS[i] for i in ids or OWN])
    return con


def verdicts(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return con.execute("select check_id, verdict from audit.verdicts order by all").fetchall()


def row(code: str, name: str, amount: str, kind: str = "budget_general_expenditure", **more: Any) -> dict[str, Any]:
    """A row of a table of accounts; `more` overrides what a fact says."""
    number = int(code)
    return {
        "measure": "expenditure",
        "printed": amount,
        "unit": "元",
        "subject": name,
        "subject_code": code,
        "subject_kind": "functional_item",
        "table_kind": kind,
        "statement": f"{kind}{code}",
        "row_no": number,
        **more,
    }


def told(subject: str, amount: str, place: str = "s1.1", **more: Any) -> dict[str, Any]:
    """A budget that prose states of an account, said of fiscal appropriations unless `more` says otherwise."""
    return {
        "measure": "budget",
        "printed": amount,
        "subject": subject,
        "subject_kind": "functional_item",
        "scope": "财政拨款",
        "origin": "narrative",
        "statement": place,
        **more,
    }


def total(amount: str, **more: Any) -> dict[str, Any]:
    return told("财政拨款收入", amount, subject_kind="fund_source", **more)


PENSION = "社会保障和就业支出（208类）行政事业单位养老支出（05款）行政单位离退休（01项）"
ACCOUNTS = [
    row("208", "社会保障和就业支出", "2133547.00"),
    row("20805", "行政事业单位养老支出", "2133547.00"),
    row("2080501", "行政单位离退休", "561240.00"),
    row("2080505", "机关事业单位基本养老保险缴费支出", "1572307.00"),
]


def test_an_amount_in_10000_yuan_agrees_with_the_yuan_that_it_rounds() -> None:
    assert verdicts(audited([*ACCOUNTS, told(PENSION, "56.12")])) == [("TIE101", "pass")]


def test_an_amount_in_yuan_in_100_million_or_without_decimals_is_compared_as_precisely_as_it_is_printed() -> None:
    for printed, unit in (("561,240", "元"), ("561240.00", "元"), ("56", "万元"), ("0.0056", "亿元")):
        con = audited([*ACCOUNTS, told(PENSION, printed, unit=unit)])
        assert verdicts(con) == [("TIE101", "pass")], (printed, unit)
    assert verdicts(audited([*ACCOUNTS, told(PENSION, "57")])) == [("TIE101", "fail")]


@pytest.mark.parametrize(
    "name",
    [
        "社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）",
        "社会保障和就业支出(类)行政事业单位养老支出(款)行政单位离退休(项)",
        "行政事业单位养老支出（款）行政单位离退休（项）",
        "行政事业单位养老支出（款）行政单位离退休（项）支出",
        "行政单位离退休",
    ],
)
def test_an_account_without_codes_is_known_by_its_names(name: str) -> None:
    assert verdicts(audited([*ACCOUNTS, told(name, "57.8")])) == [("TIE101", "fail")]


@pytest.mark.parametrize(
    ("cut", "verdict"),
    [
        ("社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休", [("TIE101", "fail")]),
        ("社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老", []),
        ("社会保障和就业支出（类）行政事业单位养老", []),
    ],
)
def test_an_account_whose_name_a_line_end_cuts_off_is_not_taken_for_the_account_above_it(
    cut: str, verdict: list[tuple[str, str]]
) -> None:
    assert verdicts(audited([*ACCOUNTS, told(cut, "84.65")])) == verdict


def test_two_accounts_of_whose_names_only_the_level_is_left_are_not_one() -> None:
    assert verdicts(audited([told("（项）", "277.05"), told("（项）", "415.33", "s2.1")])) == []


def test_an_amount_that_tables_and_words_prove_wrong_is_put_right_before_its_percentage_is_judged() -> None:
    house = "住房保障支出（类）住房改革支出（款）购房补贴（项）"
    con = audited(
        [
            row("22102", "住房改革支出", "3861459.00"),
            row("2210201", "住房公积金", "1791459.00"),
            row("2210203", "购房补贴", "2070000.00"),
            told(house, "207"),
            told(house, "170.03", "s2.1"),
            told(house, "241.76", "s2.1", measure="prior_year_executed", year_offset=-1),
            told(
                house,
                "21.74%",
                "s2.1",
                measure="change_rate",
                rate_basis="prior",
                column_label="比2025年预算执行数增加",
            ),
        ],
        *OWN,
        "SUM011",
    )
    columns = "check_id, reported, repaired_value, message_zh"
    found = con.execute(f"select {columns} from audit.findings order by 1").fetchall()
    assert [f[:3] for f in found] == [
        ("CHG004", Decimal("21.74"), Decimal("-14.38")),
        ("TIE101", Decimal("170.03"), Decimal("207")),
    ]
    assert "(预算数 207.00 - 上年执行数 241.76) ÷ 上年执行数 241.76 = -14.38%" in found[0][3]
    assert "式中预算数 207.00是更正后的数。" in found[0][3]


def test_an_account_whose_name_two_rows_carry_is_not_compared_by_name() -> None:
    two = [
        row("2013601", "行政运行", "1000000.00"),
        row("2080201", "行政运行", "2000000.00"),
    ]
    assert verdicts(audited([*two, told("行政运行", "300.00")])) == []


def test_the_section_tells_items_of_the_same_name_apart() -> None:
    two = [
        row("20132", "组织事务", "1000000.00"),
        row("2013202", "一般行政管理事务", "1000000.00"),
        row("20133", "宣传事务", "2000000.00"),
        row("2013302", "一般行政管理事务", "2000000.00"),
    ]
    publicity = told("一般公共服务支出（类）宣传事务（款）一般行政管理事务（项）", "200.00")
    assert verdicts(audited([*two, publicity])) == [("TIE101", "pass")]


def test_fiscal_money_is_not_compared_with_all_money_of_an_account() -> None:
    """社会福利院 pays the same account from its own revenue as well."""
    whole = [row("2081005", "社会福利事业单位", "9584796", kind="budget_expenditure")]
    whole.append(row("2081006", "养老服务", "100", kind="budget_expenditure"))
    assert verdicts(audited([*whole, told("社会福利（款）社会福利事业单位（项）", "696.48")])) == []


def test_an_account_in_a_table_of_funds_as_well_is_not_compared_with_the_general_budget_alone() -> None:
    funds = [row(code, "某支出", "100000.00", kind="budget_government_fund") for code in ("2080501", "2296002")]
    assert verdicts(audited([*ACCOUNTS, *funds, told(PENSION, "66.12")])) == []


def test_the_budget_at_the_years_start_is_not_compared_with_the_final_account() -> None:
    final = [row("2080501", "行政单位离退休", "846500", kind="final_general_expenditure")]
    final.append(row("2080505", "机关事业单位基本养老保险缴费支出", "100", kind="final_general_expenditure"))
    initial = told(PENSION, "85.55", measure="initial_budget", fund_source="general", scope="一般公共预算")
    account = told(PENSION, "84.65", measure="final_account", fund_source="general", scope="一般公共预算")
    assert verdicts(audited([*final, initial, account])) == [("TIE101", "pass")]


def test_last_years_execution_is_not_compared_with_this_years_budget() -> None:
    before = told(PENSION, "57.43", measure="prior_year_executed", year_offset=-1)
    assert verdicts(audited([*ACCOUNTS, before])) == []


def test_money_with_what_was_moved_to_others_is_of_another_scope() -> None:
    said = [told("低保", "50", subject_kind="programme", scope=None), told("低保", "66", "s2.1", scope="含调拨资金")]
    assert verdicts(audited([said[0] | {"subject_kind": "programme"}, said[1] | {"subject_kind": "programme"}])) == []


def test_all_revenue_is_not_compared_with_fiscal_revenue() -> None:
    all_of_it = told("收入", "1212.12", subject_kind="department_total", scope=None)
    assert verdicts(audited([all_of_it, total("950.12", place="s1.2")])) == []


def test_a_budget_that_is_said_of_neither_year_nor_grand_total_is_not_compared_where_they_differ() -> None:
    def sheet(subject: str, amount: str, row_no: int) -> dict[str, Any]:
        of_table = {"origin": "table", "scope": None, "table_kind": "budget_total", "column_label": "收入 > 预算数"}
        return told(subject, amount, f"t1r{row_no}.1", subject_kind="department_total", row_no=row_no, **of_table)

    said = told("收入", "120.00", "s1.1", subject_kind="department_total", scope=None, column_label="预算")
    with_carried = [sheet("本年收入合计", "100.00", 1), sheet("收入总计", "120.00", 2)]
    assert verdicts(audited([BUDGETS, *with_carried, said | {"printed": "110.00"}])) == []
    grand = said | {"column_label": "预算总计", "printed": "110.00"}
    assert verdicts(audited([BUDGETS, *with_carried, grand])) == [("TIE102", "fail")]


def test_a_wrong_amount_that_breaks_table_text_and_rate_is_one_finding_with_its_repair() -> None:
    said = [
        told(PENSION, "56.12"),
        told(PENSION, "57.8", "s2.1"),
        told(PENSION, "57.43", "s2.1", measure="prior_year_executed", year_offset=-1),
        told(
            PENSION,
            "-2.27%",
            "s2.1",
            measure="change_rate",
            rate_basis="prior",
            column_label="比2025年预算执行数减少",
        ),
    ]
    con = audited([*ACCOUNTS, *said])
    found = con.execute("select check_id, repaired_value, len(equations) from audit.findings").fetchall()
    assert found == [("TIE101", Decimal("56.12"), 3)]


def test_the_same_name_in_one_list_twice_is_two_accounts() -> None:
    parts = [
        told("一般行政管理事务", amount, place, measure="final_account", list_id="sec1:final_account", list_role="part")
        for amount, place in (("0.89", "s1.1"), ("10", "s2.1"))
    ]
    assert verdicts(audited([FINAL, *parts])) == []


def test_the_last_digit_of_two_mentions_may_differ_by_rounding() -> None:
    said = [told(PENSION, "498.42"), told(PENSION, "498.43", "s2.1")]
    assert verdicts(audited(said)) == [("TIE104", "pass")]
    assert verdicts(audited([said[0], told(PENSION, "498.24", "s2.1")])) == [("TIE104", "fail")]


def test_fiscal_and_general_money_are_one_where_the_fund_budget_is_said_to_be_zero() -> None:
    fund = told("政府性基金拨款支出", "0", fund_source="government_fund", scope="政府性基金预算")
    zero = fund | {"subject_kind": "fund_source"}
    fiscal = told(PENSION, "429.30", "s2.1")
    general = told(PENSION, "492.30", "s3.1", fund_source="general", scope="一般公共预算")
    assert verdicts(audited([fiscal, general])) == []
    assert verdicts(audited([zero, fiscal, general])) == [("TIE104", "fail")]
    assert verdicts(audited([zero | {"printed": "12"}, fiscal, general])) == []


def test_procurement_from_small_firms_is_not_all_procurement() -> None:
    whole = {"subject_kind": "other", "scope": None, "measure": "expenditure"}
    said = [
        told("政府采购金额", "251.25", **whole, quote="政府采购金额为251.25万元"),
        told("政府采购金额", "246.47", "s2.1", **whole, quote="由中小企业供应商成交的，政府采购金额246.47万元"),
    ]
    assert verdicts(audited([FINAL, *said])) == []


def test_a_change_rate_is_held_against_the_prior_figure_that_its_words_name() -> None:
    executed = told(PENSION, "100.00", measure="prior_year_executed", year_offset=-1)
    now = told(PENSION, "120.00")
    rate = told(PENSION, "25%", measure="change_rate", rate_basis="prior")
    wrong = [executed, now, rate | {"column_label": "比2025年预算执行数增加"}]
    assert verdicts(audited(wrong, "CHG004")) == [("CHG004", "fail")]
    other_base = [executed, now, rate | {"column_label": "比2025年预算增加"}]
    assert verdicts(audited(other_base, "CHG004")) == []


def test_a_rate_over_revenue_and_expenditure_uses_the_total_said_before() -> None:
    total_of_both = {"subject_kind": "department_total", "scope": None, "sentence_no": 1}
    said = [
        told("收入、支出", "10150.48", "s1.1", **total_of_both, column_label="预算总计"),
        told("收、支预算总计", "1003.69", "s1.2", **total_of_both, measure="change_amount", rate_basis="prior"),
        told("收、支预算总计", "10.79%", "s1.2", **total_of_both, measure="change_rate", rate_basis="prior"),
    ]
    con = audited([BUDGETS, *said], "CHG002")
    assert verdicts(con) == [("CHG002", "fail")]
    right = [*said[:2], said[2] | {"printed": "10.97%"}]
    assert verdicts(audited([BUDGETS, *right], "CHG002")) == [("CHG002", "pass")]


@pytest.fixture(scope="module")
def budgets(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """The audited core of three published budgets."""
    folder = tmp_path_factory.mktemp("ties")
    names = (SIFAJU_2026, FULIYUAN_2024, WANLI_2024)
    files = [cached(folder, read(corpus_bytes(name), Path(name).name), Path(name).name) for name in names]
    con = build.open_database(folder / "gouji.duckdb")
    build.load_staging(con, files)
    build.build_layer(con, "core")
    audit(con)
    return con


def told_of(con: duckdb.DuckDBPyConnection, name: str, subject: str) -> list[str]:
    return [
        message
        for (message,) in con.execute(
            "select message_zh from audit.findings where file = ? and contains(message_zh, ?) "
            "and (check_id like 'TIE1%' or check_family = 'changes') order by all",
            [Path(name).name, subject],
        ).fetchall()
    ]


def test_every_problem_of_figures_on_the_inspectors_form_is_found(budgets: duckdb.DuckDBPyConnection) -> None:
    """The form names the 1.10 % that is 15.13 %, 56.12 against 57.8, and 207 against 170.03 with its 21.74 %."""
    (rate,) = told_of(budgets, SIFAJU_2026, "行政运行（01项）")
    assert "-1.10 → -15.13%" in rate
    (pension,) = told_of(budgets, SIFAJU_2026, "行政单位离退休（01项）")
    assert "561,240.00元 ≠ 正文 57.8万元" in pension and "57.8 → 56.12万元" in pension
    housing = told_of(budgets, SIFAJU_2026, "购房补贴（03项）")
    assert any("2,070,000.00元 ≠ 正文 170.03万元" in m for m in housing)
    assert any("印作21.74%" in m for m in housing)
    others = budgets.execute(
        "select count(*) from audit.findings where file = ? and (check_id like 'TIE1%' or check_family = 'changes')",
        [Path(SIFAJU_2026).name],
    ).fetchall()
    assert others == [(4,)]


def test_the_text_of_a_home_names_its_fiscal_money_otherwise_than_the_table(budgets: duckdb.DuckDBPyConnection) -> None:
    (message,) = told_of(budgets, FULIYUAN_2024, "社会福利事业单位（项）")
    assert "表中 6,964,796元 ≠ 正文 738.66万元" in message


def test_a_street_says_its_housing_fund_in_two_ways(budgets: duckdb.DuckDBPyConnection) -> None:
    (message,) = told_of(budgets, WANLI_2024, "住房公积金（项）")
    assert "352.67 → 350.35万元" in message


def test_money_that_projects_with_goals_take_up_is_not_all_fiscal_money() -> None:
    table = told(
        "财政拨款收入", "86959408.34", subject_kind="fund_source", origin="table", unit="元", statement="t1r1.1"
    )
    table |= {"table_kind": "budget_total", "column_label": "收入 > 预算数", "scope": None}
    said = total("6484.05") | {"quote": "编报绩效目标的项目共19个，涉及财政拨款收入6484.05万元"}
    assert verdicts(audited([BUDGETS, table, said])) == []
    assert verdicts(audited([BUDGETS, table, total("6484.05")])) == [("TIE102", "fail")]


def test_receptions_among_operating_expenses_are_not_all_receptions() -> None:
    item = {"subject_kind": "economic_item", "scope": None}
    said = [
        told("公务接待费", "443.50", **item, quote="公务接待费预算支出443.50万元"),
        told("公务接待费", "16", "s2.1", **item, quote="公用经费包括：公务接待费16万元"),
    ]
    assert verdicts(audited([BUDGETS, *said])) == []


def test_what_the_bureau_alone_spends_is_not_what_its_department_spends() -> None:
    whole = {"subject_kind": "department_total", "scope": None, "measure": "final_account"}
    said = [
        told("支出", "1000", **whole, quote="2023年度支出决算1000万元"),
        told("支出", "800", "s2.1", **whole, quote="局本级支出决算800万元"),
    ]
    of_department = {"report": {"families": ["final_accounts"], "scope": "部门"}}
    of_bureau = {"report": {"families": ["final_accounts"], "scope": "本级"}}
    assert verdicts(audited([of_department, *said])) == []
    assert verdicts(audited([of_bureau, *said])) == [("TIE104", "fail")]


def test_a_project_whose_heading_was_not_read_is_not_taken_for_the_department() -> None:
    whole = {"subject_kind": "department_total", "scope": None, "measure": "adjusted_budget"}
    said = [
        told("本部门", "7489.39", **whole, quote="部门整体全年预算数7489.39万元"),
        told("本部门", "50", "s2.1", **whole, quote="该项目全年预算数为50万元"),
    ]
    assert verdicts(audited(said)) == []


def test_the_share_of_the_first_part_is_of_the_part_not_of_the_total_beside_it() -> None:
    said = {"origin": "narrative", "subject_kind": "department_total", "statement": "s1.1"}
    listed = {"list_id": "s1.l1:expenditure"}
    facts = [
        said | listed | {"measure": "expenditure", "printed": "2940.05", "subject": "本部门", "list_role": "total"},
        said
        | listed
        | {"measure": "basic_expenditure", "printed": "2336.91", "subject": "本部门", "list_role": "part"},
        said
        | {"measure": "share", "printed": "74.99%", "subject": "基本支出", "quote": "基本支出2336.91万元，占74.99%；"},
    ]
    assert ("RAT005", "fail") in verdicts(audited(facts, "RAT005"))
