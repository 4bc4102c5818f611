"""`make mutate`: how surely the audit tells slips, blames the right figure, and puts it right: one cell at a time.

Every report at hand (data/raw, the corpus beside the checkout, the nine tables that the tests make) is opened once.
A seeded lot draws figures from its tables and sentences and a slip for each (`slips.py`); words of direction, years and
whole rows are changed too. The changed text is read, bound and audited as any report, and what is told is compared with
what the audit says of the report unchanged.

The bars are for slips larger than the smallest error that an equation is sure to catch: the figure stands in a sum, a
ratio or beside another mention that held before, and moves further than the printed places of all its figures leave
open. `tied` are those whose blame is undecidable: several figures each of which alone, changed, makes every equation
hold and breaks none, so that no second equation vouches for any of them, and whose slips are about equally likely.

    python -m benchmarks.mutation [--figures N] [--texts N] [--seed N] [--failures]
"""

from __future__ import annotations

import argparse
import os
import resource
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.mutation import tally
from benchmarks.mutation.specimens import names
from benchmarks.mutation.trials import Outcome, Task, run

FIGURES, TEXTS, SEED = 1000, 240, 1
MOST_SECONDS, CORES = 600, 2


def outcomes(figures: int, texts: int, seed: int, specimens: Sequence[str]) -> list[Outcome]:
    """What became of about so many mutants, spread evenly over the specimens; the same for the same seed."""
    count = len(specimens)
    tasks = [Task(name, (figures + n) // count, (texts + n) // count, seed) for n, name in enumerate(sorted(specimens))]
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), get_context("spawn")) as pool:
        return [o for some in pool.map(run, tasks) for o in some]


def main() -> None:
    """Runs the trials and prints the tallies and the bars."""
    parser = argparse.ArgumentParser(prog="make mutate", description=__doc__.partition("\n")[0])
    parser.add_argument("--figures", type=int, default=FIGURES, help="how many figures to change")
    parser.add_argument("--texts", type=int, default=TEXTS, help="how many words, years and rows to change")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--failures", action="store_true", help="print what was not blamed, one by one")
    asked = parser.parse_args()
    found = outcomes(asked.figures, asked.texts, asked.seed, names())
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = (spent.ru_utime + spent.ru_stime) / CORES
    if asked.failures:
        print("\n".join(_failures(found)))
    print("\n".join(tally.lines(found)))
    per_thousand = 1000 * seconds / max(1, len(found))
    name = f"1,000 mutations take {per_thousand:.0f} s of {CORES} cores, at most {MOST_SECONDS}"
    bars = [*tally.bars(found), (name, per_thousand <= MOST_SECONDS)]
    print("\nbars")
    for name, met in bars:
        print(f"  {'met   ' if met else 'MISSED'}  {name}")


def _failures(found: Sequence[Outcome]) -> Iterator[str]:
    for o in found:
        if (o.sure and o.blame != "right") or o.elsewhere:
            yield f"{o.specimen.rpartition('/')[2]} {o.slip} {o.old} -> {o.new} at {o.spot}: {o.blame}"
            yield from (f"    {note}" for note in o.notes)
            yield from (f"    elsewhere: {note}" for note in o.elsewhere)


if __name__ == "__main__":
    main()
