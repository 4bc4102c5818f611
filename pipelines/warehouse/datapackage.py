"""The Frictionless descriptor beside the Parquet files: every mart, every column, from the warehouse's own comments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

NAME = "datapackage.json"
_TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "BOOLEAN": "boolean",
    "DOUBLE": "number",
    "DATE": "date",
}


def write(con: duckdb.DuckDBPyConnection, folder: Path, database: str = "gouji") -> Path:
    """Writes `datapackage.json` for the Parquet files in `folder`; the same warehouse gives the same bytes."""
    titles = con.execute(
        "select table_name, comment from duckdb_tables() where database_name = ? and schema_name = 'marts' order by 1",
        [database],
    ).fetchall()
    columns = con.execute(
        """
        select table_name, column_name, data_type, comment from duckdb_columns()
        where database_name = ? and schema_name = 'marts' order by table_name, column_index
        """,
        [database],
    ).fetchall()
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "gouji",
        "title": "勾稽",
        "resources": [
            _resource(name, comment or "", [c[1:] for c in columns if c[0] == name]) for name, comment in titles
        ],
    }
    path = folder / NAME
    path.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return path


def _resource(name: str, comment: str, columns: list[tuple[str, str, str | None]]) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": comment,
        "schema": {"fields": [_field(*column) for column in columns]},
    }


def _field(name: str, kind: str, comment: str | None) -> dict[str, str]:
    return {"name": name, "type": _type(kind), "description": comment or ""}


def _type(kind: str) -> str:
    if kind.endswith("[]"):
        return "array"
    if kind.startswith(("STRUCT", "MAP")):
        return "object"
    return "number" if kind.startswith("DECIMAL") else _TYPES.get(kind, "any")
