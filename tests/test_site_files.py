"""The files of a site: the same bytes each time, small, safe from what reports hold, published with the database."""

from __future__ import annotations

import csv
import re
import string
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import pytest
import sites
from lxml import html
from sites import HOSTILE, Site

from pipelines.delivery.site import pages, words
from pipelines.delivery.site.folder import HERE, Folder
from pipelines.readings import Silence
from pipelines.refresh import deliverables
from pipelines.warehouse import publish
from pipelines.warehouse.build import open_database

PAGES = ("index", "compare", "reports", "findings", "checks", "dictionary", "sql", "search")


@pytest.fixture(scope="module")
def five(published: Any) -> Site:
    return sites.five(published.settings)


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return sites.strange(tmp_path_factory)


def test_the_same_warehouse_gives_the_same_bytes(strange: Site, tmp_path: Path) -> None:
    again = sites.shown(tmp_path / "again", strange.database, strange.settings)
    assert [p.relative_to(again.folder) for p in again.files()] == [
        p.relative_to(strange.folder) for p in strange.files()
    ]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(again.files(), strange.files(), strict=True))


def test_pages_are_drawn_once_for_the_same_bytes_of_a_report(strange: Site, tmp_path: Path) -> None:
    assert strange.summary is not None and strange.summary.images == 2
    again = sites.shown(tmp_path / "again", strange.database, strange.settings)
    assert again.summary is not None
    assert (strange.summary.drawn, again.summary.drawn) == (1, 0)


def test_a_report_whose_pages_cannot_be_drawn_still_has_its_page(strange: Site, tmp_path: Path) -> None:
    gone = sites.shown(tmp_path / "site", strange.database, type(strange.settings)(data=tmp_path, home=tmp_path))
    page = gone.page(f"reports/{strange.reports[sites.BUDGET]}")
    assert gone.summary is not None and gone.summary.images == 0
    assert "没有页面图像可看" in page.get_element_by_id("gaps").text_content()
    assert page.xpath("//td[@id='t1r3c1']")


def test_a_name_out_of_an_archive_leads_nowhere_outside_the_reports(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.zip").write_bytes(b"PK")
    (tmp_path / "secret.pdf").write_bytes(b"%PDF")
    for name in ("../secret.pdf", "a.zip/../../secret.pdf", "/etc/passwd"):
        path = pages.task_of(tmp_path, tmp_path / "raw", name, "0" * 64, ()).path
        assert path.resolve().is_relative_to((tmp_path / "raw").resolve()), name


def test_the_text_of_a_report_is_never_markup(strange: Site) -> None:
    page = strange.page(f"reports/{strange.reports[HOSTILE]}")
    scripts = [s.get("src") for s in page.xpath("//script")]
    assert all(src and src.startswith("../") for src in scripts)
    assert page.xpath("//img | //b[@onmouseover]") == []
    assert "</script><b onmouseover=alert(1)>" in page.text_content()
    for name in PAGES:
        assert all(s.get("src") for s in strange.page(name).xpath("//script")), name


def test_no_file_is_named_by_what_a_report_is_called(strange: Site) -> None:
    for path in strange.files():
        assert re.fullmatch(r"[A-Za-z0-9_./-]+", path.relative_to(strange.folder).as_posix()), path
    with pytest.raises(ValueError, match="not the name of a page"):
        Folder(strange.folder, "").data("../outside", 1)


def test_no_page_asks_for_anything_outside(five: Site) -> None:
    for path in five.files():
        if path.suffix == ".html":
            page = html.parse(str(path), parser=html.HTMLParser(encoding="utf-8"))
            for element in page.xpath("//*[@src or @href or @action]"):
                for name in ("src", "href", "action"):
                    target = urlsplit(element.get(name) or "")
                    assert not target.scheme and not target.netloc, (path, element.get(name))
                    if target.path:
                        assert (path.parent / target.path).resolve().is_file(), (path, target.path)
        elif path.suffix in (".css", ".svg"):
            text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
            assert not re.search(r"https?:|//[a-z]|@import|url\(", text), path
        elif path.suffix == ".js" and "echarts" not in path.name:
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\bfetch\(|XMLHttpRequest|import\(|innerHTML|eval\(|document\.write", text), path


def test_the_site_of_the_five_reports_is_small(five: Site) -> None:
    size = {p.relative_to(five.folder).as_posix(): p.stat().st_size for p in five.files()}
    assert sum(size.values()) < 5_000_000
    scripts = [s.get("src") for s in five.page("index").xpath("//script")]
    styles = [s.get("href") for s in five.page("index").xpath("//link")]
    assert sum(size[name] for name in ("index.html", "data/overview.js", *scripts, *styles)) < 1_000_000


def test_every_word_is_there_in_both_languages_and_none_is_left_over() -> None:
    with words.WORDS.open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    keys = [row["key"] for row in rows]
    assert len(keys) == len(set(keys))
    for row in rows:
        fields = [{name for _, name, _, _ in string.Formatter().parse(row[c]) if name} for c in ("zh", "en")]
        assert row["zh"].strip() and row["en"].strip() and fields[0] == fields[1], row["key"]
    source = "".join(
        p.read_text(encoding="utf-8") for p in sorted(HERE.rglob("*")) if p.suffix in (".js", ".html", ".py")
    )
    source = source.replace((HERE / "vendor" / "echarts.min.js").read_text(encoding="utf-8"), "")
    said = set(re.findall(r"""\b(?:t|both|say|turn|notice)\((?:[^'"()]*,\s*)?['"]([a-z_.]+)['"]""", source))
    said = {key for key in said if not key.endswith(".")}
    assert said <= set(keys), sorted(said - set(keys))
    made = {p.partition("${")[0] for p in re.findall(r"say\(`([a-z_.]+\$\{)", source)}
    made |= set(re.findall(r"""(?:t|known)\(f?['"]([a-z_]+\.)['"{]""", source))
    unused = [k for k in keys if f'"{k}"' not in source and f"'{k}'" not in source and not k.startswith(tuple(made))]
    assert unused == []


def test_the_site_is_swapped_in_with_its_warehouse_or_not_at_all(published: Any, tmp_path: Path) -> None:
    settings = published.settings
    assert set(deliverables(settings, Silence())) == {"gouji.xlsx", "site"}
    with duckdb.connect(str(settings.warehouse.resolve()), read_only=True) as con:
        ((fingerprint,),) = con.execute("select value from core.meta where key = 'fingerprint'").fetchall()
    stamp = html.parse(str(settings.marts / "site" / "index.html")).getroot().get("data-stamp")
    assert stamp and fingerprint.startswith(stamp)
    beside = type(settings)(data=tmp_path, home=tmp_path)

    def fails(_database: Path, _target: Path) -> None:
        raise RuntimeError("no room left")

    with publish.single_writer(beside):
        draft = publish.begin(beside)
        with open_database(draft.database) as con:
            con.execute("create schema marts")
        with pytest.raises(RuntimeError, match="no room"):
            publish.promote(beside, draft, "f", {"site": fails})
    assert publish.current(beside) is None
    assert not (tmp_path / "marts" / "site").exists()
