"""Prose becomes facts: each figure that a declared sentence shape announces, with whom it is about and what it measures.

Nothing is guessed: a figure that no shape announces gives no fact (`uncovered` lists those that are money).
A reduction (`减少`, `下降`, `调减`) is negative in `amount_yuan` or `value`, though printed without a sign.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.core.model import Fact, Sentence
from pipelines.core.numbers import half_unit
from pipelines.core.traced import Traced, halfwidth
from pipelines.facts.clauses import Clause, Figure, clauses_of, figures_of, yuan
from pipelines.facts.indicator_prose import target_fact
from pipelines.facts.lists import BUDGETED, SPENT, OpenList, join, may_be_listed, tie_items
from pipelines.facts.naming import DEPARTMENT, Name, Tidied, names
from pipelines.facts.shapes import Said, shapes

_TITLES = re.compile(r"《[^》]*》")
_REPORT_YEAR = re.compile(r"(20\d\d)年度?[^,。;\d]{0,30}(?:决算|预算|支出|收入|执行|绩效)")
_UNTIL = re.compile(r"截[至止]到?(?:20\d\d年)?(\d{1,2})月|(?<!\d)1[-—~至](\d{1,2})月")
_QUALIFIER = re.compile(r"^\((含[^()]{2,12}|不含[^()]{2,12})\)")
_PRIOR = {
    "final_account": "prior_year_final_account",
    "budget": "prior_year_budget",
    "initial_budget": "prior_year_budget",
    "executed": "prior_year_executed",
}
_WHOLE_AGAIN = frozenset({"executed", "final_account", "execution_rate", "carried_out"})
_OF_ANOTHER = frozenset({"change_amount", "change_rate", "share", "completion_rate", "execution_rate"})
_OWN_TERMS = frozenset({"basic_expenditure", "project_expenditure", "personnel_expenditure", "public_expenditure"})
_FAR = 8  # characters of the source between two of a figure; more is a page's foot, not a line end
_NEAR = 12  # facts back: how far before `其中` its total may be


def facts_of(sentences: Sequence[Sentence], year: int | None = None) -> list[Fact]:
    """Every figure that the sentences state in a declared shape, in reading order.

    `year` is the report's fiscal year, for `year_offset`; where it is not given, the latest year whose budget or final
    account the prose speaks of. Amounts are in yuan, rates in percent points.
    """
    year = year if year is not None else report_year(sentences)
    facts: list[Fact] = []
    reader = _Reader(facts, year)
    for sentence in sentences:
        reader.read(sentence)
    tie_items(sentences, facts)
    order = sorted(range(len(facts)), key=lambda k: (facts[k].sentence_number or 0, facts[k].start or 0, k))
    return [facts[k] for k in order]


def report_year(sentences: Sequence[Sentence]) -> int | None:
    """The latest year whose budget, execution or final account the prose speaks of, titles in 《》 left out."""
    years = [
        int(m) for s in sentences for m in _REPORT_YEAR.findall(_TITLES.sub("", halfwidth("".join(s.text.split()))))
    ]
    return max(years, default=None)


def uncovered(sentences: Sequence[Sentence], facts: Sequence[Fact]) -> list[tuple[Sentence, str]]:
    """The amounts of money in the sentences that no fact holds, as printed; thresholds (`单价100万元以上`) left out."""
    held = {(f.sentence_number, f.start) for f in facts}
    out = []
    for sentence in sentences:
        spoken = _Spoken.of(sentence)
        for clause, figure in _figures(spoken.clauses):
            if figure.kind != "amount" or (sentence.number, spoken.span(figure)[0]) in held:
                continue
            said = _said(spoken, clause, figure)
            if said is None or not said.shape.ignore:
                out.append((sentence, spoken.printed(figure)))
    return out


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A sentence squeezed for matching; `at[i]` is the place of character `i` in the sentence's text."""

    sentence: Sentence
    raw: str
    half: str
    at: tuple[int, ...]
    clauses: tuple[Clause, ...]

    @classmethod
    def of(cls, sentence: Sentence) -> _Spoken:
        traced = Traced.of(sentence.text).squeezed()
        half = halfwidth(traced.text)
        return cls(
            sentence, traced.text, half, traced.offsets, clauses_of(half, figures_of(half, shapes().count_units))
        )

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch stands in the sentence's text; a stretch cut by a page's foot keeps its longer side."""
        first, last = self.at[start], self.at[end - 1] + 1
        offsets = self.sentence.offsets
        cuts = [k for k in range(first + 1, last) if offsets[k] - offsets[k - 1] > _FAR]
        if cuts:
            sides = [first, *cuts, last]
            first, last = max(zip(sides, sides[1:], strict=False), key=lambda s: s[1] - s[0])
        return first, last

    def printed(self, figure: Figure) -> str:
        first, last = self.place(figure.start, figure.end)
        return self.sentence.text[first:last]

    def span(self, figure: Figure) -> tuple[int, int]:
        first, last = self.place(figure.start, figure.end)
        return self.sentence.offsets[first], self.sentence.offsets[last - 1] + 1


def _figures(clauses: Sequence[Clause]) -> list[tuple[Clause, Figure]]:
    out = []
    for clause in clauses:
        out += [(clause, f) for f in clause.figures]
        for _, inner in clause.inner:
            out += _figures(inner)
    return out


def _said(spoken: _Spoken, clause: Clause, figure: Figure) -> Said | None:
    lead, _ = clause.before(spoken.half, figure)
    return shapes().said_before(lead, clause.after(spoken.half, figure), figure.kind, figure.unit)


class _Reader:
    """Reads sentence after sentence; within one it remembers of whom the last clause spoke."""

    def __init__(self, facts: list[Fact], year: int | None) -> None:
        self.facts = facts
        self.year = year
        self.names = names()
        self.list: OpenList | None = None
        self.lists = 0
        self.spoken_of: Name | None = None
        self.previous_section = ""
        self.sections: dict[int, str] = {}

    def read(self, sentence: Sentence) -> None:
        self.spoken = _Spoken.of(sentence)
        self.first = len(self.facts)
        self.section_name = self.names.from_section(sentence.section)
        self.previous = self.spoken_of if self.previous_section == sentence.section else None
        self.previous_section = sentence.section
        self.subject: Name | None = None
        self.term: Name | None = None
        self.rated: Name | None = None
        self.spoken_of: Name | None = self.previous
        self.statement = 1
        self.base: str | None = None
        if self.list is not None and self.list.section != sentence.section:
            self.list = None
        self._clauses(self.spoken.clauses)
        if not sentence.text.rstrip().endswith(("；", ";")):
            self.list = None

    def _clauses(self, clauses: Sequence[Clause]) -> None:
        for clause in clauses:
            text = clause.text(self.spoken.half)
            self._open_list(text)
            self._compare(text)
            self._target(clause, text)
            events = [(f.start, f, ()) for f in clause.figures] + [(at, None, inner) for at, inner in clause.inner]
            for _, figure, inner in sorted(events, key=lambda e: e[0]):
                if figure is not None:
                    self._figure(clause, figure)
                else:
                    self._bracket(inner)

    def _bracket(self, inner: tuple[Clause, ...]) -> None:
        subject, statement, outer = self.subject, self.statement, self.list
        self._clauses(inner)
        if self.subject != subject:
            self.statement += 1
        self.subject, self.list = subject, outer
        if self.subject is None:
            self.statement = statement

    def _open_list(self, text: str) -> None:
        words = shapes()
        within = words.list_within.search(text)
        own = [k for k in range(self.first, len(self.facts)) if may_be_listed(self.facts[k])]
        if within:
            self._begin([k for k in self._near() if self.facts[k].subject.endswith(self._tidy_text(within["subject"]))])
        elif words.list_begins.search(text) or (words.list_whole.search(text) and text != "是"):
            self._begin(own or self._near())

    def _begin(self, candidates: list[int]) -> None:
        if candidates:
            self.lists += 1
            number = self.spoken.sentence.number
            self.list = OpenList(f"s{number}.l{self.lists}", self.spoken.sentence.section, candidates)

    def _near(self) -> list[int]:
        section = self.spoken.sentence.section
        here = range(max(0, len(self.facts) - _NEAR), len(self.facts))
        return [k for k in here if may_be_listed(self.facts[k]) and self.sections.get(k) == section]

    def _tidy_text(self, words: str) -> str:
        t = self.names.tidied(words)
        return words[t.start : t.end]

    def _compare(self, text: str) -> None:
        for pattern in shapes().comparisons:
            m = pattern.search(text)
            if m:
                self.base = m["base"]

    def _target(self, clause: Clause, text: str) -> None:
        span = shapes().target(text)
        if span is not None:
            start, end = clause.chars[span[0]], clause.chars[span[1] - 1] + 1
            first, last = self.spoken.place(start, end)
            fact = target_fact(self.spoken.sentence, first, last, self._statement_id())
            if fact is not None:
                self._add(fact)

    def _figure(self, clause: Clause, figure: Figure) -> None:
        said = _said(self.spoken, clause, figure)
        if said is None or said.shape.ignore:
            return
        _, places = clause.before(self.spoken.half, figure)
        tidied, printed = self._words(said, places)
        measure = said.shape.measure
        name: Name | None = None
        if not said.shape.carried and not self._is_generic(said, printed):
            printed = self._with_level(said, places, printed, figure)
            name = self.names.named(printed, tidied, self.spoken.sentence.section)
            if said.shape.kind:
                name = replace(name, kind=said.shape.kind)
            elif name.kind == "other" and self._cue(said, places).startswith("项目"):
                name = replace(name, kind="programme")
        whole: Name | None = None
        if said.shape.bare:
            if name is None:
                measure = f"unmapped:{shapes().noun_of(halfwidth(printed))}" if printed else None
            else:
                measure, whole = self._bare(name, printed)
                measure = self._like_the_last(clause) or measure
        vague = name is not None and self.names.is_generic(halfwidth(printed))
        before = self.subject
        if measure is None or not self._resolve(whole or name, measure):
            return
        self._state(said, figure, measure, places, tidied)
        if measure not in _OF_ANOTHER:
            self.term = name if whole is not None or vague else None
        if vague:
            self.subject = before or self.section_name
        if len(self.facts) == self.first + 1:
            self.spoken_of = self.term or self.subject

    def _is_generic(self, said: Said, printed: str) -> bool:
        """Whether the words name nothing, so that the subject is to be found elsewhere."""
        if not self.names.is_generic(halfwidth(printed)):
            return False
        named_above = self.section_name.kind in ("programme", "functional_item")
        return named_above or not printed or not (said.shape.kind or said.shape.bare)

    def _like_the_last(self, clause: Clause) -> str | None:
        """`发放生活费43.95万元、护理费5.7万元`: what the verb said of the first holds for the second."""
        start = clause.chars[0] if clause.chars else 0
        after = start > 0 and self.spoken.half[start - 1] == "、"
        last = self.facts[-1].measure if len(self.facts) > self.first else ""
        return last if after and last.startswith("unmapped:") else None

    def _cue(self, said: Said, places: Sequence[int]) -> str:
        """The words that announce the figure, as printed."""
        return "".join(self.spoken.raw[i] for i in places[said.cue :])

    def _words(self, said: Said, places: Sequence[int]) -> tuple[Tidied, str]:
        span = said.slots.get("subject")
        if span is None or span[0] == span[1]:
            return Tidied(0, 0, None, False), ""
        chars = places[span[0] : span[1]]
        half = "".join(self.spoken.half[i] for i in chars)
        tidied = self.names.tidied(half)
        return tidied, "".join(self.spoken.raw[i] for i in chars[tidied.start : tidied.end])

    def _with_level(self, said: Said, places: Sequence[int], printed: str, figure: Figure) -> str:
        """`区级` before `预算资金` is no subject of its own: the phrase is the name of the part."""
        if not self.names.levels.match(halfwidth(printed)) or said.shape.bare:
            return printed
        phrase = "".join(self.spoken.raw[i] for i in places[said.cue :] if i < figure.start)
        return printed + re.sub(r"[为是:：]+$", "", phrase)

    def _bare(self, name: Name, printed: str) -> tuple[str, Name | None]:
        """What a name beside its amount measures, and of whom, where that is not the name itself."""
        section = self.spoken.sentence.section
        bare = self.names.bare(name, printed, section)
        basis = self.names.basis_of(section)
        total = self._list_total()
        inherited = total.measure if total is not None else ""
        if inherited in BUDGETED or inherited in ("executed", "forecast_executed"):
            if basis == "budget" and bare.measure in _OWN_TERMS:
                return bare.measure, self._whole(name) if bare.dropped else bare.name
            return inherited, None
        if bare.measure is not None and basis == "budget" and bare.measure not in _OWN_TERMS:
            return "budget", None
        if bare.measure is not None:
            return bare.measure, self._whole(name) if bare.dropped else bare.name
        if inherited in SPENT or inherited == "revenue":
            return "expenditure" if inherited in _OWN_TERMS else inherited, None
        if inherited.startswith("unmapped:"):
            return inherited, None
        if basis is not None or halfwidth(printed).endswith(("支出", ")")) or name.kind == "economic_item":
            return "budget" if basis == "budget" else "expenditure", None
        return f"unmapped:{shapes().noun_of(halfwidth(printed))}", None

    def _whole(self, term: Name) -> Name:
        """The item or programme that the headings name, else the department; of the fund that the words name."""
        if self.subject is not None and self.subject.kind == "fund_source" and self.list is None and term.fund is None:
            return self.subject
        item = self.section_name.kind in ("programme", "functional_item", "economic_item")
        whole = self.section_name if item else Name(DEPARTMENT, "department_total")
        above = self.section_name
        return replace(whole, fund=term.fund or above.fund, scope=term.scope or above.scope)

    def _list_total(self) -> Fact | None:
        if self.list is None or not self.list.candidates:
            return None
        usable = [k for k in self.list.candidates if self.facts[k].amount_yuan is not None]
        return self.facts[usable[-1]] if usable else None

    def _resolve(self, name: Name | None, measure: str) -> bool:
        """Settle of whom the figure speaks; a new subject begins a new statement. False where nobody can tell."""
        if name is None and self.list is not None and len(self.list.parts) >= 2 and measure in _WHOLE_AGAIN:
            measures = {self.facts[k].measure for k in self.list.parts}
            total = self._list_total()
            if measure not in measures and total is not None:
                self._return_to(total)
                return True
        if name is None and self.term is not None and measure in _OF_ANOTHER:
            self.rated = self.term
            return True
        self.rated = None
        if name is None and self.subject is None:
            name = self.section_name
            if measure in _OF_ANOTHER and name.text == DEPARTMENT:
                if self.previous is None:
                    return False
                name = self.previous
        if name is not None:
            if self.subject is not None and (self.subject.text, self.subject.kind) != (name.text, name.kind):
                self.statement += 1
            self.subject = name
        return True

    def _return_to(self, total: Fact) -> None:
        """After the parts of a list, what is said without a subject is said of the whole again."""
        self.subject = Name(total.subject, total.subject_kind, total.fund_source, total.scope, total.subject_code)
        self.list = None
        sentence, _, statement = total.statement.partition(".")
        if sentence == f"s{self.spoken.sentence.number}":
            self.statement = int(statement)
        else:
            self.statement += 1

    def _statement_id(self) -> str:
        return f"s{self.spoken.sentence.number}.{self.statement}"

    def _state(self, said: Said, figure: Figure, measure: str, places: Sequence[int], tidied: Tidied) -> None:
        subject = self.rated or self.subject
        assert subject is not None
        shape, spoken = said.shape, self.spoken
        fund, scope = self._fund(subject, said, places)
        year = tidied.year - self.year if tidied.year is not None and self.year is not None else 0
        offset = -1 if tidied.last_year else year
        if offset == -1:
            measure = _PRIOR.get(measure, measure)
        first, last = spoken.place(figure.start, figure.end)
        start, end = spoken.span(figure)
        sign = shape.sign or self._sign(said, places)
        fact = Fact(
            measure=measure,
            subject_kind=subject.kind,
            subject=subject.text,
            subject_code=subject.code,
            as_printed=spoken.sentence.text[first:last],
            origin="narrative",
            page=spoken.sentence.page,
            quote=spoken.sentence.text,
            unit=figure.unit,
            comparator=figure.comparator,
            fund_source=fund or "all",
            scope=scope or self._qualifier(figure),
            year_offset=offset,
            period_end_month=self._month(figure),
            statement=self._statement_id(),
            rate_basis=shape.basis or self._basis(said, measure, places),
            sentence_number=spoken.sentence.number,
            column_label=self._cue(said, places) or None,
            start=start,
            end=end,
        )
        if figure.kind == "amount":
            unit = yuan(figure)
            fact = replace(fact, amount_yuan=sign * figure.value * unit, half_unit=half_unit(figure.decimals) * unit)
        else:
            fact = replace(fact, value=sign * figure.value, half_unit=half_unit(figure.decimals))
        self._add(fact)

    def _add(self, fact: Fact) -> None:
        self.sections[len(self.facts)] = self.spoken.sentence.section
        self.facts.append(fact)
        if self.list is not None and len(self.facts) - 1 not in self.list.candidates:
            join(self.list, self.facts, len(self.facts) - 1)

    def _sign(self, said: Said, places: Sequence[int]) -> int:
        span = said.slots.get("direction")
        if span is None:
            return 1
        return 1 if "".join(self.spoken.half[i] for i in places[slice(*span)]) in shapes().up else -1

    def _fund(self, subject: Name, said: Said, places: Sequence[int]) -> tuple[str | None, str | None]:
        if subject.fund is not None:
            return subject.fund, subject.scope
        cue = "".join(self.spoken.half[i] for i in places[said.cue :])
        fund, scope = self.names.fund_of(cue)
        if fund is not None and "whole" not in said.slots:
            return fund, scope
        return self.section_name.fund, self.section_name.scope

    def _basis(self, said: Said, measure: str, places: Sequence[int]) -> str | None:
        if measure == "execution_rate":
            here = self._statement_id()
            told = any(f.statement == here and f.measure in BUDGETED for f in self.facts[self.first :])
            return "stated" if told else None
        if measure not in ("change_amount", "change_rate"):
            return None
        span = said.slots.get("base")
        base = "".join(self.spoken.half[i] for i in places[slice(*span)]) if span else self.base
        if span:
            self.base = base
        if base is None:
            return None
        named = re.search(r"(20\d\d)年", base)
        if re.search("上年|上一年|去年|同期", base) or (named and self.year is not None and int(named[1]) < self.year):
            return "prior"
        if "年初" in base:
            return "initial"
        return "stated" if "预算" in base else None

    def _month(self, figure: Figure) -> int | None:
        found = [m for m in _UNTIL.finditer(self.spoken.half) if m.end() <= figure.start]
        return int(found[-1][1] or found[-1][2]) if found else None

    def _qualifier(self, figure: Figure) -> str | None:
        m = _QUALIFIER.match(self.spoken.half[figure.end :])
        return m[1] if m else None
