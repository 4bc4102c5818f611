"""The run history in GOUJI_HOME: Dagster's own files, which `dg dev` reads."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dagster import DagsterInstance
from sqlalchemy.exc import DBAPIError

from pipelines.documents.guard import CannotRun

RUNS_KEPT = 200
"""Dagster never forgets a run by itself; older ones are deleted."""
CONFIG = "telemetry:\n  enabled: false\n"


class HistoryUnwritable(CannotRun):
    """The files of the run history cannot be written."""


@contextmanager
def history(home: Path) -> Iterator[DagsterInstance]:
    """The run history in `home`, made where it is missing, its oldest runs deleted; in memory if it is not writable.

    Raises HistoryUnwritable where the disk fills up, or the files are not Dagster's.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        home.mkdir(parents=True, exist_ok=True)
        config = home / "dagster.yaml"
        if not config.exists():
            config.write_text(CONFIG, encoding="utf-8")
    except OSError:
        with DagsterInstance.ephemeral() as instance:
            yield instance
        return
    try:
        with DagsterInstance.from_config(str(home)) as instance:
            yield instance
            for run in instance.get_runs()[RUNS_KEPT:]:
                instance.delete_run(run.run_id)
    except DBAPIError as e:
        raise HistoryUnwritable(
            f"无法写入运行记录 {home}（{e.orig}）：磁盘是否已满？可用 GOUJI_HOME 另指文件夹 / "
            "cannot write the run history: is the disk full? GOUJI_HOME names another folder"
        ) from e
