"""The media type of a file by its content, and why some types are not read. Names and extensions are not looked at."""

from __future__ import annotations

import re

from pipelines.documents import media
from pipelines.documents.compound import SIGNATURE, Compound
from pipelines.documents.delimited import DELIMITERS, delimiter_of, is_rectangular
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.package import LOCKED, damage_explained, open_zip
from pipelines.documents.text import decode

REFUSED = {
    media.EMPTY: "文件是空的（0 字节），请重新获取后再提交",
    media.UNKNOWN: "不是可识别的文件格式（内容不是 PDF、Word、Excel、网页、文本或压缩包），文件可能已损坏",
    media.ENCRYPTED: LOCKED,
    media.PPT: "PowerPoint 演示文稿不读取，请另存为 PDF 后再提交",
    media.XLSB: "XLSB 格式不读取，请用 Excel 或 WPS 另存为 XLSX 后再提交",
    media.ODS: "ODS 格式不读取，请另存为 XLSX 后再提交",
    media.OFD: "OFD 版式文件不读取，请另存为 PDF 后再提交",
    media.XML: "XML 文件（如 Excel 2003 XML 表格）不读取，请另存为 XLSX 或 DOCX 后再提交",
    media.RAR: "RAR 压缩包不读取，请解压后提交其中的文件",
    media.SEVEN_ZIP: "7z 压缩包不读取，请解压后提交其中的文件",
    media.GZIP: "GZIP 压缩包不读取，请解压后提交其中的文件",
    media.TAR: "TAR 归档不读取，请解压后提交其中的文件",
    media.PROGRAM: "这是可执行程序，不是报告",
}
"""Types that no reader takes, with the reason in words for the person who sent the file."""

