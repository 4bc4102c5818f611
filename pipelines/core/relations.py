"""The five relations that reading one report gives, as column name → DuckDB type, and objects as their rows.

They are what the parse cache stores (one Parquet file each) and what `sql/staging/` starts from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipelines.core.model import Box, Cell, Document, Fact, Identity, Sentence, Table

AMOUNT = "DECIMAL(24,6)"
VALUE = "DECIMAL(28,8)"

DOCUMENTS = {
    "sha256": "VARCHAR",
    "media_type": "VARCHAR",
    "pages": "INTEGER",
    "characters": "INTEGER",
    "title": "VARCHAR",
    "issuer": "VARCHAR",
    "district": "VARCHAR",
    "city": "VARCHAR",
    "province": "VARCHAR",
    "fiscal_year": "INTEGER",
    "period_end_month": "INTEGER",
    "scope": "VARCHAR",
    "families": "VARCHAR[]",
    "evidence": "MAP(VARCHAR, VARCHAR)",
    "status": "VARCHAR",
    "status_reason": "VARCHAR",
}
TABLES = {
    "sha256": "VARCHAR",
    "table_no": "INTEGER",
    "page": "INTEGER",
    "table_title": "VARCHAR",
    "unit": "VARCHAR",
    "section": "VARCHAR",
    "engine": "VARCHAR",
    "family": "VARCHAR",
    "kind": "VARCHAR",
    "rows": "INTEGER",
    "cols": "INTEGER",
    "notes": "VARCHAR[]",
    "caption": "VARCHAR[]",
    "unmapped_headings": "VARCHAR[]",
}
CELLS = {
    "sha256": "VARCHAR",
    "table_no": "INTEGER",
    "page": "INTEGER",
    "row_no": "INTEGER",
    "col_no": "INTEGER",
    "row_span": "INTEGER",
    "col_span": "INTEGER",
    "text": "VARCHAR",
    "x0": "DOUBLE",
    "y0": "DOUBLE",
    "x1": "DOUBLE",
    "y1": "DOUBLE",
    "line_no": "INTEGER",
    "engine": "VARCHAR",
    "confidence": "DOUBLE",
    "contested": "BOOLEAN",
    "other_reading": "VARCHAR",
}
SENTENCES = {
    "sha256": "VARCHAR",
    "sentence_no": "INTEGER",
    "page": "INTEGER",
    "section": "VARCHAR",
    "text": "VARCHAR",
    "char_start": "INTEGER",
    "char_end": "INTEGER",
}
FACTS = {
    "sha256": "VARCHAR",
    "fact_no": "INTEGER",
    "subject_kind": "VARCHAR",
    "subject": "VARCHAR",
    "subject_code": "VARCHAR",
    "fund_source": "VARCHAR",
    "scope": "VARCHAR",
    "measure": "VARCHAR",
    "year_offset": "INTEGER",
    "period_end_month": "INTEGER",
    "amount_yuan": AMOUNT,
    "value": VALUE,
    "unit": "VARCHAR",
    "comparator": "VARCHAR",
    "text_value": "VARCHAR",
    "as_printed": "VARCHAR",
    "half_unit": VALUE,
    "half_unit_column": VALUE,
    "origin": "VARCHAR",
    "page": "INTEGER",
    "table_no": "INTEGER",
    "row_no": "INTEGER",
    "col_no": "INTEGER",
    "row_label": "VARCHAR",
    "column_label": "VARCHAR",
    "sentence_no": "INTEGER",
    "char_start": "INTEGER",
    "char_end": "INTEGER",
    "quote": "VARCHAR",
    "statement": "VARCHAR",
    "list_id": "VARCHAR",
    "list_role": "VARCHAR",
    "rate_basis": "VARCHAR",
    "note": "VARCHAR",
    "goal": "VARCHAR",
    "level1": "VARCHAR",
    "level2": "VARCHAR",
    "contested": "BOOLEAN",
}
RELATIONS = {
    "documents": DOCUMENTS,
    "tables": TABLES,
    "cells": CELLS,
    "sentences": SENTENCES,
    "facts": FACTS,
}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table with what was understood of it: the family and kind it was recognised as, headings nobody mapped, and
    how many of its rows gave no figures because they do not stand under their headings."""

    table: Table
    family: str | None = None
    kind: str | None = None
    unmapped_headings: tuple[str, ...] = ()
    crooked_rows: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that reading one file gave."""

    document: Document
    identity: Identity
    tables: tuple[TableReading, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    facts: tuple[Fact, ...] = ()


def document_id(sha256: str) -> str:
    """The short name of a document: the first 16 hex digits of its bytes' sha256."""
    return sha256[:16]


