"""ZIP archives: one level, within limits, names as they were written, each bad member by itself."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Mapping

import pytest
import workbooks

from pipelines.documents.archive import ArchiveLimits, Member, members
from pipelines.documents.errors import UnreadableDocument

TEXT = "2024年度部门决算".encode()


def archive(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in files.items():
            container.writestr(name, content)
    return out.getvalue()


def raw_named(name: bytes) -> bytes:
    """An archive whose one name is those bytes, marked as in no particular encoding."""
    placeholder = "x" * len(name)
    return archive({placeholder: TEXT}).replace(placeholder.encode(), name)


def read(data: bytes, limits: ArchiveLimits | None = None) -> list[Member]:
    return list(members(data, limits))


def test_files_come_in_order_and_clutter_is_passed_over() -> None:
    files = {
        "b/报告.txt": TEXT,
        "a.xlsx": workbooks.bytes_of(workbooks.report()),
        "__MACOSX/b": b"x",
        "b/.DS_Store": b"x",
    }
    assert [(m.name, m.reason) for m in read(archive(files | {"c/": b""}))] == [("b/报告.txt", None), ("a.xlsx", None)]
    assert read(archive(files))[0].data == TEXT


def test_names_written_by_chinese_systems_are_read() -> None:
    assert read(raw_named("民政局/决算.txt".encode("gbk")))[0].name == "民政局/决算.txt"
    assert read(raw_named("民政局\\决算.txt".encode("gbk")))[0].name == "民政局/决算.txt"
    assert read(raw_named("民政局/决算.txt".encode()))[0].name == "民政局/决算.txt"


def test_a_name_that_climbs_out_of_the_folder_is_only_a_name() -> None:
    assert read(archive({"../../etc/passwd": TEXT}))[0] == Member("../../etc/passwd", TEXT)


def test_an_archive_in_an_archive_is_not_opened_and_its_neighbour_is() -> None:
    inner, text = read(archive({"a.zip": archive({"b.txt": TEXT}), "c.txt": TEXT}))
    assert inner.data is None
    assert "只打开一层" in (inner.reason or "")
    assert text.data == TEXT


def test_a_member_that_unpacks_to_a_thousand_times_its_size_is_refused_unread() -> None:
    bomb, text = read(archive({"bomb.txt": bytes(32 << 20), "c.txt": TEXT}))
    assert "炸弹" in (bomb.reason or "")
    assert text.data == TEXT


def test_limits_on_members_and_sizes_hold() -> None:
    with pytest.raises(UnreadableDocument, match="超过 2 个"):
        read(archive({f"{i}.txt": TEXT for i in range(3)}), ArchiveLimits(members=2))
    with pytest.raises(UnreadableDocument, match="炸弹"):
        read(archive({"a": TEXT, "b": TEXT}), ArchiveLimits(total_bytes=len(TEXT)))
    assert "炸弹" in (read(archive({"a": TEXT}), ArchiveLimits(member_bytes=5))[0].reason or "")


def test_members_that_share_their_packed_bytes_are_a_bomb() -> None:
    data = archive({"a.txt": TEXT, "b.txt": TEXT})
    directory = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    shared = bytearray(data)
    shared[directory + 42 : directory + 46] = struct.pack("<I", 0)
    with pytest.raises(UnreadableDocument, match="炸弹"):
        read(bytes(shared))


def test_an_encrypted_member_says_so() -> None:
    data = bytearray(archive({"a.txt": TEXT}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    assert "密码" in (read(bytes(data))[0].reason or "")


def test_a_damaged_member_says_so_and_its_neighbour_is_read() -> None:
    noise = random.Random(1).randbytes(500)
    data = bytearray(archive({"a.bin": noise, "b.txt": TEXT}))
    data[60] ^= 0xFF
    damaged, text = read(bytes(data))
    assert "损坏" in (damaged.reason or "")
    assert text.data == TEXT


def test_a_broken_or_empty_archive_says_so() -> None:
    whole = archive({"a.txt": TEXT})
    for cut in range(4, len(whole), 9):
        with pytest.raises(UnreadableDocument, match="不完整"):
            read(whole[:cut])
    with pytest.raises(UnreadableDocument, match="没有文件"):
        read(archive({}))
