"""Archives in data/raw: every member is a document of its own, as if it had been put there unpacked."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import reports
from test_archive import archive
from test_refresh import contents, documents, refresh, rows

from pipelines import archives, cli, inbox, readings
from pipelines.inbox import Entry
from pipelines.readings import Silence
from pipelines.refresh import Changes, plan
from pipelines.settings import Settings

BENJI = (reports.RAW / reports.BENJI).read_bytes()
CAIDIAN = (reports.RAW / reports.CAIDIAN).read_bytes()


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    """A data folder with nothing in it."""
    settings = Settings(data=tmp_path / "data", home=tmp_path / "home")
    settings.raw.mkdir(parents=True)
    return settings


def put(settings: Settings, name: str, files: dict[str, bytes]) -> Path:
    """An archive of the files in data/raw."""
    path = settings.raw / name
    path.write_bytes(archive(files))
    return path


def entries(settings: Settings) -> dict[str, Entry]:
    return {e.file: e for e in plan(settings).entries}


def test_members_say_what_the_same_files_say_unpacked(here, tmp_path):
    put(here, "报送.zip", {"蔡甸.txt": CAIDIAN, "二〇二一/本级.txt": BENJI})
    refresh(here)
    assert {file: status for file, (status, _) in documents(here).items()} == {
        "报送.zip/蔡甸.txt": "parsed",
        "报送.zip/二〇二一/本级.txt": "parsed",
    }
    unpacked = Settings(data=tmp_path / "unpacked", home=tmp_path)
    (unpacked.raw / "报送.zip" / "二〇二一").mkdir(parents=True)
    (unpacked.raw / "报送.zip" / "蔡甸.txt").write_bytes(CAIDIAN)
    (unpacked.raw / "报送.zip" / "二〇二一" / "本级.txt").write_bytes(BENJI)
    refresh(unpacked)
    assert contents(here) == contents(unpacked)
    assert plan(here).unchanged


def test_a_member_is_hashed_cached_and_told_to_be_a_copy_as_a_file_is(here):
    (here.raw / "本级.txt").write_bytes(BENJI)
    put(here, "a.zip", {"x.txt": BENJI})
    put(here, "b.zip", {"y.txt": CAIDIAN})
    refresh(here)
    assert entries(here)["a.zip/x.txt"].sha256 == entries(here)["本级.txt"].sha256
    assert documents(here)["本级.txt"] == ("quarantined", "与“a.zip/x.txt”内容完全相同，是副本，不重复计入")
    assert documents(here)["b.zip/y.txt"] == ("parsed", None)
    put(here, "c.zip", {"z.txt": CAIDIAN})
    seen = Recorder()
    readings.gather(here, plan(here).entries, seen)
    assert seen.outcomes == {"a.zip/x.txt": "cached", "b.zip/y.txt": "cached"}


def test_a_member_that_is_refused_has_its_row_and_its_neighbour_is_read(here):
    put(here, "a.zip", {"内层.zip": archive({"b.txt": BENJI}), "大.txt": bytes(32 << 20), "蔡甸.txt": CAIDIAN})
    refresh(here)
    found = documents(here)
    assert found["a.zip/蔡甸.txt"] == ("parsed", None)
    assert "只打开一层" in (found["a.zip/内层.zip"][1] or "")
    assert "炸弹" in (found["a.zip/大.txt"][1] or "")


def test_an_archive_that_does_not_open_is_one_document_with_the_reason(here):
    whole = archive({"a.txt": BENJI})
    (here.raw / "坏.zip").write_bytes(whole[: len(whole) // 2])
    (here.raw / "空.zip").write_bytes(archive({}))
    (here.raw / "多.zip").write_bytes(archive({f"{i}.txt": b"x" for i in range(501)}))
    put(here, "杂.zip", {"a.txt.meta.yml": b"district: x", ".git/config": b"x"})
    refresh(here)
    found = documents(here)
    assert {status for status, _ in found.values()} == {"quarantined"}
    assert "不完整" in (found["坏.zip"][1] or "")
    assert "没有文件" in (found["空.zip"][1] or "")
    assert "501 个文件" in (found["多.zip"][1] or "")
    assert "没有可读取的报告" in (found["杂.zip"][1] or "")
    assert rows(here, "select distinct media_type from marts.documents") == [("application/zip",)]
    assert plan(here).unchanged


def test_names_that_repeat_or_climb_are_told_apart_and_kept_as_names(here):
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = archive_of(
            [("a.txt", BENJI), ("a.txt", CAIDIAN), ("../../a.txt", b"1"), ("/etc/a.txt", b"2"), ("a\n.txt", b"3")]
        )
    (here.raw / "x.zip").write_bytes(data)
    assert entries(here).keys() == {
        "x.zip/a.txt",
        "x.zip/a.txt (2)",
        "x.zip/../../a.txt",
        "x.zip//etc/a.txt",
        "x.zip/a\n.txt",
    }
    refresh(here)
    assert documents(here).keys() == entries(here).keys()
    assert not (here.data / "a.txt").exists()
    assert not (here.data.parent / "a.txt").exists()


def test_two_files_whose_names_are_shown_alike_are_told_apart(here):
    (here.raw / r"\xb1.txt").write_bytes(BENJI)
    with open(os.fsencode(here.raw) + b"/\xb1.txt", "wb") as f:  # noqa: PTH123 - not a str path
        f.write(CAIDIAN)
    assert [e.file for e in inbox.entries(here.raw)] == [r"\xb1.txt", r"\xb1.txt (2)"]


def test_a_changed_archive_is_read_again_where_a_member_changed(here):
    put(here, "a.zip", {"x.txt": BENJI, "y.txt": CAIDIAN})
    refresh(here)
    put(here, "a.zip", {"x.txt": BENJI, "z.txt": CAIDIAN + b"\n"})
    assert plan(here).changes == Changes(new=("a.zip/z.txt",), withdrawn=("a.zip/y.txt",))
    refresh(here)
    assert documents(here).keys() == {"a.zip/x.txt", "a.zip/z.txt"}


def test_the_sidecar_of_an_archive_speaks_for_its_members(here):
    put(here, "a.zip", {"x.txt": BENJI, "y.txt": CAIDIAN})
    (here.raw / "a.zip.meta.yml").write_text("url: https://example.cn/1\n", encoding="utf-8")
    refresh(here)
    assert rows(here, "select url, identity_evidence['url'] from marts.documents") == [
        ("https://example.cn/1", "旁注文件 a.zip.meta.yml"),
        ("https://example.cn/1", "旁注文件 a.zip.meta.yml"),
    ]
    assert plan(here).lonely_sidecars == ()


def test_an_archive_is_listed_once_and_again_where_its_listing_is_torn(here, monkeypatch):
    put(here, "a.zip", {"x.txt": BENJI})
    before = entries(here)
    (kept,) = here.cache.rglob("*.members.json")
    assert [m["name"] for m in json.loads(kept.read_text(encoding="utf-8"))] == ["x.txt"]
    monkeypatch.setattr(archives, "spread", _nobody)
    assert entries(here) == before
    monkeypatch.undo()
    kept.write_text('[{"number": 0, "na', encoding="utf-8")
    assert entries(here) == before


def test_an_archive_over_its_time_is_one_document_until_it_is_given_more(here):
    put(here, "a.zip", {"x.txt": BENJI})
    impatient = replace(here, document_seconds=0)
    refresh(impatient)
    assert documents(impatient) == {"a.zip": ("quarantined", "读取超过 0 秒的时限，已中止")}
    assert plan(impatient).unchanged
    assert not plan(here).unchanged
    refresh(here)
    assert documents(here) == {"a.zip/x.txt": ("parsed", None)}


def test_a_member_whose_archive_changed_meanwhile_is_left_for_the_next_refresh(here):
    put(here, "a.zip", {"x.txt": BENJI, "y.txt": CAIDIAN})
    planned = plan(here).entries
    put(here, "a.zip", {"x.txt": BENJI})
    reasons = {s.file: s.reason for s in readings.gather(here, planned, Silence())}
    assert reasons == {"a.zip/x.txt": None, "a.zip/y.txt": readings.CHANGED_MEANWHILE}


def test_the_command_takes_an_archive_or_one_of_its_members(here, capsys):
    path = put(here, "a.zip", {"x/本级.txt": BENJI, "蔡甸.txt": CAIDIAN})
    shutil.rmtree(here.cache, ignore_errors=True)
    assert cli.main(["--data", str(here.data), "read", "--json", str(path)]) == 0
    assert {r["file"] for r in json.loads(capsys.readouterr().out)} == {f"{path}/x/本级.txt", f"{path}/蔡甸.txt"}
    assert cli.main(["--data", str(here.data), "read", "--json", str(path / "蔡甸.txt")]) == 0
    (read,) = json.loads(capsys.readouterr().out)
    assert read["documents"][0]["sha256"] == readings.sha256_of(CAIDIAN)
    assert cli.main(["--data", str(here.data), "read", str(path / "没有.txt")]) == cli.WRONG
    assert "没有这个文件" in capsys.readouterr().err
    assert not here.cache.exists()


class Recorder(Silence):
    """What became of each document."""

    def __init__(self) -> None:
        self.outcomes: dict[str, str] = {}

    def document(self, file: str, outcome: str) -> None:
        self.outcomes[file] = outcome


def archive_of(files: list[tuple[str, bytes]]) -> bytes:
    """An archive whose names may repeat."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in files:
            container.writestr(name, content)
    return out.getvalue()


def _nobody(_function, items, *_):  # type: ignore[no-untyped-def]
    assert not items
    return iter(())
