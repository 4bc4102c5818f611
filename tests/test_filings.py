"""What an issuer owes and is not in data/raw: only between its own years, only what is due by its later reports."""

from __future__ import annotations

from pathlib import Path

import handmade
from handmade import cached, rows

from pipelines.core.relations import Reading
from pipelines.families import families
from pipelines.vocab.lists import rows as listed


def report(year: int, *kinds: str, **identity: object) -> Reading:
    """A report of 东西湖区民政局 of these families."""
    made = handmade.reading(f"{year}{kinds}", handmade.DONGXIHU)
    said = {"fiscal_year": year, "period_end_month": 12, "families": kinds, **identity}
    return handmade.another(made, f"{year}{kinds}{identity}", **said)


def missing(folder: Path, *made: Reading) -> list[tuple[int, str]]:
    """Year and filing of every report that is owed and not there."""
    con = handmade.warehouse(folder / "w.duckdb", [cached(folder, m, f"{i}.txt") for i, m in enumerate(made)])
    return rows(con, "select fiscal_year, filing from marts.missing_filings")


def test_a_year_between_two_budgets_owes_its_budget(tmp_path: Path) -> None:
    found = missing(tmp_path, report(2017, "budgets"), report(2019, "budgets"))
    assert (2018, "budget") in found
    assert (2017, "final_account") in found
    assert {year for year, _ in found} == {2017, 2018}


def test_nothing_is_owed_before_its_time(tmp_path: Path) -> None:
    assert missing(tmp_path, report(2024, "budgets")) == []
    assert missing(tmp_path, report(2024, "monitoring_projects", period_end_month=7)) == [(2024, "budget")]


def test_nothing_is_owed_for_years_before_the_first_and_after_the_last(tmp_path: Path) -> None:
    found = missing(tmp_path, report(2022, "final_accounts"), report(2023, "final_accounts", "self_evaluation_project"))
    assert found == [(2022, "budget"), (2022, "self_evaluation"), (2023, "budget")]


def test_a_rule_binds_from_its_own_year_on(tmp_path: Path) -> None:
    assert missing(tmp_path, report(2013, "budgets"), report(2014, "budgets"), report(2016, "budgets")) == [
        (2015, "budget")
    ]


def test_every_filing_names_families_that_exist_and_its_rule() -> None:
    known = {family.name for family in families()}
    for row in listed("expected_filings.csv"):
        assert set(row["families"].split("|")) <= known, row["filing"]
        assert row["source"].strip()
