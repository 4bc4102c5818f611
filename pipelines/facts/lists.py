"""Stated lists in prose: `X万元，其中：a…、b…` ties a total and its parts by one `list_id`.

A list may be partial: whether its parts must add up is not judged here. A figure that belongs to two lists (the total
of one, a part of another) is stated once for each: same place, same measure, another `list_id`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pipelines.core.model import Fact

EXECUTED = frozenset({"final_account", "executed", "forecast_executed"})
OWN_TERMS = frozenset({"basic_expenditure", "project_expenditure", "personnel_expenditure", "public_expenditure"})
SPENT = EXECUTED | OWN_TERMS | {"expenditure"}
BUDGETED = frozenset({"budget", "initial_budget", "adjusted_budget"})
ONE_FUND = frozenset({"general", "government_fund", "state_capital"})
_POSTS = "编制"  # posts and the people in them are counted apart
_FEWEST_PARTS = 2
_CARRIED = frozenset({"carried_in", "carried_out"})
_NOT_LISTED = frozenset({"change_amount", "unmapped:差额", "budget_adjustment", "transferred", "target"})


@dataclass(slots=True)
class OpenList:
    """A list opened in a sentence: `candidates` are the facts (indices) that may be its total, the nearest last;
    `numbered` says that its items have numbers, `gap` that an amount among them was not understood."""

    name: str
    section: str
    candidates: list[int]
    parts: list[int] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    totals: set[str] = field(default_factory=set)
    numbered: bool = False
    gap: bool = False

    def measures(self) -> set[str]:
        """What the parts measure."""
        return {measure for _, measure in self.seen}


def may_be_listed(fact: Fact) -> bool:
    """Whether a fact can be the total or a part of a stated list."""
    countable = fact.amount_yuan is not None or fact.measure == "count"
    return countable and fact.measure not in _NOT_LISTED and not fact.measure.startswith("prior_")


def total_for(part: Fact, facts: Sequence[Fact], candidates: Sequence[int]) -> int | None:
    """Which candidate is the total of a part: the nearest of its own measure, else of its family.

    None where a later sentence states such a total for another year: of which year the list is cannot be told then.
    """
    able = [k for k in reversed(candidates) if _alike(facts[k], part)]
    if part.measure in _CARRIED:
        return next((k for k in able if facts[k].year_offset == part.year_offset), None)
    families = [frozenset({part.measure})]
    families += [f for f in (SPENT, BUDGETED) if part.measure in f]
    if part.measure in SPENT - EXECUTED or part.measure == "revenue":
        families.append(BUDGETED)
    of_families = [k for family in families for k in able if facts[k].measure in family]
    of_year = [k for k in of_families if facts[k].year_offset == part.year_offset]
    if not of_year:
        return None
    said = facts[of_year[0]].sentence_number or 0
    later = [k for k in of_families if k not in of_year and (facts[k].sentence_number or 0) > said]
    return None if later else of_year[0]


def _alike(total: Fact, part: Fact) -> bool:
    of_whole = part.measure in OWN_TERMS | _CARRIED | {"revenue", "expenditure"} and part.measure != total.measure
    same = total.subject == part.subject and not of_whole
    kinds = (total.amount_yuan is None) == (part.amount_yuan is None)
    posts = total.subject_kind != "headcount" or (_POSTS in total.subject) == (_POSTS in part.subject)
    return kinds and posts and not same and total.measure not in _CARRIED


def join(open_list: OpenList, facts: list[Fact], index: int) -> None:
    """Make the fact at `index` a part of the list, if it can be one and its total is among the candidates."""
    part = facts[index]
    key = (part.subject, part.measure)
    if not may_be_listed(part) or key in open_list.seen:
        return
    total = total_for(part, facts, open_list.candidates)
    if total is None:
        return
    list_id = f"{open_list.name}:{facts[total].measure}"
    open_list.seen.add(key)
    if _is_complete(facts, total, open_list.parts):
        return
    open_list.parts.append(index)
    if list_id not in open_list.totals:
        open_list.totals.add(list_id)
        mark(facts, total, list_id, "total")
    mark(facts, index, list_id, "part")


def leaves(open_list: OpenList, facts: Sequence[Fact], index: int) -> bool:
    """Whether a fact is of another fund than all that the list may break down: it begins something new."""
    part = facts[index]
    funds = {facts[k].fund_source for k in open_list.candidates}
    return part.fund_source in ONE_FUND and bool(funds) and funds <= ONE_FUND - {part.fund_source}


def untie(open_list: OpenList, facts: list[Fact]) -> None:
    """Take back that some facts are parts of the list."""
    for index, fact in enumerate(facts):
        if fact.list_id is not None and fact.list_id.startswith(open_list.name + ":"):
            facts[index] = replace(fact, list_id=None, list_role=None)


def mark_gaps(lists: Sequence[OpenList], facts: list[Fact]) -> None:
    """Say in the names of lists with amounts that were not understood that parts may be missing."""
    gaps = {list_id for one in lists if one.gap for list_id in one.totals}
    for index, fact in enumerate(facts):
        if fact.list_id in gaps:
            facts[index] = replace(fact, list_id=f"{fact.list_id}:gap")


def retarget(lists: Sequence[OpenList], facts: list[Fact]) -> None:
    """`总额a，甲b，乙c。其中：…`: where the parts exceed the nearest amount and make up exactly another one that was
    said before them, that one is their total."""
    for one in lists:
        for list_id in sorted(one.totals):
            total = next(k for k, f in enumerate(facts) if f.list_id == list_id and f.list_role == "total")
            amounts = [f.amount_yuan for f in facts if f.list_id == list_id and f.list_role == "part"]
            whole, made = facts[total].amount_yuan, sum((a for a in amounts if a is not None), Decimal(0))
            if whole is None or None in amounts or len(amounts) < _FEWEST_PARTS or made <= whole:
                continue
            alike = (k for k in one.candidates if k != total and facts[k].measure == facts[total].measure)
            better = [k for k in alike if facts[k].amount_yuan == made and facts[k].list_id is None]
            if better:
                facts[total] = replace(facts[total], list_id=None, list_role=None)
                mark(facts, better[-1], list_id, "total")


def _is_complete(facts: Sequence[Fact], total: int, parts: Sequence[int]) -> bool:
    """Whether two or more parts already make up the total: an amount after them is no part of it."""
    whole = facts[total].amount_yuan
    amounts = [f.amount_yuan for k in parts if (f := facts[k]).measure == facts[total].measure]
    known = [a for a in amounts if a is not None]
    return whole is not None and len([a for a in known if a]) > 1 and sum(known) == whole


def mark(facts: list[Fact], index: int, list_id: str, role: str) -> None:
    """Write a list's name on a fact; a fact of another list already is stated once more."""
    marked = replace(facts[index], list_id=list_id, list_role=role)
    if facts[index].list_id is None:
        facts[index] = marked
    else:
        facts.append(marked)
