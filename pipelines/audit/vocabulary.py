"""The vocabulary that checks go by, inside the database: account names, obligations, topics, and words as macros.

`vocab/check_words.csv` gives lists of patterns (RE2) for text without white space; the list `placeholder` is the macro
`placeholder_words()`, all its patterns as one.
"""

from __future__ import annotations

from collections import defaultdict

import duckdb
import pyarrow as pa

from pipelines.families import families
from pipelines.vocab.lists import Code, economic_codes, functional_codes, rows

ACCOUNTS = "account_names"
OBLIGATIONS = "obligations"
TOPICS = "topics"


def create(con: duckdb.DuckDBPyConnection) -> None:
    """The temporary tables account_names, obligations and topics, and one macro a list of words."""
    names = {row["kind"]: (row["zh"], row["en"], int(row["required_from"] or 0)) for row in rows("table_kinds.csv")}
    _fill(
        con,
        ACCOUNTS,
        "classification VARCHAR, code VARCHAR, name VARCHAR, level VARCHAR, valid_from INTEGER, valid_to INTEGER",
        [_account("functional", c) for c in functional_codes()] + [_account("economic", c) for c in economic_codes()],
    )
    _fill(
        con,
        OBLIGATIONS,
        "family VARCHAR, kind VARCHAR, name_zh VARCHAR, name_en VARCHAR, required_from INTEGER",
        [[family.name, kind, *names[kind]] for family in families() for kind in family.obligations],
    )
    topics: list[list[str | int | None]] = [[row["topic"], row["pattern"]] for row in rows("topics.csv")]
    _fill(con, TOPICS, "topic VARCHAR, pattern VARCHAR", topics)
    for name, pattern in patterns().items():
        con.execute(f"create or replace temp macro {name}_words() as '{pattern.replace(chr(39), chr(39) * 2)}'")


def patterns() -> dict[str, str]:
    """The lists of vocab/check_words.csv, each as one pattern that matches what any of its patterns does."""
    found = defaultdict(list)
    for row in rows("check_words.csv"):
        found[row["list"]].append(row["pattern"])
    return {name: "|".join(f"(?:{p})" for p in of_list) for name, of_list in found.items()}


def _account(classification: str, code: Code) -> list[str | int | None]:
    return [classification, code.code, code.name, code.level, code.valid_from, code.valid_to]


def _fill(con: duckdb.DuckDBPyConnection, table: str, columns: str, values: list[list[str | int | None]]) -> None:
    con.register("vocabulary", pa.table({f"c{n}": list(column) for n, column in enumerate(zip(*values, strict=True))}))
    con.execute(f"create or replace temp table {table} ({columns})")
    con.execute(f"insert into {table} select * from vocabulary")
    con.unregister("vocabulary")
