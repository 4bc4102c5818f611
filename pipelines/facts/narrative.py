"""Prose becomes facts: each figure that a declared sentence shape announces, whom it is about and what it measures.

Nothing is guessed: a figure that no shape announces gives no fact (`uncovered` lists those that are money).
A reduction (`减少`, `下降`, `调减`) is negative in `amount_yuan` or `value`, though printed without a sign.
`column_label` holds the words that announce the figure, `half_unit_column` stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.core.model import Fact, Sentence
from pipelines.core.numbers import half_unit
from pipelines.core.traced import halfwidth, squeeze
from pipelines.facts.additions import tie_additions
from pipelines.facts.clauses import Clause, Figure, yuan
from pipelines.facts.discourse import OF_ANOTHER, PRIOR, Discourse
from pipelines.facts.indicator_prose import target_fact
from pipelines.facts.item_lists import tie_items
from pipelines.facts.lists import BUDGETED, OWN_TERMS, SPENT, OpenList, join, leaves, mark_gaps, retarget
from pipelines.facts.naming import Name, Tidied
from pipelines.facts.shape_grammar import TOKEN
from pipelines.facts.shapes import shapes
from pipelines.facts.spoken import Announced, Spoken, announced, figures_in

_TITLES = re.compile(r"《[^》]*》")
_REPORT_YEAR = re.compile(r"(20\d\d)年度?[^,。;\d]{0,30}(?:决算|预算|支出|收入|执行|绩效)")
_PRIOR = {m: f"prior_year_{m}" for m in ("final_account", "budget", "executed")}
_PRIOR |= {"initial_budget": "prior_year_budget"}
_NEAR = 16  # facts back: how far before a rate the budget that it is over may be
_CUT_OFF = re.compile(r"[^。；;！!？?.…”\"）)%％元人个辆台户次]$")
_WHOLE = frozenset({"合计", "总计", "共计"})
_LIKE = 2  # characters that the name of a whole and those of its parts begin with
_FEWEST_NAMED = 2
# `公务接待费支出决算比预算无增减变化`: no figure, but the clauses after it speak of it.
_LEVEL = re.compile(
    r"^(?P<name>[^比与较同,。]{2,30}?)(?:支出)?(?:预算|决算)?数?[比与较同].{0,16}?(?:无增减|无变化|没有变化|持平|相同|一致|无增加)"
)
_CHANGES = frozenset({"change_amount", "change_rate"})
_SHORTEST_NAME = 3
_NOMINAL = re.compile(r"^(?:(?!用于|增加|减少|发放|下达|投入|安排|争取|筹集|拨付)[^,;。:\d])+$")
_CARRIED = frozenset({"carried_in", "carried_out"})
_NAMED_ABOVE = frozenset({"programme", "functional_item"})


def facts_of(sentences: Sequence[Sentence], year: int | None = None) -> list[Fact]:
    """Every figure that the sentences state in a declared shape, in reading order.

    `year` is the report's fiscal year, for `year_offset`; where it is not given, the latest year whose budget or final
    account the prose speaks of. Amounts are in yuan, rates in percent points.
    """
    facts: list[Fact] = []
    reader = _Reader(Discourse(facts), year if year is not None else report_year(sentences))
    for sentence in sentences:
        reader.read(sentence)
    cut_off = bool(sentences) and _CUT_OFF.search(squeeze(sentences[-1].text)) is not None
    tie_items(sentences, facts, cut_off=cut_off)
    retarget(reader.now.history, facts)
    tie_additions(sentences, facts)
    mark_gaps(reader.now.history, facts)
    if cut_off:
        facts = [_untied(f) if f.sentence_number == sentences[-1].number else f for f in facts]
    order = sorted(range(len(facts)), key=lambda k: (facts[k].sentence_number or 0, facts[k].start or 0, k))
    return [facts[k] for k in order]


def report_year(sentences: Sequence[Sentence]) -> int | None:
    """The latest year whose budget, execution or final account the prose speaks of, titles in 《》 left out."""
    texts = (_TITLES.sub("", halfwidth(squeeze(s.text))) for s in sentences)
    return max((int(year) for text in texts for year in _REPORT_YEAR.findall(text)), default=None)


def uncovered(sentences: Sequence[Sentence], facts: Sequence[Fact]) -> list[tuple[Sentence, str]]:
    """The amounts of money in the sentences that no fact holds, as printed; declared standards (`每人每月700元`,
    `单价100万元以上`) are left out."""
    held = {(f.sentence_number, f.start) for f in facts}
    out = []
    for sentence in sentences:
        spoken = Spoken.of(sentence)
        for clause, figure in figures_in(spoken.clauses):
            first, last = spoken.place(figure.start, figure.end)
            if figure.kind == "amount" and (sentence.number, sentence.offsets[first]) not in held:
                said = announced(spoken, clause, figure)
                if said is None or not said.said.shape.ignore:
                    out.append((sentence, sentence.text[first:last]))
    return out


def _untied(fact: Fact) -> Fact:
    """A fact of a sentence that the end of the text cuts off: what its list goes on with nobody knows."""
    return replace(fact, list_id=None, list_role=None)


class _Reader:
    def __init__(self, discourse: Discourse, year: int | None) -> None:
        self.now = discourse
        self.year = year

    def read(self, sentence: Sentence) -> None:
        self.now.begin(sentence)
        spoken = Spoken.of(sentence)
        self._clauses(spoken, spoken.clauses)
        self.now.end(sentence)

    def _clauses(self, spoken: Spoken, clauses: Sequence[Clause]) -> None:
        for clause in clauses:
            text = clause.text(spoken.half)
            self.now.hear(text, bool(clause.figures))
            self._target(spoken, clause, text)
            self._announced(spoken, clause, text)
            figures = {f.start: f for f in clause.figures}
            inner = dict(clause.inner)
            for place in sorted([*figures, *inner]):
                if place in figures:
                    self._figure(spoken, clause, figures[place])
                else:
                    self._bracket(spoken, inner[place])

    def _bracket(self, spoken: Spoken, clauses: tuple[Clause, ...]) -> None:
        """What a bracket says of others ends with it."""
        now = self.now
        subject, outer = now.subject, now.open
        if outer is not None and outer.parts and outer.parts[-1] == len(now.facts) - 1:
            now.open = self._broken_down(spoken, clauses)
        self._clauses(spoken, clauses)
        now.statement_number += now.subject != subject
        now.subject, now.open = subject, outer

    def _broken_down(self, spoken: Spoken, clauses: Sequence[Clause]) -> OpenList | None:
        """The list that a bracket after a part begins, its parts named like it: `公车费a（公车购置b、公车运行c）`.

        None for any other bracket: what it says is no part of the list that is open.
        """
        now = self.now
        begins = halfwidth(now.facts[-1].subject)[:_LIKE]
        named = [c.text(spoken.half) for c in clauses if any(f.kind == "amount" for f in c.figures)]
        if sum(begins in text for text in named) < _FEWEST_NAMED:
            return None
        return now.inner_list(len(now.facts) - 1)

    def _target(self, spoken: Spoken, clause: Clause, text: str) -> None:
        span = shapes().target(text)
        if span is not None:
            first, last = spoken.place(clause.chars[span[0]], clause.chars[span[1] - 1] + 1)
            fact = target_fact(spoken.sentence, first, last, self.now.statement)
            if fact is not None:
                self._add(fact)
                self.now.statement_number += 1

    def _announced(self, spoken: Spoken, clause: Clause, text: str) -> None:
        """`教育支出（类）…（项）：` names of whom the clauses after it speak."""
        tidied = self.now.names.tidied(text)
        words = text[tidied.start : tidied.end]
        before_colon = bool(clause.chars) and spoken.half[clause.chars[-1] + 1 : clause.chars[-1] + 2] == ":"
        heads = before_colon and self.now.names.heading.search(words) is not None
        level = _LEVEL.match(words)
        if clause.figures or not (heads or level or self.now.names.announcing.search(words)):
            return
        end = tidied.start + level.end("name") if level and not heads else tidied.end
        printed = spoken.words(clause.chars[tidied.start : end])
        name = self.now.names.named(printed, tidied, self.now.section, None, "other")
        if heads or name.kind in ("functional_item", "economic_item"):
            self.now.turn_to(name)

    def _figure(self, spoken: Spoken, clause: Clause, figure: Figure) -> None:
        found = announced(spoken, clause, figure, in_list=self.now.list_total() is not None)
        if found is None:
            self._unannounced(spoken, clause, figure)
        if found is None or found.said.shape.ignore:
            return
        tidied = self.now.names.tidied(halfwidth(spoken.words(found.subject)))
        printed = spoken.words(found.subject[tidied.start : tidied.end])
        name = self._name(found, tidied, printed)
        measure, whole = found.said.shape.measure, None
        if found.said.shape.bare:
            measure, name, whole = self._bare(found, name, halfwidth(printed))
        vague = name is not None and self.now.names.is_generic(halfwidth(printed))
        before = self.now.subject
        if measure is None or not self.now.resolve(whole or name, measure, of_last_year=tidied.last_year):
            return
        if found.said.shape.base:
            self.now.bases.add(len(self.now.facts))
        doubtful = name is None and measure in _CHANGES and self.now.may_be_of_whole()
        self._add(replace(self._fact(found, measure, tidied), contested=doubtful))
        if measure == "share":
            self.now.shared(halfwidth(spoken.words(found.slot("whole"))))
        if name is None and measure in _CARRIED:
            self.now.term = Name(found.cue.rstrip("为是:："), "department_total")
        elif measure not in OF_ANOTHER:
            self.now.term = name if whole is not None or vague else None
        if vague or found.said.shape.aside:
            self.now.subject = before or self.now.above
        self.now.said(self.now.term)

    def _unannounced(self, spoken: Spoken, clause: Clause, figure: Figure) -> None:
        """An amount that no shape announces is no fact, but what is said next is said of it, not of another."""
        words, places = clause.before(spoken.half, figure)
        if figure.kind == "amount" and self.now.open is not None:
            self.now.open.gap = True
        if figure.kind != "amount" or TOKEN in words or self.now.names.connectors.search(words):
            return
        tidied = self.now.names.tidied(words)
        name = words[tidied.start : tidied.end]
        if tidied.last_year:
            return
        if not self.now.names.is_generic(name) and len(name) >= _SHORTEST_NAME and _NOMINAL.search(name):
            self.now.turn_to(Name(spoken.words(places[tidied.start : tidied.end]), "other"))

    def _name(self, found: Announced, tidied: Tidied, printed: str) -> Name | None:
        """The subject that the words before the figure name, None where they name none."""
        names, shape = self.now.names, found.said.shape
        generic = names.is_generic(halfwidth(printed))
        elsewhere = self.now.above.kind in _NAMED_ABOVE or not printed or not (shape.kind or shape.bare)
        if shape.carried or (generic and elsewhere):
            return None
        if names.levels.match(halfwidth(printed)) and not shape.bare:
            # 区级 before 预算资金 is no subject of its own: the phrase is the name of the part.
            printed += re.sub(r"[为是:：]+$", "", found.cue)
        likely = "programme" if found.cue.startswith("项目") and not shape.bare else "other"
        return names.named(printed, tidied, self.now.section, shape.kind, likely)

    def _bare(self, found: Announced, name: Name | None, printed: str) -> tuple[str | None, Name | None, Name | None]:
        """What a name beside its amount measures, its name, and the whole that it is said of where that is not it."""
        total = self.now.list_total(spent=printed.endswith("支出"))
        if printed in _WHOLE:
            if total is not None:
                self.now.return_to(total)
            return total.measure.removeprefix(PRIOR) if total else None, None, None
        if name is None:
            return f"unmapped:{shapes().noun_of(printed)}" if printed else None, None, None
        last = self.now.facts[-1].measure if len(self.now.facts) > self.now.first else ""
        if found.clause.after_comma and last.startswith("unmapped:"):
            return last, name, None  # 发放生活费a、护理费b: what the verb said of the first holds for the second
        inherited = total.measure.removeprefix(PRIOR) if total else ""
        measure, of_whole, name = self._measured(name, printed, inherited)
        return measure, name, self.now.whole(name) if of_whole else None

    def _measured(self, name: Name, printed: str, inherited: str) -> tuple[str, bool, Name]:
        bare = self.now.names.bare(name, self.now.section)
        basis = self.now.names.basis_of(self.now.section)
        own = bare.measure in OWN_TERMS
        if inherited in BUDGETED or inherited in ("executed", "forecast_executed"):
            if basis == "budget" and own:
                return str(bare.measure), bare.dropped, bare.name
            return inherited, False, name
        if bare.measure is not None:
            budgeted = basis == "budget" and not own and not bare.measure.startswith("unmapped:")
            return ("budget", False, name) if budgeted else (bare.measure, bare.dropped, bare.name)
        if inherited:
            kept = inherited in SPENT - OWN_TERMS or inherited == "revenue" or inherited.startswith("unmapped:")
            return inherited if kept else "expenditure", False, name
        if basis is not None or printed.endswith(("支出", ")")) or name.kind == "economic_item":
            return "budget" if basis == "budget" else "expenditure", False, name
        return f"unmapped:{shapes().noun_of(printed)}", False, name

    def _fact(self, found: Announced, measure: str, tidied: Tidied) -> Fact:
        spoken, figure, shape = found.spoken, found.figure, found.said.shape
        sentence, (first, last) = spoken.sentence, found.printed
        subject = self.now.rated or self.now.subject
        assert subject is not None
        fund, scope = self._fund(found, subject)
        offset = self._offset(tidied, measure)
        fact = Fact(
            measure=_PRIOR.get(measure, measure) if offset == -1 else measure,
            subject_kind=subject.kind,
            subject=subject.text,
            subject_code=subject.code,
            as_printed=sentence.text[first:last],
            origin="narrative",
            page=sentence.page,
            quote=sentence.text,
            unit=figure.unit,
            comparator=figure.comparator,
            fund_source=fund or "all",
            scope=scope or found.qualifier,
            year_offset=offset,
            period_end_month=spoken.month_before(figure.start),
            statement=self.now.statement,
            rate_basis=shape.basis or self._basis(found, measure),
            column_label=found.cue or None,
            sentence_number=sentence.number,
            start=sentence.offsets[first],
            end=sentence.offsets[last - 1] + 1,
        )
        value, half = found.sign * figure.value, half_unit(figure.decimals)
        if figure.kind != "amount":
            return replace(fact, value=value, half_unit=half)
        return replace(fact, amount_yuan=value * yuan(figure), half_unit=half * yuan(figure))

    def _offset(self, tidied: Tidied, measure: str) -> int:
        """The year of a figure, counted from the report's: as said, else that of the list it is a part of."""
        if tidied.last_year:
            return -1
        if tidied.year is None:
            return self.now.list_year() if measure not in OF_ANOTHER else 0
        return tidied.year - self.year if self.year is not None else 0

    def _add(self, fact: Fact) -> None:
        now, index = self.now, len(self.now.facts)
        now.sections[index] = now.section
        now.facts.append(fact)
        if now.open is not None and leaves(now.open, now.facts, index):
            now.open = None
        if now.open is not None:
            join(now.open, now.facts, index)

    def _fund(self, found: Announced, subject: Name) -> tuple[str | None, str | None]:
        if subject.fund is not None:
            return subject.fund, subject.scope
        fund, scope = self.now.names.fund_of(halfwidth(found.cue))
        if fund is not None and "whole" not in found.said.slots:
            return fund, scope
        return self.now.fund or (self.now.above.fund, self.now.above.scope)

    def _basis(self, found: Announced, measure: str) -> str | None:
        """The denominator that the words name: the year or the budget compared with, the budget of the statement."""
        now = self.now
        if measure == "execution_rate":
            last = now.facts[max(now.first, len(now.facts) - _NEAR) :]
            here = (f for f in last if f.statement == now.statement)
            return "stated" if any(f.measure in BUDGETED for f in here) else None
        if measure not in ("change_amount", "change_rate"):
            return None
        now.base = halfwidth(found.spoken.words(found.slot("base"))) or now.base
        base = now.base or ""
        if "同比" in (found.cue or ""):
            now.base = "同比"
            return "prior"
        if not base and any(f.year_offset == -1 and f.statement == now.statement for f in now.facts[now.first :]):
            return "prior"
        named = re.search(r"(20\d\d)年", base)
        if re.search("上年|上一年|去年|同期|同比", base) or (
            named and self.year is not None and int(named[1]) < self.year
        ):
            return "prior"
        if "年初" in base:
            return "initial"
        return "stated" if "预算" in base else None
