"""Great Expectations: a suite for every table, exact decimals, and the two identities of rounded figures."""

from __future__ import annotations

import importlib
import json
import os
import sys
from decimal import Decimal

import duckdb
import pytest
import reports

from pipelines.orchestration import expectations, identities
from pipelines.orchestration.expectations import EXPECTATIONS, STRUCTURE, Suite, SuiteError, validate
from pipelines.orchestration.late import late
from pipelines.warehouse import models

LAYERS = ("staging", "core", "marts")
ALL = [suite for layer in LAYERS for suite in expectations.suites(layer)]


def figures(**columns: str) -> dict[str, Decimal]:
    return {name.replace("_h", "_half_unit"): Decimal(value) for name, value in columns.items()}


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("create schema staging")
    return con


def suite_of(*stated: dict, keys: tuple[str, ...] = ("id",)) -> Suite:  # type: ignore[type-arg]
    body = {"name": "staging.made", "meta": {"title": "x", "keys": list(keys)}, "expectations": list(stated)}
    return Suite("staging", "made", STRUCTURE, "x", keys, "select * from staging.made", body)


# Suites


@pytest.mark.parametrize("layer", LAYERS)
def test_every_table_has_a_suite_and_every_suite_a_table(layer):
    tables = {model.name for model in models.discover(layer)}
    assert {s.table for s in expectations.suites(layer)} == tables


