"""Web pages: HTML (also saved by Word and Excel, also as MHTML) by lxml, with tables by their rowspan and colspan."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage

from lxml import etree

from pipelines.core.model import Document
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.flow import Block, Grid, Paragraph, assemble
from pipelines.documents.media import HTML, MHTML
from pipelines.documents.nested import table_blocks
from pipelines.documents.text import decode
from pipelines.documents.web_table import caption_of, holders_of, is_hidden

LARGEST_PAGE = 32 << 20
"""Bytes; a page of tables saved by Excel has some megabytes."""
MOST_TABLES_DEEP = 30
NOTHING = "网页中没有可读的文字（内容可能由脚本载入，请保存完整网页后再提交）"
_DECLARED = re.compile(
    rb"<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w-]{3,20})", re.I
)
_LOOK_FOR_CHARSET = 4096
_AS_GB18030 = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "gb18030", "hz-gb-2312"})
_SKIPPED = re.compile(
    r"script|style|noscript|template|head|nav|button|select|option|textarea|iframe|object|svg|canvas|[vwx]:.*|o:(?!p$).*"
)
_BLOCK = re.compile(
    r"address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|"
    r"header|hr|html|legend|li|main|ol|p|pre|section|summary|table|td|th|tr|tbody|thead|tfoot|ul"
)
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")


def read_html(data: bytes, sha256: str) -> Document:
    """A web page; all of it is page 1. Tables that only lay out the page give way to what they hold.

    Raises UnreadableDocument.
    """
    return _page(page_text(data), sha256, HTML)


def read_mhtml(data: bytes, sha256: str) -> Document:
    """A page that a browser or Word saved in one file (`.mht`, often named `.doc`). Raises UnreadableDocument."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == HTML and isinstance(part, EmailMessage):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return _page(page_text(content, part.get_content_charset()), sha256, MHTML)
    raise UnreadableDocument("网页存档（MHTML）中没有网页正文，可能已损坏")


def html_blocks(text: str) -> tuple[list[Block], str | None]:
    """The paragraphs and grids of a page or piece of one, and why some of it is missing. Raises UnreadableDocument."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )  # huge: unclosed tags in old pages nest deeper than the default allows; HTML has no entities of its own
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as e:
        raise UnreadableDocument(NOTHING) from e
    if root is None:
        raise UnreadableDocument(NOTHING)
    title = root.findtext("head/title")
    head: list[Block] = [Paragraph(_squeezed(title))] if title and title.strip() else []
    cut = any(e.type_name == "ERR_RESOURCE_LIMIT" for e in parser.error_log)
    return head + _Flow(0).blocks(root), "网页标签嵌套过深，其后的内容未能读取" if cut else None


def page_text(data: bytes, declared: str | None = None) -> str:
    """A page's text: by its byte order mark, as UTF-8 if it is, else as it declares (GBK as GB18030), else as detected.

    A page that is UTF-8 is read so whatever it declares: Chinese text in GBK is as good as never valid UTF-8. Bytes
    that fit no encoding become `\ufffd`.
    """
    if len(data) > LARGEST_PAGE:
        raise UnreadableDocument("网页文件过大，不予读取")
    text = decode(data)
    if text is not None and (_is_utf8(data) or not _codec(data, declared)):
        return text
    codec = _codec(data, declared) or ("utf-8" if _is_mostly_utf8(data) else "gb18030")
    return data.decode(codec, "replace")


def _codec(data: bytes, declared: str | None) -> str | None:
    m = _DECLARED.search(data[:_LOOK_FOR_CHARSET])
    name = (declared or (m[1].decode("ascii") if m else "")).lower()
    if name in _AS_GB18030:
        return "gb18030"
    try:
        "".encode(name)
    except LookupError:
        return None
    return name or None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf8(data: bytes) -> bool:
    return data.decode("utf-8", "replace").count("\ufffd") <= data.decode("gb18030", "replace").count("\ufffd")


def _page(text: str, sha256: str, media_type: str) -> Document:
    blocks, reason = html_blocks(text)
    if not any(isinstance(b, Grid) or b.text.strip() for b in blocks):
        raise UnreadableDocument(NOTHING)
    return assemble(blocks, sha256=sha256, media_type=media_type, engine="html", reason=reason)


class _Flow:
    """Collects the text between block elements into paragraphs; `depth` counts the tables around it."""

    def __init__(self, depth: int) -> None:
        self._depth = depth
        self._text: list[str] = []

    def blocks(self, root: etree._Element) -> list[Block]:
        """The content of an element, without what is not shown."""
        return [*self._walk(root), *self._ended()]

    def _walk(self, root: etree._Element) -> Iterator[Block]:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = str(element.tag)
            is_block = _BLOCK.fullmatch(name) is not None
            if is_block:
                yield from self._ended()
            if event == "end":
                self._text.append(_spaced(element.tail, element.getparent()) if element is not root else "")
            elif _SKIPPED.fullmatch(name) or is_hidden(element):
                walk.skip_subtree()
            elif name == "table":
                yield from self._table(element)
                walk.skip_subtree()
            else:
                self._text.append("\n" if name == "br" else _spaced(element.text, element))

    def _ended(self) -> Iterator[Block]:
        lines = [_squeezed(line) for line in "".join(self._text).split("\n")]
        self._text.clear()
        if any(lines):
            yield Paragraph("\n".join(line for line in lines if line))

    def _table(self, element: etree._Element) -> list[Block]:
        if self._depth >= MOST_TABLES_DEEP:
            raise UnreadableDocument(f"网页表格嵌套超过 {MOST_TABLES_DEEP} 层，不予读取")
        caption = caption_of(element)
        title = _squeezed("".join(str(t) for t in caption.itertext())) if caption is not None else ""
        holders = holders_of(element, lambda cell: _Flow(self._depth + 1).blocks(cell))
        blocks = table_blocks(holders, title or None)
        return [Paragraph(title), *blocks] if title and blocks else blocks


def _spaced(text: str | None, around: etree._Element | None) -> str:
    kept = around is not None and around.tag == "pre"
    return (text or "") if kept else _SPACE.sub(" ", text or "")


def _squeezed(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" \u3000")
