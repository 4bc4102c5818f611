"""Tables as delimited text: CSV and TSV."""

from __future__ import annotations

import csv

from pipelines.core.model import Document
from pipelines.documents.area import Area
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.flow import assemble
from pipelines.documents.media import CSV, TSV
from pipelines.documents.regions import blocks_of
from pipelines.documents.text import LARGEST_TEXT, TOO_LONG, decode

DELIMITERS = {CSV: ",;|", TSV: "\t"}
MOST_CELLS = 1_000_000
TOO_MANY_CELLS = "分隔文本（CSV）的行列数异常庞大，不予读取"
_LEAST_SAME = 0.9
"""Share of a delimited file's lines that have as many fields as most have."""
_SAMPLE = 400  # lines that tell whether a text is delimited
_SAMPLE_WIDTH = 100_000  # characters of a line that are looked at for that


def read_csv(data: bytes, sha256: str, media_type: str = CSV) -> Document:
    """Delimited text; title, unit and note lines around its table, and several tables in it, are told apart.

    Raises UnreadableDocument.
    """
    text = text_of(data)
    delimiter = delimiter_of(text, DELIMITERS[media_type]) or DELIMITERS[media_type][0]
    if text.count(delimiter) > MOST_CELLS:
        raise UnreadableDocument(TOO_MANY_CELLS)
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    except csv.Error as e:
        raise UnreadableDocument("分隔文本（CSV）格式有误，无法读取") from e
    texts = {(r, c): field.strip() for r, row in enumerate(rows) for c, field in enumerate(row) if field.strip()}
    if len(rows) * max(map(len, rows), default=0) > MOST_CELLS:
        raise UnreadableDocument(TOO_MANY_CELLS)
    return assemble(blocks_of(Area(texts)), sha256=sha256, media_type=media_type, engine="csv")


def delimiter_of(text: str, candidates: str) -> str | None:
    """The delimiter by which nearly all lines with several fields have equally many; None where there is none.

    Lines of one field are titles and notes, and may be a third of all.
    """
    for delimiter in candidates:
        widths = _widths(text, delimiter)
        several = [w for w in widths if w > 1]
        usual = max(set(several), key=several.count, default=0)
        enough = len(several) >= 2 and 3 * len(several) >= 2 * len(widths)
        if enough and several.count(usual) >= _LEAST_SAME * len(several):
            return delimiter
    return None


def is_rectangular(text: str, delimiter: str) -> bool:
    """Whether every line that is not blank has the same number of fields, two or more."""
    widths = _widths(text, delimiter)
    return len(widths) >= 2 and len(set(widths)) == 1 and widths[0] > 1


def _widths(text: str, delimiter: str) -> list[int]:
    lines = [line[:_SAMPLE_WIDTH] for line in text.splitlines()[:_SAMPLE] if line.strip()]
    try:
        return [len(row) for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        return []


def text_of(data: bytes) -> str:
    """The text of a file that must hold some. Raises UnreadableDocument."""
    text = decode(data)
    if text is None:
        raise UnreadableDocument("文件不是可识别编码（UTF-8、UTF-16、GB18030）的文本")
    if not text.strip():
        raise UnreadableDocument("文件没有任何文字")
    if len(text) > LARGEST_TEXT:
        raise UnreadableDocument(TOO_LONG)
    return text.lstrip("\ufeff")
