"""What a reader of prose remembers: of whom the last clause spoke, what was compared, which list is open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipelines.core.model import Fact, Sentence
from pipelines.facts.lists import SPENT, OpenList, may_be_listed, untie
from pipelines.facts.naming import DEPARTMENT, Name, Names, names
from pipelines.facts.shapes import shapes

PRIOR = "prior_year_"
OF_ANOTHER = frozenset({"change_amount", "change_rate", "share", "completion_rate", "execution_rate"})
"""Measures that say something of a figure named before: without a subject of their own they belong to it."""

_WHOLE_AGAIN = frozenset({"executed", "final_account", "execution_rate", "carried_out"})
_NEAR = 16  # facts back: how far before `其中` its total may be
_SEVERAL = 2
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}(?:、|[.．]|是(?!否))|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.．](?!\d)|[①-⑳]"
)
_AMONG = re.compile("其中")
_MODIFIER = re.compile(r"[按从分]|根据|\W*$|.{0,3}$|.*(?:如下|包括|情况)$|\d|[一二三四五六七八九十(]")
_ALL_SPENT = re.compile(r"^(?:20\d\d年度?)?(?:本年)?总?支出(?:总?[预决]算)?(?:合计|总计|总额)?(?:数)?$")
_BOTH_SIDES = re.compile(r"^(?:本年)?(?:收入|支出)(?:预算|决算)?包括$")


@dataclass(slots=True)
class Discourse:
    """The state of reading one document; `facts` is the growing list of what was found."""

    facts: list[Fact]
    names: Names = field(default_factory=names)
    section: str = ""
    above: Name = field(default_factory=lambda: Name(DEPARTMENT, "department_total"))
    sentence: int = 0
    first: int = 0
    subject: Name | None = None
    term: Name | None = None
    rated: Name | None = None
    previous: Name | None = None
    spoken_of: Name | None = None
    statement_number: int = 1
    base: str | None = None
    spoken: bool = False
    fund: tuple[str, str | None] | None = None
    open: OpenList | None = None
    lists: int = 0
    goes_on: bool = False
    sections: dict[int, str] = field(default_factory=dict)
    bases: set[int] = field(default_factory=set)
    history: list[OpenList] = field(default_factory=list)

    def begin(self, sentence: Sentence) -> None:
        """Forget what held for the last sentence only; the headings above name the subject until a clause does."""
        same = sentence.section == self.section
        if not same or not self.sentence:
            self.above = self.names.from_section(sentence.section)
        self.previous = self.spoken_of if same else None
        self.spoken_of = None
        self.section, self.sentence, self.first = sentence.section, sentence.number, len(self.facts)
        self.subject = self.term = self.rated = None
        self.statement_number, self.base, self.spoken = 1, None, False
        if self.open is not None and self.open.section != sentence.section:
            self.open = None
        if not self.goes_on or not same:
            self.fund = None

    def end(self, sentence: Sentence) -> None:
        """A list goes on after a semicolon and ends with its sentence."""
        self.goes_on = sentence.text.rstrip().endswith(("；", ";"))
        if not self.goes_on:
            self.open = None
        self.spoken_of = self.spoken_of or self.previous

    @property
    def statement(self) -> str:
        """The name of the statement that is being made."""
        return f"s{self.sentence}.{self.statement_number}"

    def hear(self, clause: str, states: bool) -> None:
        """Take in the words of a clause that open a list or begin a comparison; `states` says that it has figures."""
        words = shapes()
        self._number(clause)
        for pattern in words.comparisons:
            m = pattern.search(clause)
            self.base = m["base"] if m else self.base
        within = words.list_within.search(clause)
        fund, scope = self.names.fund_of(clause) if not states else (None, None)
        if fund is not None and (within or words.list_whole.search(clause)):
            self.fund = (fund, scope)
        if within:
            tidied = self.names.tidied(within["subject"])
            whole = within["subject"][tidied.start : tidied.end].removesuffix("预算").removesuffix("决算")
            self._begin_list([k for k in self._near() if self.facts[k].subject.endswith(whole)])
        elif self.open is not None and len(self.facts) == self.first and _BOTH_SIDES.match(clause):
            self._begin_list(self.open.candidates, "both")  # 收入包括a、b；支出包括c、d: both break down the same total
        elif self.spoken and _AMONG.match(clause) and len(self.facts) == self.first:
            self.open = None  # 置换出来的资金用于工资，其中甲a、乙b: parts of what has no amount
        elif words.list_begins.search(clause) or words.list_whole.search(clause):
            here: Sequence[int] = range(max(self.first, len(self.facts) - _NEAR), len(self.facts))
            said = [
                k for k in here if self.facts[k].amount_yuan is not None and self.facts[k].measure not in OF_ANOTHER
            ]
            if said and self.facts[said[-1]].measure.startswith(PRIOR):
                self._begin_list(said[-1:])  # last year's total: its parts are last year's
                return
            kind = "both" if _BOTH_SIDES.match(clause) else ""
            self._begin_list([k for k in here if self._may_be_total(k)] or self._near(), kind)

        if not states and not _AMONG.match(clause) and _MODIFIER.match(clause) is None:
            self.spoken = True

    def _number(self, clause: str) -> None:
        """`一、a，其中x；二、b`: the next number ends a list whose own items have none."""
        if self.open is None or _NUMBERED.match(clause) is None:
            return
        if not self.open.parts:
            self.open.numbered = True
        elif not self.open.numbered:
            self.open = None

    def _may_be_total(self, index: int) -> bool:
        return may_be_listed(self.facts[index]) and index not in self.bases

    def _begin_list(self, candidates: Sequence[int], kind: str = "") -> None:
        if candidates:
            total = self.facts[candidates[-1]]
            if total.scope is not None or total.fund_source != "all":
                self.fund = (total.fund_source, total.scope)
            self.lists += 1
            self.open = OpenList(f"s{self.sentence}.l{self.lists}{kind}", self.section, [*candidates])
            self.history.append(self.open)

    def inner_list(self, total: int) -> OpenList:
        """A list that breaks down one amount, for as long as the caller keeps it open."""
        self.lists += 1
        return OpenList(f"s{self.sentence}.l{self.lists}", self.section, [total])

    def _near(self) -> list[int]:
        here = range(max(0, len(self.facts) - _NEAR), len(self.facts))
        return [k for k in here if self._may_be_total(k) and self.sections.get(k) == self.section]

    def list_total(self, *, spent: bool = False) -> Fact | None:
        """The amount that the open list breaks down, None where no list is open.

        `spent` asks for what was spent beside a budget: `支出a万元，年初预算b万元，其中：某支出c万元`.
        """
        candidates = self.open.candidates if self.open else []
        amounts = [self.facts[k] for k in candidates if self.facts[k].amount_yuan is not None]
        chosen = [f for f in amounts if f.measure in SPENT] if spent else []
        return next(reversed(chosen or amounts), None)

    def shared(self, whole: str) -> None:
        """`a占支出总预算的b%`: what is a share of all expenditure is no part of the project expenditure said before."""
        total = self.list_total()
        kind = re.search("基本支出|项目支出", total.subject) if total else None
        if self.open is not None and kind is not None and _ALL_SPENT.search(whole) and kind[0] not in whole:
            untie(self.open, self.facts)
            self.open = None

    def may_be_of_whole(self) -> bool:
        """Whether a change that names nobody may be that of the whole: `其中：甲a，乙b，同比增加c`."""
        parts = self.open.parts if self.open else []
        if len(parts) < _SEVERAL:
            return False
        earlier = {self.facts[k].statement for k in parts[:-1]}
        return not any(f.measure in ("change_amount", "change_rate") and f.statement in earlier for f in self.facts)

    def list_year(self) -> int:
        """The year, counted from the report's, that the parts of the open list are of where they name none."""
        amounts = [
            f for k in (self.open.candidates if self.open else []) if (f := self.facts[k]).amount_yuan is not None
        ]
        years = {f.year_offset for f in amounts}
        return years.pop() if len(years) == 1 else 0

    def resolve(self, name: Name | None, measure: str, *, of_last_year: bool = False) -> bool:
        """Settle of whom a figure speaks; a new subject begins a new statement. False where nobody can tell."""
        self.rated = None
        total = self.list_total()
        if name is None and of_last_year and self.subject is not None:
            pass  # 甲a，比上年支出b减少c: of the same subject
        elif name is None and self.open is not None and total is not None and self._is_of_whole(measure):
            self.return_to(total)
        elif name is None and self.term is not None and measure in OF_ANOTHER:
            self.rated = self.term
        elif name is None and self.subject is None:
            another = measure in OF_ANOTHER and self.above.text == DEPARTMENT
            self.subject = self.previous if another else self.above
        elif name is not None:
            self.turn_to(name)
        return self.subject is not None

    def turn_to(self, name: Name) -> None:
        """Of whom the next clauses speak: a new subject begins a new statement."""
        if self.subject is not None and (self.subject.text, self.subject.kind) != (name.text, name.kind):
            self.statement_number += 1
        self.subject = name

    def _is_of_whole(self, measure: str) -> bool:
        """`预算资金a，其中：区级b，市级c，执行d`: d is said of the whole, not of the last part."""
        if self.open is None or len(self.open.parts) < 2:
            return False
        return measure in _WHOLE_AGAIN and measure not in self.open.measures()

    def return_to(self, total: Fact) -> None:
        """After the parts of a list, what is said without a subject is said of the whole again."""
        self.subject = Name(total.subject, total.subject_kind, total.fund_source, total.scope, total.subject_code)
        self.open = None
        sentence, _, statement = total.statement.partition(".")
        same = sentence == f"s{self.sentence}"
        self.statement_number = int(statement) if same else self.statement_number + 1

    def whole(self, term: Name) -> Name:
        """Of whom a figure speaks whose name is all measure (`基本支出`): the item or programme that the headings name,
        else the department; of the fund that the words name."""
        if self.subject is not None and self.subject.kind == "fund_source" and self.open is None and term.fund is None:
            return self.subject
        item = self.above.kind in ("programme", "functional_item", "economic_item")
        whole = self.above if item else Name(DEPARTMENT, "department_total")
        return replace(whole, fund=term.fund or self.above.fund, scope=term.scope or self.above.scope)

    def said(self, term: Name | None) -> None:
        """Remember the first of whom this sentence spoke."""
        self.spoken_of = self.spoken_of or term or self.subject
