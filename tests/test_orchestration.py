"""Dagster: the graph follows the SQL, suites are blocking checks, and nothing runs when nothing changed."""

from __future__ import annotations

import difflib
import json
import os
import re
import shutil
from pathlib import Path

import duckdb
import pytest
import reports
from dagster import (
    AssetCheckKey,
    AssetCheckSeverity,
    AssetKey,
    DagsterInstance,
    RunRequest,
    SkipReason,
    build_schedule_context,
    build_sensor_context,
)

from pipelines.audit.checks import discover
from pipelines.definitions import defs
from pipelines.orchestration import expectations, finding_checks
from pipelines.orchestration.in_process import run_refresh
from pipelines.orchestration.jobs import nightly, raw_reports_watch
from pipelines.orchestration.run_history import history
from pipelines.readings import Silence
from pipelines.refresh import Refresh, begin
from pipelines.settings import Settings
from pipelines.warehouse import models
from pipelines.warehouse.publish import current

SNAPSHOT = Path(__file__).with_name("asset_graph.txt")
LAYERS = ("staging", "core", "audit", "marts")
GRAPH = defs.resolve_asset_graph()


def name(key: AssetKey) -> str:
    return ".".join(key.path)


def drawn() -> str:
    """The graph as text: every asset with what it reads, and its checks."""
    lines = []
    for key in sorted(GRAPH.get_all_asset_keys(), key=name):
        node = GRAPH.get(key)
        lines.append(f"{name(key)} [{node.group_name}]")
        lines += [f"  <- {name(parent)}" for parent in sorted(node.parent_keys, key=name)]
        lines += [f"  ? {check.name}" for check in sorted(node.check_keys, key=lambda c: c.name)]
    return "\n".join(lines) + "\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A data folder with one report, named by the environment as for a Dagster process."""
    settings = Settings(data=tmp_path / "data", home=tmp_path / "home", workers=1)
    settings.raw.mkdir(parents=True)
    shutil.copy(reports.RAW / reports.CAIDIAN, settings.raw / reports.CAIDIAN)
    monkeypatch.setenv("GOUJI_DATA", str(settings.data))
    return settings


# The graph


def test_the_asset_graph_is_the_one_that_was_agreed():
    """Where the change is meant: UPDATE_SNAPSHOTS=1 python -m pytest tests/test_orchestration.py"""
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOT.write_text(drawn(), encoding="utf-8")
    agreed = SNAPSHOT.read_text(encoding="utf-8")
    assert drawn() == agreed, "".join(difflib.unified_diff(agreed.splitlines(True), drawn().splitlines(True)))


def test_one_op_builds_a_layer():
    ops = {node.name for node in defs.resolve_job_def("refresh").graph.nodes}
    assert ops == {"raw_reports", "published_warehouse", *(f"build_{layer}" for layer in LAYERS)}


def test_every_table_is_an_asset_that_depends_on_what_its_sql_reads():
    for layer in ("staging", "core", "marts"):
        for model in models.discover(layer):
            read = {table if not table.startswith("input.") else "raw_reports" for table in models.tables_read(model)}
            assert {name(k) for k in GRAPH.get(AssetKey([layer, model.name])).parent_keys} == read


def test_the_audit_comes_after_the_tables_that_its_checks_read():
    """Every table that the checks name is an asset, so that none is read before it is built."""
    read = GRAPH.get(AssetKey(["audit", "candidates"])).parent_keys
    assert {AssetKey(["core", "facts"]), AssetKey(["core", "documents"])} <= read <= GRAPH.get_all_asset_keys()


def test_publication_waits_for_every_table():
    tables = {key for key in GRAPH.get_all_asset_keys() if key.path[0] in LAYERS}
    assert GRAPH.get(AssetKey("published_warehouse")).parent_keys == tables


def test_every_suite_is_a_blocking_check_on_its_table():
    suites = {(s.full_name, s.check) for layer in LAYERS for s in expectations.suites(layer)}
    specs = [spec for a in defs.assets or [] for spec in a.check_specs]  # type: ignore[union-attr]
    assert {(name(s.asset_key), s.name) for s in specs if s.blocking} == suites


def test_every_family_of_checks_is_a_check_on_the_findings_that_keeps_nothing_back():
    specs = [spec for a in defs.assets or [] for spec in a.check_specs]  # type: ignore[union-attr]
    families = {check.family for check in discover()}
    assert {(name(s.asset_key), s.name) for s in specs if not s.blocking} == {("audit.findings", f) for f in families}


def test_names_are_ascii_and_descriptions_are_chinese_first():
    for key in GRAPH.get_all_asset_keys():
        node = GRAPH.get(key)
        assert re.fullmatch(r"[A-Za-z0-9_.]+", name(key))
        assert re.match(r"[^/]*[\u4e00-\u9fff].* / |.*/ ", node.description or ""), name(key)


