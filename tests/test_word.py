"""Word files: what a reader sees on paper, in order, with every merged cell, and old formats through LibreOffice."""

from __future__ import annotations

import io
import os
import random
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
import wordfiles
from wordfiles import p

from pipelines.core.model import Document, Table
from pipelines.documents import libreoffice
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.media import RTF
from pipelines.documents.word import read_doc, read_docx

SHA = "0" * 64

needs_libreoffice = pytest.mark.skipif(
    libreoffice.program() is None and not os.environ.get("CI"),
    reason="LibreOffice is not installed (libreoffice-writer)",
)


def read(data: bytes) -> Document:
    return read_docx(data, SHA)


def lines(xml: str) -> list[str]:
    return [line.text for line in read(wordfiles.with_body(xml)).lines]


def texts(table: Table) -> list[list[str]]:
    return [[c.text for c in table.cells if c.row == row] for row in range(table.rows)]


def spans(table: Table) -> dict[tuple[int, int], tuple[int, int]]:
    return {(c.row, c.col): (c.row_span, c.col_span) for c in table.cells}


def report() -> bytes:
    document = docx.Document()
    document.add_paragraph("一、收支情况。")
    document.add_paragraph("2024年度部门收支总表")
    document.add_paragraph("编制单位：某局\t单位：万元")
    table = wordfiles.filled(
        document.add_table(3, 3),
        [["项目", "金额", ""], ["", "预算", "决算"], ["合计", "1.50", "2.50"]],
    )
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    document.add_paragraph("注：1.本表为合计。")
    document.add_paragraph("2.不含结转。")
    document.add_paragraph("二、其他情况。")
    return wordfiles.bytes_of(document)


def check_report(document: Document) -> None:
    (table,) = document.grids
    assert (table.title, table.unit, table.engine) == ("2024年度部门收支总表", "万元", "docx")
    assert table.notes == ("注：1.本表为合计。", "2.不含结转。")
    assert texts(table) == [["项目", "金额"], ["预算", "决算"], ["合计", "1.50", "2.50"]]
    assert spans(table)[0, 0] == (2, 1)
    assert spans(table)[0, 1] == (1, 2)
    assert [line.text for line in document.lines][-1] == "二、其他情况。"


def test_paragraphs_and_tables_come_in_body_order_with_title_unit_and_notes() -> None:
    document = read(report())
    check_report(document)
    rows = document.text.split("\n")
    for line in document.lines:
        assert rows[line.number - 1] == line.text == document.text[line.start : line.end]
    at = [c.line_no or 0 for c in document.grids[0].cells]
    assert document.lines[2].number < min(at)
    assert max(at) < document.lines[3].number


@pytest.mark.parametrize("seed", range(12))
def test_merged_cells_of_random_tables_keep_their_spans(seed: int) -> None:
    chance = random.Random(seed)
    rows, columns = chance.randint(3, 8), chance.randint(3, 7)
    document = docx.Document()
    table = document.add_table(rows, columns)
    free = {(r, c) for r in range(rows) for c in range(columns)}
    expected: dict[tuple[int, int], tuple[int, int]] = {}
    while free:
        r, c = min(free)
        height, width = chance.choice([1, 1, 1, 2, 3]), chance.choice([1, 1, 2, 3])
        inside = {(i, j) for i in range(r, r + height) for j in range(c, c + width)}
        if not inside <= free:
            height = width = 1
            inside = {(r, c)}
        free -= inside
        expected[r, c] = height, width
        table.cell(r, c).merge(table.cell(r + height - 1, c + width - 1)).text = f"{r},{c}"
    (grid,) = read(wordfiles.bytes_of(document)).grids
    assert spans(grid) == expected
    assert {(c.row, c.col): c.text for c in grid.cells} == {(r, c): f"{r},{c}" for r, c in expected}


def test_a_row_that_begins_or_ends_inside_the_table_keeps_its_columns() -> None:
    def row(before: int, *cells: str) -> str:
        skipped = f'<w:trPr><w:gridBefore w:val="{before}"/></w:trPr>' if before else ""
        return f"<w:tr>{skipped}{''.join(f'<w:tc>{p(c)}</w:tc>' for c in cells)}</w:tr>"

    xml = f"<w:tbl>{row(0, '甲', '乙', '丙')}{row(1, '丁')}{row(2, '戊')}</w:tbl>"
    (table,) = read(wordfiles.with_body(xml)).grids
    assert [(c.text, c.row, c.col) for c in table.cells[3:]] == [("丁", 1, 1), ("戊", 2, 2)]


