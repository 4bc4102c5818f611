"""The parse cache: a reading on disk, whole or not at all, and named by what it depends on."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import handmade
import pyarrow.parquet as pq
import pytest
from handmade import cached, rows

from pipelines.core.relations import AMOUNT, RELATIONS, VALUE
from pipelines.warehouse import cache


def test_a_saved_reading_comes_back_with_its_exact_columns(tmp_path: Path) -> None:
    made = handmade.monitoring()
    cache.save(made, tmp_path / "x")
    assert cache.has(tmp_path / "x")
    for name, columns in RELATIONS.items():
        assert pq.read_schema(tmp_path / "x" / f"{name}.parquet").equals(cache.arrow_schema(columns)), name
    amounts = pq.read_table(tmp_path / "x" / "facts.parquet")["amount_yuan"].to_pylist()
    assert amounts[:2] == [Decimal("68569100.000000"), Decimal("6324800.000000")]


def test_the_same_reading_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        cache.save(handmade.indicators(), tmp_path / name)
    for relation in RELATIONS:
        one, other = ((tmp_path / name / f"{relation}.parquet").read_bytes() for name in ("a", "b"))
        assert hashlib.sha256(one).digest() == hashlib.sha256(other).digest(), relation


def test_half_a_reading_is_none_and_is_replaced(tmp_path: Path) -> None:
    cache.save(handmade.indicators(), tmp_path / "x")
    (tmp_path / "x" / "cells.parquet").unlink()
    assert not cache.has(tmp_path / "x")
    cache.save(handmade.indicators(), tmp_path / "x")
    assert cache.has(tmp_path / "x")
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_a_figure_too_large_for_its_column_is_left_out_and_its_text_kept(tmp_path: Path) -> None:
    huge = handmade.money("executed", "1" * 30, half_unit=None, statement="t1r1", table_number=1, row=1, col=1)
    made = handmade.reading("huge", handmade.DONGXIHU, [huge])
    con = handmade.warehouse(tmp_path / "w.duckdb", [cached(tmp_path, made, "a")])
    assert rows(con, "select amount_yuan, as_printed from core.facts") == [(None, "1" * 30)]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("999999999999999999.9999999", None),
        ("-999999999999999999.999999", Decimal("-999999999999999999.999999")),
        ("0.00000051", Decimal("0.000001")),
        ("NaN", None),
    ],
)
def test_money_is_kept_to_a_millionth_of_a_yuan(value: str, kept: Decimal | None) -> None:
    table = cache.arrow_table({"a": AMOUNT}, [{"a": Decimal(value)}])
    assert table["a"].to_pylist() == [kept]


def test_half_of_a_surrogate_pair_does_not_stop_a_reading() -> None:
    table = cache.arrow_table({"t": "VARCHAR", "v": VALUE}, [{"t": "低\ud800保", "v": None}])
    assert table["t"].to_pylist() == ["低\ufffd保"]


def test_the_parser_version_follows_every_source_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "a.py").write_text("x = 1\n", encoding="utf-8")
    (tmp_path / "other.py").write_text("x = 1\n", encoding="utf-8")

    def digest() -> str:
        return cache.sources_digest(tmp_path, ("core",)).hexdigest()

    before = digest()
    (tmp_path / "other.py").write_text("x = 2\n", encoding="utf-8")
    (tmp_path / "core" / "__pycache__").mkdir()
    (tmp_path / "core" / "__pycache__" / "a.pyc").write_bytes(b"x")
    assert digest() == before
    (tmp_path / "core" / "words.csv").write_text("a\n", encoding="utf-8")
    assert digest() != before
