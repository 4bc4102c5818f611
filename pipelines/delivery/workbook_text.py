"""What the workbook writes for a value of the marts: codes in Chinese, lists and places as text that people read."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.audit import wording
from pipelines.audit.slips import LABELS
from pipelines.delivery.findings_view import REASONS
from pipelines.families import families

WORDS = Path(__file__).parent / "workbook_words.csv"
_BILINGUAL = ("原因", "期限", "说明")
"""Ends of the names of columns whose texts the warehouse says twice, `中文 / English`."""


@cache
def codes() -> Mapping[str, Mapping[str, str]]:
    """Chinese column → code of the warehouse → its Chinese name."""
    found: dict[str, dict[str, str]] = {}
    with WORDS.open(encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            found.setdefault(row["column"], {})[row["code"]] = row["zh"]
    names = {key: zh for key, (zh, _) in wording.names().items()}
    kinds = {family.name: family.title_zh for family in families()}
    found |= {"指标": names, "资金来源": {**names, "all": "全部"}, "报告种类": kinds, "全部报告种类": kinds}
    found |= {"笔误种类": {key: zh for key, (zh, _) in LABELS.items()}, "未核对原因": dict(REASONS)}
    return found


def text(value: Any, column: str) -> str:
    """A value as text; what stands where is told as page and words, other structures by their names."""
    if isinstance(value, Mapping):
        if "change_zh" in value:
            return _change(value)
        return _place(value) if {"page", "quote"} <= value.keys() else _named(value, column)
    if isinstance(value, (list, tuple)):
        return "；".join(dict.fromkeys(text(x, column) for x in value))
    said = codes().get(column, {}).get(str(value), str(value))
    return _chinese(said) if column.endswith(_BILINGUAL) else said


def _named(value: Mapping[str, Any], column: str) -> str:
    return "；".join(f"{key}：{text(x, column)}" for key, x in value.items() if x is not None)


def _place(place: Mapping[str, Any]) -> str:
    cell = "" if place.get("row_no") is None else f"行 {place['row_no'] + 1} 列 {place['col_no'] + 1} "
    return f"{place.get('file') or ''} 第 {place['page']} 页 {cell}“{place['quote']}”".strip()


def _change(change: Mapping[str, Any]) -> str:
    """One change of several repairs that are as likely; those of one number belong together."""
    cell = "" if change["row_no"] is None else f"行 {change['row_no'] + 1} 列 {change['col_no'] + 1} "
    page = "" if change["page"] is None else f"第 {change['page']} 页 "
    return f"{change['option']}. {page}{cell}{change['change_zh']}"


def _chinese(said: str) -> str:
    return "；".join(part.partition(" / ")[0] for part in said.split("；"))
