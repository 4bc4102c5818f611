"""One slip at a time in nine tables that tie: it is told, the right cell is blamed and put right, nothing else is."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from random import Random

import pytest

from benchmarks.mutation import tally
from benchmarks.mutation.slips import SLIPS, Context, number_of
from benchmarks.mutation.specimens import MADE
from benchmarks.mutation.trials import Outcome, Task, run

FIGURES, TEXTS = 33, 3


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return run(Task(MADE, FIGURES, TEXTS, seed=1))


def test_slips_in_the_nine_tables_are_detected_blamed_and_repaired(outcomes: list[Outcome]) -> None:
    sure = tally.applicable(outcomes)
    decidable = [o for o in sure if o.blame != "tied"]
    assert len(sure) >= FIGURES * 2 // 3
    assert all(o.severity == "error" for o in sure)
    assert sum(o.blame == "right" for o in decidable) >= tally.LEAST_BLAMED * len(decidable)
    assert sum(o.repaired for o in decidable) >= tally.LEAST_REPAIRED * len(decidable)


def test_a_slip_leads_to_no_new_error_elsewhere(outcomes: list[Outcome]) -> None:
    assert [o.elsewhere for o in outcomes if o.elsewhere] == []


def test_every_kind_of_slip_is_tried_and_the_same_seed_gives_the_same_slips(outcomes: list[Outcome]) -> None:
    kinds = Counter(o.slip for o in outcomes)
    assert len(kinds.keys() & SLIPS.keys()) >= 9  # the workbook has no rates, and whole amounts no point to move
    again = run(Task(MADE, 3, 0, seed=1))
    assert [(o.slip, o.spot, o.new, o.blame) for o in again] == [
        (o.slip, o.spot, o.new, o.blame) for o in outcomes[: len(again)]
    ]


@pytest.mark.parametrize(
    ("slip", "printed", "become"),
    [
        ("dropped_point", "1,289.59", {"128,959"}),
        ("moved_point", "12.50", {"1.250", "125.0"}),
        ("swapped_digits", "10.0", {None}),  # no number begins with a zero
        ("doubled_digit", "7.5", {"77.5"}),
        ("dropped_digit", "62", {"2", "6"}),
        ("sign", "-3.2", {"3.2"}),
        ("unit", "12.34", {"123400"}),
    ],
)
def test_a_slip_makes_of_a_number_what_a_hand_would(slip: str, printed: str, become: set[str | None]) -> None:
    number = number_of(printed)
    assert number is not None
    around = Context(factor=Decimal(10_000), is_amount=True)
    assert SLIPS[slip](number, around, Random(3)) in become
