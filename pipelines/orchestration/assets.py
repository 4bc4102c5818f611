"""The steps of a refresh as assets: reports, then one batch op a layer with an asset for every table, then publication.

The tables, what each reads, and their descriptions come from the SQL files; nothing is listed here twice.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from dagster import (
    AssetCheckResult,
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    AssetSpec,
    MaterializeResult,
    MetadataValue,
    asset,
    multi_asset,
)

from pipelines.audit import schema as audit_schema
from pipelines.orchestration import asset_checks, expectations, finding_checks, metadata
from pipelines.refresh import Refresh
from pipelines.warehouse import cache, models

RAW = AssetKey("raw_reports")
PUBLISHED = AssetKey("published_warehouse")
SQL_LAYERS = ("staging", "core", "marts")
_TABLE = re.compile(r"\b(?:staging|core)\.[a-z_]+")

Events = Iterator[MaterializeResult[Any] | AssetCheckResult]


@asset(
    key=RAW,
    group_name="raw",
    kinds={"file"},
    code_version=cache.parser_version(),
    required_resource_keys={"refresh"},
    description="data/raw 下的报告：逐份读取成表格、句子与数据，按内容缓存。/ The reports, read and cached by content.",
)
def raw_reports(context: AssetExecutionContext) -> MaterializeResult[Any]:
    """Plans the refresh and reads what is not cached."""
    run: Refresh = context.resources.refresh
    expectations.load_ahead()
    plan = run.read()
    unread = [s for s in run.sources if s.folder is None]
    return MaterializeResult(
        metadata={
            "files": len(run.sources),
            "unreadable": len(unread),
            "unreadable_files": MetadataValue.md("\n".join(f"- {s.file}: {s.reason}" for s in unread) or "–"),
            "fingerprint": plan.fingerprint,
            **metadata.changes_metadata(plan.changes),
        }
    )


def sql_layer(layer: str) -> AssetsDefinition:
    """One op that builds every table of sql/<layer>/ and then runs the suites of those tables."""
    found = models.discover(layer)
    suites = expectations.suites(layer)

    @multi_asset(
        name=f"build_{layer}",
        specs=[_model_spec(model) for model in found],
        check_specs=[asset_checks.spec(suite) for suite in suites],
        required_resource_keys={"refresh"},
        description=f"sql/{layer}/ 的全部表，随后质检。/ Every table of sql/{layer}/, then its suites.",
    )
    def build(context: AssetExecutionContext) -> Events:
        run: Refresh = context.resources.refresh
        run.build(layer)
        metadata.attach_published(run.connection, run.settings.warehouse)
        schema = metadata.warehouse_schema(run.connection)
        for model in found:
            yield MaterializeResult(
                asset_key=AssetKey([layer, model.name]),
                metadata={
                    **metadata.table_metadata(run.connection, layer, model.name),
                    "dagster/column_lineage": metadata.column_lineage(model, schema),
                },
            )
        run.progress.stage(f"{layer}_checks")
        for validation in expectations.validate(run.connection, suites):
            yield asset_checks.result(validation)

    return build


def audit_layer() -> AssetsDefinition:
    """One op that judges every equation and keeps candidates, verdicts, findings, ledger and catalogue."""

    @multi_asset(
        name="build_audit",
        specs=[
            AssetSpec(
                AssetKey(["audit", table.name]),
                deps=[metadata.asset_key(table) for table in audited_tables()],
                description=f"{table.zh} / {table.en}",
                group_name="audit",
                kinds={"duckdb", "python"},
                code_version=_audit_version(),
            )
            for table in audit_schema.TABLES
        ],
        check_specs=finding_checks.specs(),
        required_resource_keys={"refresh"},
        description="勾稽：sql/checks/ 的全部等式，逐一裁定。/ Every equation of sql/checks/, judged.",
    )
    def build(context: AssetExecutionContext) -> Events:
        run: Refresh = context.resources.refresh
        run.audit()
        metadata.attach_published(run.connection, run.settings.warehouse)
        for table in audit_schema.TABLES:
            key = AssetKey(["audit", table.name])
            changes = finding_checks.changes(run.connection) if key == finding_checks.FINDINGS else {}
            yield MaterializeResult(
                asset_key=key,
                metadata={**metadata.table_metadata(run.connection, "audit", table.name), **changes},
            )
        yield from finding_checks.results(run.connection)

    return build


@asset(
    key=PUBLISHED,
    group_name="published",
    kinds={"duckdb", "parquet"},
    deps=[AssetKey([layer, model.name]) for layer in SQL_LAYERS for model in models.discover(layer)]
    + [AssetKey(["audit", table.name]) for table in audit_schema.TABLES],
    required_resource_keys={"refresh"},
    description="data/marts/gouji.duckdb 及 Parquet，一次原子替换。/ The warehouse, swapped in one step.",
)
def published_warehouse(context: AssetExecutionContext) -> MaterializeResult[Any]:
    """Makes the new warehouse the current one."""
    run: Refresh = context.resources.refresh
    publication = run.publish()
    warehouse = run.settings.warehouse
    return MaterializeResult(
        metadata={
            "path": MetadataValue.path(str(warehouse)),
            "bytes": warehouse.stat().st_size,
            "version": publication.version,
            "fingerprint": publication.fingerprint,
            **metadata.changes_metadata(run.plan.changes),
        }
    )


def all_assets() -> list[AssetsDefinition]:
    """The whole graph."""
    return [
        raw_reports,
        sql_layer("staging"),
        sql_layer("core"),
        audit_layer(),
        sql_layer("marts"),
        published_warehouse,
    ]


def _model_spec(model: models.Model) -> AssetSpec:
    return AssetSpec(
        AssetKey([model.schema, model.name]),
        deps=sorted({metadata.asset_key(table) for table in models.tables_read(model)}),
        description=model.comment,
        group_name=model.schema,
        kinds={"duckdb", "sql"},
        code_version=hashlib.sha256(model.sql.encode()).hexdigest(),
    )


def audited_tables() -> list[str]:
    """What the audit reads: its own two tables of core, and what the SQL of the checks names."""
    checks = "\n".join(path.read_text(encoding="utf-8") for path in (models.SQL / "checks").rglob("*.sql"))
    return sorted({"core.documents", "core.facts", *_TABLE.findall(checks)})


def _audit_version() -> str:
    digest = cache.sources_digest(cache.PACKAGE, ("audit",))
    digest.update(cache.sources_digest(models.SQL, ("checks",)).digest())
    return str(digest.hexdigest())
