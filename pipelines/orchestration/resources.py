"""The refresh that a Dagster run carries out."""

from collections.abc import Iterator
from typing import Protocol

from dagster import InitResourceContext, resource

from pipelines import settings
from pipelines.readings import WORTH_A_LINE
from pipelines.refresh import Refresh, begin


class Log(Protocol):
    """Where lines go: a run's log."""

    def info(self, msg: str) -> None:
        """One line."""


class LoggedProgress:
    """The progress of a refresh in the log of its run."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._stage = ""

    def stage(self, name: str, total: int = 0) -> None:
        """One line for a stage."""
        self._stage = name
        self._log.info(f"stage={name} documents={total}" if total else f"stage={name}")

    def document(self, file: str, outcome: str) -> None:
        """One line for a document that was read, or could not be."""
        if outcome in WORTH_A_LINE:
            self._log.info(f"document={file!r} stage={self._stage} outcome={outcome}")


@resource(description="The refresh in progress: sole writer, with the warehouse that is being built.")
def refresh_resource(context: InitResourceContext) -> Iterator[Refresh]:
    """One refresh a run, ended with it; what it leaves unpublished is removed."""
    assert context.log is not None
    with begin(settings.load(), LoggedProgress(context.log)) as run:
        yield run
