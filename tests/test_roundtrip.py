"""The five reports' own tables, printed again in other forms: every form gives the facts that the text gives."""

from __future__ import annotations

from collections.abc import Callable

import printing
import pytest
import reports
from roundtrip import Paper, on_paper, said, said_in_text

from pipelines.reading import read

TABLES = [(report, t.table.number) for report in reports.ALL for t in reports.reading(report).tables]
NAMES = [f"{report[:4]}-{number}" for report, number in TABLES]

MERGED_AS_ROWS = [(reports.LUSONG, 1)]
"""A heading set over four columns of which the rows fill the last alone: no rule says how far it reaches."""


def assert_same(data: bytes, report: str, number: int) -> None:
    reading = read(data, "printed")
    expected, found = said_in_text(report, number), said(reading.facts)
    assert not expected - found, f"missing: {sorted(map(str, expected - found))}"
    assert not found - expected, f"invented: {sorted(map(str, found - expected))}"


@pytest.mark.parametrize("form", [printing.as_html, printing.as_docx, printing.as_xlsx])
@pytest.mark.parametrize(("report", "number"), TABLES, ids=NAMES)
def test_a_web_page_a_word_file_and_a_workbook_say_what_the_text_says(
    report: str, number: int, form: Callable[[Paper], bytes]
) -> None:
    assert_same(form(on_paper(report, number)), report, number)


@pytest.mark.parametrize(("report", "number"), TABLES, ids=NAMES)
def test_a_table_whose_labels_are_not_merged_says_the_same(report: str, number: int) -> None:
    assert_same(printing.as_html(on_paper(report, number, merged=False)), report, number)


@pytest.mark.parametrize("valign", ["MIDDLE", "TOP"])
@pytest.mark.parametrize(("report", "number"), TABLES, ids=NAMES)
def test_a_pdf_with_three_lines_says_what_the_text_says(report: str, number: int, valign: str) -> None:
    paper = on_paper(report, number).only_heads_merged()
    assert_same(printing.as_pdf(paper, "three_line", valign=valign), report, number)


@pytest.mark.parametrize("valign", ["MIDDLE", "TOP"])
@pytest.mark.parametrize(("report", "number"), [t for t in TABLES if t not in MERGED_AS_ROWS])
def test_labels_beside_several_rows_are_theirs_without_rules(report: str, number: int, valign: str) -> None:
    assert_same(printing.as_pdf(on_paper(report, number), "three_line", valign=valign), report, number)


@pytest.mark.parametrize(
    ("report", "number"), [(reports.DONGXIHU, 1), (reports.DONGXIHU, 3), (reports.CAIDIAN, 2), (reports.QINGSHAN, 1)]
)
def test_rows_set_as_close_as_the_lines_of_a_cell_are_told_by_their_middles(report: str, number: int) -> None:
    paper = on_paper(report, number).only_heads_merged()
    assert_same(printing.as_pdf(paper, "three_line", padding=0), report, number)


@pytest.mark.parametrize(("report", "number"), TABLES, ids=NAMES)
def test_a_ruled_pdf_says_what_the_text_says(report: str, number: int) -> None:
    assert_same(printing.as_pdf(on_paper(report, number)), report, number)
