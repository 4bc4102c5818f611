"""Report families: one YAML each says how to recognise it, its tables, and what it must hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from pipelines.core.traced import squeeze

_TITLE_COUNTS = 3  # a title says more of a table than one of its headings
_PATH = " > "
_SIDES = ("收入", "支出")
_CODED = ("科目编码", "科目名称")


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of figures of a published form, as heading paths, and which of them (total first) add up.

    `left` is the heading of the one column of figures on the side of revenue, None where accounts are listed by code;
    `sides` head revenue and expenditure.
    """

    columns: tuple[str, ...]
    sums: tuple[tuple[int, ...], ...] = ()
    left: str | None = None
    sides: tuple[str, str] = _SIDES

    @property
    def is_sided(self) -> bool:
        """Whether it sets revenue against expenditure."""
        return self.left is not None

    @property
    def headings(self) -> tuple[str, ...]:
        """The heading paths of all columns."""
        if self.left is None:
            return (*_CODED, *self.columns)
        revenue, expenditure = self.sides
        return tuple(
            [f"{revenue}{_PATH}{c}" for c in ("项目", self.left)]
            + [f"{expenditure}{_PATH}{c}" for c in ("项目", *self.columns)]
        )

    @property
    def depth(self) -> int:
        """How many rows of headings it has."""
        return 1 + max(h.count(_PATH) for h in self.headings)

    @property
    def printed(self) -> tuple[str, ...]:
        """The headings that tell this form from others, each as often as it is printed."""
        parts = dict.fromkeys(tuple(c.split(_PATH)[: n + 1]) for c in self.columns for n in range(c.count(_PATH) + 1))
        return (*(path[-1] for path in parts), *([self.left] if self.left else []))

    def most_values(self, side: str) -> int:
        """How many figures a row may hold; `side` is `left` for revenue set against expenditure."""
        return 1 if side == "left" else len(self.columns)


@dataclass(frozen=True, slots=True)
class TableKind:
    """One table of a family.

    It is recognised when its `title` (if any) is found in the table's title and every one of `needs` in some heading
    or label; a table without a title is by its needs alone, but where `needs_title` says that they are too common.
    `layout` is `rows` (a subject a row), `indicators`, `template` (columns by order, headings unreadable) or `crossed`
    (the subjects in columns). `columns` are the heading paths of a table whose columns are only counted, `sums` which
    of them (total first) add up, `about` what the whole table is about, `measure` what a column of amounts measures
    whose heading does not say; `forms` the columns that it is published with, to read it where its text was flowed out
    of a page.
    """

    family: str
    kind: str
    title: re.Pattern[str] | None
    needs: tuple[re.Pattern[str], ...]
    layout: str = "rows"
    unit: str | None = None
    subject_kind: str | None = None
    rate_basis: str | None = None
    fund_rows: tuple[str, ...] = ()
    template: tuple[dict[str, Any], ...] = ()
    columns: tuple[str, ...] = ()
    sums: tuple[tuple[int, ...], ...] = ()
    about: str = ""
    measure: str | None = None
    forms: tuple[Form, ...] = ()
    needs_title: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """A report family; `obligations` names the kinds of table that a complete report of it holds."""

    name: str
    title_zh: str
    title_en: str
    titles: tuple[re.Pattern[str], ...]
    tables: tuple[TableKind, ...]
    period: str = "year"
    obligations: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)


@lru_cache(maxsize=1)
def families() -> tuple[Family, ...]:
    """Every family, by file name."""
    folder = files("pipelines.families")
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".yml"))
    return tuple(_family(yaml.safe_load(folder.joinpath(n).read_text("utf-8"))) for n in names)


def kind_of(title: str | None, texts: Iterable[str]) -> TableKind | None:
    """The kind of table whose needs are all met, the one with the most needs where several are; None for a stranger."""
    words = [squeeze(t) for t in texts]
    best: tuple[int, TableKind] | None = None
    for family in families():
        for kind in family.tables:
            score = _score(kind, squeeze(title or ""), words)
            if score and (best is None or score > best[0]):
                best = (score, kind)
    return best[1] if best else None


def kind_titled(title: str) -> TableKind | None:
    """The kind of table that a title alone names."""
    t = squeeze(title)
    return next((k for f in families() for k in f.tables if k.title is not None and k.title.search(t)), None)


def families_titled(title: str) -> tuple[str, ...]:
    """The families whose titles a document's title names."""
    t = squeeze(title)
    return tuple(f.name for f in families() if any(p.search(t) for p in f.titles))


def _score(kind: TableKind, title: str, words: Sequence[str]) -> int:
    titled = kind.title is not None and bool(title) and kind.title.search(title) is not None
    if kind.title is not None and not titled and (title or kind.needs_title or not kind.needs):
        return 0
    if not all(any(need.search(w) for w in words) for need in kind.needs):
        return 0
    return 1 + 2 * len(kind.needs) + (_TITLE_COUNTS if titled else 0)


def _family(raw: dict[str, Any]) -> Family:
    return Family(
        name=raw["family"],
        title_zh=raw["title_zh"],
        title_en=raw["title_en"],
        titles=_patterns(raw.get("titles")),
        tables=tuple(_kind(raw["family"], t) for t in raw.get("tables", ())),
        period=raw.get("period", "year"),
        obligations=tuple(raw.get("obligations", ())),
        options=raw.get("options", {}),
    )


def _kind(family: str, raw: dict[str, Any]) -> TableKind:
    return TableKind(
        family=family,
        kind=raw["kind"],
        title=re.compile(raw["title"]) if "title" in raw else None,
        needs=_patterns(raw.get("needs")),
        layout=raw.get("layout", "rows"),
        unit=raw.get("unit"),
        subject_kind=raw.get("subject_kind"),
        rate_basis=raw.get("rate_basis"),
        fund_rows=tuple(raw.get("fund_rows", ())),
        template=tuple(raw.get("template", ())),
        columns=tuple(raw.get("columns", ())),
        sums=tuple(tuple(s) for s in raw.get("sums", ())),
        about=raw.get("about", ""),
        measure=raw.get("measure"),
        needs_title=raw.get("needs_title", False),
        forms=tuple(
            Form(
                tuple(f["columns"]),
                tuple(tuple(s) for s in f.get("sums", ())),
                f.get("left"),
                tuple(f.get("sides", _SIDES)),
            )
            for f in raw.get("forms", ())
        ),
    )


def _patterns(raw: Sequence[str] | None) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p) for p in raw or ())
