"""The same reports give the same publication, byte for byte, whoever refreshes them, where, when and in which order."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import made_forms
import made_tables
import pytest
import reports
import workbooks
from paper_reports import as_docx, as_html, as_pdf, as_xlsx

RECORD = "publication.json"
"""The one published file that says when it was published; all others must not."""
DATABASE = "gouji.duckdb"
REFRESH = """
from pipelines.readings import Silence
from pipelines.refresh import begin
from pipelines.settings import load

with begin(load(), Silence()) as run:
    run.read()
    run.build("staging")
    run.build("core")
    run.audit()
    run.build("marts")
    run.publish()
"""
SECRETARIAT = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LANG": "C", "LC_ALL": "C", "GOUJI_WORKERS": "1"}
BUREAU = {
    "PYTHONHASHSEED": "2",
    "TZ": "Asia/Shanghai",
    "LANG": "zh_CN.UTF-8",
    "LC_ALL": "C.UTF-8",
    "GOUJI_WORKERS": "2",
}


@dataclass(frozen=True)
class Publication:
    """Every published file by its path, and what the database holds: each table and view with its rows in order."""

    files: dict[str, bytes]
    tables: dict[str, list[tuple[object, ...]]]


def raw() -> dict[str, bytes]:
    """The five reports and a few made ones of other forms; 备份 holds a copy of one."""
    found = {name: (reports.RAW / name).read_bytes() for name in reports.ALL}
    return found | {
        "预算.html": as_html(made_tables.BUDGET),
        "项目.docx": as_docx(made_forms.TWO_PROJECTS),
        "决算.xlsx": as_xlsx(made_tables.ACCOUNTS_WITH_ROW_NUMBERS),
        "监控.pdf": as_pdf(made_forms.PROJECT_MONITORED),
        "收支.xlsx": workbooks.bytes_of(workbooks.report()),
        "备份/项目.docx": as_docx(made_forms.TWO_PROJECTS),
        "坏.xlsx": b"PK\x03\x04" + bytes(100),
    }


def refreshed(folder: Path, files: dict[str, bytes], order: int, environment: dict[str, str]) -> Publication:
    """What a refresh publishes, its reports having come in some order with some ages, under an environment."""
    names = sorted(files)
    chance = random.Random(order)
    chance.shuffle(names)
    for name in names:
        path = folder / "data" / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name])
        os.utime(path, (0, chance.randrange(2_000_000_000)))
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    subprocess.run(
        [sys.executable, "-c", REFRESH],
        cwd=elsewhere,
        env={k: v for k, v in os.environ.items() if not k.startswith(("LC_", "GOUJI_"))}
        | {"GOUJI_DATA": str(folder / "data"), "GOUJI_HOME": str(folder / "home")}
        | {"PYTHONPATH": str(Path(__file__).parents[1])}
        | environment,
        check=True,
        capture_output=True,
    )
    return publication(folder / "data" / "marts" / "current")


def publication(current: Path) -> Publication:
    paths = sorted(p for p in current.rglob("*") if p.is_file() and p.name not in (RECORD, DATABASE))
    with duckdb.connect(str((current / DATABASE).resolve()), read_only=True) as con:
        names = con.execute(
            "select schema_name, table_name from duckdb_tables() where not internal union all "
            "select schema_name, view_name from duckdb_views() where not internal order by all"
        ).fetchall()
        tables = {f"{schema}.{name}": con.execute(f'from "{schema}"."{name}"').fetchall() for schema, name in names}
        tables["comments"] = con.execute(
            "select table_name, column_name, data_type, comment from duckdb_columns() where not internal "
            "order by schema_name, table_name, column_index"
        ).fetchall()
    return Publication({p.relative_to(current).as_posix(): p.read_bytes() for p in paths}, tables)


def differing(a: Publication, b: Publication) -> list[str]:
    """The names of files and tables that one has and the other has not, or has otherwise."""
    files = [n for n in sorted(a.files.keys() | b.files.keys()) if a.files.get(n) != b.files.get(n)]
    return files + [n for n in sorted(a.tables.keys() | b.tables.keys()) if a.tables.get(n) != b.tables.get(n)]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return raw()


@pytest.fixture(scope="module")
def first(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Publication:
    return refreshed(tmp_path_factory.mktemp("first"), files, 1, SECRETARIAT)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("another folder 在别处")


@pytest.fixture(scope="module")
def second(files: dict[str, bytes], elsewhere: Path) -> Publication:
    return refreshed(elsewhere, files, 2, BUREAU)


def test_there_is_something_to_compare(first):
    assert len(first.tables["marts.documents"]) == len(raw())
    assert len(first.tables["audit.candidates"]) > 1000
    assert {"gouji.xlsx", "parquet/facts.parquet", "site/index.html"} < first.files.keys()


def test_workers_hash_seeds_time_zones_locales_folders_ages_and_order_change_nothing(first, second):
    assert differing(first, second) == []


@pytest.mark.usefixtures("second")
def test_what_was_read_before_gives_what_is_read_anew(first, files, elsewhere):
    assert (elsewhere / "data" / "cache").is_dir()
    assert differing(refreshed(elsewhere, files, 3, SECRETARIAT), first) == []


def test_a_dask_cluster_publishes_what_local_processes_publish(first, files, tmp_path):
    distributed = pytest.importorskip("distributed", reason="Dask is an optional extra")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True) as cluster:
        environment = BUREAU | {"GOUJI_DASK": cluster.scheduler_address}
        assert differing(refreshed(tmp_path, files, 4, environment), first) == []


def test_only_its_record_says_when_a_publication_was_made(second, elsewhere):
    published = json.loads((elsewhere / "data" / "marts" / "current" / RECORD).read_text(encoding="utf-8"))
    said = [published["published_at"].encode(), published["version"].encode()]
    assert not [name for name, data in second.files.items() if any(text in data for text in said)]