@pytest.mark.parametrize("suite", ALL, ids=lambda s: f"{s.full_name}.{s.check}")
def test_a_suite_asks_for_keys_types_and_filled_columns_in_readable_words(suite):
    stated = suite.body["expectations"]
    assert all(e["description"] for e in stated)
    if suite.check == STRUCTURE:
        asked = {e["type"] for e in stated}
        assert "expect_column_types" in asked
        assert asked & {"expect_filled_columns", "expect_column_values_to_not_be_null"}
    assert "\\u" not in (EXPECTATIONS / f"{suite.body['name']}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("suite", ALL, ids=lambda s: f"{s.full_name}.{s.check}")
def test_a_suite_names_only_columns_that_its_table_describes(suite):
    if suite.check != STRUCTURE:
        return
    model = next(m for m in models.discover(suite.schema) if m.name == suite.table)
    described = {c.name for c in model.columns}
    for stated in suite.body["expectations"]:
        kwargs = stated["kwargs"]
        named = {kwargs.get("column"), kwargs.get("column_A"), kwargs.get("column_B"), *kwargs.get("types", {})}
        named |= set(kwargs.get("column_list", []))
        assert named - {None} <= described, stated
    assert set(suite.keys) <= described


def test_a_suite_out_of_form_is_named(tmp_path):
    path = tmp_path / "staging.cells.json"
    path.write_text(json.dumps({"name": "staging.cells", "expectations": []}), encoding="utf-8")
    with pytest.raises(SuiteError, match=r"staging\.cells\.json"):
        expectations.load(path)


def test_a_module_held_back_is_loaded_at_its_first_use_and_by_whoever_imports_it_afterwards(tmp_path, monkeypatch):
    (tmp_path / "seldom_used.py").write_text("answer = 42\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with late("seldom_used"):
        held = importlib.import_module("seldom_used")
        assert "answer" not in vars(held)
    assert "seldom_used" not in sys.modules
    assert held.answer == 42
    assert vars(importlib.import_module("seldom_used"))["answer"] == 42


def test_a_distribution_can_still_be_asked_for(con):
    con.execute("create table staging.made as select 'a' as id, 1.0 as x from range(3)")
    suite = suite_of(
        {
            "type": "expect_column_kl_divergence_to_be_less_than",
            "kwargs": {"column": "id", "partition_object": {"values": ["a"], "weights": [1.0]}, "threshold": 0.1},
            "severity": "warning",
        }
    )
    (validation,) = validate(con, [suite])
    assert validation.passed


# Identities


def test_parts_add_up_as_far_as_their_printed_places_let_it_be_said():
    row = figures(a="433.2", a_h="0.05", b="-344.2835", b_h="0.00005", c="88.9", c_h="0.05")
    assert identities.sum_holds(row, ["a", "b"], "c")
    assert not identities.sum_holds(row | figures(c="89.1"), ["a", "b"], "c")


def test_a_rate_is_its_quotient_as_far_as_the_printed_places_let_it_be_said():
    row = figures(a="0.99", a_h="0.005", b="31.47", b_h="0.005", r="3.2", r_h="0.05")
    assert identities.ratio_holds(row, "a", "b", "r")
    assert not identities.ratio_holds(row | figures(r="3.4"), "a", "b", "r")


def test_a_denominator_that_can_be_zero_proves_nothing():
    row = figures(a="0", a_h="0.5", b="0", b_h="0.5", r="100", r_h="0.5")
    assert identities.ratio_holds(row, "a", "b", "r")


def test_a_statement_with_a_missing_figure_is_not_asked(con):
    con.execute(
        """
        create table staging.made as
        select id, a::decimal(9, 2) as a, .005::decimal(9, 3) as a_half_unit, b::decimal(9, 2) as b,
            .005::decimal(9, 3) as b_half_unit, c::decimal(9, 2) as c, .005::decimal(9, 3) as c_half_unit
        from (values ('whole', 1.00, 2.00, 4.00), ('partial', 1.00, null, 4.00)) as t(id, a, b, c)
        """
    )
    suite = suite_of(
        {"type": "expect_sum_identity", "kwargs": {"parts": ["a", "b"], "total": "c"}, "severity": "warning"}
    )
    (validation,) = validate(con, [suite])
    (unmet,) = validation.unmet
    assert [row["id"] for row in unmet.rows] == ["whole"]
    assert not validation.forbids_publication


def test_money_keeps_its_cents_on_the_way_to_an_expectation(con):
    """As a float the total would round to the sum of its parts."""
    con.execute(
        """
        create table staging.made as
        select 1 as id, 900719925474099.01::decimal(24, 2) as a, 0::decimal(9, 3) as a_half_unit,
            0.01::decimal(24, 2) as b, 0::decimal(9, 3) as b_half_unit,
            900719925474099.03::decimal(24, 2) as c, 0::decimal(9, 3) as c_half_unit
        """
    )
    suite = suite_of({"type": "expect_sum_identity", "kwargs": {"parts": ["a", "b"], "total": "c"}})
    (validation,) = validate(con, [suite])
    assert validation.unmet[0].rows[0]["c"] == "900719925474099.03"


# Severity


def test_broken_structure_forbids_publication_and_shows_its_rows(con):
    con.execute("create table staging.made as select * from (values ('f1', 1), ('f1', 2)) as t(id, n)")
    suite = suite_of(
        {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "id"}, "description": "不重复"},
        keys=("id", "n"),
    )
    (validation,) = validate(con, [suite])
    assert validation.forbids_publication
    assert [row["n"] for row in validation.unmet[0].rows] == ["1", "2"]


def test_a_row_with_any_of_its_required_columns_blank_is_shown(con):
    con.execute("create table staging.made as select * from (values ('f1', 1, 'a'), ('f2', null, 'b')) as t(id, n, s)")
    suite = suite_of({"type": "expect_filled_columns", "kwargs": {"column_list": ["id", "n", "s"]}})
    (validation,) = validate(con, [suite])
    assert [row["id"] for row in validation.unmet[0].rows] == ["f2"]
    assert validation.forbids_publication


def test_a_column_that_is_gone_or_of_another_type_forbids_publication(con):
    con.execute("create table staging.made as select 'f1' as id, 1.5::double as amount_yuan")
    types = {"id": "string", "amount_yuan": "decimal128(24, 6)", "page": "int32"}
    suite = suite_of({"type": "expect_column_types", "kwargs": {"types": types}})
    (validation,) = validate(con, [suite])
    assert validation.forbids_publication
    assert validation.unmet[0].observed == "{'amount_yuan': 'double', 'page': 'missing'}"


def test_an_expectation_that_cannot_be_evaluated_is_structural_whatever_its_severity(con):
    con.execute("create table staging.made as select 'f1' as id")
    suite = suite_of(
        {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "gone"}, "severity": "warning"}
    )
    (validation,) = validate(con, [suite])
    assert validation.forbids_publication
    assert '"gone"' in validation.unmet[0].observed


# The five reports


def test_the_five_reports_break_no_structure(published):
    assert not published.outcome.refused


def test_the_identities_find_what_is_wrong_in_the_reports_and_nothing_that_is_right(published):
    with duckdb.connect(str(published.settings.warehouse.resolve()), read_only=True) as con:
        suite = next(s for s in expectations.suites("staging") if s.check == "identities")
        (validation,) = validate(con, [suite])
    sums, rates = validation.unmet
    assert [row["subject"] for row in sums.rows] == ["养老机构运营补贴"]
    wrong = {(row["file"], row["subject"]) for row in rates.rows}
    assert {
        (reports.DONGXIHU, "部门整体"),
        (reports.DONGXIHU, "临时救助"),
        (reports.DONGXIHU, "春节慰问"),
        (reports.LUSONG, "年度资金总额"),
    } <= wrong
    assert not {(reports.DONGXIHU, "城乡低保补助"), (reports.DONGXIHU, "社区纳凉取暖")} & wrong
    assert not validation.forbids_publication


def test_nothing_is_sent_to_the_makers_of_the_validator(published):  # noqa: ARG001 - it has run by then
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"
    assert os.environ["DAGSTER_DISABLE_TELEMETRY"] == "1"
