"""Writes docs/data-dictionary.md and docs/check-catalogue.md from the warehouse itself, so that they cannot drift.

`python -m pipelines.warehouse.dictionary` writes them; `--check` exits with 1 where a file on disk is out of date.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.audit.run import audit
from pipelines.settings import PROJECT
from pipelines.warehouse import models
from pipelines.warehouse.build import build_layer, load_staging, open_database

DOCS = PROJECT / "docs"
SCHEMAS = ("marts", "audit", "core", "staging")
"""The schemas of the dictionary, those for analysts first. marts_zh repeats marts in Chinese."""
LAYERS = ("staging", "core", "marts")
COMMAND = "python -m pipelines.warehouse.dictionary"

Lineage = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the database describes it."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A table with its columns as the database describes it."""

    schema: str
    name: str
    comment: str
    columns: tuple[Column, ...]


def main(arguments: list[str] | None = None) -> int:
    """Writes both documents, or with --check only compares; returns the exit code."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where a document is stale")
    return settle(documents(), DOCS, check=parser.parse_args(arguments).check)


def settle(texts: Mapping[str, str], folder: Path, check: bool) -> int:
    """Makes the files of the folder say these texts, or with `check` only names those that do not; the exit code."""
    stale = [name for name, text in texts.items() if not _says(folder / name, text)]
    for name in stale:
        if check:
            sys.stdout.write(f"{folder.name}/{name} is out of date: run {COMMAND}\n")
        else:
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(texts[name], encoding="utf-8")
    return 1 if check and stale else 0


def documents() -> dict[str, str]:
    """The two documents as they should be, by file name: those of a warehouse without reports."""
    with tempfile.TemporaryDirectory() as folder, open_database(Path(folder) / "empty.duckdb") as con:
        load_staging(con, [])
        build_layer(con, "core")
        audit(con)
        build_layer(con, "marts")
        return {"data-dictionary.md": data_dictionary(con), "check-catalogue.md": check_catalogue(con)}


def data_dictionary(con: duckdb.DuckDBPyConnection) -> str:
    """Every schema, table and column of the warehouse: Chinese, English, type, and where its values come from."""
    described = {schema: relations(con, schema) for schema in (*SCHEMAS, "input")}
    origins = lineage(described)
    parts = [
        "# 数据字典 / Data dictionary",
        f"由 `{COMMAND}` 从数据库的注释与 `sql/` 生成，请勿手改。/ Generated from the database's comments and `sql/`; "
        "do not edit.",
        "金额列以 `_yuan` 结尾，单位为元；`marts_zh` 的视图以万元显示同样的数。比率以百分点表示（17 即 17%）。/ "
        "Amounts end in `_yuan` and are in yuan; the views of `marts_zh` show the same in 万元. Rates are in percent "
        "points.",
    ]
    for schema in SCHEMAS:
        parts.append(f"## {schema}")
        parts += [_section(relation, origins) for relation in described[schema]]
    parts.append("## 宏 / Macros")
    parts += [_macro(model) for model in models.discover("macros")]
    parts.append("## marts_zh")
    parts.append(_table(("视图 / View", "来自 / From"), ((m.title, f"`{m.full_name}`") for m in _marts())))
    return "\n\n".join(parts) + "\n"


def check_catalogue(con: duckdb.DuckDBPyConnection) -> str:
    """Every check, by family: what must hold, on what basis, how severe a failure is."""
    rows = con.execute(
        "select family, check_id, title_zh, title_en, formula, basis, severity from audit.check_catalogue order by all"
    ).fetchall()
    families = sorted({row[0] for row in rows})
    parts = [
        "# 核对目录 / Check catalogue",
        f"由 `{COMMAND}` 从 `sql/checks/` 生成，请勿手改。/ Generated from `sql/checks/`; do not edit.",
        f"共 {len(rows)} 项。/ {len(rows)} checks.",
    ]
    for family in families:
        parts.append(f"## {family}")
        header = ("编号 / Check", "名称 / Title", "公式 / Formula", "依据 / Basis", "严重程度 / Severity")
        shown = ((f"`{r[1]}`", f"{r[2]}<br>{r[3]}", r[4], r[5], r[6]) for r in rows if r[0] == family)
        parts.append(_table(header, shown))
    return "\n\n".join(parts) + "\n"


def relations(con: duckdb.DuckDBPyConnection, schema: str) -> tuple[Relation, ...]:
    """The tables of one schema (or of the attached database `input`), by name, as the database describes them."""
    database, inside = ("input", "main") if schema == "input" else ("gouji", schema)
    where = f"database_name = '{database}' and schema_name = '{inside}'"
    tables = con.execute(
        f"select table_name, comment from duckdb_tables() where {where} union all "
        f"select view_name, comment from duckdb_views() where {where} and not internal order by 1"
    ).fetchall()
    columns = con.execute(
        f"select table_name, column_name, data_type, comment from duckdb_columns() where {where} and not internal "
        "order by table_name, column_index"
    ).fetchall()
    return tuple(
        Relation(schema, name, comment or "", tuple(Column(c, t, text or "") for o, c, t, text in columns if o == name))
        for name, comment in tables
    )


def lineage(described: dict[str, tuple[Relation, ...]]) -> dict[str, Lineage]:
    """For each table made by a file of sql/: column → the columns of other tables that its values come from."""
    schema = {s: {r.name: {c.name: c.type for c in r.columns} for r in rs} for s, rs in described.items()}
    return {m.full_name: models.column_lineage(m, schema) for layer in LAYERS for m in models.discover(layer)}


def _says(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _marts() -> tuple[models.Model, ...]:
    return tuple(sorted(models.discover("marts"), key=lambda m: m.name))


def _section(relation: Relation, origins: dict[str, Lineage]) -> str:
    full_name = f"{relation.schema}.{relation.name}"
    sources = origins.get(full_name, {})
    rows = []
    for column in relation.columns:
        zh, _, en = column.comment.partition(" / ")
        origin = ", ".join(f"`{s}`" for s in sources.get(column.name, ()))
        rows.append((f"`{column.name}`", f"`{column.type}`", zh, en, origin))
    header = ("列 / Column", "类型 / Type", "中文", "English", "来自 / From")
    if not any(row[4] for row in rows):
        return f"### {full_name}\n\n{relation.comment}\n\n{_table(header[:-1], (row[:-1] for row in rows))}"
    return f"### {full_name}\n\n{relation.comment}\n\n{_table(header, rows)}"


def _macro(model: models.Model) -> str:
    call = f"{model.name}({', '.join(p.name for p in model.params)})"
    use = f"select {call}" if model.is_scalar else f"from {call}"
    rows = [(f"`{d.name}`", d.zh, d.en) for d in (*model.params, *model.columns)]
    header = ("参数与列 / Parameters, columns", "中文", "English")
    return f"### {model.name}\n\n{model.comment}\n\n`{use}`\n\n{_table(header, rows)}"


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.exit(main())
