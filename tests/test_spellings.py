"""A report says the same however its text was saved: line ends, blank lines, widths of digits and spaces, encodings."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Callable

import pytest
import reports

from pipelines import reading
from pipelines.core.model import Line
from pipelines.core.relations import Reading
from pipelines.core.traced import halfwidth
from pipelines.documents.mending import paragraphs
from pipelines.documents.prose import sentences
from pipelines.documents.text import decode

Saved = Callable[[str], bytes]
WIDE_DIGITS = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(ord("0"), ord("9") + 1)})
WIDE_SPACES = str.maketrans({" ": "\u3000"})
SPELLINGS: dict[str, Saved] = {
    "a blank line after every line": lambda t: t.replace("\n", "\n\n").encode(),
    "no blank line": lambda t: "\n".join(line for line in t.split("\n") if line.strip()).encode(),
    "line ends of Windows": lambda t: t.replace("\n", "\r\n").encode(),
    "line ends of old Macs": lambda t: t.replace("\n", "\r").encode(),
    "spaces at the ends of lines": lambda t: t.replace("\n", "   \n").encode(),
    "full-width digits": lambda t: t.translate(WIDE_DIGITS).encode(),
    "full-width spaces": lambda t: t.translate(WIDE_SPACES).encode(),
    "full-width digits and spaces": lambda t: t.translate(WIDE_DIGITS | WIDE_SPACES).encode(),
    "spaces that do not break": lambda t: t.replace(" ", "\u00a0").encode(),
    "a byte order mark": lambda t: codecs.BOM_UTF8 + t.encode(),
    "GB18030": lambda t: t.encode("gb18030"),
    "UTF-16": lambda t: t.encode("utf-16"),
    "UTF-16, big end first": lambda t: codecs.BOM_UTF16_BE + t.encode("utf-16-be"),
}


def said(read: Reading) -> Counter[tuple[object, ...]]:
    """What the facts state, without where and in which characters."""
    return Counter(
        (f.subject_kind, halfwidth(f.subject), f.fund_source, f.measure, f.amount_yuan, f.value, f.unit, f.origin)
        for f in read.facts
    )


PARTED_BY_BLANK_LINES = {(name, "no blank line") for name in (reports.CAIDIAN, reports.LUSONG)}
"""Their rows are one cell a line, and nothing but blank lines parts them: without, they hold no tables."""


@pytest.mark.parametrize(
    ("name", "spelling"), sorted({(n, s) for n in reports.ALL for s in SPELLINGS} - PARTED_BY_BLANK_LINES)
)
def test_a_report_states_the_same_facts_however_its_text_was_saved(name, spelling):
    text = (reports.RAW / name).read_text(encoding="utf-8")
    here, there = said(reports.reading(name)), said(reading.read(SPELLINGS[spelling](text), name))
    assert sum(here.values()) > 100
    assert there == here


def test_gbk_is_a_part_of_gb18030():
    assert decode("一般公共预算１２万元".encode("gbk")) == "一般公共预算１２万元"


def mended(*texts: str) -> list[str]:
    lines, start = [], 0
    for number, text in enumerate(texts, 1):
        lines.append(Line(1, number, text, start))
        start += len(text) + 2
    return [p.text for p in paragraphs(lines)]


FULL = "一般公共预算财政拨款支出决算比上年增加，主要原因是补助标准提高"


def titled(*texts: str) -> list[str]:
    """The paragraphs between two that are full."""
    return mended(f"{FULL}。", *texts, f"{FULL}。")[1:-1]


def test_a_title_of_two_lines_is_one_whether_or_not_blank_lines_stand_between():
    title, end = "2023年度老龄事业发展经费项目", "绩效自评结果"
    assert titled(title, end) == [title + end]
    assert titled(f"{title}自评表", end) == [f"{title}自评表", end]
    assert titled("项目管理", end) == ["项目管理", end]
    assert titled(title, f"第二部分 {end}") == [title, f"第二部分 {end}"]


def test_one_space_at_the_head_of_a_page_does_not_part_a_sentence():
    rest = f"园区划转的专项债资金9000万元，{FULL}。"
    assert mended(FULL, f" {rest}") == [FULL + rest]
    assert mended(FULL, f"  {rest}") == [FULL, rest]


def test_wide_spaces_are_spaces_but_alone_in_a_cell_they_are_its_text():
    assert (
        decode("\u3000\u3000预算数\u3000为１２\u3000\n\u3000\n甲\t\u3000\t乙".encode())
        == "  预算数 为１２ \n\u3000\n甲\t\u3000\t乙"
    )
    lines = [Line(1, 1, "\u3000\u3000预算数12万元。", 0)]
    assert [s.text for s in sentences(lines)] == ["预算数12万元。"]
