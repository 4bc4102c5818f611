"""What the reading of one document may cost, and the worker process that is held to it."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import pickle
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from typing import Any, Literal

from pipelines.documents.errors import TooManyPages

Kind = Literal["crash", "time", "memory", "pages", "error"]

_OUT_OF_MEMORY = re.compile(r"bad_alloc|fail\w* to alloc|cannot alloc|insufficient memory|out of memory", re.IGNORECASE)
"""How libraries in C and C++ say what Python calls a MemoryError."""
_FRUGAL = {"ARROW_DEFAULT_MEMORY_POOL": "system"}
"""pandas loads Arrow, whose own allocators set a gigabyte aside at once: half of what a document may use."""
ORPHAN_GRACE_SECONDS = 10
"""A worker whose parent is gone ends itself so long after the limit that the parent would have enforced."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Wall seconds and megabytes of memory that one document may use, and the pages that it may have."""

    seconds: float
    megabytes: int
    pages: int = 3000


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document gave no result: its worker died, a limit on time, memory or pages was hit, an error was raised."""

    kind: Kind
    detail: str


class CannotRun(RuntimeError):
    """Documents cannot be read at all, through no fault of theirs; the message says what to do."""


class WorkerCannotStart(CannotRun):
    """The worker process ended before it was ready: a broken installation, not a broken document."""


class Worker:
    """One process that applies a function to one item at a time, in a process group of its own.

    `served` counts the items given to it, so that a caller can tell a fresh worker from a used one. What the
    process prints is kept out of the terminal and quoted where the process dies; its temporary files end with it.
    """

    def __init__(self, function: Callable[[Any], Any], limits: Limits) -> None:
        self.limits = limits
        self.served = 0
        self.ready = False
        self._started = 0.0
        task = pickle.dumps((function, limits))
        self._printed = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `stop`
        self._scratch = tempfile.mkdtemp(prefix="gouji-")
        self.connection, theirs = Pipe()
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from pipelines.documents.guard import serve; serve()", str(theirs.fileno())],
            pass_fds=(theirs.fileno(),),
            env=os.environ
            | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "TMPDIR": self._scratch}
            | _FRUGAL,
            stdin=subprocess.DEVNULL,
            stdout=self._printed,
            stderr=self._printed,
            start_new_session=True,
        )
        theirs.close()
        with contextlib.suppress(BrokenPipeError):  # a worker that died at once is noticed when it is asked
            self.connection.send_bytes(task)

    def await_ready(self) -> None:
        """Reads the worker's first word; raises WorkerCannotStart where there is none."""
        try:
            self.connection.recv()
        except (EOFError, ConnectionResetError) as e:
            raise WorkerCannotStart(f"a worker process ended at its start ({self._last_words()})") from e
        self.ready = True

    def give(self, item: Any) -> None:
        """Starts work on one item; its time counts from here."""
        self.served += 1
        self._started = time.monotonic()
        with contextlib.suppress(BrokenPipeError):  # its death is seen, and told apart, in `take`
            self.connection.send(item)

    def remaining(self) -> float:
        """Seconds until the item in hand has used up its time."""
        return self._started + self.limits.seconds - time.monotonic()

    def take(self) -> Any:
        """The result of the item in hand, or a Failure; does not wait beyond its time."""
        if not self.connection.poll(max(self.remaining(), 0)):
            return Failure("time", f"{self.limits.seconds:g} s")
        try:
            return self.connection.recv()
        except (EOFError, ConnectionResetError):
            return Failure("crash", self._last_words())

    def stop(self) -> None:
        """Ends the process and everything that it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.connection.close()
        self._printed.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _last_words(self) -> str:
        code = self.process.wait()
        end = signal.Signals(-code).name if -code in set(signal.Signals) else f"exit code {code}"
        self._printed.seek(0)
        lines = self._printed.read().decode(errors="replace").strip().splitlines()
        return f"{end}: {lines[-1][:200]}" if lines else end


def serve() -> None:
    """The worker's side: confined, it answers each item with the function's result until the parent hangs up."""
    connection = Connection(int(sys.argv[1]))
    function, limits = connection.recv()
    confine(limits)
    connection.send("ready")
    while True:
        try:
            item = connection.recv()
        except EOFError:
            return
        # The parent kills at the limit; this is for a worker, stuck in C code, whose parent was itself killed.
        faulthandler.dump_traceback_later(limits.seconds + ORPHAN_GRACE_SECONDS, exit=True)
        answer = _attempt(function, item)
        faulthandler.cancel_dump_traceback_later()
        connection.send(answer)


def confine(limits: Limits) -> None:
    """Caps the writable memory of this process and its children; no core dumps."""
    size = limits.megabytes << 20
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    cap = size if hard == resource.RLIM_INFINITY else min(size, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (cap, cap))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _attempt(function: Callable[[Any], Any], item: Any) -> Any:
    try:
        return function(item)
    except MemoryError:
        return Failure("memory", "MemoryError")
    except TooManyPages as e:
        return Failure("pages", str(e.pages))
    except RecursionError as e:
        return Failure("error", f"RecursionError: {e}")
    except Exception as e:  # noqa: BLE001 - whatever a document provokes is its own failure, kept with its words
        kind: Kind = "memory" if _OUT_OF_MEMORY.search(str(e)) else "error"
        return Failure(kind, f"{type(e).__name__}: {e}")
