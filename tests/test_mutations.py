"""Damaged files: whatever bytes change, a reader gives a document or a reason, and never anything else."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import workbooks
from test_archive import archive
from test_web import TABLE
from test_word import report

from pipelines.core.model import Document
from pipelines.documents.archive import members
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.markup import read_markdown
from pipelines.documents.sheet import read_xls, read_xlsx
from pipelines.documents.sniff import sniff
from pipelines.documents.web import read_html
from pipelines.documents.word import read_docx

XLS = (Path(__file__).parent / "files" / "report.xls").read_bytes()
READERS: dict[str, tuple[bytes, Callable[[bytes, str], Document]]] = {
    "xlsx": (workbooks.bytes_of(workbooks.report()), read_xlsx),
    "xls": (XLS, read_xls),
    "docx": (report(), read_docx),
    "html": (f"<meta charset=gbk><p>收支总表</p>{TABLE}".encode("gbk"), read_html),
    "markdown": ("# 一\n\n| 项目 | 金额 |\n|---|---|\n| 合计 | 1 |\n".encode(), read_markdown),
}
TIMES = 150


def flipped(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few changed, and sometimes a few taken out."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(out))
        if chance.random() < 0.8 or len(out) < 100:
            out[at] = chance.randrange(256)
        else:
            del out[at : at + chance.randint(1, 60)]
    return bytes(out)


def flipped_inside(data: bytes, chance: random.Random) -> bytes:
    """A container whose packing is sound and one of whose XML parts is not."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        victim = chance.choice([n for n in old.namelist() if n.endswith((".xml", ".rels"))])
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, flipped(content, chance) if name == victim else content)
    return out.getvalue()


@pytest.mark.parametrize("kind", READERS)
def test_a_file_with_changed_bytes_gives_a_document_or_a_reason(kind: str) -> None:
    data, read = READERS[kind]
    chance = random.Random(kind)
    for turn in range(TIMES):
        inside = kind in ("xlsx", "docx") and turn % 2
        damaged = flipped_inside(data, chance) if inside else flipped(data, chance)
        assert sniff(damaged)
        try:
            document = read(damaged, "0" * 64)
        except UnreadableDocument as e:
            assert e.reason
        else:
            assert document.text


@pytest.mark.parametrize("kind", READERS)
def test_a_file_cut_at_every_eighth_gives_a_document_or_a_reason(kind: str) -> None:
    data, read = READERS[kind]
    for eighth in range(8):
        try:
            assert read(data[: len(data) * eighth // 8], "0" * 64).text
        except UnreadableDocument as e:
            assert e.reason


def test_an_archive_with_changed_bytes_gives_members_or_a_reason() -> None:
    data = archive({"a.docx": report(), "b/报告.txt": "正文".encode()})
    chance = random.Random(3)
    for _ in range(TIMES):
        try:
            assert all(m.reason or m.data is not None for m in members(flipped(data, chance)))
        except UnreadableDocument as e:
            assert e.reason
