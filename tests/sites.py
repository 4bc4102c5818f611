"""Sites for tests: a few files read, checked and shown as a refresh does it, without the publication around it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from pdf_samples import line, pdf, table

from pipelines import inbox, readings
from pipelines.audit.run import audit
from pipelines.delivery.site import SiteSummary, build
from pipelines.settings import Settings
from pipelines.warehouse import build as warehouse

BUDGET = "2024-武汉市江汉区民政局-部门预算.pdf"
HOSTILE = "<script>alert(1)</script>'\"><img src=x>.txt"
HOSTILE_TEXT = """武汉市江汉区民政局2024年度部门预算
单位：万元
项目\t合计\t基本支出\t项目支出
一般公共服务</script><b onmouseover=alert(1)>\t=1+1\t100\t200
合计\t300\t100\t200
"""
_PUT = re.compile(r"gouji\.shelf\.put\((\[.*?\]),(.*)\);\n", re.DOTALL)


@dataclass(frozen=True)
class Site:
    """A site on disk with the warehouse and the reports that it shows."""

    folder: Path
    database: Path
    settings: Settings
    summary: SiteSummary | None = None

    def data(self, name: str) -> Any:
        """What one of its data scripts hands over."""
        found = _PUT.fullmatch((self.folder / "data" / f"{name}.js").read_text(encoding="utf-8"))
        assert found is not None, name
        return json.loads(found[2])

    def rows(self, name: str) -> list[dict[str, Any]]:
        """A list of lists as dictionaries by its columns."""
        data = self.data(name)
        return [dict(zip(data["columns"], row, strict=True)) for row in data["rows"]]

    def page(self, name: str) -> html.HtmlElement:
        """One of its pages, parsed."""
        return html.document_fromstring(
            (self.folder / f"{name}.html").read_bytes(), parser=html.HTMLParser(encoding="utf-8")
        )

    def files(self) -> Iterator[Path]:
        """Every file, by name."""
        yield from sorted(p for p in self.folder.rglob("*") if p.is_file())

    @cached_property
    def reports(self) -> dict[str, str]:
        """The document of each file."""
        return {row["file"]: row["document_id"] for row in self.rows("reports")}


def made(folder: Path, files: Mapping[str, bytes]) -> Site:
    """The site of these files."""
    settings = Settings(data=folder / "data", home=folder / "home", workers=2)
    for name, content in files.items():
        path = settings.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    sources = readings.gather(settings, inbox.entries(settings.raw), readings.Silence())
    database = folder / "gouji.duckdb"
    with warehouse.open_database(database) as con:
        warehouse.load_staging(con, sources, {"fingerprint": "0123456789abcdef"})
        warehouse.build_layer(con, "core")
        audit(con)
        warehouse.build_layer(con, "marts")
    return shown(folder / "site", database, settings)


def shown(target: Path, database: Path, settings: Settings) -> Site:
    """The site of a warehouse that is there already."""
    summary = build(database, settings.raw, target, cache=settings.cache)
    return Site(target, database, settings, summary)


def strange(folders: pytest.TempPathFactory) -> Site:
    """A PDF with an error in it, a PDF that is none, and a report that means harm; made once for all tests."""
    return _strange(folders.getbasetemp() / "strange")


@cache
def _strange(folder: Path) -> Site:
    return made(folder, {BUDGET: budget(), "坏.pdf": b"%PDF-1.7 nothing more", HOSTILE: HOSTILE_TEXT.encode()})


def five(settings: Settings) -> Site:
    """The site that was published with the five reports."""
    return Site(settings.marts / "site", settings.warehouse.resolve(), settings)


def budget() -> bytes:
    """A published budget of two pages: prose, and a table whose “三公”经费 do not add up to their 合计."""
    heads = [
        ["2024年“三公”经费预算数", "", "", "", "", "", "2024年机关运行经费预算数"],
        ["合计", "因公出国(境)费", "公务接待费", "公务用车购置及运行费", "", "", ""],
        ["", "", "", "小计", "购置费", "运行费", ""],
    ]
    spans = [((0, 0), (5, 0)), ((6, 0), (6, 2)), ((3, 1), (5, 1)), *(((c, 1), (c, 2)) for c in range(3))]
    figures = ["25.91", "0.00", "1.35", "21.56", "0.00", "21.56", "786.09"]
    return pdf(
        line("武汉市江汉区民政局2024年部门预算", size=18, align="centre"),
        line("一、部门预算编制说明"),
        line("2024年，本部门支出预算320.00万元。"),
        None,
        line("2024年部门“三公”经费和机关运行经费预算表", size=14, align="centre"),
        line("单位：万元", align="right"),
        table([*heads, figures], heads=3, spans=spans),
    )
