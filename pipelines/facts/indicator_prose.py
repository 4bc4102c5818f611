"""Indicators spoken of in prose: the target that a sentence states under the indicator's own heading."""

from __future__ import annotations

import re

from pipelines.core.model import Fact, Sentence
from pipelines.core.numbers import YUAN_PER, read_figure
from pipelines.core.traced import squeeze
from pipelines.documents.headings import enumerator
from pipelines.documents.prose import SEPARATOR

_LEVEL1 = re.compile(r"(产出|效益|满意度|成本|投入|过程|管理)(?:指标)?")
_LEVEL2 = re.compile(
    r"((?:数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|服务对象满意度|经济成本|社会成本|生态环境成本)(?:指标)?)"
)
_LEADING_IS = re.compile(r"^是(?=[\d≥≤<>＞＜约不至])")


def target_fact(sentence: Sentence, first: int, last: int, statement: str) -> Fact | None:
    """The target that `sentence.text[first:last]` states, for the indicator that the nearest heading names.

    None where no heading names an indicator of a level.
    """
    path = [squeeze(p) for p in sentence.section.split(SEPARATOR)]
    indicator = _without_number(path[-1])
    level2 = next((m[1] for p in reversed(path[:-1]) if (m := _LEVEL2.match(_without_number(p)))), None)
    level1 = next((m[0] for p in reversed(path[:-1]) if (m := _LEVEL1.match(_without_number(p)))), None)
    if not indicator or (level1 is None and level2 is None):
        return None
    printed = sentence.text[first:last]
    skip = _LEADING_IS.match(squeeze(printed))
    if skip:
        first += printed.index("是") + 1
        printed = sentence.text[first:last]
    figure = read_figure(printed)
    factor = YUAN_PER.get(figure.unit or "") if figure else None
    return Fact(
        measure="target",
        subject_kind="indicator",
        subject=indicator,
        as_printed=printed,
        origin="narrative",
        page=sentence.page,
        quote=sentence.text,
        amount_yuan=figure.value * factor if figure and factor else None,
        value=figure.value if figure and not factor else None,
        unit=figure.unit if figure else None,
        half_unit=figure.half_unit * (factor or 1) if figure else None,
        comparator=figure.comparator if figure else "text",
        text_value=squeeze(printed),
        statement=statement,
        sentence_number=sentence.number,
        start=sentence.offsets[first],
        end=sentence.offsets[last - 1] + 1,
        level1=level1,
        level2=level2,
        goal=next((p for p in path if p.startswith(("年度目标", "年度绩效目标"))), None),
    )


def _without_number(heading: str) -> str:
    number = enumerator(heading)
    return heading[number.length :] if number else heading
