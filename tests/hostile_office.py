"""Word, Excel and web files, and archives, that are broken or made to break whoever opens them."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Sequence

from tests import wordfiles, workbooks
from tests.test_archive import archive
from tests.test_word import report

LAUGHS = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
BOMB = f'<!DOCTYPE x [<!ENTITY e0 "ha">{LAUGHS}]>'
SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT = "2024年度预算数 12.50 万元。".encode()


def files() -> dict[str, bytes]:
    """File name → bytes."""
    return {**archives(), **word(), **sheets(), **pages()}


def archives() -> dict[str, bytes]:
    """ZIP files; those that open have their members, the others one row."""
    locked = bytearray(archive({"a.txt": TEXT}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(signature) + offset] |= 1
    bomb = archive({"零.txt": bytes(64 << 20)})
    return {
        "炸弹.zip": bomb,
        "重叠的炸弹.zip": overlapping(archive({"a.txt": TEXT * 99}), 400),
        "套娃.zip": archive({"里.zip": archive({"再里.zip": archive({"a.txt": TEXT})}), "炸弹.zip": bomb}),
        "包含自己.zip": of_itself(),
        "一千个文件.zip": archive({f"{n}.txt": b"%d" % n for n in range(1_000)}),
        "加密.zip": bytes(locked),
        "空.zip": archive({}),
        "只剩一半.zip": archive({"a.bin": random.Random(1).randbytes(4_000)})[:2_000],
        "名字.zip": archive(
            {
                "../../../../tmp/gouji-climbed.txt": TEXT + b"1",
                "/tmp/gouji-absolute.txt": TEXT + b"2",
                "换\n行😀.txt": TEXT + b"3",
                "-rf": TEXT + b"4",
                "长" * 20_000: TEXT + b"5",
                "=cmd|' /C calc'!A0.csv": b"a,b\n1,2\n=1+1,3\n",
                "..\\..\\climbed.txt": TEXT + b"6",
            }
        ),
    }


def word() -> dict[str, bytes]:
    """DOCX, DOC and RTF files."""
    whole = report()
    return {
        "实体炸弹.docx": replaced(whole, "word/document.xml", f"{BOMB}<x>&e9;</x>".encode()),
        "注释之后的实体炸弹.docx": replaced(
            whole, "word/document.xml", f"<!-- {'x' * 2_000} -->{BOMB}<x>&e9;</x>".encode()
        ),
        "压缩炸弹.docx": replaced(whole, "word/document.xml", b"<w>" + b" " * (80 << 20) + b"</w>"),
        "引用外部.docx": external(whole),
        "表格套八十层.docx": with_body(nested(80)),
        "表格套三百层.docx": with_body(nested(300)),
        "一段十万字.docx": wordfiles.with_body(wordfiles.p("预算12.5万元" * 20_000)),
        "没有正文.docx": replaced(whole, "word/document.xml", b"<w/>"),
        "扇区成环.doc": compound([0xFFFFFFFE] + [1, 0] * 40),
        "空壳.doc": compound([0xFFFFFFFD] * 128),
    }


def sheets() -> dict[str, bytes]:
    """XLSX files."""
    whole = workbooks.bytes_of(workbooks.report())
    sheet, head = (
        "xl/worksheets/sheet1.xml",
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    )

    def cells(xml: bytes) -> bytes:
        return replaced(whole, sheet, head + xml + b"</worksheet>")

    one = b'<row r="1"><c r="A1"><v>12.5</v></c></row>'
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 200_001))
    merges = b"".join(b'<mergeCell ref="A%d:XFD%d"/>' % (n, n + 1_000) for n in range(1, 3_000))
    return {
        "实体炸弹.xlsx": replaced(whole, sheet, BOMB.encode() + head + b"<sheetData/></worksheet>"),
        "自称一百万行.xlsx": cells(b'<dimension ref="A1:XFD1048576"/><sheetData>' + one + b"</sheetData>"),
        "最后一行最后一列.xlsx": cells(b"<sheetData>" + one + far + b"</sheetData>"),
        "二十万行.xlsx": cells(b"<sheetData>" + rows + b"</sheetData>"),
        "合并单元格三千处.xlsx": cells(b"<sheetData>" + one + b"</sheetData><mergeCells>" + merges + b"</mergeCells>"),
        "行号是假的.xlsx": cells(b'<sheetData><row r="99999999999"><c r="ZZZZZZ0"><v>1</v></c></row></sheetData>'),
        "公式.xlsx": formulas(),
        "没有工作表.xlsx": replaced(whole, sheet, None),
    }


def pages() -> dict[str, bytes]:
    """HTML and MHTML files."""
    start = "<html><meta charset=utf-8><p>收支总表</p>"
    cell = "<td>1.5"
    return {
        "实体炸弹.html": f"{BOMB}<html><p>&e9;</p><p>预算12.5万元</p></html>".encode(),
        "一行十万格.html": f"{start}<table><tr>{cell * 100_000}</table>".encode(),
        "跨行跨列极大.html": f"{start}<table>{'<tr><td rowspan=9999999 colspan=9999999>1<td>2' * 300}</table>".encode(),
        "跨行又跨列.html": f"{start}<table>{('<tr>' + '<td rowspan=65534 colspan=10>1' * 50) * 300}</table>".encode(),
        "十万层标签.html": f"{start}{'<div>' * 100_000}12.5".encode(),
        "表格套一千层.html": f"{start}{'<table><tr><td>1<td>' * 1_000}".encode(),
        "没有结束的标签.html": f"{start}<table><tr><td {'a=b ' * 100_000}".encode(),
        "信中信.mht": b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        + b"--b\nContent-Type: message/rfc822\n\n" * 3_000
        + b"--b\nContent-Type: text/html\n\n<p>1",
    }


def replaced(package: bytes, name: str, content: bytes | None) -> bytes:
    """An office file with one part replaced, or taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
            elif content is not None:
                new.writestr(part, content)
    return out.getvalue()


