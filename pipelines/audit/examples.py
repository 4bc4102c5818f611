"""Small hand-made reports: the language in which checks write their examples, and a database to hold them.

An example is a list of things that a report says. A fact needs `measure` and `printed`; everything else has a default.
Amounts are in 万元, rates in %, scores have no unit. `column_decimals` is what the column customarily shows;
`statement` names the facts said together. Besides facts there are sentences (`{"sentence": "…", "section": "…"}`),
cells (`{"cell": "…", "row_no": 2, "col_no": 1}`) and tables (`{"table": "title", "kind": "…", "notes": ["…"]}`), all in
table 1 unless `table_no` says otherwise, and what the report is (`{"report": {"scope": "单位"}}`). All are said by one
report unless `document` names another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import duckdb

from pipelines.core.numbers import YUAN_PER, clean_number, decimals_of, half_unit
from pipelines.core.relations import CELLS, DOCUMENTS, FACTS, SENTENCES, TABLES

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
    "corrected": "VARCHAR",
    "x0": "DOUBLE",
    "y0": "DOUBLE",
    "x1": "DOUBLE",
    "y1": "DOUBLE",
}
PLACED = {"document_id": "VARCHAR", "file": "VARCHAR"}
IDENTIFIED = {"family": "VARCHAR", "bureau": "VARCHAR", "is_budget": "BOOLEAN"}
_SPECIAL = ("printed", "document", "column_decimals")


class ExampleError(ValueError):
    """An example fact says something that no fact has; the message names it."""


def core_of(
    facts: Iterable[Mapping[str, Any]], documents: Iterable[Mapping[str, Any]] = ()
) -> duckdb.DuckDBPyConnection:
    """An in-memory database whose schemas `core` and `staging` hold what the example says.

    `documents` adds to or overrides the documents that it names (`document`, by default `d1`).
    """
    said = list(facts)
    rows = [_row(n, fact) for n, fact in enumerate((f for f in said if "measure" in f), 1)]
    texts = {
        "sentences": [_sentence(n, s) for n, s in enumerate((s for s in said if "sentence" in s), 1)],
        "cells": [_cell(n, c) for n, c in enumerate((c for c in said if "cell" in c), 1)],
        "tables": [_table(n, t) for n, t in enumerate((t for t in said if "table" in t), 1)],
    }
    named = {r["document_id"]: _document(r["document_id"]) for r in [*rows, *(r for t in texts.values() for r in t)]}
    for document in documents:
        named[document["document_id"]] = _document(document["document_id"]) | dict(document)
    for stated in (s for s in said if "report" in s):
        name = stated.get("document", "d1")
        named[name] = named.get(name, _document(name)) | dict(stated["report"])
    con = duckdb.connect()
    con.execute("create schema core; create schema staging")
    for document in named.values():
        document["is_budget"] = "budgets" in document["families"]
    _fill(con, "core.documents", DOCUMENTS | PLACED | IDENTIFIED, list(named.values()))
    _fill(con, "core.facts", FACTS | EXTRA | {"fiscal_year": "INTEGER"}, rows)
    for name, columns in (("sentences", SENTENCES), ("cells", CELLS), ("tables", TABLES)):
        placed = PLACED | {"table_id": "VARCHAR", "table_title": "VARCHAR", "sentence_id": "VARCHAR"}
        _fill(con, f"staging.{name}", columns | placed, texts[name])
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
        "family": "example",
        "fiscal_year": 2024,
        "district": "某区",
        "status": "parsed",
    }


def _text(kind: str, number: int, said: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    unknown = set(said) - set(columns) - {kind, "document"}
    if unknown:
        raise ExampleError(f"no {kind} has {', '.join(sorted(unknown))}: {said}")
    document = said.get("document", "d1")
    table_no = said.get("table_no", number if kind == "table" else 1)
    row = {
        "document_id": document,
        "file": f"{document}.txt",
        "page": 1,
        "table_no": table_no,
        "table_id": f"{document}:t{table_no}",
    }
    return row | {k: v for k, v in said.items() if k not in (kind, "document")}


def _sentence(number: int, said: Mapping[str, Any]) -> dict[str, Any]:
    row = _text("sentence", number, said, SENTENCES)
    return row | {"sentence_no": number, "sentence_id": f"{row['document_id']}:s{number}", "text": said["sentence"]}


def _cell(number: int, said: Mapping[str, Any]) -> dict[str, Any]:
    return {"row_no": number, "col_no": 1} | _text("cell", number, said, CELLS) | {"text": said["cell"]}


def _table(number: int, said: Mapping[str, Any]) -> dict[str, Any]:
    return {"notes": []} | _text("table", number, said, TABLES) | {"table_title": said["table"]}


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
