"""The SQL files of sql/<layer>/: what each says it is, what it reads, and where each of its columns comes from.

A file is one SELECT; its name is the table, its folder the schema. It begins with comments:
`-- 名称：中文说明 / English description.`, then `-- @col name 中文名 / English` for every output column, in order,
and in sql/macros/ `-- @param name 中文名 / English` for every parameter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.lineage import Node, lineage

from pipelines.settings import MODELS

SQL = MODELS / "sql"
"""The folder of all models."""

_TAG = re.compile(r"^@(?P<tag>col|param)\s+(?P<name>\S+)\s+(?P<text>.+)$")
_TITLE = re.compile(r"^(?P<title>[^：]+)：")

Schema = Mapping[str, Mapping[str, Mapping[str, str]]]
"""schema → table → column → DuckDB type."""


class ModelError(ValueError):
    """A SQL file does not keep the form that the warehouse relies on; the message names the file."""


@dataclass(frozen=True, slots=True)
class Described:
    """A column or parameter with its Chinese name and its English description."""

    name: str
    zh: str
    en: str

    @property
    def comment(self) -> str:
        """The text of its COMMENT: Chinese, then English."""
        return f"{self.zh} / {self.en}"


@dataclass(frozen=True, slots=True)
class Model:
    """One SQL file: the table `schema.name`, or in sql/macros/ the macro `name`."""

    schema: str
    name: str
    zh: str
    en: str
    columns: tuple[Described, ...]
    params: tuple[Described, ...]
    sql: str

    @property
    def full_name(self) -> str:
        """`schema.name`."""
        return f"{self.schema}.{self.name}"

    @property
    def comment(self) -> str:
        """The text of its COMMENT: Chinese, then English."""
        return f"{self.zh} / {self.en}"

    @property
    def title(self) -> str:
        """The short Chinese name: what stands before the colon of the description."""
        m = _TITLE.match(self.zh)
        if m is None:
            raise ModelError(f"sql/{self.schema}/{self.name}.sql: the description must begin `-- 名称：…`")
        return m["title"]

    @property
    def is_ordered(self) -> bool:
        """Whether the SELECT says in which order its rows come."""
        return _parsed(self.sql).args.get("order") is not None

    @property
    def is_scalar(self) -> bool:
        """Whether the SELECT reads no table (a macro that gives one value)."""
        return _parsed(self.sql).args.get("from_") is None


def discover(layer: str, root: Path = SQL) -> tuple[Model, ...]:
    """The models of one layer, each after those of the same layer that it reads or calls, else by name.

    Raises ModelError where a header is missing or the files read each other in a circle.
    """
    found = {path.stem: load(path) for path in sorted((root / layer).glob("*.sql"))}
    graph = {name: _siblings(model, found) for name, model in found.items()}
    try:
        order = _stable_order(graph)
    except CycleError as e:
        raise ModelError(f"sql/{layer}/: the files read each other in a circle: {' → '.join(e.args[1])}") from e
    return tuple(found[name] for name in order)


def load(path: Path) -> Model:
    """One SQL file as a Model; its folder is the schema. Raises ModelError where its header is not in form."""
    text = path.read_text(encoding="utf-8")
    header = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        header.append(line[2:].strip())
    if not header or header[0].startswith("@"):
        raise ModelError(f"{_place(path)}: the first line must be `-- 名称：中文说明 / English description.`")
    tags: dict[str, list[Described]] = {"col": [], "param": []}
    for line in header[1:]:
        m = _TAG.match(line)
        if m is None:
            raise ModelError(f"{_place(path)}: not `-- @col name 中文名 / English`: {line!r}")
        tags[m["tag"]].append(Described(m["name"], *_both_languages(path, m["text"])))
    zh, en = _both_languages(path, header[0])
    return Model(path.parent.name, path.stem, zh, en, tuple(tags["col"]), tuple(tags["param"]), text)


def tables_read(model: Model) -> frozenset[str]:
    """The tables that the SELECT reads, as `schema.table`; its own CTEs are not among them."""
    return _tables(model.sql)


@cache
def _tables(sql: str) -> frozenset[str]:
    tree = _parsed(sql)
    ctes = {cte.alias for cte in tree.find_all(exp.CTE)}
    tables = (t for t in tree.find_all(exp.Table) if t.name)
    return frozenset(f"{t.db}.{t.name}" for t in tables if t.db or t.name not in ctes)


def column_lineage(model: Model, schema: Schema) -> dict[str, tuple[str, ...]]:
    """For every column of the model, the `schema.table.column`s that its value is computed from, sorted.

    `schema` must hold the tables that the model reads. A column that no table feeds (a constant) has none.
    """
    read = (table.partition(".") for table in sorted(tables_read(model)))
    types = tuple((s, t, tuple(sorted(schema.get(s, {}).get(t, {}).items()))) for s, _, t in read)
    try:
        return dict(_lineage(model.sql, types))
    except SqlglotError as e:
        raise ModelError(f"sql/{model.schema}/{model.name}.sql: {e}") from e


@cache
def _lineage(sql: str, types: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]) -> dict[str, tuple[str, ...]]:
    """By the SELECT and the column types of each (schema, table) that it reads; a refresh shows it in two places."""
    schema: dict[str, dict[str, dict[str, str]]] = {}
    for layer, table, columns in types:
        schema.setdefault(layer, {})[table] = dict(columns)
    nodes = lineage(None, _parsed(sql), schema=schema, dialect="duckdb", trim_selects=False)
    assert isinstance(nodes, dict)
    return {name: tuple(sorted(set(_leaves(node)))) for name, node in nodes.items()}


def _leaves(node: Node) -> Iterable[str]:
    for n in node.walk():
        if not n.downstream and isinstance(n.expression, exp.Table) and n.expression.db:
            yield f"{n.expression.db}.{n.expression.name}.{n.name.rpartition('.')[2].strip(chr(34))}"


def _siblings(model: Model, found: Mapping[str, Model]) -> set[str]:
    read = (t.partition(".") for t in tables_read(model))
    tables = {t for s, _, t in read if s == model.schema}
    called = {f.name for f in _parsed(model.sql).find_all(exp.Anonymous)} if model.schema == "macros" else set()
    return {name for name in tables | called if name in found and name != model.name}


def _stable_order(graph: Mapping[str, set[str]]) -> list[str]:
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    order: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        order += ready
        sorter.done(*ready)
    return order


def _both_languages(path: Path, text: str) -> tuple[str, str]:
    zh, slash, en = text.partition(" / ")
    if not slash or not zh.strip() or not en.strip():
        raise ModelError(f"{_place(path)}: needs Chinese, ` / `, English: {text!r}")
    return zh.strip(), en.strip()


def _place(path: Path) -> str:
    return f"sql/{path.parent.name}/{path.name}"


@cache
def _parsed(sql: str) -> exp.Select:
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    if not isinstance(tree, exp.Select):
        raise ModelError(f"not one SELECT: {sql[:80]!r}")
    return tree
