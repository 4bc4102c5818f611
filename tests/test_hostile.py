"""A folder of hostile and broken files among the five reports, through `gouji refresh` as anybody runs it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
import reports

from tests import hostile

SECONDS, MEGABYTES, PAGES = 15, 800, 2_000
"""What one document may cost here."""
START_SECONDS = 10
"""What the start of a worker may take on a busy machine."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
TECHNICAL = re.compile(
    r"Traceback|File \"|Error|Exception|line \d|0x[0-9a-f]{6}|/(?:usr|home|work|tmp|root|srv)/", re.I
)
COMMAND = "import sys; from pipelines.cli import main; sys.exit(main())"


@dataclass
class Run:
    """What a refresh printed, when it was done with each document, and what it left behind."""

    folder: Path
    code: int = -1
    out: str = ""
    lines: list[tuple[float, str]] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def err(self) -> str:
        return "\n".join(line for _, line in self.lines)

    def rows(self, sql: str) -> list[tuple]:  # type: ignore[type-arg]
        with duckdb.connect(str((self.data / "marts" / "gouji.duckdb").resolve()), read_only=True) as con:
            return con.execute(sql).fetchall()


def refresh(folder: Path) -> Run:
    """`gouji refresh` in a process of its own that may write to data, home and a folder for what is temporary."""
    run = Run(folder)
    for name in ("home", "temporary", "elsewhere"):
        (folder / name).mkdir(exist_ok=True)
    environment = os.environ | {
        "GOUJI_DATA": str(run.data),
        "GOUJI_HOME": str(folder / "home"),
        "GOUJI_WORKERS": "2",
        "GOUJI_DOCUMENT_SECONDS": str(SECONDS),
        "GOUJI_DOCUMENT_MEGABYTES": str(MEGABYTES),
        "GOUJI_DOCUMENT_PAGES": str(PAGES),
        "TMPDIR": str(folder / "temporary"),
        "HOME": str(folder / "elsewhere"),
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    with (folder / "printed").open("w+", encoding="utf-8") as printed:
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, "refresh"],
            cwd=folder / "elsewhere",
            env=environment,
            stdout=printed,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        for line in process.stderr:
            run.lines.append((time.monotonic(), line.rstrip("\n")))
        run.code = process.wait()
        printed.seek(0)
        run.out = printed.read()
    (folder / "printed").unlink()
    run.orphans = list(_processes(str(folder / "temporary")))
    return run


def _processes(mark: str) -> Iterator[str]:
    """The command lines of the processes in whose environment the text stands."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "environ").read_bytes():
                yield (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {**hostile.files(), **dict(hostile.damaged())}


@pytest.fixture(scope="module")
def run(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The five reports among all hostile files, refreshed once."""
    folder = tmp_path_factory.mktemp("hostile")
    raw = folder / "data" / "raw"
    for name, data in files.items():
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).write_bytes(data)
    for name in reports.ALL:
        shutil.copy(reports.RAW / name, raw / name)
    return refresh(folder)


def test_there_are_enough_of_them(files):
    assert len(hostile.files()) >= 40
    assert len(files) >= 70


def test_the_refresh_publishes_and_prints_no_traceback(run):
    assert run.code == 0, run.out + run.err
    assert "Traceback" not in run.out + run.err


def test_every_file_has_its_row_and_every_archive_that_opens_a_row_a_member(run, files):
    rows = {file for (file,) in run.rows("select file from marts.documents")}
    assert {name for name in files if name not in rows and not any(r.startswith(f"{name}/") for r in rows)} == set()
    assert {r.partition("/")[0] for r in rows if ".zip/" in r} == {
        "名字.zip",
        "套娃.zip",
        "炸弹.zip",
        "加密.zip",
        "包含自己.zip",
    }
    assert {
        "名字.zip/../../../../tmp/gouji-climbed.txt",
        "名字.zip//tmp/gouji-absolute.txt",
        "名字.zip/换\n行😀.txt",
    } < rows
    assert len([r for r in rows if r.startswith("名字.zip/")]) == 7


def test_whatever_is_not_read_whole_has_a_reason_that_people_understand(run):
    rows = run.rows("select file, status, status_reason from marts.documents")
    assert {status for _, status, _ in rows} == {"parsed", "partial", "quarantined"}
    without = {file: reason for file, status, reason in rows if status != "parsed" and not CHINESE.search(reason or "")}
    assert without == {}
    assert {file: reason for file, _, reason in rows if reason and TECHNICAL.search(reason)} == {}
    assert {file for file, status, _ in rows if status == "parsed"} >= set(hostile.named())


def test_what_is_known_to_be_wrong_is_what_the_reason_says(run):
    reasons = dict(run.rows("select file, status_reason from marts.documents where status = 'quarantined'"))
    for file, word in (
        ("空.txt", "0 字节"),
        ("打开需要密码.pdf", "密码"),
        ("一万页.pdf", f"10000 页，超过 {PAGES} 页"),
        ("炸弹.zip/零.txt", "炸弹"),
        ("重叠的炸弹.zip", "炸弹"),
        ("套娃.zip/里.zip", "只打开一层"),
        ("一千个文件.zip", "超过 500 个"),
        ("加密.zip/a.txt", "密码"),
        ("实体炸弹.docx", "实体"),
        ("实体炸弹.xlsx", "实体"),
        ("压缩炸弹.docx", "炸弹"),
        ("最后一行最后一列.xlsx", "范围过大"),
        ("一行十万格.html", "异常庞大"),
        ("一行五十兆.csv", "请拆分"),
        ("随机.pdf", "不是可识别的文件格式"),
        ("其实是程序.pdf", "可执行程序"),
        ("只有文件头.pdf", "损坏"),
    ):
        assert word in reasons[file], (file, reasons[file])


@pytest.mark.parametrize("table", ["facts", "findings", "check_ledger", "execution", "indicators", "documents"])
def test_the_five_reports_say_exactly_what_they_say_without_them(run, published, table):
    names = ", ".join(f"'{name}'" for name in reports.ALL)
    sql = f"select * from marts.{table} where file in ({names}) order by all"
    assert run.rows(sql) == published.rows(sql)
    assert run.rows(sql) or table == "indicators"


def test_no_worker_outlives_its_limit(run):
    reading = [at for at, line in run.lines if "stage=read" in line]
    assert len(reading) > 70
    longest = max(b - a for a, b in pairwise(reading))
    # A document that kills its worker is tried once more, and two workers are at work.
    assert longest < 2 * SECONDS + START_SECONDS
    assert run.orphans == []


def test_nothing_is_written_outside_the_data_and_home_folders(run):
    assert {p.name for p in run.folder.iterdir()} == {"data", "home", "temporary", "elsewhere"}
    assert [*(run.folder / "temporary").iterdir(), *(run.folder / "elsewhere").iterdir()] == []
    assert {p.name for p in run.data.iterdir()} == {"raw", "marts", "cache"}
    assert not Path("/tmp/gouji-climbed.txt").exists()
    assert not Path("/tmp/gouji-absolute.txt").exists()


def test_a_second_refresh_finds_nothing_to_do(run):
    started = time.monotonic()
    again = refresh(run.folder)
    assert "无需刷新" in again.out
    assert time.monotonic() - started < START_SECONDS
