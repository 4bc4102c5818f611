"""Analysts with the client before this one read the published file: every mart, view and macro."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CLIENT = "duckdb==1.5.*"
READS = """
import json, sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
tables = con.execute(
    "select schema_name || '.\\"' || table_name || '\\"' from duckdb_tables() where schema_name = 'marts' "
    "union all select schema_name || '.\\"' || view_name || '\\"' from duckdb_views() where schema_name = 'marts_zh'"
).fetchall()
print(json.dumps({
    "version": duckdb.__version__,
    "rows": {name: con.execute(f"select count(*) from {name}").fetchone()[0] for (name,) in tables},
    "total": str(con.execute(
        "select executed_yuan from marts.district_year where district = '东西湖区'"
    ).fetchone()[0]),
    "series": len(con.execute("from programme_series('低保')").fetchall()),
    "districts": len(con.execute("from compare_districts(2024)").fetchall()),
    "traced": con.execute(
        "select as_printed from trace((select source_facts[1] from marts.district_year where district = '东西湖区'))"
    ).fetchone() is not None,
}))
"""

COUNTS = """
select 'marts."' || table_name || '"', estimated_size
from duckdb_tables() where schema_name = 'marts'
"""
"""Marts by number of rows."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds nothing but the older client; where no index gives it the test is skipped, in CI it fails."""
    folder = tmp_path_factory.mktemp("client")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:"]
    try:
        made = subprocess.run(
            [*command, "--target", str(folder), CLIENT], capture_output=True, text=True, timeout=300, check=False
        )
        failure = made.stderr.strip()[-300:] if made.returncode else ""
    except (OSError, subprocess.TimeoutExpired) as e:
        failure = str(e)
    if failure:
        reason = f"{CLIENT} cannot be installed beside: {failure}"
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


def test_the_client_of_1_5_reads_every_mart_view_and_macro(published, client: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(client)}
    said = subprocess.run(
        [sys.executable, "-c", READS, str(published.settings.warehouse)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    found = json.loads(said.stdout)
    assert found["version"].startswith("1.5.")
    here = {name: count for name, count in published.rows(COUNTS)}
    assert {n: c for n, c in found["rows"].items() if n.startswith("marts.")} == here
    assert found["rows"]['marts_zh."区县年度"'] == here['marts."district_year"'] > 0
    assert found["total"] == "34967100.000000"
    assert (found["series"], found["districts"], found["traced"]) == (3, 2, True)
