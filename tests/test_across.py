"""Checks across documents: what one report says is held against another of the same issuer, or against its peers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import pytest

from pipelines.audit.examples import core_of
from pipelines.audit.ledger import NO_FACTS, NO_OTHER_REPORT
from pipelines.audit.run import audit

Fact = dict[str, Any]
BUDGET, FINAL, MONITORING, EVALUATION = "budgets", "final_accounts", "monitoring_projects", "self_evaluation_wide"


def report(name: str, family: str, year: int = 2024, **more: Any) -> list[Fact]:
    """What a report is: that of 甲区民政局 as a whole department, unless said otherwise."""
    stated = {
        "issuer": "甲区民政局",
        "bureau": "民政局",
        "district": "甲区",
        "city": "某市",
        "province": "某省",
        "scope": "部门",
        "fiscal_year": year,
        "period_end_month": 12,
        "families": [family],
        "title": f"甲区民政局{year}年报告",
    }
    return [{"report": stated | more, "document": name}]


def accounts(name: str, measure: str, amounts: dict[str, str], **more: Any) -> list[Fact]:
    """A column of classified accounts, code → amount in 万元."""
    return [
        {
            "measure": measure,
            "printed": printed,
            "document": name,
            "subject": f"科目{code}",
            "subject_code": code,
            "subject_kind": "functional_item",
            "table_kind": "budget_expenditure" if measure == "expenditure" else "final_expenditure",
            "statement": f"t1r{n}",
            "row_no": n,
            "column_decimals": 2,
            **more,
        }
        for n, (code, printed) in enumerate(amounts.items(), 1)
    ]


def programmes(name: str, measure: str, amounts: dict[str, str], **more: Any) -> list[Fact]:
    return [
        {"measure": measure, "printed": p, "document": name, "subject": s, "statement": f"t1r{n}", "row_no": n, **more}
        for n, (s, p) in enumerate(amounts.items(), 1)
    ]


def audited(*groups: Sequence[Fact]) -> duckdb.DuckDBPyConnection:
    con = core_of([fact for group in groups for fact in group])
    audit(con)
    return con


def rows(con: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    found = con.execute(sql)
    names = [c[0] for c in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def across(*groups: Sequence[Fact]) -> list[dict[str, Any]]:
    return rows(audited(*groups), "select * from audit.findings where check_family = 'across'")


def candidates(*groups: Sequence[Fact]) -> int:
    found = audited(*groups).execute("select count(*) from audit.candidates where check_id like 'ACR%'")
    return int(found.fetchall()[0][0])


LAST_YEAR = {"2080201": "100.00", "2080202": "218.49", "2080208": "35.20"}


def final_of_two_years(before: dict[str, str], told: dict[str, str], **more: Any) -> list[list[Fact]]:
    """This year's final account with figures for the year before, and last year's."""
    return [
        report("now", FINAL),
        accounts("now", "prior_year_final_account", told, year_offset=-1),
        report("then", FINAL, 2023, **more),
        accounts("then", "final_account", before),
    ]


# ---- this year's report against last year's


def test_the_same_figures_for_the_year_before_are_right() -> None:
    assert across(*final_of_two_years(LAST_YEAR, LAST_YEAR)) == []
    assert candidates(*final_of_two_years(LAST_YEAR, LAST_YEAR)) == 3


def test_a_figure_for_the_year_before_unlike_last_years_report_is_a_warning_that_names_both_files() -> None:
    (finding,) = across(*final_of_two_years(LAST_YEAR, LAST_YEAR | {"2080202": "281.49"}))
    assert (finding["check_id"], finding["severity"], finding["document_id"]) == ("ACR002", "warning", "now")
    assert [e["file"] for e in finding["evidence"]] == ["now.txt", "then.txt"]
    for language in ("message_zh", "message_en"):
        assert "then.txt" in finding[language]
        assert "281.49" in finding[language]
        assert "218.49" in finding[language]
    assert finding["repair"] is None


def test_a_year_restated_as_a_whole_is_one_finding() -> None:
    restated = {code: f"{float(amount) * 2:.2f}" for code, amount in LAST_YEAR.items()}
    (finding,) = across(*final_of_two_years(LAST_YEAR, restated))
    assert len(finding["equations"]) == 3
    assert "同样不一致的还有2处" in finding["message_zh"]
    assert finding["subject"] == "科目2080202"


def test_rounding_to_ten_thousand_yuan_is_no_restatement() -> None:
    yuan = accounts("then", "final_account", {"2080202": "2184921.37"}, unit="元")
    told = accounts("now", "prior_year_final_account", {"2080202": "218.49"}, year_offset=-1)
    assert across(report("now", FINAL), told, report("then", FINAL, 2023), yuan) == []


@pytest.mark.parametrize(
    "other",
    [
        {"scope": "本级"},
        {"scope": None},
        {"district": "乙区"},
        {"bureau": "财政局"},
        {"fiscal_year": 2022},
        {"fiscal_year": None},
        {"district": None, "city": None, "province": None},
        {"families": [BUDGET]},
        {"status": "quarantined"},
    ],
)
def test_another_issuer_place_scope_year_or_kind_of_report_is_not_compared(other: dict[str, Any]) -> None:
    assert candidates(*final_of_two_years(LAST_YEAR, {"2080202": "281.49"}, **other)) == 0


def test_without_the_other_report_the_finding_is_gone_and_the_ledger_says_why() -> None:
    alone = final_of_two_years(LAST_YEAR, LAST_YEAR | {"2080202": "281.49"})[:2]
    con = audited(*alone)
    assert rows(con, "select * from audit.findings") == []
    reasons = dict(con.execute("select check_id, not_evaluated_reason from audit.check_ledger").fetchall())
    assert reasons["ACR002"] == NO_OTHER_REPORT
    assert reasons["ACR004"] == NO_FACTS


def test_the_ledger_counts_an_equation_with_the_report_that_it_is_told_of() -> None:
    con = audited(*final_of_two_years(LAST_YEAR, LAST_YEAR | {"2080202": "281.49"}))
    sql = "select document_id, candidates, passed, failed from audit.check_ledger where check_id = 'ACR002' order by 1"
    assert con.execute(sql).fetchall() == [("now", 3, 2, 1), ("then", 0, 0, 0)]


def test_a_figure_that_is_said_with_two_values_is_held_against_nothing() -> None:
    said_twice = accounts("now", "prior_year_final_account", {"2080202": "228.49"}, year_offset=-1, table_no=2)
    assert candidates(*final_of_two_years(LAST_YEAR, {"2080202": "281.49"}), said_twice) == 0


def test_documents_in_another_order_give_the_same_findings() -> None:
    groups = final_of_two_years(LAST_YEAR, LAST_YEAR | {"2080202": "281.49"})
    ids = [{f["finding_id"] for f in across(*order)} for order in (groups, groups[2:] + groups[:2])]
    assert ids[0] == ids[1] != set()


def test_a_change_from_last_year_is_held_against_last_years_report() -> None:
    def said(name: str, measure: str, printed: str, **more: Any) -> Fact:
        about = {"subject": "支出", "subject_kind": "department_total", "origin": "narrative", "document": name}
        return about | {"measure": measure, "printed": printed, **more}

    def reports(change: str, label: str = "比2023年预算增加") -> list[list[Fact]]:
        now = [
            said("now", "budget", "120.00"),
            said("now", "change_amount", change, rate_basis="prior", column_label=label),
        ]
        then = [said("then", "budget", "100.00")]
        return [report("now", BUDGET), now, report("then", BUDGET, 2023), then]

    assert across(*reports("20.00")) == []
    (finding,) = across(*reports("25.00"))
    assert (finding["check_id"], finding["severity"]) == ("ACR003", "hint")
    assert across(*reports("25.00", "比2023年预算执行数增加")) == []
    assert across(*reports("25.00", "比2022年预算增加")) == []


def test_a_change_computed_from_rounded_figures_is_right() -> None:
    """18976.76 − 15621.11 is 3355.65, though the tables in yuan give 3355.64."""

    def figures(name: str, yuan: str, wan: str) -> list[Fact]:
        about: Fact = {"document": name, "measure": "budget", "subject": "支出", "subject_kind": "department_total"}
        table = about | {"printed": yuan, "unit": "元", "table_kind": "budget_expenditure"}
        return [table, about | {"printed": wan, "origin": "narrative", "statement": "s1"}]

    change: Fact = {"document": "now", "measure": "change_amount", "printed": "3355.65", "rate_basis": "prior"}
    change |= {"subject": "支出", "subject_kind": "department_total", "origin": "narrative", "statement": "s1"}
    now = [*figures("now", "189767551", "18976.76"), change]
    then = figures("then", "156211123", "15621.11")
    assert across(report("now", BUDGET), now, report("then", BUDGET, 2023), then) == []
    assert candidates(report("now", BUDGET), now, report("then", BUDGET, 2023), then) > 0


# ---- blame


def summed(total: str, *parts: str) -> list[Fact]:
    """A column of figures for the year before as a stated list that must add up."""
    column = accounts("now", "prior_year_final_account", {"208": total}, year_offset=-1, list_role="total")
    codes = {f"20802{n:02}": part for n, part in enumerate(parts, 1)}
    items = accounts("now", "prior_year_final_account", codes, year_offset=-1, list_role="part")
    return [f | {"list_id": "l1", "row_no": n, "statement": f"t1r{n}"} for n, f in enumerate([*column, *items], 1)]


def test_a_sum_that_fails_blames_a_figure_of_its_own_report_and_last_years_report_is_proof_of_it() -> None:
    """The parts were copied rightly; the total 354.69 is printed 345.69, and last year's report tells."""
    then = accounts("then", "final_account", {"208": "354.69"})
    now = [report("now", FINAL), summed("345.69", "100.00", "218.49", "36.20")]
    alone = rows(audited(*now), "select * from audit.findings")
    both = rows(audited(*now, report("then", FINAL, 2023), then), "select * from audit.findings")
    assert [f["repaired_value"] for f in both] == [f["repaired_value"] for f in alone]
    (finding,) = both
    assert finding["document_id"] == "now"
    assert {e["check_id"] for e in finding["equations"]} >= {"ACR002"}
    assert {e["file"] for e in finding["evidence"]} == {"now.txt", "then.txt"}