def test_code_versions_change_with_the_text_and_with_nothing_else():
    model = next(m for m in models.discover("marts") if m.name == "findings")
    version = GRAPH.get(AssetKey(["marts", "findings"])).code_version
    assert re.fullmatch(r"[0-9a-f]{64}", version or "")
    other = next(m for m in models.discover("marts") if m.name == "facts")
    assert version != GRAPH.get(AssetKey(["marts", other.name])).code_version
    assert model.sql != other.sql


# What a run shows


def test_a_run_shows_rows_columns_lineage_and_what_changed(published):
    event = published.instance.get_latest_materialization_event(AssetKey(["core", "facts"]))
    metadata = event.asset_materialization.metadata
    (rows,) = published.rows("select count(*) from core.facts")[0]
    assert metadata["dagster/row_count"].value == rows
    columns = {c.name: c for c in metadata["dagster/column_schema"].value.columns}
    assert columns["amount_yuan"].type == "DECIMAL(24,6)"
    assert "金额" in columns["amount_yuan"].description
    lineage = metadata["dagster/column_lineage"].value.deps_by_column
    assert {(name(d.asset_key), d.column_name) for d in lineage["district"]} == {("core.documents", "district")}
    assert (metadata["rows_added"].value, metadata["rows_removed"].value) == (rows, 0)


def test_every_table_of_the_warehouse_was_materialized(published):
    found = published.rows("select schema_name, table_name from duckdb_tables() where not internal")
    tables = {f"{schema}.{table}" for schema, table in found}
    materialized = {name(key) for key in published.instance.all_asset_keys()}
    assert materialized - {"raw_reports", "published_warehouse"} == tables


def test_what_is_wrong_in_the_reports_is_a_warning_with_its_rows(published):
    (identities,) = [c for c in published.outcome.failed_checks if c.check_name == "identities"]
    assert identities.severity == AssetCheckSeverity.WARN
    assert "养老机构运营补贴" in identities.metadata["unmet_1"].value
    assert published.refresh.publication is not None


def test_a_run_shows_what_the_audit_found_by_family_with_its_rows(published):
    key = AssetCheckKey(AssetKey(["audit", "findings"]), "sums")
    (record,) = published.instance.event_log_storage.get_asset_check_execution_history(key, limit=1)
    check = record.event.dagster_event.asset_check_evaluation_data
    (found, errors) = published.rows(
        "select count(*), count(*) filter (where severity = 'error') from audit.findings where check_family = 'sums'"
    )[0]
    assert not check.passed
    assert check.severity == AssetCheckSeverity.WARN
    assert (check.metadata["findings"].value, check.metadata["errors"].value) == (found, errors)
    assert "养老机构运营补贴" in check.metadata["rows"].value


def test_a_run_shows_which_findings_are_new_gone_or_worse_since_the_last_publication(tmp_path):
    published, con = tmp_path / "published.duckdb", duckdb.connect()
    columns = ["finding_id", "file", "check_id", "subject", "equation", "severity", "page", "message_zh"]
    typed = ", ".join(f"{c} {'int' if c == 'page' else 'text'}" for c in columns)
    con.execute(f"attach '{published}' as published")
    for schema in ("published.audit", "audit"):
        con.execute(f"create schema {schema}")
        con.execute(f"create table {schema}.findings ({typed})")
    con.execute(
        """
        insert into published.audit.findings values
            ('1', 'a.pdf', 'SUM001', '低保', '1 + 1 ≠ 3', 'error', 1, '不等'),
            ('2', 'a.pdf', 'RAT001', '殡葬', '1 ÷ 2 ≠ 60%', 'warning', 1, '不符'),
            ('3', 'b.pdf', 'SUM001', '救助', '2 + 2 ≠ 5', 'error', 2, '已改正');
        insert into audit.findings values
            ('8', 'a.pdf', 'SUM001', '低保', '1 + 1 ≠ 3', 'error', 1, '不等'),
            ('9', 'a.pdf', 'RAT001', '殡葬', '1 ÷ 2 ≠ 60%', 'error', 1, '更严重'),
            ('7', 'c.pdf', 'SUM001', '养老', '3 + 3 ≠ 7', 'error', 3, '新出现')
        """
    )
    told = finding_checks.changes(con)
    assert [told[f"findings_{kind}"] for kind in ("new", "gone", "worse")] == [1, 1, 1]
    assert "新出现" in told["findings_new_rows"].value
    assert "已改正" in told["findings_gone_rows"].value
    assert "更严重" in told["findings_worse_rows"].value


def test_before_the_first_publication_there_is_nothing_to_compare_findings_with(published):
    event = published.instance.get_latest_materialization_event(AssetKey(["audit", "findings"]))
    assert event.asset_materialization.metadata["findings_compared_with"].value == "nothing published yet"


