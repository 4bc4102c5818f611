"""Rules of a page that belong together: near-collinear strokes fused, and those that meet gathered into networks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.documents.pdf_rules import Rule

SNAP = 2.0  # points: rules or ends of rules no further apart are at one place
_SHORTEST = 3.0  # points: shorter strokes are ticks, dots and letters
_DOUBLE = 3.5  # points: lines no further apart are the two strokes of one double rule
_OVERHANG = 8.0  # points: rules that run so far past the outermost upright leave the table open at that side
_MOST_MEETINGS = 4_000_000  # pairs of a horizontal and a vertical rule on one page
_MOST_PLACES = 50_000  # rows times columns of one table
_MOST_RULES = 0.6  # of the rules must end at an open side together


@dataclass(frozen=True, slots=True)
class Network:
    """Horizontal and vertical rules that are connected, with the lines they lie on: xs ascending, ys descending."""

    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]


class Groups:
    """Disjoint sets of the numbers 0 … size−1 (union–find)."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def find(self, item: int) -> int:
        """The number that stands for the set that holds `item`."""
        above = self._above
        while above[item] != item:
            above[item] = above[above[item]]
            item = above[item]
        return item

    def join(self, a: int, b: int) -> None:
        """Makes one set of the two that hold `a` and `b`; the smaller number stands for it."""
        a, b = self.find(a), self.find(b)
        if a != b:
            self._above[max(a, b)] = min(a, b)


def fused(rules: Sequence[Rule], snap: float = SNAP) -> list[Rule]:
    """The rules with near-equal place made one line, and overlapping or touching spans on it made one span."""
    out: list[Rule] = []
    group: list[Rule] = []
    for rule in sorted(rules):
        if group and rule.at - group[0].at > snap:
            out += _spans(group, snap)
            group = []
        group.append(rule)
    return [r for r in out + _spans(group, snap) if r.hi - r.lo >= _SHORTEST]


def networks(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[Network]:
    """The networks that can be grids: at least two rules each way that meet; from the top of the page.

    A page with so many rules that they cannot be those of tables (a map, a drawing) has none.
    """
    hs, vs = fused(horizontal), fused(vertical)
    if len(hs) * len(vs) > _MOST_MEETINGS:
        return []
    groups = _meeting(hs, vs)
    out = []
    for across, upright in groups:
        if len(across) >= 2 and len(upright) >= 2:
            network = _laid_out(across, upright)
            if network is not None:
                out.append(network)
    return sorted(out, key=lambda n: (-n.ys[0], n.xs[0]))


def _spans(group: Sequence[Rule], snap: float) -> list[Rule]:
    if not group:
        return []
    weight = sum(r.hi - r.lo for r in group)
    at = sum(r.at * (r.hi - r.lo) for r in group) / weight if weight > 0 else group[0].at
    out: list[Rule] = []
    for lo, hi in sorted((r.lo, r.hi) for r in group):
        if out and lo <= out[-1].hi + snap:
            out[-1] = Rule(at, out[-1].lo, max(out[-1].hi, hi))
        else:
            out.append(Rule(at, lo, hi))
    return out


def _meeting(hs: Sequence[Rule], vs: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    groups = Groups(len(hs) + len(vs))
    order = sorted(range(len(vs)), key=lambda j: vs[j].at)
    places = [vs[j].at for j in order]
    for i, h in enumerate(hs):
        for k in range(bisect_left(places, h.lo - SNAP), bisect_right(places, h.hi + SNAP)):
            v = vs[order[k]]
            if v.lo - SNAP <= h.at <= v.hi + SNAP:
                groups.join(i, len(hs) + order[k])
    out: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, h in enumerate(hs):
        out.setdefault(groups.find(i), ([], []))[0].append(h)
    for j, v in enumerate(vs):
        out.setdefault(groups.find(len(hs) + j), ([], []))[1].append(v)
    return list(out.values())


def _laid_out(across: list[Rule], upright: list[Rule]) -> Network | None:
    xs, ys = _places(upright), _places(across)
    for left in (True, False):
        side = _open_side(across, xs, left)
        if side is not None:
            upright = [*upright, Rule(side, ys[0], ys[-1])]
            xs = _places(upright)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > _MOST_PLACES:
        return None
    return Network(tuple(across), tuple(upright), tuple(xs), tuple(reversed(ys)))


def _places(rules: Sequence[Rule]) -> list[float]:
    """The distinct lines that rules lie on, ascending; a double rule is one line, in its middle."""
    groups: list[list[float]] = []
    for at in sorted(r.at for r in rules):
        if groups and (at - groups[-1][-1] <= SNAP or at - groups[-1][0] <= _DOUBLE):
            groups[-1].append(at)
        else:
            groups.append([at])
    return [sum(g) / len(g) for g in groups]


def _open_side(across: Sequence[Rule], xs: Sequence[float], left: bool) -> float | None:
    """Where a table without an upright at this side ends: most of its rules run to there, past the last upright."""
    ends = sorted(r.lo if left else r.hi for r in across)
    end = ends[len(ends) // 2]
    beyond = end < xs[0] - _OVERHANG if left else end > xs[-1] + _OVERHANG
    together = sum(abs(e - end) < 2 * SNAP for e in ends) >= _MOST_RULES * len(ends)
    return end if beyond and together else None
