"""Types are told by content; names are never asked."""

from __future__ import annotations

import random
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
import wordfiles
import workbooks
from test_archive import archive

from pipelines.documents import media
from pipelines.documents.sniff import REFUSED, refusal, sniff

HERE = Path(__file__).parent
RAW = HERE.parent / "data" / "raw"
PROSE = "一、收入情况\n2024年收入100万元，比上年增加5万元，增长5%。\n"


def test_office_files_are_told_apart_inside_their_containers() -> None:
    assert sniff(workbooks.bytes_of(workbooks.report())) == media.XLSX
    assert sniff(wordfiles.bytes_of(docx.Document())) == media.DOCX
    assert sniff((HERE / "files" / "report.xls").read_bytes()) == media.XLS
    assert sniff(archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"x"})) == media.ODT
    assert sniff(archive({"OFD.xml": b"x"})) == media.OFD
    assert sniff(archive({"a.docx": wordfiles.bytes_of(docx.Document())})) == media.ZIP


def test_the_five_reports_are_plain_text() -> None:
    reports = sorted(RAW.glob("*.txt"))
    assert len(reports) >= 5
    assert {sniff(path.read_bytes()) for path in reports} == {media.TEXT}


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        ("<!DOCTYPE html><html><p>一", media.HTML),
        ("\n <?xml version='1.0'?>\n<!-- x --><html xmlns='y'>", media.HTML),
        ("<table><tr><td>一</table>", media.HTML),
        ("<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", media.XML),
        (PROSE, media.TEXT),
        (PROSE + "| 项目 | 金额 |\n|---|---|\n| a | 1 |\n", media.MARKDOWN),
        ("# 一\n\n一句。\n\n## 二\n", media.MARKDOWN),
        (PROSE + "<table><tr><td>一</td></tr></table>", media.MARKDOWN),
        ("收入表\n项目,金额\n甲,1\n乙,2\n", media.CSV),
        ("项目\t金额\n甲\t1\n乙\t2\n", media.TSV),
        (PROSE + "项目\t金额\n甲\t1\n乙\t2\n", media.TEXT),
        ("a, b\nc\nd\ne\n", media.TEXT),
        ("{\\rtf1\\ansi x}", media.RTF),
        ("%PDF-1.7\n", media.PDF),
    ],
)
def test_texts_are_told_apart_in_every_encoding_they_come_in(text: str, media_type: str) -> None:
    codecs = ["utf-8", "gb18030"]
    if media_type not in (media.RTF, media.PDF):
        codecs += ["utf-8-sig", "utf-16"]
    assert {sniff(text.encode(codec)) for codec in codecs} == {media_type}


def test_a_page_saved_in_one_file_is_told_by_its_headers() -> None:
    message = EmailMessage()
    message["From"] = "<Saved by Word>"
    message.set_content("<p>一", subtype="html")
    assert sniff(bytes(message)) == media.MHTML


def test_a_text_with_a_few_broken_bytes_is_still_a_text() -> None:
    whole = (PROSE * 20).encode()
    assert sniff(whole[:500] + b"\xff" + whole[501:]) == media.TEXT


def test_random_bytes_are_unknown_and_have_a_reason() -> None:
    chance = random.Random(7)
    kinds = {sniff(chance.randbytes(n)) for n in (64, 600, 5000, 50_000) for _ in range(20)}
    assert kinds == {media.UNKNOWN}
    assert refusal(media.UNKNOWN) is not None


def test_every_refused_type_says_why_and_no_read_type_is_refused() -> None:
    assert all(reason.strip() for reason in REFUSED.values())
    read = {media.PDF, media.DOC, media.DOCX, media.RTF, media.XLS, media.XLSX, media.HTML, media.MHTML, media.TEXT}
    assert not read & set(REFUSED)
    assert refusal(sniff(b"")) == "文件是空的（0 字节），请重新获取后再提交"


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n", media.PNG),
        (b"\xff\xd8\xff\xe0", media.JPEG),
        (b"Rar!\x1a\x07\x01\x00", media.RAR),
        (b"\x1f\x8b\x08", media.GZIP),
        (b"MZ\x90\x00", media.PROGRAM),
        (b"PK\x03\x04truncated", media.ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", media.UNKNOWN),
    ],
)
def test_binary_files_are_told_by_their_signatures(head: bytes, media_type: str) -> None:
    assert sniff(head + bytes(range(256))) == media_type
