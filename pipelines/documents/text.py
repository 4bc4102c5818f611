"""Plain text files: decoding, pages and lines."""

from __future__ import annotations

import codecs
import re

from pipelines.core.model import Document, Line

MEDIA_TYPE = "text/plain"
LARGEST_TEXT = 8 << 20
"""Characters; the longest report of a whole city at hand has a tenth of that."""
TOO_LONG = f"文字超过 {LARGEST_TEXT // 10_000} 万字，请拆分后再提交"
_OTHER_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f]")  # as typesetting programs write a space
_CELL = re.compile(r"[^\t\n]+")
_CODECS = ("utf-8", "gb18030")


def read_text(data: bytes, sha256: str) -> Document:
    """A text file as a Document; a form feed begins a new page. Never raises: what no codec fits is quarantined."""
    text = decode(data)
    if text is None:
        return _refused(sha256, "文件不是可识别编码（UTF-8、UTF-16、GB18030）的文本")
    if not text.strip():
        return _refused(sha256, "文件没有任何文字")
    if len(text) > LARGEST_TEXT:
        return _refused(sha256, TOO_LONG)
    lines = []
    page, start = 1, 0
    for number, printed in enumerate(text.split("\n"), 1):
        page += printed.count("\f")
        lines.append(Line(page, number, printed, start))
        start += len(printed) + 1
    return Document(sha256, MEDIA_TYPE, text, tuple(lines), page)


def _refused(sha256: str, reason: str) -> Document:
    return Document(sha256, MEDIA_TYPE, "", (), 0, status="quarantined", reason=reason)


def decode(data: bytes) -> str | None:
    """The text with `\\n` line ends, or None where no known encoding fits or it holds binary data."""
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _decoded(data, codec)
    if b"\0" in data:
        return None
    return next((t for codec in _CODECS if (t := _decoded(data, codec)) is not None), None)


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        text = data.decode(codec).replace("\r\n", "\n").replace("\r", "\n")
        return _CELL.sub(_with_plain_spaces, _OTHER_SPACES.sub(" ", text))
    except UnicodeDecodeError:
        return None


def _with_plain_spaces(cell: re.Match[str]) -> str:
    """Alone in a cell, a wide space is what is printed there; else it is a space like others."""
    return cell[0] if cell[0].isspace() else cell[0].replace("\u3000", " ")
