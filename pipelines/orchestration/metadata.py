"""What Dagster shows of a table: rows, columns with their comments, where each column comes from, what changed."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
from dagster import (
    AssetKey,
    MetadataValue,
    TableColumn,
    TableColumnDep,
    TableColumnLineage,
    TableSchema,
)

from pipelines.warehouse import models, objects

PUBLISHED = "published"
"""The published warehouse, attached read-only to the one being built."""
ROWS_COMPARED = 2_000_000
"""Larger tables are compared by their number of rows only."""


def attach_published(con: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    """Makes the published warehouse, if there is one that opens, readable beside the one being built."""
    if warehouse.exists():
        place = objects.literal(str(warehouse.resolve()))
        with contextlib.suppress(duckdb.Error):  # torn on the disk: then there is nothing to compare with
            con.execute(f"attach if not exists {place} as {PUBLISHED} (read_only)")


def table_metadata(con: duckdb.DuckDBPyConnection, schema: str, table: str) -> dict[str, Any]:
    """Row count, columns, and what changed against the published table of the same name."""
    columns = con.execute(
        "select column_name, data_type, comment from duckdb_columns() "
        "where database_name = current_database() and schema_name = ? and table_name = ? order by column_index",
        [schema, table],
    ).fetchall()
    rows = objects.count(con, f"{schema}.{table}")
    return {
        "dagster/row_count": rows,
        "dagster/column_schema": TableSchema([TableColumn(n, t, c) for n, t, c in columns]),
        **changed_rows(con, schema, table, rows, [n for n, _, _ in columns]),
    }


def changed_rows(
    con: duckdb.DuckDBPyConnection, schema: str, table: str, rows: int, columns: Sequence[str]
) -> dict[str, Any]:
    """Rows that the published table does not have, and rows that only it has."""
    published = [
        row[0]
        for row in con.execute(
            "select column_name from duckdb_columns() "
            "where database_name = ? and schema_name = ? and table_name = ? order by column_index",
            [PUBLISHED, schema, table],
        ).fetchall()
    ]
    if not published:
        return {"rows_added": rows, "rows_removed": 0, "compared_with": "nothing published yet"}
    before = objects.count(con, f"{PUBLISHED}.{schema}.{table}")
    if published != list(columns):
        return {"rows_before": before, "compared_with": "the published table has other columns"}
    if max(rows, before) > ROWS_COMPARED:
        return {"rows_before": before, "compared_with": "the number of rows only"}
    here, there = f"{schema}.{table}", f"{PUBLISHED}.{schema}.{table}"
    return {"rows_added": _missing(con, here, there), "rows_removed": _missing(con, there, here)}


def column_lineage(model: models.Model, schema: models.Schema) -> MetadataValue:
    """The columns that each column of the model is computed from; files that it reads are the asset `raw_reports`."""
    sources = models.column_lineage(model, schema)
    return MetadataValue.column_lineage(
        TableColumnLineage({name: [_dep(s) for s in found] for name, found in sources.items() if found})
    )


def warehouse_schema(con: duckdb.DuckDBPyConnection) -> models.Schema:
    """schema → table → column → type of everything built so far, and of what staging reads."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    rows = con.execute(
        "select if(database_name = 'input', 'input', schema_name), table_name, column_name, data_type "
        "from duckdb_columns() where database_name in (current_database(), 'input') and not internal order by all"
    ).fetchall()
    for schema, table, column, kind in rows:
        found.setdefault(schema, {}).setdefault(table, {})[column] = kind
    return found


def asset_key(table: str) -> AssetKey:
    """The asset of `schema.table`; what staging reads of files is `raw_reports`."""
    schema, _, name = table.partition(".")
    return AssetKey("raw_reports") if schema == "input" else AssetKey([schema, name])


def changes_metadata(changes: Any) -> Mapping[str, Any]:
    """New, changed and withdrawn reports as lists of names."""
    return {
        f"reports_{kind}": MetadataValue.md("\n".join(f"- {name}" for name in names) or "–")
        for kind, names in (("new", changes.new), ("changed", changes.changed), ("withdrawn", changes.withdrawn))
    }


def _missing(con: duckdb.DuckDBPyConnection, here: str, there: str) -> int:
    rows = con.execute(f"select count(*) from (from {here} except all from {there})").fetchall()
    return int(rows[0][0])


def _dep(column: str) -> TableColumnDep:
    table, _, name = column.rpartition(".")
    return TableColumnDep(asset_key=asset_key(table), column_name=name)
