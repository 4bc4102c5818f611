"""Scans: the five reports' tables printed, laid on a scanner at a slant under a red seal, and read again."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from functools import cache

import printing
import pytest
import reports
import scanning
from roundtrip import Key, on_paper, said, said_in_text

from pipelines.core.relations import Reading
from pipelines.reading import read

TABLES = [
    (reports.CAIDIAN, 2),
    (reports.QINGSHAN, 1),
    (reports.QINGSHAN, 3),
    (reports.LUSONG, 1),
    (reports.DONGXIHU, 2),
    (reports.DONGXIHU, 3),
]
"""Forms and lists of every kind but the widest, which takes a minute; `benchmarks/scans.py` measures all."""

NAMES = [f"{report[:4]}-{number}" for report, number in TABLES]
LEAST_RIGHT = 0.995
SAME_SUBJECT = 0.8  # of its characters: words of a scan are misread now and then, figures must not be


@pytest.fixture(autouse=True)
def _printed_in_chinese() -> None:
    scanning.needs_fonts()


@cache
def scan_of(report: str, number: int) -> Reading:
    return read(scanning.scanned(printing.as_pdf(on_paper(report, number))), "scan.pdf")


def figures_said(facts: Counter[Key]) -> list[Key]:
    return [key for key, times in sorted(facts.items(), key=str) for _ in range(times) if key[2:4] != (None, None)]


def is_said(key: Key, among: list[Key]) -> bool:
    """Whether a fact is among others, by its measure and figure, and nearly by the words of its subject."""
    for other in among:
        alike = SequenceMatcher(None, key[0], other[0], autojunk=False).ratio()
        if key[1:4] == other[1:4] and alike >= SAME_SUBJECT:
            among.remove(other)
            return True
    return False


@pytest.mark.parametrize(("report", "number"), TABLES, ids=NAMES)
def test_a_scan_holds_the_figures_that_were_printed_and_marks_those_it_doubts(report: str, number: int) -> None:
    printed = scanning.figures_in([on_paper(report, number).table()])
    found = scanning.compared(printed, scanning.figures_in(t.table for t in scan_of(report, number).tables))
    assert found.figures
    assert found.right >= LEAST_RIGHT, found.wrong
    assert not found.unmarked


@pytest.mark.parametrize(("report", "number"), TABLES, ids=NAMES)
def test_the_facts_of_a_scan_say_the_figures_that_the_text_says(report: str, number: int) -> None:
    expected = figures_said(said_in_text(report, number))
    found = figures_said(said(scan_of(report, number).facts))
    missing = [key for key in expected if not is_said(key, found)]
    assert len(missing) <= (1 - LEAST_RIGHT) * len(expected), missing
    assert not found, f"invented: {found}"


def test_tables_of_a_scan_say_that_they_were_recognised() -> None:
    reading = scan_of(reports.QINGSHAN, 3)
    assert reading.document.status == "parsed"
    assert {t.table.engine for t in reading.tables} == {"ocr-grid"}
    assert all(0 < c.confidence <= 1 for t in reading.tables for c in t.table.cells)
