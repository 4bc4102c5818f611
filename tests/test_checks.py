"""Every check of sql/checks/ is in form, and does what its own examples say."""

from __future__ import annotations

import re

import pytest

from pipelines.audit.checks import CHECKS, Check, discover
from pipelines.audit.examples import core_of
from pipelines.audit.run import audit
from pipelines.audit.wording import names
from pipelines.families import families

CHECKS_FOUND = discover()


def findings(check: Check, facts: list[dict[str, object]]) -> list[str]:
    con = core_of(facts)
    audit(con, [check])
    return [m for (m,) in con.execute("select message_zh from audit.findings").fetchall()]


@pytest.mark.parametrize("check", CHECKS_FOUND, ids=lambda c: c.id)
def test_a_check_finds_nothing_in_its_good_examples(check: Check) -> None:
    for example in check.good:
        assert findings(check, example) == []


@pytest.mark.parametrize("check", CHECKS_FOUND, ids=lambda c: c.id)
def test_a_check_finds_exactly_one_thing_in_each_bad_example_and_leaves_no_gap_in_its_words(check: Check) -> None:
    for example in check.bad:
        messages = findings(check, example)
        assert len(messages) == 1, example
        assert not re.search("“”|《》|（）|写作：", messages[0]), messages


@pytest.mark.parametrize("check", CHECKS_FOUND, ids=lambda c: c.id)
def test_a_check_evaluates_something_in_its_good_examples(check: Check) -> None:
    con = core_of(check.good[0])
    audit(con, [check])
    assert con.execute("select candidates from audit.check_ledger").fetchall()[0][0] > 0


def test_every_check_file_is_found_and_no_other() -> None:
    assert {c.id for c in CHECKS_FOUND} == {p.stem for p in CHECKS.glob("*/*.sql")}


def test_what_checks_need_are_named_measures_lists_funds_kinds_of_table_codes_or_text() -> None:
    kinds = {kind.kind for family in families() for kind in family.tables}
    known = set(names()) | kinds | {"list", "fund_source", "functional_code", "economic_code", "text"}
    assert {n for c in CHECKS_FOUND for need in c.needs for n in need.split("|")} <= known
