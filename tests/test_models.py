"""The SQL files: described, ordered, and built in the order that they need."""

from __future__ import annotations

from pathlib import Path

import duckdb
import handmade
import pytest
from handmade import rows

from pipelines.warehouse import build, models, objects


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("warehouse")
    return handmade.warehouse(folder / "gouji.duckdb", handmade.five_files(folder), fingerprint="abc")


def test_every_table_column_view_and_macro_has_its_comment_in_two_languages(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    uncommented = rows(
        warehouse,
        """
        with things as (
            select schema_name, table_name as name, comment from duckdb_tables() where database_name = 'gouji'
            union all
            select schema_name, view_name, comment from duckdb_views() where database_name = 'gouji' and not internal
            union all
            select schema_name, table_name || '.' || column_name, comment
            from duckdb_columns() where database_name = 'gouji' and not internal
            union all
            select schema_name, function_name, comment
            from duckdb_functions() where database_name = 'gouji' and not internal
        )
        select schema_name, name from things where not contains(coalesce(comment, ''), ' / ')
        """,
    )
    assert uncommented == []


def test_every_sql_file_describes_its_columns_and_sets_an_order() -> None:
    for layer in ("staging", "core", "marts"):
        for model in models.discover(layer):
            assert model.columns, model.full_name
            assert model.title, model.full_name


def test_a_column_without_description_stops_the_build(tmp_path: Path) -> None:
    path = tmp_path / "marts" / "x.sql"
    path.parent.mkdir()
    path.write_text("-- 甲：乙 / A.\n-- @col a 甲 / a\nselect 1 as a, 2 as b order by a\n", encoding="utf-8")
    con = build.open_database(tmp_path / "w.duckdb")
    with pytest.raises(models.ModelError, match="differ in b"):
        objects.create_table(con, models.load(path))


def test_a_table_without_order_stops_the_build(tmp_path: Path) -> None:
    path = tmp_path / "marts" / "x.sql"
    path.parent.mkdir()
    path.write_text("-- 甲：乙 / A.\n-- @col a 甲 / a\nselect 1 as a\n", encoding="utf-8")
    con = build.open_database(tmp_path / "w.duckdb")
    with pytest.raises(models.ModelError, match="order by"):
        objects.create_table(con, models.load(path))


def test_files_that_read_each_other_in_a_circle_are_named(tmp_path: Path) -> None:
    (tmp_path / "core").mkdir()
    for name, other in (("a", "b"), ("b", "a")):
        text = f"-- 甲：乙 / A.\n-- @col x 甲 / x\nselect x from core.{other} order by x\n"
        (tmp_path / "core" / f"{name}.sql").write_text(text, encoding="utf-8")
    with pytest.raises(models.ModelError, match=r"a → b → a|b → a → b"):
        models.discover("core", tmp_path)


def test_a_file_stands_after_those_that_it_reads(tmp_path: Path) -> None:
    (tmp_path / "core").mkdir()
    for name, source in (("a", "core.c"), ("b", "staging.x"), ("c", "core.b")):
        text = f"-- 甲：乙 / A.\n-- @col x 甲 / x\nwith t as (from {source}) select x from t order by x\n"
        (tmp_path / "core" / f"{name}.sql").write_text(text.replace("(from", "(select * from"), encoding="utf-8")
    assert [m.name for m in models.discover("core", tmp_path)] == ["b", "c", "a"]


def test_the_file_can_be_read_by_clients_of_1_5(tmp_path: Path) -> None:
    con = build.open_database(tmp_path / "w.duckdb")
    con.execute("create table t (i integer)")
    assert rows(con, "select tags['storage_version'] from duckdb_databases() where database_name = 'gouji'") == [
        ("v1.5.0+",)
    ]


def test_chinese_names_are_unique(warehouse: duckdb.DuckDBPyConnection) -> None:
    marts = models.discover("marts")
    assert len({m.title for m in marts}) == len(marts)
    for model in marts:
        names = [new.name for _, new in objects.chinese_columns(model)]
        assert len(set(names)) == len(names), model.full_name
    assert rows(warehouse, "select count(*) from duckdb_views() where schema_name = 'marts_zh'") == [(len(marts),)]
