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
