"""PDF files and images that are broken, or made to break whoever opens them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests import pdf_samples

ROWS = [["项目", "年初预算数", "执行数"], ["城乡低保补助", "423.00", "734.19"], ["临时救助", "50.00", "15.60"]]


def sound() -> bytes:
    """A PDF with a title, a unit and a ruled table, nothing wrong with it."""
    return pdf_samples.pdf(
        pdf_samples.line("2024年度项目支出情况表", align="centre"),
        pdf_samples.line("单位：万元", align="right"),
        pdf_samples.table(ROWS),
    )


def files() -> dict[str, bytes]:
    """File name → bytes."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    text = stream(b"BT /F1 12 Tf 60 700 Td (2024 12.50) Tj ET")
    return {
        "只有文件头.pdf": b"%PDF-1.7\n",
        "文件头之后是乱码.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 40,
        "打开需要密码.pdf": encrypted(),
        "一万页.pdf": long(10_000),
        "没有页面.pdf": written([CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"]),
        "页面树成环.pdf": written(
            [CATALOG, b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>", b"<</Type/Pages/Kids[2 0 R]/Count 5>>"]
        ),
        "页面数是假的.pdf": written([CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>", page, text]),
        "交叉引用表成环.pdf": sound().replace(b"trailer\n<<", b"trailer\n<</Prev 15 "),
        "表单成环.pdf": written([CATALOG, PAGES, with_form(b"5 0 R"), stream(b"/X Do"), form(b"/X Do", b"5 0 R")]),
        "表单层层相乘.pdf": multiplying_forms(),
        "页面巨大.pdf": written([CATALOG, PAGES, page.replace(b"595 842", b"9999999 9999999"), text]),
        "页面尺寸颠倒.pdf": written([CATALOG, PAGES, page.replace(b"0 0 595 842", b"842 595 -10 -1e30"), text]),
        "内容流是乱码.pdf": written([CATALOG, PAGES, page, stream(bytes(range(1, 256)) * 400)]),
        "内容流解压成数亿字节.pdf": written([CATALOG, PAGES, page, packed(bytes(64 << 20), 3)]),
        "十万条线.pdf": written([CATALOG, PAGES, page, packed(rules(100_000), 1)]),
        "同一点百万字.pdf": written([CATALOG, PAGES, with_font(page), packed(letters(300_000), 1)]),
        "内容嵌套十万层.pdf": written([CATALOG, PAGES, page, stream(b"q " * 100_000 + b"[" * 100_000)]),
        "两万像素见方.png": picture(20_000, 20_000),
        "尺寸是假的.png": picture(20_000, 20_000, rows=3),
        "扫描件_两万像素见方.pdf": written(
            [CATALOG, PAGES, with_image(b"5 0 R"), stream(b"q 595 0 0 842 0 0 cm /X Do Q"), raster(20_000)]
        ),
        "截断的.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01" + bytes(200),
    }


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def written(objects: Iterable[bytes]) -> bytes:
    """A PDF file of these objects, numbered from 1, the first being its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start)
    return bytes(out)


def stream(content: bytes, head: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(content), content)


def packed(content: bytes, times: int, head: bytes = b"") -> bytes:
    """A stream object, deflated several times over."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    return stream(content, head + b"/Filter[" + b"/FlateDecode" * times + b"]")


def form(content: bytes, inner: bytes) -> bytes:
    """A form XObject that may draw one other as X."""
    return stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %s>>>>" % inner)


def with_form(name: bytes) -> bytes:
    """A page that may draw that object as X."""
    return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X %s>>>>>>" % name


with_image = with_form


def with_font(page: bytes) -> bytes:
    """The page with a font F1."""
    return page[:-2] + b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"


def multiplying_forms(depth: int = 12, times: int = 10) -> bytes:
    """A form that draws the next one ten times, which draws the next one ten times …"""
    forms = [form(b"/X Do " * times, b"%d 0 R" % (6 + n)) for n in range(depth)]
    return written([CATALOG, PAGES, with_form(b"5 0 R"), stream(b"/X Do"), *forms, form(b"0 0 9 9 re f", b"4 0 R")])


def long(pages: int) -> bytes:
    """Many pages with one content stream."""
    kids = b" ".join(b"%d 0 R" % (n + 4) for n in range(pages))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R>>"
    content = stream(b"0 0 m 100 100 l S")
    return written([CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages), content, *[page] * pages])


def rules(count: int) -> bytes:
    """As many crossing lines."""
    return b"".join(
        b"%d 10 m %d 800 l S 10 %d m 590 %d l S " % (n % 580, n % 580, n % 830, n % 830) for n in range(count // 2)
    )


def letters(count: int) -> bytes:
    """As many letters over one another."""
    return b"BT /F1 12 Tf 60 700 Td " + b"(1) Tj 0 0 Td " * count + b"ET"


def raster(side: int) -> bytes:
    """An image object of one bit a pixel."""
    head = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 1/ColorSpace/DeviceGray" % (side, side)
    return packed(bytes(side * side // 8), 2, head)


def encrypted() -> bytes:
    """A PDF that asks for a password."""
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", strength=128), invariant=1)
    canvas.drawString(60, 700, "12.50")
    canvas.save()
    return out.getvalue()


def picture(width: int, height: int, rows: int | None = None) -> bytes:
    """A white PNG of one bit a pixel; `rows` of it are there, all unless said."""
    line = b"\0" + b"\xff" * (width // 8)
    data = zlib.compress(line * (height if rows is None else rows), 9)
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )
