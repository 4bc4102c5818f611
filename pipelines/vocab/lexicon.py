"""Which pairs of characters stand side by side in words of reports: what a misread character is told by."""

from __future__ import annotations

import re
from functools import cache

from pipelines.vocab.lists import rows

_LISTS = {
    "headings.csv": ("pattern",),
    "measures.csv": ("pattern",),
    "row_labels.csv": ("pattern",),
    "table_kinds.csv": ("zh",),
    "names.csv": ("zh",),
    "indicator_levels.csv": ("name", "aliases"),
    "functional_codes.csv": ("name",),
    "economic_codes.csv": ("name",),
    "programmes.csv": ("programme_zh", "aliases"),
    "report_words.csv": ("words",),
}
"""The vocabulary's lists and those of their columns that hold words."""

_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")


@cache
def pairs() -> frozenset[str]:
    """All pairs of neighbouring ideographs in the words of the vocabulary."""
    words = (
        word
        for name, columns in _LISTS.items()
        for row in rows(name)
        for column in columns
        for word in _WORD.findall(row[column])
    )
    return frozenset(w[k : k + 2] for w in words for k in range(len(w) - 1))
