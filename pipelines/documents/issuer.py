"""Who issued a report: the names in its fields, title, headings, signature and sentences, the strongest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from pipelines.core.traced import halfwidth, squeeze
from pipelines.vocab.places import place_of

_STRONG = (
    "(?:填报|填表|编制|编报|填制|申报|自评|评价|公开|预算)(?:部门|单位)(?:名称|全称)?|预算主管部门|填表|填报|"
    "(?:(?:市|区|县|省)(?:级|直))?(?:预算)?(?:部门|单位)(?:\\((?:部门|单位)\\))?(?:名称|全称)?"
)
_WEAK = (
    "(?:项目)?主管(?:预算)?(?:部门|单位)(?:\\(单位\\))?(?:名称)?(?:及代码)?|"
    "(?:项目)?(?:实施|承担|负责|执行)(?:部门|单位)(?:\\(部门\\))?(?:名称)?|项目单位|发布机构|公开单位"
)
_SEAL = r"(?:\((?:盖章|公章|签章|加盖公章)\)|盖章)?"
_FIELD = re.compile(rf"(?:^|(?<=[^一-龥])|(?<=表))(?P<label>{_STRONG}|{_WEAK}){_SEAL}:(?P<value>.+)")
_NEXT_FIELD = re.compile(
    r"(?:金额)?单位:|填[报表写](?:日期|时间|人)|项目名称|(?:联系)?电话|日期:|年度:|编码|(?:项目)?(?:负责|联系)人|预算年度|公开\d+表|"
    + _WEAK
)
_KINDS = (
    r"(?:局|厅|委员会|委|办公室|办公厅|办事处|中心|院|站|所|馆|署|社|联合会|总会|协会|工会|学会|校|学校|大学|学院|幼儿园|法院|"
    r"检察院|政府|街道|镇|乡|园|队|处|集团|公司|基地|机关|政协|人大)"
)
_NAME = rf"[一-龥XxＸ×○某]{{0,30}}?(?:\([一-龥]{{2,8}}[区县市]\)[一-龥]{{0,12}}?)?{_KINDS}"
_LEVEL = r"\(?(?:本级|本部|机关本级)\)?"
_ORGANISATION = re.compile(rf"^(?P<name>[一-龥XxＸ×○某()]{{1,40}}{_KINDS})$")
_IN_TITLE = re.compile(
    rf"^(?:\([^()]*\))?(?:关于)?(?:20\d\d年度?)?(?P<name>{_NAME})(?P<level>{_LEVEL})?(?:\(汇总\))?"
    r"(?=20\d\d|部门|单位|整体|预算|决算|项目|绩效|财政|收支|概况|关于|$)"
)
_IN_PART = re.compile(rf"^第[一二三四五六七八九十]部分:?(?P<name>{_NAME})(?P<level>{_LEVEL})?(?=概况|20\d\d|$)")
_IN_SENTENCE = re.compile(
    rf"^(?:关于)?(?P<name>{_NAME})(?P<level>{_LEVEL})?20\d\d年度?"
    r"(?=收入|支出|财政拨款|一般公共预算|政府性基金|本年|政府采购|[“\"]?三公)"
)
_SUMMED_UP = re.compile(rf"经(?P<name>{_NAME})汇总")
_OWN_LEVEL = re.compile(r"\((?:本级|本部)\)|(?:本级|本部)$|\((?:本级|本部)$")
_SEALS = re.compile(r"\((?:盖章|公章|签章|部门|单位|汇总)\)|盖章$")
_DATE = re.compile(r"^20\d\d年\d{1,2}月\d{1,2}日$")
_CODE_BEFORE = re.compile(r"^[\[(]?\d{3,}[\])]?[-—]?")  # `018 某局`: the code of a unit before its name
_PLACEHOLDER = re.compile(r"[XxＸ×○]{2,}|某某")
_SIGNATURE_LINES = 12
_SHORTEST_NAME = 3
_COVER_LINES = 15
_BODY = re.compile(r"^(?:目录|第?[一二三四五六七八九十]+(?:部分|[、.．]))|[。；]")
_FEWEST_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Issuer:
    """A name as printed without brackets and seals, and the text that says it.

    `own_level` is the text that adds 本级 to the name, None where none does; `placeholder` says that the name is that
    of an unfilled form (`上海市XX局`).
    """

    name: str
    evidence: str
    own_level: str | None = None
    placeholder: bool = False


def issuer_of(lines: Sequence[str], title: str | None, table_rows: Sequence[str] = ()) -> Issuer | None:
    """The issuer by the strongest evidence, under the fullest of its names; None where the report names nobody.

    `table_rows` are rows of tables, cells parted by tabs, which may hold fields that no line shows.

    The order: a title that names a place, a field such as 填报单位, the heading of a part, a line of the cover, a title
    without a place, the signature, sentences (`某局2019年度收入…`, twice or more), who added up the figures of others,
    主管部门 or 实施单位 of a project.
    """
    texts = [line.strip() for line in lines if line.strip()]
    fields = [*texts, *table_rows]
    titled = _from_title(title)
    ranked = [
        *(t for t in titled if place_of(t.name)),
        *_commonest_first(_from_fields(fields, _STRONG)),
        *_from_parts(texts),
        *_from_cover(texts),
        *titled,
        *_from_signature(texts),
        *_from_sentences(texts),
        *_from_summaries(texts),
        *_commonest_first(_from_fields(fields, _WEAK)),
    ]
    if not ranked:
        return None
    chosen = ranked[0]
    same = [c for c in ranked if c.name == chosen.name or (c.name.endswith(chosen.name) and place_of(c.name))]
    fullest = max(same, key=lambda c: len(c.name))
    return replace(fullest, own_level=next((c.own_level for c in same if c.own_level), None))


def _from_title(title: str | None) -> list[Issuer]:
    found = _IN_TITLE.match(halfwidth(title or ""))
    named = found is not None and len(found["name"]) >= _SHORTEST_NAME  # 政府 of 2023年政府决算公开 names none
    return [_issuer(found["name"] + (found["level"] or ""), title or "")] if found and named else []


def _from_fields(texts: Sequence[str], labels: str) -> list[Issuer]:
    wanted = re.compile(rf"(?:{labels}){_SEAL}:?")
    out = []
    for text, following in pairwise([*texts, ""]):
        values = (value for label, value in _pairs(halfwidth(text), halfwidth(following)) if wanted.fullmatch(label))
        issuer = next((found for value in values if (found := _of_value(value, text))), None)
        if issuer is not None:
            out.append(issuer)
    return out


def _pairs(text: str, following: str) -> Iterator[tuple[str, str]]:
    """What may be a label and its value: `label:value`, neighbouring cells, a label over its value."""
    found = _FIELD.search(squeeze(text))
    if found is not None:
        yield found["label"], found["value"]
    cells = text.split()
    yield from pairwise(cells)
    if len(cells) == 1:
        yield cells[0], squeeze(following)


def _of_value(text: str, evidence: str) -> Issuer | None:
    issuer = _issuer(_CODE_BEFORE.sub("", _NEXT_FIELD.split(text, maxsplit=1)[0]), evidence)
    return issuer if _ORGANISATION.match(issuer.name) else None


def _from_parts(texts: Sequence[str]) -> list[Issuer]:
    found = [(_IN_PART.match(halfwidth(squeeze(t))), t) for t in texts]
    return [_issuer(m["name"] + (m["level"] or ""), t) for m, t in found if m]


def _from_cover(texts: Sequence[str]) -> list[Issuer]:
    """Lines of the cover that hold nothing but an organisation and its place."""
    cover = list(takewhile(lambda t: not _BODY.match(squeeze(t)), texts[:_COVER_LINES]))
    names = [(halfwidth(squeeze(t)), t) for t in cover]
    return [_issuer(name, t) for name, t in names if _ORGANISATION.match(_issuer(name, t).name) and place_of(name)]


def _from_signature(texts: Sequence[str]) -> list[Issuer]:
    last = [halfwidth(squeeze(t)) for t in texts[-_SIGNATURE_LINES:]]
    return [
        _issuer(name, f"{name} {date}")
        for name, date in pairwise(last)
        if _DATE.match(date) and _ORGANISATION.match(name)
    ]


def _from_sentences(texts: Sequence[str]) -> list[Issuer]:
    found = [(m["name"] + (m["level"] or ""), t) for t in texts if (m := _IN_SENTENCE.match(halfwidth(squeeze(t))))]
    counts = Counter(name for name, _ in found)
    often = [(name, text) for name, text in found if counts[name] >= _FEWEST_SENTENCES]
    return [_issuer(name, text) for name, text in sorted(often, key=lambda pair: -counts[pair[0]])]


def _from_summaries(texts: Sequence[str]) -> list[Issuer]:
    """Who added up the figures of others (`经某市财政局汇总`), where the name says of which place."""
    found = [(m["name"], t) for t in texts if (m := _SUMMED_UP.search(halfwidth(squeeze(t))))]
    return [_issuer(name, text) for name, text in found if place_of(name)]


def _commonest_first(found: Sequence[Issuer]) -> list[Issuer]:
    counts = Counter(c.name for c in found)
    return sorted(found, key=lambda c: -counts[c.name])


def _issuer(text: str, evidence: str) -> Issuer:
    bare = _SEALS.sub("", text)
    own_level = _OWN_LEVEL.search(bare)
    name = re.sub(r"\([^()]*\)?$", "", _OWN_LEVEL.sub("", bare)).strip(":、")
    return Issuer(name, evidence, evidence if own_level else None, _PLACEHOLDER.search(name) is not None)
