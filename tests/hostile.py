"""At least forty files that nobody wants to find in data/raw, made by script, with names to match."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from tests import hostile_office, hostile_pdf, workbooks
from tests.test_word import report

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
SAMPLES = ("budgets/2024-上海市普陀区社会福利院-单位预算.pdf", "templates/unit_budget_template.xlsx")
"""Real files that are cut and damaged too, where they are at hand."""
LONG_LINE = 50 << 20
EIGHTHS = 8
FLIPS = 4


def files() -> dict[str, bytes]:
    """File name → bytes."""
    return {**plain(), **hostile_pdf.files(), **hostile_office.files(), **named()}


def plain() -> dict[str, bytes]:
    """What is empty, random, of another type than its name says, or text without end."""
    listed = "".join(f"合计{n}万元，其中：甲{n}万元、乙0万元，" for n in range(20_000))
    return {
        "空.txt": b"",
        "一兆个零.txt": bytes(1 << 20),
        "全是空格.txt": b" \t\r\n" * 500_000,
        "随机.pdf": random.Random(1).randbytes(100_000),
        "随机.docx": b"PK\x03\x04" + random.Random(2).randbytes(100_000),
        "随机.doc": hostile_office.SIGNATURE + random.Random(3).randbytes(100_000),
        "其实是程序.pdf": b"MZ" + bytes(1_000),
        "其实是压缩包.xlsx": b"Rar!\x1a\x07\x01\0" + bytes(100),
        "其实是工作簿.pdf": workbooks.bytes_of(workbooks.report()),
        "一行五十兆.csv": b"a,b\n1,2\n" + ",".join(["预算"] * (LONG_LINE // 7)).encode(),
        "一个数五十万位.txt": b"9" * 500_000 + "万元。\n".encode() * 3,
        "其中套其中.txt": listed.encode(),
        "十万个左括号.txt": ("（" * 100_000 + "\n" + "“" * 100_000 + "\n" + "1." * 100_000).encode(),
        "十万行制表符.txt": "项目\t预算数\t执行数\n".encode() * 100_000,
        "数不完的编号.txt": "".join(f"{n}.\n" for n in range(20_000)).encode(),
        "半个汉字.txt": "预算数".encode()[:-1] + b"\n\xff\xfe\xff" + "执行数".encode("gb18030"),
        "宽而长的表.md": ("|" + "a|" * 20_000 + "\n|" + "-|" * 20_000 + "\n" + "|\n" * 20_000).encode(),
        "宽表.md": ("|" + "a|" * 20_000 + "\n|" + "-|" * 20_000 + "\n|" + "1|" * 20_000 + "\n").encode(),
        "公式.csv": "项目,金额\n=cmd|' /C calc'!A0,1.5\n@SUM(1+1),2.5\n+1+1,3\n".encode(),
        "嵌套十万层.rtf": b"{\\rtf1 " + b"{" * 100_000 + b"12.5",
    }


def named() -> dict[str, bytes]:
    """Sound reports of one sentence each, under names that break a shell, a table, a page or a path."""
    names = (
        "换\n行.txt",
        "笑脸😀.txt",
        "-rf.txt",
        "很长" * 40 + ".txt",
        "=cmd|' /C calc'!A0.txt",
        "'; drop table x; --.txt",
        "<script>alert(1)</script>.txt".replace("/", "∕"),
        "\u202e反写txt.exe",
        "%s {} \\x00 \x1b[31m.txt",
        "CON.txt",
    )
    return {name: f"第{n}份：2024年预算数{n}.50万元。".encode() for n, name in enumerate(names)}


def damaged() -> Iterator[tuple[str, bytes]]:
    """A PDF, a DOCX, an XLSX and what the corpus has of them, cut at every eighth and with bytes changed."""
    whole = {"表.pdf": hostile_pdf.sound(), "报告.docx": report(), "簿.xlsx": workbooks.bytes_of(workbooks.report())}
    whole |= {Path(name).name: (CORPUS / name).read_bytes() for name in SAMPLES if (CORPUS / name).is_file()}
    for name, data in whole.items():
        stem, suffix = Path(name).stem, Path(name).suffix
        for eighth in range(1, EIGHTHS):
            yield f"损坏/{stem} 截至{eighth}之{EIGHTHS}{suffix}", data[: len(data) * eighth // EIGHTHS]
        for turn in range(FLIPS):
            yield f"损坏/{stem} 改动{turn}{suffix}", changed(data, random.Random(f"{name}{turn}"), 4 ** (turn + 1))


def changed(data: bytes, chance: random.Random, count: int) -> bytes:
    """The bytes with so many of them changed."""
    out = bytearray(data)
    for _ in range(count):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)
