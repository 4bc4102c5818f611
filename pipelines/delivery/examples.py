"""Documents whose SQL is run: each ```sql block is followed by a ```text block that holds its real answer.

`python -m pipelines.delivery.examples [--check]` writes the answers of the published warehouse into them, or says which
are stale. Amounts are shown with thousands separators, NULL as an empty place.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from rich.cells import cell_len

from pipelines.delivery.answers import open_published
from pipelines.settings import PROJECT, load

DOCUMENTS = ("README.md", "README.zh-CN.md", "docs/analysis.md")
_BLOCK = re.compile(r"(?P<sql>```sql\n(?P<query>.*?)```\n\n)```text\n(?P<answer>.*?)```\n", re.DOTALL)
_LONGEST = 44  # characters of a cell shown


def documents(root: Path = PROJECT) -> Iterator[Path]:
    """The documents with answered queries that exist."""
    return (root / name for name in DOCUMENTS if (root / name).exists())


def answered(text: str, con: duckdb.DuckDBPyConnection) -> str:
    """The document with the present answer under every query."""
    return _BLOCK.sub(lambda m: f"{m['sql']}```text\n{answer(con, m['query'])}```\n", text)


def answer(con: duckdb.DuckDBPyConnection, query: str) -> str:
    """The rows of a query as lines of aligned columns, headings first."""
    found = con.sql(query)
    rows = [[_text(value) for value in row] for row in found.fetchall()]
    table = [list(found.columns), *rows]
    widths = [max(cell_len(row[c]) for row in table) for c in range(len(found.columns))]
    numeric = [all(_is_number(row[c]) for row in rows) for c in range(len(found.columns))]
    return "".join(_line(row, widths, numeric) + "\n" for row in table)


def _line(row: list[str], widths: list[int], numeric: list[bool]) -> str:
    cells = []
    for text, width, right in zip(row, widths, numeric, strict=True):
        gap = " " * (width - cell_len(text))
        cells.append(gap + text if right else text + gap)
    return "  ".join(cells).rstrip()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return f"{value:,.0f}" if whole else f"{value.normalize():,f}"
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _is_number(text: str) -> bool:
    return not text or re.fullmatch(r"-?[\d,]+(?:\.\d+)?", text) is not None


def main(arguments: list[str] | None = None) -> int:
    """Writes the answers; with --check writes nothing and returns 1 where one is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args(arguments).check
    stale = []
    with open_published(load().warehouse) as con:
        for path in documents():
            text = path.read_text("utf-8")
            fresh = answered(text, con)
            if fresh != text:
                stale.append(path.name)
                if not check:
                    path.write_text(fresh, "utf-8")
    for name in stale:
        print(f"{'stale' if check else 'updated'}: {name}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
