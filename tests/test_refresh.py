"""A refresh: every file has its row, unchanged means nothing to do, and what is gone was never there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
import reports

from pipelines import inbox, readings
from pipelines.readings import Silence
from pipelines.refresh import Changes, OutOfOrder, begin, plan
from pipelines.settings import Settings
from pipelines.warehouse.publish import AnotherRefreshRunning, current

SMALL = (reports.BENJI, reports.CAIDIAN)


@pytest.fixture
def fresh(tmp_path: Path) -> Settings:
    """A data folder with two reports, nothing read and nothing published."""
    settings = Settings(data=tmp_path / "data", home=tmp_path / "home", workers=2)
    settings.raw.mkdir(parents=True)
    for name in SMALL:
        shutil.copy(reports.RAW / name, settings.raw / name)
    return settings


@pytest.fixture(scope="module")
def read_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The parse cache of the two reports."""
    settings = Settings(data=tmp_path_factory.mktemp("read"), home=Path())
    settings.raw.mkdir()
    for name in SMALL:
        shutil.copy(reports.RAW / name, settings.raw / name)
    readings.gather(settings, plan(settings).entries, Silence())
    return settings.cache


@pytest.fixture
def here(fresh: Settings, read_before: Path) -> Settings:
    """The same with both reports read already."""
    shutil.copytree(read_before, fresh.cache)
    return fresh


def refresh(settings: Settings) -> None:
    """Every step in order, as the job takes them (its checks have their own tests)."""
    with begin(settings, Silence()) as run:
        run.read()
        run.build("staging")
        run.build("core")
        run.audit()
        run.build("marts")
        run.publish()


def rows(settings: Settings, sql: str) -> list[tuple]:  # type: ignore[type-arg]
    with duckdb.connect(str(settings.warehouse.resolve()), read_only=True) as con:
        return con.execute(sql).fetchall()


def documents(settings: Settings) -> dict[str, tuple[str, str | None]]:
    """File → status and reason."""
    return {f: (s, r) for f, s, r in rows(settings, "select file, status, status_reason from marts.documents")}


def contents(settings: Settings) -> dict[str, list[tuple]]:  # type: ignore[type-arg]
    """Every row of every table."""
    tables = rows(
        settings,
        "select schema_name || '.' || table_name from duckdb_tables() where not internal order by 1",
    )
    return {t: rows(settings, f"from {t}") for (t,) in tables}


# Unchanged, new, changed, withdrawn


def test_an_unchanged_refresh_says_so_quickly_and_loads_neither_orchestrator_nor_validator(here):
    assert plan(here).changes == Changes(new=tuple(sorted(SMALL)))
    refresh(here)
    assert plan(here).unchanged
    assert plan(here).changes == Changes()
    code = (
        "import sys; from pipelines.cli import main; code = main(['--data', sys.argv[1], 'refresh']); "
        "assert not {'dagster', 'great_expectations', 'pandas'} & set(sys.modules); sys.exit(code)"
    )
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code, str(here.data)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "没有变化" in done.stdout
    assert "Nothing changed" in done.stdout
    assert time.monotonic() - started < 5


def test_a_withdrawn_report_leaves_the_warehouse_as_if_it_had_never_been(here, tmp_path):
    refresh(here)
    (here.raw / reports.BENJI).unlink()
    assert plan(here).changes == Changes(withdrawn=(reports.BENJI,))
    refresh(here)
    never = Settings(data=tmp_path / "never", home=tmp_path / "home")
    never.raw.mkdir(parents=True)
    shutil.copy(reports.RAW / reports.CAIDIAN, never.raw / reports.CAIDIAN)
    refresh(never)
    assert contents(here) == contents(never)


def test_a_changed_report_leaves_the_warehouse_as_if_it_had_always_been_so(here, tmp_path):
    refresh(here)
    corrected = (here.raw / reports.BENJI).read_text(encoding="utf-8").replace("5906.95", "5606.95")
    (here.raw / reports.BENJI).write_text(corrected, encoding="utf-8")
    assert plan(here).changes == Changes(changed=(reports.BENJI,))
    refresh(here)
    always = Settings(data=tmp_path / "always", home=tmp_path / "home")
    shutil.copytree(here.raw, always.raw)
    refresh(always)
    assert contents(here) == contents(always)


def test_the_order_in_which_documents_are_read_changes_nothing(here):
    refresh(here)
    before = contents(here)
    shutil.rmtree(here.cache)
    refresh(replace(here, workers=1))
    assert contents(here) == before


def test_a_sidecar_that_is_added_changes_the_warehouse(here):
    refresh(here)
    (here.raw / f"{reports.BENJI}.meta.yml").write_text("district: 江汉区\n", encoding="utf-8")
    assert not plan(here).unchanged
    refresh(here)
    assert rows(here, f"select district from marts.documents where file = '{reports.BENJI}'") == [("江汉区",)]


