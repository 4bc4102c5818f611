"""What may stand in data/raw, or become of it in the middle of a refresh, costs one document and says why."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import reports

from pipelines import archives, inbox, readings
from pipelines.readings import Silence
from pipelines.settings import Settings
from pipelines.warehouse.build import SourceFile

NEIGHBOUR = reports.CAIDIAN
VICTIM = "报告.txt"
TEXT = "2024年度某局部门预算。预算数12.50万元。"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path / "data", home=tmp_path / "home", workers=2, document_seconds=20)
    settings.raw.mkdir(parents=True)
    shutil.copy(reports.RAW / NEIGHBOUR, settings.raw / NEIGHBOUR)
    return settings


def read(settings: Settings, entries: tuple[inbox.Entry, ...] | None = None) -> dict[str, SourceFile]:
    """What became of every file."""
    entries = archives.opened(settings, inbox.entries(settings.raw)) if entries is None else entries
    return {s.file: s for s in readings.gather(settings, entries, Silence())}


# What is no file, or none that can be read


@pytest.fixture
def bound(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A socket among the reports."""
    monkeypatch.chdir(settings.raw)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("插座.txt")
        yield "插座.txt"


def test_a_socket_is_no_report(settings, bound):
    found = read(settings)
    assert "不是普通文件" in (found[bound].reason or "")
    assert found[NEIGHBOUR].status == "parsed"


def test_a_file_of_a_thousand_gigabytes_is_refused_before_it_is_read(settings):
    with (settings.raw / VICTIM).open("wb") as sparse:
        sparse.truncate(1 << 40)
    found = read(settings)
    assert found[VICTIM].reason == "无法读取：文件超过 1 GB，请拆分后再提交"
    assert found[NEIGHBOUR].status == "parsed"


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not hold for root")
def test_a_file_without_permission_says_so(settings):
    (settings.raw / VICTIM).write_text(TEXT, encoding="utf-8")
    (settings.raw / VICTIM).chmod(0)
    assert read(settings)[VICTIM].reason == "无法读取：没有权限，请修改权限后重新刷新"


@pytest.mark.parametrize("what", ["/dev/zero", "pipe"])
def test_a_device_or_a_pipe_handed_over_directly_is_refused_and_not_waited_for(settings, tmp_path, what):
    path = tmp_path / "管道" if what == "pipe" else Path(what)
    if what == "pipe":
        os.mkfifo(path)
    (entry,) = archives.handed_over(settings, [path])
    assert "不是普通文件" in (entry.refused or "")


@pytest.mark.parametrize("make", [lambda p: p.symlink_to("/etc/hostname"), lambda p: p.mkdir(), os.mkfifo])
def test_a_sidecar_that_is_no_file_holds_back_its_report_instead_of_being_passed_over(settings, make):
    (settings.raw / VICTIM).write_text(TEXT, encoding="utf-8")
    make(settings.raw / f"{VICTIM}.meta.yml")
    found = read(settings)
    assert f"旁注文件 {VICTIM}.meta.yml" in (found[VICTIM].reason or "")
    assert found[NEIGHBOUR].status == "parsed"


# What changes between the look at the folder and the reading


def to_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def to_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def to_link_outside(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


def to_link_to_itself(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def to_longer(path: Path) -> None:
    with path.open("a", encoding="utf-8") as more:
        more.write(TEXT)


def to_shorter(path: Path) -> None:
    path.write_text(TEXT[:10], encoding="utf-8")


@pytest.mark.parametrize(
    "change", [Path.unlink, to_folder, to_pipe, to_link_outside, to_link_to_itself, to_longer, to_shorter]
)
def test_a_file_that_is_another_thing_when_it_is_read_is_read_the_next_time(settings, change):
    path = settings.raw / VICTIM
    path.write_text(TEXT, encoding="utf-8")
    planned = inbox.entries(settings.raw)
    change(path)
    found = read(settings, planned)
    assert (found[VICTIM].status, found[VICTIM].reason) == ("quarantined", readings.CHANGED_MEANWHILE)
    assert found[NEIGHBOUR].status == "parsed"
    if path.exists() or path.is_symlink():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    path.write_text(TEXT, encoding="utf-8")
    assert read(settings)[VICTIM].status == "parsed"


@pytest.mark.parametrize("change", [Path.unlink, to_folder, to_pipe])
def test_an_archive_that_is_gone_when_it_is_opened_is_one_document(settings, change):
    packed = shutil.make_archive(str(settings.raw / "报告"), "zip", reports.RAW, NEIGHBOUR)
    planned = inbox.entries(settings.raw)
    change(Path(packed))
    entries = archives.opened(settings, planned)
    found = read(settings, entries)
    assert found["报告.zip"].reason == readings.CHANGED_MEANWHILE
    assert found[NEIGHBOUR].status == "parsed"


def test_a_file_that_is_written_to_all_the_time_is_said_to_change(settings):
    path = settings.raw / VICTIM
    path.write_text(TEXT, encoding="utf-8")
    ended = threading.Event()

    def write() -> None:
        with path.open("a", encoding="utf-8") as growing:
            while not ended.wait(0.001):
                growing.write(TEXT)
                growing.flush()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        found = read(settings)
    finally:
        ended.set()
        writer.join()
    assert found[VICTIM].reason == readings.CHANGED_MEANWHILE
    assert found[NEIGHBOUR].status == "parsed"


def test_names_of_every_kind_are_read_and_told_apart(settings):
    names = [
        b"\xb1\xa8\xb1\xed.txt",
        "换\n行.txt".encode(),
        "引'号\"与`反引号`.txt".encode(),
        ("长" * 83 + ".txt").encode(),
        b"-rf --help.txt",
        "\u202e反写\u0007.txt".encode(),
        b" .txt",
        b"%2e%2e%2f.txt",
    ]
    for n, name in enumerate(names):
        with open(os.fsencode(settings.raw) + b"/" + name, "wb") as file:  # noqa: PTH123 - not a str path
            file.write(f"{TEXT}第{n}份。".encode())
    found = read(settings)
    assert len(found) == len(names) + 1
    assert {s.status for s in found.values()} == {"parsed"}


def test_another_refresh_of_the_same_folder_sees_the_same(settings):
    os.mkfifo(settings.raw / "管道.txt")
    (settings.raw / "环").symlink_to("环")
    (settings.raw / "上级").symlink_to("..")
    again = replace(settings, workers=1)
    assert read(settings) == read(again)
