"""The run history in GOUJI_HOME: Dagster's own files, written through connections that stay open during a run.

Dagster opens a connection anew for every event, three or four times over, which takes as long as building the
warehouse of a few reports. The files are those that `dg dev` reads.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dagster import DagsterInstance
from dagster._core.instance.ref import InstanceRef
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from pipelines.documents.guard import CannotRun

RUNS_KEPT = 200
"""Dagster never forgets a run by itself; older ones are deleted."""
CONFIG = "telemetry:\n  enabled: false\n"
SECONDS_LOCKED = 30
"""How long to wait for another process, such as `dg dev`, that is writing to the same file."""


class HistoryUnwritable(CannotRun):
    """The files of the run history cannot be written."""


class OpenEventLog(SqliteEventLogStorage):
    """Dagster's event log with one connection kept for every file (a run's, and the index of all runs)."""

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> OpenEventLog:
        """What `rehydrate` calls."""
        return cls(inst_data=inst_data, **config_value)

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, Engine] = {}
        super().__init__(base_dir, inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock, self._engine(shard).connect() as connection, connection.begin():
            yield connection

    def _engine(self, shard: str) -> Engine:
        if shard not in self._engines:
            engine = create_engine(self.conn_string_for_shard(shard), connect_args={"timeout": SECONDS_LOCKED})
            event.listen(engine, "connect", _trust_the_journal)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            self._engines[shard] = engine
        return self._engines[shard]

    def dispose(self) -> None:
        """Closes the files."""
        super().dispose()
        for engine in self._engines.values():
            engine.dispose()


def _trust_the_journal(connection: Any, _: Any) -> None:
    """A power cut may lose the last events of a run, never the file: the journal is written ahead."""
    connection.execute("pragma synchronous = normal")


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
        with DagsterInstance.from_ref(_kept_open(InstanceRef.from_dir(str(home)))) as instance:
            yield instance
            for run in instance.get_runs()[RUNS_KEPT:]:
                instance.delete_run(run.run_id)
    except DBAPIError as e:
        raise HistoryUnwritable(
            f"无法写入运行记录 {home}（{e.orig}）：磁盘是否已满？可用 GOUJI_HOME 另指文件夹 / "
            "cannot write the run history: is the disk full? GOUJI_HOME names another folder"
        ) from e


def _kept_open(ref: InstanceRef) -> InstanceRef:
    """The same history, kept open where it is in Dagster's default files; a configured store is left as it is."""
    stored, events = ref.storage_data, ref.event_storage_data
    if stored is None or stored.class_name != "DagsterSqliteStorage" or events is None:
        return ref
    return ref._replace(
        storage_data=None,
        event_storage_data=ConfigurableClassData(__name__, OpenEventLog.__name__, events.config_yaml),
    )