def test_a_column_too_narrow_to_be_seen_is_no_column() -> None:
    def row(*cells: tuple[str, int]) -> str:
        span = '<w:tcPr><w:gridSpan w:val="{}"/></w:tcPr>'
        return f"<w:tr>{''.join(f'<w:tc>{span.format(n)}{p(t)}</w:tc>' for t, n in cells)}</w:tr>"

    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in (2000, 20, 2000))
    xml = f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{row(('甲', 1), ('乙', 2))}{row(('丙', 2), ('丁', 1))}</w:tbl>"
    (table,) = read(wordfiles.with_body(xml)).grids
    assert texts(table) == [["甲", "乙"], ["丙", "丁"]]
    assert set(spans(table).values()) == {(1, 1)}


def test_a_table_in_a_cell_is_a_table_of_its_own_and_notes_below_belong_to_the_outer_one() -> None:
    document = docx.Document()
    document.add_paragraph("绩效目标表")
    outer = wordfiles.filled(document.add_table(3, 2), [["项目", "低保"], ["目标", "保障"], ["指标", ""]])
    wordfiles.filled(outer.cell(2, 1).add_table(2, 2), [["指标", "值"], ["人数", "5"]])
    document.add_paragraph("注：按年填报。")
    first, second = read(wordfiles.bytes_of(document)).grids
    assert texts(first) == [["项目", "低保"], ["目标", "保障"], ["指标", ""]]
    assert texts(second) == [["指标", "值"], ["人数", "5"]]
    assert (first.notes, second.notes) == (("注：按年填报。",), ())


def test_a_box_of_one_cell_is_prose() -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "本年支出100万元。"
    read_document = read(wordfiles.bytes_of(document))
    assert read_document.grids == ()
    assert [line.text for line in read_document.lines] == ["本年支出100万元。"]


def test_tracked_changes_count_as_accepted() -> None:
    deleted = '<w:del w:id="1" w:author="x"><w:r><w:delText>12</w:delText></w:r></w:del>'
    inserted = '<w:ins w:id="2" w:author="x"><w:r><w:t>13</w:t></w:r></w:ins>'
    moved = '<w:moveFrom w:id="3" w:author="x"><w:r><w:t>旧</w:t></w:r></w:moveFrom>'
    assert lines(p("支出", deleted, inserted, moved, "万元")) == ["支出13万元"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'
    assert lines(p("本年支出", properties=gone) + p("13万元。") + p("完。")) == ["本年支出13万元。", "完。"]


def test_a_deleted_row_is_gone_and_an_inserted_one_stays() -> None:
    def row(text: str, change: str = "") -> str:
        marked = f'<w:trPr><w:{change} w:id="1" w:author="x"/></w:trPr>' if change else ""
        return f"<w:tr>{marked}<w:tc>{p(text)}</w:tc><w:tc>{p('1')}</w:tc></w:tr>"

    xml = f"<w:tbl>{row('甲')}{row('乙', 'del')}{row('丙', 'ins')}</w:tbl>"
    (table,) = read(wordfiles.with_body(xml)).grids
    assert texts(table) == [["甲", "1"], ["丙", "1"]]


def test_a_text_box_stored_twice_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('附件1')}</w:txbxContent>"
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(p("正文", both) + p("下文")) == ["正文", "附件1", "下文"]


def test_hidden_text_and_field_codes_are_not_read_but_field_results_are() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>13</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert lines(p("合计", hidden, field, "万元")) == ["合计13万元"]


def test_a_ticked_box_and_a_content_control_are_read() -> None:
    tick = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    control = f"<w:sdt><w:sdtContent>{p('是', tick)}</w:sdtContent></w:sdt>"
    assert lines(control) == ["是☑"]


def test_automatic_numbers_are_read_as_they_are_printed() -> None:
    def level(n: int, form: str, text: str) -> str:
        return f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'

    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:abstractNum w:abstractNumId="7">{level(0, "chineseCounting", "%1、")}{level(1, "decimal", "（%2）")}'
        '</w:abstractNum><w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )

    def item(text: str, n: int) -> str:
        return p(text, properties=f'<w:numPr><w:ilvl w:val="{n}"/><w:numId w:val="9"/></w:numPr>')

    body = item("收入", 0) + item("拨款", 1) + item("其他", 1) + item("支出", 0) + item("基本", 1)
    data = _with_part(wordfiles.with_body(body), "word/numbering.xml", numbering)
    assert [line.text for line in read(data).lines] == ["一、收入", "（1）拨款", "（2）其他", "二、支出", "（1）基本"]


