"""What a finding proposes, as text and as rows: the change that it claims, or those that are about equally likely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipelines.audit.findings import Finding
from pipelines.audit.repair import Change, Repair
from pipelines.audit.slips import LABELS, UNEXPLAINED
from pipelines.audit.wording import LANGUAGES, Said, like, name, percent, printed, with_unit

MOST_ALTERNATIVES = 3
"""In the message of a finding; its row lists them all."""


def repaired(change: Change) -> Decimal:
    """The value proposed for a figure, in its printed unit."""
    return change.slip.value / change.figure.factor


def alternatives(
    finding: Finding, said: Mapping[str, Said], details: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The repairs that are about equally likely, one row a figure to change; rows of one `option` belong together.

    Empty where a change is claimed, and where a repair is no slip that people make or not sure of its value.
    """
    if finding.blamed or not worth_telling(finding.alternatives):
        return []
    return [
        {
            "option": number,
            "fact_id": change.figure.fact_id,
            **{key: _fact(change, details).get(key) for key in ("page", "table_title", "row_no", "col_no")},
            "printed": _fact(change, details).get("as_printed") or change.figure.printed,
            "proposed": repaired(change),
            "unit": change.figure.unit,
            "slip": change.slip.kind,
            "change_zh": change_text(change, said, "zh"),
            "change_en": change_text(change, said, "en"),
        }
        for number, repair in enumerate(finding.alternatives, 1)
        for change in repair.changes
    ]


def _fact(change: Change, details: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    return details.get(change.figure.fact_id, {})


def worth_telling(repairs: Sequence[Repair]) -> bool:
    """Whether each of the repairs left is a slip that people make and sure of its value."""
    return all(c.sure and c.slip.kind != UNEXPLAINED for r in repairs for c in r.changes)


def alternatives_text(repairs: Sequence[Repair], said: Mapping[str, Said], language: str) -> str:
    """The repairs that are about equally likely, or, where there are many, how many."""
    options = ["、".join(change_text(c, said, language) for c, *_ in r.figures) for r in repairs]
    if language == "zh":
        which = "：" + "；或".join(options) if len(options) <= MOST_ALTERNATIVES else f"{len(options)}种"
        return f"可能的改法有{which}，仅凭本文件不能断定。"
    if len(options) > MOST_ALTERNATIVES:
        return f" {len(options)} repairs are about equally likely; the report alone does not tell which."
    return f" Possible repairs: {'; or '.join(options)}; the report alone does not tell which."


def change_text(change: Change, said: Mapping[str, Said], language: str) -> str:
    """One change: of which figure, from what is printed to what is proposed, and the slip that explains it."""
    figure = change.figure
    s = said.get(figure.fact_id)
    rate = change.slip.kind == "recomputed"
    label = name(figure.measure, language)
    if s and s.fund_source != "all":
        label += f"（{name(s.fund_source, 'zh')}）" if language == "zh" else f" ({name(s.fund_source, 'en')})"
    elif s and not rate and language == "zh" and s.subject not in ("", label):
        label = s.subject if label in s.subject else f"{s.subject}{label}"
    value = percent(repaired(change)) if rate else like(repaired(change), [figure])
    slip = LABELS[change.slip.kind][LANGUAGES.index(language)]
    old = printed(figure)
    if change.slip.kind == "direction":
        old, value = (_in_words(number, language) for number in (old, value))
    new = with_unit(value, figure, rate=rate)
    if language == "zh":
        return f"{label} {old} → {new}" + (f"（{slip}）" if slip else "")
    return f"{label} {old} → {new}" + (f" ({slip})" if slip else "")


def _in_words(number: str, language: str) -> str:
    """A change as prose says it: which way it goes, then the number without its sign."""
    more, less = ("增加", "减少") if language == "zh" else ("more by ", "less by ")
    return (less if number.startswith("-") else more) + number.lstrip("-")


def also_text(finding: Finding, details: Mapping[str, Mapping[str, Any]], language: str) -> str:
    """Where else the figure blamed is printed, each table once; empty where it is nowhere else."""
    where = []
    for change in finding.also:
        fact = details.get(change.figure.fact_id, {})
        title, page = fact.get("table_title"), fact.get("page")
        if language == "zh":
            where.append((f"《{title}》" if title else "正文") + (f"第{page}页" if page else ""))
        else:
            where.append((str(title) if title else "the text") + (f", page {page}" if page else ""))
    if not where:
        return ""
    places = dict.fromkeys(where)
    if language == "zh":
        return f"同一个数还印在{'、'.join(places)}，应一并更正。"
    return f" The same figure also stands in {'; '.join(places)}, to be put right with it."
