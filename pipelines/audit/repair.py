"""What repairs failing equations that hang together: which figures, what each should be, which of them to claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from pipelines.audit.equations import Figure
from pipelines.audit.judge import Verdict
from pipelines.audit.slips import MARGIN, UNEXPLAINED, Slip
from pipelines.core.interval import Interval

ODDS = 5
"""How many times likelier than all others together what is claimed must be."""


@dataclass(frozen=True)
class Change:
    """One figure of a repair: what it may be, the value proposed for it, and the slip that explains it.

    `sure` says that a sum fixes the value, or a percentage does where a known slip explains it and no other so well,
    or that it is itself a percentage that its figures give.
    """

    figure: Figure
    allowed: Interval
    slip: Slip
    sure: bool

    @property
    def repaired(self) -> Interval:
        """What the figure stands for with the value proposed."""
        return Interval.around(self.slip.value, self.slip.half_unit)


@dataclass(frozen=True)
class Repair:
    """Changes that together make every equation of a component hold.

    `unexplained` is what the neighbouring equations cost that fail, blame no figure, and still do so: those that fit
    another reading, and orders. `figures` are the changes by figure: those of its mentions, the first printed first.
    """

    changes: tuple[Change, ...]
    unexplained: int = 0
    figures: tuple[tuple[Change, ...], ...] = ()

    @property
    def cost(self) -> int:
        """The sum of the slips' costs, and of what is left to be explained otherwise."""
        return sum(c.slip.cost for c in self.changes) + self.unexplained


@dataclass(frozen=True)
class Component:
    """Failing equations that share figures, with the smallest repairs found, the likeliest first.

    `searched` is False where the search stopped at its bounds: no set of up to LARGEST_SET figures repairs them, or the
    steps ran out before every set was tried.
    """

    failing: tuple[Verdict, ...]
    repairs: tuple[Repair, ...] = ()
    searched: bool = True

    @cached_property
    def claimed(self) -> tuple[tuple[Change, ...], ...]:
        """The figures to blame, each with its mentions: what is much likelier than all else, and sure of its value.

        They are those of the likeliest repair that the others change too, but for some that are far less likely. A part
        is not blamed by one equation alone for what no known slip explains: a part may be missing as well.
        """
        if not self.repairs or not self.searched:
            return ()
        return tuple(
            f
            for f in self.repairs[0].figures
            if all(c.sure for c in f) and self._is_agreed(f[0]) and self._is_vouched(f)
        )

    @cached_property
    def options(self) -> tuple[Repair, ...]:
        """The repairs that are about as likely as the likeliest, it included."""
        return tuple(r for r in self.repairs if r.cost < self.repairs[0].cost + MARGIN)

    def _is_vouched(self, mentions: Sequence[Change]) -> bool:
        changed = {c.figure for c in mentions}
        proofs = [v.reading for v in self.failing if not changed.isdisjoint(v.reading.figures)]
        is_whole = any(r.kind == "same" or (r.result is not None and r.result.figure in changed) for r in proofs)
        return len(proofs) > 1 or is_whole or mentions[0].slip.kind != UNEXPLAINED

    def _is_agreed(self, change: Change) -> bool:
        with_it = without = Decimal(0)
        for repair in self.repairs:
            likelihood = Decimal(10) ** (Decimal(self.repairs[0].cost - repair.cost) / 10)
            if any(c.figure == change.figure and c.slip.value == change.slip.value for c in repair.changes):
                with_it += likelihood
            else:
                without += likelihood
        return with_it >= ODDS * without
