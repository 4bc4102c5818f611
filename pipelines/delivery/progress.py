"""What a refresh shows of itself while it runs: a live display on a terminal, one line an event elsewhere.

Both say how many documents a stage has done, how many a second, and how long the rest will take.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
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
    "draw": "绘页",
    "site": "成站",
}
"""Stages of a refresh as a reader knows them."""
WINDOW_SECONDS = 30.0
_FEWEST_TIMES = 2
ROUTINE_SECONDS = 1.0
"""Between two lines of a log about documents that cost little."""
PATIENCE_SECONDS = 10.0
"""Before and between lines about commands that are mostly over sooner."""


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


class Pace:
    """How fast documents pass: by those of the last half minute, as the largest come first."""

    def __init__(self, now: float) -> None:
        self._times = deque([now])

    def skip(self, now: float) -> None:
        """A document passed that cost nothing: the work begins after it."""
        self._times = deque([now])

    def step(self, now: float) -> None:
        """A document passed."""
        self._times.append(now)
        while len(self._times) > _FEWEST_TIMES and now - self._times[0] > WINDOW_SECONDS:
            self._times.popleft()

    @property
    def rate(self) -> float | None:
        """Documents a second, None where nothing is known of it yet."""
        seconds = self._times[-1] - self._times[0]
        return (len(self._times) - 1) / seconds if seconds > 0 else None


class LineProgress:
    """One line an event as `name=value` pairs, for logs and pipes.

    A document that is read, or cannot be, has its line; what is routine has one a second. With `patience`, nothing is
    said for so many seconds, and then one line after each such time: for what is mostly over before.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic, patience: float = 0) -> None:
        self._stream, self._clock, self._patience = stream, clock, patience
        self._stage, self._total, self._done = "", 0, 0
        self._began = self._spoke = clock()
        self._pace = Pace(self._began)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._finish()
        self._stream.flush()

    def stage(self, name: str, total: int = 0) -> None:
        """A line for the end of the stage before, and one for the stage."""
        self._finish()
        self._stage, self._total, self._done = name, total, 0
        self._began = self._clock()
        self._pace = Pace(self._began)
        if not self._patience:
            self._line(f"stage={name}" + (f" documents={total}" if total else ""))

    def document(self, file: str, outcome: str) -> None:
        """A line for the document where it is due."""
        now = self._clock()
        self._done += 1
        if outcome == "cached":
            self._pace.skip(now)
        else:
            self._pace.step(now)
        told = outcome in readings.WORTH_A_LINE and not self._patience
        if told or now - self._spoke >= (self._patience or ROUTINE_SECONDS):
            self._spoke = now
            self._line(f"document={quoted(file)} stage={self._stage} outcome={outcome}{self._how_far()}")

    def abandon(self) -> None:
        """A line for the failure of the stage at hand."""
        self._line(f"stage={self._stage} outcome=failed")
        self._stage = ""

    def _how_far(self) -> str:
        """`done=3/14`, and where the pace is known also `rate=2.5/s remaining=5s`."""
        said = f" done={self._done}/{self._total}"
        rate = self._pace.rate
        if rate is not None:
            said += f" rate={rate:.2f}/s remaining={max(self._total - self._done, 0) / rate:.0f}s"
        return said

    def _finish(self) -> None:
        if self._stage and not self._patience:
            self._line(f"stage={self._stage} outcome=done seconds={self._clock() - self._began:.1f}")
        self._stage = ""

    def _line(self, text: str) -> None:
        self._stream.write(text + "\n")
        self._stream.flush()


@contextmanager
def passing(stream: TextIO) -> Iterator[readings.Progress]:
    """Bars that are gone when the answer is there, for commands whose answer is the point; in a log, a line now and
    then once it takes long."""
    if stream.isatty():
        with LiveProgress(terminal.console(stream), transient=True) as progress:
            yield progress
    else:
        with LineProgress(stream, patience=PATIENCE_SECONDS) as progress:
            yield progress


def quoted(text: str) -> str:
    """The text as the value of a `name=value` pair: in quotes where it holds anything that would end it."""
    safe = printable(text).replace("\n", "\\n")
    return f'"{safe.replace(chr(34), chr(92) + chr(34))}"' if any(c in safe for c in ' "=') else safe
