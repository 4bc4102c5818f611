"""Every number of the comparisons leads back to printed figures, and years that are published stand as series."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import handmade
import pytest
import reports
from handmade import cached, rows
from pdf_corpus import WANLI_2023, WANLI_2024, ZHENGXIE_2017, corpus_bytes

from pipelines.facts.subjects import link
from pipelines.reading import read

COLUMNS = {
    "district_year": (
        "initial_budget_yuan",
        "adjusted_budget_yuan",
        "budget_yuan",
        "executed_yuan",
        "basic_expenditure_yuan",
        "project_expenditure_yuan",
        "general_yuan",
        "government_fund_yuan",
    ),
    "programme_year": ("initial_budget_yuan", "adjusted_budget_yuan", "budget_yuan", "executed_yuan"),
}
WANLI = (WANLI_2023, WANLI_2024, "budgets/2025-上海市普陀区万里街道-部门预算.pdf")
ZHENGXIE = (
    ZHENGXIE_2017,
    "jiangsu/江苏省政协办公厅/江苏省政协办公厅2018度部门预算公开表.pdf",
    "jiangsu/江苏省政协办公厅/江苏省政协办公厅2019年预算公开表.pdf",
)


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("five")
    files = [cached(folder, reports.reading(name), name) for name in reports.ALL]
    return handmade.warehouse(folder / "five.duckdb", files, linked=link)


@pytest.fixture(scope="module")
def published_budgets(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("corpus")
    files = [cached(folder, read(corpus_bytes(name), Path(name).name), name) for name in (*WANLI, *ZHENGXIE)]
    return handmade.warehouse(folder / "corpus.duckdb", files, linked=link)


def untraced(con: duckdb.DuckDBPyConnection, mart: str) -> list[tuple[object, ...]]:
    """Numbers that the facts named for them do not add up to, or whose figures are not printed where it is said."""
    walked = []
    for column in COLUMNS[mart]:
        walked += rows(
            con,
            f"""
            select '{column}', y.fiscal_year, y.bureau, any_value(y.{column}), sum(f.amount_yuan), list(f.as_printed)
            from marts.{mart} as y
            left join unnest(y.amount_facts['{column}']) as named(fact_id) on true
            left join core.facts as f on f.fact_id = named.fact_id
            left join staging.cells as c
                on c.table_id = f.table_id and c.row_no = f.row_no and c.col_no = f.col_no
            left join staging.sentences as s on s.sentence_id = f.sentence_id
            where y.{column} is not null
            group by y.row_key, {"y.programme," if mart == "programme_year" else ""} y.fiscal_year, y.bureau
            having sum(f.amount_yuan) is distinct from any_value(y.{column})
                or not bool_and(contains(f.quote, f.as_printed) and contains(coalesce(c.text, s.text), f.as_printed))
                or not bool_and(list_contains(y.source_facts, f.fact_id))
            """,
        )
    return walked


@pytest.mark.parametrize("mart", list(COLUMNS))
def test_every_number_is_the_sum_of_figures_printed_where_it_says(five: duckdb.DuckDBPyConnection, mart: str) -> None:
    assert rows(five, f"select count(*) from marts.{mart} where len(source_facts) > 0")[0][0] > 3
    assert untraced(five, mart) == []


@pytest.mark.parametrize("mart", list(COLUMNS))
def test_every_number_of_published_budgets_is_printed_where_it_says(
    published_budgets: duckdb.DuckDBPyConnection, mart: str
) -> None:
    assert rows(published_budgets, f"select count(*) from marts.{mart} where len(source_facts) > 0")[0][0] > 5
    assert untraced(published_budgets, mart) == []


def test_three_years_of_a_street_and_of_a_province_are_series(published_budgets: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        published_budgets,
        "select level, district, province, fiscal_year, budget_yuan, budget_change, basic_expenditure_yuan "
        "from marts.district_year order by province, fiscal_year",
    )
    yuan = Decimal(10_000)
    assert found == [
        ("district", "普陀区", "上海市", 2023, Decimal("164978640"), None, Decimal("99406297")),
        ("district", "普陀区", "上海市", 2024, Decimal("156211123"), Decimal("-5.31"), Decimal("99706020")),
        ("district", "普陀区", "上海市", 2025, Decimal("189767551"), Decimal("21.48"), Decimal("101341746")),
        ("province", None, "江苏省", 2017, Decimal("9146.79") * yuan, None, Decimal("5916.27") * yuan),
        ("province", None, "江苏省", 2018, Decimal("10150.48") * yuan, Decimal("10.97"), Decimal("5678.17") * yuan),
        ("province", None, "江苏省", 2019, Decimal("13377.11") * yuan, Decimal("31.79"), Decimal("6522.75") * yuan),
    ]


def test_no_number_of_a_comparison_is_missing_without_a_reason(five: duckdb.DuckDBPyConnection) -> None:
    unexplained = rows(
        five,
        """
        select district, fiscal_year from marts.district_year
        where (execution_rate is null) <> (execution_rate_reason is not null)
            or (rank is null) <> (rank_reason is not null)
            or (change is null) <> (change_reason is not null)
            or (budget_change is null) <> (budget_change_reason is not null)
            or (least(basic_expenditure_yuan, project_expenditure_yuan) is null and amounts_reason is null)
        union all
        select programme, fiscal_year from marts.programme_year
        where (execution_rate is null) <> (execution_rate_reason is not null)
            or (change_from_prior_year is null) <> (change_reason is not null)
            or (share_of_district is null) <> (share_reason is not null)
        """,
    )
    assert unexplained == []
    assert rows(five, "select file from marts.not_compared") == [(reports.BENJI,)]


def test_leaves_of_a_published_table_add_up_to_its_total(published_budgets: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        published_budgets,
        """
        with columns as (
            select
                table_id, col_no, measure,
                sum(amount_yuan) filter (is_leaf) as leaves,
                max(amount_yuan) filter (is_total and regexp_matches(subject, '(合计|总计)$')) as total
            from marts.final_accounts
            where year_offset = 0
            group by all
        )
        select count(*) filter (leaves = total), count(*) filter (leaves <> total) from columns
        """,
    )
    assert found[0][0] > 70
    assert found[0][1] == 0
