"""Tables printed again without uprights against themselves: `python -m benchmarks.without_rules FILE…`.

Each table with figures of the named PDF files is set again with rules, with horizontal rules only, with three lines and
with no rules at all, and read back. One line a style: the figures whose row label and own heading are those of the
original, and the facts that are the same, with those that are new.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

_ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(_ROOT), str(_ROOT / "tests")]

import printing  # noqa: E402
from roundtrip import Key, Paper, Placed, said  # noqa: E402

from pipelines.core.model import Table  # noqa: E402
from pipelines.core.numbers import clean_number  # noqa: E402
from pipelines.core.relations import sha256_of  # noqa: E402
from pipelines.core.traced import squeeze  # noqa: E402
from pipelines.facts.bind import facts_of_table  # noqa: E402
from pipelines.readers import opened  # noqa: E402
from pipelines.tables.layout import Grid  # noqa: E402

STYLES = ("ruled", "rows_only", "three_line", "borderless")
_YEAR = 2024  # any: the same for what is printed and what is read

Stated = Counter[tuple[str, str, str]]
"""Label of the row, own heading, figure; and how often."""


def tables(data: bytes) -> tuple[Table, ...]:
    """The tables of a file."""
    return opened(data, sha256_of(data), None).tables


def figures(table: Table) -> Stated:
    """The figures under the headings of a table: the rows above its first figure."""
    grid = Grid.of(table)
    heads = _heads(grid)
    out: Stated = Counter()
    for row in range(heads, len(grid.rows)):
        texts = [squeeze(cell.text) for _, cell in grid.own(row)]
        label = next((t for t in texts if t and clean_number(t) is None), "")
        for col in grid.numbers(row):
            headings = [t for h in range(heads) if (t := grid.text(h, col))]
            out[label, headings[-1] if headings else "", grid.text(row, col)] += 1
    return out


def stated(found: Sequence[Table]) -> Counter[Key]:
    """The facts of tables."""
    return sum((said(facts_of_table(t, _YEAR)[1]) for t in found), Counter())


def originals(paths: Sequence[Path]) -> Iterator[tuple[Table, Paper]]:
    """The tables with figures of the files, with each as it is to be printed."""
    for path in paths:
        for table in tables(path.read_bytes()):
            heads = _heads(Grid.of(table))
            if heads and figures(table):
                cells = (
                    Placed(c.row, c.col, c.text if c.row < heads else squeeze(c.text), c.row_span, c.col_span)
                    for c in table.cells
                )
                yield table, Paper(table.title, table.unit, tuple(cells), heads)


def main() -> None:
    """Compares the tables of the files that the command line names."""
    wanted = list(originals([Path(name) for name in sys.argv[1:]]))
    for style in STYLES:
        right = total = same = facts = new = 0
        for table, paper in wanted:
            printed = printing.as_pdf(paper if style == "ruled" else paper.only_heads_merged(), style)
            again = tables(printed)
            expected, found = figures(table), sum((figures(t) for t in again), Counter())
            right, total = right + (expected & found).total(), total + expected.total()
            before, after = stated([table]), stated(again)
            same, facts, new = same + (before & after).total(), facts + before.total(), new + (after - before).total()
        print(f"{style}: {right} of {total} figures, {same} of {facts} facts, {new} new", flush=True)


def _heads(grid: Grid) -> int:
    return next((row for row in range(len(grid.rows)) if grid.numbers(row)), 0)


if __name__ == "__main__":
    main()