# What a refresh does


class Tampered(Refresh):
    """A refresh whose SQL doubles a row: what a bug in a model would do."""

    def build(self, layer: str) -> dict[str, int]:
        rows = super().build(layer)
        if layer == "marts":
            self.connection.execute("insert into marts.documents select * from marts.documents limit 1")
        return rows


def test_broken_structure_is_not_published(here):
    with begin(here, Silence()) as refresh:
        run_refresh(refresh, DagsterInstance.ephemeral())
    before = current(here)
    with begin(here, Silence()) as refresh:
        tampered = Tampered(here, Silence(), refresh.draft, refresh.connection)
        outcome = run_refresh(tampered, DagsterInstance.ephemeral())
    assert outcome.refused
    assert tampered.publication is None
    assert current(here) == before
    refused = {(name(c.asset_key), c.severity) for c in outcome.failed_checks if c.severity == AssetCheckSeverity.ERROR}
    assert refused == {("marts.documents", AssetCheckSeverity.ERROR)}


@pytest.mark.usefixtures("here")
def test_a_layer_alone_is_refused_with_a_reason():
    result = defs.resolve_job_def("refresh").execute_in_process(
        asset_selection=[AssetKey(["core", model.name]) for model in models.discover("core")],
        instance=DagsterInstance.ephemeral(),
        raise_on_error=False,
    )
    failed = [e for e in result.all_events if e.is_step_failure]
    assert "run the job `refresh`" in str(failed[0].event_specific_data.error)


def test_the_history_is_kept_and_makes_no_report_to_anybody(here):
    with history(here.home) as instance:
        assert instance.telemetry_enabled is False
        assert instance.get_runs() == []
    assert (here.home / "dagster.yaml").read_text(encoding="utf-8") == "telemetry:\n  enabled: false\n"


# What starts a refresh


def test_the_nightly_run_is_at_two_in_shanghai():
    assert nightly.cron_schedule == "0 2 * * *"
    assert nightly.execution_timezone == "Asia/Shanghai"
    assert nightly.job_name == "refresh"


def test_the_nightly_run_is_skipped_with_a_reason_when_nothing_changed(here):
    asked = nightly(build_schedule_context())
    assert isinstance(asked, RunRequest)
    assert asked.tags["gouji/new"] == "1"
    publish(here)
    skipped = nightly(build_schedule_context())
    assert isinstance(skipped, SkipReason)
    assert "没有变化" in (skipped.skip_message or "")


@pytest.mark.usefixtures("here")
def test_the_sensor_waits_until_the_folder_stands_still_and_asks_once():
    moved = raw_reports_watch(build_sensor_context())
    assert moved.run_requests == []
    still = raw_reports_watch(build_sensor_context(cursor=moved.cursor))
    assert [r.tags["gouji/new"] for r in still.run_requests] == ["1"]
    assert json.loads(still.cursor)["fingerprint"]
    again = raw_reports_watch(build_sensor_context(cursor=still.cursor))
    assert isinstance(again, SkipReason)


@pytest.mark.parametrize("change", ["new", "changed", "withdrawn"])
def test_the_sensor_sees_reports_come_change_and_go(here, change):
    publish(here)
    settled = ticks(None, 2)
    assert settled.run_requests == []
    if change == "new":
        shutil.copy(reports.RAW / reports.BENJI, here.raw / reports.BENJI)
    elif change == "changed":
        with (here.raw / reports.CAIDIAN).open("a", encoding="utf-8") as f:
            f.write("\n补充说明。\n")
    else:
        (here.raw / reports.CAIDIAN).unlink()
    (request,) = ticks(settled.cursor, 2).run_requests
    tags = {kind: request.tags[f"gouji/{kind}"] for kind in ("new", "changed", "withdrawn")}
    assert tags == {kind: str(int(kind == change)) for kind in tags}


def test_a_report_that_goes_and_comes_back_is_asked_for_again(here):
    first = ticks(None, 2)
    (here.raw / reports.CAIDIAN).rename(here.data / "aside")
    gone = ticks(first.cursor, 2)
    (here.data / "aside").rename(here.raw / reports.CAIDIAN)
    (here.raw / reports.CAIDIAN).touch()
    back = ticks(gone.cursor, 2)
    assert [len(tick.run_requests) for tick in (first, gone, back)] == [1, 1, 1]


def ticks(cursor: str | None, count: int) -> object:
    """The last of some looks of the sensor, each from where the one before left off."""
    for _ in range(count):
        look = raw_reports_watch(build_sensor_context(cursor=cursor))
        cursor = getattr(look, "cursor", cursor)
    return look


def publish(settings: Settings) -> None:
    with begin(settings, Silence()) as run:
        run.read()
        for layer in ("staging", "core"):
            run.build(layer)
        run.audit()
        run.build("marts")
        run.publish()
