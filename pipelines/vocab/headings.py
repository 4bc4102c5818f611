"""What a column heading or a row label is for, where it is not a measure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipelines.core.traced import halfwidth, squeeze
from pipelines.vocab.lists import rows


@dataclass(frozen=True, slots=True)
class RowLabel:
    """What a row's label says of its figures; `list_role` is `total` or `part` of a list of fund sources."""

    subject_kind: str
    fund_source: str
    list_role: str
    scope: str | None = None


@lru_cache(maxsize=4096)
def role_of(heading: str) -> str | None:
    """The role of a column (`subject`, `code`, `level3`, `target`, `note` …) by its heading, None where unknown."""
    text = halfwidth(squeeze(heading)).rstrip(":：")
    return next((role for role, pattern in _roles() if pattern.fullmatch(text)), None)


@lru_cache(maxsize=4096)
def row_label(label: str) -> RowLabel | None:
    """What the label of a row says: a total, a fund source; None for a subject of its own."""
    text = bare_label(halfwidth(squeeze(label)))
    return next((meaning for pattern, meaning in _labels() if pattern.fullmatch(text)), None)


def bare_label(label: str) -> str:
    """A row label without enumerator, `其中：` and closing colon: `一、其他收入` gives `其他收入`."""
    return _ENUMERATOR.sub("", label).rstrip(":：")


_ENUMERATOR = re.compile(
    r"^(?:其中[:：]|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳])*"
)


@lru_cache(maxsize=1)
def _roles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["role"], re.compile(row["pattern"])) for row in rows("headings.csv"))


@lru_cache(maxsize=1)
def _labels() -> tuple[tuple[re.Pattern[str], RowLabel], ...]:
    return tuple((re.compile(row["pattern"]), _label(row)) for row in rows("row_labels.csv"))


def _label(row: dict[str, str]) -> RowLabel:
    return RowLabel(row["subject_kind"], row["fund_source"], row["list_role"], row["scope"] or None)