# Files that are not what they should be


def test_what_nobody_means_as_a_report_is_passed_over(here):
    for name in (".gitkeep", ".DS_Store", "~$报告.docx", "Thumbs.db", f"{reports.BENJI}.meta.yml"):
        (here.raw / name).write_text("url: https://example.org\n", encoding="utf-8")
    (here.raw / ".svn").mkdir()
    (here.raw / ".svn" / "entries.txt").write_text("x", encoding="utf-8")
    assert [e.file for e in inbox.entries(here.raw)] == sorted(SMALL)


def test_every_other_entry_has_its_row_and_its_reason(here, tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text("不该读到的内容", encoding="utf-8")
    (here.raw / "外链.txt").symlink_to(outside)
    (here.raw / "目录链").symlink_to(tmp_path)
    (here.raw / "断链.txt").symlink_to("nowhere")
    os.mkfifo(here.raw / "管道.txt")
    (here.raw / "空.txt").touch()
    (here.raw / "乱码.pdf").write_bytes(bytes(range(256)) * 20)
    (here.raw / "子目录").mkdir()
    shutil.copy(reports.RAW / reports.CAIDIAN, here.raw / "子目录" / "副本.txt")
    refresh(here)
    found = documents(here)
    reasons = {file: reason for file, (status, reason) in found.items() if status == "quarantined"}
    assert {f for f, (status, _) in found.items() if status == "parsed"} == set(SMALL)
    assert reasons.keys() == {"外链.txt", "目录链", "断链.txt", "管道.txt", "空.txt", "乱码.pdf", "子目录/副本.txt"}
    assert "data/raw 之外" in reasons["外链.txt"]
    assert "失效" in reasons["断链.txt"]
    assert "不是普通文件" in reasons["管道.txt"]
    assert "副本" in reasons["子目录/副本.txt"]
    assert all(reasons.values())
    assert rows(here, "select count(*) from staging.sentences where text like '%不该读到%'") == [(0,)]


def test_links_that_go_in_circles_and_folders_too_deep_to_list_are_rows_too(here):
    (here.raw / "自己.txt").symlink_to("自己.txt")
    (here.raw / "甲.txt").symlink_to("乙.txt")
    (here.raw / "乙.txt").symlink_to("甲.txt")
    (here.raw / "文件夹.pdf").mkdir()
    deepest = os.open(here.raw, os.O_RDONLY)
    for _ in range(20):  # of 250 bytes each: past the longest path that can be opened
        os.mkdir("深" * 80, dir_fd=deepest)
        deepest, above = os.open("深" * 80, os.O_RDONLY, dir_fd=deepest), deepest
        os.close(above)
    os.close(os.open("a.txt", os.O_CREAT | os.O_WRONLY, dir_fd=deepest))
    os.close(deepest)
    reasons = {e.file: e.refused for e in inbox.entries(here.raw) if e.refused}
    assert reasons.keys() - {"自己.txt", "甲.txt", "乙.txt"} == {max(reasons, key=len)}
    assert all("失效" in reasons[name] for name in ("自己.txt", "甲.txt", "乙.txt"))
    assert "路径过长" in reasons[max(reasons, key=len)]
    assert {e.file for e in inbox.entries(here.raw) if not e.refused} == set(SMALL)
    assert inbox.look(here.raw) == inbox.look(here.raw)


def test_a_link_to_another_file_of_the_folder_is_read_as_that_file(here):
    (here.raw / reports.BENJI).rename(here.raw / "原件.txt")
    (here.raw / reports.BENJI).symlink_to("原件.txt")
    refresh(here)
    assert documents(here)["原件.txt"] == ("quarantined", f"与“{reports.BENJI}”内容完全相同，是副本，不重复计入")


def test_a_file_name_is_data_whatever_it_holds(here):
    shutil.copy(reports.RAW / reports.BENJI, here.raw / "'; drop table x; --\x1b[31m\n%s {}.txt")
    (here.raw / reports.BENJI).unlink()
    with open(os.fsencode(here.raw) + b"/\xb1\xa8\xb1\xed.txt", "wb") as f:  # noqa: PTH123 - not a str path
        f.write("预算数 12 万元".encode())
    refresh(here)
    assert {"'; drop table x; --\x1b[31m\n%s {}.txt", r"\xb1\xa8\xb1\xed.txt"} < documents(here).keys()


@pytest.mark.parametrize("sidecar", ["district: [", "- 一\n- 二", "district:\n  a: 1", "x: " + "y" * 70_000])
def test_a_sidecar_that_cannot_be_read_holds_back_its_report_only(here, sidecar):
    (here.raw / f"{reports.BENJI}.meta.yml").write_text(sidecar, encoding="utf-8")
    held, other = readings.gather(here, plan(here).entries, Silence())
    assert held.status == "quarantined"
    assert f"{reports.BENJI}.meta.yml" in (held.reason or "")
    assert other.status == "parsed"


def test_a_sidecar_without_its_report_is_pointed_out(here):
    (here.raw / "没有.txt.meta.yml").write_text("district: 江汉区\n", encoding="utf-8")
    assert plan(here).lonely_sidecars == ("没有.txt.meta.yml",)


# Limits


def test_a_document_over_its_time_is_quarantined_and_tried_again_under_wider_limits_only(fresh):
    impatient = replace(fresh, document_seconds=0)
    refresh(impatient)
    assert documents(impatient) == {name: ("quarantined", "读取超过 0 秒的时限，已中止") for name in SMALL}
    assert plan(impatient).unchanged
    assert plan(fresh).retry == tuple(sorted(SMALL))
    assert not plan(fresh).unchanged
    refresh(fresh)
    assert {status for status, _ in documents(fresh).values()} == {"parsed"}
    assert plan(impatient).unchanged


def test_what_could_not_be_read_is_forgotten_on_request(fresh):
    impatient = replace(fresh, document_seconds=0)
    refresh(impatient)
    readings.forget_failures(fresh, plan(fresh).entries)
    assert plan(fresh).retry == ()
    refresh(fresh)
    assert {status for status, _ in documents(fresh).values()} == {"parsed"}


def test_a_file_that_changes_between_plan_and_reading_is_not_taken_for_what_it_was(fresh):
    planned = plan(fresh).entries
    (fresh.raw / reports.BENJI).write_text("另一份报告", encoding="utf-8")
    sources = {s.file: s for s in readings.gather(fresh, planned, Silence())}
    assert sources[reports.BENJI].reason == readings.CHANGED_MEANWHILE
    assert sources[reports.CAIDIAN].reason is None


def test_a_cache_that_cannot_be_written_blames_no_document(fresh):
    fresh.cache.write_text("a file wfresh a folder should be", encoding="utf-8")
    with pytest.raises(readings.CacheUnwritable):
        readings.gather(fresh, plan(fresh).entries, Silence())


# One writer, whole or not at all


def test_a_second_refresh_is_told_to_wait(here):
    with begin(here, Silence()), pytest.raises(AnotherRefreshRunning, match="请等它结束"), begin(here, Silence()):
        pass


def test_a_step_without_the_steps_before_it_is_refused(here):
    with begin(here, Silence()) as run:
        with pytest.raises(OutOfOrder, match="read"):
            run.build("staging")
        run.read()
        with pytest.raises(OutOfOrder, match="staging, core"):
            run.audit()
    assert current(here) is None


def test_a_refresh_that_fails_leaves_what_was_published_and_no_litter(here):
    refresh(here)
    before = current(here)
    (here.raw / reports.BENJI).unlink()
    with pytest.raises(RuntimeError, match="power cut"), begin(here, Silence()) as run:
        run.read()
        run.build("staging")
        raise RuntimeError("power cut")
    assert current(here) == before
    assert not list(here.marts.glob(".building*"))
    assert reports.BENJI in documents(here)


def test_a_refresh_that_is_killed_leaves_what_was_published_and_the_next_one_works(here):
    refresh(here)
    before = current(here)
    (here.raw / reports.BENJI).unlink()
    code = """
import os, pathlib, signal, sys
from pipelines.readings import Silence
from pipelines.refresh import begin
from pipelines.settings import Settings

data = pathlib.Path(sys.argv[1])
with begin(Settings(data, data), Silence()) as run:
    run.read()
    run.build("staging")
    os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", code, str(here.data)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert current(here) == before
    refresh(here)
    assert documents(here).keys() == {reports.CAIDIAN}
    assert not list(here.marts.glob(".building*"))


def test_readers_keep_their_version_while_a_new_one_is_published(here):
    refresh(here)
    with duckdb.connect(str(here.warehouse.resolve()), read_only=True) as reader:
        (here.raw / reports.BENJI).unlink()
        refresh(here)
        assert reader.execute("select count(*) from marts.documents").fetchall() == [(2,)]
    assert len(documents(here)) == 1


def test_a_published_file_that_is_torn_is_replaced_by_a_whole_one(here):
    refresh(here)
    torn = here.warehouse.resolve()
    torn.write_bytes(torn.read_bytes()[:5000])
    assert not plan(here).unchanged
    refresh(here)
    assert len(documents(here)) == len(SMALL)


def test_an_empty_folder_is_a_warehouse_without_documents(here):
    for name in SMALL:
        (here.raw / name).unlink()
    refresh(here)
    assert documents(here) == {}
    assert plan(here).unchanged
