"""Tables, views and macros of the warehouse, made from models, each with its comment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from pipelines.warehouse.models import Described, Model, ModelError

CHINESE = "marts_zh"
"""The schema of the views with Chinese names."""
WAN = "（万元）"


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Everything inside becomes lasting at once; one by one, a hundred small statements wait for the disk each.

    A transaction may write to one attached database only.
    """
    con.execute("begin")
    try:
        yield
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")


def create_table(con: duckdb.DuckDBPyConnection, model: Model, *, commented: bool = True) -> int:
    """Creates the table of a model, with its comments unless nobody will read them; returns its number of rows.

    Raises ModelError where the SELECT sets no order, or its columns are not those that the header describes.
    """
    if not model.is_ordered:
        raise ModelError(f"sql/{model.schema}/{model.name}.sql: needs an order by, or its rows have no fixed order")
    con.execute(f"create schema if not exists {model.schema}")
    con.execute(f"create or replace table {model.full_name} as {model.sql}")
    _describe(con, "table", model.full_name, model.comment if commented else None, model.columns)
    return count(con, model.full_name)


def create_macro(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Creates the macro of a model in schema main, of one value or of a table, with its comment."""
    params = ", ".join(p.name for p in model.params)
    form = "" if model.is_scalar else "table "
    con.execute(f"create or replace macro main.{model.name}({params}) as {form}({model.sql}\n)")
    con.execute(f"comment on macro {form}main.{model.name} is {literal(model.comment)}")


def create_chinese_view(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Creates the view of a mart whose own name and columns are Chinese; amounts are in 万元, exact to the cent."""
    con.execute(f"create schema if not exists {CHINESE}")
    columns = chinese_columns(model)
    shown = ", ".join(f"{_in_wan(old)} as {identifier(new.name)}" for old, new in columns)
    name = f"{CHINESE}.{identifier(model.title)}"
    con.execute(f"create or replace view {name} as select {shown} from {model.full_name}")
    _describe(con, "view", name, model.comment, tuple(new for _, new in columns))


def chinese_columns(model: Model) -> list[tuple[str, Described]]:
    """Each column's name in the mart and as the Chinese view shows it; a name in yuan says 万元 there."""
    shown = []
    for column in model.columns:
        amount = column.name.endswith("_yuan")
        name = column.zh + WAN if amount else column.zh
        english = f"{column.en}, in 10,000 yuan" if amount else column.en
        shown.append((column.name, Described(name, name, english)))
    return shown


def count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    """How many rows a table has."""
    return int(con.execute(f"select count(*) from {table}").fetchall()[0][0])


def literal(text: str) -> str:
    """The text as a SQL string."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """The name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _in_wan(column: str) -> str:
    return f"cast({column} * 0.0001 as decimal(24, 6))" if column.endswith("_yuan") else column


def _describe(
    con: duckdb.DuckDBPyConnection, kind: str, name: str, comment: str | None, columns: tuple[Described, ...]
) -> None:
    existing = [row[0] for row in con.execute(f"describe {name}").fetchall()]
    described = [c.name for c in columns]
    if existing != described:
        wrong = sorted(set(existing) ^ set(described)) or ["their order"]
        raise ModelError(f"{name}: the header and the select differ in {', '.join(wrong)}")
    if comment is None:
        return
    comments = [f"comment on {kind} {name} is {literal(comment)}"]
    comments += [f"comment on column {name}.{identifier(c.name)} is {literal(c.comment)}" for c in columns]
    con.execute("; ".join(comments))
