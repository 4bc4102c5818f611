"""ZIP containers and the XML inside them, opened within limits that are checked before anything is unpacked."""

from __future__ import annotations

import io
import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from lxml import etree

from pipelines.documents.errors import UnreadableDocument

MOST_ENTRIES = 5_000
LARGEST_PART = 64 << 20
"""Bytes of one XML part when unpacked; the largest real report measured has 1 MB."""
LARGEST_TREE = 32 << 20
"""Bytes of a part that is held as a tree, which takes about ten times as much memory."""
LARGEST_XML = 256 << 20
"""Bytes of all XML parts of an office file together."""
SMALL = 4 << 20
"""What unpacks to less than this is never called a bomb, however well it packs."""
MOST_RATIO = 250
"""Styled empty rows pack to 1 : 100 in real workbooks; a bomb to 1 : 1000."""
_HEAD = 1024
_ENCRYPTED = 0x1
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    etree.XMLSyntaxError,
    EOFError,
    OSError,  # bz2 over a broken stream
    ValueError,
    OverflowError,
)

BOMB = "文件解压后异常庞大（疑似压缩炸弹），为安全起见不予读取"
TRUNCATED = "文件不完整或已损坏（可能在下载、复制时被截断），请重新获取后再提交"
LOCKED = "文件设有密码，无法读取，请提供不加密的文件"
ENTITIES = "文件内含实体定义（DTD），正常的办公文档不会有，为安全起见不予读取"


def open_zip(data: bytes | IO[bytes]) -> zipfile.ZipFile:
    """The container, with the number of its entries checked. Raises UnreadableDocument."""
    with damage_explained():
        container = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
    if len(container.infolist()) > MOST_ENTRIES:
        raise UnreadableDocument(f"压缩包内文件超过 {MOST_ENTRIES} 个，不予读取")
    return container


def is_bomb(size: int, packed: int) -> bool:
    """Whether a stated size is out of all proportion to the bytes that it is packed in."""
    return size > SMALL and size > MOST_RATIO * max(packed, 1)


@contextmanager
def damage_explained() -> Iterator[None]:
    """Turns what the ZIP and XML libraries raise over broken bytes into UnreadableDocument."""
    try:
        yield
    except _DAMAGE as e:
        raise UnreadableDocument(TRUNCATED) from e
    except NotImplementedError as e:
        raise UnreadableDocument("文件使用了不支持的压缩方式，请另存后再提交") from e
    except RuntimeError as e:  # what zipfile raises over an encrypted entry
        raise UnreadableDocument(LOCKED) from e


class Package:
    """An Office Open XML file: its parts by name, parsed without entities, network or huge trees."""

    def __init__(self, data: bytes) -> None:
        self._zip = open_zip(data)
        self._entries = {i.filename.lower().lstrip("/"): i for i in self._zip.infolist()}
        parts = [i for i in self._zip.infolist() if i.filename.lower().endswith((".xml", ".rels"))]
        if sum(i.file_size for i in parts) > LARGEST_XML:
            raise UnreadableDocument(BOMB)
        for part in parts:
            if part.flag_bits & _ENCRYPTED:
                raise UnreadableDocument(LOCKED)
            if part.file_size > LARGEST_PART or is_bomb(part.file_size, part.compress_size):
                raise UnreadableDocument(BOMB)
            self._refuse_entities(part)

    def names(self) -> list[str]:
        """The parts' names, in lower case."""
        return list(self._entries)

    def xml(self, name: str) -> etree._Element | None:
        """The root element of a part, None where there is no such part. Raises UnreadableDocument."""
        entry = self._entries.get(name.lower())
        if entry is None:
            return None
        if entry.file_size > LARGEST_TREE:
            raise UnreadableDocument(f"文件正文超过 {LARGEST_TREE >> 20} MB，请拆分后再提交")
        with damage_explained():
            return etree.fromstring(self._zip.read(entry), _parser())

    @contextmanager
    def stream(self, name: str) -> Iterator[IO[bytes] | None]:
        """A part opened for reading piece by piece, None where there is no such part."""
        entry = self._entries.get(name.lower())
        if entry is None:
            yield None
            return
        with damage_explained(), self._zip.open(entry) as part:
            yield part

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """For a part, what it refers to: id → (kind of relation, name of the other part)."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return {}
        return {
            r.get("Id", ""): (r.get("Type", "").rpartition("/")[2], _resolved(folder, r.get("Target", "")))
            for r in root
            if r.get("TargetMode") != "External"
        }

    def related(self, name: str, kind: str) -> str | None:
        """The name of the first part that another (or the package, name "") refers to by that kind of relation."""
        return next((part for k, part in self.relations(name).values() if k == kind), None)

    def _refuse_entities(self, part: zipfile.ZipInfo) -> None:
        with damage_explained(), self._zip.open(part) as stream:
            head = stream.read(_HEAD).replace(b"\0", b"").upper()
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise UnreadableDocument(ENTITIES)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )


def _resolved(folder: str, target: str) -> str:
    path = target if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(path).lstrip("/")


def local(element: etree._Element) -> str:
    """An element's name without its namespace, so that transitional and strict files read alike."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its local name, whatever its namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of local names, None where a step is missing."""
    for name in path:
        if element is None:
            return None
        element = next((e for e in element if local(e) == name), None)
    return element
