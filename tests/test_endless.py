"""Content without end or measure: each of these once made a reader slow, hungry or lost, and must cost little."""

from __future__ import annotations

import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from test_archive import archive

from pipelines import inbox
from pipelines.documents import media
from pipelines.documents.archive import member, members
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.guard import Failure, Limits
from pipelines.documents.markup import read_markdown
from pipelines.documents.sniff import sniff
from pipelines.reading import read
from pipelines.readings import reason_of

SECONDS = 5.0


@contextmanager
def at_once() -> Iterator[None]:
    """Holds what is done within to seconds of this process, whatever else the machine does."""
    started = time.process_time()
    yield
    assert time.process_time() - started < SECONDS


def test_a_megabyte_of_blank_lines_is_a_text_without_text() -> None:
    with at_once():
        assert sniff(b" \t\r\n" * 250_000) == media.TEXT
        assert read(b" \t\r\n" * 250_000, "x").document.reason == "文件没有任何文字"


def test_a_table_that_is_never_closed_makes_no_markdown() -> None:
    with at_once():
        assert sniff(b"x " + b"<table " * 100_000) == media.TEXT


@pytest.mark.parametrize("run", ["1.", "9", "（", "“", "其中：", "1.5万元，其中："])
def test_a_line_of_one_thing_over_and_over_is_read(run: str) -> None:
    with at_once():
        assert read((run * 20_000 + "\n").encode(), "x").document.status in ("parsed", "quarantined")


def test_a_list_of_short_lines_is_no_path_of_headings() -> None:
    lines = "".join(f"第{n}号街道养老服务中心\n" for n in range(3_000))
    said = read(("各单位名单\n" + lines + "2024年共3000家。\n").encode(), "x").sentences
    assert max(s.section.count(" > ") for s in said) < 12


def test_a_markdown_table_of_a_wide_heading_and_many_empty_rows_is_refused() -> None:
    table = "|" + "a|" * 20_000 + "\n|" + "-|" * 20_000 + "\n" + "|\n" * 20_000
    with at_once(), pytest.raises(UnreadableDocument, match="20001 行 × 20000 列"):
        read_markdown(table.encode(), "x")


def test_a_text_longer_than_any_report_is_refused_with_what_to_do() -> None:
    with at_once():
        assert "请拆分后再提交" in (read("预算".encode() * 5_000_000, "x").document.reason or "")
        assert "行列数异常庞大" in (read(b"a,b\n" * 1_100_000, "x").document.reason or "")


@pytest.mark.parametrize(
    "sidecar", ["x: " + "[" * 30_000, "a: 2024-99-99", "a: " + "9" * 5_000, "a: !!set {x}", "{b: " * 15_000]
)
def test_a_sidecar_that_yaml_chokes_on_holds_back_its_report_only(tmp_path: Path, sidecar: str) -> None:
    (tmp_path / "a.txt").write_text("2024年预算数12万元。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("2024年预算数13万元。", encoding="utf-8")
    (tmp_path / "a.txt.meta.yml").write_text(sidecar, encoding="utf-8")
    held, other = inbox.entries(tmp_path)
    assert "a.txt.meta.yml" in (held.refused or "")
    assert other.refused is None


def test_a_sidecar_with_keys_of_several_kinds_is_taken_by_their_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "a.txt.meta.yml").write_text("1: 2\nb: 3\n2024-01-01: x\n", encoding="utf-8")
    (entry,) = inbox.entries(tmp_path)
    assert entry.sidecar == {"1": 2, "b": 3, "2024-01-01": "x"}


def test_a_member_without_a_name_or_with_a_nul_in_it_has_one_to_show() -> None:
    data = archive({"xy": b"1"})
    assert next(members(data.replace(b"xy", b"x\0"))).name == r"x\x00"
    assert member(data.replace(b"xy", b"x\0"), 0).data == b"1"
    nameless = bytearray(data.replace(b"xy", b""))
    directory, end = nameless.index(b"PK\x01\x02"), nameless.index(b"PK\x05\x06")
    nameless[26:28] = nameless[directory + 28 : directory + 30] = b"\0\0"
    nameless[end + 12 : end + 20] = struct.pack("<II", end - directory, directory)
    assert next(members(bytes(nameless))).name == "（无名）"


def test_how_a_reader_died_is_told_without_what_it_printed() -> None:
    limits = Limits(9, 99, 999)
    printed = 'SIGSEGV:   File "/srv/gouji/pipelines/x.py", line 3 in f'
    assert reason_of(Failure("crash", printed), limits) == (
        "读取时程序意外终止（SIGSEGV），文件可能已损坏，或展开后过于庞大"
    )
    assert "/srv" not in reason_of(Failure("error", "FileNotFoundError: /srv/x"), limits)
    assert reason_of(Failure("pages", "10000"), limits) == "文件有 10000 页，超过 999 页的上限，请拆分后再提交"
