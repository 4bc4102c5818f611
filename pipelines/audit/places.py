"""Places in a report's text that a check points at: a sentence, a cell or a table, with the words there.

In SQL a place is `in_sentence(sentence_id, quote)`, `in_cell(table_id, row_no, col_no, quote)` or
`in_table(table_id, quote)`; a quote that is NULL stands for the whole text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

PLACE = "STRUCT(sentence_id VARCHAR, table_id VARCHAR, row_no INTEGER, col_no INTEGER, quote VARCHAR)"
_MACROS = {
    "in_sentence(s, q)": ("s", "null", "null", "null", "q"),
    "in_cell(t, r, c, q)": ("null", "t", "r", "c", "q"),
    "in_table(t, q)": ("null", "t", "null", "null", "q"),
}
_FIELDS = ("sentence_id", "table_id", "row_no", "col_no", "quote")


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a report's text and the words that are meant, None for all of them."""

    sentence_id: str | None
    table_id: str | None
    row_no: int | None
    col_no: int | None
    quote: str | None


def create_macros(con: duckdb.DuckDBPyConnection) -> None:
    """The macros by which checks name places."""
    for signature, values in _MACROS.items():
        struct = ", ".join(f"'{name}': {value}" for name, value in zip(_FIELDS, values, strict=True))
        con.execute(f"create or replace temp macro {signature} as {{{struct}}}::{PLACE}")


def of_rows(rows: Iterable[Mapping[str, Any]] | None) -> tuple[Place, ...]:
    """Places from the structs of a candidate."""
    return tuple(Place(**{name: row[name] for name in _FIELDS}) for row in rows or ())


def located(con: duckdb.DuckDBPyConnection, places: Iterable[Place]) -> dict[Place, dict[str, Any]]:
    """Where each place is: file, page, table_title, row_no, col_no, box, quote and `rank`, in reading order."""
    wanted = list(dict.fromkeys(places))
    if not wanted:
        return {}
    con.execute(f"create or replace temp table places_wanted (number INTEGER, place {PLACE})")
    con.executemany(
        f"insert into places_wanted values (?, ?::{PLACE})",
        [[n, {name: getattr(p, name) for name in _FIELDS}] for n, p in enumerate(wanted)],
    )
    found = con.execute(
        """
        select
            w.number,
            coalesce(s.file, t.file) as file,
            coalesce(s.page, c.page, t.page) as page,
            t.table_title,
            w.place.row_no as row_no,
            w.place.col_no as col_no,
            c.x0, c.y0, c.x1, c.y1,
            coalesce(w.place.quote, s.text, c.text, t.table_title) as quote,
            coalesce(s.sentence_no, t.table_no) as rank
        from places_wanted as w
        left join staging.sentences as s on s.sentence_id = w.place.sentence_id
        left join staging.tables as t on t.table_id = w.place.table_id
        left join (
            select table_id, row_no, col_no, min(page) as page, any_value(text) as text,
                min(x0) as x0, min(y0) as y0, max(x1) as x1, max(y1) as y1
            from staging.cells
            where table_id in (select place.table_id from places_wanted)
            group by all
        ) as c on c.table_id = w.place.table_id and c.row_no = w.place.row_no and c.col_no = w.place.col_no
        """
    )
    columns = [c[0] for c in found.description or []]
    return {wanted[row[0]]: dict(zip(columns, row, strict=True)) for row in found.fetchall()}
