"""Checks of words, dates, forms and targets: evidence is the sentence or cell, one cause is told once."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import Any

import duckdb
import pytest

from pipelines.audit.checks import discover
from pipelines.audit.examples import ExampleError, core_of
from pipelines.audit.run import audit
from pipelines.audit.vocabulary import patterns

CHECKS = {c.id: c for c in discover()}


def findings(said: list[dict[str, Any]], *ids: str) -> list[dict[str, Any]]:
    con = core_of(said)
    audit(con, [CHECKS[i] for i in ids] or None)
    found = con.execute("select * from audit.findings")
    columns = [c[0] for c in found.description or []]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def test_the_evidence_of_an_unfinished_sentence_is_the_sentence() -> None:
    said = [
        {"sentence": "公务用车购置及运行费9.98万元。", "page": 20},
        {"sentence": "与上年持平，主要原因是。", "page": 21},
    ]
    (finding,) = findings(said, "FRM003")
    (evidence,) = finding["evidence"]
    assert (finding["page"], evidence["page"], evidence["quote"]) == (21, 21, "与上年持平，主要原因是。")
    assert finding["fact_ids"] == []
    assert finding["equation"] == evidence["quote"]


def test_the_evidence_of_a_placeholder_in_a_table_is_the_cell_with_its_box() -> None:
    said = [
        {"table": "单位一览", "kind": None},
        {"cell": "上海市XX中心", "row_no": 3, "col_no": 1, "x0": 10.0, "y1": 80.0},
    ]
    (finding,) = findings(said, "FRM002")
    (evidence,) = finding["evidence"]
    assert (evidence["row_no"], evidence["col_no"], evidence["x0"], evidence["y1"]) == (3, 1, 10.0, 80.0)
    assert finding["table_title"] == "单位一览"


def test_two_unfinished_sentences_with_the_same_words_are_two_findings() -> None:
    said = [{"sentence": "公务接待费持平，主要原因是。"}, {"sentence": "公务接待费持平，主要原因是。"}]
    found = findings(said, "FRM003")
    assert len({f["finding_id"] for f in found}) == len(found) == 2


def test_a_template_is_told_once_and_its_wording_is_left_alone() -> None:
    blank = [
        "2026年，XX收入预算x,xxx万元。",
        "比2025年预算增加（减少）XXX万元（持平）。",
        "事业收入XXX万元，主要原因是……。",
    ]
    found = findings([{"sentence": s} for s in blank * 3], "FRM001", "FRM002", "FRM003", "FRM004")
    assert [f["check_id"] for f in found] == ["FRM001"]


def test_what_an_inspection_form_quotes_is_not_its_own_fault() -> None:
    said = [
        {"report": {"title": "2026年度单位预算公开情况检查表"}},
        {"sentence": "财政拨款收入支出增加（减少）的主要原因是业务量增加。"},
        {"sentence": "与2025年预算数持平，主要原因是。"},
    ]
    assert findings(said, "FRM002", "FRM003") == []


@pytest.mark.parametrize("text", ["项目XX、YY型号设备", "增减变动（+、-）", "尺码XXL", "20X1年示例"])
def test_letters_that_hold_no_place_are_no_placeholders(text: str) -> None:
    assert findings([{"sentence": text}], "FRM002") == []


def over_executed(rate: str) -> list[dict[str, Any]]:
    return [
        {"measure": "budget", "printed": "61.80", "statement": "t1r1"},
        {"measure": "executed", "printed": "63.68", "statement": "t1r1"},
        {"measure": "execution_rate", "printed": rate, "statement": "t1r1", "rate_basis": "stated"},
    ]


def test_execution_above_its_budget_is_a_warning_where_the_rate_agrees() -> None:
    (finding,) = findings(over_executed("103.04%"), "RAT001", "BND001")
    assert (finding["check_id"], finding["severity"], finding["repair"]) == ("BND001", "warning", None)


def test_execution_above_its_budget_is_no_second_finding_where_the_same_figures_already_do_not_fit() -> None:
    (finding,) = findings(over_executed("98%"), "RAT001", "BND001")
    assert finding["check_id"] == "RAT001"
    assert {e["check_id"] for e in finding["equations"]} == {"RAT001", "BND001"}


def test_an_order_that_fails_changes_no_blame_among_the_sums() -> None:
    said = [
        {"measure": "initial_budget", "printed": "100.00", "statement": "t1r1"},
        {"measure": "budget_adjustment", "printed": "20.00", "statement": "t1r1"},
        {"measure": "adjusted_budget", "printed": "210.00", "statement": "t1r1"},
        {"measure": "executed", "printed": "215.00", "statement": "t1r1"},
    ]
    (alone,) = findings(said, "SUM001")
    with_order = {f["check_id"]: f for f in findings(said, "SUM001", "BND001")}
    assert with_order["SUM001"]["message_zh"] == alone["message_zh"]
    assert "215" in with_order["BND001"]["equation"]


def test_every_pattern_of_words_is_one_that_the_database_understands() -> None:
    con = duckdb.connect()
    for pattern in patterns().values():
        assert con.execute("select regexp_matches('', ?)", [pattern]).fetchall() is not None


@pytest.mark.parametrize("name", ["check_words.csv", "table_kinds.csv"])
def test_every_word_that_checks_go_by_names_its_source(name: str) -> None:
    text = (files("pipelines.vocab") / name).read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert rows
    assert [r for r in rows if not r["source"].strip()] == []


def test_an_example_sentence_says_only_what_sentences_say() -> None:
    with pytest.raises(ExampleError, match="colour"):
        core_of([{"sentence": "完成。", "colour": "red"}])


@pytest.mark.parametrize("check", ["FRM001", "FRM002", "FRM003", "FRM004", "FRM006", "FRM007", "FRM012", "WRD004"])
def test_the_wording_of_a_text_without_figures_does_not_count_as_checked(check: str) -> None:
    con = core_of([{"sentence": "各单位要加强学习，增强本领，主要原因是形势需要。"}])
    audit(con, [CHECKS[check]])
    ((candidates, passed, why),) = con.execute(
        "select candidates, passed, not_evaluated_reason from audit.check_ledger"
    ).fetchall()
    assert (candidates, passed, why) == (0, 0, "no facts of this kind")


def test_a_text_with_an_unfinished_sentence_passes_nothing_beside_it() -> None:
    con = core_of([{"sentence": "公务接待费0.3万元，主要原因是。"}, {"sentence": "会议费2万元，主要原因是会议增加。"}])
    audit(con, [CHECKS["FRM003"]])
    assert con.execute("select candidates, passed, failed from audit.check_ledger").fetchall() == [(1, 0, 1)]


def test_account_names_are_checked_only_where_a_report_names_accounts() -> None:
    def passed(sentence: str) -> list[int]:
        con = core_of([{"report": {"fiscal_year": 2024}}, {"sentence": sentence}])
        audit(con, [CHECKS["FRM006"], CHECKS["FRM007"]])
        return [n for (n,) in con.execute("select passed from audit.check_ledger order by check_id").fetchall()]

    assert passed("卫生健康支出（210类）98.27万元。") == [1, 1]
    assert passed("全年支出98.27万元。") == [0, 0]


def leads(*years: int) -> list[dict[str, Any]]:
    """Sentences of a budget of 2024 that begin with the year they speak of."""
    said: list[dict[str, Any]] = [{"report": {"fiscal_year": 2024, "families": ["budgets"]}}]
    return said + [{"sentence": f"某局{year}年度无国有资本经营预算安排{n}。"} for n, year in enumerate(years)]


def test_a_year_unlike_all_its_sisters_is_told_and_two_of_few_are_not() -> None:
    (finding,) = findings(leads(2024, 2024, 2024, 2022), "DAT005")
    assert (finding["severity"], "2022年度" in finding["equation"]) == ("warning", True)
    assert findings(leads(2024, 2024, 2024, 2022, 2023), "DAT005") == []
    assert findings(leads(2024, 2024, 2022), "DAT005") == []


def test_a_document_cited_by_its_year_and_a_plan_for_the_next_are_no_slips() -> None:
    cited = [
        {"sentence": "根据《关于编制2025年度部门预算的通知》，部门预算安排如下。"},
        {"sentence": "按照市里关于2023年政府采购的通知执行。"},
        {"sentence": "与2023年度相比，收入合计减少。"},
    ]
    assert findings(leads(2024, 2024, 2024) + cited, "DAT003", "DAT005") == []


def test_a_year_wrong_in_its_own_sentence_is_told_once() -> None:
    text = "{}年当年预算执行数为11.67万元，{}年预算安排45.41万元，比{}年预算执行数增加314.82%。"
    report = {"report": {"fiscal_year": 2024, "families": ["budgets"]}}
    for years in ((2021, 2024, 2023), (2023, 2026, 2023), (2023, 2024, 2021)):
        found = findings([report, {"sentence": text.format(*years)}], "DAT003", "DAT004", "DAT005")
        assert len(found) == 1, years
    assert findings([report, {"sentence": text.format(2023, 2024, 2023)}], "DAT003", "DAT004", "DAT005") == []
