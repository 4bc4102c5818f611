"""Small hand-made facts: the language in which checks write their good and bad examples, and a `core` to hold them.

An example fact needs `measure` and `printed`; everything else has a default. Amounts are in 万元, rates in %, scores
have no unit. `column_decimals` is what the column customarily shows; `statement` names the facts said together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import duckdb

from pipelines.core.numbers import YUAN_PER, clean_number, decimals_of, half_unit
from pipelines.core.relations import DOCUMENTS, FACTS

PERCENT = frozenset({"execution_rate", "completion_rate", "change_rate", "share"})
PLAIN = frozenset({"score", "score_weight", "count", "target", "actual"})
EXTRA = {
    "document_id": "VARCHAR",
    "file": "VARCHAR",
    "fact_id": "VARCHAR",
    "table_id": "VARCHAR",
    "sentence_id": "VARCHAR",
    "table_title": "VARCHAR",
    "table_kind": "VARCHAR",
    "table_family": "VARCHAR",
    "issuer": "VARCHAR",
    "district": "VARCHAR",
    "city": "VARCHAR",
    "province": "VARCHAR",
    "document_year": "INTEGER",
    "programme": "VARCHAR",
    "programme_basis": "VARCHAR",
    "x0": "DOUBLE",
    "y0": "DOUBLE",
    "x1": "DOUBLE",
    "y1": "DOUBLE",
}
_SPECIAL = ("printed", "document", "column_decimals")


class ExampleError(ValueError):
    """An example fact says something that no fact has; the message names it."""


def core_of(
    facts: Iterable[Mapping[str, Any]], documents: Iterable[Mapping[str, Any]] = ()
) -> duckdb.DuckDBPyConnection:
    """An in-memory database whose `core.documents` and `core.facts` hold the example facts.

    `documents` adds to or overrides the documents that the facts name (`document`, by default `d1`).
    """
    rows = [_row(n, fact) for n, fact in enumerate(facts, 1)]
    named: dict[str, dict[str, Any]] = {r["document_id"]: _document(r["document_id"]) for r in rows}
    for document in documents:
        named[document["document_id"]] = _document(document["document_id"]) | dict(document)
    con = duckdb.connect()
    con.execute("create schema core")
    _fill(con, "core.documents", DOCUMENTS | {"document_id": "VARCHAR", "file": "VARCHAR"}, list(named.values()))
    _fill(con, "core.facts", FACTS | EXTRA | {"fiscal_year": "INTEGER"}, rows)
    return con


def _fill(con: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str], rows: list[dict[str, Any]]) -> None:
    con.execute(f"create table {name} ({', '.join(f'{c} {t}' for c, t in columns.items())})")
    if rows:
        marks = ", ".join("?" for _ in columns)
        con.executemany(f"insert into {name} values ({marks})", [[r.get(c) for c in columns] for r in rows])


def _document(document_id: str) -> dict[str, Any]:
    return {
        "document_id": document_id,
        "sha256": document_id,
        "file": f"{document_id}.txt",
        "families": ["example"],
        "fiscal_year": 2024,
        "district": "某区",
        "status": "parsed",
    }


def _row(number: int, fact: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(fact) - set(FACTS) - set(EXTRA) - set(_SPECIAL)
    if unknown:
        raise ExampleError(f"no fact has {', '.join(sorted(unknown))}: {fact}")
    document, measure, printed = fact.get("document", "d1"), fact["measure"], fact["printed"]
    value = clean_number(printed.rstrip("%"))
    if value is None:
        raise ExampleError(f"not a figure: {printed!r}")
    origin = fact.get("origin", "table")
    default_unit = "%" if measure in PERCENT else None if measure in PLAIN else "万元"
    unit = fact.get("unit", default_unit)
    factor = YUAN_PER.get(unit or "", Decimal(1))
    decimals = decimals_of(printed)
    in_column = max(decimals, fact.get("column_decimals", decimals))
    row: dict[str, Any] = {
        "sha256": document,
        "document_id": document,
        "file": f"{document}.txt",
        "fact_no": number,
        "fact_id": f"{document}:f{number}",
        "subject_kind": "programme",
        "subject": "某项目",
        "fund_source": "all",
        "year_offset": 0,
        "as_printed": printed,
        "amount_yuan": value * factor if unit in YUAN_PER else None,
        "value": None if unit in YUAN_PER else value,
        "unit": unit,
        "comparator": "=",
        "half_unit": half_unit(decimals) * factor,
        "half_unit_column": None if origin == "narrative" else half_unit(in_column) * factor,
        "origin": origin,
        "page": 1,
        "table_no": 1 if origin == "table" else None,
        "table_id": f"{document}:t1" if origin == "table" else None,
        "row_no": 1,
        "col_no": number,
        "quote": printed,
        "statement": "t1r1",
        "district": "某区",
        "document_year": 2024,
        "fiscal_year": 2024 + fact.get("year_offset", 0),
        "contested": False,
    }
    return row | {k: v for k, v in fact.items() if k not in _SPECIAL}
