"""The job `refresh` run in this process, by the command and by tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dagster import (
    AssetCheckEvaluation,
    DagsterExecutionInterruptedError,
    DagsterInstance,
    ExecuteInProcessResult,
)

from pipelines.definitions import defs
from pipelines.orchestration.finding_checks import FINDINGS
from pipelines.refresh import Refresh

if TYPE_CHECKING:
    from dagster import DagsterEvent


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """How a run ended: the suites that did not hold, of how many, and what went wrong where nothing was published."""

    failed_checks: tuple[AssetCheckEvaluation, ...]
    checks: int
    errors: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Whether a structural check forbade publication."""
        return any(c.blocking and c.severity.value == "ERROR" for c in self.failed_checks)


def run_refresh(refresh: Refresh, instance: DagsterInstance) -> RunOutcome:
    """Runs the whole job on a refresh that the caller has begun, and may look at afterwards.

    Raises KeyboardInterrupt where the user interrupted it, which Dagster notes as a failure and swallows.
    """
    result = defs.resolve_job_def("refresh").execute_in_process(
        instance=instance,
        resources={"refresh": refresh},
        # Dagster logs every event to the terminal; the command has its own display, and the history keeps them.
        run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        raise_on_error=False,
    )
    errors = tuple(_errors(result))
    if any(DagsterExecutionInterruptedError.__name__ in error for error in errors):
        raise KeyboardInterrupt
    # What the audit found in the reports is told from its own table.
    evaluations = [e for e in result.get_asset_check_evaluations() if e.asset_key != FINDINGS]
    return RunOutcome(
        failed_checks=tuple(e for e in evaluations if not e.passed),
        checks=len(evaluations),
        errors=errors,
    )


def _errors(result: ExecuteInProcessResult) -> Iterator[str]:
    """What failed: the steps, or, where it came to none, the run itself (which otherwise repeats its step)."""
    steps = [e for e in result.all_events if e.is_step_failure]
    for event in steps or [e for e in result.all_events if e.is_job_failure]:
        yield from _words(event)


def _words(event: DagsterEvent) -> Iterator[str]:
    error = getattr(event.event_specific_data, "error", None)
    while error is not None and error.cause is not None:
        error = error.cause
    if error is not None:
        yield f"{event.step_key or event.job_name}: {error.message.strip()}"