def test_what_last_years_report_says_changes_no_repair_of_this_years() -> None:
    now = [report("now", FINAL), summed("345.69", "100.00", "218.49", "36.20")]
    wrong = [report("then", FINAL, 2023), accounts("then", "final_account", {"208": "999.99", "2080201": "1.00"})]
    repairs = [
        [
            (f["repaired_value"], f["slip"])
            for f in rows(audited(*reports), "select * from audit.findings where repair > '' and document_id = 'now'")
        ]
        for reports in (now, [*now, *wrong])
    ]
    assert repairs[0] == repairs[1] != []


# ---- the same year


def test_the_initial_budget_of_the_final_account_is_the_published_budget() -> None:
    def reports(stated: str) -> list[list[Fact]]:
        item: Fact = {
            "document": "final",
            "measure": "initial_budget",
            "printed": stated,
            "subject": "社会保障和就业支出（类）民政管理事务（款）行政运行（项）",
            "subject_kind": "functional_item",
            "scope": "一般公共预算",
            "origin": "narrative",
        }
        tables = accounts("budget", "expenditure", {"2080201": "218.49"}, table_kind="budget_general_expenditure")
        return [report("final", FINAL), [item], report("budget", BUDGET), tables]

    assert candidates(*reports("218.49")) == 1
    assert across(*reports("218.49")) == []
    (finding,) = across(*reports("281.49"))
    assert (finding["check_id"], finding["document_id"]) == ("ACR004", "final")


