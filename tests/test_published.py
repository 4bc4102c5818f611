"""`gouji check` holds a file against what is published of the same issuer, says so, and never needs it."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import made_bureaus
import made_tables
import pytest
from paper_reports import as_html

from pipelines import archives, cli, published, readings
from pipelines.readings import Silence
from pipelines.refresh import begin
from pipelines.settings import Settings

Said = dict[str, Any]
THIS_YEAR = made_bureaus.EDUCATION
LAST_YEAR = THIS_YEAR.replace("2022", "2021").replace("2023", "2022")
"""The report of the year before with the same figures, though this year's says that they have grown."""
LAST = "2022-教育局-部门决算.txt"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """What is published: last year's report, an older version of this year's, and one of another issuer."""
    folder = tmp_path_factory.mktemp("published")
    settings = Settings(data=folder / "data", home=folder / "home", workers=2)
    settings.raw.mkdir(parents=True)
    (settings.raw / LAST).write_text(LAST_YEAR, encoding="utf-8")
    (settings.raw / "2023-教育局-初稿.txt").write_text(THIS_YEAR + "\n初稿。\n", encoding="utf-8")
    (settings.raw / "其他.html").write_bytes(as_html(made_tables.BUDGET))
    with begin(settings, Silence()) as run:
        run.read()
        run.build("staging")
        run.build("core")
        run.audit()
        run.build("marts")
        run.publish()
    return settings


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("handed over") / "教育局.txt"
    path.write_text(THIS_YEAR, encoding="utf-8")
    return path


def printed(data: Path, *arguments: object) -> str:
    """What a check prints."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        cli.main(["--data", str(data), "check", *map(str, arguments)])
    return out.getvalue()


def checked(data: Path, *arguments: object) -> Said:
    return json.loads(printed(data, *arguments, "--json"))


@pytest.fixture(scope="module")
def compared(settings: Settings, file: Path) -> Said:
    return checked(settings.data, file)


@pytest.fixture(scope="module")
def alone(settings: Settings, file: Path) -> Said:
    return checked(settings.data, file, "--alone")


def across(said: Said) -> set[str]:
    return {f["check_id"] for f in said["findings"] if f["check_id"].startswith("ACR")}


def test_a_file_is_compared_with_last_years_published_report_and_says_so(compared, settings, file):
    assert compared["compared_with"] == [f"已发布/{LAST}"]
    assert across(compared)
    assert [d["file"] for d in compared["documents"]] == [str(file)]
    assert {row["file"] for kind in ("findings", "ledger") for row in compared[kind]} == {str(file)}
    assert f"对照了已发布的 1 份同单位报告：已发布/{LAST}" in printed(settings.data, file)


def test_alone_it_is_compared_with_nothing_as_if_nothing_were_published(alone, file, tmp_path):
    assert alone["compared_with"] == []
    assert not across(alone)
    assert checked(tmp_path / "nothing published", file) == alone


def test_what_a_report_says_by_itself_does_not_depend_on_what_is_published(compared, alone):
    assert [f for f in compared["findings"] if not f["check_id"].startswith("ACR")] == alone["findings"]


def test_a_published_report_is_not_compared_with_itself(settings):
    assert checked(settings.data, settings.raw / LAST)["compared_with"] == ["已发布/2023-教育局-初稿.txt"]


def test_a_report_of_another_issuer_or_of_nobody_is_compared_with_nothing(settings, tmp_path):
    (tmp_path / "无名.txt").write_text("2023年收入12.50万元。\n", encoding="utf-8")
    (tmp_path / "别处.txt").write_text(THIS_YEAR.replace("教育局", "水务局"), encoding="utf-8")
    assert checked(settings.data, tmp_path / "无名.txt", tmp_path / "别处.txt")["compared_with"] == []


def test_a_publication_that_is_torn_or_whose_readings_are_gone_is_none(settings, file, tmp_path):
    copy = replace(settings, data=tmp_path / "copy")
    shutil.copytree(settings.data, copy.data, symlinks=True)
    (source,) = readings.gather(copy, archives.handed_over(copy, [file]), Silence())
    assert published.others(copy, [source])
    database = copy.warehouse.resolve()
    whole = database.read_bytes()
    database.write_bytes(whole[:5000])
    assert published.others(copy, [source]) == ()
    database.write_bytes(whole)
    for folder in copy.cache.rglob("documents.parquet"):
        if folder.parent != source.folder:
            folder.unlink()
    assert published.others(copy, [source]) == ()
