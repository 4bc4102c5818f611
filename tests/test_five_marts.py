"""The marts of the five real reports, by figures read from them by eye."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest
from handmade import cached, rows

from pipelines.audit.run import audit
from pipelines.reading import read
from pipelines.settings import PROJECT
from pipelines.warehouse import build, objects


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """The warehouse of the five real reports."""
    folder = tmp_path_factory.mktemp("five")
    files = []
    for path in sorted((PROJECT / "data" / "raw").glob("*.txt")):
        files.append(cached(folder, read(path.read_bytes(), path.name), path.name))
    con = build.open_database(folder / "gouji.duckdb")
    build.load_staging(con, files)
    build.build_layer(con, "core")
    audit(con)
    build.build_layer(con, "marts")
    return con


def test_dongxihu_gives_the_department_and_forty_projects(five: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        five,
        "select subject, initial_budget_yuan, budget_adjustment_yuan, adjusted_budget_yuan, executed_yuan, "
        "execution_rate_reported from marts.execution where file like '2024-武汉%'",
    )
    assert found[0] == (
        "部门整体",
        Decimal("68569100"),
        Decimal("6324800"),
        Decimal("74893900"),
        Decimal("34967100"),
        Decimal("17"),
    )
    assert found[1] == (
        "城乡低保补助",
        Decimal("4230000"),
        Decimal("11747700"),
        Decimal("15977700"),
        Decimal("7341900"),
        Decimal("46"),
    )
    assert found[-1] == (
        "其他民政管理事务(婚姻登记)",
        Decimal("250000"),
        Decimal("0"),
        Decimal("250000"),
        Decimal("119900"),
        Decimal("48"),
    )
    assert len(found) == 41


def test_qingshan_gives_all_22_items_each_with_its_sentence(five: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        five,
        "select subject, initial_budget_yuan, coalesce(final_account_yuan, executed_yuan), execution_rate_reported, "
        "quote "
        "from marts.execution where file like '2023%' and subject_kind = 'functional_item'",
    )
    assert len(found) == 22
    assert [r[0] for r in found][9:11] == ["殡葬", "社会福利事业单位"]
    assert all(r[0] in r[4] for r in found)
    assert sum(r[2] for r in found) == Decimal("112237200")
    assert found[14][:4] == (
        "城市最低生活保障金支出",
        Decimal("18500000"),
        Decimal("56893000"),
        Decimal("307.5"),
    )


def test_lusong_rates_its_department_over_the_initial_budget(five: duckdb.DuckDBPyConnection) -> None:
    assert rows(
        five,
        "select initial_budget_yuan, adjusted_budget_yuan, executed_yuan, execution_rate_reported, "
        "execution_rate_computed, rate_basis from marts.execution "
        "where file like '2024-株洲%' and subject_kind = 'department_total'",
    ) == [
        (
            Decimal("45727600"),
            Decimal("45320500"),
            Decimal("45320500"),
            Decimal("99.11"),
            Decimal("100.00"),
            "initial",
        )
    ]


def test_the_district_totals_are_those_of_the_reports(five: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        five,
        "select district, fiscal_year, period_end_month, initial_budget_yuan, adjusted_budget_yuan, executed_yuan, "
        "basic_expenditure_yuan, project_expenditure_yuan from marts.district_year order by fiscal_year, district",
    )
    assert found == [
        (
            "蔡甸区",
            2022,
            12,
            Decimal("277992200"),
            Decimal("233670000"),
            Decimal("233670000"),
            Decimal("7899400"),
            Decimal("225770600"),
        ),
        ("青山区", 2023, 12, None, None, Decimal("210622300"), Decimal("4984200"), Decimal("205638100")),
        ("东西湖区", 2024, 7, Decimal("68569100"), Decimal("74893900"), Decimal("34967100"), None, None),
        (
            "芦淞区",
            2024,
            12,
            Decimal("45727600"),
            Decimal("45320500"),
            Decimal("45320500"),
            Decimal("3069100"),
            Decimal("41753300"),
        ),
    ]


def test_the_2021_table_names_no_district_and_says_why(five: duckdb.DuckDBPyConnection) -> None:
    district, why = rows(
        five, "select district, identity_evidence['district'] from marts.documents where fiscal_year = 2021"
    )[0]
    assert district is None
    assert why


def test_every_figure_is_printed_where_it_is_said_to_be(five: duckdb.DuckDBPyConnection) -> None:
    missing = rows(
        five,
        r"""
        select f.fact_id, f.as_printed
        from marts.facts as f
        left join staging.cells as c on c.table_id = f.table_id and c.row_no = f.row_no and c.col_no = f.col_no
        left join staging.sentences as s on s.sentence_id = f.sentence_id
        where not coalesce(
            contains(
                regexp_replace(coalesce(c.text, s.text), '\s', '', 'g'), regexp_replace(f.as_printed, '\s', '', 'g')
            ),
            false
        )
        """,
    )
    assert missing == []
    assert objects.count(five, "marts.facts") > 1000
