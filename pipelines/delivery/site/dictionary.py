"""The data dictionary as a page: every table and column as the database describes it, and what it is made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from pipelines.core.relations import RELATIONS
from pipelines.delivery.site.folder import Folder
from pipelines.delivery.site.source import Source
from pipelines.delivery.site.words import said
from pipelines.warehouse import build, models
from pipelines.warehouse.dictionary import LAYERS, SCHEMAS, Relation, relations

INPUT = {
    **RELATIONS,
    "files": build.FILES,
    "sidecars": build.SIDECARS,
    "programme_links": build.LINKS,
    "programmes": build.PROGRAMMES,
    "meta": build.META,
}
"""The tables that staging starts from, which a published warehouse no longer holds."""

_MACROS = """
select function_name as name, parameters, comment from duckdb_functions()
where database_name = current_database() and comment is not null and not internal order by name
"""


@dataclass(frozen=True, slots=True)
class Described:
    """A table, column or macro with its description in both languages; `origin` are the columns it is computed from."""

    name: str
    said: Markup
    type: str = ""
    origin: tuple[str, ...] = ()
    columns: tuple[Described, ...] = ()


def write(source: Source, folder: Folder) -> None:
    """Writes the page."""
    schemas = {schema: relations(source.con, schema) for schema in SCHEMAS}
    origins = _origins(schemas)
    folder.page(
        "dictionary",
        "dictionary.html",
        schemas=[(s, [_described(r, origins.get(f"{s}.{r.name}", {})) for r in found]) for s, found in schemas.items()],
        views=[Described(r.name, said(r.comment)) for r in relations(source.con, "marts_zh")],
        macros=[
            Described(f"{row['name']}({', '.join(row['parameters'])})", said(row["comment"]))
            for row in source.rows(_MACROS)
        ],
    )


def _origins(schemas: dict[str, tuple[Relation, ...]]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Table → column → the columns of other tables that it is computed from.

    A table whose SQL is not the one that this warehouse was built by has none: better no lineage than a wrong one.
    """
    types: dict[str, dict[str, dict[str, str]]] = {
        schema: {r.name: {c.name: c.type for c in r.columns} for r in found} for schema, found in schemas.items()
    }
    types["input"] = {name: dict(columns) for name, columns in INPUT.items()}
    found = {}
    for model in (m for layer in LAYERS for m in models.discover(layer)):
        try:
            found[model.full_name] = models.column_lineage(model, types)
        except models.ModelError:
            continue
    return found


def _described(relation: Relation, origins: dict[str, tuple[str, ...]]) -> Described:
    columns = (Described(c.name, said(c.comment), c.type, _outside(origins.get(c.name, ()))) for c in relation.columns)
    return Described(relation.name, said(relation.comment), columns=tuple(columns))


def _outside(origin: Iterable[str]) -> tuple[str, ...]:
    """Where a column comes from: what staging starts from is the reading of the report itself."""
    return tuple(o.removeprefix("input.") for o in origin)
