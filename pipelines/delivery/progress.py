"""What a refresh shows of itself while it runs: a live display on a terminal, one line an event elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from pipelines import readings
from pipelines.delivery import terminal
from pipelines.delivery.terminal import printable

STAGES = {
    "plan": "盘点",
    "read": "读取",
    "staging": "入库",
    "staging_checks": "质检",
    "core": "归集",
    "core_checks": "质检",
    "audit": "勾稽",
    "marts": "汇总",
    "marts_checks": "质检",
    "publish": "发布",
}
"""Stages of a refresh as a reader knows them."""


class Count(ProgressColumn):
    """Documents done of all, blank for stages that work on all documents at once."""

    def render(self, task: Task) -> Text:
        """`3/14`."""
        total = int(task.total or 0)
        return Text(f"{int(task.completed)}/{total}" if task.fields["documents"] else "")


class Rate(ProgressColumn):
    """Documents a second, blank for stages that work on all documents at once."""

    def render(self, task: Task) -> Text:
        """The rate of one stage."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f} 份/秒" if speed and task.fields["documents"] else "")


class LiveProgress:
    """A bar a stage, with rate and remaining time; documents that could not be read are named above the bars.

    `transient` bars are wiped when the work is done.
    """

    def __init__(self, console: Console, transient: bool = False) -> None:
        self._bars = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            Count(),
            Rate(),
            TimeElapsedColumn(),
            TimeRemainingColumn(elapsed_when_finished=False, compact=True),
            console=console,
            transient=transient,
        )
        self._open: TaskID | None = None

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._finish()
        self._bars.stop()

    def stage(self, name: str, total: int = 0) -> None:
        """Finishes the bar of the stage before and begins the next one."""
        self._finish()
        self._open = self._bars.add_task(
            f"{STAGES.get(name, name)} {name.partition('_')[0]}", total=total or 1, documents=total
        )

    def document(self, file: str, outcome: str) -> None:
        """Moves the bar on by one document."""
        if outcome in ("failed", "changed"):
            self._bars.console.print(Text(f"  ✗ 未能读取：{printable(file)}", style="yellow"))
        if self._open is not None:
            self._bars.advance(self._open)

    def abandon(self) -> None:
        """Leaves the stage at hand unfinished, as one that failed."""
        self._open = None

    def _finish(self) -> None:
        if self._open is not None:
            task = next(t for t in self._bars.tasks if t.id == self._open)
            self._bars.update(task.id, completed=task.total or 1)
            self._open = None


class LineProgress:
    """One line an event as `name=value` pairs, for logs and pipes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._stage = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.flush()

    def stage(self, name: str, total: int = 0) -> None:
        """A line for the stage."""
        self._stage = name
        self._line(f"stage={name}" + (f" documents={total}" if total else ""))

    def document(self, file: str, outcome: str) -> None:
        """A line for the document."""
        self._line(f"document={quoted(file)} stage={self._stage} outcome={outcome}")

    def abandon(self) -> None:
        """A line for the failure of the stage at hand."""
        self._line(f"stage={self._stage} outcome=failed")

    def _line(self, text: str) -> None:
        self._stream.write(text + "\n")
        self._stream.flush()


@contextmanager
def passing(stream: TextIO) -> Iterator[readings.Progress]:
    """Bars that are gone when the answer is there, for commands whose answer is the point; nothing in a log."""
    if stream.isatty():
        with LiveProgress(terminal.console(stream), transient=True) as progress:
            yield progress
    else:
        yield readings.Silence()


def quoted(text: str) -> str:
    """The text as the value of a `name=value` pair: in quotes where it holds anything that would end it."""
    safe = printable(text).replace("\n", "\\n")
    return f'"{safe.replace(chr(34), chr(92) + chr(34))}"' if any(c in safe for c in ' "=') else safe
