"""The five real reports that data/raw holds, read once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pipelines.core.relations import Reading
from pipelines.reading import read

RAW = Path(__file__).parent.parent / "data" / "raw"
DONGXIHU = "2024-武汉市东西湖区民政局-绩效运行监控情况表.txt"
LUSONG = "2024-株洲市芦淞区民政局-整体支出绩效自评报告.txt"
CAIDIAN = "2022-武汉市蔡甸区民政局-整体绩效自评结果.txt"
QINGSHAN = "2023-武汉市青山区民政局-部门决算.txt"
BENJI = "2021-民政局本级-项目绩效自评表.txt"
ALL = (BENJI, CAIDIAN, QINGSHAN, LUSONG, DONGXIHU)


@cache
def reading(name: str) -> Reading:
    """One of the five reports as read."""
    return read((RAW / name).read_bytes(), name)


def figures(name: str, subject: str, table: int | None = None) -> dict[str, str]:
    """Measure → figure as printed, for one subject of a report's tables (whole funds only)."""
    facts = [f for f in reading(name).facts if f.origin == "table" and f.subject == subject and f.fund_source == "all"]
    return {f.measure: f.as_printed for f in facts if table in (None, f.table_number)}
