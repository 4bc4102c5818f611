"""Files of WPS Office and of Microsoft Works, which share the ending .wps: what is inside decides, not the name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import workbooks
from compoundfiles import compound, streams_of
from test_word import check_report, converted, needs_libreoffice
from test_word import report as word_report

from pipelines import readers, reading
from pipelines.documents import media
from pipelines.documents.sheet import read_xls
from pipelines.documents.sniff import sniff

XLS = Path(__file__).parent / "files" / "report.xls"
WPS_MARKS = {"WpsCustomData": b"\x01\0" * 40}
"""The stream of its own that WPS Office adds; in 表格 (.et) it is called ETExtData."""
SHA = "0" * 64
WORKS = {"MatOST": b"\0" * 5000, "MM": b"\x10\0", "CONTENTS": b"CHNKWKS " + b"\0" * 5000}
"""The streams of a document of Works 4 and later, empty."""


def test_compound_files_that_tests_write_are_read_as_written() -> None:
    tree = {"小": b"12345", "大": bytes(range(256)) * 300, "空": b"", "柜": {"里": b"x" * 4096, "深": {"底": b"y"}}}
    assert streams_of(compound(tree)) == {
        "小": b"12345",
        "大": bytes(range(256)) * 300,
        "空": b"",
        "里": b"x" * 4096,
        "底": b"y",
    }


@needs_libreoffice
def test_a_wps_file_of_wps_office_gives_what_the_same_docx_gives(tmp_path: Path) -> None:
    data = compound(streams_of(converted(word_report(), tmp_path, "doc:MS Word 97")) | WPS_MARKS)
    assert sniff(data) == media.DOC
    opened = readers.opened(data, SHA)
    check_report(opened.document)
    assert opened.document.media_type == media.DOC


def test_a_wps_file_that_is_a_package_inside_is_read_without_libreoffice(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    out = io.BytesIO(word_report())
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("docProps/custom.xml", "<Properties><property name='KSOProductBuildVer'/></Properties>")
    assert sniff(out.getvalue()) == media.DOCX
    check_report(readers.opened(out.getvalue(), SHA).document)


@needs_libreoffice
def test_a_works_file_without_content_says_that_it_does_not_open() -> None:
    assert sniff(compound(WORKS)) == media.WORKS
    document = reading.read(compound(WORKS), "报告.wps").document
    assert (document.status, document.media_type) == ("quarantined", media.WORKS)
    assert "打不开" in (document.reason or "") or "没有任何文字" in (document.reason or "")


@pytest.mark.parametrize("streams", [WORKS, {"WordDocument": b"\xec\xa5" + bytes(5000), **WPS_MARKS}])
def test_without_libreoffice_both_kinds_say_what_to_do(monkeypatch, tmp_path, streams) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    document = reading.read(compound(streams), "报告.wps").document
    assert document.status == "quarantined"
    assert "LibreOffice" in (document.reason or "")
    assert "另存为 DOCX" in (document.reason or "")


def test_a_wps_file_with_a_password_says_so_whether_or_not_libreoffice_is_there() -> None:
    locked = b"\xec\xa5" + bytes(9) + b"\x01" + bytes(5000)
    document = reading.read(compound({"WordDocument": locked, **WPS_MARKS}), "报告.wps").document
    assert "密码" in (document.reason or "")


def test_an_et_file_gives_what_the_same_xls_gives() -> None:
    data = compound(streams_of(XLS.read_bytes()) | {"ETExtData": b"\x02\0" * 30})
    assert sniff(data) == media.XLS
    assert readers.opened(data, SHA).document.grids == read_xls(XLS.read_bytes(), SHA).grids
    assert len(read_xls(XLS.read_bytes(), SHA).grids) == 2


def test_an_et_file_that_is_a_package_inside_is_a_workbook() -> None:
    document = reading.read(workbooks.bytes_of(workbooks.report()), "收支.et").document
    assert document.media_type == media.XLSX


def test_a_dps_file_is_a_presentation_and_says_what_to_do() -> None:
    document = reading.read(compound({"PowerPoint Document": bytes(5000), **WPS_MARKS}), "演示.dps").document
    assert (document.media_type, document.status) == (media.PPT, "quarantined")
    assert "PDF" in (document.reason or "")


def test_what_is_embedded_in_a_file_does_not_decide_what_the_file_is() -> None:
    workbook, word = streams_of(XLS.read_bytes()), {"WordDocument": bytes(5000), "1Table": bytes(5000)}
    assert sniff(compound(workbook | {"MBD0001": word})) == media.XLS
    assert sniff(compound(word | {"ObjectPool": {"_1": workbook}})) == media.DOC
    assert readers.opened(compound(workbook | {"MBD0001": word}), SHA).document.status != "quarantined"