def with_body(xml: str) -> bytes:
    """A DOCX whose body is that WordprocessingML, whether a library would write it or not."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<w:document xmlns:w="{space}"><w:body>{xml}</w:body></w:document>'
    return replaced(report(), "word/document.xml", xml.encode())


def external(package: bytes) -> bytes:
    """A DOCX whose picture, template and inserted document lie on other machines."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "".join(
        f'<Relationship Id="x{n}" Type="{space}/{kind}" Target="{target}" TargetMode="External"/>'
        for n, (kind, target) in enumerate(
            (
                ("image", "http://127.0.0.1:9/x.png"),
                ("aFChunk", "file:///etc/passwd"),
                ("attachedTemplate", "\\\\127.0.0.1\\x"),
            )
        )
    )
    name = "word/_rels/document.xml.rels"
    with zipfile.ZipFile(io.BytesIO(package)) as container:
        xml = container.read(name).decode()
    return replaced(package, name, xml.replace("</Relationships>", rels + "</Relationships>").encode())


def nested(depth: int) -> str:
    """Tables in tables in tables."""
    start = (
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/><w:gridCol w:w="9"/></w:tblGrid><w:tr><w:tc>'
        + wordfiles.p("1")
        + "</w:tc><w:tc>"
    )
    return start * depth + wordfiles.p("12.5") + (wordfiles.p("") + "</w:tc></w:tr></w:tbl>") * depth


def formulas() -> bytes:
    """A workbook whose texts a spreadsheet program would take for commands."""
    book = workbooks.Workbook()
    for row in (
        ["项目", "金额"],
        ["=cmd|' /C calc'!A0", 1.5],
        ['=HYPERLINK("http://127.0.0.1:9")', 2.5],
        ["@SUM(1)", 3],
        ["合计", 7],
    ):
        book.active.append(row)
    for cell in ("A2", "A3"):
        book.active[cell].data_type = "s"
    return workbooks.bytes_of(book)


def overlapping(data: bytes, times: int) -> bytes:
    """An archive whose directory names its one member many times."""
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    directory = data[start:end] * times
    tail = bytearray(data[end:])
    tail[8:12] = struct.pack("<HH", times, times)
    tail[12:16] = struct.pack("<I", len(directory))
    return data[:start] + directory + bytes(tail)


def of_itself() -> bytes:
    """An archive whose one member, stored unpacked, is what follows it: its own directory."""
    name = "包含自己.zip".encode()
    size = 46 + len(name) + 22
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0x800, 0, 0, 0, 0, size, size, len(name), 0) + name
    entry = struct.pack(
        "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0x800, 0, 0, 0, 0, size, size, len(name), 0, 0, 0, 0, 0, 0
    )
    directory = entry + name
    return local + directory + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(directory), len(local), 0)


def compound(fat: Sequence[int]) -> bytes:
    """An OLE2 container (DOC, XLS) with that sector table and nothing in it."""
    head = SIGNATURE + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, 2, 1, 0xFFFFFFFE, 0) + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    words = [*fat, *[0xFFFFFFFF] * (128 - len(fat))][:128]
    entry = (
        "WordDocument".encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB", 26, 2, 1)
        + bytes(48)
        + struct.pack("<II4x", 2, 1 << 30)
    )
    return head + struct.pack("<128I", *words) + entry * 4 + bytes(512 * 30)