def sha256_of(data: bytes) -> str:
    """The sha256 of some bytes in hex."""
    return hashlib.sha256(data).hexdigest()


def rows_of(reading: Reading) -> dict[str, list[Row]]:
    """The reading as rows of the five relations, in reading order."""
    d, i = reading.document, reading.identity
    sha = d.sha256
    document: Row = {
        "sha256": sha,
        "media_type": d.media_type,
        "pages": d.pages,
        "characters": len(d.text),
        "title": i.title,
        "issuer": i.issuer,
        "district": i.district,
        "city": i.city,
        "province": i.province,
        "fiscal_year": i.fiscal_year,
        "period_end_month": i.period_end_month,
        "scope": i.scope,
        "families": list(i.families),
        "evidence": dict(sorted(i.evidence.items())),
        "status": d.status,
        "status_reason": d.reason,
    }
    return {
        "documents": [document],
        "tables": [_table_row(sha, t) for t in reading.tables],
        "cells": [_cell_row(sha, t.table, c) for t in reading.tables for c in _in_order(t.table.cells)],
        "sentences": [_sentence_row(sha, s) for s in reading.sentences],
        "facts": [_fact_row(sha, n, f) for n, f in enumerate(reading.facts, 1)],
    }


def _in_order(cells: Iterable[Cell]) -> list[Cell]:
    return sorted(cells, key=lambda c: (c.row, c.col))


def _table_row(sha: str, t: TableReading) -> Row:
    return {
        "sha256": sha,
        "table_no": t.table.number,
        "page": t.table.page,
        "table_title": t.table.title,
        "unit": t.table.unit,
        "section": t.table.section,
        "engine": t.table.engine,
        "family": t.family,
        "kind": t.kind,
        "rows": t.table.rows,
        "cols": t.table.cols,
        "notes": list(t.table.notes),
        "caption": list(t.table.caption),
        "unmapped_headings": list(t.unmapped_headings),
    }


def _cell_row(sha: str, t: Table, c: Cell) -> Row:
    return {
        "sha256": sha,
        "table_no": t.number,
        "page": c.page,
        "row_no": c.row,
        "col_no": c.col,
        "row_span": c.row_span,
        "col_span": c.col_span,
        "text": c.text,
        **_box(c.box),
        "line_no": c.line_no,
        "engine": t.engine,
        "confidence": c.confidence,
        "contested": c.contested,
        "other_reading": c.other,
    }


def _box(b: Box | None) -> Row:
    if b is None:
        return {"x0": None, "y0": None, "x1": None, "y1": None}
    return {"x0": b.x0, "y0": b.y0, "x1": b.x1, "y1": b.y1}


def _sentence_row(sha: str, s: Sentence) -> Row:
    return {
        "sha256": sha,
        "sentence_no": s.number,
        "page": s.page,
        "section": s.section,
        "text": s.text,
        "char_start": s.start,
        "char_end": s.end,
    }


def _fact_row(sha: str, number: int, f: Fact) -> Row:
    row = {name: getattr(f, _FIELD_OF.get(name, name)) for name in FACTS if name not in ("sha256", "fact_no")}
    return {"sha256": sha, "fact_no": number, **row}


_FIELD_OF = {
    "table_no": "table_number",
    "row_no": "row",
    "col_no": "col",
    "sentence_no": "sentence_number",
    "char_start": "start",
    "char_end": "end",
}
