"""The same map over documents on local processes or on a Dask cluster, whatever single documents do to a worker."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import wait
from typing import Generic, TypeVar

from pipelines.documents.guard import CannotRun, Failure, Limits, Worker

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK = 16
"""Documents in one Dask task: enough to pay for the start of its worker process."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Item, Result]):
    """An item with its result, or with the failure that it alone is to blame for."""

    item: Item
    result: Result | None
    failure: Failure | None = None


class DaskMissing(CannotRun):
    """A Dask scheduler is configured, but the `distributed` package is not installed."""


def spread(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    limits: Limits,
    workers: int,
    dask: str | None = None,
) -> Iterator[Outcome[Item, Result]]:
    """Outcomes of `function` (importable, of one argument) over `items`, in the order in which they finish.

    Each item runs in a process held to `limits`. `dask` is the address of a scheduler; None runs `workers` local
    processes. Raises WorkerCannotStart where no worker comes up, DaskMissing where the cluster cannot be used.
    """
    if dask:
        yield from _on_dask(function, items, limits, dask)
    else:
        yield from _Pool(function, items, limits).run(workers)


class _Pool(Generic[Item, Result]):
    """Local workers with one item in hand each, so that a death names its item.

    A death or exhausted memory may be another's doing (a kill from outside, an earlier item's leak), so such an
    item is tried once more, in a fresh worker, before it is blamed.
    """

    def __init__(self, function: Callable[[Item], Result], items: Sequence[Item], limits: Limits) -> None:
        self._function, self._items, self._limits = function, items, limits
        self._waiting = deque(range(len(items)))
        self._again: deque[int] = deque()
        self._tried: set[int] = set()
        self._pool: list[Worker] = []
        self._in_hand: dict[Worker, int] = {}

    def run(self, workers: int) -> Iterator[Outcome[Item, Result]]:
        """Outcomes as they come; every worker is ended when this generator is."""
        try:
            for _ in range(min(max(workers, 1), len(self._items))):
                self._start()
            while self._pool:
                for worker in self._speaking():
                    if worker.ready:
                        yield from self._finish(worker)
                    else:
                        worker.await_ready()
                        self._next(worker)
        finally:
            for worker in self._pool:
                worker.stop()

    def _start(self) -> None:
        self._pool.append(Worker(self._function, self._limits))

    def _stop(self, worker: Worker) -> None:
        worker.stop()
        self._pool.remove(worker)

    def _speaking(self) -> list[Worker]:
        """The workers that have something to say or have used up their time."""
        workers = list(self._pool)
        remaining = [w.remaining() for w in workers if w.ready]
        spoke = wait([w.connection for w in workers], max(min(remaining), 0) if remaining else None)
        return [w for w in workers if w.connection in spoke or (w.ready and w.remaining() <= 0)]

    def _next(self, worker: Worker) -> None:
        """Hands the worker an item; second tries go to fresh workers only; an idle worker is ended."""
        queue = self._again if self._again and not worker.served else self._waiting
        if not queue:
            self._stop(worker)
            return
        self._in_hand[worker] = queue.popleft()
        worker.give(self._items[self._in_hand[worker]])

    def _finish(self, worker: Worker) -> Iterator[Outcome[Item, Result]]:
        index = self._in_hand.pop(worker)
        answer = worker.take()
        if not isinstance(answer, Failure) or answer.kind == "error":
            self._next(worker)
        else:
            self._stop(worker)
            if answer.kind != "time" and index not in self._tried:
                self._tried.add(index)
                self._again.append(index)
                self._start()
                return
            if self._waiting:
                self._start()
        failure = answer if isinstance(answer, Failure) else None
        yield Outcome(self._items[index], None if failure else answer, failure)


def _on_dask(
    function: Callable[[Item], Result], items: Sequence[Item], limits: Limits, address: str
) -> Iterator[Outcome[Item, Result]]:
    """Chunks as Dask tasks; inside each, the same guarded process. A lost node's chunks are run again elsewhere."""
    try:
        from distributed import Client, as_completed  # noqa: PLC0415 - optional, and slow to import
    except ImportError as e:
        raise DaskMissing("a Dask scheduler is set: install `distributed`, or unset GOUJI_DASK") from e
    chunks = [items[i : i + CHUNK] for i in range(0, len(items), CHUNK)]
    with Client(address) as client:
        tasks = client.map(partial(_chunk, function, limits), chunks, pure=False, retries=2)
        for _, outcomes in as_completed(tasks, with_results=True):
            yield from outcomes


def _chunk(function: Callable[[Item], Result], limits: Limits, items: Sequence[Item]) -> list[Outcome[Item, Result]]:
    return list(_Pool(function, items, limits).run(1))
