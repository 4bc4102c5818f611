"""Identity: what a report says of itself, and the sidecar that wins over it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import handmade
import pytest
from handmade import cached, rows


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("warehouse")
    return handmade.warehouse(folder / "gouji.duckdb", handmade.five_files(folder), fingerprint="abc")


def test_the_sidecar_wins_and_what_the_report_says_is_kept(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        warehouse,
        "select district, url, identity_evidence['district'] from marts.documents where file = '2023-青山.txt'",
    )
    assert found == [("青山", "https://example.cn/1", "旁注文件 2023-青山.txt.meta.yml")]
    assert rows(warehouse, "select key, kind, report_value, sidecar_value from core.sidecar_conflicts") == [
        ("district", "differs", "青山区", "青山")
    ]


def test_a_sidecar_that_repeats_the_report_or_adds_to_it_is_no_conflict(tmp_path: Path) -> None:
    sidecar = {"city": "武汉市", "fiscal_year": 2023, "published_on": "2024-09-20", "url": None}
    con = handmade.warehouse(tmp_path / "w.duckdb", [cached(tmp_path, handmade.final_account(), "a", sidecar=sidecar)])
    assert rows(con, "select * from core.sidecar_conflicts") == []
    assert [str(d) for (d,) in rows(con, "select published_on from marts.documents")] == ["2024-09-20"]


def test_a_sidecar_that_cannot_be_read_changes_nothing_and_is_listed(tmp_path: Path) -> None:
    sidecar = {"fiscal_year": "二〇二三", "distrikt": "青山区", "published_on": "soon"}
    con = handmade.warehouse(tmp_path / "w.duckdb", [cached(tmp_path, handmade.final_account(), "a", sidecar=sidecar)])
    assert rows(con, "select fiscal_year, district from core.documents") == [(2023, "青山区")]
    assert rows(con, "select key, kind from core.sidecar_conflicts") == [
        ("distrikt", "unknown_key"),
        ("fiscal_year", "unreadable"),
        ("published_on", "unreadable"),
    ]


def test_a_sidecar_year_moves_the_year_of_every_figure(tmp_path: Path) -> None:
    prior = handmade.money("prior_year_budget", "3", year_offset=-1, statement="t1r9", table_number=1, row=9, col=1)
    made = handmade.final_account()
    made = replace(made, facts=(*made.facts, prior))
    con = handmade.warehouse(tmp_path / "w.duckdb", [cached(tmp_path, made, "a", sidecar={"fiscal_year": 2020})])
    assert rows(con, "select distinct fiscal_year, year_offset from core.facts order by all") == [
        (2019, -1),
        (2020, 0),
    ]


def test_a_report_that_names_no_district_has_none_and_says_why(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert rows(
        warehouse,
        "select district, issuer, identity_evidence['district'] from marts.documents where file = '2021-本级.txt'",
    ) == [(None, None, "报告全文没有写明区县")]


@pytest.mark.parametrize(
    ("issuer", "bureau"),
    [
        ("武汉市青山区民政局（本级）", "民政局"),
        ("青山区民政局", "民政局"),
        ("湖北省武汉市青山区民政局", "民政局"),
        ("区民政局", "民政局"),
        ("武汉市市场监督管理局", "市场监督管理局"),
        (None, None),
    ],
)
def test_bureaus_are_compared_without_their_place_names(tmp_path: Path, issuer: str | None, bureau: str | None) -> None:
    made = replace(handmade.final_account(), identity=replace(handmade.QINGSHAN, issuer=issuer))
    con = handmade.warehouse(tmp_path / "w.duckdb", [cached(tmp_path, made, "a")])
    assert rows(con, "select bureau from core.documents") == [(bureau,)]
