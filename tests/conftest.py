"""What several test modules share: the five real reports published once by the real job."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass

import duckdb
import pytest
import reports

from pipelines.settings import Settings

# The runner tells its parallel workers the width of its terminal; what the tests start writes to none.
os.environ.pop("COLUMNS", None)


@dataclass(frozen=True)
class Published:
    """The five reports, refreshed by the job as `gouji refresh` runs it."""

    settings: Settings
    outcome: object
    refresh: object
    instance: object

    def rows(self, sql: str) -> list[tuple]:  # type: ignore[type-arg]
        with duckdb.connect(str(self.settings.warehouse.resolve()), read_only=True) as con:
            return con.execute(sql).fetchall()


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    from dagster import DagsterInstance  # noqa: PLC0415 - only the tests that publish wait for it

    from pipelines.orchestration.in_process import run_refresh  # noqa: PLC0415
    from pipelines.readings import Silence  # noqa: PLC0415
    from pipelines.refresh import begin  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("published")
    raw = folder / "data" / "raw"
    raw.mkdir(parents=True)
    for name in reports.ALL:
        shutil.copy(reports.RAW / name, raw / name)
    settings = Settings(data=folder / "data", home=folder / "home", workers=2)
    instance = DagsterInstance.ephemeral()
    with begin(settings, Silence()) as refresh:
        outcome = run_refresh(refresh, instance)
    assert refresh.publication is not None, outcome
    return Published(settings, outcome, refresh, instance)
