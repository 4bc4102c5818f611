"""Candidate equations: the checks' SELECTs run over `core`, and their rows as equations with figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import Any

import duckdb

from pipelines.audit import vocabulary
from pipelines.audit.checks import Check, CheckError, relations
from pipelines.audit.equations import KINDS, Equation, Figure, Reading, Term
from pipelines.audit.places import create_macros, of_rows

PERCENTAGES = frozenset({"execution_rate", "completion_rate", "change_rate", "share"})
CHANGES = frozenset({"change_amount", "change_rate"})
COUNTED = frozenset({"score", "score_weight", "count"})
NOTHING = Decimal(0)
_WEIGHT = "DECIMAL(18,6)"
_DOUBT = """
with terms as (
    select c.check_id, c.document_id, c.equation_key, c.reading, unnest(c.terms).fact_id as fact_id
    from audit.candidates as c
    where c.kind = 'sum'
),

spans as (
    select
        t.check_id, t.document_id, t.equation_key, t.reading, any_value(f.table_id) as table_id,
        min(f.row_no) as first_row, max(f.row_no) as last_row, min(f.col_no) as first_col, max(f.col_no) as last_col
    from terms as t
    left join figures as f on f.fact_id = t.fact_id
    group by all
    having count(f.table_id) = count(*) and count(distinct f.table_id) = 1
)

update audit.candidates as c set kind = 'doubtful_sum'
from spans as s
where c.check_id = s.check_id
    and c.document_id = s.document_id
    and c.equation_key = s.equation_key
    and c.reading = s.reading
    and (s.first_row = s.last_row or s.first_col = s.last_col)
    and exists (
        from gaps as g
        where g.is_number_unread
            and g.table_id = s.table_id
            and g.row_no between s.first_row and s.last_row
            and g.col_no between s.first_col and s.last_col
    )
"""
"""A sum down a column, or along a row, in which something is printed between its figures that could not be read."""
_ROLES = ("part", "result", "numerator", "denominator")


def collect(con: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> None:
    """Fills audit.candidates. Raises CheckError where a check's SELECT fails, gives other columns or lacks one."""
    for role in _ROLES:
        con.execute(f"create or replace temp macro {role}(f) as {_term(role, 'f', '1')}")
    con.execute(f"create or replace temp macro minus(f) as {_term('part', 'f', '-1')}")
    con.execute(f"create or replace temp macro less(f) as {_term('denominator', 'f', '-1')}")
    con.execute(
        "create or replace temp macro summing(parts, total) as "
        "list_append(list_transform(parts, lambda p: part(p)), result(total))"
    )
    con.execute("create or replace temp macro blank_words(n) as case when n is not null then map {'blanks': n} end")
    create_macros(con)
    vocabulary.create(con)
    for name, sql in relations(checks).items():
        con.execute(f"create or replace temp table {name} as {sql}")
    for check in checks:
        try:
            _insert(con, check)
        except duckdb.Error as e:
            raise CheckError(f"{check.family}/{check.id}.sql does not run: {e}") from e
    con.execute(_DOUBT)


def _term(role: str, fact: str, weight: str) -> str:
    return f"{{'role': '{role}', 'fact_id': {fact}, 'weight': {weight}::{_WEIGHT}}}"


def _insert(con: duckdb.DuckDBPyConnection, check: Check) -> None:
    """Columns that a check leaves out take the defaults of audit.candidates; one that it lacks is refused there.

    The rows come in one order however many threads found them.
    """
    rows = f"select '{check.id}' as check_id, * from ({check.sql}\n) order by all"
    con.execute(f"insert into audit.candidates by name {rows}")


def equations(
    con: duckdb.DuckDBPyConnection, checks: Sequence[Check], document_ids: Sequence[str]
) -> Iterator[tuple[str, list[Equation]]]:
    """The equations of some documents, document by document, in the order of check and equation."""
    severity = {c.id: c.severity for c in checks}
    rows = con.execute(
        """
        select document_id, check_id, equation_key, rank, reading, kind, subject, holds,
            list_transform(terms, lambda t: t.role), list_transform(terms, lambda t: t.fact_id),
            list_transform(terms, lambda t: t.weight), places, words
        from audit.candidates
        where document_id in (select unnest(?))
        order by document_id, check_id, equation_key, rank, reading
        """,
        [list(document_ids)],
    ).fetchall()
    figures = _figures(con, document_ids)
    for document_id, of_document in groupby(rows, key=lambda r: r[0]):
        found = []
        for (check_id, key), of_equation in groupby(of_document, key=lambda r: (r[1], r[2])):
            readings = list(of_equation)
            found.append(
                Equation(
                    check_id,
                    document_id,
                    key,
                    readings[0][6] or "",
                    tuple(_reading(r, figures) for r in readings),
                    severity[check_id],
                )
            )
        yield document_id, found


def _reading(row: tuple[Any, ...], figures: dict[str, Figure]) -> Reading:
    _, check_id, key, _, name, kind, _, holds, roles, ids, weights, places, words = row
    if kind not in KINDS:
        raise CheckError(f"{check_id}: {key} is of no known kind: {kind!r}")
    found = [figures.get(i) if i else None for i in ids or []]
    terms = tuple(
        Term(role, figure.fact_id if figure else i if kind == "flag" else None, figure, weight)
        for role, i, figure, weight in zip(roles or [], ids or [], found, weights or [], strict=True)
    )
    return Reading(name, kind, _counted_exactly(terms), holds, of_rows(places), words or {})


def _counted_exactly(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Whole numbers of points or people are counted, not rounded: exact where an equation holds nothing else."""
    figures = [t.figure for t in terms if t.figure]
    if not all(f.measure in COUNTED and not f.decimals for f in figures):
        return terms
    exact = {f.fact_id: replace(f, half_unit=NOTHING, half_unit_column=NOTHING) for f in figures}
    return tuple(replace(t, figure=exact[t.figure.fact_id]) if t.figure else t for t in terms)


def _figures(con: duckdb.DuckDBPyConnection, document_ids: Sequence[str]) -> dict[str, Figure]:
    """The figures that the equations of these documents name, those of other documents among them."""
    found = con.execute(
        """
        with named as (
            select distinct unnest(terms).fact_id as fact_id
            from audit.candidates
            where document_id in (select unnest(?))
        )
        select figures.*
        from figures
        inner join named using (fact_id)
        """,
        [list(document_ids)],
    )
    columns = [c[0] for c in found.description or []]
    rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    return {row["fact_id"]: _figure(row) for row in rows}


def _figure(row: Mapping[str, Any]) -> Figure:
    # Percentages of one column are printed with different decimals on purpose (46%, 35.9%): each stands for itself.
    alone = row["measure"] in PERCENTAGES
    return Figure(
        row["same_as"],
        row["number"],
        row["half_unit"],
        row["half_unit"] if alone else row["half_unit_column"],
        row["unit"],
        row["is_amount"],
        row["as_printed"] or "",
        row["measure"],
        row["contested"],
        row["document_id"],
        row["origin"] == "narrative" and row["measure"] in CHANGES,
        row["table_id"],
    )


def details(con: duckdb.DuckDBPyConnection, fact_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The rows of core.facts by fact_id."""
    wanted = sorted(set(fact_ids))
    if not wanted:
        return {}
    found = con.execute("select * from core.facts where fact_id in (select unnest(?))", [wanted])
    columns = [c[0] for c in found.description or []]
    return {r["fact_id"]: r for r in (dict(zip(columns, row, strict=True)) for row in found.fetchall())}
