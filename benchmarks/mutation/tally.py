"""Tallies of trials: by slip, by check, by report, and the bars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from benchmarks.mutation.slips import SLIPS
from benchmarks.mutation.trials import Outcome

LEAST_DETECTED, LEAST_BLAMED, LEAST_REPAIRED = Decimal("0.98"), Decimal("0.90"), Decimal("0.80")
Bar = tuple[str, bool]
_HEAD = (
    f"{'sure':>6}{'told':>7}{'right':>7}{'tied':>6}{'shown':>7}{'none':>6}{'wrong':>7}{'repaired':>10}{'elsewhere':>11}"
)


def lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The tallies as lines of text."""
    figures = [o for o in outcomes if o.slip in SLIPS]
    sure = applicable(outcomes)
    yield f"{len(figures)} figures changed, of which {len(sure)} stand in an equation that is sure to catch it;"
    others = [o for o in figures if not o.sure]
    told = sum(o.severity is not None for o in others)
    wrong = _count(others, "wrong")
    yield f"of the other {len(others)}, {told} are told nevertheless, {wrong} blamed on another figure"
    yield from _table("slip", sure, lambda o: (o.slip,))
    yield from _table("check", sure, lambda o: o.sure)
    yield from _table("report", sure, lambda o: (o.specimen.rpartition("/")[2].partition(".")[0][:24],))
    yield ""
    yield f"{'in the text':<26}{'changed':>9}{'told':>7}{'elsewhere':>11}"
    for kind in ("direction", "year", "row_deleted"):
        some = [o for o in outcomes if o.slip == kind]
        told = sum(o.severity is not None for o in some)
        yield f"{kind:<26}{len(some):>9}{told:>7}{sum(bool(o.elsewhere) for o in some):>11}"


def bars(outcomes: Sequence[Outcome]) -> Iterator[Bar]:
    """The promises, each with whether it is kept."""
    sure = applicable(outcomes)
    decidable = [o for o in sure if o.blame != "tied"]
    detected = _share(sum(o.severity is not None for o in sure), len(sure))
    yield (
        f"{_percent(detected)} of the sure slips detected, at least {_percent(LEAST_DETECTED)}",
        detected >= LEAST_DETECTED,
    )
    for name, some in (("all", sure), ("the decidable", decidable)):
        blamed = _share(_count(some, "right"), len(some))
        repaired = _share(sum(o.repaired for o in some), len(some))
        yield (
            f"{_percent(blamed)} of {name} blamed on the right cell, at least {_percent(LEAST_BLAMED)}",
            blamed >= LEAST_BLAMED,
        )
        yield (
            f"{_percent(repaired)} of {name} repaired exactly, at least {_percent(LEAST_REPAIRED)}",
            repaired >= LEAST_REPAIRED,
        )
    elsewhere = sum(bool(o.elsewhere) for o in outcomes)
    yield f"{elsewhere} of {len(outcomes)} changes led to a new error elsewhere, none should", not elsewhere


def applicable(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The slips that some equation is sure to catch."""
    return [o for o in outcomes if o.sure]


def _table(name: str, outcomes: Sequence[Outcome], of: Callable[[Outcome], Iterable[str]]) -> Iterator[str]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for o in outcomes:
        for key in of(o):
            groups[key].append(o)
    yield ""
    yield f"{name:<26}{_HEAD}"
    for key in sorted(groups):
        yield f"{key:<26}{_row(groups[key])}"
    yield f"{'all':<26}{_row(outcomes)}"


def _row(some: Sequence[Outcome]) -> str:
    told = sum(o.severity is not None for o in some)
    right, tied, shown, none, wrong = (_count(some, b) for b in ("right", "tied", "shown", "none", "wrong"))
    repaired, elsewhere = sum(o.repaired for o in some), sum(bool(o.elsewhere) for o in some)
    return f"{len(some):>6}{told:>7}{right:>7}{tied:>6}{shown:>7}{none:>6}{wrong:>7}{repaired:>10}{elsewhere:>11}"


def _count(some: Iterable[Outcome], blame: str) -> int:
    return sum(o.blame == blame for o in some)


def _share(part: int, whole: int) -> Decimal:
    return Decimal(part) / whole if whole else Decimal(0)


def _percent(share: Decimal) -> str:
    return f"{100 * share:.1f} %"
