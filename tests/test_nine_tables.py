"""Nine tables of final accounts that tie: nothing is found in them, and a misprint is found and blamed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import nine_tables
import pytest

from pipelines import inbox
from pipelines.readings import Silence
from pipelines.refresh import examination
from pipelines.settings import Settings


def audited(folder: Path, changes: Mapping[tuple[int, str], float | None] | None, sql: str) -> list[tuple[Any, ...]]:
    """What a query says of the audited workbook."""
    nine_tables.write(folder / "raw", changes)
    settings = Settings(data=folder, home=folder / "home", workers=1)
    with examination(settings, inbox.entries(folder / "raw"), Silence()) as examined:
        return examined.connection.execute(sql).fetchall()


FINDINGS = """
    select check_id, severity, reported, repaired_value, message_zh
    from audit.findings
    where check_family <> 'form' -- the workbook is nothing but tables
"""


def test_nothing_is_found_where_the_nine_tables_tie(tmp_path: Path) -> None:
    assert audited(tmp_path, None, FINDINGS) == []


def test_the_nine_tables_are_tied_to_each_other(tmp_path: Path) -> None:
    held = "select check_id, passed from audit.check_ledger where check_id like 'TIE0%' and passed > 0"
    tied = dict(audited(tmp_path, None, held))
    assert tied.keys() >= {f"TIE{n:03d}" for n in (1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 13)}
    assert sum(tied.values()) >= 70


def test_a_row_that_counts_the_columns_does_not_hide_what_they_hold(tmp_path: Path) -> None:
    coded = "select count(*) from core.facts where table_no = 2 and subject_code in ('208', '20802', '2080201')"
    assert audited(tmp_path, None, coded) == [(24,)]


@pytest.mark.parametrize(
    ("cell", "printed", "right"),
    [
        ((1, "B16"), 1456.00, 1455),  # a grand total
        ((1, "D5"), 1105.00, None),  # nothing is printed in this class: the new figure belongs to no total
        ((3, "C7"), 1105.00, 1150),  # a class
        ((3, "E10"), 81.55, 815.5),  # an item, its point moved
        ((2, "C6"), 1309.00, 1390),  # a total that three tables state
        ((7, "E6"), 5.00, 50),  # the total of a fund
    ],
)
def test_a_misprint_is_found_once(
    tmp_path: Path, cell: tuple[int, str], printed: float, right: int | float | None
) -> None:
    found = audited(tmp_path, {cell: printed}, FINDINGS)
    assert len(found) == 1, found
    _, severity, reported, repaired, _ = found[0]
    assert severity == "error"
    if right is not None:
        assert (reported, repaired) == (Decimal(str(printed)), Decimal(str(right)))
