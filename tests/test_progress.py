"""Long work says how far it is, how fast it goes and how long the rest will take, on a terminal and in a log."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from pipelines.delivery.progress import LineProgress, LiveProgress


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Log:
    """Progress in a log, with its lines and its clock."""

    def __init__(self, patience: float = 0) -> None:
        self.clock = Clock()
        self.stream = io.StringIO()
        self.progress = LineProgress(self.stream, self.clock, patience)

    def pass_by(self, seconds: float, file: str, outcome: str) -> None:
        self.clock.now += seconds
        self.progress.document(file, outcome)

    @property
    def lines(self) -> list[str]:
        return self.stream.getvalue().splitlines()


@pytest.fixture
def log() -> Log:
    return Log()


def test_a_document_that_is_read_has_a_line_with_stage_rate_and_remaining_time(log):
    with log.progress as progress:
        progress.stage("read", 4)
        log.pass_by(2, "报告 一.txt", "read")
        log.pass_by(2, "二.pdf", "failed")
        progress.stage("staging")
        log.clock.now += 1.5
    assert log.lines == [
        "stage=read documents=4",
        'document="报告 一.txt" stage=read outcome=read done=1/4 rate=0.50/s remaining=6s',
        "document=二.pdf stage=read outcome=failed done=2/4 rate=0.50/s remaining=4s",
        "stage=read outcome=done seconds=4.0",
        "stage=staging",
        "stage=staging outcome=done seconds=1.5",
    ]


def test_what_the_cache_has_says_nothing_of_how_fast_documents_are_read(log):
    log.progress.stage("read", 300)
    for n in range(290):
        log.pass_by(0.001, f"{n}.txt", "cached")
    log.pass_by(5, "新.pdf", "read")
    assert log.lines[1:] == ["document=新.pdf stage=read outcome=read done=291/300 rate=0.20/s remaining=45s"]


def test_the_pace_is_that_of_the_last_half_minute_since_the_largest_come_first(log):
    log.progress.stage("read", 1000)
    log.pass_by(300, "大.pdf", "read")
    for n in range(400):
        log.pass_by(0.1, f"{n}.txt", "read")
    assert log.lines[-1].endswith("done=401/1000 rate=10.00/s remaining=60s")


def test_routine_has_one_line_a_second_and_a_failure_always_one(log):
    log.progress.stage("audit", 100)
    for n in range(40):
        log.pass_by(0.1, f"{n}.txt", "judged")
    assert 3 <= len(log.lines) - 1 <= 4
    log.pass_by(0.01, "坏.pdf", "failed")
    assert "坏.pdf" in log.lines[-1]


def test_a_stage_that_fails_is_not_said_to_be_done(log):
    with pytest.raises(RuntimeError), log.progress as progress:
        progress.stage("core")
        raise RuntimeError
    assert log.lines == ["stage=core"]
    with log.progress as progress:
        progress.stage("marts")
        progress.abandon()
    assert log.lines[-1] == "stage=marts outcome=failed"


def test_a_command_that_is_soon_done_leaves_no_line_and_a_long_one_a_line_now_and_then():
    log = Log(patience=10)
    with log.progress as progress:
        progress.stage("read", 100)
        for n in range(100):
            log.pass_by(0.35, f"{n}.pdf", "read")
    assert [line.split()[0] for line in log.lines] == ["document=28.pdf", "document=57.pdf", "document=86.pdf"]
    assert log.lines[0].endswith("done=29/100 rate=2.86/s remaining=25s")


def test_a_terminal_shows_the_same():
    screen = io.StringIO()
    with LiveProgress(Console(file=screen, force_terminal=True, width=120, legacy_windows=False)) as progress:
        progress.stage("read", 2)
        progress.document("一.txt", "read")
        progress.document("二.txt", "failed")
    shown = screen.getvalue()
    assert "读取 read" in shown
    assert "2/2" in shown
    assert "未能读取：二.txt" in shown
