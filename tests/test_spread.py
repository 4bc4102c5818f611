"""Documents are read in worker processes: what one of them does to its worker never touches its neighbours."""

import importlib
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

import pytest

from pipelines.documents.guard import Limits, WorkerCannotStart
from pipelines.spread import DaskMissing, spread

ROOMY = Limits(seconds=60, megabytes=1024)
TIGHT = Limits(seconds=1.5, megabytes=256)


def upper(text: str) -> str:
    return text.upper()


def misbehave(text: str) -> str:
    if text == "hang":
        while True:
            time.sleep(1)
    if text == "crash":
        os.abort()
    if text == "hoard":
        hoard = []
        while True:
            hoard.append(bytearray(16 << 20))
    if text == "hoard in C":
        raise RuntimeError("std::bad_alloc")
    if text == "unreadable":
        raise ValueError("页面树损坏")
    return text.upper()


def killed_once(marker: str) -> str:
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def strings_in_arrow(_: str) -> str:
    """Loads what camelot loads, and says how many megabytes this process has set aside."""
    pd = importlib.import_module("pandas")
    assert len(pd.Series(["收入"], dtype=pd.ArrowDtype(importlib.import_module("pyarrow").string()))) == 1
    (line,) = [x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("VmData")]
    return str(int(line.split()[1]) // 1024)


def leave_a_file(_: str) -> str:
    Path(tempfile.mkdtemp(), "half a conversion").touch()
    time.sleep(600)
    return "never"


def leave_a_child(path: str) -> str:
    if not path:
        return "nothing to do"
    child = os.fork()
    if child == 0:
        time.sleep(600)
        os._exit(0)
    Path(path).write_text(str(child))
    time.sleep(600)
    return "never"


def test_every_document_has_its_outcome_once():
    names = [f"r{i}" for i in range(20)]
    outcomes = list(spread(upper, names, ROOMY, workers=2))
    assert sorted(o.item for o in outcomes) == sorted(names)
    assert all(o.result == o.item.upper() and o.failure is None for o in outcomes)


def test_no_documents_need_no_worker():
    assert list(spread(upper, [], ROOMY, workers=2)) == []


def test_only_the_guilty_document_is_blamed_and_for_what_it_did():
    items = ["a", "crash", "b", "hang", "c", "hoard", "d", "hoard in C", "unreadable", "e"]
    outcomes = {o.item: o for o in spread(misbehave, items, TIGHT, workers=2)}
    assert {k: o.result for k, o in outcomes.items() if o.failure is None} == {
        "a": "A",
        "b": "B",
        "c": "C",
        "d": "D",
        "e": "E",
    }
    assert {k: o.failure.kind for k, o in outcomes.items() if o.failure} == {
        "crash": "crash",
        "hang": "time",
        "hoard": "memory",
        "hoard in C": "memory",
        "unreadable": "error",
    }
    assert outcomes["unreadable"].failure.detail == "ValueError: 页面树损坏"
    assert outcomes["crash"].failure.detail.startswith("SIGABRT")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says what a process has set aside")
def test_what_a_library_sets_aside_at_its_start_does_not_use_up_a_document():
    (outcome,) = spread(strings_in_arrow, ["x"], Limits(60, 2048), workers=1)
    assert outcome.result is not None and int(outcome.result) < 512


def test_a_worker_killed_from_outside_costs_no_document(tmp_path):
    (outcome,) = spread(killed_once, [str(tmp_path / "killed")], ROOMY, workers=1)
    assert outcome.result == "done"
    assert outcome.failure is None


def test_what_a_document_started_ends_with_it(tmp_path):
    note = tmp_path / "child"
    (outcome,) = spread(leave_a_child, [str(note)], TIGHT, workers=1)
    assert outcome.failure.kind == "time"
    assert _ends(int(note.read_text()))


def test_temporary_files_of_a_worker_that_is_ended_go_with_it(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (outcome,) = spread(leave_a_file, [""], TIGHT, workers=1)
    assert outcome.failure.kind == "time"
    assert list(tmp_path.iterdir()) == []


def test_an_abandoned_map_leaves_no_worker_behind(tmp_path):
    note = tmp_path / "child"
    outcomes = spread(leave_a_child, [str(note), ""], ROOMY, workers=2)
    assert next(outcomes).item == ""
    while not note.exists() or not note.read_text():
        time.sleep(0.01)
    outcomes.close()
    assert _ends(int(note.read_text()))


def test_a_worker_that_cannot_start_is_no_fault_of_the_documents(tmp_path, monkeypatch):
    source = tmp_path / "soon_gone.py"
    source.write_text("def read(item): return item")
    monkeypatch.syspath_prepend(tmp_path)
    read = importlib.import_module("soon_gone").read
    source.unlink()
    with pytest.raises(WorkerCannotStart, match="ModuleNotFoundError"):
        list(spread(read, ["a"], ROOMY, workers=1))


def test_a_cluster_without_its_package_is_said_plainly(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(DaskMissing, match="install `distributed`"):
        list(spread(upper, ["a"], ROOMY, workers=1, dask="tcp://127.0.0.1:1"))


def test_a_cluster_gives_the_same_outcomes_as_local_processes():
    distributed = pytest.importorskip("distributed", reason="Dask is an optional extra")
    items = ["a", "crash", "b", "hang", "unreadable"]
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True) as cluster:
        there = {o.item: o for o in spread(misbehave, items, TIGHT, workers=2, dask=cluster.scheduler_address)}
    here = {o.item: o for o in spread(misbehave, items, TIGHT, workers=2)}
    assert there == here


def _ends(pid: int) -> bool:
    """Whether a process that was sent a kill is gone within seconds."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        try:
            status = Path(f"/proc/{pid}/stat").read_text()
        except FileNotFoundError:
            return True
        if status.rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.01)
    return False