_SIGNATURES = (
    (b"{\\rtf", media.RTF),
    (b"\x89PNG\r\n\x1a\n", media.PNG),
    (b"\xff\xd8\xff", media.JPEG),
    (b"II*\0", media.TIFF),
    (b"MM\0*", media.TIFF),
    (b"GIF8", media.GIF),
    (b"BM", media.BMP),
    (b"Rar!\x1a\x07", media.RAR),
    (b"7z\xbc\xaf\x27\x1c", media.SEVEN_ZIP),
    (b"\x1f\x8b", media.GZIP),
    (b"MZ", media.PROGRAM),
)
_BITMAP = re.compile(rb"BM.{4}\0\0\0\0", re.DOTALL)
_CONTENT_TYPES = (
    ("wordprocessingml", media.DOCX),
    ("ms-word.", media.DOCX),
    ("sheet.binary", media.XLSB),
    ("spreadsheetml", media.XLSX),
    ("ms-excel.", media.XLSX),
    ("presentationml", media.PPT),
    ("ms-powerpoint", media.PPT),
)
_MAIN = re.compile(r'ContentType="([^"]+\.main\+xml|[^"]+binary[^"]*\.main)"')
_STREAMS = (
    ("EncryptedPackage", media.ENCRYPTED),
    ("WordDocument", media.DOC),
    ("Workbook", media.XLS),
    ("Book", media.XLS),
    ("PowerPoint Document", media.PPT),
    ("MatOST", media.WORKS),
)
_HEAD = 4096
_LARGEST_DIRECTORY = 1 << 20
_HTML = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!\[[^>]*>\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|span|font|center|h[1-6]|ul|ol|script|style|br)\b",
    re.IGNORECASE | re.DOTALL,
)
_MHTML = re.compile(r"^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE)
_MHTML_BODY = re.compile(r"Content-Type:\s*(?:multipart/(?:related|mixed|alternative)|text/html)", re.IGNORECASE)
_HTML_TABLE = (re.compile(r"<table\b", re.IGNORECASE), re.compile(r"<tr\b", re.IGNORECASE))
_HEADING = re.compile(r"^#{1,6}\s+\S", re.MULTILINE)
_BLANK = r"[^\S\n]*+"
_RULE = rf"{_BLANK}:?-++:?{_BLANK}"
_PIPE_RULE = re.compile(rf"^{_BLANK}\|?{_RULE}(?:\|{_RULE})++\|?{_BLANK}$", re.MULTILINE)
_GOES_ON = re.compile(r"^[^\"]*[。；][^\"\s]{4}")
_CELL = re.compile(r"[^|\n]*\|\s*$")
_LINES = 100
_CONTROL = re.compile(r"[\x00-\x06\x0e-\x19\x1b-\x1f]")
_MOST_CONTROLS = 0.01
_MOST_BROKEN = 0.02
"""Shares of characters that a damaged text may still have of control codes and of bytes in no encoding."""


def sniff(data: bytes) -> str:
    """The media type of some bytes; `UNKNOWN` where nothing is recognised. Never raises."""
    if not data:
        return media.EMPTY
    if b"%PDF-" in data[:1024]:
        return media.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(data)
    if data.startswith(SIGNATURE):
        return _in_compound(data)
    for signature, media_type in _SIGNATURES:
        if data.startswith(signature) and (signature != b"BM" or _BITMAP.match(data)):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return media.WEBP
    if data[257:262] == b"ustar":
        return media.TAR
    return _as_text(data)


def refusal(media_type: str) -> str | None:
    """Why files of a type are not read, in Chinese; None for types that have a reader."""
    return REFUSED.get(media_type)


def _in_zip(data: bytes) -> str:
    try:
        with damage_explained():
            container = open_zip(data)
            names = {i.filename: i for i in container.infolist()}
            for name in ("[Content_Types].xml", "mimetype"):
                if name in names and names[name].file_size <= _LARGEST_DIRECTORY:
                    text = container.read(name).decode("utf-8", "replace")
                    return _of_package(text) if name[0] == "[" else text.strip()
    except UnreadableDocument:
        return media.ZIP  # whose reader says what is wrong with it
    return media.OFD if "OFD.xml" in names else media.ZIP


def _of_package(content_types: str) -> str:
    main = " ".join(_MAIN.findall(content_types)) or content_types
    return next((media_type for word, media_type in _CONTENT_TYPES if word in main), media.ZIP)


def _in_compound(data: bytes) -> str:
    try:
        compound = Compound(data)
    except UnreadableDocument:
        return media.UNKNOWN
    held = [media_type for names in (compound.top, compound.streams) for name, media_type in _STREAMS if name in names]
    return held[0] if held else media.UNKNOWN


def _as_text(data: bytes) -> str:
    head = data[:_HEAD].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").decode("latin-1")
    if _HTML.match(head):
        return media.HTML
    if _MHTML.match(head.replace("\r\n", "\n")) and _MHTML_BODY.search(head):
        return media.MHTML
    if head.lstrip().startswith("<?xml"):
        return media.XML
    text = decode(data)
    if text is None:
        text = data.decode("utf-8", "replace")
        if text.count("\ufffd") > _MOST_BROKEN * len(text):
            return media.UNKNOWN
        return media.UNKNOWN if _is_binary(text) else media.TEXT  # whose reader says what is wrong with it
    return media.UNKNOWN if _is_binary(text) else _kind_of(text)


def _is_binary(text: str) -> bool:
    return len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text)


def _has_html_table(text: str) -> bool:
    table, row = _HTML_TABLE
    found = table.search(text)
    return found is not None and row.search(text, found.end()) is not None


def _kind_of(text: str) -> str:
    if _PIPE_RULE.search(text) or _has_html_table(text) or len(_HEADING.findall(text)) > 1:
        return media.MARKDOWN
    if is_rectangular(text, DELIMITERS[media.TSV]):  # with anything else around it, a text whose reader knows tabs
        return media.TSV
    delimited = delimiter_of(text, DELIMITERS[media.CSV]) and not _is_prose(text) and not _is_cells(text)
    return media.CSV if delimited else media.TEXT


def _is_cells(text: str) -> bool:
    """Whether most lines are one cell of a table and the bar that ends it."""
    lines = [line for line in text.splitlines()[:_LINES] if line.strip()]
    return 2 * sum(_CELL.match(line) is not None for line in lines) > len(lines)


def _is_prose(text: str) -> bool:
    """Whether most lines hold a sentence's end and words after it: prose whose commas are half-width."""
    lines = [line for line in text.splitlines()[:_LINES] if line.strip()]
    return 2 * sum(_GOES_ON.search(line) is not None for line in lines) > len(lines)