def test_what_was_executed_by_july_is_no_more_than_in_the_year() -> None:
    monitoring = [
        report("july", MONITORING, period_end_month=7),
        programmes("july", "executed", {"临时救助": "15.60", "城乡低保": "734.19"}, period_end_month=7),
    ]

    def evaluation(aid: str) -> list[list[Fact]]:
        return [report("year", EVALUATION), programmes("year", "executed", {"临时救助": aid, "城乡低保": "1500.00"})]

    assert across(*monitoring, *evaluation("62.00")) == []
    (finding,) = across(*monitoring, *evaluation("6.20"))
    assert (finding["check_id"], finding["subject"]) == ("ACR006", "临时救助")


def test_units_are_no_more_than_the_department_and_alike_where_there_is_no_other() -> None:
    def reports(whole: str, sentence: str) -> list[list[Fact]]:
        return [
            report("whole", BUDGET),
            [{"sentence": sentence, "document": "whole"}],
            accounts("whole", "expenditure", {"2080201": whole}),
            report("unit", BUDGET, scope="单位"),
            accounts("unit", "expenditure", {"2080201": "218.49"}),
        ]

    assert across(*reports("300.00", "包括本部以及下属1家预算单位。")) == []
    assert across(*reports("218.49", "本部门无下属单位。")) == []
    for whole, sentence in (("200.00", "包括本部以及下属1家预算单位。"), ("300.00", "本部门无下属单位。")):
        (finding,) = across(*reports(whole, sentence))
        assert (finding["check_id"], finding["document_id"]) == ("ACR005", "whole")


def test_units_under_another_name_count_where_the_department_lists_them() -> None:
    def reports(listed: str) -> list[list[Fact]]:
        table: list[Fact] = [
            {"table": "单位构成表", "family": "organisation", "kind": "unit_list", "document": "whole", "table_no": 2},
            {"cell": listed, "document": "whole", "table_no": 2},
        ]
        home = {"issuer": "甲区福利院", "bureau": "福利院", "scope": "单位"}
        return [
            report("whole", BUDGET),
            table,
            accounts("whole", "expenditure", {"2081002": "200.00"}),
            report("unit", BUDGET, **home),
            accounts("unit", "expenditure", {"2081002": "218.49"}),
        ]

    assert across(*reports("甲区救助站")) == []
    (finding,) = across(*reports("甲区福利院"))
    assert finding["check_id"] == "ACR005"


def test_two_files_of_one_report_give_the_same_figures() -> None:
    def reports(printed: str, **more: Any) -> list[list[Fact]]:
        whole = accounts("full", "expenditure", LAST_YEAR)
        return [
            report("full", BUDGET),
            whole,
            report("tables", BUDGET, **more),
            accounts("tables", "expenditure", {"2080202": printed}),
        ]

    assert across(*reports("218.49")) == []
    (finding,) = across(*reports("281.49"))
    assert (finding["check_id"], finding["severity"], finding["document_id"]) == ("ACR001", "warning", "tables")
    assert across(*reports("281.49", scope=None)) == []


# ---- peers


def listed(name: str, factor: float, **other: str | None) -> list[Fact]:
    amounts = {f"项目{n}": f"{(100 + 7 * n) * factor:.2f}" for n in range(1, 11)} | other
    return programmes(name, "initial_budget", {k: v for k, v in amounts.items() if v is not None})


def of_two_years(this: list[Fact], last: list[Fact]) -> list[dict[str, Any]]:
    return across(report("now", MONITORING), this, report("then", MONITORING, 2023), last)


def test_a_budget_that_grows_evenly_has_no_outlier() -> None:
    assert of_two_years(listed("now", 1.3), listed("then", 1)) == []


def test_a_jump_is_a_hint_that_names_its_peers() -> None:
    (finding,) = of_two_years(listed("now", 1.1, 项目3="1331.00"), listed("then", 1))
    assert (finding["check_id"], finding["severity"], finding["subject"]) == ("ACR008", "hint", "项目3")
    assert "1000.0%" in finding["message_zh"]
    assert "+10.0%" in finding["message_zh"]
    assert "项目10 +10.0%" in finding["message_zh"]


def test_an_item_that_is_gone_and_one_that_is_new_are_one_hint() -> None:
    (finding,) = of_two_years(listed("now", 1, 项目3=None, 临时救助="99.00"), listed("then", 1))
    assert (finding["check_id"], finding["severity"]) == ("ACR007", "hint")
    assert "今年新出现1项：临时救助；今年不再列1项：项目3" in finding["message_zh"]
    assert [e["file"] for e in finding["evidence"]] == ["now.txt", "then.txt"]


def test_lists_with_little_in_common_are_not_compared_item_by_item() -> None:
    other = {f"项目{n}": None for n in range(1, 11)} | {f"事项{n}": "50.00" for n in range(1, 9)}
    assert of_two_years(listed("now", 1, **other), listed("then", 1)) == []


def district(number: int, rate: float) -> list[Fact]:
    name = f"d{number}"
    place = {"district": f"第{number}区", "issuer": f"第{number}区民政局", "period_end_month": 7}
    row = {"document": name, "subject": "临时救助", "programme": "temporary_assistance"}
    return [
        *report(name, MONITORING, **place),
        row | {"measure": "adjusted_budget", "printed": "200.00"},
        row | {"measure": "executed", "printed": f"{2 * rate:.2f}", "period_end_month": 7},
    ]


def test_a_rate_quite_unlike_other_districts_is_a_hint_that_names_them() -> None:
    usual = [district(n, rate) for n, rate in enumerate((48, 50, 52, 55, 47), 1)]
    assert across(*usual, district(6, 60)) == []
    (finding,) = across(*usual, district(6, 5))
    assert (finding["check_id"], finding["document_id"]) == ("ACR009", "d6")
    assert "第2区 50.0%" in finding["message_zh"]
    assert len({e["file"] for e in finding["evidence"]}) > 2


# ---- size


def test_equations_grow_with_the_reports_not_with_their_pairs() -> None:
    """Copies of one report: each is held against the fullest one only."""

    def equations(copies: int) -> int:
        reports = [[*report(f"d{n}", BUDGET), *accounts(f"d{n}", "expenditure", LAST_YEAR)] for n in range(copies)]
        return candidates(*reports)

    assert equations(9) - equations(6) == equations(6) - equations(3) == 3 * len(LAST_YEAR)
