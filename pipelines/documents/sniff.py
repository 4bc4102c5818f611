"""The media type of a file by its content, and why some types are not read. Names and extensions are not looked at."""

from __future__ import annotations

import re

from pipelines.documents.compound import SIGNATURE, Compound
from pipelines.documents.delimited import CSV, DELIMITERS, TSV, delimiter_of, is_rectangular
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.package import LOCKED, damage_explained, open_zip
from pipelines.documents.text import decode

EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"
ENCRYPTED = "application/x-encrypted-office"
PDF = "application/pdf"
ZIP = "application/zip"
TEXT = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
MHTML = "multipart/related"
DOC = "application/msword"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLS = "application/vnd.ms-excel"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPT = "application/vnd.ms-powerpoint"
XLSB = "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
OFD = "application/ofd"
XML = "application/xml"

REFUSED = {
    EMPTY: "文件是空的（0 字节），请重新获取后再提交",
    UNKNOWN: "不是可识别的文件格式（内容不是 PDF、Word、Excel、网页、文本或压缩包），文件可能已损坏",
    ENCRYPTED: LOCKED,
    PPT: "PowerPoint 演示文稿不读取，请另存为 PDF 后再提交",
    XLSB: "XLSB 格式不读取，请用 Excel 或 WPS 另存为 XLSX 后再提交",
    ODS: "ODS 格式不读取，请另存为 XLSX 后再提交",
    OFD: "OFD 版式文件不读取，请另存为 PDF 后再提交",
    XML: "XML 文件（如 Excel 2003 XML 表格）不读取，请另存为 XLSX 或 DOCX 后再提交",
    "application/vnd.rar": "RAR 压缩包不读取，请解压后提交其中的文件",
    "application/x-7z-compressed": "7z 压缩包不读取，请解压后提交其中的文件",
    "application/gzip": "GZIP 压缩包不读取，请解压后提交其中的文件",
    "application/x-tar": "TAR 归档不读取，请解压后提交其中的文件",
    "application/vnd.microsoft.portable-executable": "这是可执行程序，不是报告",
}
"""Types that no reader takes, with the reason in words for the person who sent the file."""

_SIGNATURES = (
    (b"{\\rtf", "application/rtf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
)
_BITMAP = re.compile(rb"BM.{4}\0\0\0\0", re.DOTALL)
_CONTENT_TYPES = (
    ("wordprocessingml", DOCX),
    ("ms-word.", DOCX),
    ("sheet.binary", XLSB),
    ("spreadsheetml", XLSX),
    ("ms-excel.", XLSX),
    ("presentationml", PPT),
    ("ms-powerpoint", PPT),
)
_MAIN = re.compile(r'ContentType="([^"]+\.main\+xml|[^"]+binary[^"]*\.main)"')
_STREAMS = (
    ("EncryptedPackage", ENCRYPTED),
    ("WordDocument", DOC),
    ("Workbook", XLS),
    ("Book", XLS),
    ("PowerPoint Document", PPT),
    ("MatOST", "application/vnd.ms-works"),
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
_HTML_TABLE = re.compile(r"<table\b[^>]*>.*?<tr\b", re.IGNORECASE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6}\s+\S", re.MULTILINE)
_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x06\x0e-\x19\x1b-\x1f]")
_MOST_CONTROLS = 0.01
_MOST_BROKEN = 0.02
"""Shares of characters that a damaged text may still have of control codes and of bytes in no encoding."""


def sniff(data: bytes) -> str:
    """The media type of some bytes; `UNKNOWN` where nothing is recognised. Never raises."""
    if not data:
        return EMPTY
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(data)
    if data.startswith(SIGNATURE):
        return _in_compound(data)
    for signature, media_type in _SIGNATURES:
        if data.startswith(signature) and (signature != b"BM" or _BITMAP.match(data)):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[257:262] == b"ustar":
        return "application/x-tar"
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
        return ZIP  # whose reader says what is wrong with it
    return OFD if "OFD.xml" in names else ZIP


def _of_package(content_types: str) -> str:
    main = " ".join(_MAIN.findall(content_types)) or content_types
    return next((media_type for word, media_type in _CONTENT_TYPES if word in main), ZIP)


def _in_compound(data: bytes) -> str:
    try:
        streams = Compound(data).streams
    except UnreadableDocument:
        return UNKNOWN
    return next((media_type for name, media_type in _STREAMS if name in streams), UNKNOWN)


def _as_text(data: bytes) -> str:
    head = data[:_HEAD].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").decode("latin-1")
    if _HTML.match(head):
        return HTML
    if _MHTML.match(head.replace("\r\n", "\n")) and _MHTML_BODY.search(head):
        return MHTML
    if head.lstrip().startswith("<?xml"):
        return XML
    text = decode(data)
    if text is None:
        broken = data.decode("utf-8", "replace")
        return TEXT if broken.count("\ufffd") <= _MOST_BROKEN * len(broken) and not _is_binary(broken) else UNKNOWN
    return UNKNOWN if _is_binary(text) else _kind_of(text)


def _is_binary(text: str) -> bool:
    return len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text)


def _kind_of(text: str) -> str:
    if _PIPE_RULE.search(text) or _HTML_TABLE.search(text) or len(_HEADING.findall(text)) > 1:
        return MARKDOWN
    if is_rectangular(text, DELIMITERS[TSV]):  # with anything else around it, a text whose reader knows tabs
        return TSV
    return CSV if delimiter_of(text, DELIMITERS[CSV]) else TEXT
