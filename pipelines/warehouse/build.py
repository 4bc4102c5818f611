"""Builds the schemas staging, core, marts and marts_zh of one warehouse file from cached readings and sql/.

The same files give the same rows in the same order, whatever order they come in and however many threads run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.core.relations import FACTS, RELATIONS
from pipelines.decisions import acknowledgements, corrections, table
from pipelines.decisions.table import COLUMNS, NO_DECISIONS, Decisions
from pipelines.documents.guard import CannotRun
from pipelines.facts.subjects import link
from pipelines.vocab import programmes
from pipelines.vocab.lists import rows
from pipelines.warehouse import cache, models, objects

STORAGE = "v1.5.0"
"""Storage version of the published file: DuckDB 1.5 clients can still read it."""
LINKED_KINDS = ("programme", "functional_item")
"""Subjects that can be a programme; a department's total, a fund or an economic class never is one."""

FILES = {
    "file": "VARCHAR",
    "sha256": "VARCHAR",
    "size": "BIGINT",
    "media_type": "VARCHAR",
    "is_read": "BOOLEAN",
    "status": "VARCHAR",
    "status_reason": "VARCHAR",
}
SIDECARS = {"file": "VARCHAR", "sidecar_file": "VARCHAR", "key": "VARCHAR", "value": "VARCHAR"}
LINKS = {
    "subject_kind": "VARCHAR",
    "subject": "VARCHAR",
    "subject_code": "VARCHAR",
    "programme": "VARCHAR",
    "programme_basis": "VARCHAR",
}
PROGRAMMES = {
    "programme": "VARCHAR",
    "programme_zh": "VARCHAR",
    "parent": "VARCHAR",
    "kind": "VARCHAR",
    "work_cost": "VARCHAR",
    "aliases": "VARCHAR[]",
    "functional_codes": "VARCHAR[]",
    "source": "VARCHAR",
}
TABLE_KINDS = {
    "kind": "VARCHAR",
    "zh": "VARCHAR",
    "en": "VARCHAR",
    "required_from": "INTEGER",
    "covers": "VARCHAR",
    "source": "VARCHAR",
}
EXPECTED_FILINGS = {
    "filing": "VARCHAR",
    "zh": "VARCHAR",
    "en": "VARCHAR",
    "families": "VARCHAR",
    "due_zh": "VARCHAR",
    "due_en": "VARCHAR",
    "due_months": "INTEGER",
    "proves_months": "INTEGER",
    "valid_from": "INTEGER",
    "is_public": "VARCHAR",
    "source": "VARCHAR",
}
META = {"key": "VARCHAR", "value": "VARCHAR"}
_DECIDED = {"decision_no": "INTEGER", "source": "VARCHAR", "line_no": "INTEGER"}
CORRECTIONS = _DECIDED | dict.fromkeys((*COLUMNS[table.CORRECTIONS], "state", "why"), "VARCHAR")
ACKNOWLEDGEMENTS = _DECIDED | dict.fromkeys((*COLUMNS[table.ACKNOWLEDGEMENTS], "fault"), "VARCHAR")
CORRECTED_FACTS = {
    "sha256": "VARCHAR",
    "fact_no": "INTEGER",
    "decision_no": "INTEGER",
    "is_confirmed": "BOOLEAN",
    "amount_yuan": FACTS["amount_yuan"],
    "value": FACTS["value"],
    "half_unit": FACTS["half_unit"],
}

Link = Callable[[str, str | None], Iterable[str] | None]
"""Subject and code to programme and basis, None where nothing fits."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file below data/raw, read or not.

    `file` is its path below data/raw with `/`; `folder` its cached reading, or None where there is none, and then
    `status` and `reason` (Chinese) say why; `sidecar` what `sidecar_file` (`<file>.meta.yml` unless said) states.
    """

    file: str
    sha256: str
    size: int
    folder: Path | None
    status: str = "parsed"
    reason: str | None = None
    media_type: str | None = None
    sidecar: Mapping[str, Any] | None = None
    sidecar_file: str | None = None


class DatabaseUnwritable(CannotRun):
    """The file of a database cannot be written."""


def open_database(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection whose current database is the file at `path`, which is made where it is missing.

    No extension is ever fetched, and larger-than-memory work spills beside the file. Raises DatabaseUnwritable.
    """
    con = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "temp_directory": str(path.with_suffix(".spill")),
        },
    )
    try:
        con.execute(f"attach {objects.literal(str(path))} as gouji (storage_version '{STORAGE}')")
    except duckdb.IOException as e:
        con.close()
        raise DatabaseUnwritable(f"无法写入 {path.parent}：磁盘是否已满？ / cannot write there: {e}") from e
    con.execute("use gouji")
    return con


def load_staging(
    con: duckdb.DuckDBPyConnection,
    files: Iterable[SourceFile],
    meta: Mapping[str, str] | None = None,
    linked: Link = link,
    decided: Decisions = NO_DECISIONS,
    *,
    commented: bool = True,
) -> dict[str, int]:
    """Builds schema staging from the files and their cached readings; returns rows by table.

    `meta` (key → value) is published as core.meta and must hold nothing that differs between runs over the same
    files; `decided` is what people decided about figures and findings; a warehouse that nobody will open needs not be
    `commented`. Raises ValueError where two files share a path,
    or a folder holds no whole reading.
    """
    ordered = sorted(files, key=lambda f: f.file)
    _attach_input(con, ordered)
    _fill(con, "files", FILES, [_file_row(f) for f in ordered])
    _fill(con, "sidecars", SIDECARS, [row for f in ordered for row in _sidecar_rows(f)])
    _fill(con, "programme_links", LINKS, _links(con, linked))
    _fill(con, "programmes", PROGRAMMES, [asdict(p) for p in sorted(programmes(), key=lambda p: p.programme)])
    for name, columns in (("table_kinds", TABLE_KINDS), ("expected_filings", EXPECTED_FILINGS)):
        _fill(con, name, columns, [_typed(columns, row) for row in rows(f"{name}.csv")])
    _fill_decisions(con, decided)
    _fill(con, "meta", META, [{"key": k, "value": v} for k, v in sorted((meta or {}).items())])
    for model in models.discover("macros"):
        if model.is_scalar:
            objects.create_macro(con, model)
    return build_layer(con, "staging", commented=commented)


def build_layer(con: duckdb.DuckDBPyConnection, layer: str, *, commented: bool = True) -> dict[str, int]:
    """Builds the tables of sql/<layer>/ in the order that they need and returns rows by table.

    After the marts come their Chinese views and the table macros, unless the warehouse is not `commented`. Raises
    models.ModelError where a file is not in form, duckdb.Error where its SELECT fails.
    """
    discovered = models.discover(layer)
    with objects.transaction(con):
        made = {model.name: objects.create_table(con, model, commented=commented) for model in discovered}
        if layer == "marts" and commented:
            for model in discovered:
                objects.create_chinese_view(con, model)
            for macro in models.discover("macros"):
                if not macro.is_scalar:
                    objects.create_macro(con, macro)
    return made


def _attach_input(con: duckdb.DuckDBPyConnection, files: list[SourceFile]) -> None:
    """A database `input` in memory: the five relations of all readings, and room for what Python adds."""
    names = [f.file for f in files]
    if len(set(names)) < len(names):
        raise ValueError(f"two files share a path: {sorted({n for n in names if names.count(n) > 1})}")
    folders = sorted({f.folder for f in files if f.folder is not None})
    broken = [str(folder) for folder in folders if not cache.has(folder)]
    if broken:
        raise ValueError(f"no whole reading in {broken[0]}; delete the folder and read the file again")
    con.execute("detach database if exists input")
    con.execute("attach ':memory:' as input")
    for relation, columns in RELATIONS.items():
        if not folders:
            _fill(con, relation, columns, [])
            continue
        con.execute(f"set variable {relation}_files = ?", [[str(f / f"{relation}.parquet") for f in folders]])
        con.execute(f"create view input.{relation} as select * from read_parquet(getvariable('{relation}_files'))")


def _fill(con: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str], rows: list[dict[str, Any]]) -> None:
    con.register("incoming", cache.arrow_table(columns, rows))
    con.execute(f"create or replace table input.{name} as select * from incoming")
    con.unregister("incoming")


def _file_row(f: SourceFile) -> dict[str, Any]:
    return {
        "file": f.file,
        "sha256": f.sha256,
        "size": f.size,
        "media_type": f.media_type,
        "is_read": f.folder is not None,
        "status": f.status,
        "status_reason": f.reason,
    }


def _sidecar_rows(f: SourceFile) -> list[dict[str, Any]]:
    where = {"file": f.file, "sidecar_file": f.sidecar_file or f"{f.file}.meta.yml"}
    stated = sorted((f.sidecar or {}).items())
    return [{**where, "key": str(k), "value": str(v)} for k, v in stated if v is not None]


def _typed(columns: Mapping[str, str], row: Mapping[str, str]) -> dict[str, Any]:
    """A row of a CSV list in the types of its columns; an empty cell is NULL."""
    return {
        name: None if not row[name] else int(row[name]) if kind == "INTEGER" else row[name]
        for name, kind in columns.items()
    }


def _links(con: duckdb.DuckDBPyConnection, linked: Link) -> list[dict[str, Any]]:
    subjects = con.execute(
        "select distinct subject_kind, subject, subject_code from input.facts"
        " where list_contains(?, subject_kind) order by all",
        [list(LINKED_KINDS)],
    ).fetchall()
    found = ((kind, subject, code, *(linked(subject, code) or (None, None))) for kind, subject, code in subjects)
    return [dict(zip(LINKS, row, strict=True)) for row in found]


def _fill_decisions(con: duckdb.DuckDBPyConnection, decided: Decisions) -> None:
    files = [sha256 for (sha256,) in con.execute("select distinct sha256 from input.files where is_read").fetchall()]
    named = sorted({row.values["sha256"].lower() for row in decided.corrections} & set(files))
    found = con.execute(
        "select sha256, fact_no, table_no, row_no, col_no, char_start, char_end, as_printed, unit, amount_yuan, value, "
        "half_unit from input.facts where list_contains(?, sha256) order by sha256, fact_no",
        [named],
    )
    columns = [c[0] for c in found.description or ()]
    facts = [dict(zip(columns, row, strict=True)) for row in found.fetchall()] if named else []
    outcomes, corrected = corrections.applied(decided.corrections, files, facts)
    _fill(
        con,
        "corrections",
        CORRECTIONS,
        [_decision_row(o.number, o.row) | {"state": o.state, "why": o.why} for o in outcomes],
    )
    _fill(con, "corrected_facts", CORRECTED_FACTS, [asdict(c) for c in corrected])
    _fill(
        con,
        "acknowledgements",
        ACKNOWLEDGEMENTS,
        [
            _decision_row(n, row) | {"fault": acknowledgements.fault(row)}
            for n, row in enumerate(decided.acknowledgements, 1)
        ],
    )


def _decision_row(number: int, row: table.Row) -> dict[str, Any]:
    said = {name: value or None for name, value in row.values.items()}
    return {"decision_no": number, "source": row.source, "line_no": row.line, **said}
