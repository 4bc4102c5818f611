"""Write, audit, publish: readers see one whole version or the next, and a build that fails changes nothing."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import handmade
import pyarrow.parquet as pq
import pytest

from pipelines.audit.run import audit
from pipelines.settings import PROJECT, Settings
from pipelines.warehouse import build, publish
from pipelines.warehouse.build import SourceFile
from pipelines.warehouse.fingerprint import fingerprint

READER = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
def count():
    print(con.execute("select count(*) from marts.documents").fetchall()[0][0], flush=True)
count()
for line in sys.stdin:
    count()
"""
EAGER_READER = """
import sys, duckdb
seen = set()
while True:
    with duckdb.connect(sys.argv[1], read_only=True) as con:
        documents = con.execute("select count(*) from marts.documents").fetchall()[0][0]
        again = con.execute("select count(*) from core.documents").fetchall()[0][0]
        parquet = duckdb.read_parquet(sys.argv[2] + "/documents.parquet").aggregate("count(*)").fetchall()[0][0]
    assert documents == again and 1 <= parquet <= 3, (documents, again, parquet)
    if documents not in seen:
        seen.add(documents)
        print(documents, flush=True)
"""
BUILDER = """
import sys
from pathlib import Path
from pipelines.settings import Settings
from pipelines.warehouse import publish
def build(con):
    con.execute("create schema marts; create table marts.documents as select range as i from range(100000)")
    print("building", flush=True)
    sys.stdin.read()
settings = Settings(data=Path(sys.argv[1]), home=Path(sys.argv[1]))
try:
    publish.publish(settings, build, None, "half")
except publish.AnotherRefreshRunning as e:
    print("refused", e, flush=True)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", home=tmp_path / "home", keep_versions=2)


@pytest.fixture
def files(tmp_path: Path) -> list[SourceFile]:
    return handmade.five_files(tmp_path / "cache")


def refresh(settings: Settings, files: list[SourceFile]) -> publish.Publication:
    """Builds and publishes the files."""

    def steps(con: duckdb.DuckDBPyConnection) -> None:
        build.load_staging(con, files, {"fingerprint": fingerprint(files)}, handmade.linked)
        build.build_layer(con, "core")
        audit(con)
        build.build_layer(con, "marts")

    return publish.publish(settings, steps, None, fingerprint(files))


def publish_documents(settings: Settings, count: int) -> publish.Publication:
    """Publishes a warehouse that holds nothing but so many documents."""

    def steps(con: duckdb.DuckDBPyConnection) -> None:
        for schema in ("core", "marts"):
            con.execute(f"create schema {schema}")
            con.execute(f"create table {schema}.documents as select range as i from range({count}) order by i")

    return publish.publish(settings, steps, None, str(count))


def documents(settings: Settings) -> int:
    """How many documents a reader sees who opens the plain path now."""
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        return int(con.execute("select count(*) from marts.documents").fetchall()[0][0])


def python(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Another process that runs the script."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    )


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def ask(process: subprocess.Popen[str]) -> str:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
    return said(process)


def finish(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_publication_is_a_database_and_a_parquet_file_a_mart(settings: Settings, files: list[SourceFile]) -> None:
    publication = refresh(settings, files)
    assert documents(settings) == 5
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        marts = con.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
        for (name,) in marts:
            table = pq.read_table(settings.marts / "parquet" / f"{name}.parquet")
            assert table.num_rows == publication.rows[name], name
            assert table.column_names == [r[0] for r in con.execute(f"describe marts.{name}").fetchall()]
    assert publication.rows["execution"] == 9
    assert len(marts) == len(list((settings.marts / "parquet").glob("*.parquet"))) == len(publication.rows)


def test_analysts_can_use_views_and_macros_by_the_plain_path(settings: Settings, files: list[SourceFile]) -> None:
    refresh(settings, files)
    with duckdb.connect(str(settings.warehouse)) as con:
        shown = con.execute(
            'select "年初预算数（万元）" from marts_zh."预算执行" where "事项" = \'城乡低保补助\''
        ).fetchall()
        assert str(shown[0][0]) == "423.000000"
        assert con.execute("select subjects from programme_series('temporary_aid')").fetchall() == [(["临时救助"],)]
        assert con.execute("select district, rank from compare_districts(2024)").fetchall() == [("东西湖区", None)]


def test_the_published_fingerprint_tells_an_unchanged_refresh(settings: Settings, files: list[SourceFile]) -> None:
    assert publish.published_fingerprint(settings) is None
    refresh(settings, files)
    assert publish.published_fingerprint(settings) == fingerprint(files) == fingerprint(files[::-1])
    changed = [*files[1:], dataclasses.replace(files[0], sidecar={"district": "东西湖区"})]
    assert fingerprint(changed) != fingerprint(files)
    assert fingerprint(files[1:]) != fingerprint(files)
    assert fingerprint(files, "ocr") != fingerprint(files)
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        assert con.execute("select value from core.meta where key = 'fingerprint'").fetchall() == [
            (fingerprint(files),)
        ]


def test_a_lost_database_is_not_taken_for_published(settings: Settings) -> None:
    publish_documents(settings, 5)
    settings.warehouse.resolve().unlink()
    assert publish.published_fingerprint(settings) is None


def test_a_reader_keeps_its_snapshot_while_others_see_the_new_version(settings: Settings) -> None:
    publish_documents(settings, 5)
    reader = python(READER, settings.warehouse)
    try:
        assert said(reader) == "5"
        publish_documents(settings, 2)
        assert ask(reader) == "5"
        assert documents(settings) == 2
        for count in (1, 3, 1):
            publish_documents(settings, count)
        assert ask(reader) == "5"
    finally:
        finish(reader)


def test_readers_that_open_again_and_again_never_see_half_a_version(settings: Settings) -> None:
    settings = dataclasses.replace(settings, keep_versions=3)
    publish_documents(settings, 1)
    reader = python(EAGER_READER, settings.warehouse, settings.marts / "parquet")
    try:
        assert said(reader) == "1"
        publish_documents(settings, 2)
        assert said(reader) == "2"
        publish_documents(settings, 3)
        assert said(reader) == "3"
        assert reader.poll() is None
    finally:
        finish(reader)


def test_a_build_that_fails_changes_nothing(settings: Settings) -> None:
    before = publish_documents(settings, 5)

    def broken(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("create table t as select 1")
        raise ValueError("the disk of the parser is full")

    with pytest.raises(ValueError, match="disk of the parser"):
        publish.publish(settings, broken, None, "x")
    assert publish.current(settings) == before
    assert documents(settings) == 5
    assert not list(settings.marts.glob(".building.*"))


def test_an_audit_that_refuses_changes_nothing_and_cannot_write(settings: Settings) -> None:
    before = publish_documents(settings, 5)

    def one_table(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("create schema marts; create table marts.documents as select 1 as i")

    def writes(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("delete from marts.documents")

    with pytest.raises(duckdb.InvalidInputException, match="read-only"):
        publish.publish(settings, one_table, writes, "x")
    assert publish.current(settings) == before


def test_a_killed_build_changes_nothing_and_its_leftovers_go(settings: Settings) -> None:
    before = publish_documents(settings, 5)
    builder = python(BUILDER, settings.data)
    try:
        assert said(builder) == "building"
        os.kill(builder.pid, signal.SIGKILL)
        builder.wait()
        assert list(settings.marts.glob(".building.*"))
        assert publish.current(settings) == before
        assert documents(settings) == 5
    finally:
        finish(builder)
    publish_documents(settings, 1)
    assert documents(settings) == 1
    assert not list(settings.marts.glob(".building.*"))


def test_a_second_refresh_is_told_who_is_writing(settings: Settings) -> None:
    builder = python(BUILDER, settings.data)
    try:
        assert said(builder) == "building"
        with pytest.raises(publish.AnotherRefreshRunning, match=str(builder.pid)) as told:
            publish_documents(settings, 5)
        assert "另一次刷新" in str(told.value)
        assert publish.current(settings) is None
    finally:
        finish(builder)
    publish_documents(settings, 5)
    assert documents(settings) == 5


def test_a_refresh_by_another_process_waits_for_this_one(settings: Settings) -> None:
    with publish.single_writer(settings):
        builder = python(BUILDER, settings.data)
        try:
            assert said(builder).startswith("refused")
        finally:
            finish(builder)


def test_only_the_last_versions_are_kept(settings: Settings) -> None:
    made = [publish_documents(settings, n).version for n in (1, 2, 3, 1)]
    assert sorted(p.name for p in (settings.marts / "versions").iterdir()) == made[-2:]
    assert documents(settings) == 1


def test_the_time_of_publication_is_beside_the_database_and_not_in_it(
    settings: Settings, files: list[SourceFile]
) -> None:
    def content() -> dict[str, object]:
        with duckdb.connect(str(settings.warehouse), read_only=True) as con:
            names = con.execute("select schema_name || '.' || table_name from duckdb_tables() order by 1").fetchall()
            return {name: con.execute(f"from {name} order by all").fetchall() for (name,) in names}

    first = refresh(settings, files)
    one = content()
    second = refresh(settings, files)
    assert content() == one
    assert first.published_at < second.published_at
    record = json.loads((settings.marts / "current" / "publication.json").read_text(encoding="utf-8"))
    assert record["published_at"] == second.published_at


def test_what_stood_at_the_plain_paths_before_is_replaced(settings: Settings) -> None:
    (settings.marts / "parquet").mkdir(parents=True)
    (settings.marts / "parquet" / "old.parquet").write_bytes(b"x")
    settings.warehouse.write_bytes(b"x")
    publish_documents(settings, 5)
    assert documents(settings) == 5
    assert not (settings.marts / "parquet" / "old.parquet").exists()


def test_nothing_is_written_outside_the_data_folder(
    settings: Settings, files: list[SourceFile], tmp_path: Path
) -> None:
    refresh(settings, files)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cache", "data"]
    shown = sorted(p.name for p in settings.marts.iterdir() if not p.name.startswith("."))
    assert shown == ["current", "gouji.duckdb", "parquet", "versions"]
