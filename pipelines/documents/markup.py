"""Markdown: its prose, its pipe tables and the HTML tables that stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.core.model import Cell, Document
from pipelines.documents.delimited import MOST_CELLS, text_of
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.flow import Block, Grid, Paragraph, assemble
from pipelines.documents.media import MARKDOWN
from pipelines.documents.web import html_blocks

_RULE = re.compile(r"^\s{0,3}\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*$")
_CELL_END = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_EMPHASIS = re.compile(r"(\*\*|__|~~|`)(?=\S)(.+?)(?<=\S)\1")
_FENCE = re.compile(r"^\s{0,3}(?:```|~~~)")
_TABLE_TAG = re.compile(r"<(/?)table\b[^>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")


def read_markdown(data: bytes, sha256: str) -> Document:
    """Markdown with its pipe tables, and with HTML tables inside it. Raises UnreadableDocument."""
    text = text_of(data)
    blocks: list[Block] = []
    reasons: list[str] = []
    at = 0
    for start, end in _html_tables(text):
        inner, reason = html_blocks(text[start:end])
        blocks += [*_markdown(text[at:start]), *inner]
        reasons += [reason] if reason else []
        at = end
    blocks += _markdown(text[at:])
    return assemble(blocks, sha256=sha256, media_type=MARKDOWN, engine="markdown", reason="；".join(reasons) or None)


def _html_tables(text: str) -> Iterator[tuple[int, int]]:
    """Where the outermost HTML tables begin and end; one that is never closed goes on to the end of the text."""
    depth = start = 0
    for m in _TABLE_TAG.finditer(text):
        if not m[1]:
            start = m.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield start, m.end()
    if depth:
        yield start, len(text)


def _markdown(text: str) -> Iterator[Block]:
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        if _begins_table(lines, at):
            end = at + 2
            while end < len(lines) and "|" in lines[end] and lines[end].strip():
                end += 1
            yield _pipe_table([lines[at], *lines[at + 2 : end]])
            at = end
            continue
        if not _FENCE.match(lines[at]):
            m = _HEADING.match(lines[at])
            yield Paragraph(_inline(m[1] if m else lines[at]))
        at += 1


def _begins_table(lines: Sequence[str], at: int) -> bool:
    if at + 1 >= len(lines) or "|" not in lines[at]:
        return False
    rule = lines[at + 1]
    return "|" in rule and _RULE.match(rule) is not None and len(_fields(rule)) == len(_fields(lines[at]))


def _pipe_table(lines: Sequence[str]) -> Grid:
    rows = [_fields(line) for line in lines]
    width = max(map(len, rows))
    if len(rows) * width > MOST_CELLS:
        raise UnreadableDocument(f"Markdown 表格的行列数异常庞大（{len(rows)} 行 × {width} 列），不予读取")
    if not any(rows[0]):  # a table that had no heading row is written with a blank one
        rows = rows[1:] or rows
    return Grid(
        tuple(
            Cell(r, c, _inline(_BREAK.sub("\n", row[c])) if c < len(row) else "")
            for r, row in enumerate(rows)
            for c in range(width)
        )
    )


def _fields(line: str) -> list[str]:
    inner = line.strip()
    inner = inner[1:] if inner.startswith("|") else inner
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [field.strip().replace("\\|", "|") for field in _CELL_END.split(inner)]


def _inline(text: str) -> str:
    """Text without the marks of emphasis and pictures; an asterisk that marks nothing stays."""
    return _EMPHASIS.sub(r"\2", _PICTURE.sub("", text))