def test_a_footnote_follows_where_it_is_called_and_is_a_note_of_the_table_that_calls_it() -> None:
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:footnote w:type="separator" w:id="0">{p("线")}</w:footnote>'
        f'<w:footnote w:id="1">{p("含上年结转。")}</w:footnote><w:footnote w:id="2">{p("不含税。")}</w:footnote>'
        "</w:footnotes>"
    )
    calls = ['<w:r><w:footnoteReference w:id="1"/></w:r>', '<w:r><w:footnoteReference w:id="2"/></w:r>']
    table = f"<w:tbl><w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p('5', calls[1])}</w:tc></w:tr></w:tbl>"
    data = _with_part(wordfiles.with_body(p("支出", calls[0]) + p("下文") + table), "word/footnotes.xml", notes)
    document = read(data)
    assert [line.text for line in document.lines] == ["支出", "含上年结转。", "下文", "不含税。"]
    assert document.grids[0].notes == ("不含税。",)
    assert document.grids[0].cells[1].text == "5"


def test_a_strict_file_reads_like_a_transitional_one() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(report())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for a, b in (
                (
                    b"schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"purl.oclc.org/ooxml/wordprocessingml/main",
                ),
                (b"schemas.openxmlformats.org/officeDocument/2006", b"purl.oclc.org/ooxml/officeDocument"),
            ):
                content = content.replace(a, b)
            new.writestr(name, content)
    check_report(read(out.getvalue()))


def test_a_file_of_pictures_only_says_so() -> None:
    data = _with_part(wordfiles.with_body(p("")), "word/media/image1.png", "x")
    with pytest.raises(UnreadableDocument, match="只有图片"):
        read(data)


def test_a_file_cut_short_says_so() -> None:
    data = report()
    for eighth in range(1, 8):
        with pytest.raises(UnreadableDocument, match="不完整"):
            read(data[: len(data) * eighth // 8])


def test_entities_are_refused_before_they_are_expanded() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w:body xmlns:w="x">&b;</w:body>'
    with pytest.raises(UnreadableDocument, match="实体定义"):
        read(_with_part(report(), "word/document.xml", bomb))


def test_a_body_nested_beyond_reason_is_refused() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 300 + p("底") + "</w:tc></w:tr></w:tbl>" * 300
    spaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with pytest.raises(UnreadableDocument):
        read(_with_part(report(), "word/document.xml", f"<w:document {spaces}><w:body>{deep}</w:body></w:document>"))


@needs_libreoffice
def test_a_doc_file_gives_what_the_same_docx_gives(tmp_path: Path) -> None:
    document = read_doc(converted(report(), tmp_path, "doc:MS Word 97"), SHA)
    check_report(document)
    assert document.media_type == "application/msword"


@needs_libreoffice
def test_an_rtf_file_gives_what_the_same_docx_gives(tmp_path: Path) -> None:
    check_report(read_doc(converted(report(), tmp_path, "rtf"), SHA, RTF))


@needs_libreoffice
def test_an_rtf_file_with_nothing_in_it_says_so() -> None:
    with pytest.raises(UnreadableDocument, match="没有任何文字"):
        read_doc(b"{\\rtf1 }", SHA, RTF)


@needs_libreoffice
def test_a_conversion_that_takes_too_long_is_ended_with_a_reason() -> None:
    with pytest.raises(UnreadableDocument, match="秒内没有完成"):
        libreoffice.to_docx(b"{\\rtf1 x}", ".rtf", seconds=0.01)


def test_a_doc_file_cut_to_its_signature_says_so() -> None:
    with pytest.raises(UnreadableDocument, match="不完整"):
        read_doc(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), SHA)


def test_without_libreoffice_the_reason_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableDocument, match="另存为 DOCX"):
        read_doc(b"{\\rtf1 x}", SHA, RTF)


def converted(data: bytes, folder: Path, form: str) -> bytes:
    source = folder / "source.docx"
    source.write_bytes(data)
    program = libreoffice.program()
    assert program is not None
    for _ in range(2):  # the first start makes the profile
        subprocess.run(
            [
                program,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                form,
                "--outdir",
                folder,
                source,
            ],
            check=False,
            capture_output=True,
            timeout=120,
        )
    return (folder / f"source.{form.partition(':')[0]}").read_bytes()


def _with_part(data: bytes, name: str, content: str) -> bytes:
    """The file with a part replaced or added; footnotes and numbering are made known to the main part."""
    out = io.BytesIO()
    relations = "word/_rels/document.xml.rels"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for other in old.namelist():
            if other == relations and name not in old.namelist():
                kind = name.removeprefix("word/").removesuffix(".xml")
                added = (
                    '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                    f'relationships/{kind}" Target="{kind}.xml"/></Relationships>'
                )
                new.writestr(other, old.read(other).decode().replace("</Relationships>", added))
            elif other != name:
                new.writestr(other, old.read(other))
        new.writestr(name, content)
    return out.getvalue()
